import { expect, test } from "vitest";
import type { CaseView } from "../../lib/cases";
import { changesBetween, contested, theirsFor } from "./conflict";

const view = (more: Partial<CaseView>): CaseView =>
  ({
    state: "accepted",
    level: 1,
    round: 1,
    timers: [],
    supervising_unit: { id: "u", name: "镇纪委" },
    ...more,
  }) as unknown as CaseView;

test("what is another now is named with both", () => {
  const before = view({});
  const after = view({
    state: "dispatched",
    brief: "边沟堵了",
    responsible_unit: { id: "g", name: "镇政府" },
  });
  expect(changesBetween(before, after)).toEqual([
    { key: "state", before: "accepted", after: "dispatched" },
    { key: "responsible", before: null, after: "镇政府" },
    { key: "brief", before: null, after: "边沟堵了" },
  ]);
  expect(changesBetween(before, view({}))).toEqual([]);
});

test("mine stands against theirs only where both say something, and not the same", () => {
  const theirs = theirsFor("dispatch", view({ brief: "边沟堵了" }));
  expect(theirs).toEqual({ brief: "边沟堵了" });
  expect(contested({ brief: "村口边沟堵了" }, theirs)).toEqual(["brief"]);
  expect(contested({ brief: " 边沟堵了 " }, theirs)).toEqual([]);
  expect(contested({ brief: "" }, theirs)).toEqual([]);
  expect(theirsFor("note", view({ brief: "边沟堵了" }))).toEqual({});
});
