// Several people told of the same thing and one of the cases is worked on: how far that is, by when it is
// answered, and that everybody rates for himself.
import { plainStates, word } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { Zh } from "../../ui/Zh";
import { isStep } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

export function Joined({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const joined = open.view.merged_into;
  if (!joined) return null;
  const answered = joined.state === "answered" || joined.state === "closed";
  const said = joined.events.filter((event) => event.public_note && isStep(event.action));
  return (
    <section class="card padded" aria-labelledby="joined">
      <h2 id="joined">{say.joined}</h2>
      <p>{say.joinedHint}</p>
      <p class="strong">{say.joinedState(word(plainStates, joined.state, language))}</p>
      {joined.due_date && !answered ? <p>{say.answerBy(day(joined.due_date, language))}</p> : null}
      {said.length === 0 ? null : (
        <ul class="notes">
          {said.map((event) => (
            <li key={event.seq}>
              <span class="cap">{day(event.at, language)}</span> <Zh>{event.public_note ?? ""}</Zh>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
