import { expect, test } from "vitest";
import { limitWords } from "./limits";

test("a limit in words, one and many", () => {
  const limit = (amount: number, unit: "working_day" | "calendar_day" | "hour") =>
    ({ amount, unit, roll: "none" }) as const;
  expect(limitWords(limit(15, "working_day"), "zh")).toBe("15 个工作日");
  expect(limitWords(limit(1, "working_day"), "en")).toBe("1 working day");
  expect(limitWords(limit(15, "calendar_day"), "en")).toBe("15 days");
  expect(limitWords(limit(4, "hour"), "zh")).toBe("4 个办公小时");
});
