// The numbers as one would tell them. Nothing is told that the figures beside it do not bear out.
import type { StatsRow } from "../../lib/reads";
import type { words } from "./words";

/** Of fewer answers "nine of ten" says nothing. */
const ENOUGH_TO_SHARE = 10;

export function sentences(row: StatsRow, say: (typeof words)["zh"]): string[] {
  const many = row.answered >= ENOUGH_TO_SHARE;
  const half = many ? row.median_working_days : null;
  const most = many ? row.p90_working_days : null;
  return [
    say.onTime(row.on_time, row.overdue),
    typeof half === "number" ? (half === 0 ? say.sameDay : say.half(half)) : null,
    typeof most === "number" ? say.most(most) : null,
    say.stillLate(row.overdue_at_end),
  ].filter((line) => line !== null);
}
