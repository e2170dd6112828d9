// Somebody new: an administrator makes the account after a fresh code, hands over its link, and who follows it gets
// recovery codes, one of which opens the door without the phone.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { staffPageStands } from "./looks";
import { DESKTOP, STAFF } from "./people";
import { expect, test } from "./stage";

const PASSWORD = "dongfeng-chun-shui-2026-e2e";

/** What an authenticator app shows (RFC 6238) for a secret as it is typed by hand. */
function codeOf(base32: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The code that the phone of a demo account shows now. */
async function phone(page: Page, username: string): Promise<string> {
  const answer = await page.request.get("/api/v1/auth/demo-accounts");
  const { items } = (await answer.json()) as { items: { username: string; totp_code: string }[] };
  return items.find((one) => one.username === username)?.totp_code ?? "";
}

test("somebody new is hired, enrols, and comes in without the phone", async ({ people }) => {
  test.setTimeout(150_000);
  const { page } = await people.staff("administrator");
  const used = await phone(page, STAFF.administrator.username);
  await page.goto("/admin/staff");
  await staffPageStands(page, "staff and roles");
  await page.getByRole("button", { name: "新账号" }).click();
  const form = page.getByRole("form", { name: "新账号" });
  await form.getByLabel("姓名").fill("演示新人");
  await form.getByLabel("用户名").fill("xin-guanliyuan");
  await form.getByLabel("角色").click();
  await page.getByTitle("代理记账中心", { exact: true }).click();
  await form.getByRole("combobox", { name: "单位", exact: true }).click();
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").first().click();
  await form.getByLabel("为什么").fill("新到岗");
  await staffPageStands(page, "a new account");
  await form.getByRole("button", { name: "提交" }).click();
  // A code of the phone is asked for, and not the one that opened the door.
  const dialog = page.getByRole("dialog", { name: "请再确认是您本人" });
  await expect(dialog).toBeVisible();
  let fresh = used;
  await expect
    .poll(
      async () => {
        fresh = await phone(page, STAFF.administrator.username);
        return fresh !== used;
      },
      { timeout: 60_000, intervals: [500] },
    )
    .toBe(true);
  await dialog.getByLabel("动态码").fill(fresh);
  await dialog.getByRole("button", { name: "确认" }).click();
  const status = page.getByRole("status").filter({ hasText: "把这个链接交给" });
  const link = (await status.locator("code").textContent()) ?? "";
  expect(link).toContain("/admin/enrol#token=");
  await expect(page.getByRole("row", { name: /xin-guanliyuan/ })).toContainText("待开通");
  await staffPageStands(page, "a link handed over");

  const { page: own } = await people.browser(DESKTOP);
  await own.goto(link);
  const secret = ((await own.locator(".enrol-secret code").textContent()) ?? "").replace(/[^A-Z2-7]/g, "");
  await own.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await own.getByLabel("再输一遍").fill(PASSWORD);
  await own.getByLabel("验证器上的 6 位动态码").fill(codeOf(secret));
  await own.getByRole("button", { name: "开通", exact: true }).click();
  const codes = own.getByRole("region", { name: /恢复码/ }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await staffPageStands(own, "recovery codes");
  const paper = (await codes.nth(4).textContent()) ?? "";
  await own.getByRole("link", { name: "去登录" }).click();
  await own.getByLabel("用户名").fill("xin-guanliyuan");
  await own.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await own.getByRole("button", { name: /用恢复码登录/ }).click();
  await own.getByLabel("恢复码").fill(paper);
  await own.getByRole("button", { name: "登录", exact: true }).click();
  await expect(own.getByRole("navigation", { name: "菜单" })).toBeVisible();
  await own.goto("/admin/account");
  await expect(own.getByText("还有 9 个恢复码没有用过")).toBeVisible();
  await staffPageStands(own, "one's own account");
});
