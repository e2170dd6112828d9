// From whatever stands on a page to the form with that very thing attached, in one press; by hand, by keyboard alone, and
// read aloud.
import type { Locator, Page } from "@playwright/test";
import { PHONE } from "./chromium.mjs";
import { photoOf } from "./handset";
import { violations } from "./looks";
import { expect, test } from "./stage";

const VILLAGE = "/v/230104111204";

/** What the form was opened with: in the history, and nowhere in the address. */
async function isAbout(page: Page, type: string, chip: string | RegExp): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: /说说是什么事$/ })).toBeVisible();
  await expect(page.locator(".asked").first()).toContainText(chip);
  const state = await page.evaluate(
    () => history.state as { handover?: { about?: { type?: string } } } | null,
  );
  expect(state?.handover?.about?.type).toBe(type);
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/new");
}

test("each line, row, disclosure, late obligation, power and step opens the form with it attached", async ({
  people,
}) => {
  test.slow();
  const { page } = await people.villager();
  const presses = async (button: Locator, type: string, chip: string | RegExp) => {
    await button.click();
    await isAbout(page, type, chip);
    await page.goBack();
  };
  const named = (name: string) => page.getByRole("button", { name, exact: true });

  await page.goto(`${VILLAGE}/accounts/2026-10`);
  const line = page.getByRole("listitem").filter({ hasText: "路灯电费（9月）" });
  await presses(
    line.getByRole("button", { name: "对这一笔有疑问" }),
    "disclosure_line",
    /这一笔账.*路灯电费（9月）/,
  );
  await presses(named("对这份账有疑问"), "disclosure", /这份账.*2026年10月/);

  await page.goto(`${VILLAGE}/tables`);
  const table = page.getByRole("main").getByRole("listitem").getByRole("link").first();
  const title = (await table.locator("b").textContent()) ?? "";
  await table.click();
  const row = page.locator(".table-row").first();
  const what = ((await row.locator("b").first().textContent()) ?? "").replace(/^\d+\.\s*/, "");
  await presses(row.getByRole("button", { name: "对这一条有疑问" }), "disclosure_line", what);
  await presses(named("对这份表有疑问"), "disclosure", title);

  await page.goto(VILLAGE);
  const unmet = page.getByRole("region", { name: "该公开还没公开" });
  const late = unmet.getByRole("button").first();
  const duty = (await late.locator("b").textContent()) ?? "";
  await presses(late, "obligation", duty);
  await unmet.getByRole("link", { name: /全部/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "该公开什么" })).toBeVisible();
  const owed = page.getByRole("listitem").filter({ hasText: duty });
  await owed.getByText(/^为什么是/).click();
  await expect(owed.getByText(/的第二天数起/)).toBeVisible();
  await presses(owed.getByRole("button", { name: "反映没公开" }), "obligation", duty);
  // The township's page names what its villages owe, each with its village.
  await page.getByRole("navigation", { name: "看哪里" }).getByRole("link", { name: "团结镇" }).click();
  const missed = page.getByRole("listitem").filter({ hasText: "到下一期该公开的时候也没有公开" });
  const other = (await missed.locator("h3").textContent()) ?? "";
  await presses(missed.getByRole("button", { name: "反映没公开" }), "obligation", other);

  await page.goto(`${VILLAGE}/powers`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /农村宅基地申请/ })
    .click();
  // The list has a heading too: not before the item itself is there.
  await expect(page.locator(".flow")).toBeVisible();
  const power = "农村宅基地申请";
  await expect(page.getByRole("heading", { level: 1 })).toContainText(power);
  const step = page.locator(".flow > li").nth(1);
  const deed = (await step.locator("b").textContent()) ?? "";
  await presses(step.getByRole("button"), "power_item", `${power} · 第 2 步：${deed}`);
  await presses(named("没按这个办？我要反映"), "power_item", power);
  // Another step of the same matter takes the place of the first; the words follow as long as nobody has written any.
  await page.locator(".flow > li").first().getByRole("button").click();
  await isAbout(page, "power_item", "第 1 步");
  await expect(page.getByLabel("事情经过")).toHaveValue(/^第 1 步“.*”没按这个办：$/);
  await page.getByRole("button", { name: /^去掉/ }).click();
  await expect(page.getByLabel("事情经过")).toHaveValue("");
});

