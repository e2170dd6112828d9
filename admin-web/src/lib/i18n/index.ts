// The words people see. Each feature keeps its own dictionary beside itself: rows of [Chinese, English], with
// `{name}` where a value goes. Words for the API's codes come from @yidiantong/client.
import type { Language } from "@yidiantong/client";
import { useCallback, useSyncExternalStore } from "react";
import { currentLanguage, onLanguage } from "./language";

export type Row = readonly [zh: string, en: string];
export type Values = Readonly<Record<string, string | number>>;
export type Say<Key extends string> = (key: Key, values?: Values) => string;

/** A dictionary; only there to let the compiler know its keys. */
export function dictionary<Key extends string>(rows: Readonly<Record<Key, Row>>): Readonly<Record<Key, Row>> {
  return rows;
}

/** A row in a language, its values filled in. English plurals: `{n|case|cases}` takes the first word for 1. */
export function fill(row: Row, language: Language, values: Values = {}): string {
  const text = language === "en" ? row[1] : row[0];
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (one === undefined || many === undefined) return String(value);
      return Number(value) === 1 ? one : many;
    },
  );
}

export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}

/** `const say = useText(words); say("title", { n: 3 })`. */
export function useText<Key extends string>(rows: Readonly<Record<Key, Row>>): Say<Key> {
  const language = useLanguage();
  return useCallback<Say<Key>>((key, values) => fill(rows[key], language, values), [rows, language]);
}
