import { type ObligationStatus, obligationStatuses } from "@yidiantong/client";
import { expect, test } from "vitest";
import { asks, isOpen } from "./standing";
import { words } from "./words";

const ALL = Object.keys(obligationStatuses) as ObligationStatus[];

test("what was struck is not missing, and can be raised all the same", () => {
  expect(ALL.filter(isOpen)).toEqual(["overdue", "missing"]);
  expect(ALL.map((status) => [status, asks(status)])).toEqual([
    ["on_time", null],
    ["due", null],
    ["overdue", "ask"],
    ["missing", "ask"],
    ["late", "askLate"],
    ["struck", "askStruck"],
  ]);
  expect(words.zh.struck).toEqual(["误记，已注销（", "）"]);
});
