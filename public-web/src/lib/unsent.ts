// What somebody has typed on the page of a case and not sent yet: in the memory of this document alone, under the case's
// code, so that a tap beside the button loses nothing. It goes when it is sent, when one leaves at once, and with the tab.
import { useState } from "preact/hooks";
import type { Photo } from "./photo";

export interface Unsent {
  text: string;
  photos: readonly Photo[];
  /** Of a rating, which. */
  choice: string | null;
}

const NOTHING: Unsent = { text: "", photos: [], choice: null };
const held = new Map<string, Unsent>();

/** What stands in one form of a case, and how to change it; changed to nothing, it is forgotten. */
export function useUnsent(code: string, form: string): [Unsent, (change: Partial<Unsent> | null) => void] {
  const name = `${form} ${code}`;
  const [, again] = useState({});
  const change = (more: Partial<Unsent> | null) => {
    if (more === null) held.delete(name);
    else held.set(name, { ...(held.get(name) ?? NOTHING), ...more });
    again({});
  };
  return [held.get(name) ?? NOTHING, change];
}

export const forgetUnsent = (): void => held.clear();
