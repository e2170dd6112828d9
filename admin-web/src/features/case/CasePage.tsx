import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert } from "antd";
import { useEffect, useRef } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import "../../styles/page.css";
import "../../styles/case.css";
import { type CaseView, useCase, useUnits } from "../../lib/cases";
import { useText } from "../../lib/i18n";
import { asApiError } from "../../lib/problem";
import { queuePlace } from "../../lib/queuePlace";
import { readsComplaints, useStaff } from "../../lib/session";
import { chinaYear, useCaseNow } from "../../lib/time";
import { AboutCard } from "../../ui/AboutCard";
import { Forbidden } from "../../ui/Forbidden";
import { History } from "../../ui/History";
import { Notice } from "../../ui/Notice";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { StateTag } from "../../ui/StateTag";
import { TimeBox } from "../../ui/TimeBox";
import { Zh } from "../../ui/Zh";
import { ActionPanel } from "./ActionPanel";
import { Answers } from "./Answers";
import { Clocks } from "./Clocks";
import { Ends } from "./Ends";
import { Escalations } from "./Escalations";
import { Facts } from "./Facts";
import { Identity } from "./Identity";
import { Messages } from "./Messages";
import { Photos } from "./Photos";
import { Waiting } from "./Waiting";
import { words } from "./words";

export function Component() {
  return readsComplaints(useStaff().role) ? <Found /> : <Forbidden />;
}

function Found() {
  const { id = "" } = useParams();
  const { data, error, isPending, refetch } = useCase(id);
  if (isPending) return <PageLoading rows={10} />;
  if (data !== undefined && asApiError(error).status !== 404) return <Case key={id} view={data} />;
  if (asApiError(error).status === 404) return <Missing />;
  return (
    <div className="case-error">
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </div>
  );
}

function Missing() {
  const say = useText(words);
  usePageTitle(say("missing"));
  return (
    <Notice title={say("missing")} text={say("missing_do")}>
      <Link to={queuePlace.address()}>{say("back")}</Link>
    </Notice>
  );
}

function Case({ view }: { view: CaseView }) {
  const say = useText(words);
  const now = useCaseNow();
  const year = chinaYear(now);
  const units = useUnits(view.region_code);
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(say("page", { number: view.number }));

  // Whoever comes from the queue by keyboard or with a reader begins here, or in the form that was asked for.
  const [params] = useSearchParams();
  const toForm = useRef(params.has("do"));
  useEffect(() => {
    if (!toForm.current) heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <article className="case">
      <header className="case-head">
        <Link to={queuePlace.address()} className="case-back" aria-label={say("back")} title={say("back")}>
          <ArrowLeftOutlined aria-hidden />
        </Link>
        <h1 tabIndex={-1} ref={heading}>
          {say("page", { number: view.number })}
        </h1>
        <StateTag state={view.state} />
        {view.supervised ? <span className="badge">{say("supervised")}</span> : null}
        {view.round > 1 ? <span className="badge high">{say("round", { n: view.round })}</span> : null}
        {view.level === 2 || view.level === 3 ? (
          <span className="badge high">{say(`level_${view.level}`)}</span>
        ) : null}
      </header>
      {view.clocks_unreadable ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={say("clocks_unreadable")}
          description={say("clocks_unreadable_do")}
        />
      ) : null}
      <div className={WRITTEN.has(params.get("do") ?? "") ? "case-grid writing" : "case-grid"}>
        <div className="case-main">
          <Words view={view} />
          <Photos view={view} />
          {view.about == null ? null : <AboutCard about={view.about} region={view.region_code} details />}
          <Ends view={view} year={year} units={units} />
          <Answers view={view} year={year} />
          <Clocks view={view} year={year} now={now} />
          <Messages view={view} year={year} />
          <section className="card" aria-labelledby="history">
            <h2 id="history">{say("history")}</h2>
            <History id={view.id} year={year} units={units} />
          </section>
          <Escalations view={view} year={year} units={units} />
        </div>
        <div className="case-side">
          <TimeBox view={view} now={now} />
          <Waiting view={view} year={year} />
          <ActionPanel view={view} now={now} />
          <Facts view={view} year={year} units={units} />
          <Identity view={view} year={year} />
        </div>
      </div>
    </article>
  );
}

/** What takes long words, with the case beside them. */
const WRITTEN: ReadonlySet<string> = new Set(["dispatch", "submit_answer", "approve"]);

/** The complainant's own words where one may read them, and the summary a handling unit works from. */
function Words({ view }: { view: CaseView }) {
  const say = useText(words);
  return (
    <section className="card">
      {view.text == null ? null : (
        <>
          <h2>{say("text")}</h2>
          <p className="words case-text">
            <Zh>{view.text}</Zh>
          </p>
        </>
      )}
      {view.brief == null ? null : (
        <div className={view.text == null ? undefined : "case-brief"}>
          <h2>
            {say("brief")}
            {view.text == null ? null : <small>{say("brief_note")}</small>}
          </h2>
          <p className="words case-text">
            <Zh>{view.brief}</Zh>
          </p>
        </div>
      )}
      {view.text == null && view.brief == null ? <p>{say("no_text")}</p> : null}
    </section>
  );
}
