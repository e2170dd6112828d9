// The county's power list: looking leaves no draft behind, each publication is a version, and any two of them stand side
// by side.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fitsLargeText, isAccessible, staffPageStands } from "./looks";
import { expect, test } from "./stage";

/** The county's list as the program brings it. */
const TEMPLATE = path.resolve(
  fileURLToPath(new URL(".", import.meta.url)),
  "../../api/data/powers-template.json",
);
const VILLAGE = "230104111204";
const NEIGHBOUR = "230104111208";
/** An item of the county's that no other story here touches. */
const NAME = "农村宅基地申请";

test("an item is changed twice, and its versions are held against each other", async ({ people }) => {
  const { page } = await people.staff("county");
  const menu = page.getByRole("navigation", { name: "菜单" });
  const list = () => menu.getByRole("link", { name: "权力清单", exact: true }).click();
  const first = () =>
    page
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name: "修改" }) })
      .first();
  const form = page.getByRole("form", { name: /^草稿：/ });

  await list();
  const item = ((await first().getByRole("rowheader").textContent()) ?? "").trim();
  await test.step("looking leaves no draft behind", async () => {
    await first().getByRole("link", { name: "修改", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("修改：");
    await expect(form.getByRole("button", { name: "保存草稿" })).toBeDisabled();
    await staffPageStands(page, "an item that is to be changed");
    await list();
    await expect(first()).not.toContainText("有草稿");
    await expect(page.getByRole("link", { name: "接着写" })).toHaveCount(0);
  });

  const publishes = async (change: () => Promise<void>, reason: string) => {
    await first().getByRole("link", { name: "修改", exact: true }).click();
    await change();
    await form.getByRole("button", { name: "保存草稿" }).click();
    const publish = page.getByRole("form", { name: "公布" });
    await publish.getByLabel("为什么改").fill(reason);
    await expect(publish.getByRole("button", { name: "公布", exact: true })).toBeEnabled();
    await publish.getByRole("button", { name: "公布", exact: true }).click();
    await expect(page).toHaveURL(/\/admin\/powers\?region=230104000000$/);
  };
  await test.step("two versions more", async () => {
    await publishes(async () => {
      const short = form.getByLabel("简单说", { exact: true });
      await short.fill(`${await short.inputValue()}有疑问可以当场问。`);
      await form.getByLabel("要带什么").fill("身份证\n户口本");
    }, "写明可以当场问");
    await publishes(async () => {
      const steps = form.getByRole("group", { name: "步骤" }).getByRole("listitem");
      await steps.first().getByLabel("谁来做").fill("村里的报账员");
      await form.getByRole("button", { name: "加一步" }).click();
      await steps.last().getByLabel("做什么").fill("回访一次");
      await steps.last().getByLabel("谁来做").fill("村务监督委员会");
    }, "增加回访");
  });

  await test.step("the list leads to the versions, each with its day and its reason", async () => {
    await first()
      .getByRole("link", { name: /的各个版本$/ })
      .click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("各个版本：");
    expect(item).toContain(((await page.getByRole("heading", { level: 1 }).textContent()) ?? "").slice(5, 9));
    const versions = page.getByRole("region", { name: "各个版本" });
    await expect(versions.getByRole("row").filter({ hasText: "第 3 版" })).toContainText("增加回访");
    await expect(versions.getByRole("row").filter({ hasText: "第 3 版" })).toContainText("现行");
    await expect(versions.getByRole("row").filter({ hasText: "第 2 版" })).toContainText("写明可以当场问");
    await expect(versions.getByRole("row").filter({ hasText: "第 1 版" })).toContainText("第一版");
  });

  const compared = page.getByRole("region", { name: "对比两个版本" });
  await test.step("the newest stands beside the one before: a step that is another, and one that is new", async () => {
    const table = compared.getByRole("table");
    await expect(table.getByRole("columnheader").nth(1)).toContainText("第 2 版");
    await expect(table.getByRole("columnheader").nth(2)).toContainText("第 3 版");
    const one = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "第 1 步" }) });
    await expect(one.getByRole("cell").nth(1)).toContainText("+");
    await expect(one.getByRole("insertion")).toContainText("报账员");
    const added = table.getByRole("row").filter({ hasText: "回访一次" });
    await expect(added.getByRole("rowheader")).toContainText("（新增）");
    await expect(added.getByRole("cell").first()).toHaveText("没有");
    await expect(table).not.toContainText("户口本");
    await staffPageStands(page, "two versions side by side");
  });

  await test.step("any other two, in the address, and all of it", async () => {
    await page
      .getByRole("region", { name: "各个版本" })
      .getByRole("link", { name: "和前一版对比" })
      .last()
      .click();
    await expect(page).toHaveURL(/from=1&to=2/);
    await expect(compared.getByRole("table")).toContainText("户口本");
    await expect(compared.getByRole("deletion").or(compared.getByRole("insertion")).first()).toBeVisible();
    await page.reload();
    await expect(compared.getByRole("table")).toContainText("户口本");
    await expect(compared.getByRole("rowheader", { name: "谁监督" })).toHaveCount(0);
    await compared.getByText("看全部内容").click();
    await expect(compared.getByRole("rowheader", { name: "谁监督" })).toBeVisible();
    await isAccessible(page, "all of two versions");
  });

  await test.step("the editor leads there too", async () => {
    await list();
    await first().getByRole("link", { name: "修改", exact: true }).click();
    await page.getByRole("link", { name: "各个版本", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("各个版本：");
  });
});

