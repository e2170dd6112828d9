// A row as a small list: what it is about stands first, then what else it says, by its columns.
import { written } from "../../lib/cells";
import type { Language } from "../../lib/i18n";
import type { TableColumn, TableLine } from "../../lib/reads";

export interface Told {
  label: string;
  rest: { column: TableColumn; text: string }[];
}

export function told(line: TableLine, columns: readonly TableColumn[], language: Language): Told {
  const said = columns.flatMap((column) => {
    const text = written(column, line.cells[column.key], language);
    return text === "" ? [] : [{ column, text }];
  });
  // The first two texts that every row has.
  const heads = said.filter(({ column }) => column.type === "text" && column.required).slice(0, 2);
  return {
    label: heads.length === 0 ? String(line.no) : heads.map(({ text }) => text).join(" · "),
    rest: said.filter((one) => !heads.includes(one)),
  };
}
