// Those that stand one way, each by name, with why that day and the way to raise it.
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { kindInEnglish } from "../../lib/kinds";
import { useLoad } from "../../lib/load";
import { fileAbout } from "../../lib/navigate";
import { type Obligation, type ObligationStatus, readObligations } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Button, ButtonLink, Section } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { asks, isOpen } from "./standing";
import { words } from "./words";

interface Props {
  code: string;
  status: ObligationStatus;
  /** How many there are; nothing is asked for when there are none. */
  count: number;
  title?: string;
  hint?: string;
}

export function Items({ code, status, count, title, hint }: Props) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  if (count === 0) return null;
  const parts = cursors.map((cursor, at) => (
    <Part
      key={cursor ?? "first"}
      code={code}
      status={status}
      cursor={cursor}
      more={at === cursors.length - 1 ? (next) => setCursors([...cursors, next]) : null}
    />
  ));
  return title === undefined ? (
    <div>{parts}</div>
  ) : (
    <Section id={status} title={title}>
      {hint === undefined ? null : <p class="before cap">{hint}</p>}
      {parts}
    </Section>
  );
}

function Part(props: {
  code: string;
  status: ObligationStatus;
  cursor: string | null;
  more: ((cursor: string) => void) | null;
}) {
  const say = useWords(words);
  const { code, status, cursor, more } = props;
  const page = useLoad(() => readObligations(code, status, cursor), [code, status, cursor]);
  return (
    <Loaded of={page} lines={3}>
      {({ items, level, next_cursor: next }) => (
        <>
          <ul class="obligations">
            {items.map((one) => (
              <Item key={one.id} one={one} place={level !== "village"} />
            ))}
          </ul>
          {more !== null && next ? (
            <Button wide onClick={() => more(next)}>
              {say.more}
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function Item({ one, place }: { one: Obligation; place: boolean }) {
  const say = useWords(words);
  const language = useLanguage();
  const { id, title, status, days_late: late } = one;
  const kind = kindInEnglish(one.kind, language);
  const open = isOpen(status);
  const question = asks(status);
  const ask = () =>
    fileAbout({ region_code: one.region_code, about: { type: "obligation", id }, label: title });
  return (
    <li class={open ? "card obligation late" : "card obligation"}>
      <h3 id={`obligation-${id}`}>
        <Zh>{title}</Zh>
      </h3>
      {kind === null ? null : <p class="cap">{kind}</p>}
      {one.struck == null ? null : (
        <p>
          <b>
            {say.struck[0]}
            <Zh>{one.struck.reason}</Zh>
            {say.struck[1]}
          </b>
        </p>
      )}
      <p>
        {one.struck == null ? (
          <b>{say.by(day(one.due_date, language))}</b>
        ) : (
          <>
            {one.event_on == null ? null : say.happened(day(one.event_on, language))}
            {say.struckOn(day(one.struck.at, language))}
          </>
        )}
        {late > 0 ? <span class="tag bad">{open ? say.over(late) : say.after(late)}</span> : null}
      </p>
      {status === "missing" ? <p class="cap">{say.missing}</p> : null}
      {one.struck == null ? (
        <>
          <p class="cap">
            <Zh>{say.who(one.responsible)}</Zh>
            {place ? (
              <>
                {" · "}
                <Zh>{one.region_name}</Zh>
              </>
            ) : null}
          </p>
          <Why one={one} />
        </>
      ) : null}
      <div class="obligation-acts">
        {one.disclosure_id ? (
          <ButtonLink
            look="quiet"
            href={placeOf(one, one.disclosure_id)}
            aria-describedby={`obligation-${id}`}
          >
            {say.see}
          </ButtonLink>
        ) : null}
        {question === null ? null : (
          <Button look="ask" onClick={ask} aria-describedby={`obligation-${id}`}>
            {say[question]}
          </Button>
        )}
      </div>
    </li>
  );
}

const placeOf = (one: Obligation, disclosure: string): string =>
  one.kind === "ledger"
    ? `/v/${one.region_code}/accounts/${one.period}`
    : `/v/${one.region_code}/tables/${disclosure}`;

/** The rule of the catalogue in words. */
function ruleOf(
  { explanation: { due }, event_on: event }: Obligation,
  say: (typeof words)["zh"],
  plain: (date: string) => string,
): string {
  const rolled = due.roll === "next_working_day" ? say.rolled : "";
  if (due.rule === "day_of_month") return say.onDay(due.months_after, due.day) + rolled;
  const working = due.unit === "working_day";
  const within =
    due.rule === "after_end"
      ? say.afterEnd(due.amount, working)
      : say.afterEvent(event == null ? "" : plain(event), due.amount, working);
  return within + (working ? "" : rolled);
}

/** How the day was counted, as the server tells it. */
function Why({ one }: { one: Obligation }) {
  const say = useWords(words);
  const language = useLanguage();
  const { counted_from, skipped, moved, kept } = one.explanation;
  const plain = (date: string) => day(date, language);
  return (
    <details class="fold">
      <summary>
        <span>{say.why(plain(one.due_date))}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div class="why-day">
        <p>
          {ruleOf(one, say, plain)}
          {say.catalogue(one.explanation.catalogue_version)}
        </p>
        <p>{say.counted(plain(counted_from))}</p>
        {skipped.length === 0 ? (
          <p>{say.noneSkipped}</p>
        ) : (
          <p>
            {say.skipped}
            {skipped.map(({ date, reason }, at) => (
              <Fragment key={date}>
                {at === 0 ? null : say.separator}
                <span class="keep">{plain(date)}</span> <Zh>{reason}</Zh>
              </Fragment>
            ))}
          </p>
        )}
        {moved.map(({ due_date, moved_at }) => (
          <p key={moved_at}>{say.moved(plain(due_date))}</p>
        ))}
        {kept ? <p>{say.kept}</p> : null}
        {one.provisional ? <p>{say.provisional}</p> : null}
      </div>
    </details>
  );
}
