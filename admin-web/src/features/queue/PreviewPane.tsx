import { CloseOutlined } from "@ant-design/icons";
import { actions, formatDay, kinds, word } from "@yidiantong/client";
import { Button } from "antd";
import { Link } from "react-router";
import { type CaseView, useCase, useCategories } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { chinaYear } from "../../lib/time";
import { AboutCard } from "../../ui/AboutCard";
import { History } from "../../ui/History";
import { mainActions } from "../../ui/mainActions";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { StateTag } from "../../ui/StateTag";
import { TimeBox } from "../../ui/TimeBox";
import { words } from "./words";

interface Props {
  id: string | null;
  at: number | null;
  all: number;
  now: number;
  onClose: () => void;
}

export function PreviewPane({ id, at, all, now, onClose }: Props) {
  const say = useText(words);
  return (
    <aside className="pane" aria-label={say("pane")}>
      {id === null ? (
        <p className="pane-empty">{say("pane_empty")}</p>
      ) : (
        <Preview
          key={id}
          id={id}
          place={at === null ? "" : say("place", { at, all })}
          now={now}
          onClose={onClose}
        />
      )}
    </aside>
  );
}

interface PreviewProps {
  id: string;
  place: string;
  now: number;
  onClose: () => void;
}

function Preview({ id, place, now, onClose }: PreviewProps) {
  const { data, error, isPending, refetch } = useCase(id);
  if (isPending) return <PageLoading rows={6} />;
  if (data === undefined) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return <Filled view={data} place={place} now={now} onClose={onClose} />;
}

function Filled({ view, place, now, onClose }: Omit<PreviewProps, "id"> & { view: CaseView }) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const categories = useCategories();
  const year = chinaYear(now);
  const text = view.text ?? view.brief ?? say("no_excerpt");
  const facts = [
    view.region_name,
    categories.name(view.category),
    word(kinds, view.kind, language),
    ...(view.identity_mode == null ? [] : [say(view.identity_mode)]),
    say("received", { day: formatDay(view.received_at.slice(0, 10), language, year) }),
  ];
  return (
    <>
      <header className="pane-head">
        <p>
          <StateTag state={view.state} />
          <span className="number">{view.number}</span>
          <span className="place">{place}</span>
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={both("close")}
            onClick={onClose}
          />
        </p>
        <h2>{view.excerpt === "" ? view.number : view.excerpt}</h2>
        <p className="pane-facts">{facts.join(" · ")}</p>
      </header>
      <div className="pane-body">
        <TimeBox view={view} now={now} />
        {view.about == null ? null : <AboutCard about={view.about} region={view.region_code} />}
        {text === view.excerpt ? null : (
          <section>
            <h3>{say(view.text == null ? "brief" : "text")}</h3>
            <p className="words">{text}</p>
          </section>
        )}
        <section>
          <h3>{say("history")}</h3>
          <History id={view.id} latest={5} year={year} />
        </section>
      </div>
      <footer className="pane-foot">
        <Link className="ant-btn-like" to={`/c/${view.id}`}>
          {say("open_case")} <kbd>Enter</kbd>
        </Link>
        {mainActions(view.allowed_actions).map((action) => (
          <Link key={action} className="ant-btn-like plain" to={`/c/${view.id}?do=${action}`}>
            {word(actions, action, language)}
          </Link>
        ))}
      </footer>
    </>
  );
}
