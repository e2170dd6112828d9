// The numbers of one place and period: three figures, the same in words, then tables.
import { ratings, word } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import type { Stats, StatsRow } from "../../lib/reads";
import "../../ui/table.css";
import { ButtonLink, Notice, Section } from "../../ui/parts";
import { Empty } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { sentences } from "./sentences";
import { words } from "./words";

interface ReportProps {
  stats: Stats;
  /** The county's page of the same period, when this is not it. */
  wider: { href: string; name: string } | null;
}

export function Report({ stats, wider }: ReportProps) {
  const say = useWords(words);
  const language = useLanguage();
  const { total } = stats;
  const title = <Zh>{stats.region_name}</Zh>;
  const dates = say.between(day(stats.first_day, language), day(stats.last_day, language));
  if (!total) {
    return (
      <Section id="total" title={title} aside={<span class="cap">{dates}</span>}>
        <Empty icon="shield" title={say.folded}>
          <p>{say.foldedHint}</p>
          {wider === null ? null : (
            <ButtonLink href={wider.href}>
              <Zh>{say.seeCounty(wider.name)}</Zh>
            </ButtonLink>
          )}
        </Empty>
      </Section>
    );
  }
  const folded = [
    stats.folded_townships > 0 ? say.foldedTownships(stats.folded_townships) : null,
    stats.folded_categories > 0 ? say.foldedCategories(stats.folded_categories) : null,
  ].filter((line) => line !== null);
  return (
    <>
      <Section id="total" title={title} aside={<span class="cap">{dates}</span>}>
        <Figures row={total} />
        <InWords row={total} />
      </Section>
      <Ratings row={total} />
      <Besides row={total} />
      <Rows title={say.byTownship} of={say.place} rows={stats.by_township} />
      <Rows title={say.byCategory} of={say.category} rows={stats.by_category} />
      {folded.length === 0 ? null : (
        <div class="folded">
          <Notice tone="plain">
            {folded.map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>{say.foldedWhy}</p>
          </Notice>
        </div>
      )}
    </>
  );
}

function Figures({ row }: { row: StatsRow }) {
  const say = useWords(words);
  const places = [
    [say.filed, say.cases(row.filed)],
    [say.answered, say.cases(row.answered)],
    [say.rate, rateOf(row, say)],
  ] as const;
  return (
    <dl class="card stat-figures">
      {places.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Say = (typeof words)["zh"];

const rateOf = (row: StatsRow, say: Say): string =>
  typeof row.on_time_rate === "number" ? say.percent(row.on_time_rate) : say.notAny;

function InWords({ row }: { row: StatsRow }) {
  const say = useWords(words);
  const lines = sentences(row, say);
  return (
    <ul class="notes stat-words" aria-label={say.inWords}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Pairs({ rows }: { rows: readonly (readonly [name: string, count: number])[] }) {
  const say = useWords(words);
  return (
    <dl class="card stat-pairs">
      {rows.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{say.cases(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

const VALUES = ["very_satisfied", "satisfied", "basically_satisfied", "dissatisfied"] as const;

function Ratings({ row }: { row: StatsRow }) {
  const say = useWords(words);
  const language = useLanguage();
  const given = VALUES.map((value) => [word(ratings, value, language), row.ratings[value]] as const);
  const some = row.unrated > 0 || given.some(([, count]) => count > 0);
  return (
    <Section id="ratings" title={say.ratings}>
      {some ? <Pairs rows={[...given, [say.unrated, row.unrated]]} /> : <p>{say.noRatings}</p>}
    </Section>
  );
}

const BESIDES = [
  "overdue_at_end",
  "pauses",
  "extensions",
  "withdrawals",
  "disputes",
  "declines",
  "merges",
] as const;

function Besides({ row }: { row: StatsRow }) {
  const say = useWords(words);
  return (
    <Section id="besides" title={say.other}>
      <Pairs rows={BESIDES.map((name) => [say.rows[name], row[name]] as const)} />
    </Section>
  );
}

function Rows({ title, of, rows }: { title: string; of: string; rows: Stats["by_township"] }) {
  const say = useWords(words);
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <div class="card">
        <table class="sums-table">
          <caption class="sr">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              <th scope="col">{say.filed}</th>
              <th scope="col">{say.answered}</th>
              <th scope="col">{say.onTimeShort}</th>
              <th scope="col">{say.overdue}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <Zh>{row.name}</Zh>
                </th>
                <td data-of={say.filed}>{row.filed}</td>
                <td data-of={say.answered}>{row.answered}</td>
                <td data-of={say.onTimeShort}>{rateOf(row, say)}</td>
                <td data-of={say.overdue}>{row.overdue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
