// A weak line, no line, a killed browser, a killed server: what was read can be read on, what was written is handed in
// exactly once, and the page says at each moment which of the two it is.
import type { Page } from "@playwright/test";
import { ageReading, answersKept, Handset, hasWorker, isKept, keptIn, photoOf } from "./handset";
import { Line } from "./line";
import { test as base, expect } from "./stage";
import type { Villager } from "./villager";

const VILLAGE = "230104111204";
const LAMPS = "路灯电费（9月）";
const FILE = "POST /api/v1/complaints";
const PHOTO = "POST /api/v1/attachments";
const EARLIER = "上一次其实已经交上了";
const NOT_YET = "还没有交上去";

const test = base.extend<{ line: Line; handset: Handset }>({
  line: async ({ server }, use) => {
    const line = await Line.to(server);
    await use(line);
    await line.close();
  },
  handset: async ({ line }, use) => {
    const handset = await Handset.on(line);
    await use(handset);
    const { faults } = handset;
    await handset.throwAway();
    expect(faults, "what the watch over the pages saw").toEqual([]);
  },
});

/** Every concern that is told here, to be counted at the end: each must be there exactly once. */
const told: string[] = [];

const concern = (words: string, keep: boolean) => {
  told.push(words);
  return { line: LAMPS, kind: "咨询" as const, words, keep };
};

const opened = async (handset: Handset) => {
  const villager = await handset.start();
  return { villager, page: villager.page };
};

/** From a line of the accounts to the page with everything once more. */
async function writes(villager: Villager, words: string, keep: boolean, photos: readonly string[] = []) {
  const { page } = villager;
  await villager.readsTheAccounts(VILLAGE, "2026年10月");
  await villager.asksAbout(LAMPS);
  await villager.tellsTheMatter(concern(words, keep));
  for (const [at, colour] of photos.entries()) {
    await page.locator("#f-photos").setInputFiles(await photoOf(page, colour));
    await expect(page.getByRole("img", { name: `照片 ${at + 1}` })).toBeVisible();
    await expect(page.locator("#f-photos")).toBeEnabled();
  }
  await page.getByRole("button", { name: "下一步：要不要留姓名" }).click();
  await villager.givesNoName();
  await page.getByRole("button", { name: "下一步：检查一遍" }).click();
  await expect(submit(page)).toBeEnabled();
}

const submit = (page: Page) => page.getByRole("button", { name: /^提交/ });
const outbox = (page: Page) => page.getByRole("region", { name: "点过提交的" });
const filed = (page: Page) => page.getByRole("heading", { level: 1, name: "交上去了" });

test("a village that was read can be read without a line, with its day, and anew once there is one", async ({
  handset,
  line,
}) => {
  const villager = await handset.start();
  const { page } = villager;
  await villager.readsTheAccounts(VILLAGE, "2026年10月");
  await hasWorker(page);
  // What was read before the worker was there is kept too.
  await expect.poll(() => answersKept(page)).toBeGreaterThan(3);
  await expect.poll(() => isKept(page, "/organisations"), "what the form needs").toBe(true);
  line.cut();
  await page.reload();
  await expect(page.getByText(/您看到的是今天/), "a copy is a copy, however young").toBeVisible();
  await ageReading(page, 3);
  await page.reload();
  await expect(page.getByText(LAMPS)).toBeVisible();
  const strip = page.getByText(/您看到的是\d+月\d+日的内容/);
  await expect(strip).toBeVisible();
  await page.goto(`/v/${VILLAGE}`);
  await expect(page.getByRole("heading", { name: "10月的账" })).toBeVisible();
  await expect(strip).toBeVisible();
  // Its code was kept by the build, though nobody had opened that page.
  await page.goto("/receipt");
  await expect(page.getByRole("textbox", { name: "回执码" })).toBeVisible();
  // Nor the form, nor whom to call at once: what these need was brought while there was a line.
  await page.goto("/new");
  await expect(page.getByRole("textbox", { name: "事情经过" })).toBeVisible();
  await page.goto("/help");
  await expect(page.getByRole("link", { name: /120/ }).first()).toBeVisible();
  // A part that nobody had opened says so itself, beside what is there.
  await expect(strip).toBeVisible();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("这一部分没有存在手机里");
  await expect(page.getByText("连不上服务器")).toHaveCount(0);
  // Of this page the phone has the village's name and no more: no day of anything, and one sentence.
  await page.goto(`/v/${VILLAGE}/tables`);
  await expect(page.getByText("东风村公开事项").first()).toBeVisible();
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText("这一页没有存在手机里，连上网才能看");
  await expect(page.getByText(/您看到的是/)).toHaveCount(0);
  await page.goto(`/v/${VILLAGE}`);
  await expect(strip).toBeVisible();
  await page.goto(`/v/${VILLAGE}/tables`);
  // Before it has asked in vain, it would be whole at once.
  await expect(alert).toHaveCount(1);
  line.mend();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.getByRole("link", { name: /惠民补贴/ }).first()).toBeVisible();
  await expect(alert).toHaveCount(0);
  line.cut();
  await page.goto(`/v/${VILLAGE}`);
  await expect(strip).toBeVisible();
  line.mend();
  await page.getByRole("button", { name: "再试一次" }).first().click();
  await expect(strip).toBeHidden();
  await expect(page.getByRole("heading", { name: "10月的账" })).toBeVisible();
});

