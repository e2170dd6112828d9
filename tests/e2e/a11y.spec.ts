// The villagers' form and receipt, and every page of the staff web: what axe finds, and whether it fits the narrowest
// phone. The villagers' other pages: pages.spec.ts. What no program can judge (words, order) is looked at by people.
import { LAMPS, november } from "./ledgers";
import { isAccessible, sideways, staffPageStands, violations } from "./looks";
import { expect, test } from "./stage";
import { isForEverybody } from "./sweep";

const VILLAGE = "230104111204";

/** Pages of the county's organ. */
const COUNTY: Readonly<Record<string, string>> = {
  "what waits for a second person": "proposals",
  "taking down a call": "intake",
  "declared relations": "relations",
  "cases as a file": "exports",
  "the dashboard": "dashboard",
  "the policy": "policies",
  "the calendar": "calendars",
  "the zones": "zones",
};

test("the villagers' web: the form in its three steps, with faults, and the receipt", async ({ people }) => {
  test.slow();
  const villager = await people.villager();
  const { page } = villager;
  const stands = (what: string) => isForEverybody(page, what);
  await villager.readsTheAccounts(VILLAGE, "2026年10月");
  await villager.asksAbout("路灯电费（9月）");
  await page.getByRole("button", { name: "下一步：要不要留姓名" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await stands("the first step with faults");
  await villager.tellsTheMatter({ line: "路灯电费（9月）", kind: "咨询", words: "路灯电费是怎么算的？" });
  await page.getByRole("button", { name: "下一步：要不要留姓名" }).click();
  await villager.givesNoName();
  await stands("the second step");
  await page.getByRole("button", { name: "下一步：检查一遍" }).click();
  await stands("the third step");
  await page.getByRole("button", { name: /^提交/ }).click();
  const code = await villager.code();
  await stands("the receipt");
  await villager.looksUp(code);
  await stands("the progress of a case");
  await villager.showsAPhoto("这是电费单子。");
  await stands("a case with a photo");
});

test("the villagers' web: asked for more, and what was added", async ({ people }) => {
  test.slow();
  const villager = await people.villager();
  const { page } = villager;
  await villager.readsTheAccounts(VILLAGE, "2026年10月");
  const words = "机动地承包费是怎么定的，谁来定的？";
  const code = await villager.files({ line: "路灯电费（9月）", kind: "咨询", words });
  const triage = await people.staff("triage2");
  await triage.opens(words.slice(0, 10));
  await triage.acts("要求补正", { "需要补充什么（反映人会看到）": "请写明是哪一块地。" });
  await villager.looksUp(code);
  await expect(page.getByText("请写明是哪一块地。").first()).toBeVisible();
  await isForEverybody(page, "a case that waits for its writer");
  await page.getByLabel("补充的情况").fill("村东头那一块。");
  await page.getByRole("button", { name: "交上补充" }).click();
  await expect(page.getByText("补充交上去了")).toBeVisible();
});

test("the staff web: the way in", async ({ people }) => {
  const { page } = await people.browser({});
  await page.goto("/admin/login");
  await staffPageStands(page, "login");
  await page.goto("/admin/enrol");
  await staffPageStands(page, "enrolling without a link");
});

test("the staff web: the queue and a case", async ({ people }) => {
  test.slow();
  const { page, watch } = await people.staff("triage");
  watch.pardon(/status of 404/);
  await staffPageStands(page, "the queue");
  await page.getByRole("table", { name: "待办件" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "现在可以做" })).toBeVisible();
  await staffPageStands(page, "a case");
  await page.getByRole("region", { name: "现在可以做" }).getByRole("button").first().click();
  await expect(page.getByRole("form")).toBeVisible();
  await staffPageStands(page, "a case with a form open");
  await page.goto("/admin/");
  await page.getByRole("row").filter({ hasText: "路灯电费是怎么算的？" }).getByRole("link").first().click();
  await expect(page.getByText("附照片 1")).toBeVisible();
  await page.getByRole("button", { name: "看照片 1" }).click();
  await expect(page.getByRole("img", { name: "照片 1" })).toBeVisible();
  await staffPageStands(page, "a case with a photo");
  await page.goto("/admin/c/00000000000000000000000000000000");
  await staffPageStands(page, "a case that is not there");
  await page.goto("/admin/nowhere");
  await staffPageStands(page, "an address that leads nowhere");
});

test("the staff web: accounts, from the list to the draft", async ({ people }) => {
  test.slow();
  const { page } = await people.staff("villageClerk");
  await staffPageStands(page, "the list of accounts");
  await page.getByRole("link", { name: "东风村 2026年10月" }).click();
  await expect(page.getByText("路灯电费（9月）")).toBeVisible();
  await staffPageStands(page, "published accounts");
  await page.goto("/admin/disclosures/new");
  await page.getByRole("button", { name: "上传并检查" }).click();
  await staffPageStands(page, "the upload with a fault");
  await page.getByLabel("账目文件").setInputFiles(november("贰佰多"));
  await page.getByRole("button", { name: "上传并检查" }).click();
  await expect(page.getByRole("region", { name: "检查结果" })).toBeFocused();
  await staffPageStands(page, "a ledger with faults");
  await page.getByLabel("账目文件").setInputFiles(november());
  await page.getByRole("button", { name: "上传并检查" }).click();
  await page.getByRole("button", { name: "生成草稿" }).click();
  await expect(page.getByText(LAMPS)).toBeVisible();
  await staffPageStands(page, "a draft");
});

test("the staff web: what the county proposes, decides and sets", async ({ people }) => {
  test.slow();
  const { page } = await people.staff("county");
  for (const [what, path] of Object.entries(COUNTY)) {
    await page.goto(`/admin/${path}`);
    await staffPageStands(page, what);
  }
  await page.goto("/admin/policies");
  // Fifteen working days over the Mid-Autumn and National Days of 2026: Saturday the 10th is worked.
  const tester = page.getByRole("region", { name: "算一算：这个时限到哪天" });
  await tester.getByLabel("从什么时候起").fill("2026-09-21T09:00");
  await expect(tester.getByText("2026年10月19日")).toBeVisible();
  await expect(tester.getByText("2026年10月11日 周末")).toBeVisible();
  await expect(tester.getByText("2026年10月10日")).toHaveCount(0);
  await page.getByRole("button", { name: "提出修改" }).click();
  await staffPageStands(page, "proposing a policy");
  await page.goto("/admin/calendars");
  await page.getByRole("button", { name: "提出修改" }).click();
  await staffPageStands(page, "proposing a calendar");
  await page.goto("/admin/zones");
  await page.getByRole("button", { name: "提出新片区" }).click();
  await staffPageStands(page, "proposing a zone");
});

test("the staff web: what the administrator runs", async ({ people }) => {
  test.slow();
  const { page } = await people.staff("administrator");
  await page.goto("/admin/dead-letters");
  await staffPageStands(page, "letters that did not go");
  await page.goto("/admin/posts");
  await staffPageStands(page, "who holds which post");
  await page.goto("/admin/audit");
  await staffPageStands(page, "who did what");
  // What was done is chosen in words; a thing is called by its name.
  await page.getByLabel("做了什么").fill("登录");
  await page.getByTitle("登录", { exact: true }).click();
  await page.getByRole("button", { name: "查询" }).click();
  const first = page.getByRole("region", { name: "审计记录" }).getByRole("row").nth(1);
  await expect(first).toContainText("demo_admin");
  await expect(first.getByRole("cell").nth(1)).toHaveText("登录");
  await expect(first.getByRole("cell").nth(2)).toContainText("道外区");
  await page.goto("/admin/staff");
  await staffPageStands(page, "staff and roles");
  await page.goto("/admin/intake");
  await staffPageStands(page, "a page of another role");
});

test("the staff web: signing a draft", async ({ people }) => {
  const { page } = await people.staff("committee");
  await page.getByRole("link", { name: "东风村 2026年11月" }).click();
  await expect(page.getByLabel("核对意见")).toBeVisible();
  await staffPageStands(page, "signing");
});

test("a page made bad on purpose is found bad", async ({ people }) => {
  const { page } = await people.villager();
  // On plain paper: over a picture axe leaves the judging of contrast to people.
  await page.goto("/help");
  await isAccessible(page, "before");
  expect(await sideways(page)).toEqual([]);
  await page.evaluate(() => {
    document.documentElement.removeAttribute("lang");
    const place = document.querySelector("main") ?? document.body;
    const words = document.createElement("p");
    words.textContent = "看不清";
    words.style.color = "#bbb";
    words.style.width = "900px";
    const picture = document.createElement("img");
    const buttons = ["一", "二"].map((name) => {
      const button = document.createElement("button");
      button.textContent = name;
      for (const [property, value] of Object.entries({
        width: "9px",
        height: "9px",
        minHeight: "0",
        padding: "0",
      })) {
        Reflect.set(button.style, property, value);
      }
      return button;
    });
    place.prepend(words, picture, ...buttons);
  });
  const found = (await violations(page)).join("\n");
  for (const rule of ["html-has-lang", "color-contrast", "image-alt", "target-size"]) {
    expect.soft(found).toContain(`${rule}:`);
  }
  expect(await sideways(page)).not.toEqual([]);
});
