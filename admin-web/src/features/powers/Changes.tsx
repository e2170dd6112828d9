import type { AdminComponents } from "@yidiantong/client";
import { useText } from "../../lib/i18n";
import { Differences } from "../../ui/Differences";
import { words } from "./words";

type Change = AdminComponents["schemas"]["PowerChange"];
type Word = keyof typeof words;

const isWord = (name: string): name is Word => name in words;

/** What changed, with the fields' names in words. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const say = useText(words);
  const label = (field: string) => {
    const [, name = "", at, inner] = field.split("/");
    if (name === "steps" && at !== undefined) {
      const step = say("steps_field", { n: Number(at) + 1 });
      const what = inner === "name" ? "step_name" : inner === "publish" ? "posting" : (inner ?? "");
      return isWord(what) ? `${step} · ${say(what)}` : step;
    }
    return isWord(name) ? say(name) : field;
  };
  return (
    <Differences
      rows={changes.map((change, at) => ({
        key: `${at}${change.field}`,
        label: label(change.field),
        before: change.before ?? null,
        after: change.after ?? null,
      }))}
    />
  );
}
