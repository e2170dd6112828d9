// How high it has come, once it is above the township.
import { useLanguage, useWords } from "../../lib/i18n";
import { levelOfRung } from "../../lib/levels";
import { Hidden } from "../../ui/parts";
import { LADDER, placeOf } from "./places";
import { hasClimbed } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

export function LevelStrip({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  // What began higher up has not climbed: it is where it belongs.
  if (open.view.level <= 1 || !hasClimbed(open.view)) return null;
  const here = levelOfRung(open.view.level);
  return (
    <section class="card padded levels" aria-labelledby="levels">
      <h2 id="levels">{say.levelTitle(placeOf(open.around, here, language))}</h2>
      <ol>
        {LADDER.map((level) => (
          <li
            key={level}
            class={LADDER.indexOf(level) <= LADDER.indexOf(here) ? "reached" : ""}
            aria-current={level === here ? "step" : undefined}
          >
            {placeOf(open.around, level, language).replace(/^the /, "")}
            {level === here ? <Hidden>（{say.here}）</Hidden> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
