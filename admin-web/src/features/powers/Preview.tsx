import { useText } from "../../lib/i18n";
import { Zh } from "../../ui/Zh";
import type { Item } from "./item";
import { words } from "./words";

/** The item in the order in which the village's page shows it. */
export function Preview({ item }: { item: Item }) {
  const say = useText(words);
  return (
    <section className="card" aria-label={say("preview")}>
      <h2>{say("preview")}</h2>
      <h3>
        <Zh>{item.name}</Zh>
      </h3>
      <dl className="facts">
        <Fact name={say("responsible_org")} value={item.responsible_org} />
        <Fact name={say("supervising_org")} value={item.supervising_org} />
        <Fact name={say("who_can_apply")} value={item.who_can_apply} />
        <Fact name={say("contact_phone")} value={item.contact_phone ?? ""} />
      </dl>
      <p>
        <Zh>{item.plain_language}</Zh>
      </p>
      <ol>
        {item.steps.map((step) => (
          <li key={step.no}>
            <b>
              <Zh>{step.name}</Zh>
            </b>{" "}
            <span className="quiet">
              <Zh>{step.actor}</Zh>
            </span>
            {typeof step.limit === "number"
              ? ` ${step.limit} ${say(step.limit_unit ?? "working_day")}`
              : null}
            {typeof step.publish === "string" ? (
              <div className="quiet">
                <Zh>{step.publish}</Zh>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      <List title={say("materials")} items={item.materials ?? []} />
      <List title={say("red_lines")} items={item.red_lines ?? []} />
      <List title={say("risk_points")} items={item.risk_points ?? []} />
      <List title={say("legal_basis")} items={item.legal_basis} />
      {item.note ? (
        <p className="quiet">
          <Zh>{item.note}</Zh>
        </p>
      ) : null}
    </section>
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

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h4>{title.replace(/[（(].*$/, "")}</h4>
      <ul>
        {items.map((item) => (
          <li key={item}>
            <Zh>{item}</Zh>
          </li>
        ))}
      </ul>
    </>
  );
}
