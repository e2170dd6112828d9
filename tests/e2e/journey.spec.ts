// What this project is for, in one story: somebody asks about a line of the accounts, nobody stirs, the case
// climbs by itself, it is answered after all, and who asked has the last word.
import type { Officer } from "./officer";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const LAMPS = "路灯电费（9月）";
const WORDS = "九月路灯有一半不亮，电费怎么还和上个月一样多？想看看电费单子。";
const BRIEF = "有村民询问九月路灯电费为何没有随停亮减少，请核对电费单并说明。";
const FACTS = "九月有 11 盏路灯停亮 20 天，电表读数比上月少 96 度；账上按预缴金额记，多付的在十月抵扣。";
/** Filed on Monday, 23 November: to be accepted on the 24th, late from the 25th on. */
const RED = "2026-11-25T09:00:00+08:00";
/** Three working days after the due date it is the county's, from the 28th to the end of the 30th. */
const AT_THE_COUNTY = "2026-11-28T12:00:00+08:00";

test("a question about a ledger line climbs while nobody stirs, and is answered and rated", async ({
  people,
}) => {
  test.setTimeout(180_000);
  const villager = await people.villager();
  let code = "";
  await test.step("a villager asks about a line, on a phone, without a name", async () => {
    await villager.readsTheAccounts(VILLAGE, "2026年10月");
    code = await villager.files({ line: LAMPS, kind: "投诉", words: WORDS });
  });

  const triage = await people.staff("triage");
  await test.step("the township has it in its queue, in time", async () => {
    await triage.opensTheQueue();
    await expect(triage.row(WORDS.slice(0, 12))).toContainText("正常");
  });

  await test.step("days pass; the case turns red", async () => {
    await people.timePassesUntil(RED);
    await triage.opensTheQueue();
    const row = triage.row(WORDS.slice(0, 12));
    await expect(row).toContainText("超时");
    // What is late stands on top.
    await triage.page.getByRole("button", { name: /红灯/ }).click();
    await expect(row).toBeVisible();
  });

  await test.step("more days pass; it climbs to the county by itself", async () => {
    await people.timePassesUntil(AT_THE_COUNTY);
    const county = await people.staff("county");
    await county.opens(WORDS.slice(0, 12));
    await expect(county.page.getByRole("region", { name: "上报记录" })).toContainText("升级到县级");
    await county.acts("签收");
    await villager.looksUp(code);
    await expect(villager.page.getByText(/这件事已经到了/)).toBeVisible();
  });

  await test.step("the township takes it up and hands it to who does the work", async () => {
    await triage.opens(WORDS.slice(0, 12));
    await triage.acts("受理");
    await triage.acts("分办", { 交给哪个单位办: "团结镇人民政府", 承办单位看到的摘要: BRIEF });
  });

  const handler = await people.staff("handler");
  await test.step("the handler reads the summary, not the villager's words, and answers", async () => {
    await handler.opens(BRIEF.slice(0, 12));
    await expect(handler.page.getByText(BRIEF)).toBeVisible();
    await expect(handler.page.getByText(WORDS)).toHaveCount(0);
    await handler.acts("开始办理");
    await answers(handler);
  });

  await test.step("the township approves the answer", async () => {
    await triage.opens(WORDS.slice(0, 12));
    await expect(triage.page.getByText(FACTS)).toBeVisible();
    await triage.acts("审核通过");
  });

  await test.step("the villager reads it and has the last word", async () => {
    await villager.looksUp(code);
    await expect(villager.page.getByText(FACTS)).toBeVisible();
    await villager.rates("基本满意", "说清楚了，下次请早点答。");
    await villager.looksUp(code);
    await expect(villager.page.getByRole("heading", { level: 1, name: "办好了" })).toBeVisible();
  });
});

async function answers(handler: Officer): Promise<void> {
  await handler.acts("提交答复", {
    查明的事实: FACTS,
    依据: "供电所九月电费单、村预缴协议",
    结论: "已解释说明",
    怎么处理: "十月电费单已抵扣 62.40 元，抵扣单贴在村公示栏。",
  });
}
