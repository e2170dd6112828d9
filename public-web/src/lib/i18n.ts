// Two languages, each feature with its own small dictionary, so that words travel with the chunk that says
// them. Chinese is the first; English says the same.
import type { Language } from "@yidiantong/client";
import { KEYS, rememberedLanguage } from "./remembered";
import { keep } from "./storage";
import { createStore, useStore } from "./store";

export type { Language };

/** A feature's words. A word with a gap is a function, so that no text is glued together in a page. */
export type Dictionary<T> = Readonly<{ zh: T; en: NoInfer<T> }>;

const store = createStore<Language>(rememberedLanguage());

export const language = (): Language => store.get();
export const useLanguage = (): Language => useStore(store);

/** The words of this dictionary in the reader's language; the page follows a switch at once. */
export function useWords<T>(words: Dictionary<T>): T {
  return words[useLanguage()];
}

/** What it does or is, and to what: `全部：办事清单`. */
export const labelled = (what: string, of: string): string =>
  `${what}${store.get() === "en" ? ": " : "："}${of}`;

export function setLanguage(next: Language): void {
  keep(KEYS.language, next);
  store.set(next);
  document.documentElement.lang = next === "en" ? "en" : "zh-CN";
}
