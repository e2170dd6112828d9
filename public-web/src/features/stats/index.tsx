// How a township or a county is doing: what came in, what was answered in time, how it was rated. Numbers of
// periods that are over, and only where no number points at a person.
import { useRoute } from "preact-iso";
import { type AreaChoice, areasOf } from "../../lib/areas";
import { period as periodWords } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { go } from "../../lib/navigate";
import { type Region, readRegion, readStats, readTime } from "../../lib/reads";
import { AreaChips } from "../../ui/AreaChips";
import { Field } from "../../ui/form";
import { Page } from "../../ui/Page";
import { Loaded } from "../../ui/states";
import { type Closed, closedPeriods } from "./periods";
import { Report } from "./Report";
import "./stats.css";
import { words } from "./words";

interface Around {
  region: Region;
  closed: Closed;
}

async function surroundings(code: string): Promise<Around> {
  const [region, time] = await Promise.all([readRegion(code), readTime()]);
  return { region, closed: closedPeriods(time.case_time) };
}

/** Of what the numbers are: as the address names it, else the county's last month. */
function chosenIn({ region, closed }: Around, area: string | undefined, period: string | undefined) {
  // The county first: a township's own numbers are often too few to be shown.
  const { areas, here } = areasOf(region, ["county", "township"], area);
  const when = period ?? closed.months[0];
  return here === undefined || when === undefined ? null : { areas, here, when };
}

export default function StatsPage() {
  const say = useWords(words);
  const { village: code = "", area, period } = useRoute().params;
  const load = useLoad(() => surroundings(code), [code]);
  const language = useLanguage();
  const chosen = load.state === "ready" ? chosenIn(load.data, area, period) : null;
  const title = chosen === null ? say.title : say.titleOf(periodWords(chosen.when, language));
  return (
    <Page title={title} bar={chosen?.here.name ?? say.title} back={`/v/${code}`}>
      <p class="before">{say.lead}</p>
      <Loaded of={load} lines={4}>
        {(around) => <Chosen around={around} area={area} period={period} />}
      </Loaded>
    </Page>
  );
}

interface ChosenProps {
  around: Around;
  area: string | undefined;
  period: string | undefined;
}

function Chosen({ around, area, period }: ChosenProps) {
  const say = useWords(words);
  const language = useLanguage();
  const { region, closed } = around;
  const found = chosenIn(around, area, period);
  if (found === null) return null;
  const { areas, here, when: chosen } = found;
  const offered = [...closed.months, ...closed.quarters];
  const address = (to: AreaChoice, when: string) => `/v/${region.code}/stats/${to.area}/${when}`;
  const option = (each: string) => (
    <option key={each} value={each}>
      {periodWords(each, language)}
    </option>
  );
  return (
    <>
      <AreaChips label={say.where} areas={areas} here={here} href={(to) => address(to, chosen)} />
      <Field id="period" label={say.period}>
        {(described) => (
          <select
            class="input"
            {...described}
            value={chosen}
            onChange={(event) => go(address(here, event.currentTarget.value), { replace: true })}
          >
            {offered.includes(chosen) ? null : option(chosen)}
            <optgroup label={say.months}>{closed.months.map(option)}</optgroup>
            <optgroup label={say.quarters}>{closed.quarters.map(option)}</optgroup>
          </select>
        )}
      </Field>
      <Numbers region={region} here={here} period={chosen} county={areas[0] ?? here} address={address} />
    </>
  );
}

interface NumbersProps {
  region: Region;
  here: AreaChoice;
  county: AreaChoice;
  period: string;
  address: (to: AreaChoice, when: string) => string;
}

function Numbers({ here, county, period, address }: NumbersProps) {
  const load = useLoad(() => readStats(here.code, period), [here.code, period]);
  const wider = here.code === county.code ? null : { href: address(county, period), name: county.name };
  return (
    <div aria-live="polite">
      <Loaded of={load} lines={5}>
        {(stats) => <Report stats={stats} wider={wider} />}
      </Loaded>
    </div>
  );
}
