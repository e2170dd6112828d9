import { expect, test } from "vitest";
import type { QueueItem } from "../../lib/cases";
import { merge, rowsOf, take, whole } from "./settled";

const item = (id: string, excerpt = id) => ({ id, excerpt }) as QueueItem;
const answer = (names: string, more = false) => ({
  key: "x",
  items: [...names].map((name) => item(name)),
  more,
});
/** `a` as it was, `+n` come by itself, `-b` gone. */
const shown = (...args: Parameters<typeof rowsOf>) =>
  rowsOf(...args)
    .map(({ item, gone, isNew }) => `${gone ? "-" : ""}${isNew ? "+" : ""}${item.id}`)
    .join(" ");

test("what is new comes in at its place, what left stays where it was, and every row has its newest words", () => {
  const taken = whole(answer("abcd"));
  const next = {
    ...answer("nacmd"),
    items: [item("n"), item("a"), item("c", "other"), item("m"), item("d")],
  };
  const merged = take(taken, next, true);
  expect(shown(merged, next)).toBe("+n a -b c +m d");
  expect(rowsOf(merged, next)[3]?.item.excerpt).toBe("other");
});

test("two that are new stand in the order of the list, also where several answers bring them", () => {
  const first = merge(whole(answer("ab")), answer("anob"));
  expect(shown(first, answer("anob"))).toBe("a +n +o b");
  const second = merge(first, answer("anpob"));
  expect(shown(second, answer("anpob"))).toBe("a +n +p +o b");
});

test("rows that would change places do not", () => {
  const next = answer("ba");
  expect(shown(take(whole(answer("ab")), next, true), next)).toBe("a b");
});

test("a new list is taken when nobody works in the old one, or another view is asked for", () => {
  const old = whole(answer("ab"));
  const next = answer("na");
  expect(shown(take(old, next, false), next)).toBe("n a");
  const other = { ...next, key: "y" };
  expect(shown(take(old, other, true), other)).toBe("n a");
});

test("a further page is added below what stands, and is nothing new", () => {
  const next = answer("nabcd");
  expect(shown(merge(whole(answer("ab", true)), next), next)).toBe("+n a b c d");
});

test("what new ones push over the end of what was asked for is not gone", () => {
  const next = answer("nab", true);
  expect(shown(merge(whole(answer("abc", true)), next), next)).toBe("+n a b c");
  // Of a list that ends, it is.
  const short = answer("nab");
  expect(shown(merge(whole(answer("abc")), short), short)).toBe("+n a b -c");
  // The last of a list that ends is new like any other.
  const longer = answer("abn");
  expect(shown(merge(whole(answer("ab")), longer), longer)).toBe("a b +n");
});
