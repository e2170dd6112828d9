// The page of one's own case, as somebody uses it who is interrupted, has an old code, or would rather listen.
import type { Page } from "@playwright/test";
import { isAccessible } from "./looks";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
const MONTH = "2026年10月";
const LAMPS = "路灯电费（9月）";

/** From wherever one is, without opening the document anew. */
async function comesBack(page: Page, code: string): Promise<void> {
  await page.getByRole("navigation", { name: "主要页面" }).getByRole("link", { name: "我的反映" }).click();
  await page.getByRole("link", { name: "用回执码查进度" }).click();
  await page.getByRole("textbox", { name: "回执码" }).fill(code);
  await page.getByRole("button", { name: "看进度" }).click();
  await expect(page.getByRole("heading", { name: "办到哪一步了" })).toBeVisible();
}

test("what is typed at a case is still there after a tap beside the button, and gone once it is sent", async ({
  people,
}) => {
  const villager = await people.villager();
  const { page } = villager;
  await villager.readsTheAccounts(VILLAGE, MONTH);
  const code = await villager.files({ line: LAMPS, kind: "咨询", words: "演示：没写完就点错了怎么办？" });
  await villager.looksUp(code);
  const words = page.getByLabel("写给工作人员");
  await words.fill("我想再说一句，还没写完");
  await page.getByRole("contentinfo").getByRole("link", { name: "帮助" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "帮助" })).toBeVisible();
  await comesBack(page, code);
  await expect(words).toHaveValue("我想再说一句，还没写完");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept, "in memory, and nowhere on the phone").not.toContain("还没写完");
  await page.getByRole("button", { name: "发出去" }).click();
  await expect(page.getByRole("region", { name: "留言" }).getByText("还没写完")).toBeVisible();
  await expect(words).toHaveValue("");
  await page.getByRole("contentinfo").getByRole("link", { name: "帮助" }).click();
  await comesBack(page, code);
  await expect(words).toHaveValue("");
});

test("a kept code that is of no use any more says so, and leads on", async ({ people }) => {
  const { page, watch } = await people.villager();
  watch.pardon(/status of 404/);
  // A check digit that is right, and no case behind it: as after another code was given out.
  const receipt = {
    code: "30815527904611726839",
    number: "2026-0001",
    place: "东风村",
    filed_at: "2026-11-01",
  };
  await page.addInitScript((kept) => {
    if (localStorage.getItem("ydt.receipts") === null && sessionStorage.getItem("told") === null)
      localStorage.setItem("ydt.receipts", JSON.stringify([kept]));
    sessionStorage.setItem("told", "1");
  }, receipt);
  await page.goto("/mine");
  await page.getByRole("button", { name: /^看进度/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "没有找到" })).toBeVisible();
  await expect(page.getByText("如果补发过新码，旧码就不能用了")).toBeVisible();
  await expect(page.getByText("可能还没有公布")).toHaveCount(0);
  await isAccessible(page, "a code that is not found");
  await page.getByRole("button", { name: "从手机上删掉" }).click();
  expect(await page.evaluate(() => localStorage.getItem("ydt.receipts"))).toBeNull();
  await page.getByRole("button", { name: "查另一个回执码" }).click();
  await expect(page.getByRole("textbox", { name: "回执码" })).toHaveValue("");
});

test("who would rather listen hears what is asked of him", async ({ people }) => {
  test.slow();
  const villager = await people.villager();
  const { page } = villager;
  await page.addInitScript(() => {
    const said: string[] = [];
    Reflect.set(window, "said", said);
    const voice = { lang: "zh-CN", localService: true, name: "演示", default: true, voiceURI: "test" };
    const speech = {
      getVoices: () => [voice],
      speak: (one: { text: string }) => said.push(one.text),
      cancel: () => undefined,
      addEventListener: () => undefined,
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    class Said {
      constructor(readonly text: string) {}
    }
    Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Said });
  });
  await villager.readsTheAccounts(VILLAGE, MONTH);
  const words = "演示：耳朵听得见，眼睛看不清。";
  const code = await villager.files({ line: LAMPS, kind: "咨询", words });
  const triage = await people.staff("triage");
  await triage.opens(words.slice(0, 10));
  await triage.acts("要求补正", { "需要补充什么（反映人会看到）": "请说一下是哪一盏灯。" });
  await villager.looksUp(code);
  await page.getByRole("button", { name: "读给我听" }).click();
  const said = await page.evaluate(() => (Reflect.get(window, "said") as string[]).join("|"));
  expect(said).toMatch(/请您补充.*工作人员问.*请说一下是哪一盏灯/);
  expect(said, "never the code").not.toContain(code.slice(0, 4));
});
