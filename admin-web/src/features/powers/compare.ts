// Two versions of an item, field by field and step by step: what stands in both, what is gone, what is new.
import type { Item, Step } from "./item";

/** A line of one side. What differs within it stands in the middle; a whole line that is gone or new has only that. */
export interface Line {
  mark: "same" | "gone" | "new";
  head: string;
  middle: string;
  tail: string;
}

export interface Row {
  key: string;
  /** A field, or a step by its place before and after; nowhere is `null`. */
  what: { field: FieldName } | { before: number | null; after: number | null };
  before: readonly Line[];
  after: readonly Line[];
  changed: boolean;
}

/** A step as people read it, line by line, always as many. */
export type StepTexts = (step: Step) => readonly string[];

/** In the order in which the village's page shows them. */
const TEXTS = [
  "name",
  "category",
  "plain_language",
  "responsible_org",
  "supervising_org",
  "who_can_apply",
  "contact_phone",
] as const;
const LISTS = ["materials", "publicity", "red_lines", "risk_points", "legal_basis"] as const;
export type FieldName = (typeof TEXTS)[number] | (typeof LISTS)[number] | "note";

const whole = (mark: Line["mark"], text: string): Line =>
  mark === "same" ? { mark, head: text, middle: "", tail: "" } : { mark, head: "", middle: text, tail: "" };

/** Where two lists of texts agree, in order and as often as can be: pairs of places. */
export function common(before: readonly string[], after: readonly string[]): [number, number][] {
  const longest = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = longest[i] ?? [];
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** As `common`, and what stands in the same gap in the same number belongs together too: it was rewritten. */
function paired(before: readonly string[], after: readonly string[]): [number | null, number | null][] {
  const found: [number | null, number | null][] = [];
  let [i, j] = [0, 0];
  for (const [toI, toJ] of [...common(before, after), [before.length, after.length] as [number, number]]) {
    if (toI - i === toJ - j) while (i < toI) found.push([i++, j++]);
    while (i < toI) found.push([i++, null]);
    while (j < toJ) found.push([null, j++]);
    if (i < before.length && j < after.length) found.push([i++, j++]);
  }
  return found;
}

/** One text against another: what they begin and end with in common is not marked. */
export function between(before: string, after: string): [Line | null, Line | null] {
  if (before === after) return before === "" ? [null, null] : [whole("same", before), whole("same", after)];
  if (before === "") return [null, whole("new", after)];
  if (after === "") return [whole("gone", before), null];
  const [one, other] = [[...before], [...after]];
  let head = 0;
  while (head < Math.min(one.length, other.length) && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail))
    tail += 1;
  const cut = (mark: "gone" | "new", text: readonly string[]): Line => ({
    mark,
    head: text.slice(0, head).join(""),
    middle: text.slice(head, text.length - tail).join(""),
    tail: text.slice(text.length - tail).join(""),
  });
  return [cut("gone", one), cut("new", other)];
}

const there = (line: Line | null): Line[] => (line === null ? [] : [line]);

function sides(pairs: readonly [string | null, string | null][]): Pick<Row, "before" | "after" | "changed"> {
  const lines = pairs.map(([before, after]) => between(before ?? "", after ?? ""));
  return {
    before: lines.flatMap(([line]) => there(line)),
    after: lines.flatMap(([, line]) => there(line)),
    changed: pairs.some(([before, after]) => (before ?? "") !== (after ?? "")),
  };
}

const listOf = (item: Item, field: (typeof LISTS)[number]): readonly string[] =>
  field === "publicity"
    ? (item.publicity ?? []).map(({ what, min_days }) => `${what} · ${min_days}`)
    : (item[field] ?? []);

function listRow(field: (typeof LISTS)[number], before: Item, after: Item): Row {
  const [one, other] = [listOf(before, field), listOf(after, field)];
  const pairs = paired(one, other).map(([i, j]): [string | null, string | null] => [
    i === null ? null : (one[i] ?? null),
    j === null ? null : (other[j] ?? null),
  ]);
  return { key: field, what: { field }, ...sides(pairs) };
}

function textRow(field: (typeof TEXTS)[number] | "note", before: Item, after: Item): Row {
  return { key: field, what: { field }, ...sides([[before[field] ?? "", after[field] ?? ""]]) };
}

function stepRows(before: Item, after: Item, texts: StepTexts): Row[] {
  const names = (item: Item) => item.steps.map(({ name }) => name);
  return paired(names(before), names(after)).map(([i, j]): Row => {
    const [one, other] = [i === null ? undefined : before.steps[i], j === null ? undefined : after.steps[j]];
    const [old, now] = [one === undefined ? [] : texts(one), other === undefined ? [] : texts(other)];
    const pairs = Array.from(
      { length: Math.max(old.length, now.length) },
      (_, at): [string | null, string | null] => [old[at] ?? null, now[at] ?? null],
    );
    const place = (at: number | null) => (at === null ? null : at + 1);
    return { key: `step ${i} ${j}`, what: { before: place(i), after: place(j) }, ...sides(pairs) };
  });
}

export function compare(before: Item, after: Item, texts: StepTexts): Row[] {
  return [
    ...TEXTS.map((field) => textRow(field, before, after)),
    ...stepRows(before, after, texts),
    ...LISTS.map((field) => listRow(field, before, after)),
    textRow("note", before, after),
  ].filter((row) => row.before.length + row.after.length > 0);
}
