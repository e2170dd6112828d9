// A desk with more cases than an hour: by keyboard alone, many at once, with changes that come while one reads, beside
// a colleague who is quicker, and with a login that ends in the middle of a sentence.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { filed } from "./filing";
import { isAccessible } from "./looks";
import { STAFF } from "./people";
import { codeOf, secretOf } from "./phone";
import { pane, rows } from "./queue";
import { binary } from "./server.mjs";
import { expect, test } from "./stage";

/** From a key to the frame in which what it changed is drawn, in milliseconds. */
async function timed(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    Reflect.set(
      window,
      "ydtSeen",
      new Promise<number>((resolve) => {
        document.addEventListener(
          "keydown",
          ({ timeStamp }) => {
            const watch = new MutationObserver(() => {
              watch.disconnect();
              // The frame after the change is the one that shows it.
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp)));
            });
            watch.observe(document.body, {
              subtree: true,
              childList: true,
              attributes: true,
              characterData: true,
            });
          },
          { once: true, capture: true },
        );
      }),
    );
  });
  await page.keyboard.press(key);
  return page.evaluate(() => Reflect.get(window, "ydtSeen") as Promise<number>);
}

const middle = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;

test("ten cases are taken up by keyboard alone, and each key is answered at once", async ({
  people,
  server,
}) => {
  await filed(server, 10, (n) => `键盘分拣第${n}件，村口的路灯坏了很久。`);
  const { page } = await people.staff("triage");
  await page.goto("/admin/?q=键盘分拣");
  await expect(rows(page)).toHaveCount(10);
  await isAccessible(page, "the queue");

  await test.step("? shows the keys", async () => {
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "快捷键" });
    await expect(help).toContainText("受理");
    await isAccessible(page, "the keys");
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  });

  await test.step("up and down, with the preview beside, and no other page", async () => {
    const took: number[] = [];
    for (let n = 0; n < 9; n += 1) took.push(await timed(page, "j"));
    for (let n = 0; n < 8; n += 1) took.push(await timed(page, "k"));
    console.log(
      `key to sight: median ${middle(took).toFixed(0)} ms, longest ${Math.max(...took).toFixed(0)} ms (benchmark 100)`,
    );
    await expect(rows(page).first()).toHaveAttribute("aria-current", "true");
    await expect(pane(page)).toContainText("键盘分拣第");
    expect(new URL(page.url()).pathname).toBe("/admin/");
  });

  await test.step("a key in the middle of composing a character, or in a field, is none", async () => {
    const before = await page.locator("tr[aria-current]").getAttribute("data-row-key");
    await page.evaluate(() =>
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "j", isComposing: true, bubbles: true })),
    );
    await page.keyboard.press("/");
    await page.keyboard.press("j");
    await expect(page.getByRole("searchbox")).toHaveValue("键盘分拣j");
    await page.keyboard.press("Backspace");
    await page.getByRole("heading", { level: 1 }).click();
    await expect(rows(page)).toHaveCount(10);
    expect(await page.locator("tr[aria-current]").getAttribute("data-row-key")).toBe(before);
  });

  await test.step("S and Enter, ten times", async () => {
    for (let n = 0; n < 10; n += 1) {
      const key = (await page.locator("tr[aria-current]").getAttribute("data-row-key")) ?? "";
      await page.keyboard.press("s");
      await expect(pane(page).getByRole("form", { name: "受理" })).toBeVisible();
      if (n === 0) await isAccessible(page, "an action in the pane");
      await page.keyboard.press("Enter");
      await expect(page.locator(`tr[data-row-key="${key}"]`)).toContainText("已受理");
      await expect(pane(page).getByRole("form")).toHaveCount(0);
    }
    await expect(rows(page).filter({ hasText: "已受理" })).toHaveCount(10);
  });

  await test.step("many at once: what is left out and why, words where they are due, and what became of each", async () => {
    await filed(server, 1, () => "键盘分拣的又一件，还没有人看过。");
    // It comes in by itself, with a case open beside the list.
    await expect(rows(page)).toHaveCount(11);
    await expect(rows(page).filter({ hasText: "新来" })).toHaveCount(1);
    for (let n = 0; n < 12; n += 1) await page.keyboard.press("k");
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+J");
    const bar = page.getByRole("group", { name: "对选中的件" });
    await expect(bar).toContainText("已选 3 件");
    await isAccessible(page, "the bar of the selected");
    await page.getByRole("checkbox", { name: "全选已显示的" }).check();
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: /受理：已选 11 件/ });
    await expect(dialog).toContainText("11 件里有 10 件现在不能“受理”，不处理");
    await isAccessible(page, "many at once");
    await dialog.getByRole("button", { name: "受理 1 件" }).click();
    await expect(dialog).toContainText("完成 1 件，没成 0 件");
    await dialog.getByRole("button", { name: "关闭", exact: true }).last().click();
    // Escalating asks why.
    await page.keyboard.press("e");
    const up = page.getByRole("dialog", { name: /已选/ });
    await up.getByRole("button", { name: /10 件$/ }).click();
    await expect(up).toContainText("这里要填");
    await up.getByRole("button", { name: "取消" }).click();
    await page.keyboard.press("Escape");
    await expect(bar).toHaveCount(0);
  });

  await test.step("the keys can be switched off", async () => {
    await page.keyboard.press("?");
    await page.getByRole("checkbox", { name: "使用快捷键" }).uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "快捷键" })).toBeHidden();
    await page.getByRole("button", { name: /快捷键/ }).click();
    await page.getByRole("checkbox", { name: "使用快捷键" }).check();
    await page.keyboard.press("Escape");
  });
});

