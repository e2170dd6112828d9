// The cells of a published table, as people read them.
import { formatDay } from "@yidiantong/client";
import { money } from "./format";
import type { Language } from "./i18n";
import type { Cell, TableColumn } from "./reads";

/** Nothing where a cell is blank. */
export function written(column: TableColumn, cell: Cell | null | undefined, language: Language): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return money(cell, language);
  if (typeof cell !== "string") {
    const to = language === "zh" ? "至" : " to ";
    return `${formatDay(cell.from, language)}${to}${formatDay(cell.to, language)}`;
  }
  // With the year: contracts and debts are of many.
  if (column.type === "date") return formatDay(cell, language);
  if (column.type === "word") return column.words.find(({ code }) => code === cell)?.name ?? cell;
  return column.type === "percent" ? `${cell}%` : cell;
}
