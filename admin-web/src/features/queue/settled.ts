// What comes and goes while somebody works in the list must not push the rows about under their eyes. What is new comes in
// at its place, and the table scrolls along (useHeldRows.ts); what left the view stays, and says so, until the list is
// taken anew.
import { useCallback, useMemo, useState } from "react";
import type { QueueItem } from "../../lib/cases";

export interface Row {
  item: QueueItem;
  /** It is no longer in this view. */
  gone: boolean;
  /** It came by itself, and was not looked at yet. */
  isNew: boolean;
}

/** The list as the server has it, as far as it was asked for. */
interface Answer {
  /** Of which view. */
  key: string;
  items: readonly QueueItem[];
  /** Whether it goes on. */
  more: boolean;
}

interface Taken extends Answer {
  arrived: ReadonlySet<string>;
}

/** As it is: for another view, or when nobody works in it. */
export const whole = (answer: Answer): Taken => ({ ...answer, arrived: new Set() });

/** The place of the last that is known, or -1. */
function lastOf(items: readonly QueueItem[], known: { has(id: string): boolean }): number {
  let at = items.length - 1;
  while (at >= 0 && !known.has(items[at]?.id ?? "")) at -= 1;
  return at;
}

/** Rows keep their order; what is new follows the row it follows in the new list. */
export function merge(taken: Taken, next: Answer): Taken {
  const known = new Set(taken.items.map((item) => item.id));
  const last = lastOf(next.items, known);
  const following = new Map<string | null, QueueItem[]>();
  const arrived = new Set(taken.arrived);
  let before: string | null = null;
  next.items.forEach((item, at) => {
    if (known.has(item.id)) {
      before = item.id;
      return;
    }
    following.set(before, [...(following.get(before) ?? []), item]);
    // What stands beyond the end of a list that went on was there before.
    if (at < last || !taken.more) arrived.add(item.id);
  });
  const items = taken.items.flatMap((item) => [item, ...(following.get(item.id) ?? [])]);
  return { ...next, arrived, items: [...(following.get(null) ?? []), ...items] };
}

export function take(taken: Taken, next: Answer, busy: boolean): Taken {
  if (taken.key !== next.key || taken.items.length === 0 || !busy) return whole(next);
  return merge(taken, next);
}

/** The rows as they stand, each with its newest words. */
export function rowsOf(taken: Taken, fresh: Answer): Row[] {
  const now = new Map(fresh.items.map((item) => [item.id, item]));
  // What new ones pushed over the end of what was asked for is not gone.
  const last = fresh.more ? lastOf(taken.items, now) : taken.items.length;
  return taken.items.map((old, at) => ({
    item: now.get(old.id) ?? old,
    gone: !now.has(old.id) && at < last,
    isNew: taken.arrived.has(old.id),
  }));
}

export function useSettled(key: string, items: readonly QueueItem[], more: boolean, isBusy: () => boolean) {
  const fresh = useMemo(() => ({ key, items, more }), [key, items, more]);
  const [seen, setSeen] = useState(items);
  const [taken, setTaken] = useState<Taken>(() => whole(fresh));
  // A new answer is looked at once, as it comes.
  if (seen !== items) {
    setSeen(items);
    setTaken(take(taken, fresh, isBusy()));
  }
  const rows = useMemo(() => rowsOf(taken, fresh), [taken, fresh]);
  const look = useCallback(
    (id: string) =>
      setTaken((before) => {
        if (!before.arrived.has(id)) return before;
        const arrived = new Set(before.arrived);
        arrived.delete(id);
        return { ...before, arrived };
      }),
    [],
  );
  return {
    rows,
    arrived: rows.filter((row) => row.isNew && !row.gone).length,
    gone: rows.filter((row) => row.gone).length,
    /** The list as the server has it now. */
    accept: () => setTaken(whole(fresh)),
    /** Somebody looked at it. */
    look,
  };
}
