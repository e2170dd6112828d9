// What the first script does with what an earlier document of this tab left behind: whoever steps back into a tab that
// was left in a hurry is turned away, and an opened receipt outlives nothing but the reload of its own page.
import { forgetInTab, recallInTab } from "./storage";

export const LEFT = "ydt.left";
/** Needs no network and tells nobody anything; the address of this web is gone from the bar with it. */
export const NEUTRAL = "about:blank";

/** In this tab alone, what its reload needs of the receipt it shows (see `filed.ts`). */
export const OPENED = "ydt.opened";

/** By the older of the two interfaces a reload is 1, a step back 2. */
function came(way: "reload" | "back_forward"): boolean {
  const [entry] = performance.getEntriesByType?.("navigation") ?? [];
  const type = (entry as PerformanceNavigationTiming | undefined)?.type;
  return type === undefined ? performance.navigation?.type === (way === "reload" ? 1 : 2) : type === way;
}

/** Sends on whoever steps back into what was left; whoever comes anew is let in. */
export function turnAway(): boolean {
  if (location.pathname !== "/receipt" || !came("reload")) forgetInTab(OPENED);
  if (recallInTab(LEFT) === null) return false;
  if (!came("back_forward")) {
    forgetInTab(LEFT);
    return false;
  }
  location.replace(NEUTRAL);
  return true;
}
