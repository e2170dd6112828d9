import { formatDay, organisationKinds, word } from "@yidiantong/client";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import type { AdminUnit } from "../../lib/organisations";
import { chinaDay, useCaseNow } from "../../lib/time";
import { words } from "./words";

const ACTIONS = ["rename", "email", "add_post", "close"] as const;
export type Action = (typeof ACTIONS)[number];
const isAction = (one: string): one is Action => (ACTIONS as readonly string[]).includes(one);

export const headingOf = (unit: string): string => `unit-${unit}`;

interface Props {
  unit: AdminUnit;
  onAct: (action: Action) => void;
  /** The form of what is being done with it, in the place of what could be done. */
  children: ReactNode;
}

export function UnitCard({ unit, onAct, children }: Props) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const heading = headingOf(unit.id);
  return (
    <section className="card unit-card" aria-labelledby={heading}>
      <h2 id={heading}>{unit.name}</h2>
      <p className="quiet">
        {word(organisationKinds, unit.kind, language)}
        {unit.closed_on == null ? null : (
          <strong className="unit-closed">
            {say("closed", { day: formatDay(unit.closed_on, language) })}
          </strong>
        )}
      </p>
      <dl className="facts">
        <div>
          <dt>{say("led_by")}</dt>
          <dd>{unit.led_by?.name ?? both("none")}</dd>
        </div>
        <div>
          <dt>{say("mail")}</dt>
          <dd>{unit.email ?? both("none")}</dd>
        </div>
        <div>
          <dt>{say("working")}</dt>
          <dd>{say("accounts", { n: unit.working_accounts })}</dd>
        </div>
      </dl>
      <Posts unit={unit} />
      {children}
      {unit.legal_actions.length === 0 || children !== null ? null : (
        <div className="action-end">
          {unit.legal_actions.filter(isAction).map((action) => (
            <Button key={action} size="small" danger={action === "close"} onClick={() => onAct(action)}>
              {say(action)}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function Posts({ unit }: { unit: AdminUnit }) {
  const say = useText(words);
  const language = useLanguage();
  const today = chinaDay(useCaseNow());
  const time = (from: string, until: string | null | undefined) =>
    until == null
      ? say("from", { from: formatDay(from, language) })
      : say("span", { from: formatDay(from, language), until: formatDay(until, language) });
  return (
    <table className="plain-table unit-posts">
      <thead>
        <tr>
          <th scope="col">{say("post")}</th>
          <th scope="col">{say("holders")}</th>
        </tr>
      </thead>
      <tbody>
        {unit.posts.map((post) => (
          <tr key={post.id}>
            <th scope="row">
              {post.title}
              {post.leads ? <small>{say("leads")}</small> : null}
            </th>
            <td>
              {post.holders.length === 0 ? <span className="quiet">{say("nobody")}</span> : null}
              {post.holders.map((held) => (
                <span key={`${held.staff_id} ${held.from}`} className="unit-holder">
                  {held.from > today ? <em>{say("coming")}</em> : null}
                  {held.name} <small>{time(held.from, held.until)}</small>
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
