import { actions, word } from "@yidiantong/client";
import { Alert } from "antd";
import { useLanguage, useText } from "../../lib/i18n";
import type { ApiError } from "../../lib/problem";
import { ProblemAlert } from "../ProblemAlert";
import { type Field, nameOf } from "./actionBody";
import { formWords } from "./words";

interface Props {
  error: ApiError;
  fields: readonly Field[];
}

/** Why the server refused, where it was asked. A stale version is told by the form itself. */
export function Refusal({ error, fields }: Props) {
  const say = useText(formWords);
  const language = useLanguage();
  if (error.status === 412) return null;
  if (error.code === "illegal_state") {
    const list = (error.legalActions ?? []).map((action) => word(actions, action, language));
    const between = language === "en" ? ", " : "、";
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={say("illegal")}
        description={list.length === 0 ? undefined : say("legal", { list: list.join(between) })}
      />
    );
  }
  const places = fields.map((field) => `/${nameOf(field)}`);
  const marked = error.faults.filter((fault) => places.includes(fault.pointer));
  if (marked.length > 0 && marked.length === error.faults.length) {
    return <Alert type="error" showIcon role="alert" title={say("mend", { n: marked.length })} />;
  }
  return <ProblemAlert error={error} shownAt={places} />;
}
