// One power: who may do what, in which steps, and what nobody may do.

import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fileAbout } from "../../lib/navigate";
import { type Power, readRegion } from "../../lib/reads";
import { Icon, type IconName } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { Button, ButtonLink, Notice, Section, StickyAction } from "../../ui/parts";
import { ReadAloud } from "../../ui/ReadAloud";
import { Failed, Skeleton } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import "./powers.css";
import { categoryOfArea } from "./area";
import { differs } from "./differs";
import { Flow, type Step } from "./Flow";
import { LocalRule, RedLeftOut, StandsInstead } from "./LocalRule";
import { type Item as Found, type Local, readItem } from "./local";
import { localWords } from "./localWords";
import { summary } from "./told";
import { Versions } from "./Versions";
import { words } from "./words";

export default function PowerPage() {
  const say = useWords(words);
  const { params, query } = useRoute();
  const { village: code = "", id = "" } = params;
  const load = useLoad(() => readItem(id, code), [id, code]);
  const region = useLoad(() => readRegion(code), [code]);
  const bar = region.state === "ready" ? say.bar(region.data.short_name) : say.title;
  const back = `/v/${code}/powers`;
  if (load.state !== "ready") {
    return (
      <Page title={say.title} bar={bar} back={back}>
        {load.state === "loading" ? (
          <Skeleton shown={load.shown} slow={load.slow} lines={5} />
        ) : (
          <Failed problem={load.problem} retry={load.retry} />
        )}
      </Page>
    );
  }
  const { power } = load.data;
  const about = { type: "power_item", id: power.id } as const;
  const category = categoryOfArea(power.category);
  const same = { region_code: code, about, ...(category === null ? {} : { category }) };
  const ask = () => fileAbout({ ...same, label: power.name });
  // A complaint names the item; which step it is stands in the chip and begins the words.
  const askStep = ({ no, name }: Step) =>
    fileAbout({
      ...same,
      label: `${power.name} · ${words.zh.stepOf(no, name)}`,
      lead: words.zh.stepLead(no, name),
    });
  return (
    <Page
      title={power.name}
      heading={<Zh>{power.name}</Zh>}
      bar={bar}
      back={back}
      sticky={
        <StickyAction>
          <Button look="raise" onClick={ask}>
            {say.ask}
          </Button>
        </StickyAction>
      }
    >
      {query.own ? <StandsInstead template={power} own={query.own} code={code} /> : null}
      <Item item={load.data} code={code} askStep={askStep} />
      <ButtonLink look="quiet" wide href={`/v/${code}/print/powers/${power.id}`}>
        {say.printOne}
      </ButtonLink>
    </Page>
  );
}

function Item({ item, code, askStep }: { item: Found; code: string; askStep: (step: Step) => void }) {
  const say = useWords(words);
  const language = useLanguage();
  const { power } = item;
  const local = item.local === "unread" ? null : item.local;
  const materials = power.materials ?? [];
  const publicity = power.publicity ?? [];
  return (
    <>
      {power.in_force ? null : <p class="in-short">{say.notInForce}</p>}
      <ReadAloud spoken="zh" text={spoken(power, local)} />
      {item.local === "unread" ? <Unread power={power} code={code} /> : null}
      {local === null ? null : <LocalRule power={power} local={local} code={code} />}
      <dl class="card facts-grid">
        <Fact name={say.responsible} value={power.responsible_org} />
        <Fact name={say.supervising} value={power.supervising_org} />
        {power.who_can_apply ? <Fact name={say.applicant} value={power.who_can_apply} /> : null}
        {power.contact_phone ? <Fact name={say.phone} value={power.contact_phone} phone /> : null}
      </dl>
      <Section id="plain" title={say.plain}>
        <p class="in-short">
          <Zh>{power.plain_language}</Zh>
        </p>
      </Section>
      {power.steps.length === 0 ? null : (
        <Section
          id="how"
          title={say.how}
          aside={materials.length > 0 ? <a href="#bring">{say.bring} ›</a> : null}
        >
          <Flow steps={power.steps} ask={askStep} />
        </Section>
      )}
      <List id="bring" title={say.bring} icon="bag" items={materials} />
      <List
        id="posted"
        title={say.posted}
        icon="accounts"
        items={publicity.map(
          (each) => `${each.what}${language === "zh" ? "，" : ", "}${say.days(each.min_days)}`,
        )}
      />
      <RedLines power={power} local={local} />
      <List id="risks" title={say.risks} icon="warn" items={power.risk_points ?? []} look="risk" />
      <More title={say.basis}>
        <ul class="laws">
          {power.legal_basis.map((law) => (
            <li key={law}>
              <Zh>{law}</Zh>
            </li>
          ))}
        </ul>
      </More>
      <More title={say.source}>
        {power.note ? (
          <p>
            <Zh>{power.note}</Zh>
          </p>
        ) : null}
        <p>
          <Zh>{power.source}</Zh>
        </p>
        <p class="cap">{say.version(power.version, day(power.published_at, language))}</p>
      </More>
      {power.version > 1 ? <Versions id={power.id} /> : null}
    </>
  );
}

