// What nobody does alone: a case is declined only when a second person agrees, and the villager may object.
import { fitsLargeText, isAccessible, staffPageStands } from "./looks";
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

test("whoever is to agree to a change of the calendar sees whom it moves", async ({ people, server }) => {
  const administrator = await people.staff("administrator");
  const { case_time: now } = (await (await fetch(`${server.origin}/api/v1/time`)).json()) as {
    case_time: string;
  };
  const after = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
  const rows = [1, 2, 3, 4].map((days) => `${after(days)},放假,演示停电`).join("\n");

  await test.step("an administrator proposes it, and is shown no case of people", async () => {
    const { page } = administrator;
    await page.goto("/admin/calendars");
    await page.getByRole("button", { name: "提出修改" }).click();
    const form = page.getByRole("form", { name: "提出修改工作日历" });
    await form.getByLabel("日子").fill(rows);
    await form.getByLabel("依据（文号、文件名）").fill("演示通知 1 号");
    await form.getByLabel(/^为什么/).fill("演示：全区检修停电");
    await form.getByRole("button", { name: "先看影响哪些件" }).click();
    await expect(form.getByRole("status")).toHaveText("没有您能看到的在办件会变动");
    await form.getByRole("button", { name: "提出", exact: true }).click();
    await expect(form).toBeHidden();
  });

  await test.step("the supervisor sees the cases, with their dates before and after, and may open them", async () => {
    const { page } = await people.staff("county");
    await page.goto("/admin/proposals");
    const card = page.getByRole("article").filter({ hasText: "演示通知 1 号" });
    const moved = card.getByRole("table", { name: "会变动的在办件" }).getByRole("row");
    await expect(moved.nth(1)).toBeVisible();
    const days = await moved.nth(1).getByRole("cell").allInnerTexts();
    expect(days.at(-1)).not.toBe(days.at(-2));
    await staffPageStands(page, "a calendar that waits for a second person");
    const number = await moved.nth(1).getByRole("link").innerText();
    await moved.nth(1).getByRole("link").click();
    await expect(page.getByText(number).first()).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
});
