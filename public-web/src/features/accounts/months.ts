// Which month stands beside which: from the published list, so that no step leads to an empty page.

export interface Neighbours<T> {
  here: T | undefined;
  older: T | undefined;
  newer: T | undefined;
}

/** `published` is the newest first. Without a wish the newest is shown. */
export function neighbours<T extends { period: string }>(
  published: readonly T[],
  wished: string | undefined,
): Neighbours<T> {
  const at = wished === undefined ? 0 : published.findIndex((each) => each.period === wished);
  if (at < 0) return { here: undefined, older: undefined, newer: undefined };
  return { here: published[at], older: published[at + 1], newer: at === 0 ? undefined : published[at - 1] };
}

const monthNumber = (period: string): number | null => {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  return match === null ? null : Number(match[1]) * 12 + Number(match[2]) - 1;
};

const monthName = (number: number): string =>
  `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;

/** The months between two published ones, which nobody published; at most a year of them. */
export function monthsBetween(older: string, newer: string): string[] {
  const from = monthNumber(older);
  const to = monthNumber(newer);
  if (from === null || to === null) return [];
  const result: string[] = [];
  for (let month = from + 1; month < to && result.length < 12; month += 1) result.push(monthName(month));
  return result;
}
