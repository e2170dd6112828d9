// A workbook of another program on its way to a draft: dropped, its columns matched, its faults marked, put beside the
// month before; and the next one is matched as this one was.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { exported, NOVEMBER, type Sheet, THEIR_HEADINGS } from "./ledgers";
import { staffPageStands } from "./looks";
import { expect, test } from "./stage";

// November is over: what a month came to is published after it.
test.use({ start: "2026-12-01T08:00:00+08:00" });

const CHECK = "**/api/v1/admin/disclosures/preview";

/** Lets a file fall on the field for it, as from a folder. */
async function drops(page: Page, { name, mimeType, buffer }: Sheet) {
  const dataTransfer = await page.evaluateHandle(
    ([called, type, bytes]) => {
      const carried = new DataTransfer();
      const content = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
      carried.items.add(new File([content], called, { type }));
      return carried;
    },
    [name, mimeType, buffer.toString("base64")] as const,
  );
  await page.locator(".disc-drop").dispatchEvent("drop", { dataTransfer });
  await expect(page.getByText(name)).toBeVisible();
}

/** What the check found, once it has. */
async function checks(page: Page, button = "上传并检查"): Promise<Locator> {
  await page.getByRole("button", { name: button }).click();
  const found = page.getByRole("region", { name: "检查结果" });
  await expect(found).toBeFocused();
  return found;
}

test("a workbook of another program is matched, marked, compared and drafted", async ({ people }) => {
  test.setTimeout(300_000);
  const { page } = await people.staff("villageClerk");
  await page.getByRole("link", { name: "上传账目" }).click();

  await test.step("a check that takes long says how far it is, and can be given up", async () => {
    await drops(page, exported("贰佰多"));
    await page.route(CHECK, () => undefined);
    await page.getByRole("button", { name: "上传并检查" }).click();
    const progress = page.getByRole("region", { name: /正在上传|上传完了/ });
    await expect(progress).toContainText(/已用 [1-9]\d* 秒/);
    await staffPageStands(page, "a check under way");
    await progress.getByRole("button", { name: "不检查了" }).click();
    await expect(progress).toHaveCount(0);
    await expect(page.getByText("已取消，没有留下草稿")).toBeVisible();
    await page.unroute(CHECK);
  });

  await test.step("its headings are not ours: the clerk says by keyboard which is which", async () => {
    const found = await checks(page);
    await expect(found.getByRole("status").first()).toContainText("处错误");
    await expect(found).toContainText("有必填的列没认出来");
    await staffPageStands(page, "matching columns");
    for (const [ours, theirs] of Object.entries(THEIR_HEADINGS)) {
      const column = found.getByRole("combobox", { name: ours });
      await column.focus();
      await page.keyboard.type(theirs);
      await page.keyboard.press("Enter");
    }
    // What is one column is no other.
    const date = found.getByRole("combobox", { name: "日期" });
    await date.click();
    const taken = page.locator(".ant-select-item-option-disabled", { hasText: "事由" });
    await expect(taken.first()).toBeVisible();
    await page.keyboard.press("Escape");
    const again = await checks(page, "按这样再检查");
    await expect(again.getByRole("table").first()).toContainText("“贰佰多”不是金额");
    await expect(again).not.toContainText("有必填的列没认出来");
  });

  await test.step("last month stands beside, and the sheet comes back with its bad cell marked", async () => {
    const beside = page.getByRole("table", { name: "和上一期对比" });
    await expect(beside).toContainText("上一期（2026年10月）");
    const opening = beside.getByRole("row").filter({ hasText: "现在还有" });
    await expect(opening).toContainText("80,225.68");
    await expect(opening).toContainText("84,400.00");
    await expect(opening).toContainText("+4,174.32");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "下载标好的表（Excel）" }).click();
    const marked = await coming;
    expect(marked.suggestedFilename()).toBe("某软件导出2026-11-标出问题.xlsx");
    const bytes = await readFile(await marked.path());
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    await staffPageStands(page, "a checked sheet with a fault");
  });

  await test.step("the mended sheet is matched as the one before, and becomes a draft", async () => {
    await drops(page, exported());
    const found = await checks(page);
    await expect(found).toContainText("已按上次对好的填上");
    const again = await checks(page, "按这样再检查");
    await expect(again.getByRole("status").first()).toContainText("没有发现错误");
    await expect(again).toContainText("算得平");
    await staffPageStands(page, "a checked sheet beside last month");
    await again.getByRole("button", { name: "生成草稿" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(NOVEMBER.title);
  });

  await test.step("what was matched can be forgotten", async () => {
    await page.goto("/admin/disclosures/new");
    await drops(page, exported());
    const found = await checks(page);
    await found.getByRole("button", { name: "忘掉对好的列" }).click();
    await expect(found).not.toContainText("已按上次对好的填上");
    const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("ydt-staff-columns"));
    expect(await page.evaluate(kept)).toEqual([]);
  });
});
