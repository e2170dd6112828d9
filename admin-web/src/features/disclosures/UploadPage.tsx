import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import type { Sent } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import { useLeaveGuard } from "../../ui/leaving";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { uiWords } from "../../ui/words";
import { CheckProgress } from "./CheckProgress";
import { keepColumns } from "./columns";
import { type Kind, lacksBalances, preview, templateOf, type Upload } from "./data";
import { progressWords } from "./importWords";
import { PreviewReport } from "./PreviewReport";
import { Heading } from "./parts";
import { UploadForm } from "./UploadForm";
import { uploadWords, words } from "./words";
import "./disclosures.css";

export function Component() {
  const say = useText(uploadWords);
  const sayRoom = useText(words);
  const sayUi = useText(uiWords);
  const sayProgress = useText(progressWords);
  const { id: who } = useStaff();
  const { message } = App.useApp();
  const under = useRef<AbortController | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const [asksBalances, setAsksBalances] = useState(false);
  const check = useMutation({
    mutationFn: (upload: Upload) => {
      under.current = new AbortController();
      setSent(null);
      return preview(upload, { signal: under.current.signal, onSent: setSent });
    },
    onSuccess: (found, upload) => {
      if (upload.columns !== null) keepColumns(who, upload.kind, upload.columns);
      if (lacksBalances(found)) setAsksBalances(true);
    },
  });
  const [kind, setKind] = useState<Kind>("ledger");
  const [chosen, setChosen] = useState(false);
  const letGo = useLeaveGuard(chosen, { title: sayUi("unsaved"), text: say("leave_do") });
  const [checked, setChecked] = useState<Upload | null>(null);
  const report = useRef<HTMLElement>(null);
  usePageTitle(say("title"));

  // Wherever the button was pressed, what was found comes into sight and is read out.
  const { data } = check;
  useEffect(() => {
    if (data !== undefined) report.current?.focus();
  }, [data]);

  // Whoever leaves does not wait for it either.
  useEffect(() => () => under.current?.abort(), []);

  const begin = (upload: Upload) => {
    setChecked(upload);
    check.mutate(upload);
  };
  const cancel = () => {
    under.current?.abort();
    check.reset();
    void message.info(sayProgress("cancelled"));
  };

  return (
    <div className="disc-page disc-narrow">
      <Link to="/disclosures" className="disc-back">
        ‹ {sayRoom("back_to_list")}
      </Link>
      <header className="disc-head">
        <Heading>{say("title")}</Heading>
        <span className="disc-do">
          <Button icon={<DownloadOutlined aria-hidden />} href={templateOf(kind)} download>
            {say("template")}
          </Button>
        </span>
      </header>
      <p className="disc-lead">{say("lead")}</p>
      <UploadForm
        busy={check.isPending}
        asksBalances={asksBalances}
        kind={kind}
        onKind={setKind}
        onChange={check.reset}
        onFile={setChosen}
        onCheck={begin}
      />
      {check.isPending && checked !== null ? (
        <CheckProgress sent={sent} size={checked.file.size} onCancel={cancel} />
      ) : null}
      {check.isError ? <ProblemAlert error={check.error} /> : null}
      {data === undefined || checked === null ? null : (
        <PreviewReport
          ref={report}
          of={data}
          upload={checked}
          onAgain={(columns) => begin({ ...checked, columns })}
          onMade={letGo}
        />
      )}
    </div>
  );
}