test("submitted without a line, with photos: it outlives a reload and a killed browser, and goes once", async ({
  handset,
  line,
}) => {
  const words = "没有网的时候写的：路灯电费怎么算的？";
  let villager = await handset.start();
  let { page } = villager;
  await villager.readsTheAccounts(VILLAGE, "2026年10月");
  await hasWorker(page);
  await expect.poll(() => answersKept(page)).toBeGreaterThan(3);
  await writes(villager, words, true, ["#a33"]);
  await page.goto("/new");
  line.cut();
  await page.locator("#f-photos").setInputFiles(await photoOf(page, "#33a"));
  await expect(page.getByText("没传", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "下一步：要不要留姓名" }).click();
  await page.getByRole("button", { name: "下一步：检查一遍" }).click();
  await submit(page).click();
  await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
  await page.reload();
  await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
  await expect(outbox(page)).toContainText("没有网的时候写的");
  await handset.crash(page);

  villager = await handset.start();
  page = villager.page;
  await page.goto(`/v/${VILLAGE}`);
  await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
  expect(line.count(FILE), "nothing has come through").toBe(0);
  const before = line.count(PHOTO);
  line.mend();
  await outbox(page).getByRole("button", { name: "现在交" }).click();
  await expect(outbox(page).getByRole("heading", { name: /^已交上去，编号/ })).toBeVisible();
  expect(line.count(PHOTO) - before, "the photo that was there already did not go again").toBe(1);
  expect(line.count(FILE)).toBe(1);
  expect(await keptIn(page), "the words are off the phone").not.toContain("没有网的时候写的");
  await outbox(page).getByRole("button", { name: "看回执码" }).click();
  await expect(filed(page)).toBeVisible();
  const code = await villager.code();
  await page.getByRole("link", { name: "首页" }).click();
  // Neither copied nor kept: one tap does not lose it.
  const asked = page.getByRole("group", { name: "回执码抄下来了吗？" });
  await asked.getByRole("button", { name: "还没抄，留在这里" }).click();
  await expect(asked).toHaveCount(0);
  await expect(filed(page)).toBeVisible();
  await page.getByRole("link", { name: "首页" }).click();
  await asked.getByRole("button", { name: "抄好了，离开" }).click();
  await expect(outbox(page)).toBeHidden();
  const left = await keptIn(page);
  expect(left, "shown once, and not kept unasked").not.toContain(code);
  expect(left, "nothing personal is kept for reading").not.toMatch(/v1\/(receipt|attachments|complaints)/);
});

test("what goes by itself is told on whatever page one is", async ({ handset, line }) => {
  const { villager, page } = await opened(handset);
  await writes(villager, "自己交上去的：请问路灯", true);
  line.cut();
  await submit(page).click();
  await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
  line.mend();
  await page.goto(`/v/${VILLAGE}/powers`);
  const strip = page.getByRole("status").filter({ hasText: "已经交上去了" });
  await expect(strip).toBeVisible();
  await strip.getByRole("link", { name: "去看回执码" }).click();
  await expect(outbox(page).getByRole("heading", { name: /^已交上去，编号/ })).toBeVisible();
});

