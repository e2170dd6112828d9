// When a page has arrived: nothing that it asked for is on its way. The stream that says when the queue changes goes on
// for as long as its page, so the browser's own "network idle" never comes on the staff's pages.

/** How long nothing may have been on its way. */
const REST_MS = 500;
/** Then something is wrong: it is printed, and the test says by what it looks for whether it matters. */
const PATIENCE_MS = 15_000;
const STREAM = "/api/v1/admin/complaints/events";

/** @type {WeakMap<import("@playwright/test").BrowserContext, { under: Set<import("@playwright/test").Request>, since: number }>} */
const known = new WeakMap();

/** Counts what is on its way in a context from now on. @param {import("@playwright/test").BrowserContext} context */
export function counts(context) {
  const traffic = { under: new Set(), since: Date.now() };
  known.set(context, traffic);
  /** @param {import("@playwright/test").Request} request */
  const ended = (request) => {
    traffic.under.delete(request);
    traffic.since = Date.now();
  };
  context.on("request", (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol.startsWith("http") && !pathname.endsWith(STREAM)) traffic.under.add(request);
  });
  context.on("requestfinished", ended);
  context.on("requestfailed", ended);
}

/** @param {import("@playwright/test").Page} page @param {number} rest */
export async function quiet(page, rest = REST_MS) {
  if (!known.has(page.context())) counts(page.context());
  const traffic = known.get(page.context());
  if (traffic === undefined) return;
  const giveUp = Date.now() + PATIENCE_MS;
  while (traffic.under.size > 0 || Date.now() - traffic.since < rest) {
    if (Date.now() > giveUp) {
      const asked = [...traffic.under].map((request) => `${request.method()} ${request.url()}`);
      console.warn(`no rest within ${PATIENCE_MS / 1000} s at ${page.url()}: ${asked.join(", ")}`);
      return;
    }
    await page.waitForTimeout(50);
  }
}
