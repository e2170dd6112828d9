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

/** Erases everything of this web in both stores of this origin; settings too. */
export function forgetEverything(): void {
  for (const which of ["localStorage", "sessionStorage"] as const) forgetAll(which);
}

/** Erases what this tab alone knows. */
export const forgetTab = (): void => forgetAll("sessionStorage");

function forgetAll(which: "localStorage" | "sessionStorage"): void {
  try {
    const store = globalThis[which];
    for (const key of Object.keys(store)) if (key.startsWith("ydt.")) store.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}

/** What outlives a reload of this tab, and nothing more. */
export function recallInTab(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keepInTab(key: string, value: string): boolean {
  try {
    sessionStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function forgetInTab(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}
