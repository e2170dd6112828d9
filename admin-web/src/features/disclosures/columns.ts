// Which column of a sheet is which, as somebody matched them: headings and nothing of a sheet's contents.
import type { Kind, Preview } from "./data";

/** From a heading of the layout to the sheet's; to nothing where the sheet has no such column. */
export type Columns = Readonly<Record<string, string>>;
type Found = Pick<Preview, "columns" | "sheet_columns">;

const key = (who: string, kind: Kind): string => `ydt-staff-columns ${who} ${kind}`;

/** What was matched for a kind in this browser before; none where nothing was, or it cannot be read. */
export function keptColumns(who: string, kind: Kind): Columns | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(who, kind)) ?? "null");
    if (typeof kept !== "object" || kept === null || Array.isArray(kept)) return null;
    const pairs = Object.entries(kept).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    );
    return pairs.length === 0 ? null : Object.fromEntries(pairs);
  } catch {
    return null;
  }
}

export function keepColumns(who: string, kind: Kind, columns: Columns): void {
  try {
    localStorage.setItem(key(who, kind), JSON.stringify(columns));
  } catch {
    // Then they are matched again next month.
  }
}

export function forgetColumns(who: string, kind: Kind): void {
  try {
    localStorage.removeItem(key(who, kind));
  } catch {
    // What cannot be written was never kept.
  }
}

/** What a sheet's columns are taken for now: every wanted column with its heading, or with nothing. */
export const takenNow = ({ columns }: Found): Columns =>
  Object.fromEntries(columns.map(({ heading, found }) => [heading, found ?? ""]));

/** Whether a sheet has every heading that was matched before, and is not read so already. */
export function fits(kept: Columns, found: Found): boolean {
  const has = new Set(found.sheet_columns.map(({ heading }) => heading));
  const wanted = new Set(found.columns.map(({ heading }) => heading));
  const theirs = Object.entries(kept).filter(([, heading]) => heading !== "");
  const now = takenNow(found);
  return (
    theirs.length > 0 &&
    theirs.every(([heading, their]) => wanted.has(heading) && has.has(their)) &&
    theirs.some(([heading, their]) => now[heading] !== their)
  );
}

/** What to begin with: what was matched before where it fits this sheet, else what the server took. */
export function preset(kept: Columns | null, found: Found): Columns {
  const now = takenNow(found);
  if (kept === null || !fits(kept, found)) return now;
  // A column has one meaning: what it was matched with takes it from what the server thought.
  const theirs = new Set(Object.values(kept).filter((heading) => heading !== ""));
  const free = Object.entries(now).map(([heading, their]) => [heading, theirs.has(their) ? "" : their]);
  const known = Object.entries(kept).filter(([heading]) => heading in now);
  return { ...Object.fromEntries(free), ...Object.fromEntries(known) };
}

export const lacksRequired = ({ columns }: Found): boolean =>
  columns.some(({ required, found }) => required && found == null);

/** Whether there is something to match: a required column is missing, or one of the sheet's was not understood. */
export const canMatch = (found: Found): boolean =>
  found.sheet_columns.length > 0 &&
  (lacksRequired(found) || found.sheet_columns.some(({ taken_for }) => taken_for == null));
