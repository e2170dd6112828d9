// Views somebody named for themselves: addresses of the queue, kept in this browser under the account. They hold
// filters and no case.
import { useSyncExternalStore } from "react";

export interface SavedView {
  name: string;
  search: string;
}

const MOST = 12;
const listeners = new Set<() => void>();
const key = (who: string): string => `ydt-staff-views ${who}`;
const NONE: readonly SavedView[] = [];
let read: { who: string; views: readonly SavedView[] } | null = null;

function load(who: string): readonly SavedView[] {
  if (read?.who === who) return read.views;
  let views = NONE;
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(who)) ?? "[]");
    if (Array.isArray(kept))
      views = kept.filter(
        (one): one is SavedView => typeof one?.name === "string" && typeof one?.search === "string",
      );
  } catch {
    // Unreadable is none.
  }
  read = { who, views };
  return views;
}

function keep(who: string, views: readonly SavedView[]): void {
  read = { who, views };
  try {
    localStorage.setItem(key(who), JSON.stringify(views));
  } catch {
    // Then they hold for this visit.
  }
  for (const listener of listeners) listener();
}

export const saveView = (who: string, view: SavedView): void =>
  keep(who, [...load(who).filter(({ name }) => name !== view.name), view].slice(-MOST));
export const dropView = (who: string, name: string): void =>
  keep(
    who,
    load(who).filter((view) => view.name !== name),
  );

function onViews(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSavedViews = (who: string): readonly SavedView[] =>
  useSyncExternalStore(onViews, () => load(who));