test("a place writes its own: where it is for, what is missing, what a red line is about, and who else wrote", async ({
  people,
}) => {
  const { page, watch } = await people.staff("triage");
  // A colleague was faster.
  watch.pardon(/status of 412 .*\/admin\/powers\/drafts\//);
  const form = page.getByRole("form", { name: /^草稿：/ });
  const save = form.getByRole("button", { name: "保存草稿" });
  await page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "权力清单" }).click();
  await page.getByRole("link", { name: "写本地做法" }).first().click();
  await expect(page.getByRole("banner").or(page.locator("header")).last()).toContainText(
    /这是团结镇自己的写法，照.+第 \d+ 版改/,
  );

  await test.step("an entry without days is named before anything is sent", async () => {
    const posted = form.getByLabel("公示内容和天数");
    const was = await posted.inputValue();
    await posted.fill(`${was}\n没有写天数的一条`.trim());
    await save.click();
    await expect(form.getByText(/^第\d+条末尾要写公示几天/)).toBeVisible();
    await posted.fill(was);
  });

  await test.step("a new red line is sorted, and the draft shows what changed in words", async () => {
    const red = form.getByLabel("红线（一行一条）");
    await red.fill(`${await red.inputValue()}\n不得让亲戚先盖章`.trim());
    const kinds = form.getByRole("group", { name: "红线类别" });
    await kinds.getByRole("combobox").last().click();
    await page.getByTitle("优亲厚友、吃拿卡要").last().click();
    await isAccessible(page, "a place's own words over an item");
    await save.click();
    const changes = page.getByRole("region", { name: "与现行版本的不同" });
    await expect(changes).toContainText("不得让亲戚先盖章（优亲厚友、吃拿卡要）");
    await expect(changes).not.toContainText(/favouritism|working_day/);
  });

  await test.step("a colleague saves the same draft meanwhile: nothing of either is lost", async () => {
    const other = await people.staff("triage2");
    await other.page.goto(page.url());
    const theirs = other.page.getByRole("form", { name: /^草稿：/ });
    await expect(theirs.getByLabel("谁可以提")).toBeVisible();
    await form.getByLabel("谁可以提").fill("我写的");
    await theirs.getByLabel("谁可以提").fill("同事写的");
    await theirs.getByRole("button", { name: "保存草稿" }).click();
    await expect(theirs.getByRole("button", { name: "保存草稿" })).toBeDisabled();
    await save.click();
    const conflict = page.getByRole("region", { name: "同事刚刚改过这份草稿" });
    await expect(conflict.getByRole("row").filter({ hasText: "谁可以提" })).toContainText("同事写的");
    await expect(conflict.getByRole("row").filter({ hasText: "谁可以提" })).toContainText("我写的");
    await isAccessible(page, "a draft that a colleague has changed");
    await conflict.getByRole("button", { name: "用我写的，代替同事的" }).click();
    await expect(conflict).toHaveCount(0);
    await expect(save).toBeDisabled();
    await other.page.reload();
    await expect(theirs.getByLabel("谁可以提")).toHaveValue("我写的");
  });
});

