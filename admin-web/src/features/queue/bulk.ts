// One action for many cases. What goes to somebody else's desk is held for some seconds first, in which it can be called
// back while the work goes on, on whatever page; then each case is sent with the version that was seen, so that none is
// changed over somebody else's work.
import { useSyncExternalStore } from "react";
import type { QueueItem } from "../../lib/cases";
import type { ApiError } from "../../lib/problem";
import { currentSession } from "../../lib/session";
import { type ActionRequest, actionBody, type FormAction } from "../../ui/acts/actionBody";
import { sendAction } from "../../ui/acts/useAct";

/** What can be called back, and for how many seconds (frontend.md 6.3). */
export const HELD: ReadonlySet<FormAction> = new Set(["assign", "transfer"]);
const HELD_S = 10;

/** Under which what was typed is kept, so that calling it back loses no word. */
export const BULK_DRAFT = "bulk";

export interface Wish {
  action: FormAction;
  items: readonly QueueItem[];
  typed: Readonly<Record<string, unknown>>;
}

export interface Result {
  item: QueueItem;
  error: ApiError | null;
}

/** Sends one case after the other, and tells of each as it is through. */
export async function sendAll(
  { action, items, typed }: Wish,
  onResults: (results: readonly Result[]) => void,
): Promise<readonly Result[]> {
  const body: ActionRequest = actionBody(action, { ...typed });
  const results: Result[] = [];
  for (const item of items) {
    const { error } = await sendAction(item.id, item.version, body);
    results.push({ item, error });
    onResults([...results]);
  }
  return results;
}

export type Held =
  | { phase: "none" }
  /** So many seconds are left to call it back. */
  | { phase: "waiting"; wish: Wish; left: number }
  | { phase: "sending"; wish: Wish; results: readonly Result[] }
  | { phase: "done"; wish: Wish; results: readonly Result[] };

const NONE: Held = { phase: "none" };
let held: Held = NONE;
let clock: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

function become(next: Held): void {
  held = next;
  for (const listener of listeners) listener();
}

function stopClock(): void {
  if (clock !== null) clearInterval(clock);
  clock = null;
}

export const currentHeld = (): Held => held;
export function onHeld(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export const useHeld = (): Held => useSyncExternalStore(onHeld, currentHeld);

/** Begins to wait; what waited before goes out now. */
export function hold(wish: Wish): void {
  if (held.phase === "waiting") sendHeld();
  become({ phase: "waiting", wish, left: HELD_S });
  const who = currentSession();
  clock = setInterval(() => {
    if (held.phase !== "waiting") return stopClock();
    // Whoever has left sends nothing any more.
    const now = currentSession();
    if (now.status === "out" || ("staff" in now && "staff" in who && now.staff.id !== who.staff.id)) {
      return callBack();
    }
    if (held.left <= 1) sendHeld();
    else become({ ...held, left: held.left - 1 });
  }, 1000);
}

/** Nothing has happened, and nothing will. */
export function callBack(): void {
  stopClock();
  if (held.phase === "waiting") become(NONE);
}

export function sendHeld(): void {
  if (held.phase !== "waiting") return;
  stopClock();
  const { wish } = held;
  become({ phase: "sending", wish, results: [] });
  void sendAll(wish, (results) => {
    if (held.phase === "sending" && held.wish === wish) become({ phase: "sending", wish, results });
  }).then((results) => become({ phase: "done", wish, results }));
}

/** What became of it was seen. */
export function seenHeld(): void {
  if (held.phase === "done") become(NONE);
}
