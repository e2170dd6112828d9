import { expect, test } from "vitest";
import type { StatsRow } from "../../lib/reads";
import { sentences } from "./sentences";
import { words } from "./words";

const row = (answered: number): StatsRow => ({
  filed: answered + 1,
  answered,
  on_time: answered,
  overdue: 1,
  overdue_at_end: 1,
  on_time_rate: 0.6667,
  median_working_days: 0,
  p90_working_days: 0,
  ratings: { very_satisfied: 0, satisfied: 0, basically_satisfied: 0, dissatisfied: 0 },
  unrated: 0,
  pauses: 0,
  extensions: 0,
  withdrawals: 0,
  disputes: 0,
  declines: 0,
  merges: 0,
});

test("how fast it went is said of what was answered, and only of enough", () => {
  expect(sentences(row(2), words.zh)).toEqual([
    "到期的 3 件里，2 件按时答复，1 件超了时。",
    "到期末，还有 1 件超了时没答复。",
  ]);
  expect(sentences(row(2), words.en)[0]).toBe("Of 3 that fell due, 2 were answered in time and 1 was not.");
  const many = sentences(row(10), words.zh);
  expect(many.slice(1, 3).every((line) => line.startsWith("答复了的件里，"))).toBe(true);
  expect(sentences(row(10), words.en)[2]).toBe(
    "Of those answered, nine of ten were answered on the same day.",
  );
});
