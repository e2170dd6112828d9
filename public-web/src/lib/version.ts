// Whether a newer version of this web lies ready, and how to go over to it. The two are never mixed: the page stays
// whole in its version until its reader has it opened anew.
import { createStore, useStore } from "./store";

const ready = createStore<{ take: () => void } | null>(null);

export const setNewVersion = (take: () => void): void => ready.set({ take });

/** Opens the page anew in the newer version; `null` while there is none. */
export const useNewVersion = (): (() => void) | null => useStore(ready)?.take ?? null;
