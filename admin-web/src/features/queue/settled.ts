// What came or went while somebody works in the list must not push the rows about under their eyes: rows keep their
// places and only their words change, until the person asks for the new list.
import { useState } from "react";
import type { QueueItem } from "../../lib/cases";

export interface Row {
  item: QueueItem;
  /** It is no longer in this view. */
  gone: boolean;
}

interface Taken {
  /** Of which view. */
  key: string;
  pages: number;
  items: readonly QueueItem[];
}

/** The rows as they stand, each with its newest words; and how many would come or go. */
export function settle(
  taken: readonly QueueItem[],
  fresh: readonly QueueItem[],
): { rows: Row[]; changes: number } {
  const now = new Map(fresh.map((item) => [item.id, item]));
  const rows = taken.map((old) => ({ item: now.get(old.id) ?? old, gone: !now.has(old.id) }));
  const known = new Set(taken.map((item) => item.id));
  const gone = rows.filter((row) => row.gone).length;
  return { rows, changes: gone + fresh.filter((item) => !known.has(item.id)).length };
}

/** The next taken list: whole in another view or when nobody works in it, longer by what a further page brought. */
export function take(taken: Taken, next: Taken, busy: boolean): Taken {
  if (taken.key !== next.key || taken.items.length === 0 || next.pages < taken.pages || !busy) return next;
  if (next.pages === taken.pages) return taken;
  const known = new Set(taken.items.map((item) => item.id));
  const before = Math.min(taken.items.length, next.items.length);
  const more = next.items.slice(before).filter((item) => !known.has(item.id));
  return { ...next, items: [...taken.items, ...more] };
}

export function useSettled(key: string, pages: number, items: readonly QueueItem[], isBusy: () => boolean) {
  const [seen, setSeen] = useState(items);
  const [taken, setTaken] = useState<Taken>({ key, pages, items });
  // A new answer is looked at once, as it comes.
  if (seen !== items) {
    setSeen(items);
    const next = take(taken, { key, pages, items }, isBusy());
    if (next !== taken) setTaken(next);
  }
  return { ...settle(taken.items, items), accept: () => setTaken({ key, pages, items }) };
}
