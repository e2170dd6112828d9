// The level a case is at, and the one above it, as people there say them.
import type { Language } from "../../lib/i18n";
import { type Level, levelOfRung, levelWord } from "../../lib/levels";
import type { Around } from "./useCase";

export const LADDER: readonly Level[] = ["township", "county", "city"];

export const placeOf = (around: Around, level: Level, language: Language): string =>
  levelWord(around.region?.path ?? [], level, language);

/** The level above the highest reached, or `null` at the top. */
export function above(rung: number): Level | null {
  return LADDER[LADDER.indexOf(levelOfRung(rung)) + 1] ?? null;
}
