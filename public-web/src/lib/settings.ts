// What this phone remembers of its reader's wishes: how large the text is, and which village.
import { forget, keep, recall } from "./storage";
import { createStore, useStore } from "./store";

export const TEXT_SIZES = [18, 22, 26, 30] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export interface Village {
  code: string;
  name: string;
}

const SIZE_KEY = "ydt.text";
const VILLAGE_KEY = "ydt.village";

export function readTextSize(saved: string | null): TextSize {
  return TEXT_SIZES.find((size) => String(size) === saved) ?? TEXT_SIZES[0];
}

export function readVillage(saved: string | null): Village | null {
  const match = /^(\d{12}) (.{1,60})$/u.exec(saved ?? "");
  return match?.[1] === undefined || match[2] === undefined ? null : { code: match[1], name: match[2] };
}

const size = createStore<TextSize>(readTextSize(recall(SIZE_KEY)));
const village = createStore<Village | null>(readVillage(recall(VILLAGE_KEY)));
// Offered once: whoever has chosen a size, or waved the offer away, is not asked again.
const offer = createStore(recall(SIZE_KEY) === null);

export const useTextSize = (): TextSize => useStore(size);
export const useVillage = (): Village | null => useStore(village);
export const useSizeOffer = (): boolean => useStore(offer);
export const currentVillage = (): Village | null => village.get();

/** Puts the chosen size on the page: everything is measured in rem. */
export function applyTextSize(): void {
  const root = document.documentElement;
  root.dataset.text = String(size.get());
  root.classList.toggle("elder", size.get() >= 22);
}

export function setTextSize(next: TextSize): void {
  keep(SIZE_KEY, String(next));
  size.set(next);
  offer.set(false);
  applyTextSize();
}

export function rememberVillage(next: Village): void {
  const now = village.get();
  if (now?.code === next.code && now.name === next.name) return;
  keep(VILLAGE_KEY, `${next.code} ${next.name}`);
  village.set(next);
}

export function forgetVillage(): void {
  forget(VILLAGE_KEY);
  village.set(null);
}

/**
 * Where `/` leads: to the village this phone looked at last, unless its reader wants to choose another
 * (`?find`). `?to=` names the place within the village that was asked for before one was known.
 */
export function ownVillagePath(query: Readonly<Record<string, string>>): string | null {
  const own = village.get();
  return own === null || "find" in query ? null : villagePath(own.code, query.to);
}

export function villagePath(code: string, place: string | undefined): string {
  return place === "accounts" || place === "powers" ? `/v/${code}/${place}` : `/v/${code}`;
}
