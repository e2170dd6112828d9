import { ExportOutlined } from "@ant-design/icons";
import { formatDay, formatInstant, formatPeriod } from "@yidiantong/client";
import { Typography } from "antd";
import { Link, useParams } from "react-router";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useStaff } from "../../lib/session";
import { kindWords } from "../../ui/disclosureKinds";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { ActionPanel } from "./ActionPanel";
import { CellProblems } from "./CellProblems";
import { type Disclosure, drafts, publicPage, useDisclosure, useVillageName } from "./data";
import { LifePanel } from "./LifePanel";
import { LinesTable } from "./LinesTable";
import { Equation, Heading, Signatures, StateTag, Waits } from "./parts";
import { SignedPaper } from "./SignedPaper";
import { Versions } from "./Versions";
import { VouchersCard } from "./VouchersCard";
import { detailWords, words } from "./words";
import "./disclosures.css";

export function Component() {
  const { id = "" } = useParams();
  const say = useText(words);
  const one = useDisclosure(id);
  usePageTitle(one.data?.title ?? say("title"));
  const show = () => {
    if (one.isPending) return <PageLoading />;
    if (one.data === undefined) return <ProblemAlert error={one.error} onRetry={() => void one.refetch()} />;
    return <Detail of={one.data} />;
  };
  return (
    <div className="disc-page">
      <Link to="/disclosures" className="disc-back">
        ‹ {say("back_to_list")}
      </Link>
      {show()}
    </div>
  );
}

function Detail({ of }: { of: Disclosure }) {
  const say = useText(words);
  const sayDetail = useText(detailWords);
  const sayKind = useText(kindWords);
  const language = useLanguage();
  const nameOf = useVillageName();
  const { role } = useStaff();
  return (
    <>
      <header className="disc-head">
        <Heading>
          {nameOf(of.region_code)} {formatPeriod(of.period, language)}
          {of.kind === "ledger" ? null : ` ${sayKind(of.kind)}`}
        </Heading>
        <StateTag state={of.state} />
        <Waits of={of} />
        <span className="disc-do">
          {of.state === "draft" && drafts(role) && of.allowed_actions.length > 0 ? (
            <Link to="/disclosures/new">{sayDetail("upload_again")}</Link>
          ) : null}
          {of.state === "published" ? (
            <a href={publicPage(of)} target="_blank" rel="noreferrer">
              <ExportOutlined aria-hidden /> {say("public_page")}
            </a>
          ) : null}
        </span>
      </header>
      <div className="disc-columns">
        <div className="disc-main">
          <ToLookAt of={of} />
          {of.kind === "ledger" ? (
            <section className="card" aria-label={say("closing")}>
              <Equation sums={of} />
            </section>
          ) : null}
          <Versions of={of} />
          <LinesTable of={of} />
        </div>
        <aside className="disc-aside">
          <ActionPanel of={of} />
          <Progress of={of} />
          <SignedPaper of={of} />
          <LifePanel of={of} />
          {of.kind === "ledger" ? <VouchersCard of={of} /> : null}
          <Facts of={of} />
        </aside>
      </div>
    </>
  );
}

function Progress({ of }: { of: Disclosure }) {
  const say = useText(detailWords);
  const language = useLanguage();
  const at = (instant: string | null | undefined) =>
    instant == null ? <span className="disc-quiet">{say("waiting")}</span> : formatInstant(instant, language);
  // Of two versions the one that is on its way: it is that one which is signed and published next.
  const { correction } = of;
  const begun =
    correction == null
      ? { what: say("step_draft"), how: at(of.created_at) }
      : { what: say("step_agreed"), how: at(correction.approved_at) };
  const one = correction ?? of;
  const published = correction == null ? of.published_at : null;
  const steps = [
    { key: "draft", done: true, ...begun },
    { key: "sign", done: one.state !== "draft", what: say("step_sign"), how: <Signatures of={one} /> },
    { key: "publish", done: published != null, what: say("step_publish"), how: at(published) },
  ];
  const now = steps.find(({ done }) => !done)?.key;
  return (
    <section className="card" aria-labelledby="disc-steps">
      <h2 id="disc-steps">
        {correction == null ? say("steps") : say("steps_of", { n: correction.version })}
      </h2>
      <ol className="disc-steps">
        {steps.map(({ key, done, what, how }) => (
          <li key={key} className={done ? "done" : undefined} aria-current={key === now ? "step" : undefined}>
            <strong>{what}</strong>
            {how}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What the check found odd, for those who sign and publish and were not there when the file was handed in. */
function ToLookAt({ of }: { of: Disclosure }) {
  const say = useText(detailWords);
  const inWork = of.correction != null || of.state === "draft" || of.state === "signed";
  if (!inWork || of.warnings.length === 0) return null;
  return (
    <section className="card" aria-label={say("look_at")}>
      <CellProblems title={say("look_at")} of={of.warnings} kind="warning" />
    </section>
  );
}

function Facts({ of }: { of: Disclosure }) {
  const say = useText(words);
  const sayDetail = useText(detailWords);
  const sayKind = useText(kindWords);
  const both = useText(common);
  const language = useLanguage();
  const until = of.posting_until;
  const { correction } = of;
  const named = ({ version, content_sha256: digest }: { version: number; content_sha256: string }) => ({
    name: sayDetail("digest_of", { n: version }),
    digest,
  });
  const digests =
    correction == null
      ? [{ name: sayDetail("digest"), digest: of.content_sha256 }]
      : [named(correction), named(of)];
  if (of.published_at != null) digests.push({ name: sayDetail("digest_public"), digest: of.public_sha256 });
  const rows: [label: string, value: string | number][] = [
    [sayDetail("kind"), sayKind(of.kind)],
    [sayDetail("version"), of.version],
    [say("lines"), of.line_count],
    ...(until == null ? [] : [[say("posting_until"), formatDay(until, language)] as [string, string]]),
  ];
  return (
    <section className="card" aria-labelledby="disc-facts">
      <h2 id="disc-facts">{sayDetail("facts")}</h2>
      <dl className="disc-facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {digests.map(({ name, digest }) => (
          <div key={digest} className="disc-digest">
            <dt>{name}</dt>
            <dd>
              <Typography.Text code copyable={{ tooltips: [both("copy"), both("copied")] }}>
                {digest}
              </Typography.Text>
              <small className="disc-quiet">{sayDetail("digest_hint")}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
