import { CloseCircleFilled, WarningFilled } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useText } from "../../lib/i18n";
import type { CellProblem } from "./data";
import { previewWords } from "./words";

interface Props {
  title: string;
  of: readonly CellProblem[];
  kind: "error" | "warning";
}

/** Of what does not stop anybody, so many are shown at first: one habit of a program may mark every line. */
const FIRST = 6;

/** A table of places; on a phone each row stands as a block with its own labels. */
export function CellProblems({ title, of, kind }: Props) {
  const say = useText(previewWords);
  const [all, setAll] = useState(false);
  const folds = kind === "warning" && of.length > FIRST + 2;
  const shown = folds && !all ? of.slice(0, FIRST) : of;
  // Often nothing more can be said than what is wrong; an empty column would only take the room.
  const expects = of.some(({ expected }) => expected !== "");
  const columns = [
    "sheet",
    "row",
    "column",
    "found",
    ...(expects ? ["expected" as const] : []),
    "what",
  ] as const;
  return (
    <>
      <h3>{title}</h3>
      <table className={`disc-cells ${kind}`}>
        <thead>
          <tr>
            {columns.map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((problem) => (
            <Row key={keyOf(problem)} of={problem} kind={kind} expects={expects} />
          ))}
        </tbody>
      </table>
      {folds ? (
        <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? say("fewer") : say("all_of_them", { n: of.length })}
        </Button>
      ) : null}
    </>
  );
}

const keyOf = ({ sheet, cell, row, column, code }: CellProblem): string =>
  [sheet, cell ?? row ?? "", column, code].join(" ");

function Row({ of, kind, expects }: { of: CellProblem; kind: Props["kind"]; expects: boolean }) {
  const say = useText(previewWords);
  const Icon = kind === "error" ? CloseCircleFilled : WarningFilled;
  return (
    <tr>
      <Cell label={say("sheet")}>{of.sheet}</Cell>
      <Cell label={say("row")}>{of.row ?? "—"}</Cell>
      <Cell label={say("column")}>
        {of.column === "" ? say("whole") : of.column}
        {of.cell ? <code>{of.cell}</code> : null}
      </Cell>
      <Cell label={say("found")}>{of.found === "" ? say("empty") : <q>{of.found}</q>}</Cell>
      {expects ? <Cell label={say("expected")}>{of.expected === "" ? "—" : of.expected}</Cell> : null}
      <Cell label={say("what")} className="disc-what">
        <Icon aria-hidden /> {of.detail}
      </Cell>
    </tr>
  );
}

interface CellProps {
  label: string;
  className?: string;
  children: ReactNode;
}

function Cell({ label, className, children }: CellProps) {
  return (
    <td data-label={label} className={className}>
      <span>{children}</span>
    </td>
  );
}
