// A calendar's change as people write it, line by line, and as the API wants it.
import type { AdminComponents } from "@yidiantong/client";

type Schemas = AdminComponents["schemas"];
export type DayBody = Schemas["DayBody"];

const KINDS: Readonly<Record<string, DayBody["kind"]>> = {
  off: "off",
  放假: "off",
  休息: "off",
  work: "work",
  上班: "work",
};

export interface Rows {
  days: DayBody[];
  /** The line each day stands on, counted from 1. */
  lines: number[];
  /** Lines that cannot be read. */
  bad: number[];
}

/** `2027-01-01,放假,元旦`, one day a line. The heading of a table (`date,kind,name`) is passed over. */
export function readRows(text: string): Rows {
  const rows: Rows = { days: [], lines: [], bad: [] };
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === "" || line.trim().toLowerCase() === "date,kind,name") continue;
    const [date = "", kind = "", name = ""] = line.split(/[,，\t]/).map((part) => part.trim());
    const known = KINDS[kind.toLowerCase()];
    if (known === undefined || date === "" || name === "") {
      rows.bad.push(index + 1);
      continue;
    }
    rows.days.push({ date, kind: known, name });
    rows.lines.push(index + 1);
  }
  return rows;
}

/** `09:00-12:00 13:30-17:00` as pairs; `null` when it is something else. */
export function readHours(text: string): string[][] | null {
  const parts = text
    .trim()
    .split(/[\s,，、;；]+/)
    .filter((part) => part !== "");
  const ranges = parts.map((part) => /^(\d{1,2}:\d{2})[-–~至到](\d{1,2}:\d{2})$/.exec(part));
  if (parts.length === 0 || ranges.some((range) => range === null)) return null;
  const full = (time: string) => time.padStart(5, "0");
  return ranges.map((range) => [full(range?.[1] ?? ""), full(range?.[2] ?? "")]);
}
