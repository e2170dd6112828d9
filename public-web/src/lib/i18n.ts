// Two languages, each feature with its own small dictionary, so that words travel with the chunk that says
// them. Chinese is the first; English says the same.
import type { Language } from "@yidiantong/client";
import { keep, recall } from "./storage";
import { createStore, useStore } from "./store";

export type { Language };

/** A feature's words. A word with a gap is a function, so that no text is glued together in a page. */
export type Dictionary<T> = Readonly<{ zh: T; en: NoInfer<T> }>;

const KEY = "ydt.language";
const store = createStore<Language>(recall(KEY) === "en" ? "en" : "zh");

export const language = (): Language => store.get();
export const useLanguage = (): Language => useStore(store);

/** The words of this dictionary in the reader's language; the page follows a switch at once. */
export function useWords<T>(words: Dictionary<T>): T {
  return words[useLanguage()];
}

export function applyLanguage(): void {
  document.documentElement.lang = store.get() === "en" ? "en" : "zh-CN";
}

export function setLanguage(next: Language): void {
  keep(KEY, next);
  store.set(next);
  applyLanguage();
}
