// Tests speak as people do: a villager files, a triage officer accepts, time passes. Where a button stands
// on a page is known here and nowhere else, and every one is found by what a person would call it.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { PHONE } from "./chromium.mjs";
import { Officer } from "./officer";
import type { Server } from "./server.mjs";
import { Villager } from "./villager";
import { Watch } from "./watch";

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };

/** The demo's staff, by what they do in these stories. */
export const STAFF = {
  villageClerk: { username: "demo_clerk", label: "东风村报账员" },
  committee: { username: "demo_committee", label: "东风村村务监督委员会主任" },
  publisher: { username: "demo_publisher", label: "团结镇代理会计" },
  triage: { username: "demo_triage", label: "团结镇纪委分办员" },
  triage2: { username: "demo_triage2", label: "团结镇纪委第二分办员" },
  handler: { username: "demo_handler1", label: "团结镇政府承办人" },
  administrator: { username: "demo_admin", label: "道外区系统管理员" },
  auditor: { username: "demo_auditor", label: "道外区审计员" },
  county: { username: "demo_county", label: "道外区纪委监委督办员" },
} as const;
export type StaffName = keyof typeof STAFF;

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

  /** A villager with a phone. */
  async villager(): Promise<Villager> {
    const { page, watch } = await this.browser({ ...PHONE, deviceScaleFactor: 2 });
    return new Villager(page, watch);
  }

  /** Somebody of the staff, at a desk and logged in. */
  async staff(name: StaffName, kind: BrowserContextOptions = DESKTOP): Promise<Officer> {
    const { page, watch } = await this.browser(kind);
    const one = new Officer(page, watch);
    await one.logsIn(STAFF[name].label);
    return one;
  }

  /** Case time passes. Pages that stayed open would miss their server meanwhile, so everybody leaves theirs. */
  async timePassesUntil(instant: string): Promise<void> {
    const pages = this.#open.flatMap(({ context }) => context.pages());
    await Promise.all(pages.map((page) => page.goto("about:blank")));
    await this.#server.passUntil(instant);
  }

  get faults(): string[] {
    return this.#open.flatMap(({ watch }) => watch.faults);
  }

  async goHome(): Promise<void> {
    await Promise.all(this.#open.map(({ context }) => context.close()));
  }
}
