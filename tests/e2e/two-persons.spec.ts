// What nobody does alone: a case is declined only when a second person agrees, and the villager may object.
import { fitsLargeText, isAccessible } from "./looks";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const MONTH = "2026年10月";
const LAMPS = "路灯电费（9月）";
const FIRST = "路灯电费这一笔法院判过没有，我想再问问清楚。";

test("declined by two persons, read by the villager, disputed one level up", async ({ people }) => {
  const villager = await people.villager();
  await villager.readsTheAccounts(VILLAGE, MONTH);
  const code = await villager.files({ line: LAMPS, kind: "投诉", words: FIRST });

  const triage = await people.staff("triage");
  // In its second round the case is the county's: the page that is open at it here asks and finds nothing.
  triage.watch.pardon(/status of 404 .*\/admin\/complaints\/[0-9a-f]+(\/events)?$/);
  let number = "";
  await test.step("one clerk proposes to decline it; nothing has happened yet", async () => {
    await triage.opens(FIRST.slice(0, 12));
    number = await triage.number();
    await triage.proposes("不予受理", {
      不予受理的原因: "已经或应当由法院办理",
      说明理由: "这件事法院正在审理，请以判决为准。",
    });
    // Whoever proposed it has no say in it, and no button that pretends so.
    await expect(triage.page.getByRole("button", { name: "同意", exact: true })).toHaveCount(0);
    await villager.looksUp(code);
    await expect(villager.page.getByRole("heading", { level: 1, name: "已收到" })).toBeVisible();
  });

  const county = await people.staff("county");
  await test.step("a second one finds it counted in the side bar, and agrees", async () => {
    const menu = county.page.getByRole("navigation", { name: "菜单" });
    // The demo has one of its own.
    await expect(menu.getByRole("link", { name: /等第二个人的事/ })).toContainText("2");
    await county.decides(new RegExp(`不予受理.*${number}`), "同意", "同意，请写清楚去哪个法院。");
  });

  await test.step("the villager reads why, and does not agree", async () => {
    await villager.looksUp(code);
    await expect(villager.page.getByRole("heading", { level: 1, name: "没有受理" })).toBeVisible();
    await expect(villager.page.getByText("这件事法院正在审理").first()).toBeVisible();
    await isAccessible(villager.page, "not taken up");
    await fitsLargeText(villager.page, "not taken up");
    await villager.disputes("没有去法院起诉过。");
  });

  await test.step("it is at the county now, in its second round", async () => {
    await county.opens(FIRST.slice(0, 12));
    await expect(county.page.getByText("第 2 轮").first()).toBeVisible();
  });
});
