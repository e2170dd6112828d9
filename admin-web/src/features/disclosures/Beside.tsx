// What is handed in beside what is published of the period before.
import { formatFen, formatPeriod } from "@yidiantong/client";
import { useLanguage, useText } from "../../lib/i18n";
import type { Kind, Preview } from "./data";
import { difference } from "./difference";
import { besideWords } from "./importWords";
import { words } from "./words";

interface Row {
  name: string;
  last: string;
  now: string;
  change: string;
}

export function Beside({ of, kind }: { of: Preview; kind: Kind }) {
  const say = useText(besideWords);
  const language = useLanguage();
  const rows = useRows(of, kind);
  const { previous } = of;
  return (
    <>
      <h3 id="disc-beside">{say("title")}</h3>
      {previous == null ? (
        <p className="disc-quiet">{say("none")}</p>
      ) : (
        <table className="disc-beside" aria-labelledby="disc-beside">
          <thead>
            <tr>
              <th scope="col">{say("item")}</th>
              <th scope="col">{say("last", { period: formatPeriod(previous.period, language) })}</th>
              <th scope="col">{say("now")}</th>
              <th scope="col">{say("change")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, last, now, change }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-label={say("last", { period: formatPeriod(previous.period, language) })}>{last}</td>
                <td data-label={say("now")}>{now}</td>
                <td data-label={say("change")}>{change}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const SUMS = ["opening", "income", "expense", "closing"] as const;

function useRows({ totals, previous }: Preview, kind: Kind): Row[] {
  const say = useText(besideWords);
  const sayRoom = useText(words);
  const language = useLanguage();
  if (previous == null) return [];
  const before = previous.totals;
  const count = {
    name: kind === "ledger" ? sayRoom("lines") : say("rows"),
    last: String(before.line_count),
    now: String(totals.line_count),
    change: said(difference(String(totals.line_count), String(before.line_count)), say("same")),
  };
  if (kind === "ledger") {
    const money = SUMS.map((sum) => {
      const [now, last] = [totals[`${sum}_fen`], before[`${sum}_fen`]];
      const change = formatFen(Math.abs(now - last), language);
      return {
        name: sayRoom(sum),
        last: formatFen(last, language),
        now: formatFen(now, language),
        change: now === last ? say("same") : `${now < last ? "−" : "+"}${change}`,
      };
    });
    return [...money, count];
  }
  const lastOf = new Map(before.sums.map(({ column, total }) => [column, total]));
  const sums = totals.sums.map(({ column, total }) => {
    const last = lastOf.get(column);
    return {
      name: column,
      last: last ?? "—",
      now: total,
      change: last === undefined ? "—" : said(difference(total, last), say("same")),
    };
  });
  return [...sums, count];
}

const said = (change: string | null, same: string): string => (change === "0" ? same : (change ?? "—"));
