import { expect, test } from "vitest";
import { percents, slices } from "./shares";

const row = (code: string, amount_fen: number) => ({
  account_code: code,
  account_plain_name: `name ${code}`,
  amount_fen,
  line_count: 1,
});

test("percents make a hundred together", () => {
  expect(percents([1, 1, 1])).toEqual([34, 33, 33]);
  expect(percents([1_813_800, 1_036_500, 820_500, 388_700, 259_100])).toEqual([42, 24, 19, 9, 6]);
  for (const amounts of [[1], [999, 1], [5, 5, 5, 5, 5, 5, 5], [1, 1e13], [3, 0, 0]]) {
    expect(percents(amounts).reduce((a, b) => a + b, 0)).toBe(100);
  }
});

test("a part of the whole is never nothing", () => {
  expect(percents([99_900, 50, 50])).toEqual([98, 1, 1]);
  const found = slices([row("a", 1_560_000), row("b", 7_105)], 6);
  expect(found.map(({ percent, tiny }) => [percent, tiny])).toEqual([
    [99, false],
    [1, true],
  ]);
});

test("nothing spent is no percent, and money that came back is no part", () => {
  expect(percents([])).toEqual([]);
  expect(percents([0, 0])).toEqual([0, 0]);
  expect(percents([-500, 100])).toEqual([0, 100]);
});

test("the largest first, and the small ones together as the rest", () => {
  const found = slices([row("a", 10), row("b", 50), row("c", 30), row("d", 6), row("e", 4)], 3);
  expect(found.map((each) => each.key)).toEqual(["b", "c", "a", "rest"]);
  expect(found.at(-1)).toMatchObject({ amountFen: 10, lines: 2, rest: true, colour: 6, percent: 10 });
  expect(found[0]).toMatchObject({ length: 1, percent: 50 });
});

test("one single kind is never hidden as the rest", () => {
  expect(slices([row("a", 4), row("b", 3), row("c", 2), row("d", 1)], 3).map((each) => each.key)).toEqual([
    "a",
    "b",
    "c",
    "d",
  ]);
});

test("lines without an account have no name, and empty kinds no bar", () => {
  const found = slices(
    [{ account_code: null, account_plain_name: null, amount_fen: 9, line_count: 2 }, row("z", 0)],
    6,
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ name: null, rest: false, percent: 100 });
});
