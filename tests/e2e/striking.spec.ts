// An event was written down that never happened. Nobody can take it away alone: a second person agrees, and everybody
// reads that it was struck and why.
import { fitsLargeText, isAccessible, staffPageStands } from "./looks";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const EVENT = "演示：村西机井出租";
const REASON = "演示：记错了村，是东升村的机井";

test("an event that was written down by mistake is struck by two persons and stays to be read", async ({
  people,
  server,
}) => {
  const { case_time: now } = (await (await fetch(`${server.origin}/api/v1/time`)).json()) as {
    case_time: string;
  };
  const { page } = await people.staff("villageClerk");
  const row = () => page.getByRole("row").filter({ hasText: EVENT });

  await test.step("a clerk writes it down", async () => {
    await page.goto("/admin/obligations");
    await page.getByRole("button", { name: "登记须随时公开的事项" }).click();
    const form = page.getByRole("form", { name: "登记须随时公开的事项" });
    await form.getByRole("combobox", { name: "公开事项" }).click();
    await page.getByTitle(/./).and(page.locator(".ant-select-item-option")).first().click();
    await form.getByLabel("发生日期").fill(now.slice(0, 10));
    await form.getByLabel("发生了什么").fill(EVENT);
    await form.getByRole("button", { name: "登记", exact: true }).click();
    await expect(page.getByText(/^已登记：/)).toBeVisible();
    await expect(row()).toBeVisible();
  });

  await test.step("and asks to strike it, with a reason that names nobody", async () => {
    await row()
      .getByRole("button", { name: /^误记，申请注销/ })
      .click();
    const form = page.getByRole("form", { name: "误记，申请注销" });
    await form.getByLabel(/^哪里记错了/).fill(REASON);
    await staffPageStands(page, "a form to strike an event");
    await form.getByRole("button", { name: "申请注销", exact: true }).click();
    await expect(page.getByRole("dialog")).toContainText(/最晚 \d+年\d+月\d+日/);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Close|关闭/ })
      .click();
  });

  const villager = await people.villager();
  await test.step("villagers still read that it is due", async () => {
    await villager.page.goto(`/v/${VILLAGE}/obligations`);
    await expect(villager.page.getByText(EVENT).first()).toBeVisible();
    await expect(villager.page.getByText("误记，已注销（")).toHaveCount(0);
  });

  await test.step("a second person reads what it is about, and agrees", async () => {
    const triage = await people.staff("triage");
    await triage.page.goto("/admin/proposals");
    const card = triage.page.getByRole("article", { name: /误记注销/ });
    await expect(card).toContainText(EVENT);
    await expect(card).toContainText(REASON);
    await staffPageStands(triage.page, "an event that is to be struck");
    await triage.decides(/误记注销/, "同意", "问过村里，确实记错了");
  });

  await test.step("it is struck for everybody, with the reason, and can still be raised", async () => {
    await villager.page.reload();
    const struck = villager.page.getByRole("listitem").filter({ hasText: EVENT });
    await expect(struck).toContainText(`误记，已注销（${REASON}）`);
    await isAccessible(villager.page, "what was struck");
    await fitsLargeText(villager.page, "what was struck");
    await villager.page.getByRole("button", { name: "English" }).click();
    await expect(struck).toContainText("Recorded by mistake, struck (");
    await isAccessible(villager.page, "what was struck, in English");
    await villager.page.getByRole("button", { name: "中文" }).click();
    await struck.getByRole("button", { name: "反映注销得不对" }).click();
    await expect(villager.page.getByText(EVENT).first()).toBeVisible();
    await page.goto("/admin/obligations");
    await expect(row()).toContainText("已注销");
    await expect(row()).toContainText(REASON);
    await expect(row().getByRole("button", { name: /^误记/ })).toHaveCount(0);
    await staffPageStands(page, "an event that was struck");
  });
});
