import { type ObligationStatus, obligationStatuses } from "@yidiantong/client";
import { expect, test } from "vitest";
import { isCounted, mayBeStruck } from "./striking";

const ALL = Object.keys(obligationStatuses) as ObligationStatus[];

test("only what an event asks for may be struck, and only while nothing answers it", () => {
  const ofEvents = ALL.filter((status) => mayBeStruck({ event_on: "2026-10-30", status }));
  expect(ofEvents).toEqual(["due", "overdue", "missing"]);
  for (const event_on of [null, undefined]) {
    expect(ALL.filter((status) => mayBeStruck({ event_on, status } as never))).toEqual([]);
  }
});

test("what was struck is in no sum", () => {
  expect(ALL.filter(isCounted)).toEqual(["on_time", "due", "overdue", "missing", "late"]);
});
