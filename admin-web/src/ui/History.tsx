// What happened, the latest at the end. What only colleagues read stands on another ground.
import { actions, word } from "@yidiantong/client";
import { Skeleton } from "antd";
import { type StaffEvent, useEvents } from "../lib/cases";
import { useLanguage, useText } from "../lib/i18n";
import { ProblemAlert } from "./ProblemAlert";
import { shortInstant } from "./shortInstant";
import { uiWords } from "./words";
import { Zh } from "./Zh";

interface Props {
  id: string;
  /** Only so many of the latest. */
  latest?: number;
  year: number;
  /** Names of units by id. */
  units?: ReadonlyMap<string, string>;
}

export function History({ id, latest, year, units }: Props) {
  const say = useText(uiWords);
  const { data, error, isPending, refetch } = useEvents(id);
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  if (data === undefined) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const events = latest === undefined ? data.items : data.items.slice(-latest);
  const hidden = data.items.length - events.length;
  return (
    <>
      {hidden > 0 ? <p className="history-hidden">{say("earlier", { n: hidden })}</p> : null}
      <ol className={events.every(isDayOnly) ? "history" : "history exact"}>
        {events.map((event) => (
          <Entry key={event.seq} event={event} year={year} units={units} />
        ))}
      </ol>
    </>
  );
}

/** A handling unit is told days and no hours. */
const isDayOnly = (event: StaffEvent): boolean => event.at.includes("T00:00:00");

function Entry({
  event,
  year,
  units,
}: {
  event: StaffEvent;
  year: number;
  units?: ReadonlyMap<string, string>;
}) {
  const say = useText(uiWords);
  const language = useLanguage();
  const unit = event.organisation_id == null ? undefined : units?.get(event.organisation_id);
  const who = unit ?? (event.actor === "complainant" || event.actor === "timer" ? say(event.actor) : null);
  const bad = event.action === "overdue" || event.action === "escalate";
  return (
    <li className={bad ? "bad" : undefined}>
      <time>{shortInstant(event.at, language, year)}</time>
      <div>
        <strong>{word(actions, event.action, language)}</strong>
        {who === null ? null : (
          <span className="history-who">
            {" "}
            <Zh>{who}</Zh>
          </span>
        )}
        {event.public_note == null ? null : (
          <p className="public-note">
            <span className="public-mark">{say("public")}</span>
            <Zh>{event.public_note}</Zh>
          </p>
        )}
        {event.internal_note == null ? null : (
          <p className="internal">
            <span className="internal-mark">{say("internal")}</span>
            <Zh>{event.internal_note}</Zh>
          </p>
        )}
      </div>
    </li>
  );
}
