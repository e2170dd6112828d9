// A letter is taken down: it is pinned to the very line that it asks about, and its pages lie with the case.
import { photoOf } from "./handset";
import { isAccessible } from "./looks";
import { expect, test } from "./stage";

test("a letter about a line of the accounts, with a page of it, reaches whoever handles it", async ({
  people,
}) => {
  const { page } = await people.staff("triage");
  await page.goto("/admin/intake");
  const form = page.getByRole("form", { name: "登记来电来信来访" });
  const choose = async (label: string | RegExp, option: string) => {
    const open = page.locator(".ant-select-dropdown:visible");
    await form.getByRole("combobox", { name: label }).fill(option);
    await open.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
    await expect(open).toHaveCount(0);
  };
  await form.getByRole("radio", { name: "来信" }).check();
  await expect(form.getByRole("combobox", { name: /^说的是哪一条公开/ })).toBeDisabled();
  await choose("哪个地方的事", "东风村");
  await choose("类别", "村里的账");
  await choose(/^说的是哪一条公开/, "2026年10月");
  await choose("哪一笔", "路灯电费");
  await form.getByLabel("反映的内容").fill("来信问十月的路灯电费为什么比九月多一倍。");
  await form.locator("input[type=file]").setInputFiles(await photoOf(page, "#a63"));
  await expect(form.getByRole("button", { name: /^去掉 / })).toHaveCount(1);
  await isAccessible(page, "a letter that is being taken down");
  await form.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByRole("region", { name: "回执码" })).toBeVisible();
  await page.getByLabel("回执码已经念给或交给反映人").check();
  await page.getByRole("link", { name: "在队列里看这一件" }).click();
  await page
    .getByRole("table", { name: "待办件" })
    .getByRole("row")
    .filter({ hasText: "路灯电费" })
    .first()
    .getByRole("link")
    .first()
    .click();
  const main = page.getByRole("main");
  await expect(main).toContainText("来信问十月的路灯电费");
  await expect(main.getByText(/路灯电费（9月）/).first()).toBeVisible();
  await expect(page.getByRole("region", { name: /照片/ }).getByRole("listitem")).toHaveCount(1);
});