test("an item that the list does not have is written by hand", async ({ people }) => {
  const { page, watch } = await people.staff("county");
  watch.pardon(/status of 422 .*\/admin\/powers\/drafts$/);
  await page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "权力清单" }).click();
  await page.getByRole("link", { name: "新增事项" }).click();
  const form = page.getByRole("form", { name: /^草稿：/ });
  await form.getByLabel("名称", { exact: true }).fill("村史馆开放");
  await form.getByRole("button", { name: "保存草稿" }).click();
  // What is missing is said in words, at its field.
  const alert = form.getByRole("alert").last();
  await expect(alert).toContainText("领域：");
  await expect(alert).not.toContainText("/item/");
  await staffPageStands(page, "a new item with faults");
  await form.getByLabel("领域", { exact: true }).fill("公共服务");
  await form.getByLabel("依据").fill("村规民约第一条");
  await form.getByLabel("谁负责").fill("村民委员会");
  await form.getByLabel("谁监督").fill("村务监督委员会");
  await form.getByLabel("谁可以提").fill("村民");
  await form.getByLabel("简单说").fill("要看村史馆，跟村里说一声就开门。");
  await form.getByRole("button", { name: "加一步" }).click();
  await form.locator("#step-0-step_name").fill("登记");
  await form.locator("#step-0-actor").fill("文书");
  await form.getByRole("button", { name: "保存草稿" }).click();
  const publish = page.getByRole("form", { name: "公布" });
  await publish.getByLabel("为什么改").fill("村民要求");
  await publish.getByRole("button", { name: "公布", exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/powers\?region=230104000000$/);
  await expect(page.getByText("“村史馆开放”已公布")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "村史馆开放" })).toContainText("第 1 版");
});

test("a village writes less than the template: its villagers are told what, why and by whom; a new template is noticed", async ({
  people,
}) => {
  // Three people, and each of their pages is looked at.
  test.slow();
  const { page } = await people.staff("triage");
  const form = page.getByRole("form", { name: /^草稿：/ });
  const publish = page.getByRole("form", { name: "公布" });
  const list = async () => {
    await page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "权力清单" }).click();
    await page.getByLabel("哪里的清单").fill("东风村");
    await page.getByTitle("团结镇 东风村").click();
    await expect(row).toBeVisible();
  };
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: NAME }) });

  await test.step("the clerk leaves out a step and every red line, and allows more time", async () => {
    await list();
    await expect(row).not.toContainText("上级已有新版");
    await row.getByRole("link", { name: "写本地做法" }).click();
    const steps = form.getByRole("group", { name: "步骤" }).getByRole("listitem");
    await expect(steps.first()).toBeVisible();
    await steps.nth(1).getByRole("button", { name: "删除" }).click();
    await steps.first().getByLabel("时限", { exact: true }).fill("20");
    await form.getByLabel("要带什么").fill("身份证\n介绍信");
    await form.getByLabel("红线（一行一条）").fill("");
    await form.getByRole("button", { name: "保存草稿" }).click();
    await publish.getByLabel("为什么改").fill("村里人手少，少走一步");
    await publish.getByRole("button", { name: "公布", exact: true }).click();
    await expect(page).toHaveURL(/\/admin\/powers\?region=230104111204$/);
  });

  const villager = await people.villager();
  const theirs = villager.page;
  const differs = theirs.getByRole("region", { name: "本村的做法和道外区的模板有不同" });
  await test.step("a villager reads what is other, why, and where the red lines would be", async () => {
    await theirs.goto(`/v/${VILLAGE}/powers`);
    await theirs.getByRole("link", { name: NAME }).click();
    await expect(differs.getByRole("heading", { name: "少了 1 步" })).toBeVisible();
    await expect(
      differs.getByRole("heading", { name: /^模板里有 \d+ 条红线，这里一条也没有写$/ }),
    ).toBeVisible();
    await expect(differs).toContainText("本村：20 个工作日内");
    await expect(differs).toContainText("介绍信");
    await expect(differs).toContainText("村里人手少，少走一步");
    const red = theirs.getByRole("region", { name: "红线：谁都不能这么做" });
    await expect(red).toContainText(/道外区的模板里有 \d+ 条红线，本村一条也没有写/);
    expect(await red.getByRole("listitem").count()).toBeGreaterThan(0);
    await isAccessible(theirs, "an item of a village's own");
    await fitsLargeText(theirs, "an item of a village's own");
  });

  await test.step("the template is one tap away, says that it is one, and leads back", async () => {
    await differs.getByRole("link", { name: "看道外区的模板" }).click();
    await expect(theirs.getByText("这是道外区的模板。本村有自己的做法，代替它。")).toBeVisible();
    await expect(differs).toHaveCount(0);
    await isAccessible(theirs, "the template of an item");
    await theirs.getByRole("link", { name: "看本村的做法" }).click();
    await expect(differs).toBeVisible();
  });

  await test.step("another village goes by the template, and is told nothing of the kind", async () => {
    await theirs.goto(`/v/${NEIGHBOUR}/powers`);
    await theirs.getByRole("link", { name: NAME }).click();
    await expect(theirs.getByRole("heading", { level: 1, name: NAME })).toBeVisible();
    await expect(theirs.getByText(/的模板/)).toHaveCount(0);
  });

  await test.step("the county publishes a new template, and the clerk finds the village's marked", async () => {
    const county = (await people.staff("county")).page;
    await county.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "权力清单" }).click();
    const template = county.getByRole("row").filter({ has: county.getByRole("rowheader", { name: NAME }) });
    await template.getByRole("link", { name: "修改" }).click();
    const writes = county.getByRole("form", { name: /^草稿：/ });
    await writes.getByLabel("要带什么").fill("身份证\n居住证");
    await writes.getByRole("button", { name: "保存草稿" }).click();
    const out = county.getByRole("form", { name: "公布" });
    await out.getByLabel("为什么改").fill("写明证件");
    await out.getByRole("button", { name: "公布", exact: true }).click();
    await expect(county).toHaveURL(/\/admin\/powers\?region=230104000000$/);
    await page.reload();
    await list();
    await expect(page.getByText("有 1 项本地写法照的是上级的旧版")).toBeVisible();
    await expect(row).toContainText("上级已有新版");
    await staffPageStands(page, "a list with an item above that has moved on");
  });

  const compared = page.getByRole("region", { name: "对比两个版本" });
  await test.step("both stand side by side, and what the county changed is one tap away", async () => {
    await row.getByRole("link", { name: `${NAME}：看上级改了什么` }).click();
    await expect(page.getByRole("region", { name: "各个版本" })).toContainText("写明证件");
    await page.goBack();
    await list();
    await row.getByRole("link", { name: `${NAME}：和上级新版对比` }).click();
    await expect(compared.getByRole("columnheader").nth(1)).toContainText(/上级的第 \d+ 版（现行）/);
    await expect(compared.getByRole("columnheader").nth(2)).toContainText("第 1 版");
    await expect(compared.getByRole("row").filter({ hasText: "居住证" })).toContainText("介绍信");
    await staffPageStands(page, "a village's own beside the new template");
  });

  await test.step("the villagers' page holds it against the new one, and says so", async () => {
    await theirs.goto("about:blank");
    await theirs.goto(`/v/${VILLAGE}/powers`);
    await theirs.getByRole("link", { name: NAME }).click();
    await expect(differs).toContainText(/道外区的模板后来又改过（第 \d+ 版/);
  });
});

