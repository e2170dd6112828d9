// Which language the page speaks. Kept in this browser; Chinese until somebody chooses otherwise.
import type { Language } from "@yidiantong/client";

const KEY = "ydt-staff-language";
const listeners = new Set<() => void>();

function remembered(): Language {
  try {
    return localStorage.getItem(KEY) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
}

let language: Language = remembered();

function tellDocument(): void {
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
}

export const currentLanguage = (): Language => language;

export function setLanguage(next: Language): void {
  if (next === language) return;
  language = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // A browser that keeps nothing still changes the language of this page.
  }
  tellDocument();
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

if (typeof document !== "undefined") tellDocument();
