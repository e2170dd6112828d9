// Whether this tab left in a hurry, and somebody now steps back into it. Read by the first script already.
import { forgetInTab, recallInTab } from "./storage";

export const LEFT = "ydt.left";
/** Needs no network and tells nobody anything; the address of this web is gone from the bar with it. */
export const NEUTRAL = "about:blank";

function steppedBack(): boolean {
  const [entry] = performance.getEntriesByType?.("navigation") ?? [];
  const type = (entry as PerformanceNavigationTiming | undefined)?.type;
  return type === undefined ? performance.navigation?.type === 2 : type === "back_forward";
}

/** Sends on whoever steps back into what was left; whoever comes anew is let in. */
export function turnAway(): boolean {
  if (recallInTab(LEFT) === null) return false;
  if (!steppedBack()) {
    forgetInTab(LEFT);
    return false;
  }
  location.replace(NEUTRAL);
  return true;
}
