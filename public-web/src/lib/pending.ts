// Whether this phone holds complaints that wait, or receipts nobody has looked at yet: so that everybody else's page need
// not even fetch the code for them, and no database is made where nothing is to be kept.
import { forget, keep, recall } from "./storage";
import { createStore, useStore } from "./store";

const KEY = "ydt.outbox";
/** Of the database that has them. */
export const DATABASE = "ydt";

const store = createStore(recall(KEY) !== null);

globalThis.addEventListener?.("storage", ({ key }: StorageEvent) => {
  if (key === KEY) store.set(recall(KEY) !== null);
});

export const usePending = (): boolean => useStore(store);

export function notePending(yes: boolean): void {
  if (yes) keep(KEY, "1");
  else forget(KEY);
  store.set(yes);
}

/** Whether something went by itself whose receipt nobody has looked at yet. */
const arrived = createStore(false);
export const useArrived = (): boolean => useStore(arrived);
export const noteArrived = (yes: boolean): void => arrived.set(yes);

/** Asks the database itself where it can be asked without making one: a killed browser may have lost the mark. */
export async function lookForPending(): Promise<boolean> {
  if (!store.get()) {
    const known = await globalThis.indexedDB?.databases?.().catch(() => []);
    if (known?.some(({ name }) => name === DATABASE)) store.set(true);
  }
  return store.get();
}

/** A receipt is being looked at, or was: one that lies in the outbox still goes from there. */
export function lookedAt(code: string, done = true): void {
  if (!store.get()) return;
  import("./outbox").then(
    ({ seen, shown }) => (done ? seen(code) : shown(code)),
    () => undefined,
  );
}
