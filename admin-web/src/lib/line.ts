// Whether the server answers. All that is sent tells it (lib/api.ts), and so does the stream of changes (lib/live.ts).
// One failure may be chance: a question of its own settles the doubt. While nothing answers, it is asked again and again.
import { useSyncExternalStore } from "react";

export type Line =
  | { cut: false }
  /** Nothing has answered since then, by our own clock. */
  | { cut: true; since: number };

/** While it is cut, asked again after so long at first, and after so long at most. */
const AGAIN_MS = 2_000;
const AGAIN_MOST_MS = 10_000;
/** A page that is looked at and has heard nothing for so long asks. */
const SILENCE_MS = 45_000;
const LOOK_MS = 15_000;

const WHOLE: Line = { cut: false };
let line: Line = WHOLE;
let heardAt = Date.now();
let ask: (() => Promise<boolean>) | null = null;
let asking = false;
let wait = AGAIN_MS;
let again: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();

export const currentLine = (): Line => line;

/** Tells of every cut and of every return. */
export function onLine(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLine = (): Line => useSyncExternalStore(onLine, currentLine);

function become(next: Line): void {
  line = next;
  for (const listener of listeners) listener();
}

function rest(): void {
  if (again !== null) clearTimeout(again);
  again = null;
}

/** The server said something, whatever it was. */
export function heard(): void {
  heardAt = Date.now();
  if (!line.cut) return;
  rest();
  wait = AGAIN_MS;
  become(WHOLE);
}

async function askNow(): Promise<void> {
  if (ask === null || asking) return;
  rest();
  asking = true;
  const answered = await ask();
  asking = false;
  if (answered) return heard();
  if (!line.cut) become({ cut: true, since: heardAt });
  again = setTimeout(() => void askNow(), wait);
  wait = Math.min(wait * 1.5, AGAIN_MOST_MS);
}

/** Something did not get through. */
export function doubt(): void {
  if (!line.cut) void askNow();
}

/** Watches the line until told to stop; `question` says whether the server answered it. */
export function watchLine(question: () => Promise<boolean>): () => void {
  ask = question;
  const look = setInterval(() => {
    if (!document.hidden && Date.now() - heardAt > SILENCE_MS) doubt();
  }, LOOK_MS);
  // The browser's own word is a hint: it may be wrong about yes.
  const hint = () => void askNow();
  const seen = () => {
    if (line.cut && !document.hidden) void askNow();
  };
  window.addEventListener("online", hint);
  window.addEventListener("offline", hint);
  document.addEventListener("visibilitychange", seen);
  return () => {
    ask = null;
    clearInterval(look);
    rest();
    window.removeEventListener("online", hint);
    window.removeEventListener("offline", hint);
    document.removeEventListener("visibilitychange", seen);
  };
}
