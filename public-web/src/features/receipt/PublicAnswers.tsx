// What was answered to everybody, with the writer's leave: so that the writer sees what others read.
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { Zh } from "../../ui/Zh";
import type { Case } from "./useCase";
import { words } from "./words";

export function PublicAnswers({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const answers = open.view.public_answers;
  if (answers.length === 0) return null;
  return (
    <section class="card padded" aria-labelledby="public-answers">
      <h2 id="public-answers">{say.publicAnswers}</h2>
      <p class="cap">{say.publicAnswersHint}</p>
      {answers.map((answer) => (
        <div key={answer.published_at}>
          <p class="cap">{day(answer.published_at, language)}</p>
          <p>
            <Zh>{answer.text}</Zh>
          </p>
        </div>
      ))}
    </section>
  );
}