test("two at one case: who comes second sees what changed, and nothing typed is lost", async ({
  people,
  server,
}) => {
  await filed(server, 1, () => "两个人同时看的一件，路边的沟堵了。");
  const first = await people.staff("triage");
  const second = await people.staff("triage2");
  await first.opens("两个人同时看的一件");
  await second.opens("两个人同时看的一件");
  const { page } = second;
  await page.getByRole("button", { name: "内部备注" }).click();
  const form = page.getByRole("form", { name: "内部备注" });
  await form.getByRole("textbox").fill("已请村里先拍照片");
  await first.acts("受理");
  const alert = form.getByRole("alert");
  await expect(alert).toContainText("另一位同事改过这一件");
  await expect(alert.getByRole("row", { name: /状态/ })).toContainText("待受理");
  await expect(alert.getByRole("row", { name: /状态/ })).toContainText("已受理");
  await expect(form.getByRole("textbox")).toHaveValue("已请村里先拍照片");
  await isAccessible(page, "a colleague was quicker");

  // Both write a summary: mine beside theirs.
  await page.getByRole("button", { name: "分办", exact: true }).click();
  const mine = page.getByRole("form", { name: "分办" });
  await expect(mine).toContainText("反映人的原文（承办单位看不到）");
  await mine.getByLabel("承办单位看到的摘要").fill("路边排水沟堵塞，请现场查看。");
  await first.acts("分办", {
    交给哪个单位办: "团结镇人民政府",
    承办单位看到的摘要: "村民反映边沟不通，请核查。",
  });
  await expect(mine).toContainText("同事写的");
  await expect(mine).toContainText("村民反映边沟不通，请核查。");
  await isAccessible(page, "mine beside theirs");
  await mine.getByRole("button", { name: "用同事的" }).click();
  await expect(mine.getByLabel("承办单位看到的摘要")).toHaveValue("村民反映边沟不通，请核查。");
});

test("a login that ends in the middle of a sentence loses no word", async ({ people, server }) => {
  await filed(server, 1, () => "写到一半登录到期的一件，井盖没了。");
  const officer = await people.staff("triage2");
  const { page, watch } = officer;
  watch.pardon(/status of 401 .*\/api\/v1\//);
  await officer.opens("写到一半登录到期的一件");
  await page.getByRole("button", { name: "内部备注", exact: true }).click();
  const form = page.getByRole("form", { name: "内部备注" });
  await form.getByRole("textbox").fill("已联系村委会，先放警示牌");
  // The session ends: no cookie to go on with, and the key of the token is no longer believed.
  await page.context().clearCookies();
  const rotate = ["secrets", "rotate", "token-key", "--at-once", "--data-dir", server.dataDir];
  await promisify(execFile)(binary(), rotate);
  await form.getByRole("button", { name: "内部备注", exact: true }).click();
  const again = page.getByRole("dialog", { name: "登录到期了，请再登录一次" });
  await expect(again).toBeVisible();
  // Who it was is known; a password is what is asked for.
  await expect(again.getByLabel("用户名")).toHaveValue(STAFF.triage2.username);
  await isAccessible(page, "a login over the page");
  await again
    .getByRole("button", { name: /^团结镇纪委第二分办员/ })
    .first()
    .click();
  await expect(again.getByLabel("动态码")).toHaveValue(/^\d{6}$/);
  // The code that opened the door may be this one: the next is fresh.
  await again.getByLabel("动态码").fill(codeOf(await secretOf(server, STAFF.triage2.username), 30));
  await again.getByRole("button", { name: "登录", exact: true }).click();
  await expect(again).toBeHidden();
  // What was under way goes on by itself, with every word.
  await expect(form).toBeHidden();
  await expect(page.getByRole("region", { name: "经过" })).toContainText("已联系村委会，先放警示牌");
});

test("five hundred rows scroll without a long task", async ({ people, server }) => {
  await filed(server, 500, (n) => `长队第${n}件，村里的水管漏水，请来看看。`);
  const { page } = await people.staff("triage");
  await page.goto("/admin/?q=长队第");
  await expect(rows(page).first()).toBeVisible();
  const toTheEnd = async () => {
    await page.mouse.move(600, 500);
    await expect(async () => {
      await page.mouse.wheel(0, 6000);
      await expect(page.getByText("已显示 500 件，共 500 件")).toBeInViewport({ timeout: 250 });
    }).toPass({ timeout: 40_000 });
  };
  await toTheEnd();
  expect(await rows(page).count()).toBeLessThan(120);
  /** The longest task while the wheel turns through all of them. */
  const pass = async () => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.evaluate(() => {
      const found: number[] = [];
      Reflect.set(window, "ydtTasks", found);
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) found.push(task.duration);
      }).observe({ type: "longtask" });
    });
    for (let n = 0; n < 40; n += 1) await page.mouse.wheel(0, 700);
    await expect(page.getByText("已显示 500 件，共 500 件")).toBeInViewport();
    const found = await page.evaluate(() => Reflect.get(window, "ydtTasks") as number[]);
    console.log(
      `scrolling 500 rows: ${found.length} long tasks, the longest ${Math.max(0, ...found).toFixed(0)} ms`,
    );
  };
  // Printed beside the benchmark of 100 ms: a busy machine makes any task long.
  await pass();
});
