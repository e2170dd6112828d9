// What can wait until the page stands: the worker, and what lies in the outbox.
import { lookForPending } from "../lib/pending";
import { bringWorker } from "../lib/worker";

/** The first page and its figures have the line for themselves so long. */
const WORKER_AFTER_MS = 3_000;

export function beginLater(): void {
  void lookForPending().then(
    async (pending) => {
      if (pending) (await import("../lib/outbox")).start();
    },
    () => undefined,
  );
  const bring = () => setTimeout(() => void bringWorker().catch(() => undefined), WORKER_AFTER_MS);
  if (document.readyState === "complete") bring();
  else addEventListener("load", bring, { once: true });
}
