// Complaints whose writer has pressed "submit". Each lies in the phone's database until its receipt is there, and the
// receipt until somebody has looked at it; until then it goes by itself while a page of this web is open. Nothing comes in
// here unpressed. All of it lies in that one place: the plain store may lose its last seconds when a browser is killed.
import { all, drop, put, take } from "./db";
import {
  currentDraft,
  type Draft,
  emptyDraft,
  eraseDraft,
  hasWords,
  moveDraft,
  readDraft,
  restoreDraft,
} from "./draft";
import { handIn, type Sent } from "./hand";
import { noteArrived, notePending } from "./pending";
import type { Photo } from "./photo";
import { dropPictures, keepPictures } from "./pictures";
import { Problem } from "./problem";
import { isCode } from "./receiptCode";
import { createStore, useStore } from "./store";

/** What lies in the database. */
interface Kept {
  /** Without a word left in it once it is handed in: of that one only the key is kept. */
  draft: Draft;
  /** When it was pressed (RFC 3339). */
  pressed: string;
  /** The server said no: it waits for its writer, not for a line. */
  refused: string | null;
  /** Its receipt, until it has been looked at. */
  receipt: Receipt | null;
}

interface Receipt {
  code: string;
  number: string;
  /** An earlier attempt is what was taken, without later changes. */
  earlier: boolean;
  /** When it was first looked at (RFC 3339); a browser killed while somebody copies it must not lose it. */
  shown: string | null;
}

export interface Letter extends Kept {
  /** Being handed in now; `photo`: the place of the one on its way, from 1 on, or 0. */
  sending: { photo: number } | null;
  /** Why it was not handed in the last time. */
  problem: Problem | null;
}

/** So long after the first look a receipt is here to be looked at again, if its page was not left as pages are. */
const SHOWN_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

const letters = createStore<readonly Letter[]>([]);
export const useLetters = (): readonly Letter[] => useStore(letters);

const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("ydt");

function readKept(found: unknown): Kept | null {
  const kept = found as Partial<Kept> | null | undefined;
  const draft = readDraft(JSON.stringify(kept?.draft ?? null));
  if (draft === null || typeof kept?.pressed !== "string") return null;
  const receipt = kept.receipt ?? null;
  if (receipt === null ? draft.sent.length === 0 : !isCode(receipt.code)) return null;
  const refused = typeof kept.refused === "string" ? kept.refused : null;
  return { draft, pressed: kept.pressed, refused, receipt };
}

const isOver = (receipt: Receipt | null): boolean =>
  typeof receipt?.shown === "string" && Date.now() - Date.parse(receipt.shown) > SHOWN_MS;

/** Looks what is there; what this tab knows beyond that stays. */
export async function look(): Promise<void> {
  const there = (await all("outbox").catch(() => [])).flatMap((one) => readKept(one) ?? []);
  const found = there.filter(({ receipt }) => !isOver(receipt));
  for (const { draft, receipt } of there)
    if (isOver(receipt)) await drop("outbox", draft.key).catch(() => undefined);
  const known = letters.get();
  const next = found.map((kept): Letter => {
    const before = known.find((one) => one.draft.key === kept.draft.key);
    return { ...kept, sending: before?.sending ?? null, problem: before?.problem ?? null };
  });
  next.sort((one, other) => one.pressed.localeCompare(other.pressed));
  // Written over by a draft of the same key in another tab, or by a page that was killed in between: it lies here now.
  if (next.some(({ draft }) => draft.key === currentDraft().key)) moveDraft();
  letters.set(next);
  notePending(next.length > 0);
  noteArrived(next.some(({ receipt }) => receipt !== null && receipt.shown === null));
}

function change(key: string, more: Partial<Letter>): void {
  letters.set(letters.get().map((one) => (one.draft.key === key ? { ...one, ...more } : one)));
}

async function tellAndLook(): Promise<void> {
  others?.postMessage("changed");
  await look();
}

/** One tab hands in at a time; what two did at once would only be answered with the same receipt. */
function alone<T>(key: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  return locks === undefined ? work() : (locks.request(`ydt ${key}`, work) as Promise<T>);
}

/**
 * Takes a draft in that its writer has pressed "submit" for. From here on it outlives the page. Throws when the phone
 * keeps nothing.
 */
export async function takeIn(draft: Draft): Promise<void> {
  await keepPictures(draft.photos);
  const kept: Kept = { draft, pressed: new Date().toISOString(), refused: null, receipt: null };
  await put("outbox", draft.key, kept);
  notePending(true);
  letters.set([
    ...letters.get().filter((one) => one.draft.key !== draft.key),
    { ...kept, sending: null, problem: null },
  ]);
}

