// What a page of the villagers must stand at every width and every text size, tried without opening it anew: nothing
// sticks out to the right, and whatever is to be pressed is large enough for an unsure thumb.
import { expect, type Page } from "@playwright/test";
import { sideways, violations } from "./looks";

const WIDTHS = [320, 360, 390];
const SIZES = [18, 22, 26, 30];

/** As the page itself does when a size is chosen. */
export const dress = (page: Page, size: number): Promise<void> =>
  page.evaluate((px) => {
    const root = document.documentElement;
    root.dataset.text = String(px);
    root.classList.toggle("elder", px >= 22);
  }, size);

/** What is to be pressed and is smaller than 48 px, or 60 where the text is large. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const least = document.documentElement.classList.contains("elder") ? 60 : 48;
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [role=button]",
    );
    // A radio, a box to tick, a file: the words around it are pressed.
    const target = (one: HTMLElement) =>
      one instanceof HTMLInputElement && /^(radio|checkbox|file)$/.test(one.type)
        ? (one.closest("label") ?? one.labels?.[0] ?? one)
        : one;
    const within = (one: HTMLElement) =>
      getComputedStyle(one).display === "inline" &&
      (one.parentElement?.textContent ?? "").trim().length > (one.textContent ?? "").trim().length;
    return [...all].flatMap((one) => {
      const { width, height, bottom } = target(one).getBoundingClientRect();
      // Not drawn, or drawn only when the keyboard comes to it.
      if (width === 0 || height === 0 || one.closest(".skip") !== null) return [];
      if (getComputedStyle(one).visibility === "hidden" || bottom < 0) return [];
      // A link in the middle of a sentence is as tall as the sentence.
      if (within(one)) return [];
      if (width >= least - 0.5 && height >= least - 0.5) return [];
      const name = `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""}`;
      const words = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim().slice(0, 16);
      return [`${name} "${words}" ${Math.round(width)}x${Math.round(height)} of ${least}`];
    });
  });
}

/** Every width with every size. */
export async function stands(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    for (const size of SIZES) {
      await dress(page, size);
      const where = `${what}: at ${width} px with text of ${size} px`;
      expect.soft(await sideways(page), where).toEqual([]);
      expect.soft(await tooSmall(page), where).toEqual([]);
    }
  }
  await dress(page, 18);
  if (before !== null) await page.setViewportSize(before);
}

export async function arrived(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.locator(".skeleton")).toHaveCount(0);
}

export async function clean(page: Page, what: string): Promise<void> {
  // A colour that is still fading in is no colour yet; what turns for ever is not waited for.
  await page.evaluate(() => {
    for (const one of document.getAnimations()) one.cancel();
  });
  expect.soft(await page.title(), `${what}: a title`).not.toBe("");
  // The whole page at once: what hangs at the window's edges covers whatever happens to be scrolled under it.
  const window = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (window !== null) await page.setViewportSize({ ...window, height: Math.max(window.height, height) });
  expect.soft(await violations(page), `${what}: axe`).toEqual([]);
  if (window !== null) await page.setViewportSize(window);
}

/** The two numbers and the three pages stand at the end of every page. */
export async function hasFoot(page: Page): Promise<void> {
  const foot = page.getByRole("contentinfo");
  await expect.soft(foot.getByRole("link", { name: "12345" })).toHaveAttribute("href", "tel:12345");
  await expect.soft(foot.getByRole("link", { name: "12388" })).toHaveAttribute("href", "tel:12388");
  await expect.soft(foot.getByRole("link", { name: "帮助" })).toHaveAttribute("href", "/help");
}

/** What is there, three ways and at every size. */
export async function isForEverybody(page: Page, name: string): Promise<void> {
  await arrived(page);
  await clean(page, name);
  await hasFoot(page);
  await stands(page, name);
  await dress(page, 30);
  await clean(page, `${name}, in large`);
  await dress(page, 18);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await arrived(page);
  await clean(page, `${name}, in English`);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await arrived(page);
}
