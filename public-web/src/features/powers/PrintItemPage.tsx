// One matter on paper: who is responsible, how it is done, what to bring, and what nobody may do.
import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fullPlace } from "../../lib/place";
import { type Power, readRegion } from "../../lib/reads";
import { Paper, SheetHead } from "../../ui/Paper";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { type Item, readItem } from "./local";
import { summary } from "./told";
import { words } from "./words";

const readWhole = async (id: string, code: string) => {
  const [item, region] = await Promise.all([readItem(id, code), readRegion(code)]);
  return { item, place: fullPlace(region) };
};

export default function PrintPowerPage() {
  const { village: code = "", id = "" } = useRoute().params;
  const whole = useLoad(() => readWhole(id, code), [id, code]);
  const back = `/v/${code}/powers/${id}`;
  const url = location.origin + back;
  const name = whole.state === "ready" ? `${whole.data.place} ${whole.data.item.power.name}` : undefined;
  return (
    <Paper name={name} back={back} url={url}>
      <Loaded of={whole} lines={6}>
        {({ item, place }) => <Sheet item={item} place={place} url={url} />}
      </Loaded>
    </Paper>
  );
}

function Sheet({ item, place, url }: { item: Item; place: string; url: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const { power, local } = item;
  // On paper that it differs and in what; which words stand where, the page behind the code tells.
  const [title, ...otherwise] = local === null || local === "unread" ? [] : summary(power, local, language);
  const comma = language === "zh" ? "，" : ", ";
  const facts = [
    [say.responsible, power.responsible_org],
    [say.supervising, power.supervising_org],
    [say.applicant, power.who_can_apply],
    [say.phone, power.contact_phone],
  ] as const;
  const posted = (power.publicity ?? []).map((each) => `${each.what}${comma}${say.days(each.min_days)}`);
  return (
    <>
      <SheetHead title={power.name} place={place} url={url}>
        <p>
          <Zh>{power.plain_language}</Zh>
        </p>
        {power.in_force ? null : <p>{say.notInForce}</p>}
      </SheetHead>
      {title === undefined ? null : (
        <Part title={title}>
          <ul class="dotted">
            {otherwise.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Part>
      )}
      <dl class="sheet-facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Zh>{value}</Zh>
              </dd>
            </div>
          ) : null,
        )}
      </dl>
      {power.steps.length === 0 ? null : (
        <Part title={say.how}>
          <ol class="numbered">
            {power.steps.map((step) => (
              <Step key={step.no} step={step} />
            ))}
          </ol>
        </Part>
      )}
      <List title={say.bring} items={power.materials ?? []} />
      <List title={say.posted} items={posted} />
      <List title={say.red} items={power.red_lines ?? []} />
      <List title={say.risks} items={power.risk_points ?? []} />
      <List title={say.basis} items={power.legal_basis} />
      <p class="sheet-end">{say.version(power.version, day(power.published_at, language))}</p>
    </>
  );
}

function Step({ step }: { step: Power["steps"][number] }) {
  const say = useWords(words);
  const limit = typeof step.limit === "number" ? say.limit[step.limit_unit ?? "working_day"] : undefined;
  const said = [
    step.actor,
    limit === undefined ? "" : limit(step.limit ?? 0),
    typeof step.publish === "string"
      ? say.publishHow(step.publish)
      : step.publish === true
        ? say.publish
        : "",
    step.record_required ? say.record : "",
  ].filter(Boolean);
  return (
    <li>
      <b>
        <Zh>{step.name}</Zh>
      </b>
      <span class="small">
        <Zh>{said.join(" · ")}</Zh>
      </span>
    </li>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <Part title={title}>
      <ul class="dotted">
        {items.map((item) => (
          <li key={item}>
            <Zh>{item}</Zh>
          </li>
        ))}
      </ul>
    </Part>
  );
}
