// What a page shows while it waits, and when waiting was in vain. Every page goes through here, so that none
// forgets a state.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useLanguage } from "./i18n";
import { useTurn } from "./line";
import { Problem } from "./problem";

const SKELETON_AFTER_MS = 400;
const SLOW_AFTER_MS = 5_000;

export type Load<T> =
  /** `shown`: long enough to draw a skeleton; `slow`: long enough to say a word about it. */
  | { state: "loading"; shown: boolean; slow: boolean }
  | { state: "ready"; data: T }
  | { state: "failed"; problem: Problem; retry: () => void }
  | { state: "offline"; problem: Problem; retry: () => void };

type Kept<T> = { key: string } & (
  | { state: "loading"; shown: boolean; slow: boolean }
  | { state: "ready"; data: T }
  | { state: "failed"; problem: Problem }
);

interface Begun<T> {
  key: string;
  value: T | Promise<T>;
}

/**
 * Runs `load` at the first drawing and whenever `deps` or the language change. Give it plain values as
 * `deps` (codes, ids): they are compared as text.
 */
export function useLoad<T>(load: () => T | Promise<T>, deps: readonly (string | number | null)[]): Load<T> {
  const language = useLanguage();
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify([...deps, language, attempt]);
  const begun = useRef<Begun<T> | null>(null);
  const [kept, setKept] = useState<Kept<T> | null>(null);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);

  if (begun.current?.key !== key) {
    const value = load();
    // Without a line it fails before this page is drawn and listens: no fault that nobody hears of.
    if (value instanceof Promise) value.catch(() => undefined);
    begun.current = { key, value };
  }
  const present = kept?.key === key ? kept : first(key, begun.current.value);

  useEffect(() => {
    const value = begun.current?.value;
    if (!(value instanceof Promise)) return;
    let gone = false;
    const put = (next: Kept<T>) => !gone && setKept(next);
    const shown = setTimeout(
      () => put({ key, state: "loading", shown: true, slow: false }),
      SKELETON_AFTER_MS,
    );
    const slow = setTimeout(() => put({ key, state: "loading", shown: true, slow: true }), SLOW_AFTER_MS);
    const settle = () => {
      clearTimeout(shown);
      clearTimeout(slow);
    };
    value.then(
      (data) => {
        settle();
        put({ key, state: "ready", data });
      },
      (reason: unknown) => {
        settle();
        put({ key, state: "failed", problem: reason instanceof Problem ? reason : new Problem("server") });
      },
    );
    return () => {
      gone = true;
      settle();
    };
  }, [key]);

  // What is on the page is old, and there may be a line again: asked anew, with the old in sight until the new is here.
  const turn = useTurn();
  const drawn = useRef({ turn, load });
  drawn.current.load = load;
  useEffect(() => {
    if (drawn.current.turn === turn) return;
    drawn.current.turn = turn;
    let gone = false;
    Promise.resolve(drawn.current.load()).then(
      (data) => !gone && setKept({ key, state: "ready", data }),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [turn, key]);

  // The network came back: try again by oneself, once per return.
  const offline = present.state === "failed" && present.problem.kind === "offline";
  useEffect(() => {
    if (!offline) return;
    // It may have come back while this was being drawn.
    if (navigator.onLine) {
      retry();
      return;
    }
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, [offline, retry]);

  if (present.state !== "failed") return present;
  return offline
    ? { state: "offline", problem: present.problem, retry }
    : { state: "failed", problem: present.problem, retry };
}

const first = <T>(key: string, value: T | Promise<T>): Kept<T> =>
  value instanceof Promise
    ? { key, state: "loading", shown: false, slow: false }
    : { key, state: "ready", data: value };
