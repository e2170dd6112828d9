// Searching as people type: wide and narrow letters, capitals and spaces make no difference.

export const fold = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, "");

/** Whether every word of the wish is found somewhere in the texts. */
export function matches(wish: string, texts: readonly (string | null | undefined)[]): boolean {
  const words = wish
    .split(/[\s,，、]+/u)
    .map(fold)
    .filter(Boolean);
  if (words.length === 0) return true;
  const whole = texts.map((text) => fold(text ?? "")).join("\n");
  return words.every((word) => whole.includes(word));
}
