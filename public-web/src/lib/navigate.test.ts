import { expect, test } from "vitest";
import { readHandover } from "./navigate";

const whole = {
  region_code: "230104111204",
  about: { type: "disclosure_line", id: "abc" },
  label: "修路",
  amount_fen: 1200,
};

test("what a complaint is about is read from the history entry", () => {
  expect(readHandover({ handover: whole })).toEqual(whole);
  const { amount_fen, ...without } = whole;
  expect(readHandover({ handover: without })).toEqual(without);
  expect(readHandover({ handover: { ...whole, amount_fen: 1.5 } })).toEqual(without);
  expect(amount_fen).toBe(1200);
  const sorted = { ...whole, lead: "第 1 步", category: "decisions" };
  expect(readHandover({ handover: sorted })).toEqual(sorted);
  expect(readHandover({ handover: { ...whole, category: 3 } })).toEqual(whole);
});

test("anything else in the history entry is no handover", () => {
  for (const state of [null, undefined, {}, 3, { handover: null }, { handover: {} }]) {
    expect(readHandover(state)).toBeNull();
  }
  expect(readHandover({ handover: { ...whole, region_code: "23" } })).toBeNull();
  expect(readHandover({ handover: { ...whole, about: { type: "person", id: "x" } } })).toBeNull();
});
