// Periods that follow one another: months, quarters or years.

/** How many of its kind there were before it, and of which kind it is. */
function placeOf(period: string): { of: number; at: number } | null {
  const match = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (match === null) return null;
  const [, year, quarter, month] = match;
  if (quarter !== undefined) return { of: 4, at: Number(year) * 4 + Number(quarter) - 1 };
  if (month !== undefined) return { of: 12, at: Number(year) * 12 + Number(month) - 1 };
  return { of: 1, at: Number(year) };
}

function nameOf(of: number, at: number): string {
  const year = Math.floor(at / of);
  if (of === 4) return `${year}-Q${(at % 4) + 1}`;
  return of === 12 ? `${year}-${String((at % 12) + 1).padStart(2, "0")}` : String(year);
}

/** The periods between two published ones of the same length, which nobody published; at most twelve of them. */
export function periodsBetween(older: string, newer: string): string[] {
  const from = placeOf(older);
  const to = placeOf(newer);
  if (from === null || to === null || from.of !== to.of) return [];
  const result: string[] = [];
  for (let at = from.at + 1; at < to.at && result.length < 12; at += 1) result.push(nameOf(from.of, at));
  return result;
}
