// Rows that come in above must not push the others away from under the mouse or the eye: the window goes along with them.
import { type RefObject, useLayoutEffect, useRef } from "react";
import { ROW } from "./useRows";

interface Held {
  /** Of which view. */
  key: string;
  ids: readonly string[];
  chosen: string | null;
  /** Whether somebody works in the list, and has a place to lose. */
  busy: () => boolean;
}

/** `room` stands below the rows and is made as high as is needed to scroll that far. */
export function useHeldRows(
  body: RefObject<HTMLElement | null>,
  room: RefObject<HTMLElement | null>,
  { key, ids, chosen, busy }: Held,
) {
  const under = useRef<string | null>(null);
  const before = useRef({ key, ids });
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { key, ids };
    if (old.key !== key) room.current?.style.removeProperty("height");
    if (old.key !== key || old.ids === ids || body.current === null || !busy()) return;
    const top = body.current.getBoundingClientRect().top;
    // The first row in sight is known by where the rows began, which is where they begin now.
    const first = old.ids[Math.max(0, Math.ceil((headOf(body.current) - top) / ROW))];
    const kept = [under.current, inSight(old.ids.indexOf(chosen ?? ""), top) ? chosen : null, first];
    const anchor = kept.find((id) => id != null && old.ids.includes(id) && ids.includes(id));
    if (anchor == null) return;
    const shift = (ids.indexOf(anchor) - old.ids.indexOf(anchor)) * ROW;
    if (shift === 0) return;
    makeRoom(room.current, scrollY + shift + innerHeight);
    scrollBy({ top: shift, behavior: "instant" });
  });
  /** Whose row the mouse is over. */
  return {
    onPointerOver: (event: { target: EventTarget }) => {
      const row = event.target instanceof Element ? event.target.closest("tr[data-row-key]") : null;
      under.current = row?.getAttribute("data-row-key") ?? null;
    },
    onPointerLeave: () => {
      under.current = null;
    },
  };
}

/** The page may first have to fill the window before it grows. */
const TRIES = 3;

function makeRoom(room: HTMLElement | null, height: number): void {
  if (room === null) return;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const lacking = height - document.documentElement.scrollHeight;
    if (lacking <= 0) return;
    room.style.height = `${room.offsetHeight + lacking}px`;
  }
}

const headOf = (body: HTMLElement): number =>
  body.closest("table")?.tHead?.getBoundingClientRect().bottom ?? 0;

const inSight = (index: number, top: number): boolean =>
  index >= 0 && top + index * ROW < innerHeight && top + (index + 1) * ROW > 0;
