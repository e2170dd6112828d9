// Published accounts are corrected: whoever proposes it sees beforehand what the check found and how it stands beside the
// published version; the second person sees the cells that change, and the way to the table. Signed and published anew,
// villagers read which lines vanished and which came.
import { readFile } from "node:fs/promises";
import { fitsLargeText, isAccessible, staffPageStands } from "./looks";
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
  test.setTimeout(240_000);
  const list = await fetch(`${server.origin}/api/v1/regions/${VILLAGE}/disclosures?kind=ledger&limit=20`);
  const { items } = (await list.json()) as { items: Published[] };
  const october = items.find(({ period }) => period === "2026-10");
  if (october === undefined) throw new Error("the demo has no October");
  const exported = await fetch(`${server.origin}/api/v1/disclosures/${october.id}/export.csv`);
  const before = await exported.text();
  const word = /铲车费|维修|清运|补助/.exec(before)?.[0] ?? "费";
  // The last line gives way to another of the same amount: what it says of the balance goes on being right.
  const [, last = "", no = "0", date = "", voucher = ""] =
    /\n((\d+),(\d{4}-\d\d-\d\d),([^,]+),[^\n]*)\s*$/.exec(before) ?? [];
  const next = { no: Number(no) + 1, voucher: `${voucher}更` };
  const after = before
    .replace(last, last.replace(`${no},${date},${voucher},`, `${next.no},${date},${next.voucher},`))
    .replace(word, `${word}及补漏`);
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
    const heading = triage.page.getByRole("rowheader", { name: /摘要/ });
    const changed = card.getByRole("row").filter({ has: heading });
    await expect(changed.getByRole("insertion")).toHaveText("及补漏");
    await expect(card.getByRole("link", { name: /更正/ })).toHaveAttribute(
      "href",
      `/v/${VILLAGE}/accounts/2026-10`,
    );
    await staffPageStands(triage.page, "a correction that waits");
    await triage.decides(/^更正/, "同意", "和原始凭证核对过");
  });

  await test.step("it is signed and published anew", async () => {
    const committee = await people.staff("committee");
    await committee.page.goto(`/admin/disclosures/${october.id}`);
    await committee.page.getByLabel("核对意见").fill("更正属实。");
    await committee.page.getByRole("button", { name: "签字", exact: true }).click();
    await expect(committee.page.getByText("已签字，等待公布").first()).toBeVisible();
    await page.goto(`/admin/disclosures/${october.id}`);
    await page.getByRole("button", { name: "公布给村民" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "公布给村民" }).click();
    await expect(page.getByText("已签字，等待公布")).toHaveCount(0);
  });

  await test.step("villagers read which line vanished and which came, by what they say", async () => {
    const villager = await people.villager();
    await villager.page.goto(`/v/${VILLAGE}/accounts/2026-10`);
    const versions = villager.page.getByRole("region", { name: "各个版本" });
    await expect(versions).toContainText("新增 1 笔，删除 1 笔，改动");
    const removed = versions.getByRole("listitem").filter({ hasText: `删除第 ${no} 笔：` });
    await expect(removed.getByRole("deletion")).toContainText(`${date} · ${voucher} · `);
    await expect(removed.getByRole("deletion")).toContainText(/(收入|支出)\(元\) [\d.]+ · /);
    const added = versions.getByRole("listitem").filter({ hasText: `新增第 ${next.no} 笔：` });
    await expect(added.getByRole("insertion")).toContainText(`${date} · ${next.voucher} · `);
    await expect(versions).not.toContainText("(元) 0.00");
    await isAccessible(villager.page, "a correction for everybody");
    await fitsLargeText(villager.page, "a correction for everybody");
    await villager.page.getByRole("button", { name: "English" }).click();
    const gone = villager.page.getByRole("listitem").filter({ hasText: `Removed entry ${no}:` });
    await expect(gone.getByRole("deletion")).toContainText(/(Income|Spent) \(yuan\) [\d.]+/);
    await isAccessible(villager.page, "a correction for everybody, in English");
    await villager.page.setViewportSize({ width: 1440, height: 900 });
    await isAccessible(villager.page, "a correction for everybody at 1440 px");
  });
});
