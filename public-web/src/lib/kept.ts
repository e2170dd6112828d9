// Receipts that the villager wanted kept on this phone. Nothing gets here unasked: the phone may be shared,
// and whoever holds a code holds the case.
import { isCode } from "./receiptCode";
import { forget, keep, recall } from "./storage";
import { createStore, useStore } from "./store";

export interface KeptReceipt {
  code: string;
  /** The case's number, to tell receipts apart without showing a code. */
  number: string;
  /** The village, as people call it. */
  place: string;
  /** The day it was filed. */
  filed_at: string;
}

const KEY = "ydt.receipts";
const MOST = 50;

/** Another version of this page, or another page of this origin, may have written it. */
export function readKept(saved: string | null): KeptReceipt[] {
  let found: unknown;
  try {
    found = JSON.parse(saved ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: Partial<KeptReceipt> | null) => {
    if (typeof one !== "object" || one === null || !isCode(one.code)) return [];
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    return [
      { code: one.code, number: text(one.number), place: text(one.place), filed_at: text(one.filed_at) },
    ];
  });
}

const store = createStore<readonly KeptReceipt[]>(readKept(recall(KEY)));

export const useKept = (): readonly KeptReceipt[] => useStore(store);

/** Whether this code is kept on this phone. */
export const isKept = (code: string): boolean => store.get().some((one) => one.code === code);

/** Keeps it, the newest first; `false` when this phone lets nothing be kept. */
export function keepReceipt(receipt: KeptReceipt): boolean {
  const next = [receipt, ...store.get().filter((one) => one.code !== receipt.code)].slice(0, MOST);
  if (!keep(KEY, JSON.stringify(next))) return false;
  store.set(next);
  return true;
}

export function dropReceipt(code: string): void {
  const next = store.get().filter((one) => one.code !== code);
  if (next.length === 0) forget(KEY);
  else keep(KEY, JSON.stringify(next));
  store.set(next);
}

export function dropAllReceipts(): void {
  forget(KEY);
  store.set([]);
}
