import { describe, expect, it } from "vitest";
import type { Limit } from "../../lib/policy";
import { isAmount } from "./limit";

const limit = (amount: number): Limit => ({ amount, unit: "working_day", roll: "none" });

describe("the amount of a limit", () => {
  it("is a whole number from 1 to 400", () => {
    expect([1, 15, 400].map((n) => isAmount(limit(n)))).toEqual([true, true, true]);
    expect([-5, 0, 1.5, 401, Number.NaN].map((n) => isAmount(limit(n)))).toEqual(Array(5).fill(false));
  });

  it("may be left out", () => {
    expect(isAmount(undefined)).toBe(true);
    expect(isAmount(null)).toBe(true);
  });
});
