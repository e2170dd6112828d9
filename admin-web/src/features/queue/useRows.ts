// Which rows of a long table stand on the screen: only those are drawn, with room above and below for the others.
import { type RefObject, useEffect, useState } from "react";

/** A list that is no longer than this is drawn whole: the browser's own search finds everything in it. */
const WHOLE = 100;
/** As the stylesheet has it. */
export const ROW = 52;
/** Drawn beyond the edges, so that a quick turn of the wheel meets no gap. */
const BEYOND = 12;
/** The range moves in steps, so that not every pixel draws anew. */
const STEP = 6;
/** What may lie over the lowest rows: the bar of what is selected. */
const FOOT = 76;

export function inView(top: number, height: number, count: number): [number, number] {
  if (count <= WHOLE) return [0, count];
  const first = Math.floor(-top / ROW) - BEYOND;
  const last = Math.ceil((height - top) / ROW) + BEYOND;
  return [
    Math.min(count, Math.max(0, Math.floor(first / STEP) * STEP)),
    Math.max(0, Math.min(count, Math.ceil(last / STEP) * STEP)),
  ];
}

export function useRows(body: RefObject<HTMLElement | null>, count: number): [number, number] {
  const [range, setRange] = useState<[number, number]>(() => inView(0, innerHeight, count));
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const top = body.current?.getBoundingClientRect().top ?? 0;
      const next = inView(top, innerHeight, count);
      setRange((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
    };
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", ask);
      removeEventListener("resize", ask);
    };
  }, [body, count]);
  return range;
}

/** Brings a row into sight, drawn or not, and no further than it needs. */
export function bringIntoSight(body: HTMLElement | null, index: number): void {
  if (body === null) return;
  const top = body.getBoundingClientRect().top + index * ROW;
  // The headings stay in sight, and the rows go under them.
  const head = body.closest("table")?.tHead?.getBoundingClientRect().bottom ?? 0;
  if (top < head) scrollBy({ top: top - head });
  else if (top + ROW > innerHeight - FOOT) scrollBy({ top: top + ROW - innerHeight + FOOT });
}
