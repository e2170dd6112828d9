// What the check of a sheet found: faults by their cell, what to look at again, and whether it adds up.
import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { formatFen } from "@yidiantong/client";
import { Alert } from "antd";
import { useLanguage, useText } from "../../lib/i18n";
import { CellProblems } from "./CellProblems";
import type { Columns } from "./columns";
import type { Preview, Upload } from "./data";
import { MarkedSheet } from "./MarkedSheet";
import { MatchColumns } from "./MatchColumns";
import { Equation, gapOf } from "./parts";
import { previewWords } from "./words";

interface Props {
  of: Preview;
  upload: Upload;
  /** What is said of a sheet without a fault. */
  good: string;
  busy: boolean;
  onAgain: (columns: Columns) => void;
}

/** The server names so many and counts the rest. */
const MOST = 200;

export function Findings({ of, upload, good, busy, onAgain }: Props) {
  const say = useText(previewWords);
  const clean = of.errors.length === 0;
  const verdict = () => {
    if (clean) return good;
    return say(of.errors.length < MOST ? "broken" : "broken_many", { n: of.errors.length });
  };
  return (
    <>
      <Alert type={clean ? "success" : "error"} showIcon role="status" title={verdict()} />
      <MatchColumns key={of.preview_id} of={of} kind={upload.kind} busy={busy} onAgain={onAgain} />
      {clean ? null : <CellProblems title={say("errors")} of={of.errors} kind="error" />}
      {of.warnings.length === 0 ? null : (
        <CellProblems title={say("warnings")} of={of.warnings} kind="warning" />
      )}
      {clean && of.warnings.length === 0 ? null : <MarkedSheet upload={upload} />}
      {upload.kind === "ledger" ? <Totals of={of} clean={clean} /> : <ColumnSums of={of} clean={clean} />}
    </>
  );
}

/** Of a table: what its columns add up to. */
function ColumnSums({ of, clean }: { of: Preview; clean: boolean }) {
  const say = useText(previewWords);
  return (
    <>
      <h3>{say("totals")}</h3>
      <dl className="disc-facts">
        {of.totals.sums.map(({ column, total }) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd>{total}</dd>
          </div>
        ))}
      </dl>
      {clean ? null : <p className="disc-quiet">{say("partial")}</p>}
    </>
  );
}

function Totals({ of, clean }: { of: Preview; clean: boolean }) {
  const say = useText(previewWords);
  const language = useLanguage();
  const gap = gapOf(of.totals);
  // With a row left out the sums are apart anyway: that says nothing of the sheet.
  const wrong = gap !== 0 && (clean || of.errors.some(({ code }) => code === "closing_wrong"));
  return (
    <>
      <h3>{say("totals")}</h3>
      <Equation sums={of.totals} />
      {clean && gap === 0 ? (
        <p className="disc-adds-up">
          <CheckCircleFilled aria-hidden /> {say("balanced")}
        </p>
      ) : null}
      {wrong ? (
        <p className="disc-fault">
          <CloseCircleFilled aria-hidden /> {say("unbalanced", { gap: formatFen(Math.abs(gap), language) })}
        </p>
      ) : null}
      {clean ? null : <p className="disc-quiet">{say("partial")}</p>}
    </>
  );
}
