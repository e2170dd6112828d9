import { expect, test } from "vitest";
import { fold, matches } from "./fold";

test("width, capitals, spaces and punctuation make no difference", () => {
  expect(fold("Ａｂ　Ｃ，１２")).toBe("abc12");
  expect(fold("四议“两”公开")).toBe("四议两公开");
});

test("every word must be found, in whichever text", () => {
  const texts = ["农村宅基地申请", "土地住房", null];
  expect(matches("", texts)).toBe(true);
  expect(matches("宅基地", texts)).toBe(true);
  expect(matches("住房 宅基", texts)).toBe(true);
  expect(matches("住房、低保", texts)).toBe(false);
});