test("a village's list comes as a file: what it would do is looked at, and it is published with a reason", async ({
  people,
}) => {
  const { page } = await people.staff("county");
  const file = JSON.parse(await readFile(TEMPLATE, "utf8"));
  const [first, second, third] = file.items;
  file.region_code = "230104111209";
  file.items = [
    { ...first, plain_language: "本村每周一上午办。" },
    second,
    { ...third, code: "story-own", name: "村里的石磨借用" },
  ];
  const buffer = Buffer.from(JSON.stringify(file));
  const section = page.getByRole("region", { name: "导入文件" });
  await page.getByRole("navigation", { name: "菜单" }).getByRole("link", { name: "权力清单" }).click();
  await section
    .getByLabel("导入文件")
    .setInputFiles({ name: "list.json", mimeType: "application/json", buffer });

  await test.step("whose list it is, what stands in for the county's, and a new item as villagers will see it", async () => {
    await expect(section.getByRole("status")).toContainText("新增 2 项，修改 0 项，不变 1 项");
    await expect(section.getByRole("status")).toContainText("红利村");
    const own = section.getByRole("group").filter({ hasText: `${first.name}：代替道外区的同一项` });
    await own.getByText(/：代替道外区/).click();
    await expect(own.getByRole("row").filter({ hasText: "简单说" })).toContainText("本村每周一上午办。");
    const added = section.getByRole("group").filter({ hasText: "新增：村里的石磨借用" });
    await added.getByText("新增：").click();
    await expect(added.getByRole("heading", { name: "村里的石磨借用" })).toBeVisible();
    await expect(section).not.toContainText(second.name);
    await staffPageStands(page, "a list that is to be imported");
  });

  await test.step("nothing is published without a reason, and the villagers read it", async () => {
    const publish = section.getByRole("form", { name: "公布这些修改" });
    await publish.getByRole("button", { name: "公布这些修改" }).click();
    await expect(publish.getByText("这里要填")).toBeVisible();
    await publish.getByLabel("为什么改").fill("村里开会定的");
    await publish.getByRole("button", { name: "公布这些修改" }).click();
    await expect(section.getByRole("status")).toContainText("已公布");
    await expect(publish).toHaveCount(0);
    const theirs = (await people.villager()).page;
    await theirs.goto("/v/230104111209/powers");
    await theirs.getByRole("link", { name: first.name }).click();
    await expect(theirs.getByRole("region", { name: /^本村的做法和道外区的模板/ })).toContainText(
      "村里开会定的",
    );
  });
});
