import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { type Kind, preview, templateOf, type Upload } from "./data";
import { PreviewReport } from "./PreviewReport";
import { Heading } from "./parts";
import { UploadForm } from "./UploadForm";
import { uploadWords, words } from "./words";
import "./disclosures.css";

export function Component() {
  const say = useText(uploadWords);
  const sayRoom = useText(words);
  const check = useMutation({ mutationFn: preview });
  const [kind, setKind] = useState<Kind>("ledger");
  const [checked, setChecked] = useState<Upload | null>(null);
  const report = useRef<HTMLElement>(null);
  usePageTitle(say("title"));

  // Wherever the button was pressed, what was found comes into sight and is read out.
  const { data } = check;
  useEffect(() => {
    if (data !== undefined) report.current?.focus();
  }, [data]);

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
        kind={kind}
        onKind={setKind}
        onChange={check.reset}
        onCheck={(upload) => {
          setChecked(upload);
          check.mutate(upload);
        }}
      />
      {check.isError ? <ProblemAlert error={check.error} /> : null}
      {data === undefined || checked === null ? null : (
        <PreviewReport ref={report} of={data} upload={checked} />
      )}
    </div>
  );
}
