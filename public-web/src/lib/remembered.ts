// What this phone keeps of its reader's wishes, as plain values: read by the first script, before anything
// else has come, and by the pages.
import { recall } from "./storage";

export const TEXT_SIZES = [18, 22, 26, 30] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export interface Village {
  code: string;
  name: string;
}

export const KEYS = { size: "ydt.text", village: "ydt.village", language: "ydt.language" } as const;

export function readTextSize(saved: string | null): TextSize {
  return TEXT_SIZES.find((size) => String(size) === saved) ?? TEXT_SIZES[0];
}

export function readVillage(saved: string | null): Village | null {
  const match = /^(\d{12}) (.{1,60})$/u.exec(saved ?? "");
  return match?.[1] === undefined || match[2] === undefined ? null : { code: match[1], name: match[2] };
}

export const rememberedSize = (): TextSize => readTextSize(recall(KEYS.size));
export const rememberedVillage = (): Village | null => readVillage(recall(KEYS.village));
export const rememberedLanguage = (): "zh" | "en" => (recall(KEYS.language) === "en" ? "en" : "zh");

/** Puts a text size on the page: everything is measured in rem. */
export function dressRoot(size: TextSize, language: "zh" | "en"): void {
  const root = document.documentElement;
  root.dataset.text = String(size);
  root.classList.toggle("elder", size >= 22);
  root.lang = language === "en" ? "en" : "zh-CN";
}

/**
 * Where `/` leads: to the village this phone looked at last, unless its reader wants to choose another
 * (`?find`). `?to=` names the place within the village that was asked for before one was known.
 */
export function onwardFrom(own: Village | null, query: Readonly<Record<string, string>>): string | null {
  return own === null || "find" in query ? null : villagePath(own.code, query.to);
}

export function villagePath(code: string, place: string | undefined): string {
  if (place === "new") return `/new?village=${code}`;
  return place === "accounts" || place === "powers" ? `/v/${code}/${place}` : `/v/${code}`;
}
