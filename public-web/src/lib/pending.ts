// Whether this phone holds complaints that wait, or receipts nobody has looked at yet. Told by two marks in the plain
// store, so that everybody else's page need not even fetch the code for it.
import { forget, keep, recall } from "./storage";
import { createStore, useStore } from "./store";

const KEYS = { outbox: "ydt.outbox", arrived: "ydt.arrived" } as const;

const found = () => recall(KEYS.outbox) !== null || recall(KEYS.arrived) !== null;
const store = createStore(found());

globalThis.addEventListener?.("storage", () => store.set(found()));

export const usePending = (): boolean => useStore(store);
export const isPending = (): boolean => store.get();

export function notePending(what: keyof typeof KEYS, yes: boolean): void {
  if (what === "outbox") {
    if (yes) keep(KEYS.outbox, "1");
    else forget(KEYS.outbox);
  }
  store.set(yes || found());
}
