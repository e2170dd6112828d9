// What is printed comes out as told: the chosen size, whole rows, words that can be read, and a code that leads back.
import type { Page } from "@playwright/test";
import { fitsLargeText, isAccessible } from "./looks";
import { type Paper, printed } from "./paper";
import { DESKTOP } from "./people";
import { expect, test } from "./stage";

const CODE = "230104111204";
const VILLAGE = `/v/${CODE}`;
const A4 = [210, 297] as const;
const A3 = [297, 420] as const;

/** Chooses a size, prints, and holds the sheets against it. */
async function prints(page: Page, size: "A4" | "A3"): Promise<Paper> {
  await page.getByRole("radio", { name: size, exact: true }).check();
  await expect(page.locator(`.sheet.${size.toLowerCase()} :is(.qr, .poster)`)).toBeVisible();
  const paper = await printed(page);
  const wanted = size === "A4" ? A4 : A3;
  expect(paper.sizes).toEqual(paper.sizes.map(() => wanted));
  return paper;
}

test("a ledger on paper: every row whole, the headings again on each page, and the way back", async ({
  people,
}) => {
  const { page } = await people.browser(DESKTOP);
  await page.goto(`${VILLAGE}/accounts/2026-10`);
  await page.getByRole("link", { name: "打印出来" }).click();
  await expect(page.getByRole("columnheader", { name: "什么事" })).toBeVisible();
  await isAccessible(page, "a ledger to be printed");
  const rows = await page.locator(".sheet tbody tr").count();
  const paper = await prints(page, "A4");
  const whole = paper.texts.join("");
  expect(whole).toContain("东风村");
  expect(whole).toContain("路灯电费（9月）");
  // What the demo's October ends with.
  expect(whole).toContain("80,225.68");
  expect(rows).toBeGreaterThan(10);
  expect(paper.sizes.length).toBeGreaterThan(1);
  paper.texts.forEach((text, at) => {
    expect(text).toContain(`第${at + 1}页，共${paper.sizes.length}页`);
    expect(text).toContain(`${VILLAGE}/accounts/2026-10`);
    expect(text, `the headings on page ${at + 1}`).toContain("什么事");
  });
  const address = `${new URL(page.url()).origin}${VILLAGE}/accounts/2026-10`;
  expect(paper.code(1)?.says).toBe(address);
  const large = await prints(page, "A3");
  expect(large.code(1)?.says).toBe(address);
  // Twice the paper: one sheet, in larger letters all the same.
  expect(large.sizes).toHaveLength(1);
  expect(large.texts[0]).toContain("80,225.68");
  expect(await typeOf(page), "points").toBeGreaterThan(12.5);
  // A phone's text size is no reason for other paper.
  await page.evaluate(() => {
    document.documentElement.dataset.text = "30";
  });
  expect((await prints(page, "A3")).sizes).toHaveLength(1);
});

/** The type of what is printed, in points. */
const typeOf = (page: Page): Promise<number> =>
  page
    .locator(".sheet")
    .evaluate((sheet) => Number.parseFloat(getComputedStyle(sheet).getPropertyValue("--type")));

