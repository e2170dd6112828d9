// The line that somebody came for, as from an answer that was given about it: `#line-…` in the address.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Load } from "../lib/load";
import type { Lines } from "../lib/reads";

const wantedLine = (): string | null => /^#line-([0-9a-f]+)$/.exec(location.hash)?.[1] ?? null;

/** Its id; where it stands further down, the next lines are asked for until it is there. */
export function useWantedLine(page: Load<Lines>, more: ((cursor: string) => void) | null): string | null {
  const wanted = wantedLine();
  const next = page.state === "ready" ? page.data.next_cursor : null;
  const found = page.state !== "ready" || page.data.items.some((line) => line.id === wanted);
  useEffect(() => {
    if (wanted !== null && !found && more !== null && next) more(next);
  }, [wanted, found, more, next]);
  return wanted;
}

/** For the line itself: it is brought into sight. */
export function useSought<T extends HTMLElement>(wanted: boolean): RefObject<T> {
  const place = useRef<T>(null);
  useEffect(() => {
    if (wanted) place.current?.scrollIntoView({ block: "center" });
  }, [wanted]);
  return place;
}
