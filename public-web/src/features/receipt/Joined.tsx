// Several people told of the same thing and one of the cases is worked on: how far that is, by when it is
// answered, and that everybody rates for himself.
import { plainStates, word } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { stepWords } from "./stepWords";
import { StepNote } from "./Timeline";
import { worked } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

export function Joined({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const joined = open.view.merged_into;
  if (!joined) return null;
  const answered = joined.state === "answered" || joined.state === "closed";
  const done = worked(joined.events);
  return (
    <section class="card padded" aria-labelledby="joined">
      <h2 id="joined">{say.joined}</h2>
      <p>{say.joinedHint}</p>
      <p class="strong">{say.joinedState(word(plainStates, joined.state, language))}</p>
      {joined.due_date && !answered ? <p>{say.answerBy(day(joined.due_date, language))}</p> : null}
      {done.length === 0 ? null : (
        <>
          <h3>{say.joinedSteps}</h3>
          <ul class="notes">
            {done.map(({ seq, step, at, note }) => (
              <li key={seq}>
                <b>{stepWords[language].steps[step]}</b> <span class="cap">{day(at, language)}</span>
                <StepNote step={step} note={note} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
