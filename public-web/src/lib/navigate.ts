// Going from page to page. What a complaint is about travels in history.state: never in the URL, where a
// shared link, a log or the phone's list of visited pages would tell it.
import type { PublicComponents } from "@yidiantong/client";
import { useState } from "preact/hooks";

type AboutType = PublicComponents["schemas"]["AboutType"];

export interface Handover {
  region_code: string;
  about: { type: AboutType; id: string };
  /** What the writer saw, such as the words of a line: shown as the chip above the form. */
  label: string;
  amount_fen?: number;
  /** How the words begin, where what it is about says less than the label does. */
  lead?: string;
  /** Which kind of matter it is, where that is plain; the writer may choose another. */
  category?: string;
}

// Where the reader has been on this site since it was opened, the present page last. "Back" leads along it.
const trail: string[] = [];

/** Called with every new address. Returning to the page before is a step back, anything else one forward. */
export function noteStep(url: string): void {
  if (trail[trail.length - 1] === url) return;
  if (trail[trail.length - 2] === url) trail.pop();
  else trail.push(url);
}

/** How many steps back the first page of this visit lies. */
export const stepsHere = (): number => Math.max(0, trail.length - 1);

/** Opens a path of this site. The state, if any, stays with that entry of the history. */
export function go(path: string, options: { state?: unknown; replace?: boolean } = {}): void {
  const { state = null, replace = false } = options;
  if (replace) {
    trail.pop();
    history.replaceState(state, "", path);
  } else history.pushState(state, "", path);
  // The router listens to this event; it reads the path from the location.
  dispatchEvent(new PopStateEvent("popstate", { state }));
  if (!replace) scrollTo(0, 0);
}

/** One step back if the reader came from this site, else up to `parent`. */
export function goBack(parent: string): void {
  if (trail.length > 1) history.back();
  else go(parent, { replace: true });
}

/** What was handed in since this web was opened: whoever steps back to its form does not find it there again. */
const handedIn = new Set<string>();
const nameOf = ({ about, label }: Handover): string => `${about.type} ${about.id} ${label}`;

export function noteHandedIn(handover: Handover | null): void {
  if (handover !== null) handedIn.add(nameOf(handover));
}

/** Opens the form for a complaint about something that stands on a page. */
export function fileAbout(handover: Handover): void {
  handedIn.delete(nameOf(handover));
  go("/new", { state: { handover } });
}

/** What the form was opened about, or `null`. It outlives a reload, and going on within the form. */
export function useHandover(): Handover | null {
  const [handover] = useState(() => {
    const found = readHandover(history.state);
    return found !== null && handedIn.has(nameOf(found)) ? null : found;
  });
  return handover;
}

const ABOUT_TYPES: readonly string[] = [
  "disclosure_line",
  "disclosure",
  "power_item",
  "obligation",
] satisfies AboutType[];

/** History entries outlive versions of this page: nothing in them is believed unread. */
export function readHandover(state: unknown): Handover | null {
  const found = (state as { handover?: Partial<Handover> } | null)?.handover;
  if (typeof found !== "object" || found === null) return null;
  const { region_code, about, label, amount_fen, lead, category } = found;
  if (typeof region_code !== "string" || !/^\d{12}$/.test(region_code) || typeof label !== "string")
    return null;
  if (typeof about !== "object" || about === null || typeof about.id !== "string") return null;
  if (!ABOUT_TYPES.includes(about.type)) return null;
  const whole = {
    region_code,
    about: { type: about.type, id: about.id },
    label,
    ...(typeof lead === "string" ? { lead } : {}),
    ...(typeof category === "string" ? { category } : {}),
  };
  return typeof amount_fen === "number" && Number.isSafeInteger(amount_fen)
    ? { ...whole, amount_fen }
    : whole;
}
