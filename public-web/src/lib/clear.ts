// Erases all that this web keeps on this phone, in every store there is.
import { CACHES, type ToWorker } from "./apart";
import { dropDatabase } from "./db";
import { eraseDraft } from "./draft";
import { forgetViews } from "./filed";
import { dropAllReceipts } from "./kept";
import { forgetLetters } from "./outbox";
import { forgetVillage } from "./settings";
import { forgetEverything } from "./storage";
import { forgetUnsent } from "./unsent";

const WORKER_MS = 1_000;

/** Resolves when all of it is gone. */
export async function clearPhone(): Promise<void> {
  eraseDraft();
  dropAllReceipts();
  forgetViews();
  forgetUnsent();
  forgetVillage();
  await Promise.all([dropDatabase(), dropSaved()]);
  await forgetLetters();
  // Last: what goes on the way may leave a mark there.
  forgetEverything();
}

/** The worker goes, and all it kept: told first, so that it keeps nothing that is still on its way. */
async function dropSaved(): Promise<void> {
  if ("serviceWorker" in navigator) {
    await tellWorker({ ydt: "forget" }).catch(() => undefined);
    const found = await navigator.serviceWorker.getRegistrations().catch(() => []);
    await Promise.all(found.map((one) => one.unregister().catch(() => false)));
  }
  if (!("caches" in globalThis)) return;
  const names = await caches.keys().catch(() => []);
  await Promise.all(names.filter((name) => name.startsWith(CACHES)).map((name) => caches.delete(name)));
}

function tellWorker(words: ToWorker): Promise<void> {
  const worker = navigator.serviceWorker.controller;
  if (worker === null) return Promise.resolve();
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    setTimeout(done, WORKER_MS);
    worker.postMessage(words, [port2]);
  });
}
