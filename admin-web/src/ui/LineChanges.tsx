// What another version of a table changes, cell by cell: first what the eye can tell apart, then whole lines, and last the
// names of which only stars are left, on one side or on both.
import { Button } from "antd";
import { useState } from "react";
import { useText } from "../lib/i18n";
import { between, type Line } from "../lib/textDiff";
import { MarkedLine } from "./MarkedLine";
import { uiWords } from "./words";
import { Zh } from "./Zh";

interface Cell {
  name: string;
  heading: string;
  before: string;
  after: string;
}

interface OneSided {
  no: number;
  cells: readonly { name: string; heading: string; text: string }[];
}

/** As the server says it; of long ones it names the first and counts them all. */
export interface LineDiff {
  added_count: number;
  removed_count: number;
  changed_count: number;
  balances: readonly Cell[];
  added: readonly OneSided[];
  removed: readonly OneSided[];
  changed: readonly { before_no: number; after_no: number; cells: readonly Cell[] }[];
}

interface Entry {
  key: string;
  place: string;
  before: readonly Line[];
  after: readonly Line[];
  /** Why little is to be seen of it. */
  masked?: "masked" | "starred";
}

/** Stars in the place of a name. */
const STARS = /[＊*]{2}/;

/** Shown before anybody asks for all of it. */
const FIRST = 8;

export function LineChanges({ of }: { of: LineDiff }) {
  const say = useText(uiWords);
  const [all, setAll] = useState(false);
  const entries = useEntries(of);
  const shown = all ? entries : entries.slice(0, FIRST);
  const told = of.added.length + of.removed.length + of.changed.length;
  const lines = of.added_count + of.removed_count + of.changed_count;
  return (
    <>
      <p className="quiet">
        {say("changes", { added: of.added_count, removed: of.removed_count, changed: of.changed_count })}
      </p>
      {entries.length === 0 ? null : (
        <table className="plain-table line-changes">
          <thead>
            <tr>
              {(["changes_place", "changes_before", "changes_after"] as const).map((head) => (
                <th key={head} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, place, before, after, masked }) => (
              <tr key={key}>
                <th scope="row">
                  <Zh>{place}</Zh>
                  {masked === undefined ? null : <small className="quiet"> {say(masked)}</small>}
                </th>
                <Side lines={before} />
                <Side lines={after} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {entries.length > FIRST ? (
        <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? say("fewer_lines") : say("all_lines", { n: entries.length })}
        </Button>
      ) : null}
      {told < lines && (all || entries.length <= FIRST) ? (
        <p className="quiet">{say("first_lines", { n: entries.length, all: lines })}</p>
      ) : null}
    </>
  );
}

function Side({ lines }: { lines: readonly Line[] }) {
  const say = useText(uiWords);
  return (
    <td>
      {lines.length === 0 ? <span className="quiet">{say("not_there")}</span> : null}
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place.
        <MarkedLine key={at} line={line} />
      ))}
    </td>
  );
}

const there = (line: Line | null): Line[] => (line === null ? [] : [line]);

function useEntries(of: LineDiff): Entry[] {
  const say = useText(uiWords);
  const cell = (key: string, place: string, { before, after }: Cell): Entry => {
    const [old, now] = between(before, after);
    const entry = { key, place, before: there(old), after: there(now) };
    if (before === after) return { ...entry, masked: "masked" };
    return STARS.test(after) && !STARS.test(before) ? { ...entry, masked: "starred" } : entry;
  };
  const whole = ({ no, cells }: OneSided, mark: "gone" | "new"): Entry => {
    const lines = cells.map(({ heading, text }) => ({
      mark,
      head: "",
      middle: `${heading}：${text}`,
      tail: "",
    }));
    return mark === "new"
      ? { key: `+${no}`, place: say("line_added", { n: no }), before: [], after: lines }
      : { key: `-${no}`, place: say("line_removed", { n: no }), before: lines, after: [] };
  };
  const cells = [
    ...of.balances.map((one) => cell(one.name, one.heading, one)),
    ...of.changed.flatMap(({ after_no: n, cells }) =>
      cells.map((one) => cell(`${n} ${one.name}`, say("line_cell", { n, what: one.heading }), one)),
    ),
  ];
  return [
    ...cells.filter(({ masked }) => masked === undefined),
    ...of.added.map((line) => whole(line, "new")),
    ...of.removed.map((line) => whole(line, "gone")),
    ...cells.filter(({ masked }) => masked === "starred"),
    ...cells.filter(({ masked }) => masked === "masked"),
  ];
}
