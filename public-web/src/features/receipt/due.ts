// How much time is left, and how it looks: by word and shape as well as by colour.
import { promised, type Receipt } from "./timeline";
import type { words } from "./words";

export type Urgency = "in_time" | "soon" | "late";

export interface Due {
  /** Working days; negative when late. */
  left: number;
  /** The last day in time. */
  date: string;
  since: string;
  urgency: Urgency;
  /** How much of the time has passed, 0 to 1. */
  passed: number;
  paused: boolean;
  /** The date may still move: a year on the way has no announced calendar. */
  provisional: boolean;
}

/** The clock that runs for the villager, or `null` when none does. `now` is the case clock's. */
export function dueOf(receipt: Receipt, now: number): Due | null {
  const timer = promised(receipt);
  const left = receipt.working_days_left;
  if (timer === null || timer.stopped_at || left === null || left === undefined) return null;
  const [from, to] = [Date.parse(timer.started_at), Date.parse(timer.due_at)];
  const passed = to > from ? Math.min(1, Math.max(0, (now - from) / (to - from))) : 1;
  const late = timer.breached || now >= to;
  // The light is the worst of all clocks of the units; this word is about the one the villager was told.
  const urgency: Urgency = late ? "late" : left <= soonAt(from, to) ? "soon" : "in_time";
  return {
    left,
    date: timer.due_date,
    since: timer.started_at,
    urgency,
    passed: late ? 1 : passed,
    paused: timer.paused,
    provisional: timer.provisional,
  };
}

/** How much is left, or by how much it is over. */
export function leftWords(due: Due, say: (typeof words)["zh"]): string {
  if (due.paused) return say.paused;
  return due.urgency === "late" ? say.over(Math.abs(due.left)) : say.left(due.left);
}

/** A third of the days, at most three, as the units' own lights turn; of five calendar days, one or two. */
function soonAt(from: number, to: number): number {
  const days = Math.max(1, Math.round((((to - from) / 86_400_000) * 5) / 7));
  return Math.min(3, Math.ceil(days / 3)) - 1;
}
