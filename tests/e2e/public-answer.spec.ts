// An answer that was written for everybody: two persons let it out, and whoever reads the accounts finds it at its
// line. Beside that, the pages for everybody: answers of the village, numbers of the county.
import { fitsLargeText, isAccessible } from "./looks";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const MONTH = "2026年10月";
const LAMPS = "路灯电费（9月）";
const WORDS = "路灯电费单子能不能贴出来给大家看看？";
const BRIEF = "请把九月路灯电费单贴到村公示栏，并说明金额。";
const FOR_ALL = "九月路灯电费单已经贴在村公示栏，十月抵扣 62.40 元。";

test("an answer for everybody stands at its line, and on the village's page of answers", async ({
  people,
}) => {
  const villager = await people.villager();
  let code = "";
  await test.step("a villager asks, and lets the answer be shown to everybody", async () => {
    await villager.readsTheAccounts(VILLAGE, MONTH);
    code = await villager.files({ line: LAMPS, kind: "咨询", words: WORDS, mayPublish: true });
  });

  const triage = await people.staff("triage");
  const handler = await people.staff("handler");
  let number = "";
  await test.step("it is answered, and the township proposes words for everybody", async () => {
    await triage.opens(WORDS.slice(0, 10));
    number = await triage.number();
    await triage.acts("受理");
    await triage.acts("分办", { 交给哪个单位办: "团结镇人民政府", 承办单位看到的摘要: BRIEF });
    await handler.opens(BRIEF.slice(0, 10));
    await handler.acts("开始办理");
    await handler.acts("提交答复", {
      查明的事实: "九月电费单 688.92 元，与账上一致。",
      依据: "供电所九月电费单",
      结论: "已解释说明",
      怎么处理: "电费单已贴在村公示栏。",
    });
    await triage.opens(WORDS.slice(0, 10));
    await triage.acts("审核通过", { "公开答复：写给大家看的话": FOR_ALL });
  });

  const reader = await people.villager();
  await test.step("nobody reads it before a second person has agreed", async () => {
    await villager.page.goto(`/v/${VILLAGE}/answers`);
    await expect(villager.page.getByText("还没有公开的答复")).toBeVisible();
    const county = await people.staff("county");
    await county.decides(new RegExp(`公开答复.*${number}`), "同意", "可以给大家看。");
  });

  await test.step("a neighbour goes from the village's front page to the answer, and on to its line", async () => {
    await reader.page.goto(`/v/${VILLAGE}`);
    await reader.page.getByRole("link", { name: /公开的答复/ }).click();
    await expect(reader.page.getByText(FOR_ALL)).toBeVisible();
    await expect(reader.page.getByText("问的是第 1 版")).toBeVisible();
    await reader.page.getByRole("link", { name: "看这一笔" }).click();
    const entry = reader.page.getByRole("listitem").filter({ hasText: LAMPS }).filter({ hasText: FOR_ALL });
    await expect(entry.getByText(FOR_ALL)).toBeInViewport();
  });

  await test.step("who asked reads it too, asks why this day, and rates", async () => {
    await villager.looksUp(code);
    await expect(villager.page.getByRole("region", { name: "公开的答复" })).toContainText(FOR_ALL);
    await villager.rates("满意", "贴出来了。");
  });
});

test("the numbers of the county, in words and only of what is over", async ({ people }) => {
  const { page } = await people.villager();
  await page.goto(`/v/${VILLAGE}`);
  await page.getByRole("link", { name: /按时不按时/ }).click();
  await expect(page.getByRole("heading", { level: 2, name: "道外区" })).toBeVisible();
  await expect(page.getByLabel("看哪一期")).toHaveValue("2026-10");
  await expect(page.getByText(/到期的 \d+ 件里/)).toBeVisible();
  // The month that runs is not offered.
  await expect(page.getByRole("option", { name: "2026年11月" })).toHaveCount(0);
  await page.getByRole("link", { name: "团结镇" }).click();
  await expect(page.getByText("为什么这里没有数")).toBeVisible();
  await page.getByLabel("看哪一期").selectOption("2026-Q3");
  await expect(page).toHaveURL(/\/stats\/township\/2026-Q3$/);
});

test("why this day: counted out for whoever asks", async ({ people }) => {
  const villager = await people.villager();
  await villager.readsTheAccounts(VILLAGE, MONTH);
  const code = await villager.files({ line: LAMPS, kind: "投诉", words: "路灯坏了两个月，钱花到哪里去了？" });
  await villager.looksUp(code);
  await villager.page.getByText(/^为什么是 12月14日/).click();
  await expect(villager.page.getByText("15 个工作日，从 11月23日的第二天数起。")).toBeVisible();
  await expect(villager.page.getByText("11月28日至11月29日")).toBeVisible();
  await isAccessible(villager.page, "why this day");
  await fitsLargeText(villager.page, "why this day");
  await villager.withdraws("想再想想");
  await villager.page.getByLabel("为什么接着反映").fill("想好了，还是要问。");
  await villager.page.getByRole("button", { name: "接着反映" }).click();
  await expect(villager.page.getByText("您不同意，交给上一级")).toBeVisible();
  await villager.withdraws("算了");
  await isAccessible(villager.page, "other doors");
  await fitsLargeText(villager.page, "other doors");
  // Once in each matter: from here on other doors are named.
  await expect(villager.page.getByText(/一件事只能提一次不同意/)).toBeVisible();
  await expect(villager.page.getByRole("link", { name: "打 12388" })).toBeVisible();
});
