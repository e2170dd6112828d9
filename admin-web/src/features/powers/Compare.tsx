// Two versions of an item side by side. What is gone and what is new is told by a sign, a word and a colour.

import { Segmented } from "antd";
import { useState } from "react";
import { useText } from "../../lib/i18n";
import type { Line } from "../../lib/textDiff";
import { MarkedLine } from "../../ui/MarkedLine";
import { compare, type Row, type Texts } from "./compare";
import { short } from "./fields";
import type { Item } from "./item";
import { words } from "./words";
import "./powers.css";

interface Props {
  before: Item;
  after: Item;
  /** What the two are called. */
  heads: readonly [before: string, after: string];
  /** What the signs mean, where it is not an older one and a newer one. */
  signs?: string | undefined;
}

export function Compare({ before, after, heads, signs }: Props) {
  const say = useText(words);
  const [all, setAll] = useState(false);
  const rows = compare(before, after, useTexts());
  const changed = rows.filter((row) => row.changed);
  return (
    <>
      <div className="compare-bar">
        <Segmented<boolean>
          aria-label={say("compare")}
          value={all}
          onChange={setAll}
          options={[
            { value: false, label: `${say("only_changes")}（${changed.length}）` },
            { value: true, label: say("everything") },
          ]}
        />
        <p className="quiet">{signs ?? say("signs")}</p>
      </div>
      {changed.length === 0 ? <p role="status">{say("none_differs")}</p> : null}
      {all || changed.length > 0 ? (
        <table className="plain-table compare">
          <thead>
            <tr>
              <th scope="col">{say("item")}</th>
              <th scope="col">{heads[0]}</th>
              <th scope="col">{heads[1]}</th>
            </tr>
          </thead>
          <tbody>
            {(all ? rows : changed).map((row) => (
              <tr key={row.key} className={row.changed ? "changed" : undefined}>
                <th scope="row">
                  <Label what={row.what} />
                </th>
                <Side lines={row.before} head={heads[0]} />
                <Side lines={row.after} head={heads[1]} />
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}

function Label({ what }: { what: Row["what"] }) {
  const say = useText(words);
  if ("field" in what) return <>{short(say(what.field))}</>;
  const { before, after } = what;
  if (before === null) return <>{say("step_new", { n: after ?? 0 })}</>;
  if (after === null) return <>{say("step_gone", { n: before })}</>;
  return <>{before === after ? say("step_at", { n: after }) : say("step_moved", { n: before, m: after })}</>;
}

function Side({ lines, head }: { lines: readonly Line[]; head: string }) {
  const say = useText(words);
  return (
    <td data-label={head}>
      {lines.length === 0 ? <span className="quiet">{say("not_in")}</span> : null}
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place.
        <MarkedLine key={at} line={line} />
      ))}
    </td>
  );
}

function useTexts(): Texts {
  const say = useText(words);
  return {
    step: ({ name, actor, limit, limit_unit, publish, record_required }) => [
      name,
      actor === "" ? "" : say("step_by", { who: actor }),
      limit == null ? "" : say("step_limit", { n: limit, unit: say(limit_unit ?? "working_day") }),
      typeof publish === "string"
        ? say("step_posting", { how: publish })
        : publish === true
          ? say("step_posted")
          : "",
      record_required ? say("step_record") : "",
    ],
    posting: ({ what, min_days }) => say("seen_days", { what, n: min_days }),
    redLine: (line, kind) => (kind === "other" ? line : say("about", { line, kind: say(kind) })),
  };
}
