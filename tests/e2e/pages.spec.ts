// Every page of the villagers' web in every state it has: while it is on its way, when it is slow, when nobody answers,
// without a network, and when it is there, for the eye, in large, and in English. axe looks at each once.
import { PHONE } from "./chromium.mjs";
import { expect, test } from "./stage";
import { arrived, clean, dress, hasFoot, isForEverybody } from "./sweep";

const CODE = "230104111204";
const VILLAGE = `/v/${CODE}`;
const API = /\/api\/v1\//;
/** What browsers say of a line that was cut on purpose, and of what is not there. */
const PARDONS = /status of 404|net::ERR_|Failed to load resource/;

/** Pages that ask the server for something before they are whole. */
const ASKING: Readonly<Record<string, string>> = {
  "the search for a village": "/?find",
  "townships to choose from": "/?find&in=230104000000",
  "a village's front page": VILLAGE,
  "the accounts": `${VILLAGE}/accounts`,
  "a month of the accounts": `${VILLAGE}/accounts/2026-09`,
  "a month without accounts": `${VILLAGE}/accounts/2026-12`,
  "other disclosures": `${VILLAGE}/tables`,
  "a table": `${VILLAGE}/tables/TABLE`,
  "the list of powers": `${VILLAGE}/powers`,
  "a power": `${VILLAGE}/powers/POWER`,
  "what must be public": `${VILLAGE}/obligations`,
  "what must be public in the township": `${VILLAGE}/obligations/township`,
  "answers for everybody": `${VILLAGE}/answers/county`,
  "no answers yet": `${VILLAGE}/answers`,
  "the numbers of a county": `${VILLAGE}/stats`,
  "a township whose numbers are folded": `${VILLAGE}/stats/township/2026-10`,
  "a village that takes no part": "/v/230104111001/obligations",
  "a village without tables": "/v/230104111001/tables",
  "a village without accounts": "/v/230104111001/accounts",
  "the form": `/new?village=${CODE}`,
  help: "/help",
};

/** Pages that have everything with them. */
const WHOLE: Readonly<Record<string, string>> = {
  "the form without a village": "/new",
  "entering a receipt code": "/receipt",
  "what this phone keeps": "/mine",
  privacy: "/privacy",
  "the accessibility statement": "/a11y",
  "an address that leads nowhere": "/nowhere",
  "a village that is not there": "/v/999999999999",
};

interface Ids {
  TABLE: string;
  POWER: string;
}
let known: Ids | undefined;

/** What the addresses name, found as anybody would. */
async function ids(origin: string): Promise<Ids> {
  if (known !== undefined) return known;
  const items = async (path: string) => {
    const answer = await fetch(`${origin}/api/v1/regions${path}`);
    const { items: found } = (await answer.json()) as { items: Record<string, string>[] };
    return found;
  };
  const table = (await items(`/${CODE}/disclosures?limit=100`)).find(({ kind }) => kind !== "ledger");
  const [power] = await items(`/${CODE}/powers?limit=100`);
  known = { TABLE: table?.id ?? "", POWER: power?.id ?? "" };
  for (const [name, id] of Object.entries(known)) expect(id, name).not.toBe("");
  return known;
}

const addressOf = (path: string, found: Ids): string =>
  path.replace(/TABLE|POWER/, (name) => found[name as keyof Ids]);

