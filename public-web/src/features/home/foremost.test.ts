import { expect, test } from "vitest";
import { foremost } from "./foremost";

test("what is asked for most stands first, whatever the list's order", () => {
  const list = (...codes: string[]) => codes.map((code) => ({ code }));
  const shown = (items: { code: string }[]) => foremost(items, 3).map(({ code }) => code);
  expect(shown(list("votes", "seal-use", "homestead", "works", "relief-application"))).toEqual([
    "homestead",
    "relief-application",
    "seal-use",
  ]);
  expect(shown(list("a", "b", "homestead", "c"))).toEqual(["homestead", "a", "b"]);
  expect(shown(list("a"))).toEqual(["a"]);
});
