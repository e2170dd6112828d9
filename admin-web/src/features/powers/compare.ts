// Two versions of an item, field by field and step by step: what stands in both, what is gone, what is new.
import { between, common, type Line } from "../../lib/textDiff";
import type { Item, Step } from "./item";

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
