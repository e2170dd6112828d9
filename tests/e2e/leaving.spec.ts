// What would be lost by one click is asked about first.
import type { Page } from "@playwright/test";
import { isAccessible } from "./looks";
import { expect, test } from "./stage";

test("what is typed, and a code that is shown once, are not lost by one click on the menu", async ({
  people,
}) => {
  const link = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name, exact: true });
  const question = (page: Page, words: string) => page.getByRole("dialog").filter({ hasText: words });

  await test.step("an item of the power list", async () => {
    const { page } = await people.staff("county");
    await link(page, "权力清单").click();
    await page.getByRole("link", { name: "修改", exact: true }).first().click();
    const name = page.getByRole("form", { name: /^草稿：/ }).getByLabel("名称", { exact: true });
    await name.fill("写到一半的名称");
    const asked = question(page, "还有没保存的改动");
    await link(page, "片区").click();
    await isAccessible(page, "leaving what is not saved");
    await asked.getByRole("button", { name: "留在这一页" }).click();
    await expect(asked).toBeHidden();
    await expect(name).toHaveValue("写到一半的名称");

    await page.goBack();
    await expect(asked).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(asked).toBeHidden();
    await expect(name).toHaveValue("写到一半的名称");

    await link(page, "片区").click();
    await asked.getByRole("button", { name: "离开，不要了" }).click();
    await expect(page).toHaveURL(/\/admin\/zones$/);
    await expect(page.getByRole("button", { name: "提出新片区" })).toBeVisible();

    // Whoever throws the draft away has said so already.
    await link(page, "权力清单").click();
    await page.getByRole("link", { name: "修改", exact: true }).first().click();
    await name.fill("写好的名称");
    await page.getByRole("button", { name: "保存草稿" }).click();
    await expect(page.getByRole("button", { name: "丢弃草稿" })).toBeVisible();
    await name.fill("又写到一半");
    await page.getByRole("button", { name: "丢弃草稿" }).click();
    await expect(page).toHaveURL(/\/admin\/powers\?region=230104000000$/);
    await expect(asked).toBeHidden();
  });

  await test.step("a policy and a calendar", async () => {
    const { page } = await people.staff("county");
    const asked = question(page, "还有没保存的改动");
    await link(page, "时限办法").click();
    await page.getByRole("button", { name: "提出修改" }).click();
    await link(page, "片区").click();
    await expect(page, "nothing was changed yet").toHaveURL(/\/admin\/zones$/);
    await expect(page.getByRole("heading", { level: 1, name: "片区" })).toBeVisible();
    await link(page, "时限办法").click();
    await page.getByRole("button", { name: "提出修改" }).click();
    await page.getByLabel("为什么要改").fill("写到一半");
    await link(page, "片区").click();
    await asked.getByRole("button", { name: "留在这一页" }).click();
    await expect(page.getByLabel("为什么要改")).toHaveValue("写到一半");
    await link(page, "片区").click();
    await asked.getByRole("button", { name: "离开，不要了" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "片区" })).toBeVisible();
    await link(page, "工作日历").click();
    // The page before has such a button too.
    await expect(page.getByRole("heading", { level: 1, name: "工作日历" })).toBeVisible();
    await page.getByRole("main").getByRole("button", { name: /提出/ }).first().click();
    await page
      .getByRole("form")
      .getByLabel(/依据|来源/)
      .fill("写到一半");
    await link(page, "片区").click();
    await expect(asked).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("form").getByLabel(/依据|来源/)).toHaveValue("写到一半");
  });

  await test.step("the code of a call that was taken down", async () => {
    const { page } = await people.staff("triage");
    await page.goto("/admin/intake");
    const form = page.getByRole("form", { name: "登记来电来信来访" });
    const choose = async (label: string, option: string) => {
      const open = page.locator(".ant-select-dropdown:visible");
      await form.getByRole("combobox", { name: label }).fill(option);
      await open.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
      await expect(open).toHaveCount(0);
    };
    await test.step("a place that is still looked for is not called missing", async () => {
      let answer = () => {};
      const held = new Promise<void>((go) => {
        answer = go;
      });
      await page.route(/\/api\/v1\/regions\?.*q=/, async (route) => {
        await held;
        await route.continue();
      });
      await form.getByRole("combobox", { name: "哪个地方的事" }).fill("东风");
      await expect(page.getByText("正在找…")).toBeVisible();
      await expect(page.getByText("没有找到，或不在您的范围里")).toHaveCount(0);
      answer();
      await expect(page.getByText("正在找…")).toHaveCount(0);
    });
    await choose("哪个地方的事", "东风村");
    await choose("类别", "办事和服务");
    await form.getByLabel("反映的内容").fill("来电说村口的路灯坏了半年没人修");
    await form.getByRole("button", { name: "登记" }).click();
    const code = page.getByRole("region", { name: "回执码" }).getByText(/^\d{4}( \d{4}){4}$/);
    const shown = (await code.textContent()) ?? "";
    const asked = question(page, "回执码还没有交给反映人");
    await link(page, "我的账号").click();
    await expect(asked).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(asked).toBeHidden();
    await expect(code).toHaveText(shown);

    await page.getByLabel("回执码已经念给或交给反映人").check();
    await link(page, "我的账号").click();
    await expect(page).toHaveURL(/\/admin\/account$/);
  });
});

test("words that may not stay on the phone are not there for whoever picks it up later", async ({
  people,
}) => {
  const villager = await people.villager();
  const { page } = villager;
  const words = "这句话不该留给别人看，写到一半就走开了。";
  await page.clock.install();
  await page.goto("/v/230104111204/accounts/2026-10");
  const begins = async () => {
    await villager.asksAbout("路灯电费（9月）");
    return page.getByLabel("事情经过");
  };
  const leaves = async () => {
    await page.getByRole("link", { name: "返回" }).click();
    // What is on its way would be taken for lost when time passes at once.
    await expect(page.getByRole("button", { name: "对这一笔有疑问" }).first()).toBeVisible();
  };
  const told = await begins();
  await told.fill(words);
  await page.getByRole("button", { name: "不存", exact: true }).click();
  // A look at the accounts and back: nothing is lost.
  await leaves();
  await page.clock.fastForward("01:00");
  await expect(await begins()).toHaveValue(words);
  // Gone for longer: somebody else may hold the phone.
  await leaves();
  await page.clock.fastForward("06:00");
  await expect(await begins()).not.toHaveValue(words);
});
