// Who looked at the complainant's identity: the day, the level and what for, and never who (contract: receipt).
import { identityReasons, word } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import type { Case } from "./useCase";
import { words } from "./words";

export function Looks({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const looks = open.view.identity_views;
  if (looks.length === 0) return null;
  return (
    <section class="card padded looks" aria-labelledby="looks">
      <h2 id="looks">{say.looks}</h2>
      <p class="cap">{say.looksHint}</p>
      <ul class="notes">
        {looks.map((look, index) => (
          <li key={index}>
            <b>{word(identityReasons, look.reason_code, language)}</b>{" "}
            <span class="cap">
              {day(look.date, language)} · {say.looksLevel[look.level === 3 ? 3 : look.level === 2 ? 2 : 1]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
