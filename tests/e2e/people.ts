// Tests speak as people do: a villager files, a triage officer accepts, time passes. Where a button stands
// on a page is known here and nowhere else, and every one is found by what a person would call it.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import type { Server } from "./server.mjs";
import { Watch } from "./watch";

/** A phone of the size most villagers hold. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };

export class People {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #open: { context: BrowserContext; watch: Watch }[] = [];

  constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
  }

  /** A watched browser of somebody's own. */
  async browser(kind: BrowserContextOptions): Promise<{ page: Page; watch: Watch }> {
    const context = await this.#browser.newContext({ baseURL: this.#server.origin, ...kind });
    const watch = await Watch.over(context, this.#server.origin);
    this.#open.push({ context, watch });
    return { page: await context.newPage(), watch };
  }

  get faults(): string[] {
    return this.#open.flatMap(({ watch }) => watch.faults);
  }

  async goHome(): Promise<void> {
    await Promise.all(this.#open.map(({ context }) => context.close()));
  }
}
