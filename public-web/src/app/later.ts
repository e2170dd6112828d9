// What can wait until the page stands: the worker, and what lies in the outbox.
import { readsDone } from "../lib/api";
import { lookForPending } from "../lib/pending";
import { bringWorker } from "../lib/worker";

const IDLE_AT_MOST_MS = 2_000;
/** Where a browser cannot say when it is idle. */
const IDLE_MS = 300;

const idle = () =>
  new Promise<unknown>((done) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(done, { timeout: IDLE_AT_MOST_MS });
    else setTimeout(done, IDLE_MS);
  });

/** The first page and its figures have the line for themselves, and not a moment longer: visits may be short. */
async function bringWhenQuiet(): Promise<void> {
  await readsDone();
  await idle();
  await readsDone();
  await bringWorker();
}

export function beginLater(): void {
  void lookForPending().then(
    async (pending) => {
      if (pending) (await import("../lib/outbox")).start();
    },
    () => undefined,
  );
  const bring = () => void bringWhenQuiet().catch(() => undefined);
  if (document.readyState === "complete") bring();
  else addEventListener("load", bring, { once: true });
}