for (const [name, path] of Object.entries(ASKING)) {
  test(`on its way, slow, unreachable, offline, there: ${name}`, async ({ people, server }) => {
    // The worker would stand between the page and the line that is cut here; its own tests are offline.spec.ts.
    const { page, watch } = await people.browser({ ...PHONE, serviceWorkers: "block" });
    watch.pardon(PARDONS);
    const address = addressOf(path, await ids(server.origin));
    let answer: (go: boolean) => void = () => undefined;
    const held = new Promise<boolean>((done) => {
      answer = done;
    });
    await page.route(API, async (route) => {
      if (await held) await route.continue();
      else await route.abort("connectionrefused");
    });
    await page.clock.install();
    await page.goto(address);
    const waiting = page.locator(".skeleton").first();
    await expect(waiting).toHaveText("正在加载");
    await clean(page, `${name}, on its way`);
    await page.clock.fastForward(5_000);
    await expect(page.getByText("网络有点慢，还在加载…").first()).toBeVisible();

    answer(false);
    const failed = page.getByRole("alert").filter({ hasText: "连不上服务器" }).first();
    await expect(failed).toBeVisible();
    await expect.soft(failed.getByRole("link", { name: /12345/ })).toBeVisible();
    await clean(page, `${name}, unreachable`);
    await hasFoot(page);

    await page.context().setOffline(true);
    await failed.getByRole("button", { name: "再试一次" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "现在没有网络" }).first()).toBeVisible();
    await page.unroute(API);
    // Back on the line it asks again by itself; what failed otherwise has its button.
    await page.context().setOffline(false);
    await expect(page.getByRole("alert").filter({ hasText: "现在没有网络" })).toHaveCount(0);
    const others = page.getByRole("button", { name: "再试一次" });
    // One may go by itself just before it is pressed: another was asked for the same.
    await expect(async () => {
      if (await others.count()) await others.first().click({ timeout: 1_000 });
      expect(await others.count()).toBe(0);
    }).toPass();
    await isForEverybody(page, name);
  });
}

for (const [name, path] of Object.entries(WHOLE)) {
  test(`there at once: ${name}`, async ({ people }) => {
    const { page, watch } = await people.villager();
    watch.pardon(PARDONS);
    await page.goto(path);
    await isForEverybody(page, name);
  });
}

test("the numbers at the end of every page are those that the server names", async ({ server }) => {
  const answer = await fetch(`${server.origin}/api/v1/categories`);
  const { categories } = (await answer.json()) as {
    categories: { redirect?: { phones: string[] } | null }[];
  };
  const phones = categories.flatMap(({ redirect }) => redirect?.phones ?? []);
  expect(phones).toEqual(expect.arrayContaining(["12345", "12388"]));
});

for (const path of [`${VILLAGE}/accounts`, `${VILLAGE}/tables/TABLE`]) {
  test(`what stands below the lines does not jump away from the finger: ${path}`, async ({
    people,
    server,
  }) => {
    const { page } = await people.browser({ ...PHONE, serviceWorkers: "block" });
    let go: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      go = done;
    });
    await page.route(/\/lines/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(addressOf(path, await ids(server.origin)));
    await expect(page.locator(".skeleton").last()).toHaveText("正在加载");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const below = page.getByRole("link", { name: "打印出来" });
    await expect(below).toHaveCount(0);
    go();
    await expect(below).toBeVisible();
  });
}

test("a township's address leads to its villages; a page reached by a link makes its village one's own", async ({
  people,
}) => {
  const { page } = await people.browser(PHONE);
  await page.goto("/v/230104111000/accounts");
  await expect(page).toHaveURL(/\/\?find&in=230104111000$/);
  await expect(page.getByRole("link", { name: "东风村", exact: true })).toBeVisible();
  await page.goto(`${VILLAGE}/powers`);
  await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain(CODE);
  await page.goto("/");
  await expect(page).toHaveURL(VILLAGE);
});

