// Published accounts are corrected: whoever proposes it sees beforehand what the check found and how it stands beside the
// published version; the second person sees the cells that change, and the way to the table.
import { readFile } from "node:fs/promises";
import { isAccessible, staffPageStands } from "./looks";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const LEDGER = "东风村 2026年10月";

interface Published {
  id: string;
  period: string;
}

test("a word of a published ledger is corrected by two persons who see what they do", async ({
  people,
  server,
}) => {
  const list = await fetch(`${server.origin}/api/v1/regions/${VILLAGE}/disclosures?kind=ledger&limit=20`);
  const { items } = (await list.json()) as { items: Published[] };
  const october = items.find(({ period }) => period === "2026-10");
  if (october === undefined) throw new Error("the demo has no October");
  const exported = await fetch(`${server.origin}/api/v1/disclosures/${october.id}/export.csv`);
  const before = await exported.text();
  const word = /铲车费|维修|清运|补助/.exec(before)?.[0] ?? "费";
  const after = before.replace(word, `${word}及补漏`);
  const sheet = (content: string) => ({
    name: "东风村2026-10.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(content),
  });

  const { page } = await people.staff("publisher");
  await page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "账目公示" }).click();
  await page.getByRole("link", { name: LEDGER }).first().click();
  await page.getByText("更正这份账目").click();
  await page.getByRole("link", { name: /^去更正/ }).click();
  const found = page.getByRole("region", { name: "检查结果" });

  await test.step("the published sheet is saved with names in full, and is what is published", async () => {
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "下载现在公布的表来改" }).click(),
    ]);
    const name = saved.suggestedFilename();
    const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const buffer = await readFile(await saved.path());
    await page.getByLabel("改好的账目文件").setInputFiles({ name, mimeType, buffer });
    await page.getByRole("button", { name: "上传并检查" }).click();
    await expect(found).toBeFocused();
    await expect(found.getByRole("alert")).toContainText("和已公布的版本一样");
    await expect(found).not.toContainText("带星号");
    await staffPageStands(page, "a sheet that was saved to be corrected");
  });

  await test.step("a sheet with a fault is told so, and cannot be proposed", async () => {
    await page.getByLabel("改好的账目文件").setInputFiles(sheet(before.replace(/\d+\.\d{2}/, "壹万")));
    await page.getByRole("button", { name: "上传并检查" }).click();
    await expect(found).toBeFocused();
    await expect(found.getByRole("status").first()).toContainText("处错误");
    await expect(page.getByRole("button", { name: "提出更正" })).toHaveCount(0);
  });

  await test.step("a good one stands beside the published version", async () => {
    await page.getByLabel("改好的账目文件").setInputFiles(sheet(after));
    await page.getByRole("button", { name: "上传并检查" }).click();
    await expect(found).toBeFocused();
    await expect(found.getByRole("status").first()).toContainText("没有发现错误，可以提出更正");
    const beside = found.getByRole("table", { name: "和已公布的版本对比" });
    await expect(beside).toContainText("公布的（第 1 版）");
    await expect(beside.getByRole("row").filter({ hasText: "现在还有" })).toContainText("一样");
    await staffPageStands(page, "a correction that was checked");
  });

  await test.step("leaving asks first, and proposing says until when it waits", async () => {
    await page.getByLabel("原因（会公布）").fill("摘要写漏了");
    const menu = page.getByRole("navigation", { name: "菜单" });
    await menu.getByRole("link", { name: "海报" }).click();
    const asked = page.getByRole("dialog").filter({ hasText: "还有没保存的改动" });
    await asked.getByRole("button", { name: "留在这一页" }).click();
    await expect(page.getByLabel("原因（会公布）")).toHaveValue("摘要写漏了");
    await page.getByRole("button", { name: "提出更正" }).click();
    await expect(page.getByText("已提出，在等第二个人同意")).toBeVisible();
    await isAccessible(page, "a correction that was proposed");
  });

  await test.step("the second person sees the cell that changes, and where the table is", async () => {
    const triage = await people.staff("triage");
    await triage.page.goto("/admin/proposals");
    await expect(triage.page.getByText("更正或撤回已公布的账目")).toBeVisible();
    const card = triage.page.getByRole("article", { name: /^更正/ });
    await expect(card).toContainText("摘要写漏了");
    const changed = card.getByRole("row").filter({ hasText: "摘要" });
    await expect(changed.getByRole("insertion")).toHaveText("及补漏");
    await expect(card.getByRole("link", { name: /更正/ })).toHaveAttribute(
      "href",
      `/v/${VILLAGE}/accounts/2026-10`,
    );
    await staffPageStands(triage.page, "a correction that waits");
  });
});