/** The item as one would tell it; its words are Chinese whatever the page's language. */
function spoken(power: Power, local: Local | null): string[] {
  const say = words.zh;
  const list = (title: string, items: readonly string[] = []) =>
    items.length === 0 ? [] : [title, ...items];
  return [
    power.name,
    ...(local === null ? [] : summary(power, local, "zh")),
    power.plain_language,
    ...list(
      say.how,
      power.steps.map(({ no, name, actor }) => `${say.step(no)}，${actor}，${name}`),
    ),
    ...list(say.bring, power.materials),
    ...list(say.red, power.red_lines),
  ];
}

function Fact({ name, value, phone = false }: { name: string; value: string; phone?: boolean }) {
  return (
    <div>
      <dt class="cap">{name}</dt>
      <dd>
        {phone ? (
          <a class="phone" href={`tel:${value.replace(/[^\d+]/g, "")}`}>
            {value}
          </a>
        ) : (
          <Zh>{value}</Zh>
        )}
      </dd>
    </div>
  );
}

function List(props: { id: string; title: string; icon: IconName; items: readonly string[]; look?: string }) {
  if (props.items.length === 0) return null;
  return (
    <Section id={props.id} title={props.title}>
      <Lines {...props} />
    </Section>
  );
}

function Lines({ icon, items, look = "" }: { icon: IconName; items: readonly string[]; look?: string }) {
  return (
    <ul class={`card listed ${look}`}>
      {items.map((item) => (
        <li key={item}>
          <Icon name={icon} />
          <span>
            <Zh>{item}</Zh>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the village has left out of the template's stands where it would have stood: none is not nothing. */
function RedLines({ power, local }: { power: Power; local: Local | null }) {
  const say = useWords(words);
  const lines = power.red_lines ?? [];
  const gone = local === null ? [] : differs(local.template, power).red.gone;
  if (lines.length + gone.length === 0) return null;
  return (
    <Section id="red" title={say.red}>
      {lines.length === 0 ? null : <Lines icon="stop" items={lines} look="red" />}
      {local === null ? null : <RedLeftOut lines={gone} local={local} none={lines.length === 0} />}
    </Section>
  );
}

/** Its words are its own, and the template was not to be had. */
function Unread({ power, code }: { power: Power; code: string }) {
  const say = useWords(localWords);
  const sayPower = useWords(words);
  return (
    <Notice tone="wait">
      <p>{power.region_code === code ? say.unread : say.unreadAbove}</p>
      {power.overrides == null ? null : (
        <p>
          <a href={`/v/${code}/powers/${power.overrides.id}?own=${power.id}`}>{sayPower.seeAbove}</a>
        </p>
      )}
    </Notice>
  );
}

function More({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="card more">
      <summary>
        <span>{title}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>{children}</div>
    </details>
  );
}
