// A published table of whatever kind on paper: its columns as they were published, those that nobody filled left out.
import { useRoute } from "preact-iso";
import { written } from "../../lib/cells";
import { day, exactMoney, period } from "../../lib/format";
import { type Language, useLanguage, useWords } from "../../lib/i18n";
import { kindInEnglish } from "../../lib/kinds";
import { useLoad } from "../../lib/load";
import { fullPlace } from "../../lib/place";
import {
  type DisclosureDetail,
  isTableLine,
  readAllLines,
  readDisclosure,
  readRegion,
  type TableLine,
} from "../../lib/reads";
import { Paper, SheetHead, SheetTable } from "../../ui/Paper";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { groupName, told } from "./told";
import { words } from "./words";

/** More columns than these would break names and numbers: each row becomes a small list of its own. */
const ABREAST = 6;

const readWhole = async (id: string, code: string) => {
  const [of, lines, region] = await Promise.all([readDisclosure(id), readAllLines(id), readRegion(code)]);
  const rows = lines.filter(isTableLine);
  const columns = of.columns.filter(({ key }) => rows.some(({ cells }) => cells[key] != null));
  return { of: { ...of, columns }, rows, place: fullPlace(region) };
};

export default function PrintTablePage() {
  const { village: code = "", id = "" } = useRoute().params;
  const whole = useLoad(() => readWhole(id, code), [id, code]);
  const back = `/v/${code}/tables/${id}`;
  const url = location.origin + back;
  const language = useLanguage();
  const name = whole.state === "ready" ? nameOf(whole.data.of, whole.data.place, language) : undefined;
  return (
    <Paper name={name} back={back} url={url}>
      <Loaded of={whole} lines={6}>
        {({ of, rows, place }) => <Sheet of={of} rows={rows} place={place} url={url} />}
      </Loaded>
    </Paper>
  );
}

/** A title in Chinese names village and period; what it is in English must be said with them. */
function nameOf(of: DisclosureDetail, place: string, language: Language): string {
  const kind = kindInEnglish(of.kind, language);
  if (kind !== null) return `${place} ${kind} ${period(of.period, language)}`;
  // Not the village twice.
  const village = place.split(" ").at(-1) ?? "";
  return of.title.startsWith(village) ? place.slice(0, -village.length) + of.title : `${place} ${of.title}`;
}

function Sheet(props: { of: DisclosureDetail; rows: readonly TableLine[]; place: string; url: string }) {
  const { of, rows, place, url } = props;
  const say = useWords(words);
  const language = useLanguage();
  const signed = of.signoffs[0]?.at;
  return (
    <>
      <SheetHead title={of.title} place={place} url={url}>
        <p>
          {period(of.period, language)} · {say.rows(of.line_count)}
        </p>
        <p>
          {signed === undefined ? null : say.signed(day(signed, language))}
          {of.published_at ? say.published(day(of.published_at, language)) : null}
          {of.posting_until ? say.posted(day(of.posting_until, language)) : null}
          {of.columns.some(({ masked }) => masked) ? say.surname : null}
        </p>
        {of.version > 1 ? <p>{say.corrected(of.version)}</p> : null}
      </SheetHead>
      {of.columns.length > ABREAST ? <Records of={of} rows={rows} /> : <Abreast of={of} rows={rows} />}
      {of.totals.length === 0 ? null : (
        <dl class="sheet-facts" aria-label={say.totals}>
          {of.totals.map(({ key, group, total }) => (
            <div key={`${group} ${key}`}>
              <dt>
                {say.totals}
                {say.colon}
                {groupName(group, language)}
                {of.columns.find((each) => each.key === key)?.name ?? key}
              </dt>
              <dd>{typeof total === "number" ? exactMoney(total, language) : String(total)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

interface RowsProps {
  of: DisclosureDetail;
  rows: readonly TableLine[];
}

function Abreast({ of, rows }: RowsProps) {
  const say = useWords(words);
  const language = useLanguage();
  const look = (type: string) => (type === "money" ? "num" : undefined);
  return (
    <SheetTable label={say.all(of.line_count)}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="num">
              {say.no}
            </th>
            {of.columns.map((column) => (
              <th key={column.key} scope="col" class={look(column.type)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td class="num">{row.no}</td>
              {of.columns.map((column) => (
                <td key={column.key} class={look(column.type)}>
                  <Zh>{written(column, row.cells[column.key], language)}</Zh>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </SheetTable>
  );
}

/** As on a phone: what a row is about, then what it says, each under its column's name. */
function Records({ of, rows }: RowsProps) {
  const say = useWords(words);
  const language = useLanguage();
  return (
    <ol class="records" aria-label={say.all(of.line_count)}>
      {rows.map((row) => {
        const { label, rest } = told(row, of.columns, language);
        return (
          <li key={row.id}>
            <h3>
              {row.no}. <Zh>{label}</Zh>
            </h3>
            <dl>
              {rest.map(({ column, text }) => (
                <div key={column.key}>
                  <dt>{column.name}</dt>
                  <dd>{column.type === "text" ? <Zh>{text}</Zh> : text}</dd>
                </div>
              ))}
            </dl>
          </li>
        );
      })}
    </ol>
  );
}
