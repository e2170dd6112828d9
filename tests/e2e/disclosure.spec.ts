// A month's accounts from the clerk's workbook to the villagers' page: nobody alone gets them there.
import type { Page } from "@playwright/test";
import { LAMPS, NOVEMBER, november, type Sheet } from "./ledgers";
import { fitsLargeText, isAccessible, staffPageStands } from "./looks";
import { DESKTOP } from "./people";
import { expect, test } from "./stage";
import { addsASlip, brightness, drawsABox, drawsWithAFinger, opensTheSlip } from "./vouchers";

/** What is to be covered on the slip, in its own pixels. */
const NAME_ON_IT = { from: [30, 60], to: [280, 120], middle: [155, 90] } as const;
const NUMBER_ON_IT = { from: [310, 60], to: [580, 120], middle: [445, 90] } as const;
const STAMP_ON_IT = { from: [30, 340], to: [80, 390], middle: [55, 365] } as const;
const VILLAGERS_PAGE = "/v/230104111204/accounts/2026-11";

// November is over: what a month came to is published after it.
test.use({ start: "2026-12-01T08:00:00+08:00" });

/** Chooses a workbook and has it checked; what was found. */
async function checked(page: Page, sheet: Sheet) {
  await page.getByLabel("账目文件").setInputFiles(sheet);
  await page.getByRole("button", { name: "上传并检查" }).click();
  const found = page.getByRole("region", { name: "检查结果" });
  await expect(found).toBeFocused();
  return found;
}

