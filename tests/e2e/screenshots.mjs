// Pictures for the README, of the demo as it is: `node screenshots.mjs FOLDER [ORIGIN]`. Without the address of
// a running demo it starts one of its own.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium } from "@playwright/test";
import { CHROMIUM, HERE, PHONE } from "./chromium.mjs";
import { counts, quiet } from "./quiet.mjs";
import { endInOrder, Server } from "./server.mjs";

const VILLAGE = "/v/230104111204";
const DESK = { viewport: { width: 1440, height: 900 } };

const [folder, running] = process.argv.slice(2);
if (folder === undefined) {
  console.error("node screenshots.mjs FOLDER [ORIGIN]");
  process.exit(2);
}

/** @param {import("@playwright/test").Page} page @param {string} name */
async function picture(page, name) {
  await quiet(page);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
  );
  const file = path.join(path.resolve(folder ?? "."), name);
  await page.screenshot({ path: file });
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

endInOrder();
await mkdir(folder, { recursive: true });
const server = running === undefined ? await Server.open() : null;
const browser = await chromium.launch(CHROMIUM);
try {
  const origin = (running ?? server?.origin ?? "").replace(/\/$/, "");
  await home(browser, origin);
  await queue(browser, origin);
} finally {
  await browser.close();
  await server?.close();
}
