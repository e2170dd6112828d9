// The dashboard's numbers and the addresses they lead to.
import { filed } from "./filing";
import { isAccessible, sideways } from "./looks";
import { rows } from "./queue";
import { expect, test } from "./stage";

test("the dashboard's numbers open the cases behind them", async ({ people }) => {
  const { page } = await people.staff("county");
  await page.goto("/admin/dashboard");
  await expect(page.getByRole("img", { name: /在谁手上/ }).locator("svg")).toBeVisible();
  await isAccessible(page, "the dashboard");
  expect(await sideways(page)).toEqual([]);
  const number = page.getByRole("region", { name: "在谁手上" }).getByRole("link").first();
  const count = Number(await number.textContent());
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: /下载“在谁手上”表格/ }).click();
  expect((await file).suggestedFilename()).toBe("在谁手上.csv");
  await number.click();
  await expect(rows(page)).toHaveCount(count);
  await expect(page.getByText(/在.*手上/).first()).toBeVisible();
});

test("the township's months open just the cases they count, and the county's say why there are fewer", async ({
  people,
}) => {
  const { page } = await people.staff("triage");
  const menu = page.getByRole("navigation", { name: "菜单" });
  await menu.getByRole("link", { name: "看板" }).click();
  const trends = page.getByRole("region", { name: "近六个月趋势" }).getByRole("table");
  await expect(trends).toBeVisible();
  await isAccessible(page, "a township's dashboard");
  const links = trends.getByRole("link");
  expect(await links.count(), "the demo's half year has something to open").toBeGreaterThan(4);
  for (let at = 0; at < (await links.count()); at += 1) {
    const said = (await links.nth(at).textContent()) ?? "";
    await links.nth(at).click();
    await expect(page.getByRole("searchbox")).toBeVisible();
    await expect(rows(page).first()).toBeVisible();
    if (!said.includes("%")) await expect(rows(page), `number ${at}: ${said}`).toHaveCount(Number(said));
    else await expect(page.getByText("这个数按时限算")).toBeVisible();
    await page.goBack();
    await expect(trends).toBeVisible();
  }

  const county = (await people.staff("county")).page;
  await county.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "看板" }).click();
  const months = county.getByRole("region", { name: "近六个月趋势" }).getByRole("table");
  await expect(months).toBeVisible();
  const filed = months.getByRole("row").filter({ hasText: "10月" }).getByRole("link").first();
  const count = Number(await filed.textContent());
  await filed.click();
  await expect(rows(county).first()).toBeVisible();
  const opened = await rows(county).count();
  if (opened === count) await expect(county.getByText("看板上是")).toHaveCount(0);
  else await expect(county.getByText(`看板上是 ${count}，这里有 ${opened} 件`)).toBeVisible();
});

test("an address that cannot be read says so, with one way out; Esc empties the search", async ({
  people,
  server,
}) => {
  await filed(server, 1, () => "地址写错时也在的一件，路牌倒了。");
  const { page, watch } = await people.staff("triage");
  watch.pardon(/status of 400 .*\/api\/v1\/admin\/complaints/);
  await page.goto("/admin/?state=bogus&light=purple");
  const alert = page.getByRole("alert").filter({ hasText: "看不懂" });
  await expect(alert).toBeVisible();
  await isAccessible(page, "an address that cannot be read");
  await alert.getByRole("button", { name: "清除筛选" }).click();
  await expect(rows(page).first()).toBeVisible();
  expect(new URL(page.url()).search).toBe("");

  await page.keyboard.press("/");
  await page.keyboard.type("地址写错时");
  await expect(page).toHaveURL(/q=/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await expect(page).not.toHaveURL(/q=/);
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).not.toBeFocused();

  await test.step("the cards add up to all that is open", async () => {
    const cards = page.getByRole("group", { name: "按灯筛选" }).locator("strong");
    const sum = (await cards.allTextContents()).reduce((all, one) => all + Number(one), 0);
    await expect(page.getByText(`共 ${sum} 件`)).toBeVisible();
  });
});
