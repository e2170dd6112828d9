// A fresh code is asked for before sensitive acts. The network layer learns of it from the server, a dialog in the
// shell asks (ui/StepUp.tsx), and what was to be done is sent again.
import { useSyncExternalStore } from "react";

let answer: ((sure: boolean) => void) | null = null;
let asked: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the person proved to be the account's owner; several that ask at once share one question. */
export function askForCode(): Promise<boolean> {
  asked ??= new Promise((resolve) => {
    answer = resolve;
    changed();
  });
  return asked;
}

/** The dialog is done: with a code that was right, or without one. */
export function answerForCode(sure: boolean): void {
  answer?.(sure);
  answer = null;
  asked = null;
  changed();
}

export const useCodeAsked = (): boolean => useSyncExternalStore(onChange, () => answer !== null);
