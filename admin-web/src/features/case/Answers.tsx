import { ratings, results, word } from "@yidiantong/client";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { shortInstant } from "../../ui/shortInstant";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

interface Props {
  view: CaseView;
  year: number;
}

type Answer = NonNullable<CaseView["draft"]>;

/** The answer under review, the one given, and what the complainant made of it. */
export function Answers({ view, year }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const { draft, answer, rating } = view;
  return (
    <>
      {draft == null ? null : (
        <section className="card answer draft" aria-labelledby="draft">
          <h2 id="draft">{say("draft")}</h2>
          <AnswerText answer={draft} />
        </section>
      )}
      {answer == null ? null : (
        <section className="card answer" aria-labelledby="answer">
          <h2 id="answer">
            {say("answer")} <small>{shortInstant(answer.answered_at, language, year)}</small>
          </h2>
          <AnswerText answer={answer} />
        </section>
      )}
      {rating == null ? null : (
        <section className="card" aria-labelledby="rating">
          <h2 id="rating">
            {say("rating")} <small>{shortInstant(rating.rated_at, language, year)}</small>
          </h2>
          <p>
            <strong className={rating.rating === "dissatisfied" ? "bad" : undefined}>
              {word(ratings, rating.rating, language)}
            </strong>
            {rating.late ? say("rating_late") : null}
          </p>
          {rating.comment == null ? null : (
            <p className="words">
              <Zh>{rating.comment}</Zh>
            </p>
          )}
        </section>
      )}
    </>
  );
}

function AnswerText({ answer }: { answer: Answer }) {
  const say = useText(words);
  const language = useLanguage();
  return (
    <dl className="answer-text">
      <div>
        <dt>{say("a_result")}</dt>
        <dd>
          <strong>{word(results, answer.result, language)}</strong>
        </dd>
      </div>
      {(["facts", "basis", "remedy"] as const).map((part) => (
        <div key={part}>
          <dt>{say(`a_${part}`)}</dt>
          <dd className="words">
            <Zh>{answer[part]}</Zh>
          </dd>
        </div>
      ))}
    </dl>
  );
}
