// Where the money went and came from: bars, or the same as a table. Names, amounts and percents are always
// words; the bars only repeat them.
import { useState } from "preact/hooks";
import { money, percentOf } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import type { DisclosureDetail } from "../../lib/reads";
import { type ShareRow, type Slice, slices } from "../../lib/shares";
import "../../ui/table.css";
import { Meter, Section } from "../../ui/parts";
import { words } from "./words";

const NAMED = 6;

export function Breakdown({ breakdown }: { breakdown: DisclosureDetail["breakdown"] }) {
  const say = useWords(words);
  const language = useLanguage();
  const [table, setTable] = useState(false);
  const nameOf = (part: Slice) => (part.rest ? say.other : (part.name ?? say.noAccount));
  const spent = slices(breakdown.expense, NAMED);
  const most = spent.find((part) => !part.rest);
  const view = (
    <fieldset class="seg">
      <legend class="sr">{say.view}</legend>
      <button type="button" aria-pressed={!table} onClick={() => setTable(false)}>
        {say.asBars}
      </button>
      <button type="button" aria-pressed={table} onClick={() => setTable(true)}>
        {say.asTable}
      </button>
    </fieldset>
  );
  const draw = (rows: readonly ShareRow[], what: string, title: string) => {
    const parts = slices(rows, NAMED);
    return table ? (
      <Table parts={parts} what={what} title={title} nameOf={nameOf} />
    ) : (
      <Bars parts={parts} nameOf={nameOf} />
    );
  };
  return (
    <>
      <Section id="spent" title={say.spent} aside={view}>
        {most === undefined ? (
          <p>{say.nothingSpent}</p>
        ) : (
          <>
            <p class="most">{say.mostSpent(nameOf(most), money(most.amountFen, language))}</p>
            {draw(breakdown.expense, say.purpose, say.spent)}
          </>
        )}
      </Section>
      {breakdown.income.length === 0 ? null : (
        <Section id="came" title={say.came}>
          {draw(breakdown.income, say.source, say.came)}
        </Section>
      )}
    </>
  );
}

type NameOf = (part: Slice) => string;

function Bars({ parts, nameOf }: { parts: readonly Slice[]; nameOf: NameOf }) {
  const language = useLanguage();
  return (
    <ul class="card bars">
      {parts.map((part) => (
        <li key={part.key}>
          <p>
            <span>{nameOf(part)}</span>
            <b>
              {money(part.amountFen, language)}
              <span class="of">{percentOf(part, language)}</span>
            </b>
          </p>
          <Meter share={part.length} colour={part.colour} />
        </li>
      ))}
    </ul>
  );
}

function Table(props: { parts: readonly Slice[]; what: string; title: string; nameOf: NameOf }) {
  const say = useWords(words);
  const language = useLanguage();
  return (
    <div class="card">
      <table class="sums-table">
        <caption class="sr">{props.title}</caption>
        <thead>
          <tr>
            <th scope="col">{props.what}</th>
            <th scope="col">{say.amount}</th>
            <th scope="col">{say.percent}</th>
            <th scope="col">{say.count}</th>
          </tr>
        </thead>
        <tbody>
          {props.parts.map((part) => (
            <tr key={part.key}>
              <th scope="row">{props.nameOf(part)}</th>
              <td data-of={say.amount}>{money(part.amountFen, language)}</td>
              <td data-of={say.percent}>{percentOf(part, language)}</td>
              <td data-of={say.count}>{part.lines}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
