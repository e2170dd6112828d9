// What was answered to everybody in the township of late: where the writer allowed it, and never what was written.
import { useEffect, useState } from "preact/hooks";
import { day } from "../../lib/format";
import { labelled, useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readAnswersIn } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

const SHOWN = 2;
/** What stands above it goes first: a weak line has room for one thing at a time. */
const LATER_MS = 1_500;
/** Of an answer that is about nothing published, its beginning. */
const BEGINNING = 30;

export function Settled({ village, township }: { village: string; township: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  const answers = useLoad(() => (due ? readAnswersIn(township, null) : null), [township, due ? 1 : 0]);
  const shown = answers.state === "ready" ? (answers.data?.items.slice(0, SHOWN) ?? []) : [];
  if (shown.length === 0) return null;
  const all = `/v/${village}/answers/township`;
  return (
    <Section
      id="settled"
      title={say.settled}
      class="settled"
      aside={
        <a href={all} aria-label={labelled(say.all, say.settled)}>
          {say.all} ›
        </a>
      }
    >
      <ul class="card rows">
        {shown.map(({ id, about, answer, region_name: place, published_at: at }) => (
          <li key={id}>
            <a class="row" href={all}>
              <span class="grow">
                <b>
                  <Zh>{about?.label ?? `${answer.slice(0, BEGINNING)}…`}</Zh>
                </b>
                <span class="cap">
                  <Zh>{place}</Zh> · {say.settledOn(day(at, language))}
                </span>
              </span>
              <Icon name="right" size={1.1} />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
