// What is handed in beside what is published of the period before.
import { formatFen, formatPeriod } from "@yidiantong/client";
import { useId } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import type { Disclosure, Kind, Preview } from "./data";
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
  const { previous } = of;
  const rows = useRows(of.totals, previous?.totals ?? null, kind);
  if (previous == null) {
    return (
      <>
        <h3>{say("title")}</h3>
        <p className="disc-quiet">{say("none")}</p>
      </>
    );
  }
  const last = say("last", { period: formatPeriod(previous.period, language) });
  return <Table title={say("title")} heads={[last, say("now")]} rows={rows} />;
}

/** What is handed in beside the version that it is to take the place of. */
export function BesidePublished({ of, published }: { of: Preview; published: Disclosure }) {
  const say = useText(besideWords);
  // Of tables of other kinds only the number of rows is kept with the version.
  const rows = useRows(of.totals, { ...published, sums: [] }, published.kind).filter(
    (row) => published.kind === "ledger" || row.last !== "—",
  );
  const last = say("published", { n: published.version });
  return <Table title={say("title_published")} heads={[last, say("corrected")]} rows={rows} />;
}

interface TableProps {
  title: string;
  heads: readonly [last: string, now: string];
  rows: readonly Row[];
}

function Table({ title, heads: [before, after], rows }: TableProps) {
  const say = useText(besideWords);
  const id = useId();
  return (
    <>
      <h3 id={id}>{title}</h3>
      <table className="disc-beside" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{say("item")}</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
            <th scope="col">{say("change")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, last, now, change }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-label={before}>{last}</td>
              <td data-label={after}>{now}</td>
              <td data-label={say("change")}>{change}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const SUMS = ["opening", "income", "expense", "closing"] as const;

type Sums = Preview["totals"];

function useRows(totals: Sums, before: Sums | null, kind: Kind): Row[] {
  const say = useText(besideWords);
  const sayRoom = useText(words);
  const language = useLanguage();
  if (before === null) return [];
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
