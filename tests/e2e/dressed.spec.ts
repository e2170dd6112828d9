// Every page of the desk, opened by its address, is drawn as it is when one comes by the menu.
import type { Page } from "@playwright/test";
import { undressed } from "./dressed";
import { quiet } from "./quiet.mjs";
import { expect, test } from "./stage";

/** Between them they see every page. */
const ROLES = ["triage", "county", "publisher", "administrator"] as const;

const hrefs = (page: Page, within: string): Promise<string[]> =>
  page.locator(within).evaluateAll((all) =>
    all.flatMap((one) => {
      const href = one.getAttribute("href") ?? "";
      return href.startsWith("/admin/") ? [href] : [];
    }),
  );

/** A page that shows its heading has asked for what it needs within so many milliseconds. */
const REST = 200;

/** Addresses that differ only in what they are about are one kind of page. */
const kind = (href: string): string =>
  (href.split("?")[0] ?? href).replace(/\/[0-9a-f]{32}(?=\/|$)/g, "/…").replace(/\d{12}/g, "…");

for (const role of ROLES) {
  test(`${role}: a page that is opened by its address has its looks`, async ({ people }) => {
    test.setTimeout(300_000);
    const { page } = await people.staff(role);
    await quiet(page);
    const open = await hrefs(page, "nav a");
    const seen = new Set<string>();
    for (let href = open.shift(); href !== undefined; href = open.shift()) {
      if (seen.has(kind(href))) continue;
      seen.add(kind(href));
      await page.goto(href);
      await expect(page.getByRole("heading", { level: 1 }).first(), href).toBeVisible();
      await quiet(page, REST);
      expect.soft(await undressed(page), `${role} on ${href}`).toEqual([]);
      // What this page leads to: a case, an item, a sheet, its versions.
      open.push(...(await hrefs(page, "main a")));
    }
    expect(seen.size).toBeGreaterThan(5);
  });
}
