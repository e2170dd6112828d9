// A row as a small list: what it is about stands first, then what else it says, by its columns.
import { written } from "../../lib/cells";
import type { Language } from "../../lib/i18n";
import type { TableColumn, TableLine } from "../../lib/reads";

export interface Told {
  label: string;
  rest: { column: TableColumn; text: string }[];
}

/** The groups that a kind's own form has, which stand in Chinese in the data (`domain.md` 3). */
const GROUPS: Readonly<Record<string, string>> = {
  债权合计: "Owed to the village:",
  债务合计: "Owed by the village:",
  收入合计: "Income:",
  支出合计: "Spending:",
};

export const groupName = (group: string | null | undefined, language: Language): string =>
  group == null ? "" : `${(language === "en" ? GROUPS[group] : undefined) ?? group} `;

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
