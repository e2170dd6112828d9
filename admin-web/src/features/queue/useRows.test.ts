import { expect, test } from "vitest";
import { inView, ROW } from "./useRows";

test("what is on the screen is drawn, with a margin, and never more than there is", () => {
  expect(inView(200, 900, 500)).toEqual([0, 30]);
  const [from, to] = inView(-250 * ROW, 900, 500);
  expect(from).toBeLessThanOrEqual(250 - 12);
  expect(to).toBeGreaterThanOrEqual(250 + Math.ceil(900 / ROW));
  expect(to - from).toBeLessThan(60);
  expect(inView(-490 * ROW, 900, 500)[1]).toBe(500);
  // A short list is drawn whole.
  expect(inView(-40 * ROW, 900, 60)).toEqual([0, 60]);
});
