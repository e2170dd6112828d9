// Every day that counted and every day that did not, as the server counted them. Comes when it is asked for.
import { Fragment } from "preact";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { limitWords } from "../../lib/limits";
import { type Explanation, skippedByReason } from "./why";
import { whyWords } from "./whyWords";

export default function WhyDetails({ why }: { why: Explanation }) {
  const say = useWords(whyWords);
  const language = useLanguage();
  const plain = (date: string) => day(date, language);
  const skipped = skippedByReason(why.skipped);
  const extended = (by: number) => limitWords({ ...why.limit, amount: by }, language);
  return (
    <>
      <p>
        {say.counted(limitWords(why.limit, language), plain(why.started_at))}
        {why.limit.unit === "working_day" ? say.counting : null}
      </p>
      {skipped.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <>
          <h3>{say.skipped}</h3>
          <ul class="notes">
            {skipped.map(({ reason, stretches }) => (
              <li key={reason}>
                <b>{reason}</b>
                <br />
                {stretches.map(([first, last], at) => (
                  <Fragment key={first}>
                    {at === 0 ? null : say.and}
                    <span class="keep">{plain(first)}</span>
                    {first === last ? null : (
                      <>
                        {say.to}
                        <span class="keep">{plain(last)}</span>
                      </>
                    )}
                  </Fragment>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      <Rows
        title={say.pauses}
        rows={why.pauses.map(({ from, to }) =>
          !to
            ? say.stillPaused(plain(from))
            : plain(from) === plain(to)
              ? say.sameDay(plain(from))
              : say.pause(plain(from), plain(to)),
        )}
      />
      <Rows
        title={say.extensions}
        rows={why.extensions.map(({ at, by }) => say.extension(plain(at), extended(by)))}
      />
      <Rows
        title={say.previous}
        rows={why.previous.map((was) => say.was(plain(was.due_date), plain(was.at), say.reasons[was.reason]))}
      />
      {why.kept ? <p>{say.kept}</p> : null}
      {why.provisional ? <p>{say.provisional}</p> : null}
      <p class="cap">{say.versions(why.policy_version, why.calendar_version)}</p>
    </>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly string[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="notes">
        {rows.map((row) => (
          <li key={row}>{row}</li>
        ))}
      </ul>
    </>
  );
}
