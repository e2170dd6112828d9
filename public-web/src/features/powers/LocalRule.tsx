// Where a village does it otherwise than the template: that it does, what is other, why, and the way to the template.
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Power, readPower, readRegion } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { ButtonLink, Notice, Section } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { differs } from "./differs";
import { type Local, nameIn } from "./local";
import { localWords } from "./localWords";
import { type Beside, type Entry, type Group, hasRed, type Said, told } from "./told";
import { words } from "./words";
import "./local.css";

/** Reasons that are shown at once; the others stand among all versions. */
const REASONS = 3;

export function LocalRule({ power, local, code }: { power: Power; local: Local; code: string }) {
  const say = useWords(localWords);
  const language = useLanguage();
  const sayPower = useWords(words);
  const { template, above, owner, versions } = local;
  const groups = told(differs(template, power), { local: say, power: sayPower }, hasRed(power));
  const title = groups.length === 0 ? say.same : say.differs;
  return (
    <Section id="differs" title={title(owner, above)} class="differs">
      <div class="card">
        {groups.map((group) => (
          <OneGroup key={group.title} group={group} owner={owner} />
        ))}
        <h3>{say.why}</h3>
        {versions.slice(0, REASONS).map((one) => (
          <p key={one.version}>
            {say.reason(day(one.published_at, language))}
            {one.reason ? <Zh>{one.reason}</Zh> : say.noReason}
          </p>
        ))}
        {(power.written_over?.version ?? template.version) < template.version && groups.length > 0 ? (
          <p class="cap">{say.later(above, template.version, day(template.published_at, language))}</p>
        ) : null}
        <ButtonLink look="quiet" wide href={`/v/${code}/powers/${template.id}?own=${power.id}`}>
          {say.seeTemplate(above)}
        </ButtonLink>
      </div>
    </Section>
  );
}

function OneGroup({ group, owner }: { group: Group; owner: string | null }) {
  return (
    <>
      <h3 class={group.lost ? "lost" : undefined}>{group.title}</h3>
      <Which group={group} owner={owner} />
    </>
  );
}

function Which({ group, owner }: { group: Group; owner: string | null }) {
  const say = useWords(localWords);
  const entries = group.entries.filter(({ head, beside }) => head !== undefined || beside !== undefined);
  if (group.at !== undefined) {
    return (
      <a class="to" href={`#${group.at}`}>
        {say.see} <Icon name="down" size={1} />
      </a>
    );
  }
  if (entries.length === 0) return null;
  const list = (
    <ul>
      {entries.map((entry) => (
        <OneEntry key={`${entry.head}${entry.beside?.[0]?.label}`} entry={entry} owner={owner} />
      ))}
    </ul>
  );
  if (group.folded !== true) return list;
  return (
    <details>
      <summary class="to">
        <span>{say.unfold}</span> <Icon name="down" size={1} />
      </summary>
      {list}
    </details>
  );
}

function OneEntry({ entry, owner }: { entry: Entry; owner: string | null }) {
  return (
    <li>
      {entry.head === undefined ? null : (
        <p class={entry.beside === undefined ? undefined : "strong"}>
          {entry.before}
          <Zh>{entry.head}</Zh>
          {entry.after}
        </p>
      )}
      {entry.beside?.map((one) => (
        <Two key={one.label} one={one} owner={owner} />
      ))}
    </li>
  );
}

function Two({ one, owner }: { one: Beside; owner: string | null }) {
  const say = useWords(localWords);
  return (
    <>
      {one.label === "" ? null : <p>{one.label}</p>}
      <dl>
        <Side name={say.template} said={one.was} />
        {one.now === undefined ? null : <Side name={say.here(owner)} said={one.now} />}
      </dl>
    </>
  );
}

function Side({ name, said }: { name: string; said: Said | null }) {
  const say = useWords(localWords);
  const text = said === null ? say.nothing : said.text;
  return (
    <div>
      <dt>
        {name}
        {say.colon}
      </dt>
      <dd>{said?.data ? <Zh>{text}</Zh> : text}</dd>
    </div>
  );
}

/** What the template forbids and the village does not say. */
export function RedLeftOut(props: { lines: readonly string[]; local: Local; none: boolean }) {
  const say = useWords(localWords);
  const { lines, local, none } = props;
  if (lines.length === 0) return null;
  const tell = none ? say.noRed : say.lessRed;
  return (
    <div class="card left-out">
      <p class="strong">{tell(local.owner, local.above, lines.length)}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Zh>{line}</Zh>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** On the template, for whoever came from the item that stands in its place. */
export function StandsInstead({ template, own, code }: { template: Power; own: string; code: string }) {
  const say = useWords(localWords);
  const load = useLoad(() => both(own, code), [own, code]);
  if (load.state !== "ready") return null;
  const { power, region } = load.data;
  if (power.overrides?.id !== template.id || !power.in_force) return null;
  const owner = power.region_code === code ? null : nameIn(region, power.region_code);
  return (
    <Notice tone="wait">
      <p>{say.isTemplate(nameIn(region, template.region_code), owner)}</p>
      <p>
        <a href={`/v/${code}/powers/${own}`}>{say.seeOwn(owner)}</a>
      </p>
    </Notice>
  );
}

function both(own: string, code: string) {
  const [power, region] = [readPower(own), readRegion(code)];
  if (!(power instanceof Promise || region instanceof Promise)) return { power, region };
  return Promise.all([power, region]).then(([one, place]) => ({ power: one, region: place }));
}
