// What a village must publish, by when, and what became of it: what is late stands first and by name. The same for its
// township, village by village.
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { type AreaChoice, areasOf } from "../../lib/areas";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Obligations, type Region, readObligations, readRegion } from "../../lib/reads";
import { AreaChips } from "../../ui/AreaChips";
import { Icon } from "../../ui/Icon";
import { Merged } from "../../ui/Merged";
import { Page } from "../../ui/Page";
import { Button, Section } from "../../ui/parts";
import { Empty, Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { Items } from "./Items";
import "./obligations.css";
import { words } from "./words";

export default function ObligationsPage() {
  const say = useWords(words);
  const { village: code = "", area } = useRoute().params;
  const region = useLoad(() => readRegion(code), [code]);
  const here = region.state === "ready" ? areasIn(region.data, area).here : undefined;
  const bar = here === undefined ? say.title : say.bar(here.name);
  return (
    <Page title={say.title} bar={bar} back={`/v/${code}`}>
      <p class="before">{say.lead}</p>
      <Loaded of={region} lines={5}>
        {(found) => <Places region={found} area={area} />}
      </Loaded>
    </Page>
  );
}

const areasIn = (region: Region, area: string | undefined) => areasOf(region, ["village", "township"], area);

function Places({ region, area }: { region: Region; area: string | undefined }) {
  const say = useWords(words);
  const { areas, here } = areasIn(region, area);
  if (here === undefined) return null;
  const href = (to: AreaChoice) => `/v/${region.code}/obligations/${to.area}`;
  return (
    <>
      <Merged village={region} />
      <AreaChips label={say.where} areas={areas} here={here} href={href} />
      <Place key={here.code} code={here.code} />
    </>
  );
}

function Place({ code }: { code: string }) {
  const say = useWords(words);
  const missing = useLoad(() => readObligations(code, "missing"), [code]);
  return (
    <Loaded of={missing} lines={5}>
      {(found) =>
        found.level === "village" && found.takes_part_since == null ? (
          <Empty icon="accounts" title={say.away}>
            <p>{say.awayHint}</p>
          </Empty>
        ) : (
          <>
            <Counts of={found} />
            <Open code={code} of={found} />
            <Villages of={found} />
            <Items code={code} status="due" title={say.dueTitle} count={found.counts.due} />
            <Items
              code={code}
              status="late"
              title={say.lateTitle}
              hint={say.lateHint}
              count={found.counts.late}
            />
            <OnTime code={code} count={found.counts.on_time} />
            <Struck code={code} />
          </>
        )
      }
    </Loaded>
  );
}

/** Most of them, and what nobody has to look at: shown to whoever wants to see. */
function OnTime({ code, count }: { code: string; count: number }) {
  const say = useWords(words);
  const [shown, setShown] = useState(false);
  if (count === 0) return null;
  if (shown) return <Items code={code} status="on_time" title={say.onTimeTitle} count={count} />;
  return (
    <div class="obligations-more">
      <Button wide onClick={() => setShown(true)}>
        {say.seeOnTime(count)}
      </Button>
    </div>
  );
}

/** Mistakes that two persons struck: no count has them, so they are asked for; there hardly ever are any. */
function Struck({ code }: { code: string }) {
  const say = useWords(words);
  const struck = useLoad(() => readObligations(code, "struck"), [code]);
  if (struck.state !== "ready") return null;
  const count = struck.data.items.length;
  return <Items code={code} status="struck" title={say.struckTitle} hint={say.struckHint} count={count} />;
}

function Counts({ of }: { of: Obligations }) {
  const say = useWords(words);
  const language = useLanguage();
  const { missing, overdue, due, late, on_time } = of.counts;
  const rows = [
    [say.open, missing + overdue],
    [say.late, late],
    [say.due, due],
    [say.onTime, on_time],
  ] as const;
  return (
    <section aria-label={say.counts}>
      <dl class="card obligation-counts">
        {rows.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{say.items(count)}</dd>
          </div>
        ))}
      </dl>
      <p class="cap">{say.asOf(day(of.as_of, language))}</p>
    </section>
  );
}

function Open({ code, of }: { code: string; of: Obligations }) {
  const say = useWords(words);
  const { missing, overdue } = of.counts;
  if (missing + overdue === 0) {
    return (
      <Section id="open" title={say.openTitle}>
        <Empty icon="check" title={say.noneOpen}>
          <p>{say.noneOpenHint}</p>
        </Empty>
      </Section>
    );
  }
  return (
    <Section id="open" title={say.openTitle}>
      <Items code={code} status="missing" count={missing} />
      <Items code={code} status="overdue" count={overdue} />
    </Section>
  );
}

/** Only who takes part has anything to be counted. */
function Villages({ of }: { of: Obligations }) {
  const say = useWords(words);
  const rows = of.regions.filter(({ taking_part }) => taking_part > 0);
  if (rows.length === 0) return null;
  return (
    <Section id="villages" title={say.villages}>
      <ul class="card rows">
        {rows.map(({ code, name, counts }) => (
          <li key={code}>
            <a class="row" href={`/v/${code}/obligations`}>
              <span class="grow">
                <b>
                  <Zh>{name}</Zh>
                </b>
                <span class="cap">{say.villageCounts(counts.missing + counts.overdue, counts.late)}</span>
              </span>
              <Icon name="right" size={1.1} />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
