// What the village should have published and has not, by name, each with the way to raise it. Asked for only where the
// village's own answer says that something is late.
import { day } from "../../lib/format";
import { labelled, useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fileAbout } from "../../lib/navigate";
import { type Obligation, readObligations } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

export function Unmet({ code }: { code: string }) {
  const say = useWords(words);
  const missing = useLoad(() => readObligations(code, "missing"), [code]);
  const overdue = useLoad(() => readObligations(code, "overdue"), [code]);
  // Their titles are Chinese; the words for kinds weigh too much for a first page that most never turn to English.
  const english = useLanguage() === "en";
  const kinds = useLoad(() => (english ? import("../../lib/kinds") : null), [code]);
  const naming = kinds.state === "ready" ? kinds.data?.kindInEnglish : undefined;
  return (
    <Section
      id="unmet"
      title={say.unmet}
      class="unmet"
      aside={
        <a href={`/v/${code}/obligations`} aria-label={labelled(say.all, say.unmet)}>
          {say.all} ›
        </a>
      }
    >
      <Loaded of={overdue} lines={2}>
        {(late) => (
          <>
            <ul class="card rows">
              {[...(missing.state === "ready" ? missing.data.items : []), ...late.items].map((one) => (
                <li key={one.id}>
                  <Row one={one} kind={naming?.(one.kind, "en") ?? null} />
                </li>
              ))}
            </ul>
            <p class="cap">{say.unmetHint}</p>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Row({ one, kind }: { one: Obligation; kind: string | null }) {
  const say = useWords(words);
  const language = useLanguage();
  const raise = () =>
    fileAbout({
      region_code: one.region_code,
      about: { type: "obligation", id: one.id },
      label: one.title,
    });
  return (
    <button type="button" class="row" aria-label={say.unmetAsk(one.title)} onClick={raise}>
      <span class="grow">
        <b>
          <Zh>{one.title}</Zh>
        </b>
        {kind === null ? null : <span class="cap">{kind}</span>}
        <span class="cap">{say.unmetDue(day(one.due_date, language), one.days_late)}</span>
        {one.status === "missing" ? <span class="cap">{say.unmetMissing}</span> : null}
      </span>
      <Icon name="right" size={1.1} />
    </button>
  );
}
