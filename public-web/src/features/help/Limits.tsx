// The limits that hold in a village now, as its county's policy says them.
import { kinds, word } from "@yidiantong/client";
import { useLanguage, useWords } from "../../lib/i18n";
import { limitWords } from "../../lib/limits";
import { useLoad } from "../../lib/load";
import { type Policy, readPolicy } from "../../lib/reads";
import type { Village } from "../../lib/settings";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

export function Limits({ village }: { village: Village }) {
  const say = useWords(words);
  const load = useLoad(() => readPolicy(village.code), [village.code]);
  return (
    <Loaded of={load} lines={4}>
      {(found) => (
        <>
          <p class="before">
            <Zh>{say.limitsFor(village.name)}</Zh>
          </p>
          <Answers policy={found.policy} />
          <h3 class="after">{say.each}</h3>
          <Steps policy={found.policy} />
          <h3 class="after">{say.late}</h3>
          <Ladder policy={found.policy} />
          <p class="after">
            {say.moreTime(found.policy.extension.at_most, found.policy.extension.within_days)}
            {found.policy.pause.includes("handle") ? ` ${say.paused}` : null}
          </p>
          <p class="after cap">{say.versions(found.policy.version, found.calendar_version)}</p>
        </>
      )}
    </Loaded>
  );
}

type Rules = Policy["policy"];
type Row = readonly [name: string, value: string];

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <dl class="card limits">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** By when a matter of each kind is answered. */
function Answers({ policy }: { policy: Rules }) {
  const language = useLanguage();
  const rows = Object.keys(kinds).flatMap((kind): Row[] => {
    const limit = policy.per_kind[kind]?.handle ?? policy.stages.handle;
    return limit === undefined ? [] : [[word(kinds, kind, language), limitWords(limit, language)]];
  });
  return <Rows rows={rows} />;
}

function Steps({ policy }: { policy: Rules }) {
  const say = useWords(words);
  const language = useLanguage();
  const limitOf = (stage: string) =>
    stage === "supplement" ? policy.supplement.limit : policy.stages[stage];
  const rows = Object.entries(say.stages).flatMap(([stage, name]): Row[] => {
    const limit = limitOf(stage);
    return limit === undefined ? [] : [[name, limitWords(limit, language)]];
  });
  return <Rows rows={[...rows, [say.dispute, say.days(policy.dispute_days)]]} />;
}

/** The rungs that carry a date; the ones before it are between the units. */
function Ladder({ policy }: { policy: Rules }) {
  const say = useWords(words);
  const places: Readonly<Record<string, string>> = { county: say.county, city: say.city };
  return (
    <ul class="card points">
      {policy.ladder.map(({ step, after_working_days: days }) => {
        const place = places[step];
        return typeof days === "number" && place !== undefined ? (
          <li key={step}>{say.climbs(place, days)}</li>
        ) : null;
      })}
    </ul>
  );
}