/** Hands one in; its receipt lies on this phone before it is forgotten here. Throws a `Problem`. */
export function deliver(key: string): Promise<Sent | null> {
  change(key, { sending: { photo: 0 } });
  return alone(key, async () => {
    const kept = readKept(await take("outbox", key).catch(() => undefined));
    // Another tab was faster.
    if (kept === null || kept.receipt !== null) return null;
    const save = (more: Partial<Kept>) => put("outbox", key, Object.assign(kept, more));
    try {
      const sent = await handIn(
        { key, bodies: kept.draft.sent, photos: kept.draft.photos },
        async (photos: readonly Photo[], at: number) => {
          change(key, { sending: { photo: at + 1 } });
          if (at < 0) await save({ draft: { ...kept.draft, photos } });
        },
      );
      const { view, earlier } = sent;
      const receipt = { code: view.receipt_code, number: view.number, earlier, shown: null };
      const { photos } = kept.draft;
      await save({ draft: { ...emptyDraft(), key }, refused: null, receipt });
      await dropPictures(photos);
      return sent;
    } catch (reason) {
      const problem = reason instanceof Problem ? reason : new Problem("server");
      change(key, { problem });
      if (!problem.passing) await save({ refused: problem.detail || problem.title || problem.code });
      throw problem;
    }
  }).finally(async () => {
    change(key, { sending: null });
    await tellAndLook();
  });
}

/** Its receipt is being looked at. */
export async function shown(code: string): Promise<void> {
  for (const kept of (await all("outbox").catch(() => [])).flatMap((one) => readKept(one) ?? [])) {
    const { receipt, draft } = kept;
    if (receipt?.code !== code || receipt.shown !== null) continue;
    await put("outbox", draft.key, { ...kept, receipt: { ...receipt, shown: new Date().toISOString() } });
  }
  await look();
}

/** Its receipt was looked at, and left: from now on only who kept it or wrote it down has it. */
export async function seen(code: string): Promise<void> {
  const found = letters.get().filter(({ receipt }) => receipt?.code === code);
  await Promise.all(found.map(({ draft }) => drop("outbox", draft.key).catch(() => undefined)));
  await tellAndLook();
}

/** Off the phone with every receipt that lies here. */
export async function forgetReceipts(): Promise<void> {
  const found = letters.get().filter(({ receipt }) => receipt !== null);
  await Promise.all(found.map(({ draft }) => drop("outbox", draft.key).catch(() => undefined)));
}

/** Throws it away. Whether it had arrived after all nobody here will know. */
export async function discard(key: string): Promise<void> {
  const gone = letters.get().find((one) => one.draft.key === key);
  await drop("outbox", key).catch(() => undefined);
  if (gone !== undefined) await dropPictures(gone.draft.photos);
  if (currentDraft().key === key) eraseDraft();
  await tellAndLook();
}

/** Whether something else is being written, which taking one back would put aside. */
export const isWritingAnother = (key: string): boolean =>
  hasWords(currentDraft()) && currentDraft().key !== key;

/** Gives it back to its writer, to be changed: the key stays with it. */
export async function giveBack(key: string): Promise<Draft | null> {
  const kept = readKept(await take("outbox", key).catch(() => undefined));
  if (kept === null) return null;
  restoreDraft(kept.draft);
  await drop("outbox", key);
  await tellAndLook();
  return kept.draft;
}

/** After everything was erased: here, and in the other tabs. */
export async function forgetLetters(): Promise<void> {
  letters.set([]);
  notePending(false);
  noteArrived(false);
  others?.postMessage("changed");
}

let wait = FIRST_PAUSE_MS;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tries all that wait, one after the other; after a failure again later, while somebody looks at the page. */
async function tryAll(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  await look();
  for (const { draft, refused, sending, receipt } of letters.get()) {
    if (refused !== null || sending !== null || receipt !== null) continue;
    const sent = await deliver(draft.key).catch((why: Problem) => why);
    // Without a line the next one would fare no better.
    if (sent instanceof Problem && sent.passing) break;
  }
  later();
}

/** Again after a while, if anything waits and somebody looks at the page then. */
function later(): void {
  const left = letters.get().some(({ refused, receipt }) => refused === null && receipt === null);
  if (!left) wait = FIRST_PAUSE_MS;
  else if (timer === undefined) {
    timer = setTimeout(() => document.visibilityState === "visible" && soon(), wait);
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
}

let running = false;

function soon(): void {
  if (running) return;
  running = true;
  void tryAll().finally(() => {
    running = false;
  });
}

let started = false;

/** From now on what waits goes by itself, as soon as there is a line; after a failure just now not at once. */
export function start(failed = false): void {
  if (failed) later();
  else soon();
  if (started) return;
  started = true;
  const hurry = () => {
    wait = FIRST_PAUSE_MS;
    if (document.visibilityState === "visible") soon();
  };
  addEventListener("online", hurry);
  addEventListener("visibilitychange", hurry);
  others?.addEventListener("message", () => void look());
}
