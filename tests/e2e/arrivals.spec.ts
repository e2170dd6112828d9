// What comes and goes in the queue while somebody works in it, and what goes to another desk and can be called back.
import type { Locator } from "@playwright/test";
import { filed } from "./filing";
import { isAccessible } from "./looks";
import { pane, rows } from "./queue";
import { expect, test } from "./stage";

test("new cases come in by themselves beside an open preview, and no row moves under the mouse", async ({
  people,
  server,
}) => {
  await filed(server, 30, (n) => `排队第${n}件，等着有人看一看这件事。`);
  const { page } = await people.staff("triage2");
  await page.goto("/admin/?q=排队第");
  await expect(rows(page)).toHaveCount(30);
  /** The row at a place, by its case: places change. */
  const rowAt = async (at: number) => {
    const key = await rows(page).nth(at).getAttribute("data-row-key");
    return page.locator(`tr[data-row-key="${key}"]`);
  };
  const top = (row: Locator) => row.evaluate((one) => Math.round(one.getBoundingClientRect().top));
  const indexOf = (row: Locator) =>
    row.evaluate((one) => [...(one.parentElement?.querySelectorAll("[data-row-key]") ?? [])].indexOf(one));

  const near = await rowAt(28);
  // Beside the words: they are the way into the case.
  await near.locator("td").nth(3).click();
  await near.hover();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
  await test.step("above the chosen row, far down in the list", async () => {
    const before = await top(near);
    const asked = Date.now();
    await filed(server, 8, (n) => `排队第${n + 30}件，刚刚提交。`);
    await expect(page.getByRole("button", { name: /新来 8 件/ })).toBeVisible();
    console.log(`eight new cases showed after ${Date.now() - asked} ms`);
    await expect(rows(page)).toHaveCount(38);
    expect(await indexOf(near), "some came in above it").toBeGreaterThan(28);
    expect(Math.abs((await top(near)) - before)).toBeLessThanOrEqual(1);
    await expect(near).toHaveAttribute("aria-current", "true");
    await expect(page.getByText("新来 8 件").first()).toBeAttached();
  });

  await test.step("what was looked at is no longer new, and Esc takes the list as it is now", async () => {
    // From the top: a row that is half under the head of the list is no smaller for it.
    await page.evaluate(() => scrollTo(0, 0));
    await isAccessible(page, "what came by itself");
    await rows(page).filter({ hasText: "新来" }).first().locator("td").nth(3).click();
    await expect(page.getByRole("button", { name: /新来 7 件/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: /新来/ })).toHaveCount(0);
    await expect(rows(page)).toHaveCount(38);
  });

  await test.step("a short list at the top of the page: the row under the mouse stays there", async () => {
    // So many that hardly ever all that is new has its place below the last of them: among equals chance decides.
    await filed(server, 12, (n) => `短队第${n}件，等着有人看一看。`);
    await page.goto("/admin/?q=短队第");
    await expect(rows(page)).toHaveCount(12);
    const last = await rowAt(11);
    await last.locator("td").nth(3).click();
    await last.hover();
    const before = await top(last);
    await filed(server, 6, (n) => `短队第${n + 12}件，刚刚提交。`);
    await expect(rows(page)).toHaveCount(18);
    expect(await indexOf(last), "some came in above it").toBeGreaterThan(11);
    expect(Math.abs((await top(last)) - before)).toBeLessThanOrEqual(1);
  });
});

test("what left the view stays where it was and says so, until the list is taken anew by keyboard", async ({
  people,
  server,
}) => {
  await filed(server, 3, (n) => `会离开的第${n}件，水沟要清一清。`);
  const { page } = await people.staff("triage2");
  const colleague = await people.staff("triage");
  await page.goto("/admin/?state=submitted&q=会离开的");
  await expect(rows(page)).toHaveCount(3);
  await rows(page).nth(1).locator("td").nth(3).click();
  await colleague.opens("会离开的第2件");
  await colleague.acts("受理");
  await expect(rows(page).filter({ hasText: "已离开这个视图" })).toHaveCount(1);
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("checkbox", { name: "全选已显示的" }).focus();
  await page.keyboard.press("Tab");
  const strip = page.getByRole("button", { name: /1 件已离开/ });
  await expect(strip).toBeFocused();
  await isAccessible(page, "what left the view");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(2);
  await expect(strip).toHaveCount(0);
});

test("what goes to another desk can be called back while the work goes on", async ({ people, server }) => {
  await filed(server, 3, (n) => `批量指派第${n}件，井盖松了。`);
  const { page } = await people.staff("triage");
  await page.goto("/admin/?q=批量指派");
  await expect(rows(page)).toHaveCount(3);
  const assigns = async () => {
    await page.getByRole("checkbox", { name: "全选已显示的" }).check();
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog", { name: /指派：已选 3 件/ });
    const choice = dialog.getByRole("combobox");
    await expect(choice).toBeFocused();
    if ((await dialog.locator(".ant-select-content-value, .ant-select-selection-item").count()) === 0) {
      await choice.click();
      await page.locator(".ant-select-dropdown:visible .ant-select-item-option").first().click();
    }
    await dialog.getByRole("button", { name: "指派 3 件" }).click();
    await expect(dialog).toBeHidden();
  };
  const bar = page.getByRole("region", { name: "马上要办的" });

  await test.step("the page is free at once, and undo leaves everything as it was", async () => {
    await assigns();
    await expect(bar).toContainText("将对 3 件做“指派”");
    await expect(page.getByRole("group", { name: "对选中的件" })).toHaveCount(0);
    await isAccessible(page, "what can be called back");
    await page.keyboard.press("j");
    await expect(pane(page)).toContainText("批量指派第");
    await bar.getByRole("button", { name: "撤销" }).click();
    await expect(bar).toHaveCount(0);
    await expect(page.getByRole("group", { name: "对选中的件" })).toContainText("已选 3 件");
    await expect(rows(page).filter({ hasText: "未指派" })).toHaveCount(3);
    await page.keyboard.press("Escape");
  });

  await test.step("on another page it goes on, and what was typed had been kept", async () => {
    await assigns();
    await page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "看板" }).click();
    await expect(bar).toBeVisible();
    await bar.getByRole("button", { name: "现在就办" }).click();
    await expect(bar).toContainText("完成 3 件，没成 0 件");
    await page.goBack();
    await expect(rows(page)).toHaveCount(3);
    await expect(rows(page).filter({ hasText: "未指派" })).toHaveCount(0);
    await expect(page.getByRole("group", { name: "对选中的件" })).toHaveCount(0);
    // What went well puts itself away.
    await expect(bar).toHaveCount(0, { timeout: 12_000 });
  });
});
