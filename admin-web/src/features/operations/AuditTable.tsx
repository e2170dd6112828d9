import {
  type AdminComponents,
  actions,
  formatDay,
  formatInstant,
  formatPeriod,
  steps,
  word,
} from "@yidiantong/client";
import { useLanguage, useText } from "../../lib/i18n";
import { chinaYear, useCaseNow } from "../../lib/time";
import { kindWords } from "../../ui/disclosureKinds";
import {
  auditActionWords,
  auditActorWords,
  auditObjectWords,
  auditProposedWords,
  auditWords as words,
} from "./auditWords";

type Row = AdminComponents["schemas"]["AuditView"];

const COLUMNS = ["at", "who", "what", "to", "reason", "link"] as const;

export function AuditTable({ rows }: { rows: readonly Row[] }) {
  const say = useText(words);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways and holds nothing to press must be reached by keyboard (WCAG 2.1.1)
    <section className="card table-scroll" aria-label={say("table")} tabIndex={0}>
      <table className="plain-table card-rows">
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {say(name)}
              </th>
            ))}
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
  const actor = useText(auditActorWords);
  const action = useText(auditActionWords);
  const language = useLanguage();
  const year = chinaYear(useCaseNow(60_000));
  const kind = row.actor;
  const who = row.display_name ?? (isIn(auditActorWords, kind) ? actor(kind) : kind);
  return (
    <tr>
      <th scope="row">
        {row.actor === "complainant"
          ? formatDay(row.at.slice(0, 10), language, year)
          : formatInstant(row.at, language, year)}
      </th>
      <td data-label={say("who")}>
        <span>
          {who}
          {row.username == null ? null : <span className="quiet audit-sub">{row.username}</span>}
        </span>
      </td>
      <td data-label={say("what")}>
        {isIn(auditActionWords, row.action) ? action(row.action) : word(DONE, row.action, language)}
      </td>
      <td data-label={say("to")}>
        <Thing row={row} />
      </td>
      <td data-label={say("reason")} className="words">
        {voucherOf(row) === null ? row.reason : null}
      </td>
      <td data-label={say("link")}>{row.hash?.slice(0, 8) ?? say("unlinked")}</td>
    </tr>
  );
}

/** Which voucher of the sheet it was: such a row has no other reason, and keeps the voucher's id there. */
function voucherOf(row: Row): string | null {
  return row.action.endsWith("_voucher") ? (row.reason ?? null) : null;
}

/** What it was done to, as people call it: a case by its number, anything else by place, time and name. */
function Thing({ row }: { row: Row }) {
  const say = useText(words);
  const object = useText(auditObjectWords);
  const proposed = useText(auditProposedWords);
  const sayKind = useText(kindWords);
  const language = useLanguage();
  const called = (kind: string) => (isIn(auditObjectWords, kind) ? object(kind) : kind);
  const name = row.object_name;
  if (name == null) {
    const number = row.case_number ?? "";
    return <span>{`${called(row.object)} ${number}`}</span>;
  }
  const about = name.proposed_for ?? null;
  const what = name.proposed_action ?? "";
  const kind = name.kind ?? "";
  const voucher = voucherOf(row);
  const parts = [
    name.region_name,
    name.period == null ? null : formatPeriod(name.period, language),
    isIn(kindWords, kind) ? sayKind(kind) : kind,
    name.title,
    name.username,
    voucher === null ? null : say("voucher", { id: voucher.slice(0, 8) }),
  ].filter((part) => part != null && part !== "");
  return (
    <span>
      {about === null
        ? called(row.object)
        : say("proposal_of", {
            thing: called(about),
            what: isIn(auditProposedWords, what) ? proposed(what) : what,
          })}
      <span className="quiet audit-sub">{parts.join(" · ")}</span>
    </span>
  );
}

/** What is done to a case, and what a clock does by itself. */
const DONE = { ...actions, ...steps };

/** A newer server may write what this page has no word for. */
const isIn = <Words extends object>(dictionary: Words, key: string): key is Extract<keyof Words, string> =>
  Object.hasOwn(dictionary, key);
