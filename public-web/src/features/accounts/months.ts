// Which month stands beside which: from the published list, so that no step leads to an empty page.

export interface Neighbours<T> {
  here: T | undefined;
  older: T | undefined;
  newer: T | undefined;
}

/** `published` is the newest first. Without a wish the newest is shown. */
export function neighbours<T extends { period: string }>(
  published: readonly T[],
  wished: string | undefined,
): Neighbours<T> {
  const at = wished === undefined ? 0 : published.findIndex((each) => each.period === wished);
  if (at < 0) return { here: undefined, older: undefined, newer: undefined };
  return { here: published[at], older: published[at + 1], newer: at === 0 ? undefined : published[at - 1] };
}
