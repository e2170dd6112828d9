// A published table of whatever kind on paper: its columns as they were published, those that nobody filled left out.
import { useRoute } from "preact-iso";
import { written } from "../../lib/cells";
import { day, exactMoney, period } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
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
import { words } from "./words";

/** More columns than these lie better on a sheet turned round. */
const UPRIGHT = 6;
/** More than these need smaller letters. */
const CROWDED = 12;

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
  const wide = whole.state === "ready" && whole.data.of.columns.length > UPRIGHT;
  return (
    <Paper back={back} url={url} landscape={wide}>
      <Loaded of={whole} lines={6}>
        {({ of, rows, place }) => <Sheet of={of} rows={rows} place={place} url={url} />}
      </Loaded>
    </Paper>
  );
}

function Sheet(props: { of: DisclosureDetail; rows: readonly TableLine[]; place: string; url: string }) {
  const { of, rows, place, url } = props;
  const say = useWords(words);
  const language = useLanguage();
  const signed = of.signoffs[0]?.at;
  const look = (type: string) => (type === "money" ? "num" : undefined);
  return (
    <>
      <SheetHead title={of.title} place={place} url={url}>
        <p>
          {period(of.period, language)} · {say.rows(of.line_count)}
        </p>
        <p>
          {signed === undefined ? null : say.signed(day(signed, language))}
          {of.published_at ? say.published(day(of.published_at, language)) : null}
          {of.columns.some(({ masked }) => masked) ? say.surname : null}
        </p>
        {of.version > 1 ? <p>{say.corrected(of.version)}</p> : null}
      </SheetHead>
      <SheetTable label={say.all(of.line_count)}>
        <table
          class={of.columns.length > CROWDED ? "crowded" : of.columns.length > UPRIGHT ? "many" : undefined}
        >
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
      {of.totals.length === 0 ? null : (
        <dl class="sheet-facts" aria-label={say.totals}>
          {of.totals.map(({ key, group, total }) => (
            <div key={`${group} ${key}`}>
              <dt>
                {say.totals}
                {say.colon}
                {group == null ? null : <Zh>{`${group} `}</Zh>}
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
