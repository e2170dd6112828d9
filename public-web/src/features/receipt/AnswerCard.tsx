// The answer in its four parts, and the rating it got.
import { ratings, results, word } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { Notice } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import type { Case } from "./useCase";
import { words } from "./words";

export function AnswerCard({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { answer, rating, merged_into: joined } = open.view;
  if (!answer) return null;
  // Of a case that was joined with another, the answer is that one's.
  const state = joined?.state ?? open.view.state;
  const current = state === "answered" || state === "closed";
  const parts = [
    [say.facts, answer.facts],
    [say.basis, answer.basis],
    [say.remedy, answer.remedy],
  ] as const;
  return (
    <section class="card padded answer" aria-labelledby="answer">
      <div class="ends">
        <h2 id="answer">{say.answer}</h2>
        <span class="tag info">{word(results, answer.result, language)}</span>
      </div>
      <p class="cap">{say.answeredOn(day(answer.answered_at, language))}</p>
      {current ? null : (
        <Notice tone="wait">
          <p>{say.earlierAnswer}</p>
        </Notice>
      )}
      <dl>
        {parts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Zh>{text}</Zh>
            </dd>
          </div>
        ))}
      </dl>
      {rating && current ? (
        <div class="rated">
          <p class="strong">{say.yourRating(word(ratings, rating.rating, language))}</p>
          {rating.comment ? (
            <p>
              <Zh>{rating.comment}</Zh>
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