test("another table, the list of powers and one of it", async ({ people, server }) => {
  const { page } = await people.browser(DESKTOP);
  await page.goto(`${VILLAGE}/tables`);
  await page.getByRole("main").getByRole("link").first().click();
  const table = page.url();
  await page.getByRole("link", { name: "打印出来" }).click();
  // Of many columns: each row a small list, upright, its words whole.
  await expect(page.locator(".sheet .records > li").first()).toBeVisible();
  await expect(page, "the file is named by it").toHaveTitle(/^道外区 团结镇 东风村.*季度/);
  const sheet = await prints(page, "A4");
  expect(sheet.texts.join("")).toMatch(/东风村.*公示到/);
  expect(sheet.code(1)?.says).toBe(table);

  await page.goto(`${VILLAGE}/powers`);
  const item = page.getByRole("main").getByRole("list").getByRole("link").first();
  const name = ((await item.locator("b").textContent()) ?? "").trim();
  await page.getByRole("link", { name: "把清单打印出来" }).click();
  await expect(page.locator(".sheet tbody tr").first()).toBeVisible();
  const list = await prints(page, "A4");
  // What is longer than a sheet: fewer of the larger ones.
  const fewer = await prints(page, "A3");
  expect(fewer.sizes.length).toBeLessThan(list.sizes.length);
  expect(await typeOf(page), "points").toBeGreaterThan(12.5);
  expect(fewer.texts.join("")).toMatch(/责任清单：.*负面清单：/);
  expect(list.texts.join("")).toContain(name.replace(/\s/g, ""));
  expect(list.texts.join("")).toMatch(/责任清单：.*负面清单：/);
  expect(list.code(1)?.says).toBe(`${server.origin}${VILLAGE}/powers`);

  await page.goto(`${VILLAGE}/powers`);
  await item.click();
  const one = page.url();
  await page.getByRole("link", { name: "把这一项打印出来" }).click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
  const matter = await prints(page, "A3");
  expect(matter.texts.join("")).toContain(name.replace(/\s/g, ""));
  expect(matter.code(1)?.says).toBe(one);
});

test("the poster of a village, on both sizes and in both languages", async ({ people, server }) => {
  const { page } = await people.villager();
  await page.goto(VILLAGE);
  await page.getByRole("link", { name: "打印村里的海报" }).click();
  await isAccessible(page, "the poster");
  await fitsLargeText(page, "the poster");
  for (const [size, least] of [
    ["A4", 60],
    ["A3", 85],
  ] as const) {
    const paper = await prints(page, size);
    expect(paper.sizes).toHaveLength(1);
    expect(paper.texts[0]).toContain("东风村");
    expect(paper.texts[0]).toMatch(/邻居帮您填.*12345什么事都能问12388反映干部.*最晚\d+个工作日答复/);
    expect(paper.texts[0], "nobody whom it may be about").not.toContain("村干部");
    expect(paper.code(1)?.says).toBe(`${server.origin}${VILLAGE}`);
    expect(paper.code(1)?.mm).toBeGreaterThanOrEqual(least);
  }
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("img", { name: /^Poster of/ })).toBeVisible();
  expect((await printed(page)).texts[0]).toContain("Scantoreadtheaccounts");
});

test("staff print the posters of three villages at once", async ({ people, server }) => {
  const triage = await people.staff("triage");
  const { page } = triage;
  await page.getByRole("link", { name: "海报" }).click();
  await page.getByRole("button", { name: /全部村$/ }).click();
  const posters = page.getByRole("img", { name: /的海报$/ });
  await expect.poll(() => posters.count()).toBeGreaterThan(3);
  await page.getByRole("button", { name: "清空" }).click();
  await page.getByRole("combobox", { name: "哪些村" }).click();
  const options = page.locator(".ant-select-dropdown:visible .ant-select-item-option");
  const names: string[] = [];
  for (const at of [0, 1, 2]) {
    names.push((await options.nth(at).textContent()) ?? "");
    await options.nth(at).click();
  }
  await page.keyboard.press("Escape");
  await expect(posters).toHaveCount(3);
  await page.getByText("中英文", { exact: true }).click();
  await page.getByLabel("当地电话").fill("0451-0000 0000");
  await isAccessible(page, "the posters");
  const paper = await printed(page);
  expect(paper.sizes).toEqual([A4, A4, A4]);
  const codes = [1, 2, 3].map((at) => paper.code(at)?.says ?? "");
  expect(new Set(codes).size).toBe(3);
  for (const [at, name] of names.entries()) {
    expect(paper.texts.join("")).toContain(name);
    expect(codes[at]).toMatch(new RegExp(`^${server.origin}/v/230104111\\d{3}$`));
    expect(paper.texts[at]).toContain("0451-00000000");
    expect(paper.texts[at]).toContain("Scanto");
  }
});
