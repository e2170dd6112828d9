// What can wait until the page stands: the worker, and what lies in the outbox.
import { readsDone } from "../lib/api";
import { lookForPending } from "../lib/pending";
import { readRegion } from "../lib/reads";
import { currentVillage, rememberVillage } from "../lib/settings";
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
  await takeVillage().catch(() => undefined);
  await bringWorker();
}

/** Whoever comes straight to a page of a village, by a link or a code on paper, has a village from then on. */
async function takeVillage(): Promise<void> {
  const code = /^\/v\/(\d{12})(\/|$)/.exec(location.pathname)?.[1];
  if (code === undefined || currentVillage() !== null) return;
  const { level, short_name: name } = await readRegion(code);
  if (level === "village" && currentVillage() === null) rememberVillage({ code, name });
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
