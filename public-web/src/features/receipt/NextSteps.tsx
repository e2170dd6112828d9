// Right after filing: what happens next and by when, and what to do if nothing does.
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { levelOfRung } from "../../lib/levels";
import { ButtonLink } from "../../ui/parts";
import { dueOf } from "./due";
import { above, placeOf } from "./places";
import { promised, running } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

/** The category whose other door takes reports about those in office. */
const WATCHERS = "discipline";

export function NextSteps({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { view, around } = open;
  const accept = running(view, "accept");
  const answer = promised(view);
  const place = placeOf(around, levelOfRung(view.level), language);
  const steps = [
    accept === null ? null : say.next.accept(place, day(accept.due_date, language)),
    say.next.work,
    answer === null ? null : say.next.answer(day(answer.due_date, language)),
    say.next.rate,
  ].filter((step) => step !== null);
  return (
    <section class="card padded nextsteps" aria-labelledby="nextsteps">
      <h2 id="nextsteps">{say.nextTitle}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h3>{say.silent}</h3>
      <Silent open={open} />
    </section>
  );
}

/** It is late: the same words, in a card of their own. */
export function WhenLate({ open }: { open: Case }) {
  const say = useWords(words);
  if (dueOf(open.view, open.around.now)?.urgency !== "late") return null;
  return (
    <section class="card padded nextsteps" aria-labelledby="silent">
      <h2 id="silent">{say.silent}</h2>
      <Silent open={open} />
    </section>
  );
}

function Silent({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { view, around } = open;
  const upper = above(view.level);
  const top = upper === null ? null : above(view.level + 1);
  const phones = around.categories.find((one) => one.code === WATCHERS)?.redirect?.phones ?? [];
  return (
    <>
      {upper === null ? null : (
        <p>
          {say.silentHint(
            placeOf(around, upper, language),
            top === null ? null : placeOf(around, top, language),
          )}
        </p>
      )}
      {phones.length === 0 ? null : (
        <>
          <p>{say.silentCall}</p>
          <div class="buttons">
            {phones.map((phone) => (
              <ButtonLink key={phone} look="quiet" icon="phone" href={`tel:${phone}`}>
                {say.call(phone)}
              </ButtonLink>
            ))}
          </div>
        </>
      )}
    </>
  );
}
