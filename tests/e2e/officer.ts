// Somebody of the staff at a desk: logs in as visitors of the demo do, finds a case in the queue, acts on it.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Watch } from "./watch";

/** How long a one-time code is shown, ms (RFC 6238). */
const CODE_LASTS = 30_000;

export class Officer {
  constructor(
    readonly page: Page,
    readonly watch: Watch,
  ) {}

  /** Presses an account of the demo, which fills in everything, and logs in; a code that was used, in a moment anew. */
  async logsIn(label: string): Promise<void> {
    const { page } = this;
    const inside = page.getByRole("navigation", { name: "菜单" });
    await page.goto("/admin/");
    await expect(async () => {
      await page.getByRole("button", { name: new RegExp(`^${label}`) }).click();
      await expect(page.getByLabel("动态码")).toHaveValue(/^\d{6}$/);
      // Its own answer, not what the page still says of the one before: a slow answer would be taken for a refusal, and
      // the next round would look for this form while the desk is already there.
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.url().endsWith("/auth/login")),
        page.getByRole("button", { name: "登录", exact: true }).click(),
      ]);
      const status = answer.status();
      if (status === 200) return;
      // The next code is at most half a minute away, which no story reckons with. It is waited for: whoever shows a used
      // one again and again is told to wait longer each time.
      expect(status, "why nobody is let in").toBe(401);
      await expect(page.getByText("这个动态码已经用过了")).toBeVisible();
      this.watch.pardon(/status of 401 .*\/auth\/login$/);
      await page.waitForTimeout(CODE_LASTS - (Date.now() % CODE_LASTS) + 500);
      throw new Error("the code was used");
    }).toPass({ intervals: [0], timeout: 90_000 });
    await expect(inside).toBeVisible();
  }

  async opensTheQueue(): Promise<void> {
    await this.page.goto("/admin/");
    await expect(this.page.getByRole("table", { name: "待办件" })).toBeVisible();
  }

  /** The row of a case, by words of it. */
  row(words: string): Locator {
    return this.page.getByRole("row").filter({ hasText: words });
  }

  async opens(words: string): Promise<void> {
    await this.opensTheQueue();
    await this.row(words).getByRole("link").first().click();
    await expect(this.page.getByRole("region", { name: "现在可以做" })).toBeVisible();
  }

  /** Opens an action's form, fills what is given by its labels, and submits it. */
  async acts(action: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#fillsIn(action, fields, action);
  }

  /** As `acts`, where a second person decides: it only waits afterwards, and the page says until when. */
  async proposes(action: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#fillsIn(action, fields, `提出：${action}`);
    const waiting = this.page.getByRole("region", { name: "等第二个人同意" });
    await expect(waiting.getByRole("article", { name: new RegExp(action) })).toContainText(/最晚 \d+月\d+日/);
  }

  /** Finds among what waits for a second person what is about a case, and says yes or no. */
  async decides(proposal: RegExp, answer: "同意" | "不同意", words: string): Promise<void> {
    await this.page.goto("/admin/proposals");
    const card = await this.#says(proposal, answer, words);
    await expect(card).toBeHidden();
  }

  /** Says yes to what takes a fresh code, and shows it, once: while it is good the page is not loaded anew. */
  async approvesWithCode(proposal: RegExp, words: string, code: () => Promise<string>): Promise<void> {
    const { page } = this;
    // That the server asks for the code is a refusal, which browsers print.
    this.watch.pardon(/status of 403 .*\/decision$/);
    const menu = page.getByRole("navigation", { name: "菜单" });
    await menu.getByRole("link").first().click();
    await menu.getByRole("link", { name: /等第二个人的事/ }).click();
    const card = await this.#says(proposal, "同意", words);
    const dialog = page.getByRole("dialog", { name: "请再确认是您本人" });
    await expect(async () =>
      expect((await dialog.isVisible()) || !(await card.isVisible())).toBe(true),
    ).toPass();
    if (await dialog.isVisible()) {
      await dialog.getByLabel("动态码").fill(await code());
      await dialog.getByRole("button", { name: "确认" }).click();
    }
    await expect(card).toBeHidden();
  }

  async #says(proposal: RegExp, answer: "同意" | "不同意", words: string): Promise<Locator> {
    const mine = this.page.getByRole("region", { name: "等您表态" });
    const card = mine.getByRole("article", { name: proposal });
    await card.getByLabel("您的意见").fill(words);
    await card.getByRole("button", { name: answer, exact: true }).click();
    return card;
  }

  /** The number of the case that is open. */
  async number(): Promise<string> {
    const title = await this.page.getByRole("heading", { level: 1 }).textContent();
    return (title ?? "").replace("件 ", "").trim();
  }

  async #fillsIn(action: string, fields: Readonly<Record<string, string>>, button: string): Promise<void> {
    const panel = this.page.getByRole("region", { name: "现在可以做" });
    await panel.getByRole("button", { name: action, exact: true }).first().click();
    const form = this.page.getByRole("form", { name: action });
    // What kind a field is can only be asked once it stands there.
    await expect(form).toBeVisible();
    for (const [label, value] of Object.entries(fields)) await this.#fills(form, label, value);
    await form.getByRole("button", { name: button, exact: true }).click();
    await expect(form).toBeHidden();
  }

  async #fills(form: Locator, label: string, value: string): Promise<void> {
    const choice = form.getByRole("radio", { name: value, exact: true });
    const list = form.getByRole("combobox", { name: label });
    if (await choice.count()) await choice.check();
    else if (await list.count()) {
      await list.click();
      // The list of choices is drawn at the end of the page.
      await this.page.locator(".ant-select-item-option").filter({ hasText: value }).click();
    } else await form.getByLabel(label).fill(value);
  }
}
