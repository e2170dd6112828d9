// How a case stands beside others and what was told everybody: declined, merged, followed, ordered, published.
import { declineReasons, formatDay, formatInstant, type Language, states, word } from "@yidiantong/client";
import { Link } from "react-router";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { shortInstant } from "../../ui/shortInstant";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

interface Props {
  view: CaseView;
  year: number;
  units: ReadonlyMap<string, string>;
}

export function Ends(props: Props) {
  return (
    <>
      <Declined {...props} />
      <Merged {...props} />
      <Followers {...props} />
      <Ordered {...props} />
      <Published {...props} />
    </>
  );
}

function Declined({ view: { declined }, year }: Props) {
  const say = useText(words);
  const language = useLanguage();
  if (declined == null) return null;
  return (
    <section className="card" aria-labelledby="declined">
      <h2 id="declined">
        {say("declined")} <small>{shortInstant(declined.declined_at, language, year)}</small>
      </h2>
      <dl className="facts">
        <div>
          <dt>{say("declined_reason")}</dt>
          <dd>{word(declineReasons, declined.reason_code, language)}</dd>
        </div>
        {declined.redirect == null ? null : (
          <div>
            <dt>{say("declined_door")}</dt>
            <dd>
              <Zh>{declined.redirect}</Zh>
            </dd>
          </div>
        )}
        <div>
          <dt>{say("declined_note")}</dt>
          <dd className="words">
            <Zh>{declined.note}</Zh>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Merged({ view: { merged_into: into }, year }: Props) {
  const say = useText(words);
  const language = useLanguage();
  if (into == null) return null;
  return (
    <section className="card" aria-labelledby="merged">
      <h2 id="merged">{say("merged")}</h2>
      <p>
        {into.id == null || into.number == null ? (
          say("merged_hidden")
        ) : (
          <Link to={`/c/${into.id}`}>{say("page", { number: into.number })}</Link>
        )}{" "}
        · {word(states, into.state, language)}
        {into.due_date == null
          ? null
          : ` · ${say("merged_due", { day: formatDay(into.due_date, language, year) })}`}
      </p>
    </section>
  );
}

function Followers({ view: { followers } }: Props) {
  const say = useText(words);
  if (followers.length === 0) return null;
  return (
    <section className="card" aria-labelledby="followers">
      <h2 id="followers">{say("followers", { n: followers.length })}</h2>
      <p className="quiet">{say("followers_note")}</p>
      <ul className="links">
        {followers.map(({ id, number }) => (
          <li key={id}>
            <Link to={`/c/${id}`}>{say("page", { number })}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The instant is the first that is late; people are told the last that is not: of midnight the day before. */
function lastMoment(due: string, language: Language, year: number): string {
  const last = formatInstant(new Date(Date.parse(due) - 1).toISOString(), language, year);
  const day = / 23:59$/;
  return day.test(last) ? last.replace(day, "") : formatInstant(due, language, year);
}

function Ordered({ view: { supervision: order }, year, units }: Props) {
  const say = useText(words);
  const language = useLanguage();
  if (order == null) return null;
  const unit = units.get(order.organisation_id);
  return (
    <section className="card ordered" aria-labelledby="ordered">
      <h2 id="ordered">
        {say("ordered")}
        {unit === undefined ? null : <small>{unit}</small>}
      </h2>
      <p className="words">
        <Zh>{order.note}</Zh>
      </p>
      <p className="quiet">{say("ordered_due", { at: lastMoment(order.due_at, language, year) })}</p>
    </section>
  );
}

function Published({ view, year }: Props) {
  const say = useText(words);
  const language = useLanguage();
  if (view.public_answers.length === 0) return null;
  return (
    <section className="card" aria-labelledby="published">
      <h2 id="published">{say("published")}</h2>
      {view.public_answers.map(({ published_at, text }) => (
        <div key={published_at}>
          <p className="words">
            <Zh>{text}</Zh>
          </p>
          <p className="quiet">{shortInstant(published_at, language, year)}</p>
        </div>
      ))}
    </section>
  );
}
