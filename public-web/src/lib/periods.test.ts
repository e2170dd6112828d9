import { expect, test } from "vitest";
import { periodsBetween } from "./periods";

test("the periods between two that are missing", () => {
  expect(periodsBetween("2026-07", "2026-09")).toEqual(["2026-08"]);
  expect(periodsBetween("2025-11", "2026-02")).toEqual(["2025-12", "2026-01"]);
  expect(periodsBetween("2026-09", "2026-10")).toEqual([]);
  expect(periodsBetween("2025-Q4", "2026-Q2")).toEqual(["2026-Q1"]);
  expect(periodsBetween("2024", "2026")).toEqual(["2025"]);
});

test("what is not of one length has nothing between", () => {
  expect(periodsBetween("2026-Q3", "2026-10")).toEqual([]);
  expect(periodsBetween("", "2026-10")).toEqual([]);
});