test("the four tabs grow with the text, each whole and large enough for a thumb, on the narrowest phone too", async ({
  people,
}) => {
  const { page } = await people.villager();
  await page.goto(VILLAGE);
  const tabs = page.getByRole("navigation", { name: /主要页面|Main pages/ }).getByRole("link");
  const measured = () =>
    tabs.evaluateAll((all) =>
      all.map((tab) => {
        const { left, right, width, height } = tab.getBoundingClientRect();
        const words = tab.querySelector("span") ?? tab;
        const type = Number.parseFloat(getComputedStyle(words).fontSize);
        // One line of words, neither broken nor running out of its tab.
        const box = words.getBoundingClientRect();
        const whole = box.height < type * 1.6 && box.left >= left - 0.5 && box.right <= right + 0.5;
        return { type, whole, inside: left >= 0 && right <= innerWidth, least: Math.min(width, height) };
      }),
    );
  for (const language of ["zh", "en"]) {
    if (language === "en") await page.getByRole("button", { name: "English" }).click();
    for (const width of [320, 360, 390, 600]) {
      await page.setViewportSize({ width, height: 844 });
      for (const size of [18, 22, 26, 30]) {
        await dress(page, size);
        const where = `${language}, ${width} px, text of ${size} px`;
        const found = await measured();
        expect.soft(found, where).toHaveLength(4);
        for (const { type, whole, inside, least } of found) {
          expect.soft(type, where).toBeGreaterThan(size * 0.88);
          expect.soft(whole, `${where}: words whole`).toBe(true);
          expect.soft(inside, `${where}: on the screen`).toBe(true);
          expect.soft(least, where).toBeGreaterThanOrEqual(60);
        }
      }
    }
  }
  // Said by two signs, the name is heard whole.
  await page.getByRole("button", { name: "中文" }).click();
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(tabs.nth(2)).toHaveText("办事清单");
  await expect(tabs.nth(2)).toHaveAccessibleName("办事清单");
  await expect(tabs.nth(2).locator(".rest")).toBeHidden();
  await tabs.nth(2).click();
  await expect(page.getByRole("heading", { level: 1, name: "办事清单" })).toBeVisible();
});

/** What each page is of, in its title and its heading. */
const OF: readonly [path: string, place: string, what: RegExp][] = [
  ["/?find", "", /找到您的村|Find your village/],
  ["/?find&in=230104000000", "道外区", /找到您的村|Find your village/],
  ["/?find&in=230104111000", "团结镇", /找到您的村|Find your village/],
  [VILLAGE, "东风村", /首页|front page/],
  ["/v/230104111208", "团结村", /首页|front page/],
  [`${VILLAGE}/accounts/2026-10`, "东风村", /2026年10月.*账目|October 2026.*Accounts/],
  [`${VILLAGE}/accounts/2026-09`, "东风村", /2026年9月.*账目|September 2026.*Accounts/],
  [`${VILLAGE}/accounts/2026-12`, "东风村", /2026年12月.*账目|December 2026.*Accounts/],
  [`${VILLAGE}/tables`, "东风村", /其他公开事项|Other disclosures/],
  [`${VILLAGE}/tables/TABLE`, "东风村", /季度|Q\d/],
  [`${VILLAGE}/powers`, "东风村", /办事清单|Rules/],
  [`${VILLAGE}/powers/POWER`, "东风村", /办事清单|Rules/],
  [`${VILLAGE}/obligations`, "东风村", /该公开什么|What must be public/],
  [`${VILLAGE}/obligations/township`, "团结镇", /该公开什么|What must be public/],
  [`${VILLAGE}/answers`, "东风村", /公开的答复|Answers for everybody/],
  [`${VILLAGE}/answers/county`, "道外区", /公开的答复|Answers for everybody/],
  [`${VILLAGE}/stats`, "道外区", /2026年10月办得怎么样|How it went in October 2026/],
  [`${VILLAGE}/stats/county/2026-Q3`, "道外区", /第3季度办得怎么样|How it went in Q3 2026/],
  [`${VILLAGE}/stats/township/2026-10`, "团结镇", /2026年10月办得怎么样|How it went in October 2026/],
  [`${VILLAGE}/print/poster`, "东风村", /海报.*打印|Poster.*Print/],
  [`${VILLAGE}/print/powers`, "东风村", /办事清单.*打印|Rules.*Print/],
  ["/new", "", /反映问题|Raise a concern/],
  ["/receipt", "", /查办理进度|Follow your concern/],
  ["/mine", "", /我的反映|My concerns/],
  ["/help", "", /帮助|Help/],
  ["/privacy", "", /怎么保护您|How you are protected/],
  ["/a11y", "", /看不清|Accessibility/],
  ["/nowhere", "", /没有这一页|No such page/],
];

