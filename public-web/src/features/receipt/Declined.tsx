// It was not taken up: never a bare refusal. Why, in somebody's words; which door is right; and that one may
// disagree.
import { declineReasons, word } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { Notice } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import type { Case } from "./useCase";
import { words } from "./words";

export function Declined({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { declined, allowed_actions: may } = open.view;
  if (!declined) return null;
  return (
    <section class="card padded answer" aria-labelledby="declined">
      <h2 id="declined">{say.declined}</h2>
      <p class="cap">{day(declined.declined_at, language)}</p>
      <dl>
        <div>
          <dt>{say.declinedWhy}</dt>
          <dd>{word(declineReasons, declined.reason_code, language)}</dd>
        </div>
        <div>
          <dt>{say.declinedWords}</dt>
          <dd>
            <Zh>{declined.note}</Zh>
          </dd>
        </div>
        {declined.redirect ? (
          <div>
            <dt>{say.declinedDoor}</dt>
            <dd>
              <Zh>{declined.redirect}</Zh>
            </dd>
          </div>
        ) : null}
      </dl>
      {may.includes("dispute") ? (
        <Notice tone="plain">
          <p>{say.declinedDispute(open.around.policy?.dispute_days ?? null)}</p>
        </Notice>
      ) : null}
    </section>
  );
}
