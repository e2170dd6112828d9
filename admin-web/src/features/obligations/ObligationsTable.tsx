import {
  type AdminComponents,
  formatDay,
  formatInstant,
  type ObligationStatus,
  obligationStatuses,
  steps,
  word,
} from "@yidiantong/client";
import { Button } from "antd";
import { useState } from "react";
import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { recordsEvents, useStaff } from "../../lib/session";
import { chinaYear, useCaseNow } from "../../lib/time";
import { Light } from "../../ui/Light";
import { Zh } from "../../ui/Zh";
import { StrikeForm } from "./StrikeForm";
import { mayBeStruck } from "./striking";
import { words } from "./words";

/** The shape beside the word: what is late stays so, published or not. */
const LIGHTS: Readonly<Record<ObligationStatus, "green" | "yellow" | "red" | null>> = {
  on_time: "green",
  due: null,
  overdue: "red",
  missing: "red",
  late: "yellow",
  struck: null,
};

type Row = AdminComponents["schemas"]["ObligationView"];

/** What must be published, each with the way it has gone up. */
export function ObligationsTable({ rows }: { rows: readonly Row[] }) {
  const say = useText(words);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard (WCAG 2.1.1)
    <section className="card table-scroll" aria-label={say("table")} tabIndex={0}>
      <table className="plain-table card-rows">
        <thead>
          <tr>
            <th scope="col">{say("what")}</th>
            <th scope="col">{say("due")}</th>
            <th scope="col">{say("status")}</th>
            <th scope="col">{say("steps")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ row }: { row: Row }) {
  const say = useText(words);
  const language = useLanguage();
  const { role } = useStaff();
  const [open, setOpen] = useState(false);
  const [striking, setStriking] = useState(false);
  return (
    <tr>
      <th scope="row">
        <Zh>{row.title}</Zh>
      </th>
      <td className="whole">
        {formatDay(row.due_date, language)}
        {row.provisional ? say("provisional") : null}
      </td>
      <td>
        {row.struck == null ? (
          <span className="whole">
            <Light light={LIGHTS[row.status]} silent /> {word(obligationStatuses, row.status, language)}
          </span>
        ) : (
          <>
            <span className="state-tag plain">{word(obligationStatuses, row.status, language)}</span>
            <div className="quiet words">
              {say("struck", { day: formatDay(row.struck.at.slice(0, 10), language) })}
              <Zh>{row.struck.reason}</Zh>
            </div>
          </>
        )}
        {row.days_late > 0 ? <div className="quiet">{say("late", { n: row.days_late })}</div> : null}
      </td>
      <td className="obligation-acts">
        {open ? (
          <Steps id={row.id} />
        ) : (
          <Button size="small" onClick={() => setOpen(true)} aria-label={`${say("see_steps")}：${row.title}`}>
            {say("see_steps")}
          </Button>
        )}
        {recordsEvents(role) && mayBeStruck(row) ? (
          <Button
            size="small"
            onClick={() => setStriking(true)}
            aria-label={`${say("strike")}：${row.title}`}
          >
            {say("strike")}
          </Button>
        ) : null}
        {striking ? <StrikeForm row={row} onClose={() => setStriking(false)} /> : null}
      </td>
    </tr>
  );
}

function Steps({ id }: { id: string }) {
  const say = useText(words);
  const language = useLanguage();
  const year = chinaYear(useCaseNow(60_000));
  const found = $admin.useQuery("get", "/api/v1/admin/obligations/{id}", { params: { path: { id } } });
  if (found.data === undefined) return null;
  if (found.data.escalations.length === 0) return <>{say("no_steps")}</>;
  return (
    <ul>
      {found.data.escalations.map((one) => (
        <li key={one.step}>
          {say("step", {
            step: word(steps, one.step, language),
            at: formatInstant(one.fired_at, language, year),
            to: one.to_organisation_name ?? say("nobody"),
          })}
        </li>
      ))}
    </ul>
  );
}
