// A ledger on paper: who vouches for it, its sums, and every line.
import { useRoute } from "preact-iso";
import { exactMoney, figure, period } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fullPlace } from "../../lib/place";
import {
  type DisclosureDetail,
  isLedgerLine,
  type Line,
  readAllLines,
  readDisclosure,
  readRegion,
} from "../../lib/reads";
import { Paper, SheetHead, SheetTable } from "../../ui/Paper";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { vouchedIn } from "./vouched";
import { words } from "./words";

const readWhole = async (id: string, code: string) => {
  const [ledger, lines, region] = await Promise.all([readDisclosure(id), readAllLines(id), readRegion(code)]);
  return { ledger, lines: lines.filter(isLedgerLine), place: fullPlace(region) };
};

export default function PrintLedgerPage() {
  const say = useWords(words);
  const language = useLanguage();
  const { village: code = "", id = "" } = useRoute().params;
  const whole = useLoad(() => readWhole(id, code), [id, code]);
  // Without a month the page of the accounts is the newest.
  const month = whole.state === "ready" ? `/${whole.data.ledger.period}` : "";
  const back = `/v/${code}/accounts${month}`;
  const url = location.origin + back;
  const name =
    whole.state === "ready"
      ? `${whole.data.place} ${say.title} ${period(whole.data.ledger.period, language)}`
      : undefined;
  return (
    <Paper name={name} back={back} url={url}>
      <Loaded of={whole} lines={6}>
        {({ ledger, lines, place }) => <Sheet ledger={ledger} lines={lines} place={place} url={url} />}
      </Loaded>
    </Paper>
  );
}

function Sheet(props: { ledger: DisclosureDetail; lines: readonly Line[]; place: string; url: string }) {
  const { ledger, lines, place, url } = props;
  const say = useWords(words);
  const language = useLanguage();
  const figures = say.figures(ledger.period);
  const sums = [
    [figures.opening, ledger.opening_fen],
    [figures.income, ledger.income_fen],
    [figures.expense, ledger.expense_fen],
    [say.closing, ledger.closing_fen],
  ] as const;
  return (
    <>
      <SheetHead title={`${say.title} · ${period(ledger.period, language)}`} place={place} url={url}>
        <p>{vouchedIn(ledger, say, language)}</p>
        {ledger.version > 1 ? <p>{say.corrected(ledger.version)}</p> : null}
      </SheetHead>
      <dl class="sheet-facts">
        {sums.map(([name, fen]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{exactMoney(fen, language)}</dd>
          </div>
        ))}
      </dl>
      <SheetTable label={say.lines(lines.length)}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="num">
                {say.no}
              </th>
              <th scope="col">{say.date}</th>
              <th scope="col">{say.what}</th>
              <th scope="col" class="num">
                {say.incomeYuan}
              </th>
              <th scope="col" class="num">
                {say.expenseYuan}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.id} line={line} />
            ))}
            <tr class="sum">
              <td />
              <td />
              <th scope="row">{say.total}</th>
              <td class="num">{figure(ledger.income_fen)}</td>
              <td class="num">{figure(ledger.expense_fen)}</td>
            </tr>
          </tbody>
        </table>
      </SheetTable>
    </>
  );
}

function Row({ line }: { line: Line }) {
  const say = useWords(words);
  const comes = line.income_fen !== 0;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [comes ? say.payer : say.payee, line.payee],
    [say.voucher, line.voucher_no],
    [say.handled, line.handled_by],
    [say.witnessed, line.witnessed_by],
    [say.approved, line.approved_by],
    [say.papers, line.file_count > 0 ? say.sheets(line.file_count) : null],
  ];
  const said = facts.flatMap(([name, value]) => (value ? [`${name}${say.colon}${value}`] : []));
  return (
    <tr>
      <td class="num">{line.no}</td>
      <td class="num">{line.date?.slice(5) ?? ""}</td>
      <td>
        <Zh>{line.summary}</Zh>
        <span class="small">
          <Zh>{said.join(" · ")}</Zh>
        </span>
      </td>
      <td class="num">{comes ? figure(line.income_fen) : ""}</td>
      <td class="num">{comes ? "" : figure(line.expense_fen)}</td>
    </tr>
  );
}
