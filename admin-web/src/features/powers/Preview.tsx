// The item on a villager's phone: the same order, words and looks as the page of public-web, and it changes with each
// letter that is typed beside it.
import { useText } from "../../lib/i18n";
import { Zh } from "../../ui/Zh";
import type { Item, Step } from "./item";
import { words } from "./words";

export function Preview({ item }: { item: Item }) {
  const say = useText(words);
  const publicity = (item.publicity ?? []).map(({ what, min_days }) =>
    min_days === 0 ? what : say("seen_days", { what, n: min_days }),
  );
  return (
    <div className="phone-preview">
      <h2>{say("preview")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard too. */}
      <section className="phone" tabIndex={0} aria-label={say("preview")}>
        <h3>
          <Zh>{item.name}</Zh>
        </h3>
        <dl className="phone-facts">
          <Fact name={say("responsible_org")} value={item.responsible_org} />
          <Fact name={say("supervising_org")} value={item.supervising_org} />
          <Fact name={say("who_can_apply")} value={item.who_can_apply} />
          <Fact name={say("contact_phone")} value={item.contact_phone ?? ""} />
        </dl>
        <h4>{say("plain_language")}</h4>
        <p className="phone-plain">
          <Zh>{item.plain_language}</Zh>
        </p>
        {item.steps.length === 0 ? null : (
          <>
            <h4>{say("seen_how")}</h4>
            <ol className="phone-card phone-flow">
              {item.steps.map((step) => (
                <FlowStep key={step.no} step={step} />
              ))}
            </ol>
          </>
        )}
        <List title={say("seen_bring")} items={item.materials ?? []} />
        <List title={say("seen_posted")} items={publicity} />
        <List title={say("seen_red")} items={item.red_lines ?? []} look="red" />
        <List title={say("seen_risks")} items={item.risk_points ?? []} />
        <List title={say("seen_basis")} items={item.legal_basis} />
        {item.note ? (
          <p className="quiet">
            <Zh>{item.note}</Zh>
          </p>
        ) : null}
      </section>
    </div>
  );
}

function FlowStep({ step }: { step: Step }) {
  const say = useText(words);
  return (
    <li>
      <b>
        <Zh>{step.name}</Zh>
      </b>
      <span className="phone-who">
        <Zh>{step.actor}</Zh>
        {typeof step.limit === "number" ? (
          <i>{say("seen_limit", { n: step.limit, unit: say(step.limit_unit ?? "working_day") })}</i>
        ) : null}
      </span>
      {typeof step.publish === "string" ? (
        <span className="quiet">
          <Zh>{say("seen_posting", { how: step.publish })}</Zh>
        </span>
      ) : null}
      {step.publish === true ? <em>{say("step_posted")}</em> : null}
      {step.record_required ? <em>{say("seen_record")}</em> : null}
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  if (value === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Zh>{value}</Zh>
      </dd>
    </div>
  );
}

function List({ title, items, look = "" }: { title: string; items: readonly string[]; look?: string }) {
  if (items.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul className={`phone-card phone-list ${look}`}>
        {items.map((item) => (
          <li key={item}>
            <Zh>{item}</Zh>
          </li>
        ))}
      </ul>
    </>
  );
}
