import type { Value } from "./Figures";

/** The queue of the cases behind a number of the statistics: of the last thirty days, or of a month (`2026-10`). */
export function behind(number: string, month?: string): string {
  return `state=all&counted=${number}${month === undefined ? "" : `&month=${month}`}`;
}

/** A share as a percentage, as the tables and charts have it. */
export function percent(rate: number | null | undefined): Value {
  if (rate == null) return { n: null };
  const n = Math.round(rate * 100);
  return { n, said: `${n}%`, measured: true };
}

/** Working days, as the tables have them. */
export const days = (n: number | null | undefined): Value => ({ n: n ?? null, measured: true });
