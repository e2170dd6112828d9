// Every role of the demo in turn: what a desk offers is what the API allows, and what it does not offer the API
// refuses. And whoever a complaint names finds no trace of it anywhere.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { actions, word } from "@yidiantong/client";
import { quiet } from "./quiet.mjs";
import { expect, test } from "./stage";

const VILLAGE = "230104111204";
/** Each role once; the administrator has the most pages and goes last, so that hers are known to all before. */
const ROLES = [
  "villageClerk",
  "committee",
  "publisher",
  "triage",
  "handler",
  "county",
  "auditor",
  "administrator",
] as const;

interface Answer {
  /** `GET /api/v1/admin/zones`, with its query. */
  asked: string;
  status: number;
}

/** What a page asks of the staff's API from now on, and what it is told. */
function listens(page: Page): { answers: Answer[]; token: () => string } {
  const answers: Answer[] = [];
  let token = "";
  page.on("response", (response) => {
    const request = response.request();
    const { pathname, search } = new URL(request.url());
    if (!pathname.startsWith("/api/v1/")) return;
    token = request.headers().authorization ?? token;
    answers.push({ asked: `${request.method()} ${pathname}${search}`, status: response.status() });
  });
  return { answers, token: () => token };
}

/** A page that is told to show has asked for what it needs within so many milliseconds. */
const REST = 200;

/** Goes to a page of the desk as a link does, without loading everything anew. */
async function goes(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }, path);
  await quiet(page, REST);
}

test("each role's pages are those that the API answers, and no others", async ({ people, server }) => {
  // Some three hundred pages; a busy machine takes long over them, and nothing is measured.
  test.setTimeout(600_000);
  /** Of each page what it asks of the staff's API, and who is offered it. */
  const pages = new Map<string, { asks: Set<string>; offered: Set<string> }>();
  const desks = new Map<string, { page: Page; token: () => string }>();
  for (const role of ROLES) {
    await test.step(`${role}: everything offered is answered`, async () => {
      const { page } = await people.staff(role);
      const { answers, token } = listens(page);
      await page.reload();
      await quiet(page);
      desks.set(role, { page, token });
      const menu = page.getByRole("navigation", { name: "菜单" });
      const links = await menu.getByRole("link").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      for (const href of new Set(links)) {
        if (href === null) continue;
        answers.length = 0;
        await goes(page, href);
        await expect(page.getByRole("heading", { level: 1 }).first(), href).toBeVisible();
        await expect(page.getByText("您的岗位不能用这一页"), `${role} is offered ${href}`).toHaveCount(0);
        const refused = answers.filter(({ status }) => status >= 400);
        expect(refused, `${role} on ${href}`).toEqual([]);
        const path = href.split("?")[0] ?? href;
        const known = pages.get(path) ?? { asks: new Set(), offered: new Set() };
        for (const { asked } of answers) if (/^GET \/api\/v1\/admin\//.test(asked)) known.asks.add(asked);
        known.offered.add(role);
        pages.set(path, known);
      }
      // A case: its buttons are the API's actions, one for one.
      if (["triage", "handler", "county", "auditor"].includes(role)) {
        await goes(page, "/admin/");
        await page.getByRole("table", { name: "待办件" }).getByRole("link").first().click();
        await quiet(page);
        const id = new URL(page.url()).pathname.split("/").at(-1);
        const view = await fetch(`${server.origin}/api/v1/admin/complaints/${id}`, {
          headers: { Authorization: token() },
        });
        const { allowed_actions: allowed } = (await view.json()) as { allowed_actions: string[] };
        const panel = page.getByRole("region", { name: "现在可以做" });
        await expect(panel).toBeVisible();
        const buttons = await panel.getByRole("button").allTextContents();
        const plain = (text: string) => text.replaceAll(" ", "");
        expect(buttons.map(plain).sort()).toEqual(allowed.map((one) => word(actions, one, "zh")).sort());
      }
    });
  }
  expect(pages.size).toBeGreaterThan(12);
  for (const role of ROLES) {
    await test.step(`${role}: what is not offered is refused, by the page and by the API`, async () => {
      const desk = desks.get(role);
      if (desk === undefined) throw new Error(role);
      for (const [path, { asks, offered }] of pages) {
        if (offered.has(role) || path === "/admin") continue;
        await goes(desk.page, path);
        await expect(desk.page.getByText("您的岗位不能用这一页"), `${role} at ${path}`).toBeVisible();
        // What the queue and the side bar ask on every page is not this page's own.
        const own = [...asks].filter((asked) => !asked.startsWith("GET /api/v1/admin/complaints"));
        if (own.length === 0) continue;
        const told = await Promise.all(
          own.map(async (asked) => {
            const answer = await fetch(server.origin + asked.slice(4), {
              headers: { Authorization: desk.token() },
            });
            return answer.status;
          }),
        );
        expect(told, `${role} asks what ${path} asks: ${own.join(", ")}`).toContain(403);
      }
    });
  }
});

test("whoever a complaint names finds no trace of it on any page", async ({ people, server }) => {
  const secret = "银杏树下那口井的事";
  const units = (await (await fetch(`${server.origin}/api/v1/regions/${VILLAGE}/organisations`)).json()) as {
    items: { id: string; name: string }[];
  };
  const organ = units.items.find(({ name }) => name.includes("团结镇纪委"));
  if (organ === undefined) throw new Error("the township has no organ of discipline");
  const filed = await fetch(`${server.origin}/api/v1/complaints`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": randomBytes(16).toString("hex") },
    body: JSON.stringify({
      kind: "complaint",
      region_code: VILLAGE,
      category: "conduct",
      text: `${secret}，镇纪委的人自己包了工程。`,
      targets: [{ type: "organisation", id: organ.id }],
      attachments: [],
      identity: { mode: "anonymous" },
      filed_by: "self",
      may_publish_answer: false,
    }),
  });
  expect(filed.status, await filed.clone().text()).toBe(201);
  const { number } = (await filed.json()) as { number: string };

  const county = await people.staff("county");
  await county.opens(secret);
  const address = new URL(county.page.url()).pathname;
  expect(await county.number()).toBe(number);
  const id = address.split("/").at(-1) ?? "";

  const named = await people.staff("triage");
  const { page, watch } = named;
  const heard: string[] = [];
  page.on("response", async (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith("/api/v1/") || pathname.endsWith("/complaints/events")) return;
    heard.push(await response.text().catch(() => ""));
  });
  const isSilent = async (where: string) => {
    const seen = [await page.content(), ...heard.splice(0)];
    for (const trace of [secret, number, id])
      expect(
        seen.filter((text) => text.includes(trace)),
        `${trace} at ${where}`,
      ).toEqual([]);
  };
  const menu = page.getByRole("navigation", { name: "菜单" });
  const links = await menu.getByRole("link").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  for (const href of new Set(links)) {
    await goes(page, href ?? "/admin/");
    await isSilent(href ?? "");
  }
  await goes(page, `/admin/?state=all&q=${encodeURIComponent(number)}`);
  await expect(page.getByRole("table", { name: "待办件" }).getByRole("link")).toHaveCount(0);
  heard.length = 0;
  watch.pardon(new RegExp(`status of 404 .*/api/v1/admin/complaints/${id}`));
  await page.goto(address);
  await expect(page.getByText("没有这一件")).toBeVisible();
  expect(heard.filter((text) => text.includes(secret) || text.includes(number))).toEqual([]);
});
