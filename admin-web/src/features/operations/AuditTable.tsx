import { type AdminComponents, actions, formatInstant, steps, word } from "@yidiantong/client";
import { useLanguage, useText } from "../../lib/i18n";
import { chinaYear, useCaseNow } from "../../lib/time";
import { auditActionWords, auditActorWords, auditObjectWords, auditWords as words } from "./words";

type Row = AdminComponents["schemas"]["AuditView"];

const COLUMNS = ["at", "who", "what", "to", "reason", "link"] as const;

export function AuditTable({ rows }: { rows: readonly Row[] }) {
  const say = useText(words);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways and holds nothing to press must be reached by keyboard (WCAG 2.1.1)
    <section className="card table-scroll" aria-label={say("table")} tabIndex={0}>
      <table className="plain-table">
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
  const object = useText(auditObjectWords);
  const language = useLanguage();
  const year = chinaYear(useCaseNow(60_000));
  const kind = row.actor;
  const who = row.display_name ?? (isIn(auditActorWords, kind) ? actor(kind) : kind);
  const thing = isIn(auditObjectWords, row.object) ? object(row.object) : row.object;
  return (
    <tr>
      <th scope="row">{formatInstant(row.at, language, year)}</th>
      <td>
        {who}
        {row.username == null ? null : <div className="quiet">{row.username}</div>}
      </td>
      <td>{isIn(auditActionWords, row.action) ? action(row.action) : word(DONE, row.action, language)}</td>
      <td>{row.case_number == null ? thing : `${thing} ${row.case_number}`}</td>
      <td className="words">{row.reason}</td>
      <td>{row.seq ?? say("unlinked")}</td>
    </tr>
  );
}

/** What is done to a case, and what a clock does by itself. */
const DONE = { ...actions, ...steps };

/** A newer server may write what this page has no word for. */
const isIn = <Words extends object>(dictionary: Words, key: string): key is Extract<keyof Words, string> =>
  Object.hasOwn(dictionary, key);
