// The rows of a table of any kind: its columns come from the server, and cells are shown by their type.
import { formatDay, formatFen, type Language } from "@yidiantong/client";
import { Table, type TableColumnsType } from "antd";
import { useLanguage, useText } from "../../lib/i18n";
import { type Column, type Kind, type TableLine, useColumns } from "./data";
import { detailWords } from "./words";

type Cell = TableLine["cells"][string];

export function Cells({ kind, of }: { kind: Kind; of: TableLine[] }) {
  const say = useText(detailWords);
  const language = useLanguage();
  const columns = useColumns(kind).data ?? [];
  const shown: TableColumnsType<TableLine> = columns
    .filter(({ type }) => type !== "number")
    .map((column) => ({
      title: column.name,
      key: column.key,
      align: FIGURES.has(column.type) ? ("right" as const) : ("left" as const),
      render: (_, line) => cellText(column, line.cells[column.key], language),
    }));
  return (
    <Table<TableLine>
      rowKey="id"
      size="small"
      scroll={{ x: "max-content" }}
      columns={[{ title: say("no"), dataIndex: "no", width: 52, align: "right" }, ...shown]}
      dataSource={of}
      pagination={false}
    />
  );
}

const FIGURES: ReadonlySet<string> = new Set(["money", "quantity", "rate", "percent"]);

/** A cell as people read it. */
export function cellText(column: Column, cell: Cell | undefined, language: Language): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return formatFen(cell, language);
  if (typeof cell !== "string") return `${formatDay(cell.from, language)} – ${formatDay(cell.to, language)}`;
  if (column.type === "date") return formatDay(cell, language);
  if (column.type === "word") return column.words.find(({ code }) => code === cell)?.name ?? cell;
  return column.type === "percent" ? `${cell}%` : cell;
}
