import { expect, test } from "vitest";
import { countyOf, monthsBefore } from "./months";

test("the months before this one, over the turn of a year", () => {
  expect(monthsBefore("2027-02-10", 4)).toEqual(["2026-10", "2026-11", "2026-12", "2027-01"]);
});

test("a township's months are its county's; a city has none of its own", () => {
  expect(countyOf("230104103000")).toBe("230104000000");
  expect(countyOf("230104000000")).toBe("230104000000");
  expect(countyOf("230100000000")).toBeNull();
});
