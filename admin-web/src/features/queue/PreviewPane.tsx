// The chosen case beside the list. What the row knows stands here at once; the rest comes when it is there. What may
// be done is done here, without leaving the list.
import { CloseOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { actions, formatDay, kinds, word } from "@yidiantong/client";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import {
  type CaseView,
  caseQuery,
  eventsQuery,
  type QueueItem,
  useCase,
  useCategories,
} from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { chinaYear } from "../../lib/time";
import { AboutCard } from "../../ui/AboutCard";
import { ActionForm } from "../../ui/acts/ActionForm";
import { type FormAction, isFormAction } from "../../ui/acts/actionBody";
import { History } from "../../ui/History";
import { isMain, ordered } from "../../ui/mainActions";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { StateTag } from "../../ui/StateTag";
import { TimeBox } from "../../ui/TimeBox";
import { Zh } from "../../ui/Zh";
import { keyOf } from "./actionKeys";
import { words } from "./words";

/** Buttons beside “Open”; the others have their keys, and all of them stand in the case. */
const SHOWN = 4;

interface Props {
  item: QueueItem | undefined;
  at: number | null;
  all: number;
  now: number;
  doing: FormAction | null;
  keysOn: boolean;
  onDo: (action: FormAction | null) => void;
  onDone: () => void;
  onClose: () => void;
}

export function PreviewPane({ item, at, all, ...rest }: Props) {
  const say = useText(words);
  return (
    <aside className="pane" aria-label={say("pane")}>
      {item === undefined ? (
        <p className="pane-empty">{say("pane_empty")}</p>
      ) : (
        <Preview key={item.id} item={item} place={at === null ? "" : say("place", { at, all })} {...rest} />
      )}
    </aside>
  );
}

type PreviewProps = Omit<Props, "item" | "at" | "all"> & { item: QueueItem; place: string };

function Preview({ item, place, now, doing, keysOn, onDo, onDone, onClose }: PreviewProps) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const categories = useCategories();
  const { data: view, error, isPending, refetch } = useCase(item.id);
  const year = chinaYear(now);
  const facts = [
    item.region_name,
    categories.name(item.category),
    word(kinds, item.kind, language),
    ...(view?.identity_mode == null ? [] : [say(view.identity_mode)]),
    say("received", { day: formatDay(item.received_at.slice(0, 10), language, year) }),
  ];
  const allowed = ordered(view?.allowed_actions ?? item.allowed_actions).filter(isFormAction);
  const title = item.excerpt === "" ? item.number : item.excerpt;
  return (
    <>
      <header className="pane-head">
        <p>
          <StateTag state={view?.state ?? item.state} />
          <span className="number">{item.number}</span>
          <span className="place">{place}</span>
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={both("close")}
            onClick={onClose}
          />
        </p>
        <h2>
          <Zh>{title}</Zh>
        </h2>
        <p className="pane-facts">{facts.join(" · ")}</p>
      </header>
      <div className="pane-body">
        {isPending ? <PageLoading rows={6} /> : null}
        {view === undefined && error !== null ? (
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        ) : null}
        {view === undefined ? null : <Body view={view} title={title} now={now} year={year} />}
      </div>
      <footer className={doing === null ? "pane-foot" : "pane-foot writing"}>
        {doing !== null && view !== undefined ? (
          <Doing
            key={doing}
            view={view}
            action={doing}
            possible={allowed.includes(doing)}
            now={now}
            onDone={onDone}
            onClose={() => onDo(null)}
          />
        ) : (
          <>
            <Link className="ant-btn-like" to={`/c/${item.id}`}>
              {say("open_case")} {keysOn ? <kbd>Enter</kbd> : null}
            </Link>
            {allowed.slice(0, SHOWN).map((action) => (
              <button
                key={action}
                type="button"
                className={`ant-btn-like plain${isMain(action) ? "" : " less"}`}
                onClick={() => onDo(action)}
              >
                {word(actions, action, language)}{" "}
                {keysOn && keyOf(action) !== null ? <kbd>{keyOf(action)}</kbd> : null}
              </button>
            ))}
          </>
        )}
      </footer>
    </>
  );
}

function Body({ view, title, now, year }: { view: CaseView; title: string; now: number; year: number }) {
  const say = useText(words);
  const text = view.text ?? view.brief ?? say("no_excerpt");
  return (
    <>
      <TimeBox view={view} now={now} />
      {view.about == null ? null : <AboutCard about={view.about} region={view.region_code} />}
      {text === title ? null : (
        <section>
          <h3>{say(view.text == null ? "brief" : "text")}</h3>
          <p className="words">
            <Zh>{text}</Zh>
          </p>
        </section>
      )}
      {view.attachments.length === 0 ? null : (
        <p className="pane-facts">{say("photos", { n: view.attachments.length })}</p>
      )}
      <section>
        <h3>{say("history")}</h3>
        <History id={view.id} latest={5} year={year} />
      </section>
    </>
  );
}

interface DoingProps {
  view: CaseView;
  action: FormAction;
  possible: boolean;
  now: number;
  onDone: () => void;
  onClose: () => void;
}

/** The form of what is being done; one begins in it at once. */
function Doing({ view, action, possible, now, onDone, onClose }: DoingProps) {
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("textarea, input, button[type='submit']")?.focus();
  }, []);
  return (
    <div ref={place} className="pane-doing">
      <h3>{word(actions, action, language)}</h3>
      <ActionForm
        view={view}
        action={action}
        now={now}
        possible={possible}
        stays
        onDone={onDone}
        onClose={onClose}
      />
    </div>
  );
}

/** Asks for the next case before it is wanted, so that it is there when it is. */
export function useAhead(id: string | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (id === undefined) return;
    void queries.prefetchQuery(caseQuery(id));
    void queries.prefetchQuery(eventsQuery(id));
  }, [id, queries]);
}
