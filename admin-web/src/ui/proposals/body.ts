// A proposal keeps what was sent as it was sent; here it is read back, and what cannot be read stays out.
import type { LineDiff } from "../LineChanges";

export type Body = Readonly<Record<string, unknown>>;

export const text = (body: Body, key: string): string | null => {
  const value = body[key];
  return typeof value === "string" && value !== "" ? value : null;
};

export const number = (body: Body, key: string): number | null => {
  const value = body[key];
  return typeof value === "number" ? value : null;
};

export const list = (body: Body, key: string): readonly unknown[] => {
  const value = body[key];
  return Array.isArray(value) ? value : [];
};

export const isBody = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What another version of a table changes; `null` where nothing of the kind stands there. */
export function diffOf(value: unknown): LineDiff | null {
  if (!isBody(value)) return null;
  const cells = (of: Body, key: string) =>
    list(of, key)
      .filter(isBody)
      .map((cell) => ({
        name: text(cell, "name") ?? "",
        heading: text(cell, "heading") ?? "",
        text: text(cell, "text") ?? "",
        before: text(cell, "before") ?? "",
        after: text(cell, "after") ?? "",
      }));
  const oneSided = (key: string) =>
    list(value, key)
      .filter(isBody)
      .map((line) => ({ no: number(line, "no") ?? 0, cells: cells(line, "cells") }));
  const count = (name: string) => number(value, `${name}_count`) ?? 0;
  return {
    added_count: count("added"),
    removed_count: count("removed"),
    changed_count: count("changed"),
    balances: cells(value, "balances"),
    added: oneSided("added"),
    removed: oneSided("removed"),
    changed: list(value, "changed")
      .filter(isBody)
      .map((line) => ({
        before_no: number(line, "before_no") ?? 0,
        after_no: number(line, "after_no") ?? 0,
        cells: cells(line, "cells"),
      })),
  };
}

export interface Day {
  date: string;
  kind: string;
  name: string;
}

export const days = (body: Body): Day[] =>
  list(body, "days")
    .filter(isBody)
    .flatMap((day) => {
      const [date, kind] = [text(day, "date"), text(day, "kind")];
      return date === null || kind === null ? [] : [{ date, kind, name: text(day, "name") ?? "" }];
    });

/** Office hours as people say them: `09:00–12:00、13:30–17:00`. */
export const hours = (value: unknown): string | null => {
  if (!Array.isArray(value) || value.length === 0) return null;
  const ranges = value.filter((one): one is unknown[] => Array.isArray(one));
  return ranges.map((range) => range.map(String).join("–")).join("、");
};
