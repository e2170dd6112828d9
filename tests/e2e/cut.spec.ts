// The line is cut while somebody works: the page says since when what it shows is old, holds what would send, keeps
// every word, and goes on by itself.
import { test as base, type Page } from "@playwright/test";
import { filed } from "./filing";
import { Line } from "./line";
import { isAccessible } from "./looks";
import { Officer } from "./officer";
import { DESKTOP, STAFF } from "./people";
import { test as staged } from "./stage";
import { Watch } from "./watch";

const { expect } = base;

const test = staged.extend<{ line: Line; officer: Officer }>({
  line: async ({ server }, use) => {
    const line = await Line.to(server);
    await use(line);
    await line.close();
  },
  officer: async ({ browser, line }, use) => {
    const context = await browser.newContext({ baseURL: line.origin, ...DESKTOP });
    const watch = await Watch.over(context, line.origin);
    // What does not get through is printed by browsers.
    watch.pardon(/net::ERR_/);
    watch.pardon(/dynamically imported module/);
    const officer = new Officer(await context.newPage(), watch);
    await officer.logsIn(STAFF.triage.label);
    await use(officer);
    await context.close();
    expect(watch.faults, "what the watch over the pages saw").toEqual([]);
  },
});

const banner = (page: Page) =>
  page.getByRole("status").filter({ hasText: /\d+月\d+日 \d\d:\d\d 起连不上服务器/ });
/** Longer than the pause after which the server is asked again. */
const BACK = { timeout: 20_000 };

test("a note half written: nothing is sent, nothing is lost, and it goes on by itself", async ({
  officer,
  line,
  server,
}) => {
  const { page } = officer;
  await filed(server, 1, () => "线路断了还在写的一件，桥头的栏杆松了。");
  await officer.opens("线路断了还在写的一件");
  await page.getByRole("button", { name: "内部备注", exact: true }).click();
  const form = page.getByRole("form", { name: "内部备注" });
  const send = form.getByRole("button", { name: "内部备注", exact: true });
  const words = form.getByRole("textbox");
  await words.fill("已请村里先围起来");
  await expect(banner(page)).toHaveCount(0);
  const before = line.seen.filter((one) => /^POST .*\/actions$/.test(one)).length;

  line.cut();
  await expect(banner(page)).toContainText("看到的是那之前的内容");
  await expect(send).toHaveAttribute("aria-disabled", "true");
  await expect(send).toHaveAccessibleDescription(/连不上服务器/);
  await isAccessible(page, "a cut line");
  // It can be reached, and answers why it does nothing.
  await send.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("连不上服务器，现在不能提交")).toBeVisible();
  await words.press("Control+Enter");
  await expect(words).toHaveValue("已请村里先围起来");

  line.mend();
  await expect(banner(page)).toHaveCount(0, BACK);
  expect(line.seen.filter((one) => /^POST .*\/actions$/.test(one)).length - before, "nothing was sent").toBe(
    0,
  );
  await expect(words).toHaveValue("已请村里先围起来");
  await send.click();
  await expect(form).toBeHidden();
  await expect(page.getByRole("region", { name: "经过" })).toContainText("已请村里先围起来");
});

test("the queue: what came meanwhile is there when the line is back", async ({ officer, line, server }) => {
  const { page } = officer;
  await page.goto("/admin/?q=断线时来的");
  await expect(page.getByText("没有符合条件的件")).toBeVisible();
  line.cut();
  await expect(banner(page)).toBeVisible();
  // The server itself is there; only this desk cannot reach it.
  await filed(server, 1, () => "断线时来的一件，水泵坏了。");
  line.mend();
  await expect(officer.row("断线时来的一件")).toBeVisible(BACK);
  await expect(banner(page)).toHaveCount(0);
});

test("a page not opened before opens when the line is back, and the menu stays", async ({
  officer,
  line,
}) => {
  const { page } = officer;
  await officer.opensTheQueue();
  line.cut();
  await expect(banner(page)).toBeVisible();
  await page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "海报" }).click();
  await expect(page.getByRole("heading", { name: "这一页还没有打开过" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "菜单" })).toBeVisible();
  line.mend();
  await expect(page.getByRole("heading", { level: 1, name: "海报" })).toBeVisible(BACK);
});
