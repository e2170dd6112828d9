// Somebody new: an administrator makes the account after a fresh code and hands over its link; who follows it gets
// recovery codes, and comes in with one when the phone is at home; a role that reads cases takes a second person; and
// whoever is ended is out at the next step.
import type { Locator, Page } from "@playwright/test";
import { staffPageStands } from "./looks";
import { DESKTOP, STAFF } from "./people";
import { codeOf, secretOf } from "./phone";
import { expect, test } from "./stage";

const PASSWORD = "dongfeng-chun-shui-2026-e2e";
const ANOTHER = "dongfeng-qiu-shou-2027-e2e";
const NAME = "xin-renyuan";

/** Chooses from a list that is drawn at the end of the page; the one before must have gone. */
async function chooses(form: Locator, label: string, option: string): Promise<void> {
  const page = form.page();
  const open = page.locator(".ant-select-dropdown:visible");
  await expect(open).toHaveCount(0);
  await form.getByRole("combobox", { name: label, exact: true }).click();
  await open.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
  await expect(open).toHaveCount(0);
}

/** The server asks for a fresh code, and what was to be done goes on by itself. */
async function confirms(page: Page, code: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "请再确认是您本人" });
  await dialog.getByLabel("动态码").fill(code);
  await dialog.getByRole("button", { name: "确认" }).click();
  await expect(dialog).toBeHidden();
}