test("what kind of matter it is stands there already where that is plain, and can be changed", async ({
  people,
}) => {
  const { page } = await people.villager();
  const powers = page.getByRole("main").getByRole("link");
  const category = page.getByRole("radio", { name: /^土地和宅基地/ });
  const step = (at: number) => page.locator(".flow > li").nth(at).getByRole("button");

  await page.goto(`${VILLAGE}/powers`);
  await powers.filter({ hasText: "农村宅基地申请" }).click();
  await step(1).click();
  await isAbout(page, "power_item", "第 2 步");
  const chosen = page.locator(".asked.place").filter({ hasText: "土地和宅基地" });
  await expect(chosen).toBeVisible();
  await expect(category, "folded while it is plain").toHaveCount(0);
  await chosen.getByRole("button", { name: "换一类" }).click();
  await expect(category).toBeChecked();
  await page.getByRole("radio", { name: /^干部的作风/ }).check();
  await page.getByRole("button", { name: /^下一步/ }).click();
  await expect(page.getByRole("alert")).not.toContainText("请选一下是哪方面的事");
  // Another step of the same matter: what was chosen stays chosen.
  await page.goBack();
  await step(0).click();
  await isAbout(page, "power_item", "第 1 步");
  await expect(page.locator(".asked.place").filter({ hasText: "干部的作风" })).toBeVisible();

  // Hiring, pay, election, audit: no one kind, so nothing is guessed.
  await page.goto(`${VILLAGE}/powers`);
  await powers.filter({ hasText: "误工补贴人员和标准" }).click();
  await step(0).click();
  await isAbout(page, "power_item", "第 1 步");
  await expect(category).toBeVisible();
  await expect(page.locator("input[name=category]:checked")).toHaveCount(0);

  // A table is about what it lists, and not about the accounts.
  await page.goto(`${VILLAGE}/tables`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /惠民补贴/ })
    .first()
    .click();
  await page.getByRole("button", { name: "对这一条有疑问" }).first().click();
  await expect(page.locator(".asked.place").filter({ hasText: "补贴和救助" })).toBeVisible();
});

test("what was only looked at is not attached to the next concern, and a village's page files for that village", async ({
  people,
}) => {
  const villager = await people.villager();
  const { page } = villager;
  await villager.readsTheAccounts(VILLAGE.slice(3), "2026年10月");
  await villager.asksAbout("路灯电费（9月）");
  await page.goBack();
  await page.getByRole("link", { name: "返回" }).click();
  await page.getByRole("navigation", { name: "主要页面" }).getByRole("link", { name: "首页" }).click();
  await page.getByRole("link", { name: /我要反映问题/ }).click();
  await expect(page.getByLabel("事情经过")).toBeVisible();
  await expect(page.getByText("路灯电费（9月）")).toHaveCount(0);
  await expect(page.locator("input[name=category]:checked")).toHaveCount(0);

  // A neighbouring village that has published nothing: its page is about it, whatever village is one's own.
  await page.goto("/v/230104111001/tables");
  await page.getByRole("link", { name: "反映没公开" }).click();
  await expect(page.locator(".asked.place").first()).toContainText("兴旺社区");
  await expect(page.locator(".asked.place").filter({ hasText: "该公开的没公开" })).toBeVisible();
});

/** Goes on with the Tab key until it is there; wherever it stops on the way, nothing covers it. */
async function tabsTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
    const covered = await page.evaluate(() => {
      const bar = document.querySelector(".sticky")?.getBoundingClientRect();
      const one = document.activeElement;
      if (bar === undefined || one === null || one.closest(".sticky, .skip") !== null) return "";
      return one.getBoundingClientRect().top >= bar.top ? (one.textContent ?? "").slice(0, 20) : "";
    });
    expect(covered, "under the bar").toBe("");
  }
  throw new Error("the Tab key does not come to it");
}

