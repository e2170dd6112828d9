// An item as a form holds it: lists are text, a line an entry.
import type { AdminComponents } from "@yidiantong/client";

export type Item = AdminComponents["schemas"]["PowerItem"];
export type Step = AdminComponents["schemas"]["PowerStep"];
export type Kind = AdminComponents["schemas"]["PowerListKind"];
export type RedKind = AdminComponents["schemas"]["RedLineKind"];

/** What a red line may be about, as the regulation sums its bans up. */
export const RED_KINDS = [
  "vote_buying",
  "subsidy_fraud",
  "off_book_funds",
  "sham_bidding",
  "favouritism",
  "enforcement_abuse",
  "other",
] as const satisfies readonly RedKind[];

/** Red lines whose kind somebody chose here, by their words. */
export type ChosenKinds = Readonly<Record<string, RedKind>>;

export interface Typed {
  name: string;
  category: string;
  legal_basis: string;
  responsible_org: string;
  supervising_org: string;
  who_can_apply: string;
  materials: string;
  publicity: string;
  red_lines: string;
  risk_points: string;
  contact_phone: string;
  plain_language: string;
  note: string;
}

export const FIELDS = [
  "name",
  "category",
  "legal_basis",
  "responsible_org",
  "supervising_org",
  "who_can_apply",
  "materials",
  "publicity",
  "red_lines",
  "risk_points",
  "contact_phone",
  "plain_language",
  "note",
] as const satisfies readonly (keyof Typed)[];

export const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export function typedOf(item: Item): Typed {
  return {
    ...item,
    legal_basis: item.legal_basis.join("\n"),
    materials: (item.materials ?? []).join("\n"),
    publicity: (item.publicity ?? []).map(({ what, min_days }) => `${what} ${min_days}`).join("\n"),
    red_lines: (item.red_lines ?? []).join("\n"),
    risk_points: (item.risk_points ?? []).join("\n"),
    contact_phone: item.contact_phone ?? "",
    note: item.note ?? "",
  };
}

const POSTING = /^(.*\S)\s+(\d+)\s*天?$/;

/** `中标单位 15`: what is posted, and for how many days; 0 where nobody has said it yet. */
function posting(line: string): { what: string; min_days: number } {
  const [, what = line, days = "0"] = POSTING.exec(line) ?? [];
  return { what, min_days: Number(days) };
}

/** The first entry that says no number of days, counted from 1. */
export function withoutDays(text: string): number | null {
  const at = lines(text).findIndex((line) => posting(line).min_days === 0);
  return at < 0 ? null : at + 1;
}

/**
 * What each red line is about: as chosen; else as it was, for the same words, or for words rewritten in their place.
 */
export function redKinds(red: readonly string[], before: Item, chosen: ChosenKinds): RedKind[] {
  const old = before.red_lines ?? [];
  const kinds = before.red_line_kinds ?? [];
  const places = old.length === red.length;
  return red.map((text, at) => {
    const known = old.indexOf(text);
    const was = known >= 0 ? known : places ? at : -1;
    return chosen[text] ?? kinds[was] ?? "other";
  });
}

/** The item that the form says. */
export function itemOf(typed: Typed, steps: readonly Step[], before: Item, chosen: ChosenKinds = {}): Item {
  const red = lines(typed.red_lines);
  const kinds = redKinds(red, before, chosen);
  const sorted = (before.red_line_kinds ?? []).length > 0 || kinds.some((kind) => kind !== "other");
  const { red_line_kinds: _kinds, contact_phone: _phone, note: _note, ...rest } = before;
  const phone = typed.contact_phone.trim();
  const note = typed.note.trim();
  return {
    ...rest,
    name: typed.name.trim(),
    category: typed.category.trim(),
    responsible_org: typed.responsible_org.trim(),
    supervising_org: typed.supervising_org.trim(),
    who_can_apply: typed.who_can_apply.trim(),
    plain_language: typed.plain_language.trim(),
    legal_basis: lines(typed.legal_basis),
    materials: lines(typed.materials),
    publicity: lines(typed.publicity).map(posting),
    red_lines: red,
    ...(sorted ? { red_line_kinds: kinds } : {}),
    risk_points: lines(typed.risk_points),
    steps: steps.map((step, at) => ({ ...step, no: at + 1 })),
    ...(phone === "" ? {} : { contact_phone: phone }),
    ...(note === "" ? {} : { note }),
  };
}

/** The same steps with one of them a place higher (-1) or lower (1). */
export function moved(steps: readonly Step[], at: number, by: -1 | 1): Step[] {
  const all = [...steps];
  const [step] = all.splice(at, 1);
  if (step !== undefined) all.splice(at + by, 0, step);
  return all;
}