test("somebody new is hired, given a role by two persons, loses the phone, and is ended", async ({
  people,
  server,
}) => {
  test.setTimeout(150_000);
  const admin = await people.staff("administrator");
  const { page } = admin;
  let link = "";
  await test.step("the administrator makes the account, after a fresh code", async () => {
    // That the server asks for the code is a refusal, which browsers print.
    admin.watch.pardon(/status of 403 .*\/api\/v1\/admin\/staff$/);
    await page.goto("/admin/staff");
    await page.getByRole("button", { name: "新账号" }).click();
    const form = page.getByRole("form", { name: "新账号" });
    await form.getByLabel("姓名").fill("演示新人");
    await form.getByLabel("用户名").fill(NAME);
    await chooses(form, "角色", "代理记账中心");
    await chooses(form, "单位", "纪");
    await form.getByLabel("为什么").fill("新到岗");
    await staffPageStands(page, "a new account");
    await form.getByRole("button", { name: "提交" }).click();
    // The code that opened the door is no fresh one: the next.
    await confirms(page, codeOf(await secretOf(server, STAFF.administrator.username), 30));
    const handed = page.getByRole("status").filter({ hasText: "把这个链接交给" });
    link = (await handed.locator("code").textContent()) ?? "";
    expect(link).toContain("/admin/enrol#token=");
    await expect(page.getByRole("row", { name: NAME })).toContainText("待开通");
    await staffPageStands(page, "a link handed over");
  });

  const { page: own, watch } = await people.browser(DESKTOP);
  let secret = "";
  let paper = "";
  await test.step("who follows the link connects a phone and is shown ten codes, once", async () => {
    await own.goto(link);
    // A phone that shows this page cannot scan it: it opens its authenticator by the same address.
    const opens = own.getByRole("link", { name: "在这部手机上打开验证器" });
    await expect(opens, "at a desk there is nothing to tap").toBeHidden();
    await own.setViewportSize({ width: 390, height: 844 });
    await expect(opens).toHaveAttribute("href", /^otpauth:\/\/totp\/.*[?&]secret=[A-Z2-7]+/);
    await staffPageStands(own, "setting up an account on a phone");
    await own.setViewportSize({ width: 1440, height: 900 });
    const shown = async () =>
      ((await own.locator(".enrol-secret code").textContent()) ?? "").replace(/[^A-Z2-7]/g, "");
    secret = await shown();
    // A phone may drop the page while its authenticator is open: what was scanned is good when it comes back.
    await own.reload();
    expect(await shown()).toBe(secret);
    // Whoever opens the link elsewhere is shown what is worth nothing here.
    const { page: other } = await people.browser(DESKTOP);
    await other.goto(link);
    await expect(other.locator(".enrol-secret code")).not.toHaveText("");
    const elsewhere = ((await other.locator(".enrol-secret code").textContent()) ?? "").replace(
      /[^A-Z2-7]/g,
      "",
    );
    expect(elsewhere).not.toBe(secret);
    await own.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await own.getByLabel("再输一遍").fill(PASSWORD);
    // The one before: the phone's present code is still to be used below.
    await own.getByLabel("验证器上的 6 位动态码").fill(codeOf(secret, -30));
    await own.getByRole("button", { name: "开通", exact: true }).click();
    const codes = own.getByRole("region", { name: /恢复码/ }).getByRole("listitem");
    await expect(codes).toHaveCount(10);
    await staffPageStands(own, "recovery codes");
    paper = (await codes.nth(4).textContent()) ?? "";
  });

  await test.step("a role that reads cases waits for a second person", async () => {
    // Asked for anew: the account has been enrolled meanwhile. A reload would forget the fresh code.
    await page.getByLabel("找姓名或用户名").fill(NAME);
    await expect(page.getByRole("row", { name: NAME })).toContainText("在用");
    await page.getByRole("row", { name: NAME }).getByRole("button", { name: "改角色或单位" }).click();
    const form = page.getByRole("form", { name: /改角色或单位/ });
    await chooses(form, "角色", "上级监督机关");
    await form.getByLabel("为什么").fill("调来督办");
    await form.getByRole("button", { name: "提交" }).click();
    await expect(page.getByText("已提出，在等第二个人同意")).toBeVisible();
    await expect(page.getByRole("row", { name: NAME })).toContainText("代理记账中心");
    const county = await people.staff("county");
    const proves = async () => codeOf(await secretOf(server, STAFF.county.username), 30);
    await county.approvesWithCode(/演示新人|角色/, "同意", proves);
    await page.getByLabel("找姓名或用户名").fill("演示新人");
    await expect(page.getByRole("row", { name: NAME })).toContainText("上级监督机关");
  });

  await test.step("without the phone a code on paper opens the door", async () => {
    await own.getByRole("link", { name: "去登录" }).click();
    await own.getByLabel("用户名").fill(NAME);
    await own.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await own.getByRole("button", { name: /用恢复码登录/ }).click();
    await own.getByLabel("恢复码").fill(paper);
    await own.getByRole("button", { name: "登录", exact: true }).click();
    await expect(own.getByRole("link", { name: /等第二个人的事/ })).toBeVisible();
  });

  await test.step("another password takes the one before and a fresh code", async () => {
    watch.pardon(/status of 403 .*\/api\/v1\/auth\/password$/);
    await own.goto("/admin/account");
    await expect(own.getByText("还有 9 个恢复码没有用过")).toBeVisible();
    const form = own.getByRole("form", { name: "修改密码" });
    await form.getByLabel("现在的密码").fill(PASSWORD);
    await form.getByLabel("新密码", { exact: true }).fill(ANOTHER);
    await form.getByLabel("新密码再输一遍").fill(ANOTHER);
    await form.getByRole("button", { name: "修改密码" }).click();
    await confirms(own, codeOf(secret));
    await expect(own.getByText("密码改好了")).toBeVisible();
    await staffPageStands(own, "one's own account");
    // The session goes on with what the answer brought, over a reload too.
    await own.reload();
    await expect(own.getByText("还有 9 个恢复码没有用过")).toBeVisible();
  });

  await test.step("ended: the next thing asked for is refused, and the door is shut", async () => {
    await page.getByRole("row", { name: NAME }).getByRole("button", { name: "停用" }).click();
    const form = page.getByRole("form", { name: /停用/ });
    await form.getByLabel("为什么").fill("调走了");
    await form.getByRole("button", { name: "提交" }).click();
    await expect(page.getByRole("row", { name: NAME })).toContainText("已停用");
    watch.pardon(/status of 401 .*\/api\/v1\//);
    await own.goto("/admin/proposals");
    await expect(own.getByRole("button", { name: "登录", exact: true })).toBeVisible();
  });

  await test.step("who comes back gets a new account, which names the one that was ended", async () => {
    await page.getByRole("button", { name: "新账号" }).click();
    const form = page.getByRole("form", { name: "新账号" });
    await form.getByLabel("姓名").fill("演示新人");
    await form.getByLabel("用户名").fill(`${NAME}-2`);
    await chooses(form, "角色", "代理记账中心");
    await chooses(form, "单位", "纪");
    await chooses(form, "以前在这里工作过：原来的账号（可不填）", NAME);
    await form.getByLabel("为什么").fill("调回来了");
    await staffPageStands(page, "an account of somebody who comes back");
    await form.getByRole("button", { name: "提交" }).click();
    await expect(page.getByRole("row", { name: `${NAME}-2` })).toContainText("待开通");
  });
});

test("who is logged in stays so over a reload, and who is not is not asked about", async ({ people }) => {
  const { page } = await people.staff("publisher");
  const inside = page.getByRole("navigation", { name: "菜单" });
  const login = page.getByRole("button", { name: "登录", exact: true });
  let asked = 0;
  page.on("request", (one) => {
    if (one.url().endsWith("/api/v1/auth/refresh")) asked += 1;
  });
  await page.reload();
  await expect(inside).toBeVisible();
  expect(asked, "the session goes on").toBe(1);
  // Another tab finds it too.
  const tab = await page.context().newPage();
  await tab.goto("/admin/");
  await expect(tab.getByRole("navigation", { name: "菜单" })).toBeVisible();
  await tab.close();

  await page.getByRole("button", { name: "退出" }).click();
  await expect(login).toBeVisible();
  asked = 0;
  // The server would refuse, and browsers print that as an error, for which every story is watched.
  await page.goto("/admin/login");
  await expect(login).toBeVisible();
  await page.reload();
  await expect(login).toBeVisible();
  expect(asked, "there can be no session").toBe(0);
});
