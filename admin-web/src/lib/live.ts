// Hears from the server when something in the queue changes, and asks for it then. One tab listens for all of this
// browser; what it hears it passes on. While nobody hears, pages ask again by themselves more often.
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { staffEvents } from "./api";
import { doubt, heard } from "./line";
import { ApiError } from "./problem";

/** Asked again this often where nobody hears of changes (of what is no case nobody ever does), and where somebody does. */
export const DEAF_MS = 15_000;
const HEARING_MS = 60_000;
/** After something went wrong. */
const AGAIN_MS = 5_000;
const ELSEWHERE_MS = 120_000;
/** Many changes at once are one. */
const TOGETHER_MS = 300;
/** The server is never silent for longer than a quarter of a minute; another tab that listens passes that on. */
const SILENCE_MS = 40_000;

const TABS = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("ydt-events");
const PATHS = ["complaints", "identity-requests", "proposals", "dashboard"].map(
  (room) => `/api/v1/admin/${room}`,
);

let hearing = false;
const listeners = new Set<() => void>();

function setHearing(next: boolean): void {
  if (hearing === next) return;
  hearing = next;
  for (const listener of listeners) listener();
}

const isHearing = (): boolean => hearing;
function onHearing(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How often a page about cases asks again by itself. */
export const useRenewMs = (): number => (useSyncExternalStore(onHearing, isHearing) ? HEARING_MS : DEAF_MS);

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** What the server says, given up once it is silent for too long: a line may be cut without anybody being told. */
async function* attentive(signal: AbortSignal): AsyncGenerator<string> {
  const own = new AbortController();
  const end = () => own.abort();
  signal.addEventListener("abort", end);
  let silence = setTimeout(end, SILENCE_MS);
  try {
    for await (const event of staffEvents(own.signal)) {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
      heard();
      yield event;
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", end);
  }
}

/** Whether something may have happened while nobody listened. */
let missed = false;

/** Listens until told to stop. The stream ends with its token; it is begun again with the next. */
async function listen(signal: AbortSignal, onChange: () => void): Promise<void> {
  while (!signal.aborted) {
    let wait = 0;
    try {
      for await (const event of attentive(signal)) {
        if (event === "elsewhere") {
          // This account listens in too many browsers: here it asks by itself for a while.
          wait = ELSEWHERE_MS;
          setHearing(false);
          continue;
        }
        setHearing(true);
        TABS?.postMessage("alive");
        // After a pause nobody knows what was missed.
        if (event === "changed" || (event === "ready" && missed)) {
          onChange();
          TABS?.postMessage("changed");
        }
      }
      missed = true;
    } catch (thrown) {
      missed = true;
      wait = thrown instanceof ApiError && thrown.retryAfter !== null ? thrown.retryAfter * 1000 : AGAIN_MS;
      setHearing(false);
      // What was refused was answered; what broke off was not.
      if (!signal.aborted && !(thrown instanceof ApiError && thrown.status > 0)) {
        doubt();
        TABS?.postMessage("broken");
      }
    }
    if (!signal.aborted) await rest(Math.max(wait, TOGETHER_MS), signal);
  }
}

/** Keeps what the pages show of cases fresh, as long as somebody who reads them is logged in. */
export function keepFresh(queries: QueryClient): () => void {
  const end = new AbortController();
  let soon: ReturnType<typeof setTimeout> | null = null;
  let alive: ReturnType<typeof setTimeout> | null = null;
  const renew = () => {
    soon ??= setTimeout(() => {
      soon = null;
      void queries.invalidateQueries({
        predicate: ({ queryKey: [, path] }) =>
          typeof path === "string" && PATHS.some((one) => path.startsWith(one)),
      });
    }, TOGETHER_MS);
  };
  const fromOtherTab = ({ data }: MessageEvent) => {
    if (data === "broken") return doubt();
    heard();
    if (data === "changed") renew();
    setHearing(true);
    if (alive !== null) clearTimeout(alive);
    alive = setTimeout(() => setHearing(false), SILENCE_MS);
  };
  TABS?.addEventListener("message", fromOtherTab);
  const work = () => listen(end.signal, renew);
  // Whoever holds the lock listens for all tabs; when that tab goes, the next takes over.
  if (navigator.locks === undefined) void work();
  else navigator.locks.request("ydt-events", { signal: end.signal }, work).catch(() => undefined);
  return () => {
    end.abort();
    TABS?.removeEventListener("message", fromOtherTab);
    if (soon !== null) clearTimeout(soon);
    if (alive !== null) clearTimeout(alive);
    setHearing(false);
  };
}
