// Two neighbours ask the same thing: the cases become one when two persons say so, and each reads on alone.
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const MONTH = "2026年10月";
const LAMPS = "路灯电费（9月）";
const SECOND = "十月路灯电费怎么又涨了，请把单子贴出来。";
const SAME = "路灯电费单子在哪里能看到，十月这笔对不上。";

test("two cases become one when two persons say so", async ({ people }) => {
  test.setTimeout(120_000);
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
  await expect(villager.page.getByText("合并").first()).toBeVisible();
});
