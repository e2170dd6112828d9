import { expect, test } from "vitest";
import type { QueueItem } from "../../lib/cases";
import { settle, take } from "./settled";

const item = (id: string, excerpt = id) => ({ id, excerpt }) as QueueItem;
const ids = (items: readonly QueueItem[]) => items.map(({ id }) => id).join("");
const list = (...names: string[]) => names.map((name) => item(name));

test("rows keep their places and get their newest words", () => {
  const { rows, changes } = settle(list("a", "b", "c"), [item("n"), item("c", "new"), item("a")]);
  expect(rows.map(({ item, gone }) => `${item.id}${gone ? "-" : ""}`)).toEqual(["a", "b-", "c"]);
  expect(rows[2]?.item.excerpt).toBe("new");
  expect(changes).toBe(2);
  expect(settle(list("a", "b"), list("b", "a")).changes).toBe(0);
});

test("a new list is taken when nobody works in the old one, or another view is asked for", () => {
  const old = { key: "x", pages: 1, items: list("a", "b") };
  const next = { key: "x", pages: 1, items: list("n", "a") };
  expect(take(old, next, true)).toBe(old);
  expect(take(old, next, false)).toBe(next);
  expect(take(old, { ...next, key: "y" }, true).key).toBe("y");
});

test("a further page is added below what stands", () => {
  const old = { key: "x", pages: 1, items: list("a", "b") };
  const next = { key: "x", pages: 2, items: list("n", "a", "b", "c") };
  expect(ids(take(old, next, true).items)).toBe("abc");
});
