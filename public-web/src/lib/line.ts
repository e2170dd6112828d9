// How the line is, as the answers tell: whether what is shown was kept on this phone, and since when. While old things
// are shown they are asked for again from time to time, for a line may come back without a word.
import { type FromWorker, KEPT_SINCE } from "./apart";
import { createStore, useStore } from "./store";

const AGAIN_AFTER_MS = 20_000;
/** A page asks for several things at once; so long after the first new answer an old one may still come. */
const SETTLES_MS = 600;
const READS_NOTED = 40;

interface Old {
  /** The page that shows it. */
  path: string;
  /** Of the oldest thing shown (RFC 3339). */
  since: string;
}

const old = createStore<Old | null>(null);
/** Counts the times that what is shown is to be asked for again. */
const turn = createStore(0);
const reads = new Set<string>();
let again: ReturnType<typeof setTimeout> | undefined;

/** Since when this phone has kept that answer; `null` if it comes from the server. */
export const keptSince = (response: Response): string | null => response.headers.get(KEPT_SINCE);

/** Whether everything was asked for again, and nothing has said yet how old it is. */
let asking = false;
let settling: ReturnType<typeof setTimeout> | undefined;

function stopSettling(): void {
  clearTimeout(settling);
  settling = undefined;
}

/** An answer that this phone had kept. */
export function noteOld(since: string): void {
  const { pathname: path } = location;
  const before = asking ? null : old.get();
  asking = false;
  stopSettling();
  const oldest = before?.path === path && before.since < since ? before.since : since;
  const shown = old.get();
  // The same words again would be read out again.
  if (shown?.path !== path || shown.since !== oldest) old.set({ path, since: oldest });
  askLater();
}

/** An answer from the server itself. When it is the only kind that comes, nothing on the page is old any more. */
export function noteNew(): void {
  if (!asking) return;
  settling ??= setTimeout(() => {
    stopSettling();
    asking = false;
    old.set(null);
    clearTimeout(again);
    again = undefined;
  }, SETTLES_MS);
}

function askLater(): void {
  again ??= setTimeout(() => {
    again = undefined;
    if (document.visibilityState === "visible") freshen();
  }, AGAIN_AFTER_MS);
}

/** Asks for everything on the page again if any of it is old. */
export function freshen(): void {
  if (old.get() === null) return;
  clearTimeout(again);
  again = undefined;
  asking = true;
  // Should nobody answer at all.
  askLater();
  turn.set(turn.get() + 1);
}

export const useTurn = (): number => useStore(turn);

/** Since when what this page shows has been kept; `null` while all of it is from the server. */
export function useOld(): string | null {
  const found = useStore(old);
  return found !== null && found.path === location.pathname ? found.since : null;
}

/** What was read while no worker was there to keep it. */
export function noteRead(url: string): void {
  if (!("serviceWorker" in navigator) || navigator.serviceWorker.controller !== null) return;
  if (reads.size < READS_NOTED) reads.add(url);
}

export function takeReads(): string[] {
  const all = [...reads];
  reads.clear();
  return all;
}

/** Hears when the line is back; called once. */
export function watchLine(): void {
  addEventListener("online", freshen);
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && freshen());
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if ((event.data as FromWorker | null)?.ydt === "fresh") freshen();
  });
}
