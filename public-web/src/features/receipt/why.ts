// Days in a row as one stretch, under the reason why they did not count.
import type { PublicComponents } from "@yidiantong/client";

type Schemas = PublicComponents["schemas"];
export type Explanation = Schemas["ExplanationView"];

export interface Skipped {
  reason: string;
  /** First and last day of each stretch, in order. */
  stretches: readonly (readonly [first: string, last: string])[];
}

const DAY_MS = 86_400_000;
const follows = (last: string, next: string): boolean => Date.parse(next) - Date.parse(last) === DAY_MS;

export function skippedByReason(days: Explanation["skipped"]): Skipped[] {
  const found = new Map<string, [string, string][]>();
  for (const { date, reason } of days) {
    const stretches = found.get(reason) ?? [];
    const last = stretches.at(-1);
    if (last !== undefined && follows(last[1], date)) last[1] = date;
    else stretches.push([date, date]);
    found.set(reason, stretches);
  }
  return [...found].map(([reason, stretches]) => ({ reason, stretches }));
}

/** The server's words with its days as people write them: `办理：2026-12-14 → 2026-12-16`. */
export const withPlainDays = (text: string, plain: (date: string) => string): string =>
  text.replace(/\d{4}-\d{2}-\d{2}/g, plain);
