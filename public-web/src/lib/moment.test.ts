import { expect, test } from "vitest";
import { moment } from "./moment";

test("today is told by the clock, any other day by its date", () => {
  const now = new Date(2026, 10, 26, 18, 0);
  const at = (...parts: [number, number, number, number]) => new Date(2026, ...parts).toISOString();
  expect(moment(at(10, 26, 7, 5), "zh", now).trim()).toBe("今天\u00a007:05");
  expect(moment(at(10, 26, 7, 5), "en", now)).toBe("today\u00a007:05");
  expect(moment(at(9, 3, 23, 59), "zh", now)).toMatch(/10月3日$/);
});
