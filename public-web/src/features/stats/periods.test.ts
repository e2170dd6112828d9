import { expect, test } from "vitest";
import { closedPeriods } from "./periods";

test("only what has ended is offered, the newest first", () => {
  const { months, quarters } = closedPeriods("2026-11-23T08:00:00+08:00");
  expect(months.slice(0, 3)).toEqual(["2026-10", "2026-09", "2026-08"]);
  expect(months).toHaveLength(12);
  expect(quarters).toEqual(["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"]);
});

test("across the turn of the year", () => {
  const { months, quarters } = closedPeriods("2027-01-01T00:00:00+08:00");
  expect(months.slice(0, 2)).toEqual(["2026-12", "2026-11"]);
  expect(quarters[0]).toBe("2026-Q4");
  expect(closedPeriods("2026-12-31T23:59:59+08:00").months[0]).toBe("2026-11");
});
