// A value that several parts of the page watch. Small enough to be read at once; no library needed.
import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(value, next)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  const [, again] = useState({});
  const drawn = store.get();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn first is compared once.
  useEffect(() => {
    // It may have changed between the drawing and this.
    if (!Object.is(store.get(), drawn)) again({});
    return store.subscribe(() => again({}));
  }, [store]);
  return drawn;
}
