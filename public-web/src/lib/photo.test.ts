import { expect, test } from "vitest";
import { fitted } from "./photo";

test("a picture is made smaller in proportion, never larger, and never to nothing", () => {
  expect(fitted(4096, 3072, 2048)).toEqual([2048, 1536]);
  expect(fitted(3072, 4096, 2048)).toEqual([1536, 2048]);
  expect(fitted(640, 480, 2048)).toEqual([640, 480]);
  expect(fitted(12_000, 2, 2048)).toEqual([2048, 1]);
});
