import { expect, test } from "vitest";
import { neighbours } from "./months";

const published = ["2026-10", "2026-09", "2026-07"].map((period) => ({ period }));

test("the newest stands first, and each month has its neighbours", () => {
  expect(neighbours(published, undefined)).toEqual({
    here: { period: "2026-10" },
    older: { period: "2026-09" },
    newer: undefined,
  });
  expect(neighbours(published, "2026-09")).toMatchObject({
    older: { period: "2026-07" },
    newer: { period: "2026-10" },
  });
  expect(neighbours(published, "2026-07").older).toBeUndefined();
});

test("a month that nobody published has no neighbours", () => {
  expect(neighbours(published, "2026-08").here).toBeUndefined();
  expect(neighbours([], undefined).here).toBeUndefined();
});