test("from a step of a power to the receipt with the keyboard alone, for somebody else", async ({
  people,
}) => {
  test.slow();
  const { page } = await people.villager();
  const presses = async (target: Locator, key: "Enter" | "Space") => {
    await tabsTo(page, target);
    await page.keyboard.press(key);
  };
  const one = (role: "radio" | "checkbox" | "button", name: string) =>
    page.getByRole(role, { name: new RegExp(`^${name}`) }).first();

  await page.goto(`${VILLAGE}/powers`);
  // Of an area that is no one kind of matter: that too is chosen by keys.
  await presses(page.getByRole("main").getByRole("link", { name: /误工补贴人员和标准/ }), "Enter");
  await presses(page.locator(".flow > li").first().getByRole("button"), "Enter");
  await expect(page.getByRole("heading", { level: 1, name: /说说是什么事$/ })).toBeFocused();
  await presses(page.getByRole("button", { name: /^下一步/ }), "Enter");
  // The list of faults has the focus, and its links lead to the fields.
  await expect(page.getByRole("alert")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await expect(one("radio", "投诉")).toBeChecked();
  await presses(page.locator("input[name=category]").first(), "Space");
  await tabsTo(page, page.getByLabel("事情经过"));
  await page.keyboard.press("End");
  await page.keyboard.type("替隔壁老人问，没有开会就定了。");
  await presses(page.getByRole("button", { name: "不存", exact: true }), "Enter");
  await expect(page.getByLabel("事情经过")).toBeFocused();
  await presses(one("checkbox", "不针对谁"), "Space");
  await presses(page.getByRole("button", { name: /^下一步/ }), "Enter");
  await expect(page.getByRole("heading", { level: 1, name: /要不要留姓名$/ })).toBeFocused();
  await presses(one("radio", "不留姓名"), "Space");
  await presses(one("checkbox", "我是替别人写的（代办）"), "Space");
  await presses(page.getByRole("button", { name: /^下一步/ }), "Enter");
  await expect(page.getByRole("heading", { level: 1, name: /再看一遍，还没有交$/ })).toBeFocused();
  await expect(page.getByText("我是替别人写的（代办）")).toBeVisible();
  await presses(page.getByRole("button", { name: /^提交/ }), "Enter");
  await expect(page.getByRole("heading", { level: 1, name: /交上去了$/ })).toBeFocused();
});

test("read aloud where the phone has a voice of its own, and not otherwise", async ({ people }) => {
  const { page } = await people.browser({ ...PHONE });
  await page.goto(`${VILLAGE}/accounts/2026-10`);
  const read = page.getByRole("button", { name: "读给我听" });
  const stop = page.getByRole("button", { name: "别读了" });
  await expect(page.getByRole("button", { name: "对这一笔有疑问" }).first()).toBeVisible();
  await expect(read, "this browser has no voice").toHaveCount(0);

  // The machine that tests has none: one that notes what it is given to read.
  await page.addInitScript(() => {
    const said: string[] = [];
    const voice = { lang: "zh-CN", localService: true, name: "演示", default: true, voiceURI: "test" };
    Reflect.set(window, "said", said);
    const speech = {
      getVoices: () => [voice],
      speak: (one: { text: string }) => said.push(one.text),
      cancel: () => said.push("(stop)"),
      addEventListener: () => undefined,
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    class Said {
      constructor(readonly text: string) {}
    }
    Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Said });
  });
  const said = () => page.evaluate(() => (Reflect.get(window, "said") as string[]).join("|"));
  await page.reload();
  await read.click();
  await expect(stop).toBeVisible();
  expect(await said()).toMatch(/2026年10月.*本月收入：.*\s元.*现在还有：.*\s元/);
  expect(await violations(page), "axe, while it reads").toEqual([]);
  await stop.click();
  await expect(read).toBeVisible();
  expect(await said()).toMatch(/\(stop\)$/);

  await page.getByRole("link", { name: "返回" }).click();
  await page.getByRole("navigation", { name: "主要页面" }).getByRole("link", { name: "办事清单" }).click();
  // The page before has links too.
  await page
    .getByRole("main")
    .getByRole("link", { name: /谁负责/ })
    .first()
    .click();
  await read.click();
  expect(await said()).toMatch(/怎么办.*第 1 步，/);
  await page.goBack();
  await expect.poll(said, "who goes on has heard enough").toMatch(/\(stop\)$/);
});

test("of more photos than there may be the rest is named, and what was handed in is not found again by stepping back", async ({
  people,
}) => {
  const villager = await people.villager();
  const { page } = villager;
  await villager.readsTheAccounts(VILLAGE.slice(3), "2026年10月");
  await villager.asksAbout("路灯电费（9月）");
  const photo = await photoOf(page, "green");
  await page.locator("#f-photos").setInputFiles(Array.from({ length: 8 }, () => photo));
  await expect(page.getByText("最多 6 张，有 2 张没有放进来。")).toBeVisible();
  await expect(page.getByRole("button", { name: /^去掉“照片/ })).toHaveCount(6);
  for (let at = 6; at > 0; at -= 1)
    await page
      .getByRole("button", { name: /^去掉“照片/ })
      .first()
      .click();
  await page.goBack();
  await villager.files({ line: "路灯电费（9月）", kind: "咨询", words: "演示：请问这笔电费是哪几盏灯的？" });
  for (let step = 0; step < 4 && new URL(page.url()).pathname !== "/new"; step += 1) await page.goBack();
  await expect(page.getByRole("textbox", { name: "事情经过" })).toHaveValue("");
  await expect(page.getByText("路灯电费（9月）")).toHaveCount(0);
});
