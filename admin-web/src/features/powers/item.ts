// An item as a form holds it: lists are text, a line an entry.
import type { AdminComponents } from "@yidiantong/client";

export type Item = AdminComponents["schemas"]["PowerItem"];
export type Step = AdminComponents["schemas"]["PowerStep"];
export type Kind = AdminComponents["schemas"]["PowerListKind"];

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

/** `中标单位 15`: what is posted, and for how many days; without a number the server says that it is missing. */
function posting(line: string): { what: string; min_days: number } {
  const [, what = line, days = "0"] = /^(.*\S)\s+(\d+)\s*天?$/.exec(line) ?? [];
  return { what, min_days: Number(days) };
}

/** The item that the form says. A red line keeps its kind while its words stay. */
export function itemOf(typed: Typed, steps: readonly Step[], before: Item): Item {
  const red = lines(typed.red_lines);
  const kinds = new Map((before.red_lines ?? []).map((text, at) => [text, before.red_line_kinds?.[at]]));
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
    ...(before.red_line_kinds === undefined || before.red_line_kinds.length === 0
      ? {}
      : { red_line_kinds: red.map((text) => kinds.get(text) ?? "other") }),
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
