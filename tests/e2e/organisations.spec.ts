// A unit from its founding to its end: the administrator founds it after a fresh code, says who holds its post and since
// when he does no more, and closes it; and nothing typed is lost by a click on the menu.
import type { Locator, Page } from "@playwright/test";
import { staffPageStands } from "./looks";
import { STAFF } from "./people";
import { codeOf, secretOf } from "./phone";
import { expect, test } from "./stage";

const UNIT = "道外区水务局";
const VILLAGE = "230104111204";

/**
 * Chooses from a list that is drawn at the end of the page; the one before must have gone. A list that can be
 * searched is searched, as people do: only some of a long list is drawn, and whoever is below is no button yet.
 */
async function chooses(form: Locator, label: string, option: string): Promise<void> {
  const page = form.page();
  const open = page.locator(".ant-select-dropdown:visible");
  await expect(open).toHaveCount(0);
  const box = form.getByRole("combobox", { name: label, exact: true });
  await box.click();
  if (await box.isEditable()) await box.fill(option);
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

test("a unit is founded, held and closed, and what was typed is not lost", async ({ people, server }) => {
  test.setTimeout(240_000);
  const admin = await people.staff("administrator");
  const { page } = admin;
  const menu = page.getByRole("navigation", { name: "菜单" });
  const card = page.getByRole("region", { name: UNIT, exact: true });
  const offered = async (): Promise<string> =>
    (await fetch(`${server.origin}/api/v1/regions/${VILLAGE}/organisations`)).text();

  await test.step("one's own units stand there, with their posts", async () => {
    await menu.getByRole("link", { name: "单位", exact: true }).click();
    const government = page.getByRole("region", { name: "道外区人民政府", exact: true });
    await expect(government.getByRole("row", { name: /区长/ }).first()).toBeVisible();
    // What comes with the county is not closed.
    await expect(government.getByRole("button", { name: "改名" })).toBeVisible();
    await expect(government.getByRole("button", { name: "撤销" })).toHaveCount(0);
    await staffPageStands(page, "units");
  });

  await test.step("a bureau is founded, after a fresh code", async () => {
    // That the server asks for the code is a refusal, which browsers print.
    admin.watch.pardon(/status of 403 .*\/admin\/organisations$/);
    await page.getByRole("button", { name: "新设单位" }).click();
    const form = page.getByRole("form", { name: "新设单位" });
    await chooses(form, "哪一类", "县（区）部门");
    await form.getByLabel("名称", { exact: true }).fill(UNIT);
    await form.getByLabel("职务名称 1").fill("局长");
    await form.getByLabel("为什么").fill("机构改革新设");
    // A bureau is led by somebody: the server says so at the field.
    admin.watch.pardon(/status of 422 .*\/admin\/organisations$/);
    await form.getByRole("button", { name: "提交" }).click();
    await confirms(page, codeOf(await secretOf(server, STAFF.administrator.username), 30));
    await expect(form.getByText("必填")).toBeVisible();
    await staffPageStands(page, "a new unit that is refused");
    await chooses(form, "上级领导单位（可不填）", "道外区人民政府");
    await form.getByRole("button", { name: "提交" }).click();
    await expect(page.getByText(`已完成：新设单位 · ${UNIT}`)).toBeVisible();
    await expect(card).toContainText("道外区人民政府");
    await expect(card).toContainText("没有登记");
    expect(await offered()).toContain(UNIT);
  });

  await test.step("a click on the menu does not take typed text away", async () => {
    await card.getByRole("button", { name: "改名" }).click();
    const form = page.getByRole("form", { name: `改名 · ${UNIT}` });
    await form.getByLabel("名称", { exact: true }).fill("道外区水利局");
    await menu.getByRole("link", { name: "人员与角色" }).click();
    const asked = page.getByRole("dialog").filter({ hasText: "填了还没提交" });
    await asked.getByRole("button", { name: "留在这一页" }).click();
    await expect(form.getByLabel("名称", { exact: true })).toHaveValue("道外区水利局");
    await form.getByRole("button", { name: "取消" }).click();
    await expect(form).toBeHidden();
  });

  await test.step("somebody holds its post, and leaves it in one press", async () => {
    await menu.getByRole("link", { name: "谁任什么职务" }).click();
    const form = page.getByRole("form", { name: "谁任什么职务" });
    await chooses(form, "职务", `${UNIT} 局长`);
    await chooses(form, "谁任职", "承办人");
    const { case_time: now } = (await (await fetch(`${server.origin}/api/v1/time`)).json()) as {
      case_time: string;
    };
    await form.getByLabel("从哪天起").fill(now.slice(0, 10));
    await form.getByRole("button", { name: "记下" }).click();
    const row = page.getByRole("row", { name: new RegExp(`${UNIT} 局长`) });
    await expect(row).toContainText("还在任");
    await staffPageStands(page, "who holds which post");
    await row.getByRole("button", { name: /今天离任/ }).click();
    await expect(row).not.toContainText("还在任");
    await expect(row.getByRole("button")).toHaveCount(0);
    await menu.getByRole("link", { name: "单位", exact: true }).click();
    await expect(card.getByRole("row", { name: /局长/ })).not.toContainText("没有登记");
  });

  await test.step("it is closed, and nobody is offered it", async () => {
    await card.getByRole("button", { name: "撤销" }).click();
    const form = page.getByRole("form", { name: `撤销 · ${UNIT}` });
    await form.getByLabel("为什么").fill("并入他局");
    await form.getByRole("button", { name: "提交" }).click();
    await expect(card).toContainText("已撤销");
    await expect(card.getByRole("button")).toHaveCount(0);
    expect(await offered()).not.toContain(UNIT);
  });

  await test.step("what cannot be shown says so, and is tried again", async () => {
    await page.route("**/api/v1/admin/organisations?*", (route) => route.fulfill({ status: 500, body: "" }));
    admin.watch.pardon(/status of 500 .*\/admin\/organisations/);
    const place = page.getByRole("combobox", { name: "哪个地方的单位" });
    await place.click();
    await place.fill("团结镇");
    await page.locator(".ant-select-item-option").filter({ hasText: "团结镇" }).first().click();
    const failed = page.getByRole("alert").filter({ hasText: "没有完成" });
    await expect(failed).toBeVisible();
    await page.unroute("**/api/v1/admin/organisations?*");
    await failed.getByRole("button", { name: "再试一次" }).click();
    await expect(page.getByRole("region", { name: "团结镇人民政府", exact: true })).toBeVisible();
  });
});
