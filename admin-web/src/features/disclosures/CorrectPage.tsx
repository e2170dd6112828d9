// Another version of what is published: the sheet is checked and held against the published one first, and sent only then.
import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { formatPeriod } from "@yidiantong/client";
import { Alert, App, Button, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link, useParams } from "react-router";
import type { Sent } from "../../lib/api";
import { saveBlob } from "../../lib/csv";
import { useLanguage, useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import { LineChanges } from "../../ui/LineChanges";
import { useLeaveGuard } from "../../ui/leaving";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { usePageTitle } from "../../ui/pageTitle";
import { SendButton } from "../../ui/SendButton";
import { uiWords } from "../../ui/words";
import { Beside, BesidePublished } from "./Beside";
import { CheckProgress } from "./CheckProgress";
import { CorrectSheet } from "./CorrectSheet";
import { type Columns, keepColumns, lacksRequired } from "./columns";
import {
  act,
  type Disclosure,
  isProposed,
  lacksBalances,
  type Preview,
  preview,
  savedSheet,
  type Upload,
  useDisclosure,
  useForget,
  useVillageName,
} from "./data";
import { Findings } from "./Findings";
import { progressWords } from "./importWords";
import { Heading } from "./parts";
import { lifeWords, previewWords, words } from "./words";
import "./disclosures.css";

const REASON_MAX = 500;

export function Component() {
  const { id = "" } = useParams();
  const say = useText(lifeWords);
  const sayRoom = useText(words);
  const one = useDisclosure(id);
  usePageTitle(say("correct_title"));
  const show = () => {
    if (one.data !== undefined) return <Correct key={id} of={one.data} />;
    if (one.isPending) return <PageLoading />;
    return <ProblemAlert error={one.error} onRetry={() => void one.refetch()} />;
  };
  return (
    <div className="disc-page disc-narrow">
      <Link to={`/disclosures/${id}`} className="disc-back">
        ‹ {sayRoom("back_to_one")}
      </Link>
      {show()}
    </div>
  );
}

function Correct({ of }: { of: Disclosure }) {
  const say = useText(lifeWords);
  const sayUi = useText(uiWords);
  const sayProgress = useText(progressWords);
  const language = useLanguage();
  const nameOf = useVillageName();
  const { id: who } = useStaff();
  const { message } = App.useApp();
  const forget = useForget();
  const under = useRef<AbortController | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const [checked, setChecked] = useState<Upload | null>(null);
  const [asksBalances, setAsksBalances] = useState(false);
  const [touched, setTouched] = useState(false);
  const [until, setUntil] = useState<string | null>(null);
  const report = useRef<HTMLElement>(null);
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
  useLeaveGuard(touched && until === null, { title: sayUi("unsaved"), text: sayUi("unsaved_do") });
  const { data } = check;
  // Wherever the button was pressed, what was found comes into sight and is read out.
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
  const head = (
    <header className="disc-head">
      <Heading>
        {say("correct_title")} · {nameOf(of.region_code)} {formatPeriod(of.period, language)}
      </Heading>
    </header>
  );
  if (until !== null)
    return (
      <>
        {head}
        <Proposed until={until} />
      </>
    );
  const may = of.allowed_actions.some((action) => action === "correct");
  return (
    <>
      {head}
      <p className="disc-lead">{say("correct_do")}</p>
      <SaveSheet of={of} />
      {may ? null : <Alert type="warning" showIcon role="alert" title={say("correct_not_now")} />}
      <CorrectSheet
        of={of}
        busy={check.isPending}
        asksBalances={asksBalances}
        onChange={() => {
          setTouched(true);
          check.reset();
        }}
        onCheck={begin}
      />
      {check.isPending && checked !== null ? (
        <CheckProgress sent={sent} size={checked.file.size} onCancel={cancel} />
      ) : null}
      {check.isError ? <ProblemAlert error={check.error} /> : null}
      {data === undefined || checked === null ? null : (
        <section className="card disc-report" aria-labelledby="disc-report" tabIndex={-1} ref={report}>
          <Found
            of={of}
            found={data}
            upload={checked}
            onAgain={(columns) => begin({ ...checked, columns })}
          />
          {data.errors.length > 0 || !may ? null : (
            <Propose
              of={of}
              found={data}
              onProposed={(at) => {
                setUntil(at);
                void forget();
              }}
            />
          )}
        </section>
      )}
    </>
  );
}

/** The published sheet with names in full: what the public page gives has them masked, and would be refused here. */
function SaveSheet({ of }: { of: Disclosure }) {
  const say = useText(lifeWords);
  const save = useMutation({
    mutationFn: () => savedSheet(of.id),
    onSuccess: (blob) => saveBlob(`${of.region_code}-${of.kind}-${of.period}.xlsx`, blob),
  });
  return (
    <div className="disc-marked">
      <Button icon={<DownloadOutlined aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>
        {say("correct_save")}
      </Button>
      <small className="disc-quiet">{say("correct_save_hint")}</small>
      {save.isError ? <ProblemAlert error={save.error} /> : null}
    </div>
  );
}

interface FoundProps {
  of: Disclosure;
  found: Preview;
  upload: Upload;
  onAgain: (columns: Columns) => void;
}

function Found({ of, found, upload, onAgain }: FoundProps) {
  const say = useText(previewWords);
  const sayLife = useText(lifeWords);
  const same = found.content_sha256 != null && found.content_sha256 === of.content_sha256;
  return (
    <>
      <h2 id="disc-report">{say("title")}</h2>
      <p className="disc-quiet">
        {upload.file.name} · {say("rows_read", { n: found.rows })}
      </p>
      <Findings of={found} upload={upload} good={sayLife("correct_clean")} busy={false} onAgain={onAgain} />
      {same ? <Alert type="warning" showIcon role="alert" title={sayLife("correct_same")} /> : null}
      {lacksRequired(found) ? null : (
        <>
          <BesidePublished of={found} published={of} />
          <Changed of={found} />
          <Beside of={found} kind={upload.kind} />
        </>
      )}
    </>
  );
}

/** What is changed line by line, before anybody proposes it. */
function Changed({ of }: { of: Preview }) {
  const say = useText(lifeWords);
  if (of.errors.length > 0) return null;
  if (of.changes == null) return <p className="disc-quiet">{say("correct_lines")}</p>;
  return (
    <section aria-labelledby="disc-changed">
      <h3 id="disc-changed">{say("correct_changes")}</h3>
      <LineChanges of={of.changes} />
    </section>
  );
}

interface ProposeProps {
  of: Disclosure;
  found: Preview;
  onProposed: (until: string) => void;
}

function Propose({ of, found, onProposed }: ProposeProps) {
  const say = useText(lifeWords);
  const [reason, setReason] = useState("");
  const propose = useMutation({
    mutationFn: () => act(of, { action: "correct", preview_id: found.preview_id, reason }),
    onSuccess: (answer) => {
      if (isProposed(answer)) onProposed(answer.expires_at);
    },
  });
  return (
    <div className="disc-field">
      <label htmlFor="disc-correct-why">{say("reason")}</label>
      <Input.TextArea
        id="disc-correct-why"
        rows={2}
        maxLength={REASON_MAX}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {propose.isError ? <ProblemAlert error={propose.error} /> : null}
      <SendButton
        type="primary"
        size="large"
        disabled={reason.trim() === ""}
        loading={propose.isPending}
        onClick={() => propose.mutate()}
      >
        {say("correct")}
      </SendButton>
    </div>
  );
}