test("the server is killed while it is handed in, before it hears of it and after it has answered", async ({
  handset,
  line,
  server,
}) => {
  test.slow();
  const { villager, page } = await opened(handset);
  for (const [fate, words] of [
    ["kill before", "服务器倒下以前：电费单子在哪里看？"],
    ["kill after", "服务器答了以后倒下：电费单子在哪里看？"],
  ] as const) {
    await writes(villager, words, true);
    line.next(FILE, fate);
    await submit(page).click();
    // The page says so already while it is on its way; another server beside this one would be none.
    await server.ended();
    await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
    await server.begin();
    await page.reload();
    // By itself: it was pressed. When the server was back before the page was read anew, it has gone already, and its
    // receipt waits to be looked at.
    const waiting = outbox(page).getByRole("button", { name: "看回执码" });
    await expect(async () => {
      const seen = await filed(page).isVisible();
      if (!seen && (await waiting.first().isVisible())) await waiting.first().click({ timeout: 500 });
      await expect(filed(page)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
    await villager.code();
  }
});

test("not kept: the answer is lost, it is pressed again, and handed in once", async ({ handset, line }) => {
  const { villager, page } = await opened(handset);
  await writes(villager, "没存在手机里的：电费是谁交的？", false, ["#383"]);
  expect(await keptIn(page), "nothing written is on the phone").not.toContain("没存在手机里的");
  line.next(FILE, "lose the answer");
  await submit(page).click();
  await expect(page.getByRole("alert").getByRole("heading", { name: NOT_YET })).toBeVisible();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(filed(page)).toBeVisible();
  const code = await villager.code();
  await page.reload();
  expect(await villager.code(), "a reload does not lose the code").toBe(code);
  await handset.stop();
  const again = await handset.start();
  await again.page.goto("/mine");
  const left = await keptIn(again.page);
  expect(left).not.toContain("没存在手机里的");
  expect(left).not.toContain(code);
});

test("two tabs with the same words, both pressed: one complaint, one receipt", async ({ handset }) => {
  const { villager, page } = await opened(handset);
  await writes(villager, "两个页面一起交的：电费多少钱一度？", true);
  const other = (await handset.anotherTab()).page;
  await other.goto("/new/check");
  await expect(submit(other)).toBeEnabled();
  await Promise.all([submit(page).click(), submit(other).click()]);
  const settled = (each: Page) => filed(each).or(outbox(each).getByRole("heading", { name: /^已交上去/ }));
  await expect(settled(page).first()).toBeVisible();
  await other.goto("/mine");
  await expect(other.getByRole("heading", { name: NOT_YET })).toHaveCount(0);
});

test("what waits can be taken back and changed, or thrown away", async ({ handset, line }) => {
  const { villager, page } = await opened(handset);
  await writes(villager, "先交再改的：请问路灯", true);
  told.pop();
  line.next(FILE, "lose the answer");
  await submit(page).click();
  await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
  await outbox(page).getByRole("button", { name: "拿回来改" }).click();
  await expect(page.getByLabel("事情经过")).toHaveValue("先交再改的：请问路灯");
  await page.getByLabel("事情经过").fill("先交再改的，改过了");
  await page.goto("/new/check");
  await submit(page).click();
  // The first had arrived after all: it is what was taken, and the page says so.
  await expect(filed(page)).toBeVisible();
  await expect(page.getByText(EARLIER)).toBeVisible();
  await page.getByRole("link", { name: "首页" }).click();
  await page.getByRole("button", { name: "抄好了，离开" }).click();
  told.push("先交再改的：请问路灯");

  await writes(villager, "不要了的：请问路灯", true);
  told.pop();
  line.cut();
  await submit(page).click();
  await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
  await outbox(page).getByRole("button", { name: "删掉" }).click();
  await outbox(page).getByRole("button", { name: "删掉" }).click();
  await expect(outbox(page)).toBeHidden();
  expect(await keptIn(page)).not.toContain("不要了的");
  line.mend();
});

test("this phone is cleared: every store there is, and the worker", async ({ handset, line }) => {
  const { villager, page } = await opened(handset);
  await villager.readsTheAccounts(VILLAGE, "2026年10月");
  await hasWorker(page);
  await writes(villager, "要清掉的：请问路灯", true, ["#a3a"]);
  told.pop();
  line.cut();
  await submit(page).click();
  await expect(outbox(page).getByRole("heading", { name: NOT_YET })).toBeVisible();
  await page.goto("/mine");
  await page.getByRole("button", { name: "清除本机记录" }).click();
  await page.getByRole("button", { name: "都清掉" }).click();
  await expect(page.getByText("都清掉了。")).toBeVisible();
  const left = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(left).toEqual({ local: [], session: [], databases: [], caches: [], workers: 0 });
});

test("leaving at once: an empty page, nothing to step back to, nothing left behind", async ({ handset }) => {
  const { villager, page } = await opened(handset);
  await writes(villager, "要马上离开的：请问路灯", false);
  await submit(page).click();
  await expect(filed(page)).toBeVisible();
  const code = await villager.code();
  await page.getByRole("button", { name: "马上离开" }).click();
  await expect.poll(() => page.url()).toBe("about:blank");
  for (let steps = 0; steps < 3; steps += 1) {
    await page.goBack({ waitUntil: "commit" }).catch(() => null);
    await expect.poll(() => page.url()).toBe("about:blank");
  }
  await page.goForward({ waitUntil: "commit" }).catch(() => null);
  await expect.poll(() => page.url()).toBe("about:blank");
  // Whoever comes anew on purpose is let in, and finds nothing.
  await page.goto("/mine");
  await expect(page.getByRole("heading", { level: 1, name: "我的反映" })).toBeVisible();
  const left = await keptIn(page);
  expect(left).not.toContain(code);
  expect(left).not.toContain("要马上离开的");
});

test("a receipt's code is here as long as its page is, and gone with it by every way out", async ({
  handset,
}) => {
  const { villager, page } = await opened(handset);
  await writes(villager, "只给自己看的：请问路灯", false);
  await submit(page).click();
  await expect(filed(page)).toBeVisible();
  const code = await villager.code();
  expect(await keptIn(page), "not in clear even while it is shown").not.toContain(code);
  await page.reload();
  expect(await villager.code(), "a reload loses nothing").toBe(code);

  const isGone = async (way: string) => {
    expect(await page.evaluate(() => sessionStorage.getItem("ydt.opened")), way).toBeNull();
    expect(await keptIn(page), way).not.toContain(code);
    await page.goBack();
    await expect(page.getByRole("textbox", { name: "回执码" }), way).toHaveValue("");
    await expect(page.getByText("回执码就没有留在这里")).toBeVisible();
    expect((await page.content()).replace(/\D/g, ""), way).not.toContain(code);
  };
  const foot = page.getByRole("contentinfo").getByRole("link", { name: "帮助" });
  await foot.click();
  await page.getByRole("button", { name: "抄好了，离开" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "帮助" })).toBeVisible();
  await isGone("a link");

  await villager.looksUp(code);
  await page.goto("/mine");
  await expect(page.getByRole("heading", { level: 1, name: "我的反映" })).toBeVisible();
  await isGone("another address");
});

test("a newer version comes whole, when the reader says so", async ({ handset, line, server }) => {
  const { page } = await opened(handset);
  await page.goto("/help");
  await hasWorker(page);
  const answer = await fetch(`${server.origin}/`);
  const shell = (await answer.text()).replace("<title>", "<!-- newer --><title>");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(shell));
  const served = await fetch(`${server.origin}/sw.js`);
  // Asked for anew each time, or a newer version would never be heard of.
  expect(served.headers.get("Cache-Control")).toBe("no-cache");
  expect(served.headers.get("Content-Type")).toMatch(/^(text|application)\/javascript/);
  const worker = await served.text();
  const [own] = /[0-9a-f]{64}/.exec(worker) ?? [];
  expect(own).toBeDefined();
  const script = { "Content-Type": "text/javascript", "Cache-Control": "no-cache" };
  const update = () =>
    page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update().catch(() => undefined);
    });
  // Its worker is there before its shell: the two are not mixed, and nothing changes.
  const newer = worker
    .replace(own ?? "", Buffer.from(digest).toString("hex"))
    .replace(/version:`\w+`/, "version:`newer`");
  line.replace("/sw.js", script, newer);
  await update();
  await expect
    .poll(() =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.installing === null),
    )
    .toBe(true);
  expect(await page.evaluate(() => caches.keys())).not.toContain("ydt-shell-newer");
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": answer.headers.get("Content-Security-Policy") ?? "",
  };
  line.replace("/", headers, shell);
  await update();
  await expect(page.getByText("有新版本")).toBeVisible();
  expect(await page.content()).not.toContain("<!-- newer -->");
  await page.getByRole("button", { name: "点这里更新" }).click();
  await expect.poll(() => page.content().catch(() => "")).toContain("<!-- newer -->");
});

test("each of them is there exactly once", async ({ people }) => {
  const triage = await people.staff("triage");
  await triage.opensTheQueue();
  expect(told.length).toBeGreaterThan(5);
  for (const words of told) await expect.soft(triage.row(words.slice(0, 10)), words).toHaveCount(1);
});
