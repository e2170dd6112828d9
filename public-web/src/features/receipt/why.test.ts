import { expect, test } from "vitest";
import { skippedByReason, withPlainDays } from "./why";

const off = (date: string, reason: string) => ({ date, reason });

test("days in a row are one stretch, under the reason they share", () => {
  const days = [
    off("2026-12-05", "周末"),
    off("2026-12-06", "周末"),
    off("2026-12-12", "周末"),
    off("2026-12-31", "元旦"),
    off("2027-01-01", "元旦"),
  ];
  expect(skippedByReason(days)).toEqual([
    {
      reason: "周末",
      stretches: [
        ["2026-12-05", "2026-12-06"],
        ["2026-12-12", "2026-12-12"],
      ],
    },
    { reason: "元旦", stretches: [["2026-12-31", "2027-01-01"]] },
  ]);
  expect(skippedByReason([])).toEqual([]);
});

test("the days in the server's words are said as people say them", () => {
  const plain = (date: string) => `〔${date.slice(5)}〕`;
  expect(withPlainDays("办理：2026-12-14 → 2026-12-16", plain)).toBe("办理：〔12-14〕 → 〔12-16〕");
});
