// What this phone remembers of its reader's wishes: how large the text is, and which village.
import { language } from "./i18n";
import {
  dressRoot,
  KEYS,
  onwardFrom,
  rememberedSize,
  rememberedVillage,
  type TextSize,
  type Village,
} from "./remembered";
import { forget, keep, recall } from "./storage";
import { createStore, useStore } from "./store";

const size = createStore<TextSize>(rememberedSize());
const village = createStore<Village | null>(rememberedVillage());
// Offered once: whoever has chosen a size, or waved the offer away, is not asked again.
const offer = createStore(recall(KEYS.size) === null);

export const useTextSize = (): TextSize => useStore(size);
export const useVillage = (): Village | null => useStore(village);
export const useSizeOffer = (): boolean => useStore(offer);
export const currentVillage = (): Village | null => village.get();
/** Hears of another village of one's own. */
export const onVillage = (listener: () => void): (() => void) => village.subscribe(listener);
export const currentTextSize = (): TextSize => size.get();
export { TEXT_SIZES, type TextSize, type Village, villagePath } from "./remembered";

export function setTextSize(next: TextSize): void {
  keep(KEYS.size, String(next));
  size.set(next);
  offer.set(false);
  dressRoot(next, language());
}

export function rememberVillage(next: Village): void {
  const now = village.get();
  if (now?.code === next.code && now.name === next.name) return;
  keep(KEYS.village, `${next.code} ${next.name}`);
  village.set(next);
}

export function forgetVillage(): void {
  forget(KEYS.village);
  village.set(null);
}

/** Where `/` leads somebody who has a village already. */
export const ownVillagePath = (query: Readonly<Record<string, string>>): string | null =>
  onwardFrom(village.get(), query);
