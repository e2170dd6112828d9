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
  /** Of the oldest thing shown (RFC 3339); `null` where this phone had only the frame of the page. */
  since: string | null;
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

/** An answer that this phone had kept; `frame` where it is the name above what somebody came for. */
export function noteOld(kept: string, frame: boolean): void {
  const { pathname: path } = location;
  const shown = old.get();
  if (frame) {
    if (shown?.path !== path) old.set({ path, since: null });
    askLater();
    return;
  }
  const before = asking || shown?.path !== path ? null : shown.since;
  asking = false;
  stopSettling();
  const since = before !== null && before < kept ? before : kept;
  // The same words again would be read out again.
  if (shown?.path !== path || shown.since !== since) old.set({ path, since });
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

/** Since when what this page shows has been kept; `null` while all of it is from the server, or nothing is there. */
export const useOld = (): string | null => useHere()?.since ?? null;

/** What this phone had of this page, where there is no line to bring it. */
export function useKeptPart(): "some" | "frame" | null {
  const here = useHere();
  return here === null ? null : here.since === null ? "frame" : "some";
}

function useHere(): Old | null {
  const found = useStore(old);
  return found !== null && found.path === location.pathname ? found : null;
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
