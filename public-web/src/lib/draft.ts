// What a villager is writing and has not handed in yet. It lives in memory while the page is open, and on the
// phone only when the villager said so. The Idempotency-Key belongs to it from the first letter until the
// receipt is there: a double tap, a retry after a timeout or a reload then files exactly once.
import { newIdempotencyKey, type PublicComponents } from "@yidiantong/client";
import type { Handover } from "./navigate";
import type { Photo } from "./photo";
import { dropPictures, keepPictures } from "./pictures";
import { forget, keep, recall } from "./storage";
import { createStore, useStore } from "./store";

type Schemas = PublicComponents["schemas"];

/** Whom it is about, as ticked: `organisation:<id>`, `post:<id>`, `group:<level>`. */
export type TargetKey = string;

export interface Draft {
  key: string;
  region: { code: string; name: string } | null;
  about: Handover | null;
  kind: Schemas["Kind"] | null;
  category: string | null;
  text: string;
  targets: readonly TargetKey[];
  /** "Somebody else", and who. */
  other: boolean;
  otherText: string;
  /** "Nobody in particular" is an answer too: who says nothing is asked again. */
  nobody: boolean;
  mode: Schemas["IdentityMode"] | null;
  name: string;
  phone: string;
  email: string;
  forSomeone: boolean;
  publish: boolean;
  /** Photos that the server keeps for a week, by their tokens, and those that it does not have yet. */
  photos: readonly Photo[];
  /** The bodies of attempts, the last first. Until there is a receipt, any of them may have arrived. */
  sent: readonly Schemas["FilingRequest"][];
}

export const emptyDraft = (): Draft => ({
  key: newIdempotencyKey(),
  region: null,
  about: null,
  kind: null,
  category: null,
  text: "",
  targets: [],
  other: false,
  otherText: "",
  nobody: false,
  mode: null,
  name: "",
  phone: "",
  email: "",
  forSomeone: false,
  publish: false,
  photos: [],
  sent: [],
});

/** Whether the words are the writer's own: how they were begun for him is not. */
export const hasOwnText = ({ text, about }: Draft): boolean =>
  text.trim() !== "" && text.trim() !== about?.lead?.trim();

/** Whether anything in it is the villager's own work. */
export const hasWords = (draft: Draft): boolean =>
  draft.photos.length > 0 ||
  hasOwnText(draft) ||
  [draft.otherText, draft.name, draft.phone, draft.email].some((one) => one.trim() !== "");

const KEY = "ydt.draft";

/** A kept draft, believed only as far as its shape is known. */
export function readDraft(saved: string | null): Draft | null {
  let found: unknown;
  try {
    found = JSON.parse(saved ?? "null");
  } catch {
    return null;
  }
  if (typeof found !== "object" || found === null) return null;
  const draft = { ...emptyDraft(), ...(found as Partial<Draft>) };
  const texts = [draft.key, draft.text, draft.otherText, draft.name, draft.phone, draft.email];
  if (texts.some((one) => typeof one !== "string")) return null;
  if (![draft.targets, draft.sent, draft.photos].every(Array.isArray)) return null;
  if (draft.key.length < 22) return null;
  return { ...draft, photos: draft.photos.flatMap(readPhoto) };
}

/** Older drafts know their photos by the token alone. */
function readPhoto(found: Partial<Photo> | null): Photo[] {
  const { token, until, id = token } = found ?? {};
  return [token, until, id].every((one) => typeof one === "string") ? [{ token, until, id } as Photo] : [];
}

const recalled = readDraft(recall(KEY));
const store = createStore<Draft>(recalled ?? emptyDraft());
/** `null` until the villager has said whether it may stay on this phone. */
const choice = createStore<boolean | null>(recalled === null ? null : true);

export const useDraft = (): Draft => useStore(store);
export const useDraftKept = (): boolean | null => useStore(choice);
export const currentDraft = (): Draft => store.get();

// The same draft in another tab: what is kept is what was typed last, wherever that was.
globalThis.addEventListener?.("storage", ({ key, newValue }: StorageEvent) => {
  if (choice.get() !== true || (key !== KEY && key !== null)) return;
  const next = readDraft(newValue);
  if (next !== null) store.set(next);
  // Handed in there, or thrown away.
  else forgetDraft();
});

function write(): void {
  if (choice.get() === true && !keep(KEY, JSON.stringify(store.get()))) choice.set(false);
}

export function changeDraft(change: Partial<Draft>): void {
  store.set({ ...store.get(), ...change });
  write();
}

/** The answer to "may it stay on this phone?"; `false` also erases what was kept. */
export function chooseKeeping(yes: boolean): void {
  choice.set(yes);
  if (yes) {
    write();
    void keepPictures(store.get().photos);
  } else {
    forget(KEY);
    void dropPictures(store.get().photos, false);
  }
}

function forgetDraft(): void {
  forget(KEY);
  choice.set(null);
  store.set(emptyDraft());
}

/** After it was filed, or thrown away: nothing of it is left, and the next one is asked about anew. */
export function eraseDraft(): void {
  if (store.get().photos.length > 0) void dropPictures(store.get().photos);
  forgetDraft();
}

/** Out of this page's memory; what the writer wanted kept on the phone stays there. */
export function forgetDraftHere(): void {
  if (choice.get() === true) return;
  forgetDraft();
}

/** How long words that may not stay on this phone outlive the page they were written on: a look at the accounts, ms. */
const AWAY = 5 * 60_000;
let left: { at: number; timer: ReturnType<typeof setTimeout> } | null = null;

/**
 * The form is left. Words that may not stay on this phone are not there for whoever picks it up later. What was sent
 * and has no answer yet stays: written anew under another key, it could be filed twice.
 */
export function leaveDraft(): void {
  if (choice.get() === true || store.get().sent.length > 0) return;
  left = { at: Date.now(), timer: setTimeout(forgetDraftHere, AWAY) };
}

/** The form is opened again. A phone that slept has run no timers. */
export function returnToDraft(): void {
  if (left === null) return;
  clearTimeout(left.timer);
  if (Date.now() - left.at >= AWAY) forgetDraftHere();
  left = null;
}

/** It lies in the outbox now, with its photos. */
export const moveDraft = (): void => forgetDraft();

/** Back from the outbox, where only what may be kept ever was. */
export function restoreDraft(draft: Draft): void {
  store.set(draft);
  choice.set(true);
  write();
}
