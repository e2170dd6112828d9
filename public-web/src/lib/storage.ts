// The phone's own store. It may be missing, full or forbidden (private windows, old WebViews): then the page
// works all the same and only forgets.

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}

/** Erases every answer of the server that was saved for reading without a network. */
export function purgeSaved(): void {
  if (!("caches" in globalThis)) return;
  caches
    .keys()
    .then((names) =>
      Promise.all(names.filter((name) => name.includes("api")).map((name) => caches.delete(name))),
    )
    .catch(() => undefined);
}
