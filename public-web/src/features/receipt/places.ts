// The level a case is at, and the one above it, as people there say them.
import type { Language } from "../../lib/i18n";
import { type Level, levelOfRung, levelWord } from "../../lib/levels";
import { hasRisen } from "./timeline";
import type { Around, Case } from "./useCase";

export const LADDER: readonly Level[] = ["township", "county", "city"];

export const placeOf = (around: Around, level: Level, language: Language): string =>
  levelWord(around.region?.path ?? [], level, language);

/** The level above the highest reached, or `null` at the top. */
export function above(rung: number): Level | null {
  return LADDER[LADDER.indexOf(levelOfRung(rung)) + 1] ?? null;
}

/**
 * Who takes it over when it goes one level up, by name where that is certain: a case that climbed because it
 * was late has reached a level that need not be the one which supervises it.
 */
export function upperPlace(open: Case, language: Language, otherwise: string): string {
  const upper = above(open.view.level);
  return upper === null || hasRisen(open.view) ? otherwise : placeOf(open.around, upper, language);
}
