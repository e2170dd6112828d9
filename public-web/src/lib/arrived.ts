// Receipts that came while nobody looked, of complaints that this phone was allowed to keep: each until it has been
// looked at once. In the plain store, which can be emptied at once when somebody has to leave in a hurry.
import { type KeptReceipt, readKept } from "./kept";
import { notePending } from "./pending";
import { forget, keep, recall } from "./storage";
import { createStore, useStore } from "./store";

const KEY = "ydt.arrived";

export interface Arrived extends KeptReceipt {
  /** An earlier attempt is what was taken, without later changes. */
  earlier: boolean;
}

function read(): Arrived[] {
  const saved = recall(KEY);
  let earlier: unknown[] = [];
  try {
    earlier = (JSON.parse(saved ?? "[]") as { code?: unknown; earlier?: unknown }[])
      .filter((one) => one.earlier === true)
      .map((one) => one.code);
  } catch {
    // Whatever it was, `readKept` believes nothing of it either.
  }
  return readKept(saved).map((one) => ({ ...one, earlier: earlier.includes(one.code) }));
}

const store = createStore<readonly Arrived[]>(read());

globalThis.addEventListener?.("storage", ({ key }: StorageEvent) => {
  if (key === KEY || key === null) store.set(read());
});

function set(next: readonly Arrived[]): void {
  if (next.length === 0) forget(KEY);
  else keep(KEY, JSON.stringify(next));
  store.set(next);
  notePending("arrived", next.length > 0);
}

export const useArrived = (): readonly Arrived[] => useStore(store);

export const arrive = (receipt: Arrived): void =>
  set([...read().filter((one) => one.code !== receipt.code), receipt]);

/** It was looked at, or is to be forgotten. */
export function seen(code: string): void {
  const now = read();
  if (now.some((one) => one.code === code)) set(now.filter((one) => one.code !== code));
}

export const forgetArrived = (): void => set([]);
