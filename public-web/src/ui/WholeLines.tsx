// The lines that a correction took out or put in, each whole: what vanished can be read, and what came.
import { useWords } from "../lib/i18n";
import type { Version } from "../lib/reads";
import { Icon } from "./Icon";
import { Zh } from "./Zh";

type Line = NonNullable<Version["diff"]>["added"][number];
type Cell = Line["cells"][number];

const words = {
  zh: {
    removed: (no: number, unit: string) => `删除第 ${no} ${unit}：`,
    added: (no: number, unit: string) => `新增第 ${no} ${unit}：`,
    rest: (count: number, unit: string) => `再看其余 ${count} ${unit}`,
    removedCut: (all: number, told: number, unit: string) =>
      `删除的共 ${all} ${unit}，这里列出前 ${told} ${unit}。`,
    addedCut: (all: number, told: number, unit: string) =>
      `新增的共 ${all} ${unit}，这里列出前 ${told} ${unit}。`,
  },
  en: {
    removed: (no: number, _unit: string) => `Removed entry ${no}: `,
    added: (no: number, _unit: string) => `Added entry ${no}: `,
    rest: (count: number, _unit: string) => `Show ${count} more`,
    removedCut: (all: number, told: number, _unit: string) => `The first ${told} of ${all} removed.`,
    addedCut: (all: number, told: number, _unit: string) => `The first ${told} of ${all} added.`,
  },
};

/** Listed before anybody asks for the rest: on a phone a page of them is long. */
const FIRST = 10;
/** So many say by themselves what they are (a day, a voucher's number, what for), unless they are figures. */
const PLAIN = 3;
const FIGURE = /^-?[\d.,]+%?$/;
/** A ledger's cells that are never blank: zero says nothing there. */
const ZERO = new Set(["income", "expense", "file_count"]);

interface Props {
  what: "added" | "removed";
  lines: readonly Line[];
  /** Of how many `lines` are the first. */
  count: number;
  /** What an entry is called in Chinese. */
  unit: string;
  /** What stands above a column, by its field, in the reader's language. */
  columns: Readonly<Record<string, string>>;
}

export function WholeLines({ what, lines, count, unit, columns }: Props) {
  const say = useWords(words);
  const Mark = what === "removed" ? "del" : "ins";
  const list = (some: readonly Line[]) => (
    <ul>
      {some.map(({ no, cells }) => (
        <li key={no}>
          {say[what](no, unit)}
          <Mark>
            <Cells of={cells} columns={columns} />
          </Mark>
        </li>
      ))}
    </ul>
  );
  if (lines.length === 0) return null;
  const rest = lines.slice(FIRST);
  return (
    <>
      {list(lines.slice(0, FIRST))}
      {rest.length > 0 ? (
        <details class="fold">
          <summary>
            <span>{say.rest(rest.length, unit)}</span>
            <Icon name="down" />
          </summary>
          <div>{list(rest)}</div>
        </details>
      ) : null}
      {count > lines.length ? (
        <p class="cap">
          {what === "removed"
            ? say.removedCut(count, lines.length, unit)
            : say.addedCut(count, lines.length, unit)}
        </p>
      ) : null}
    </>
  );
}

function Cells({ of, columns }: { of: readonly Cell[]; columns: Props["columns"] }) {
  const told = of.filter(({ name, text }) => text !== "" && !(ZERO.has(name) && Number(text) === 0));
  return (
    <>
      {told.map(({ name, heading, text }, at) => {
        const figure = FIGURE.test(text);
        return (
          <span key={name}>
            {at > 0 ? " · " : null}
            {at < PLAIN && !figure ? null : <>{columns[name] ?? <Zh>{heading}</Zh>} </>}
            {figure ? text : <Zh>{text}</Zh>}
          </span>
        );
      })}
    </>
  );
}
