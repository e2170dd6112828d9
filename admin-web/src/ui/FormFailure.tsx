import { Alert } from "antd";
import { placeFaults } from "../lib/faults";
import { useText } from "../lib/i18n";
import type { ApiError } from "../lib/problem";
import { ProblemAlert } from "./ProblemAlert";
import { uiWords } from "./words";

/** Why a form was refused: in short where its fields say it, else as the server put it. */
export function FormFailure({ error, fields }: { error: ApiError; fields: readonly string[] }) {
  const say = useText(uiWords);
  const { placed, rest } = placeFaults(error, fields);
  if (placed.length > 0 && rest.length === 0) {
    return <Alert type="error" showIcon role="alert" title={say("mend", { n: placed.length })} />;
  }
  const elsewhere = new Set(rest.map((fault) => fault.pointer));
  const shown = error.faults.map((fault) => fault.pointer).filter((pointer) => !elsewhere.has(pointer));
  return <ProblemAlert error={error} shownAt={shown} />;
}
