import type { AdminComponents } from "@yidiantong/client";
import { useText } from "../../lib/i18n";
import { Differences } from "../../ui/Differences";
import { isWord, place } from "./fields";
import { words } from "./words";

type Change = AdminComponents["schemas"]["PowerChange"];

/** Fields whose values are words of the contract. */
const CODED = /\/(limit_unit|red_line_kinds)(\/|$)/;

/** What changed, with the fields' names in words. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const say = useText(words);
  const value = (field: string, text: string | null | undefined) =>
    text != null && CODED.test(field) && isWord(text) ? say(text) : (text ?? null);
  return (
    <Differences
      rows={changes.map(({ field, before, after }, at) => ({
        key: `${at}${field}`,
        label: place(say, field),
        before: value(field, before),
        after: value(field, after),
      }))}
    />
  );
}
