// Two versions of an item, field by field and step by step: what stands in both, what is gone, what is new.
import { between, common, type Line } from "../../lib/textDiff";
import type { Item, RedKind, Step } from "./item";

export interface Row {
  key: string;
  /** A field, or a step by its place before and after; nowhere is `null`. */
  what: { field: FieldName } | { before: number | null; after: number | null };
  before: readonly Line[];
  after: readonly Line[];
  changed: boolean;
}

/** Parts of an item as people read them. */
export interface Texts {
  /** Line by line, always as many. */
  step: (step: Step) => readonly string[];
  posting: (posting: { what: string; min_days: number }) => string;
  redLine: (line: string, kind: RedKind) => string;
}

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

function listOf(item: Item, field: (typeof LISTS)[number], texts: Texts): readonly string[] {
  if (field === "publicity") return (item.publicity ?? []).map(texts.posting);
  if (field === "red_lines")
    return (item.red_lines ?? []).map((line, at) =>
      texts.redLine(line, item.red_line_kinds?.[at] ?? "other"),
    );
  return item[field] ?? [];
}

function listRow(field: (typeof LISTS)[number], before: Item, after: Item, texts: Texts): Row {
  const [one, other] = [listOf(before, field, texts), listOf(after, field, texts)];
  const pairs = paired(one, other).map(([i, j]): [string | null, string | null] => [
    i === null ? null : (one[i] ?? null),
    j === null ? null : (other[j] ?? null),
  ]);
  return { key: field, what: { field }, ...sides(pairs) };
}

function textRow(field: (typeof TEXTS)[number] | "note", before: Item, after: Item): Row {
  return { key: field, what: { field }, ...sides([[before[field] ?? "", after[field] ?? ""]]) };
}

/** Steps as `paired`, and one that is gone here and new there under the same name was moved. */
function pairedSteps(before: Item, after: Item): { i: number | null; j: number | null; moved: boolean }[] {
  const names = (item: Item) => item.steps.map(({ name }) => name);
  const pairs = paired(names(before), names(after)).map(([i, j]) => ({ i, j, moved: false }));
  for (const pair of pairs) {
    if (pair.i !== null || pair.j === null) continue;
    const name = after.steps[pair.j]?.name;
    const from = pairs.find(({ i, j }) => j === null && i !== null && before.steps[i]?.name === name);
    if (from !== undefined) {
      [pair.i, from.i] = [from.i, null];
      pair.moved = true;
    }
  }
  return pairs.filter(({ i, j }) => i !== null || j !== null);
}

function stepRows(before: Item, after: Item, texts: Texts): Row[] {
  return pairedSteps(before, after).map(({ i, j, moved }): Row => {
    const [one, other] = [i === null ? undefined : before.steps[i], j === null ? undefined : after.steps[j]];
    const [old, now] = [
      one === undefined ? [] : texts.step(one),
      other === undefined ? [] : texts.step(other),
    ];
    const pairs = Array.from(
      { length: Math.max(old.length, now.length) },
      (_, at): [string | null, string | null] => [old[at] ?? null, now[at] ?? null],
    );
    const place = (at: number | null) => (at === null ? null : at + 1);
    const shown = sides(pairs);
    const what = { before: place(i), after: place(j) };
    return { key: `step ${i} ${j}`, what, ...shown, changed: shown.changed || moved };
  });
}

export function compare(before: Item, after: Item, texts: Texts): Row[] {
  return [
    ...TEXTS.map((field) => textRow(field, before, after)),
    ...stepRows(before, after, texts),
    ...LISTS.map((field) => listRow(field, before, after, texts)),
    textRow("note", before, after),
  ].filter((row) => row.before.length + row.after.length > 0);
}
