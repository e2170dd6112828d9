// Pictures of the demo as it is. `node screenshots.mjs`: the villagers' main pages, for people to look at, into
// `screenshots` here. `node screenshots.mjs FOLDER [ORIGIN]`: the two of the README. Without the address of a running demo
// it starts one of its own.
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROMIUM, HERE, PHONE } from "./chromium.mjs";
import { counts, quiet } from "./quiet.mjs";
import { endInOrder, Server } from "./server.mjs";

const VILLAGE = "/v/230104111204";
const DESK = { viewport: { width: 1440, height: 900 } };

/** All of them together must not swell the repository: they are looked at, not measured. */
const MOST_BYTES = 1_500_000;

const [named, running] = process.argv.slice(2);
const folder = path.resolve(named ?? path.join(path.dirname(fileURLToPath(import.meta.url)), "screenshots"));

/** @param {import("@playwright/test").Page} page @param {string} name */
async function picture(page, name) {
  await quiet(page);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
  );
  const file = path.join(folder, name);
  const jpeg = /** @type {const} */ ({ type: "jpeg", quality: 42 });
  await page.screenshot({ path: file, ...(name.endsWith(".jpg") ? jpeg : {}) });
  console.log(file);
}

/** @param {import("@playwright/test").Browser} browser @param {string} origin */
async function home(browser, origin) {
  const context = await browser.newContext({ ...HERE, ...PHONE, deviceScaleFactor: 2 });
  counts(context);
  const page = await context.newPage();
  await page.goto(origin + VILLAGE);
  await page.getByRole("list", { name: "支出构成" }).waitFor();
  await picture(page, "public-home.png");
  await context.close();
}

/** @param {import("@playwright/test").Browser} browser @param {string} origin */
async function queue(browser, origin) {
  const context = await browser.newContext({ ...HERE, ...DESK });
  counts(context);
  const page = await context.newPage();
  await page.goto(`${origin}/admin/`);
  await page.getByRole("button", { name: /^团结镇纪委分办员/ }).click();
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("table", { name: "待办件" }).getByRole("link").first().waitFor();
  // The first case beside the list, as whoever works here sees it.
  await page.keyboard.press("j");
  await page.getByRole("complementary", { name: "预览" }).getByRole("link", { name: "打开办理" }).waitFor();
  await page.mouse.move(4, 4);
  await picture(page, "admin-queue.png");
  await context.close();
}

/**
 * @typedef {object} Look
 * @property {string} name
 * @property {string} path
 * @property {number} [width]
 * @property {number} [text]
 * @property {"en"} [language]
 * @property {(page: import("@playwright/test").Page) => Promise<unknown>} [after]
 */

/** From a line of the accounts to the receipt. @param {import("@playwright/test").Page} page @param {number} [step] */
async function files(page, step = 4) {
  await page.getByRole("button", { name: "对这一笔有疑问" }).first().click();
  await page.getByRole("radio", { name: /^咨询/ }).check();
  await page.getByLabel("事情经过").fill("演示：请问这一笔是怎么算的？");
  await page.getByRole("button", { name: "不存", exact: true }).click();
  await page.getByRole("checkbox", { name: /^不针对谁/ }).check();
  if (step > 1) await page.getByRole("button", { name: "下一步：要不要留姓名" }).click();
  if (step > 1) await page.getByRole("radio", { name: /^不留姓名/ }).check();
  if (step > 2) await page.getByRole("button", { name: "下一步：检查一遍" }).click();
  if (step > 3) await page.getByRole("button", { name: /^提交/ }).click();
  if (step > 3) await page.getByRole("heading", { level: 1, name: "交上去了" }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

/** @param {import("@playwright/test").Page} page */
const firstOf = (page) => page.getByRole("main").getByRole("listitem").getByRole("link").first().click();

/** The villagers' main pages, as whoever changes them should look at them. @type {Look[]} */
const LOOKS = [
  { name: "find", path: "/?find" },
  { name: "home", path: VILLAGE },
  { name: "home-320-largest", path: VILLAGE, width: 320, text: 30 },
  { name: "home-en", path: VILLAGE, language: "en" },
  { name: "accounts", path: `${VILLAGE}/accounts` },
  { name: "tables", path: `${VILLAGE}/tables` },
  { name: "table", path: `${VILLAGE}/tables`, after: firstOf },
  { name: "obligations", path: `${VILLAGE}/obligations` },
  { name: "powers", path: `${VILLAGE}/powers` },
  { name: "power", path: `${VILLAGE}/powers`, after: firstOf },
  { name: "power-largest", path: `${VILLAGE}/powers`, text: 30, after: firstOf },
  { name: "stats", path: `${VILLAGE}/stats` },
  { name: "filing-1", path: `${VILLAGE}/accounts`, after: (page) => files(page, 1) },
  { name: "filing-2", path: `${VILLAGE}/accounts`, after: (page) => files(page, 2) },
  { name: "filing-3", path: `${VILLAGE}/accounts`, after: (page) => files(page, 3) },
  { name: "receipt", path: `${VILLAGE}/accounts`, after: (page) => files(page) },
  { name: "mine", path: "/mine" },
  { name: "help", path: "/help" },
  { name: "privacy", path: "/privacy" },
  { name: "accessibility", path: "/a11y" },
  { name: "home-desktop", path: VILLAGE, width: 1440 },
];

/** @param {import("@playwright/test").Browser} browser @param {string} origin @param {Look} look */
async function looksAt(browser, origin, look) {
  const width = look.width ?? 390;
  // The bar of tabs, or the act, hangs below in the first window only: drawn over a whole page it would lie in its middle.
  const context = await browser.newContext({ ...HERE, viewport: { width, height: width > 900 ? 900 : 844 } });
  const page = await context.newPage();
  await page.addInitScript(
    ({ text, language }) => {
      localStorage.setItem("ydt.text", String(text));
      localStorage.setItem("ydt.language", language);
    },
    { text: look.text ?? 18, language: look.language ?? "zh" },
  );
  await page.goto(origin + look.path);
  await page.waitForLoadState("networkidle");
  await look.after?.(page);
  await page.waitForLoadState("networkidle");
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, 2200) });
  await picture(page, `${look.name}.jpg`);
  await context.close();
}

/** @param {import("@playwright/test").Browser} browser @param {string} origin */
async function villagers(browser, origin) {
  for (const look of LOOKS) await looksAt(browser, origin, look);
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size),
  );
  const all = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${sizes.length} pictures, ${all} bytes`);
  if (all > MOST_BYTES) throw new Error(`${all} bytes of pictures, ${MOST_BYTES} at most`);
}

endInOrder();
if (named === undefined) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = running === undefined ? await Server.open() : null;
const browser = await chromium.launch(CHROMIUM);
try {
  const origin = (running ?? server?.origin ?? "").replace(/\/$/, "");
  if (named === undefined) await villagers(browser, origin);
  else {
    await home(browser, origin);
    await queue(browser, origin);
  }
} finally {
  await browser.close();
  await server?.close();
}
