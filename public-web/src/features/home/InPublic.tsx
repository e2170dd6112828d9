import { useWords } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/parts";
import { words } from "./words";

/** Whatever else stands open: other tables, what is due, answers in words, numbers of township and county. */
export function InPublic({ code }: { code: string }) {
  const say = useWords(words);
  const doors = [
    ["tables", say.tables, say.tablesHint],
    ["obligations", say.obligations, say.obligationsHint],
    ["answers", say.answers, say.answersHint],
    ["stats", say.stats, say.statsHint],
  ] as const;
  return (
    <Section id="public" title={say.inPublic} class="in-public">
      <ul class="card rows">
        {doors.map(([path, title, hint]) => (
          <li key={path}>
            <a class="row" href={`/v/${code}/${path}`}>
              <span class="grow">
                <b>{title}</b>
                <span class="cap">{hint}</span>
              </span>
              <Icon name="right" size={1.1} />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
