// A phone that keeps its storage from one start of the browser to the next, on a line of the test's own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, expect, type Page } from "@playwright/test";
import { CHROMIUM, HERE, PHONE } from "./chromium.mjs";
import type { Line } from "./line";
import { Villager } from "./villager";
import { Watch } from "./watch";

/** What a browser says of a line that was cut on purpose. */
const NO_LINE = /Failed to load resource|net::ERR_|An unknown error occurred when fetching the script/;

/** Everything a page of this origin can find of what was kept, as one text to search in. */
export const keptIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, history.state, document.title];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(name ?? "");
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((done, fail) => {
          const request = db.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => done(request.result);
          request.onerror = () => fail(request.error);
        });
        found.push({ store, rows });
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        const json = answer?.headers.get("Content-Type")?.includes("json") ? await answer.text() : "";
        found.push([name, request.url, json]);
      }
    }
    return JSON.stringify(found);
  });

export class Handset {
  readonly #line: Line;
  readonly #folder: string;
  #context: BrowserContext | null = null;
  readonly #watches: Watch[] = [];

  private constructor(line: Line, folder: string) {
    this.#line = line;
    this.#folder = folder;
  }

  static async on(line: Line): Promise<Handset> {
    return new Handset(line, await mkdtemp(path.join(tmpdir(), "ydt-handset-")));
  }

  /** Starts the browser; whoever picks it up finds what was kept. */
  async start(): Promise<Villager> {
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      ...CHROMIUM,
      ...HERE,
      ...PHONE,
      baseURL: this.#line.origin,
    });
    this.#context.setDefaultTimeout(15_000);
    const watch = await Watch.over(this.#context, this.#line.origin);
    watch.pardon(NO_LINE);
    this.#watches.push(watch);
    return new Villager(this.#context.pages()[0] ?? (await this.#context.newPage()), watch);
  }

  async anotherTab(): Promise<Villager> {
    const [watch] = this.#watches.slice(-1);
    if (this.#context === null || watch === undefined) throw new Error("the browser is not running");
    return new Villager(await this.#context.newPage(), watch);
  }

  /** As a phone does that runs out of memory. */
  async crash(page: Page): Promise<void> {
    const context = this.#context;
    if (context === null) return;
    const closed = new Promise((done) => context.once("close", done));
    const cdp = await context.newCDPSession(page);
    cdp.send("Browser.crash").catch(() => undefined);
    await closed;
    this.#context = null;
  }

  async stop(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  get faults(): string[] {
    return this.#watches.flatMap((watch) => [...watch.faults]);
  }

  async throwAway(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The worker is in charge of the page, and everything it promised is there. */
export async function hasWorker(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated", null, {
    timeout: 30_000,
  });
}

/** Of what is kept for reading, how many answers. */
export const answersKept = (page: Page): Promise<number> =>
  page.evaluate(async () => (await (await caches.open("ydt-reading-1")).keys()).length);

/** Whether the answer of an address that ends so is kept for reading without a line. */
export const isKept = (page: Page, end: string): Promise<boolean> =>
  page.evaluate(async (wanted) => {
    const kept = await (await caches.open("ydt-reading-1")).keys();
    return kept.some(({ url }) => new URL(url).pathname.endsWith(wanted));
  }, end);

/** As if it had been read so many days ago. */
export const ageReading = (page: Page, days: number): Promise<void> =>
  page.evaluate(async (ago) => {
    const cache = await caches.open("ydt-reading-1");
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      if (answer === undefined) continue;
      const headers = new Headers(answer.headers);
      headers.set("X-Ydt-Kept", new Date(Date.now() - ago * 86_400_000).toISOString());
      await cache.put(request, new Response(await answer.blob(), { headers }));
    }
  }, days);

/** A photo out of the page itself. */
export async function photoOf(page: Page, colour: string) {
  const url = await page.evaluate((fill) => {
    const canvas = document.createElement("canvas");
    const draw = canvas.getContext("2d");
    if (draw === null) throw new Error("no canvas");
    draw.fillStyle = fill;
    draw.fillRect(0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png");
  }, colour);
  const buffer = Buffer.from(url.split(",")[1] ?? "", "base64");
  expect(buffer.length).toBeGreaterThan(0);
  return { name: "IMG_20261120.png", mimeType: "image/png", buffer };
}
