// The phone's own store. It may be missing, full or forbidden (private windows, old WebViews): then the page
// works all the same and only forgets.

type Which = "localStorage" | "sessionStorage";

/** One of the phone's two stores; asked for each time, because merely naming it may be forbidden. */
function storeOf(which: Which) {
  return {
    recall(key: string): string | null {
      try {
        return globalThis[which].getItem(key);
      } catch {
        return null;
      }
    },
    keep(key: string, value: string): boolean {
      try {
        globalThis[which].setItem(key, value);
        return true;
      } catch {
        return false;
      }
    },
    forget(key: string): void {
      try {
        globalThis[which].removeItem(key);
      } catch {
        // Nothing was kept then.
      }
    },
    forgetAll(): void {
      try {
        const store = globalThis[which];
        for (const key of Object.keys(store)) if (key.startsWith("ydt.")) store.removeItem(key);
      } catch {
        // Nothing was kept then.
      }
    },
  };
}

const phone = storeOf("localStorage");
const tab = storeOf("sessionStorage");

export const { recall, keep, forget } = phone;

/** What outlives a reload of this tab, and nothing more. */
export const { recall: recallInTab, keep: keepInTab, forget: forgetInTab } = tab;

/** Erases everything of this web in both stores of this origin; settings too. */
export function forgetEverything(): void {
  phone.forgetAll();
  tab.forgetAll();
}

/** Erases what this tab alone knows. */
export const forgetTab = (): void => tab.forgetAll();
