// What the check of a sheet found: faults by their cell, what to look at again, and whether it adds up.
import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { formatFen } from "@yidiantong/client";
import { Alert, App } from "antd";
import type { Ref } from "react";
import { useNavigate } from "react-router";
import { useLanguage, useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { Beside } from "./Beside";
import { CellProblems } from "./CellProblems";
import { type Columns, lacksRequired } from "./columns";
import { makeDraft, type Preview, type Upload, useForget, useVillageName } from "./data";
import { MarkedSheet } from "./MarkedSheet";
import { MatchColumns } from "./MatchColumns";
import { Equation, gapOf } from "./parts";
import { previewWords } from "./words";

interface Props {
  of: Preview;
  upload: Upload;
  onAgain: (columns: Columns) => void;
  ref: Ref<HTMLElement>;
}

/** The server names so many and counts the rest. */
const MOST = 200;

export function PreviewReport({ of, upload, onAgain, ref }: Props) {
  const say = useText(previewWords);
  const nameOf = useVillageName();
  const navigate = useNavigate();
  const forget = useForget();
  const { message } = App.useApp();
  const make = useMutation({
    mutationFn: () => makeDraft(of.preview_id),
    onSuccess: async (made) => {
      void message.success(say("made"));
      await navigate(`/disclosures/${made.id}`);
      await forget();
    },
  });
  const clean = of.errors.length === 0;
  const verdict = () => {
    if (clean) return say("clean");
    return say(of.errors.length < MOST ? "broken" : "broken_many", { n: of.errors.length });
  };
  return (
    <section className="card disc-report" aria-labelledby="disc-report" tabIndex={-1} ref={ref}>
      <h2 id="disc-report">{say("title")}</h2>
      <p className="disc-quiet">
        {nameOf(upload.region)} · {upload.file.name} · {say("rows_read", { n: of.rows })}
      </p>
      <Alert type={clean ? "success" : "error"} showIcon role="status" title={verdict()} />
      <MatchColumns key={of.preview_id} of={of} kind={upload.kind} busy={false} onAgain={onAgain} />
      {clean ? null : <CellProblems title={say("errors")} of={of.errors} kind="error" />}
      {of.warnings.length === 0 ? null : (
        <CellProblems title={say("warnings")} of={of.warnings} kind="warning" />
      )}
      {clean && of.warnings.length === 0 ? null : <MarkedSheet upload={upload} />}
      {upload.kind === "ledger" ? <Totals of={of} clean={clean} /> : <ColumnSums of={of} clean={clean} />}
      {lacksRequired(of) ? null : <Beside of={of} kind={upload.kind} />}
      {make.isError ? <ProblemAlert error={make.error} /> : null}
      {clean ? (
        <SendButton type="primary" size="large" loading={make.isPending} onClick={() => make.mutate()}>
          {say(make.isPending ? "making" : "make")}
        </SendButton>
      ) : null}
    </section>
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
  return (
    <>
      <h3>{say("totals")}</h3>
      <Equation sums={of.totals} />
      {clean && gap === 0 ? (
        <p className="disc-adds-up">
          <CheckCircleFilled aria-hidden /> {say("balanced")}
        </p>
      ) : null}
      {gap === 0 ? null : (
        <p className="disc-fault">
          <CloseCircleFilled aria-hidden /> {say("unbalanced", { gap: formatFen(Math.abs(gap), language) })}
        </p>
      )}
      {clean ? null : <p className="disc-quiet">{say("partial")}</p>}
    </>
  );
}
