// What every page of both webs must stand: axe's rules of WCAG 2.2 AA, one heading and a title, and no
// sideways scrolling on the narrowest phone with the largest text.
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { quiet } from "./quiet.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NARROW = { width: 320, height: 640 };

/** What axe finds, a line for each place. */
export async function violations(page: Page): Promise<string[]> {
  // Our pages have no frames, which is all that the other mode is for; it opens a window for each answer, and what
  // passed is not asked for: a third of the time.
  const axe = new AxeBuilder({ page }).options({ runOnly: RULES, resultTypes: ["violations"] });
  const { violations: found } = await axe.setLegacyMode(true).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = (failureSummary ?? "").split("\n").slice(1, 2).join("").trim();
      return `${id}: ${target.join(" ")} (${why})`;
    }),
  );
}

/** What sticks out to the right, and by how much. */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 1,
    );
    const names = wide.map((one) => `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""}`);
    return [`${scrollWidth} px wide in ${clientWidth} px`, ...names.slice(0, 8)];
  });
}

/** The page has arrived: a heading stands there and nothing is on its way. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await quiet(page);
  await expect(page.locator("[role=status]").filter({ hasText: "正在加载" })).toHaveCount(0);
  // A colour that is still fading in is no colour yet; what turns for ever is not waited for.
  await page.evaluate(() =>
    Promise.race([
      Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))),
      new Promise((resolve) => setTimeout(resolve, 1500)),
    ]),
  );
}

export async function isAccessible(page: Page, what: string): Promise<void> {
  await settled(page);
  await kept(page, what);
  expect.soft(await page.title(), `${what}: a title`).not.toBe("");
  expect.soft(await violations(page), `${what}: axe`).toEqual([]);
}

/** Keeps a picture of a state for people to look at, in the folder that `YDT_SHOTS` names, if it does. */
async function kept(page: Page, what: string): Promise<void> {
  const folder = process.env.YDT_SHOTS;
  if (folder === undefined) return;
  await page.screenshot({ path: path.join(folder, `${what.replaceAll("/", "_")}.png`), fullPage: true });
}

/** Sets the villagers' text to the largest by its own control, on the narrowest phone, and back again. */
export async function fitsLargeText(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(NARROW);
  await choosesText(page, "最大");
  expect.soft(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("30px");
  await settled(page);
  expect.soft(await sideways(page), `${what}: at 320 px with text of 30 px`).toEqual([]);
  await choosesText(page, "标准");
  if (before !== null) await page.setViewportSize(before);
}

async function choosesText(page: Page, size: string): Promise<void> {
  await page.getByRole("button", { name: "大字" }).click();
  await page.getByRole("radio", { name: size, exact: true }).check();
  await page.getByRole("button", { name: "收起" }).click();
}

/** A page of the staff: at a desk, on a phone, and in a window as narrow as 400 % zoom makes it. */
export async function staffPageStands(page: Page, what: string): Promise<void> {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await isAccessible(page, `${what} at ${width} px`);
  }
  await page.setViewportSize(NARROW);
  await settled(page);
  expect.soft(await sideways(page), `${what}: at 320 px`).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
}
