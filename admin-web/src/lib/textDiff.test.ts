import { expect, test } from "vitest";
import { between, common } from "./textDiff";

const shown = (before: string, after: string) =>
  between(before, after).map((line) =>
    line === null
      ? null
      : `${{ same: " ", gone: "-", new: "+" }[line.mark]}${line.head}[${line.middle}]${line.tail}`,
  );

test("within a text only what is another is marked", () => {
  expect(shown("先登记，后盖章。", "先登记，再盖章。")).toEqual([
    "-先登记，[后]盖章。",
    "+先登记，[再]盖章。",
  ]);
  expect(shown("一样", "一样")).toEqual([" 一样[]", " 一样[]"]);
  // A bracket stays with its own.
  expect(shown("经费（第四季度）", "经费（更正）（第四季度）")).toEqual([
    "-经费[]（第四季度）",
    "+经费[（更正）]（第四季度）",
  ]);
  // What begins and ends alike is not counted twice.
  expect(shown("甲甲", "甲甲甲")).toEqual(["-甲甲[]", "+甲甲[甲]"]);
});

test("a text that is not there on one side is no line there", () => {
  expect(shown("", "新")).toEqual([null, "+[新]"]);
  expect(shown("旧", "")).toEqual(["-[旧]", null]);
  expect(shown("", "")).toEqual([null, null]);
});

test("the longest agreement in order", () => {
  expect(common(["a", "b", "c", "d"], ["b", "x", "d", "a"])).toEqual([
    [1, 0],
    [3, 2],
  ]);
  expect(common([], ["a"])).toEqual([]);
});
