import { expect, test } from "vitest";
import { exactMoney, figure, money, shortPeriod } from "./format";

test("whole yuan are said without decimals", () => {
  expect(figure(5_230_000)).toBe("52,300");
  expect(figure(5_230_050)).toBe("52,300.50");
  expect(money(5_230_000, "zh")).toBe("52,300\u00a0元");
  expect(money(-5_230_000, "en")).toBe("-¥52,300");
  expect(exactMoney(5_230_000, "zh")).toBe("52,300.00\u00a0元");
  expect(exactMoney(5_230_000, "en")).toBe("¥52,300.00");
});

test("a period leaves out the year that is plain", () => {
  expect(shortPeriod("2026-09", "zh", "2026")).toBe("9月");
  expect(shortPeriod("2025-12", "zh", "2026")).toBe("2025年12月");
  expect(shortPeriod("2026-09", "en", "2026")).toBe("September");
  expect(shortPeriod("2025-12", "en", "2026")).toBe("December 2025");
  expect(shortPeriod("2026", "zh", "2026")).toBe("2026年");
});
