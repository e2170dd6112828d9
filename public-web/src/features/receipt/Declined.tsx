// It was not taken up: never a bare refusal. Why, in somebody's words; which door is right; and that one may
// disagree.
import { declineReasons, word } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { ButtonLink } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import type { Case } from "./useCase";
import { words } from "./words";

export function Declined({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { declined } = open.view;
  if (!declined) return null;
  // The door of this reason, with its numbers as the form shows them before anything is typed.
  const phones =
    open.around.categories.find((one) => one.redirect?.code === declined.reason_code)?.redirect?.phones ?? [];
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
      {phones.length === 0 ? null : (
        <div class="buttons">
          {phones.map((phone) => (
            <ButtonLink key={phone} look="quiet" icon="phone" href={`tel:${phone}`}>
              {say.call(phone)}
            </ButtonLink>
          ))}
        </div>
      )}
    </section>
  );
}
