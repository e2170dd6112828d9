// The cases behind a number of the dashboard: why there may be fewer of them than the number says.
import { useLocation } from "react-router";
import { useText } from "../../lib/i18n";
import type { Filters } from "./filters";
import { words } from "./words";

/** Counted by promise: a case that was done again has more than one. */
const PROMISES: ReadonlySet<string> = new Set(["promises", "on_time", "overdue", "overdue_at_end"]);

const numberOf = (state: unknown): number | null =>
  typeof state === "object" && state !== null && "counted" in state && typeof state.counted === "number"
    ? state.counted
    : null;

export function Behind({ filters, total }: { filters: Filters; total: number | undefined }) {
  const say = useText(words);
  const said = numberOf(useLocation().state);
  if (filters.counted === null && filters.rating === null) return null;
  const texts = [
    ...(said === null || total === undefined || said === total ? [] : [say("behind", { n: said, m: total })]),
    ...(PROMISES.has(filters.counted ?? "") ? [say("behind_promises")] : []),
    ...(filters.counted === "first_answers" ? [say("behind_answers")] : []),
  ];
  return texts.length === 0 ? null : (
    <p className="behind" role="status">
      {texts.join("")}
    </p>
  );
}