test("a ledger is corrected, drafted, signed and published, each by another person", async ({ people }) => {
  test.setTimeout(240_000);
  const clerk = await people.staff("villageClerk");
  await test.step("the clerk uploads a ledger in which an amount is no number, and is told where", async () => {
    await clerk.page.getByRole("link", { name: "上传账目" }).click();
    const found = await checked(clerk.page, november("贰佰多"));
    await expect(found.getByRole("status")).toContainText("处错误，改好后请重新上传");
    const faults = found.getByRole("table").first();
    const fault = faults.getByRole("row").filter({ hasText: "F4" }).first();
    await expect(fault).toContainText("逐笔公开表");
    await expect(fault).toContainText("支出(元)");
    await expect(fault).toContainText("“贰佰多”不是金额");
    await expect(found.getByRole("button", { name: "生成草稿" })).toHaveCount(0);
  });

  await test.step("corrected, it adds up and becomes a draft", async () => {
    const found = await checked(clerk.page, november());
    await expect(found.getByRole("status")).toContainText("没有发现错误");
    await expect(found).toContainText("算得平");
    await found.getByRole("button", { name: "生成草稿" }).click();
    await expect(clerk.page.getByRole("heading", { level: 1 })).toHaveText(NOVEMBER.title);
    await expect(clerk.page.getByText("等待签字").first()).toBeVisible();
    // Who drafts does not sign.
    await expect(clerk.page.getByRole("button", { name: "签字" })).toHaveCount(0);
  });

  await test.step("the clerk adds a voucher and blackens it, by mouse and by keys", async () => {
    const { page } = clerk;
    await page.getByRole("link", { name: "看凭证图片" }).click();
    await addsASlip(page, LAMPS);
    await staffPageStands(page, "the vouchers of a draft");
    await opensTheSlip(page, LAMPS);
    await drawsABox(page, NAME_ON_IT.from, NAME_ON_IT.to);
    await expect(page.getByRole("button", { name: "框 1", exact: false })).toHaveCount(1);
    // Drawn and not saved: one click elsewhere does not lose it.
    const asked = page.getByRole("dialog").filter({ hasText: "刚画的黑框就没有了" });
    await page.getByRole("link", { name: "回到凭证图片" }).click();
    await isAccessible(page, "leaving boxes that are not saved");
    await asked.getByRole("button", { name: "留在这一页" }).click();
    await expect(asked).toBeHidden();
    await expect(page.getByRole("button", { name: /^框 1：/ })).toBeVisible();
    await page.getByRole("button", { name: "加一个框" }).click();
    const second = page.getByRole("button", { name: /^框 2：/ });
    await expect(second).toBeFocused();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Delete");
    await expect(second).toHaveCount(0);
    await staffPageStands(page, "blackening a voucher");
    await page.getByRole("button", { name: "保存遮盖" }).click();
    const left = page.getByRole("img", { name: "遮盖过的凭证" });
    const [name = 255, number = 0] = await brightness(left, [NAME_ON_IT.middle, NUMBER_ON_IT.middle]);
    expect(name).toBeLessThan(16);
    expect(number).toBeGreaterThan(40);
    // Saved, nothing is asked; thrown away, the box is gone and the saved one is not.
    const back = page.getByRole("link", { name: "回到凭证图片" });
    await back.click();
    await expect(asked).toBeHidden();
    await opensTheSlip(page, LAMPS);
    await page.getByText("画黑框", { exact: true }).click();
    await drawsABox(page, NUMBER_ON_IT.from, NUMBER_ON_IT.to);
    await expect(page.getByRole("button", { name: /^框 2：/ })).toBeVisible();
    await back.click();
    await asked.getByRole("button", { name: "离开，不要了" }).click();
    await opensTheSlip(page, LAMPS);
    await page.getByText("画黑框", { exact: true }).click();
    await expect(page.getByRole("button", { name: /^框 1：/ })).toBeVisible();
    await expect(page.getByRole("button", { name: /^框 2：/ })).toHaveCount(0);
    // And another, while the agency looks at the same picture.
    await drawsABox(page, STAMP_ON_IT.from, STAMP_ON_IT.to);
    await expect(page.getByRole("button", { name: /^框 2：/ })).toBeVisible();
  });

  const agency = await people.staff("publisher", { ...DESKTOP, hasTouch: true });
  await test.step("on a phone a finger covers what was overlooked", async () => {
    const { page } = agency;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(clerk.page.url());
    await page.getByText("画黑框", { exact: true }).click();
    await drawsWithAFinger(page, NUMBER_ON_IT.from, NUMBER_ON_IT.to);
    await expect(page.getByRole("button", { name: /^框 2：/ })).toBeVisible();
    // A look at what is shown now takes nothing away.
    await page.getByText("公开的样子", { exact: true }).click();
    await expect(page.getByRole("img", { name: "遮盖过的凭证" })).toBeVisible();
    await page.getByText("画黑框", { exact: true }).click();
    await expect(page.getByRole("button", { name: /^框 2：/ })).toBeVisible();
    await page.getByRole("button", { name: "保存遮盖" }).click();
    const left = page.getByRole("img", { name: "遮盖过的凭证" });
    const places = [NAME_ON_IT.middle, NUMBER_ON_IT.middle];
    await expect.poll(() => brightness(left, places).then((found) => Math.max(...found))).toBeLessThan(16);
  });

  await test.step("what both drew at the same time is covered, whoever saves last", async () => {
    const { page } = clerk;
    clerk.watch.pardon(/status of 412 .*\/redact$/);
    await page.getByRole("button", { name: "保存遮盖" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "对方的框和您的框现在都在图上" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^框 3：/ })).toBeVisible();
    await staffPageStands(page, "boxes of two people");
    await page.getByRole("button", { name: "保存遮盖" }).click();
    const left = page.getByRole("img", { name: "遮盖过的凭证" });
    const places = [NAME_ON_IT.middle, NUMBER_ON_IT.middle, STAMP_ON_IT.middle];
    await expect.poll(() => brightness(left, places).then((found) => Math.max(...found))).toBeLessThan(16);
  });

  await test.step("before it is published nobody outside sees it", async () => {
    const { page } = await people.villager();
    await page.goto(VILLAGERS_PAGE);
    await expect(page.getByText(`${NOVEMBER.month}的账没有公布`)).toBeVisible();
    await expect(page.getByText(LAMPS)).toHaveCount(0);
  });

  await test.step("the committee looks at what is left of the voucher, reads the lines and signs", async () => {
    const { page } = await people.staff("committee");
    await page.getByRole("link", { name: NOVEMBER.title }).click();
    await expect(page.getByText("1 张等监督委员会确认")).toBeVisible();
    await page.getByRole("link", { name: "看凭证图片" }).click();
    await opensTheSlip(page, LAMPS);
    await expect(page.getByRole("img", { name: "遮盖过的凭证" })).toBeVisible();
    await staffPageStands(page, "confirming a voucher");
    await page.getByRole("button", { name: "都遮住了，可以公开" }).click();
    await expect(page.getByText("已确认", { exact: true })).toBeVisible();
    await expect(page.getByText("公众还看不到")).toBeVisible();
    await page.getByRole("link", { name: "回到凭证图片" }).click();
    await page.getByRole("link", { name: "回到这份账目" }).click();
    await expect(page.getByRole("table")).toContainText(LAMPS);
    await page.getByLabel("核对意见").fill("已逐笔核对，票据齐全。");
    await page.getByRole("button", { name: "签字", exact: true }).click();
    await expect(page.getByText("已签字，等待公布").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "公布给村民" })).toHaveCount(0);
  });

  await test.step("the accounting agency publishes it, after being asked once more", async () => {
    const { page } = agency;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto("/admin/disclosures");
    await page.getByRole("combobox", { name: "状态" }).click();
    await page
      .getByRole("option", { name: "已签字，等待公布" })
      .or(page.getByTitle("已签字，等待公布"))
      .last()
      .click();
    await page.getByRole("link", { name: NOVEMBER.title }).click();
    await page.getByRole("button", { name: "公布给村民" }).click();
    const sure = page.getByRole("dialog");
    await expect(sure).toContainText("3 笔");
    await sure.getByRole("button", { name: "公布给村民" }).click();
    await expect(page.getByRole("link", { name: "看公众页面" })).toBeVisible();
  });

  await test.step("the villagers read it", async () => {
    // Another phone: the first may keep what it saw for a minute (`Cache-Control` of public reads).
    const { page } = await people.villager();
    await page.goto(VILLAGERS_PAGE);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(NOVEMBER.month);
    await expect(page.getByText(LAMPS)).toBeVisible();
    await expect(page.getByText(NOVEMBER.closing).first()).toBeVisible();
    await expect(page.getByText("村务监督委员会").first()).toBeVisible();
    await page.getByText("看凭证（1 张）").click();
    const voucher = page.getByRole("img", { name: `“${LAMPS}”的凭证 1` });
    await expect(voucher).toBeVisible();
    const seen = await brightness(voucher, [NAME_ON_IT.middle, NUMBER_ON_IT.middle, [300, 200]]);
    expect(Math.max(...seen.slice(0, 2))).toBeLessThan(16);
    expect(seen[2]).toBeGreaterThan(200);
    await isAccessible(page, "an entry with its voucher");
    await fitsLargeText(page, "an entry with its voucher");
  });
});
