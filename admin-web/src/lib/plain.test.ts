import { expect, test } from "vitest";
import { advise, betrays, LONG } from "./plain";

test("short sentences in plain words need no advice", () => {
  expect(
    advise("我们查了村里的账。这笔钱修了边沟，发票两张，一共 12,800 元。最晚 11 月 27 日修好。"),
  ).toEqual([]);
  expect(advise("")).toEqual([]);
  expect(advise("这条路修得太贵了。")).toEqual([]);
});

test("a sentence that nobody reads in one breath is shown", () => {
  const long = "路".repeat(LONG + 1);
  expect(advise(`修好了。${long}。`)).toEqual([{ kind: "long", text: long, length: LONG + 1 }]);
});

test("official words stand with the plain ones, and days without a date are named", () => {
  expect(advise("贵单位信访件逾期，特此告知，10个工作日内答复。").map(({ text }) => text)).toEqual([
    "信访件",
    "逾期",
    "特此",
    "贵",
    "10个工作日内",
  ]);
  expect(advise("10个工作日内，最晚 11 月 27 日答复。")).toEqual([]);
});

test("a summary that says who wrote it, or says it in their words, is pointed at", () => {
  const original = "我家 12 号院门口，电话 13800000000";
  expect(betrays(original, original).map(({ kind }) => kind)).toEqual(["same", "number", "home"]);
  expect(betrays("村口边沟堵了", original)).toEqual([]);
});
