// Two neighbours ask the same thing: the cases become one when two persons say so, and each reads on alone.
import { fitsLargeText, isAccessible } from "./looks";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const MONTH = "2026年10月";
const LAMPS = "路灯电费（9月）";
const SECOND = "十月路灯电费怎么又涨了，请把单子贴出来。";
const BRIEF = "请核对十月路灯电费并把电费单贴出来。";
const FACTS = "十月电费单 688.92 元，比九月多 40 元，因亮灯时间变长。";
const SAME = "路灯电费单子在哪里能看到，十月这笔对不上。";

test("two cases become one when two persons say so", async ({ people }) => {
  test.setTimeout(180_000);
  const neighbour = await people.villager();
  await neighbour.readsTheAccounts(VILLAGE, MONTH);
  await neighbour.files({ line: LAMPS, kind: "咨询", words: SECOND });
  const villager = await people.villager();
  await villager.readsTheAccounts(VILLAGE, MONTH);
  const code = await villager.files({ line: LAMPS, kind: "咨询", words: SAME });
  const triage = await people.staff("triage");
  await triage.opens(SECOND.slice(0, 10));
  const target = await triage.number();
  await triage.opens(SAME.slice(0, 10));
  const follower = await triage.number();
  await triage.proposes("并案", { 并到哪一件: target, 为什么是同一件事: "同一笔路灯电费" });

  const county = await people.staff("county");
  // The county is asked about the one case; the other is the township's, and not for it to read.
  county.watch.pardon(/status of 404/);
  await county.decides(new RegExp(`并案.*${follower}`), "同意", "是同一件事。");

  await triage.opens(SECOND.slice(0, 10));
  const followers = triage.page.getByRole("region", { name: /并到这一件的/ });
  await followers.getByRole("link", { name: `件 ${follower}` }).click();
  await expect(triage.page.getByRole("region", { name: "跟着另一件办" })).toContainText(target);

  await villager.looksUp(code);
  await expect(villager.page.getByRole("heading", { level: 1, name: "已合并办理" })).toBeVisible();
  const joined = villager.page.getByRole("region", { name: "和同样的事一起办" });
  await expect(joined).toContainText("现在：已收到");

  await test.step("the joined case is answered; the follower reads it and is not satisfied", async () => {
    await triage.opens(SECOND.slice(0, 10));
    await triage.acts("受理");
    await triage.acts("分办", { 交给哪个单位办: "团结镇人民政府", 承办单位看到的摘要: BRIEF });
    const handler = await people.staff("handler");
    await handler.opens(BRIEF.slice(0, 10));
    await handler.acts("开始办理");
    await handler.acts("提交答复", {
      查明的事实: FACTS,
      依据: "供电所十月电费单",
      结论: "已解释说明",
      怎么处理: "电费单贴在村公示栏。",
    });
    await triage.opens(SECOND.slice(0, 10));
    await triage.acts("审核通过");
    await villager.looksUp(code);
    await expect(joined).toContainText("正在核实");
    await expect(villager.page.getByText(FACTS)).toBeVisible();
    // What the other one was asked or said is nobody else's to read.
    await expect(joined.getByText("请您补充")).toHaveCount(0);
    await expect(villager.page.getByText("您这件会单独重新办")).toBeVisible();
    await isAccessible(villager.page, "a joined case");
    await fitsLargeText(villager.page, "a joined case");
    await villager.isNotSatisfied("单子还是没有贴出来。");
    await expect(villager.page.getByText("您不满意，重新办")).toBeVisible();
    await expect(villager.page.getByRole("heading", { level: 1, name: "正在办" })).toBeVisible();
  });
});
