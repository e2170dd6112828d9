import { CloseCircleFilled, WarningFilled } from "@ant-design/icons";
import { useText } from "../../lib/i18n";
import type { CellProblem } from "./data";
import { previewWords } from "./words";

interface Props {
  title: string;
  of: readonly CellProblem[];
  kind: "error" | "warning";
}

/** A table of places; on a phone each row stands as a block with its own labels. */
export function CellProblems({ title, of, kind }: Props) {
  const say = useText(previewWords);
  const Icon = kind === "error" ? CloseCircleFilled : WarningFilled;
  return (
    <>
      <h3>{title}</h3>
      <table className={`disc-cells ${kind}`}>
        <thead>
          <tr>
            {(["sheet", "row", "column", "found", "expected", "what"] as const).map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.map((problem) => (
            <tr
              key={`${problem.sheet} ${problem.cell ?? problem.row ?? ""} ${problem.column} ${problem.code}`}
            >
              <td data-label={say("sheet")}>{problem.sheet}</td>
              <td data-label={say("row")}>{problem.row ?? "—"}</td>
              <td data-label={say("column")}>
                {problem.column === "" ? say("whole") : problem.column}
                {problem.cell ? <code>{problem.cell}</code> : null}
              </td>
              <td data-label={say("found")}>
                {problem.found === "" ? say("empty") : <q>{problem.found}</q>}
              </td>
              <td data-label={say("expected")}>{problem.expected === "" ? "—" : problem.expected}</td>
              <td data-label={say("what")} className="disc-what">
                <Icon aria-hidden /> {problem.detail}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
