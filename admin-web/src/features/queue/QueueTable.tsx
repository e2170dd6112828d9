// The queue as a table of which only the rows on the screen are drawn: five hundred cases scroll like ten.
import { memo, type ReactNode, type RefObject, useMemo, useRef } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import { useMedia } from "../../ui/media";
import { StateTag } from "../../ui/StateTag";
import { TimeLeft } from "../../ui/TimeLeft";
import { Nothing } from "./Foot";
import type { Filters } from "./filters";
import { Assignee, Matter } from "./Row";
import type { Row } from "./settled";
import { useHeldRows } from "./useHeldRows";
import { ROW, useRows } from "./useRows";
import { words } from "./words";

interface Props {
  rows: readonly Row[];
  body: RefObject<HTMLTableSectionElement | null>;
  /** Of which view the rows are. */
  view: string;
  isBusy: () => boolean;
  /** What came and went, said in the headings: there it moves no row. */
  changes: ReactNode;
  now: number;
  filters: Filters;
  chosen: string | null;
  selected: ReadonlySet<string>;
  onChoose: (id: string) => void;
  onSelect: (id: string) => void;
  onSelectAll: () => void;
}

export function QueueTable({ rows, body, view, now, filters, chosen, selected, ...does }: Props) {
  const say = useText(words);
  const english = useLanguage() === "en";
  const wide = useMedia("(min-width: 900px)");
  const [from, to] = useRows(body, rows.length);
  const room = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => rows.map(({ item }) => item.id), [rows]);
  const pointer = useHeldRows(body, room, { key: view, ids, chosen, busy: does.isBusy });
  const all = rows.length > 0 && rows.every(({ item }) => selected.has(item.id));
  if (rows.length === 0) return <Nothing filters={filters} />;
  return (
    <>
      <table
        className={`queue-rows${english ? " english" : ""}${wide ? "" : " close"}`}
        aria-label={say("table")}
        aria-rowcount={rows.length + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="pick">
              <label>
                <input
                  type="checkbox"
                  aria-label={say("select_all")}
                  checked={all}
                  onChange={does.onSelectAll}
                />
              </label>
            </th>
            <th scope="col" className="time" aria-sort="ascending">
              {say("col_time")} <span aria-hidden="true">↑</span>
            </th>
            <th scope="col">
              <span className="matter-head">
                {say("col_content")}
                {does.changes}
              </span>
            </th>
            <th scope="col" className="state">
              {say("col_state")}
            </th>
            <th scope="col" className="who">
              {say("col_assignee")}
            </th>
          </tr>
        </thead>
        <tbody ref={body} {...pointer}>
          <Room rows={from} />
          {rows.slice(from, to).map((row, at) => (
            <OneRow
              key={row.item.id}
              row={row}
              index={from + at + 2}
              now={now}
              chosen={row.item.id === chosen}
              selected={selected.has(row.item.id)}
              onChoose={does.onChoose}
              onSelect={does.onSelect}
            />
          ))}
          <Room rows={rows.length - to} />
        </tbody>
      </table>
      <div ref={room} aria-hidden="true" />
    </>
  );
}

/** The height of rows that are not drawn. */
function Room({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus.
    <tr aria-hidden="true" className="room">
      <td colSpan={5} style={{ height: rows * ROW }} />
    </tr>
  );
}

interface RowProps {
  row: Row;
  index: number;
  now: number;
  chosen: boolean;
  selected: boolean;
  onChoose: (id: string) => void;
  onSelect: (id: string) => void;
}

const OneRow = memo(function OneRow({ row, index, now, chosen, selected, onChoose, onSelect }: RowProps) {
  const say = useText(words);
  const { item, gone, isNew } = row;
  const looks = [chosen ? "chosen" : "", selected ? "selected" : "", gone ? "gone" : ""];
  return (
    <tr
      className={looks.filter(Boolean).join(" ") || undefined}
      data-row-key={item.id}
      aria-rowindex={index}
      aria-current={chosen ? "true" : undefined}
      onClick={() => onChoose(item.id)}
    >
      <td className="pick">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: only keeps the row from taking the click. */}
        <label onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            aria-label={say("select_one", { number: item.number })}
            checked={selected}
            onChange={() => onSelect(item.id)}
          />
        </label>
      </td>
      <td className="time">
        <TimeLeft item={item} now={now} />
      </td>
      <td>
        <Matter item={item} gone={gone} isNew={isNew} />
      </td>
      <td className="state">
        <StateTag state={item.state} />
        {/* Where there is no room for a column of its own. */}
        <small className="who-below">
          <Assignee item={item} />
        </small>
      </td>
      <td className="who">
        <Assignee item={item} />
      </td>
    </tr>
  );
}, same);

/** The row object is made anew with each answer; what it says is not. */
function same(a: RowProps, b: RowProps): boolean {
  return (
    a.row.item === b.row.item &&
    a.row.gone === b.row.gone &&
    a.row.isNew === b.row.isNew &&
    a.index === b.index &&
    a.now === b.now &&
    a.chosen === b.chosen &&
    a.selected === b.selected &&
    a.onChoose === b.onChoose &&
    a.onSelect === b.onSelect
  );
}