for (const language of ["中文", "English"]) {
  test(`each page says of which place it is and what, and no two say the same: ${language}`, async ({
    people,
    server,
  }) => {
    test.slow();
    const { page, watch } = await people.browser(PHONE);
    watch.pardon(PARDONS);
    const found = await ids(server.origin);
    if (language === "English") await page.addInitScript(() => localStorage.setItem("ydt.language", "en"));
    const titles: string[] = [];
    const headings: string[] = [];
    for (const [path, place, what] of OF) {
      await page.goto(addressOf(path, found));
      await arrived(page);
      await expect.soft(page, path).toHaveTitle(what);
      await expect.soft(page, path).toHaveTitle(new RegExp(place));
      const heading = page.getByRole("heading", { level: 1 });
      await expect.soft(heading, path).toContainText(place);
      titles.push(await page.title());
      headings.push(((await heading.textContent()) ?? "").trim());
    }
    expect
      .soft(
        titles.filter((one, at) => titles.indexOf(one) !== at),
        "titles twice",
      )
      .toEqual([]);
    expect
      .soft(
        headings.filter((one, at) => headings.indexOf(one) !== at),
        "headings twice",
      )
      .toEqual([]);
  });
}

test("a village that another was merged into leads to that one's accounts, in the same words wherever it does", async ({
  people,
}) => {
  const { page } = await people.browser({ ...PHONE, serviceWorkers: "block" });
  // The demo's county has merged none: the real answer, with a merger put into it.
  const old = { code: "230104111208", level: "village", name: "团结村村委会", short_name: "团结村" };
  await page.route(`**/api/v1/regions/${CODE}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), predecessors: [old] } });
  });
  for (const path of [VILLAGE, `${VILLAGE}/accounts`]) {
    await page.goto(path);
    const link = page.getByRole("link", { name: "团结村并过来以前的账", exact: true });
    await expect(link, path).toHaveCount(1);
    await expect(link).toHaveAttribute("href", "/v/230104111208/accounts");
    await page.getByRole("button", { name: "English" }).click();
    await expect(
      page.getByRole("link", { name: "Accounts of 团结村 before the merger", exact: true }),
      path,
    ).toHaveCount(1);
    await page.getByRole("button", { name: "中文" }).click();
  }
});

test("a page looks the same whatever was open before it: no page's looks reach into another's", async ({
  people,
}) => {
  test.slow();
  const { page } = await people.villager();
  /** Where everything within the page stands, and how it is framed. */
  const looks = async () => {
    await arrived(page);
    return page.getByRole("main").evaluate((main) => {
      const start = main.getBoundingClientRect().top;
      // What lies in a closed fold has no place that is drawn.
      const drawn = (one: Element) => one.closest("details:not([open]) > :not(summary)") === null;
      return [...main.querySelectorAll<HTMLElement>("*")].filter(drawn).map((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        const { borderLeft, padding, color } = getComputedStyle(one);
        const place = [left, top - start, width, height].map(Math.round).join(" ");
        return `${one.tagName} ${one.getAttribute("class") ?? ""}: ${place} ${borderLeft} ${padding} ${color}`;
      });
    });
  };
  const shown: [path: string, ready: string][] = [
    [`${VILLAGE}/powers`, "农村宅基地申请"],
    [`${VILLAGE}/tables`, "惠民补贴"],
    [`${VILLAGE}/accounts/2026-09`, "打印出来"],
    [`${VILLAGE}/print/powers`, "农村宅基地申请"],
    ["/help", "12388"],
    ["/mine", "清除本机记录"],
    ["/receipt", "回执码"],
    ["/new", "事情经过"],
  ];
  const alone = new Map<string, string[]>();
  for (const [path, ready] of shown) {
    await page.goto(path);
    await expect(page.getByRole("main").getByText(ready).first()).toBeVisible();
    alone.set(path, await looks());
  }
  // Now all in one visit, without opening the document anew: each page after all the others.
  for (const [path, ready] of [...shown, ...shown]) {
    await page.evaluate((to) => {
      history.pushState(null, "", to);
      dispatchEvent(new PopStateEvent("popstate", { state: null }));
    }, path);
    await expect(page.getByRole("main").getByText(ready).first()).toBeVisible();
    expect.soft(await looks(), path).toEqual(alone.get(path));
  }
});
