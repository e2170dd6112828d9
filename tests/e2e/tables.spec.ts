// Tables beside the ledgers at the end of their days: lines about people that were taken down, a table that was taken
// back, one that was corrected, and a row that was answered for everybody.
import type { Page } from "@playwright/test";
import { PHONE } from "./chromium.mjs";
import { fitsLargeText, isAccessible } from "./looks";
import { expect, test } from "./stage";

const CODE = "230104111204";
const TABLES = `/v/${CODE}/tables`;

// Five months after the last table was posted: who may object has objected, and been answered.
test.use({ start: "2027-03-01T08:00:00+08:00" });

/** Opens the table whose title has this in it; gives back its address. */
async function opens(page: Page, title: string): Promise<string> {
  await page.goto(TABLES);
  await page.getByRole("main").getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  return page.url();
}

test("lines about people have left the web at the end of their time: the page says so, and keeps the sums", async ({
  people,
}) => {
  const { page, watch } = await people.villager();
  watch.pardon(/status of 410/);
  const address = await opens(page, "惠民补贴");
  await expect(page.getByText(/涉及个人的明细，(2027年)?1月26日已按期撤下/)).toBeVisible();
  await expect(page.getByText("3,625.58 元")).toBeVisible();
  await expect(page.getByText("没有找到")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "存成 Excel 表" }), "nothing to save").toHaveCount(0);
  await isAccessible(page, "a table that was taken down");
  await fitsLargeText(page, "a table that was taken down");
  // Who has the address of its paper reads why there is none.
  await page.goto(address.replace("/tables/", "/print/tables/"));
  const told = page.getByRole("alert");
  await expect(told).toContainText("涉及个人的明细已按期撤下");
  await expect(told).not.toContainText("可能还没有公布");
  await told.getByRole("link", { name: "回首页" }).click();
  await expect(page).toHaveURL(`/v/${CODE}`);
});

/** The real answer, with something put into it: what the demo's village has never done. */
async function instead(page: Page, url: RegExp, change: object | ((json: never) => object)): Promise<void> {
  await page.route(url, async (route) => {
    const answer = await route.fetch();
    const json = (await answer.json()) as never;
    const more = typeof change === "function" ? change(json) : change;
    await route.fulfill({ response: answer, json: { ...(json as object), ...more } });
  });
}

/** As if a correction had taken away more rows than are told. */
function manyRemoved({ items }: { items: object[] }): object {
  const cells = [
    { name: "name", heading: "项目名称", text: "屯内主路硬化" },
    { name: "budget_fen", heading: "预算(元)", text: "160000.00" },
  ];
  const removed = Array.from({ length: 12 }, (_, at) => ({ no: at + 1, cells }));
  const counts = { added_count: 0, removed_count: 700, changed_count: 0 };
  const diff = { balances: [], added: [], removed, changed: [], ...counts };
  return { items: items.map((one) => ({ ...one, diff })) };
}

test("a table that was taken back says when and why; one that was corrected, what was changed", async ({
  people,
}) => {
  const { page } = await people.browser({ ...PHONE, serviceWorkers: "block" });
  const id = (await opens(page, "工程项目")).split("/").at(-1) ?? "";
  const detail = new RegExp(`/disclosures/${id}$`);
  await instead(page, detail, { version: 2 });
  await page.reload();
  await expect(page.getByText("这份表更正过，这里是第 2 版。")).toBeVisible();
  await expect(page.getByRole("region", { name: "各个版本" })).toContainText("第 1 版");
  await isAccessible(page, "a table that was corrected");
  const versions = new RegExp(`/disclosures/${id}/versions`);
  await instead(page, versions, manyRemoved);
  await page.reload();
  await expect(page.getByText("删除第 10 条：")).toBeVisible();
  await expect(page.getByText("删除第 11 条：")).toBeHidden();
  await expect(page.getByText("删除的共 700 条，这里列出前 12 条。")).toBeVisible();
  await page.getByText("再看其余 2 条").click();
  const eleventh = page.getByRole("listitem").filter({ hasText: "删除第 11 条：" });
  await expect(eleventh.getByRole("deletion")).toHaveText("屯内主路硬化 · 预算(元) 160000.00");
  await isAccessible(page, "a table that many rows were taken from");
  await fitsLargeText(page, "a table that many rows were taken from");
  await page.unroute(versions);
  await page.unroute(detail);
  const withdrawal = { at: "2026-12-02T09:00:00+08:00", reason: "演示：中标价格写错了" };
  await instead(page, detail, { withdrawal });
  await page.reload();
  await expect(page.getByText(/已于 (2026年)?12月2日撤回，明细不再显示/)).toBeVisible();
  await expect(page.getByText("演示：中标价格写错了")).toBeVisible();
  await expect(page.getByText(/^每一条/)).toHaveCount(0);
  await isAccessible(page, "a table that was taken back");
});

test("a row that was answered for everybody: the answer is read beside it, and leads back to it", async ({
  people,
}) => {
  const { page } = await people.browser({ ...PHONE, serviceWorkers: "block" });
  const address = await opens(page, "工程项目");
  const id = address.split("/").at(-1) ?? "";
  let line = "";
  await instead(page, new RegExp(`/disclosures/${id}/lines`), ({ items }: { items: { id: string }[] }) => {
    line = items[0]?.id ?? "";
    return { items: items.map((one, at) => ({ ...one, answered_question_count: at === 0 ? 1 : 0 })) };
  });
  await instead(page, /\/questions\?/, () => ({
    next_cursor: null,
    items: [
      {
        id: "0".repeat(32),
        kind: "question",
        category: "projects",
        region_code: CODE,
        region_name: "东风村",
        published_at: "2026-12-02T09:00:00+08:00",
        answer: "演示：合同已经贴在公示栏。",
        about: { type: "disclosure_line", id: line, disclosure_id: id, version: 1, label: "演示工程" },
      },
    ],
  }));
  await page.reload();
  const row = page.locator(".table-row").first();
  await row.getByText("有 1 个公开答复").click();
  await expect(row.getByText("演示：合同已经贴在公示栏。")).toBeVisible();
  await page.goto(`/v/${CODE}/answers`);
  await page.getByRole("link", { name: "看这一条" }).click();
  await expect(page).toHaveURL(`${address}#line-${line}`);
  await expect(row).toHaveClass(/wanted/);
  await expect(row.getByText("演示：合同已经贴在公示栏。")).toBeInViewport();
});
