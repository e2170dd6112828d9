// A villager and a phone: reads the accounts, raises a concern about a line, follows it by its code, rates.
import { expect, type Page } from "@playwright/test";
import type { Watch } from "./watch";

export interface Concern {
  /** The line of the accounts it is about, as it stands on the page. */
  line: string;
  kind: "投诉" | "咨询" | "建议" | "求助";
  words: string;
  /** Whether the answer may be shown to everybody. */
  mayPublish?: boolean;
  /** Whether the phone may keep it meanwhile. */
  keep?: boolean;
}

export class Villager {
  constructor(
    readonly page: Page,
    readonly watch: Watch,
  ) {}

  /** Opens the village's front page, from there the accounts, and among these a month. */
  async readsTheAccounts(village: string, month: string): Promise<void> {
    await this.page.goto(`/v/${village}`);
    await this.page.getByRole("navigation", { name: "主要页面" }).getByRole("link", { name: "账目" }).click();
    await this.page.getByRole("link", { name: month, exact: true }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: month })).toBeVisible();
    await expect(this.page.getByRole("button", { name: "对这一笔有疑问" }).first()).toBeVisible();
  }

  /** From the line of the accounts through the three steps; what the receipt's code is. */
  async files(concern: Concern): Promise<string> {
    await this.asksAbout(concern.line);
    await this.tellsTheMatter(concern);
    await this.page.getByRole("button", { name: "下一步：要不要留姓名" }).click();
    await this.givesNoName();
    if (concern.mayPublish) await this.chooses("checkbox", "答复可以贴出来给大家看");
    await this.page.getByRole("button", { name: "下一步：检查一遍" }).click();
    await expect(this.heading("再看一遍，还没有交")).toBeVisible();
    await this.page.getByRole("button", { name: /^提交/ }).click();
    await expect(this.heading("交上去了")).toBeVisible();
    return this.code();
  }

  async asksAbout(line: string): Promise<void> {
    const entry = this.page.getByRole("listitem").filter({ hasText: line });
    await entry.getByRole("button", { name: "对这一笔有疑问" }).click();
    await expect(this.heading("说说是什么事")).toBeVisible();
  }

  async tellsTheMatter({ line, kind, words, keep = false }: Concern): Promise<void> {
    await expect(this.page.getByText(line).first()).toBeVisible();
    await this.chooses("radio", kind);
    await this.page.getByLabel("事情经过").fill(words);
    const answer = keep ? "先存在这部手机" : "不存";
    await this.page.getByRole("button", { name: answer, exact: true }).click();
    await this.chooses("checkbox", "不针对谁，或说不准");
  }

  async givesNoName(): Promise<void> {
    await expect(this.heading("要不要留姓名")).toBeVisible();
    await this.chooses("radio", "不留姓名");
  }

  /** The code on the receipt: five groups of four. */
  async code(): Promise<string> {
    const card = this.page.getByRole("region", { name: /您的回执码/ });
    const found = /(?:\d{4}\s*){5}/.exec((await card.textContent()) ?? "");
    expect(found, "a code of twenty digits on the receipt").not.toBeNull();
    return (found?.[0] ?? "").replace(/\D/g, "");
  }

  /** Comes back days later, with nothing but the code. */
  async looksUp(code: string): Promise<void> {
    await this.page.goto("/");
    await this.page.getByRole("link", { name: "查办理进度" }).click();
    await this.page.getByRole("textbox", { name: "回执码" }).fill(code);
    await this.page.getByRole("button", { name: "看进度" }).click();
    await expect(this.page.getByRole("heading", { name: "办到哪一步了" })).toBeVisible();
    expect(this.page.url(), "the code never stands in an address").not.toContain(code.slice(0, 8));
  }

  /** Writes a message with a photo, taken out of the page itself. */
  async showsAPhoto(words: string): Promise<void> {
    const url = await this.page.evaluate(() => {
      const canvas = document.createElement("canvas");
      const draw = canvas.getContext("2d");
      if (draw === null) throw new Error("no canvas");
      draw.fillStyle = "#3a6";
      draw.fillRect(0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/png");
    });
    const buffer = Buffer.from(url.split(",")[1] ?? "", "base64");
    const messages = this.page.getByRole("region", { name: "留言" });
    await messages.getByLabel("写给工作人员").fill(words);
    const file = { name: "IMG_20261120.png", mimeType: "image/png", buffer };
    await messages.getByLabel("选照片").setInputFiles(file);
    await expect(messages.getByRole("img", { name: "照片 1" })).toBeVisible();
    await messages.getByRole("button", { name: "发出去" }).click();
    await expect(messages.getByText("附照片 1")).toBeVisible();
    await this.page.getByRole("button", { name: "看照片 1" }).click();
    await expect(this.page.getByRole("region", { name: "您传的照片" }).getByRole("img")).toBeVisible();
  }

  async rates(word: string, why: string): Promise<void> {
    await this.chooses("radio", word);
    await this.page.getByLabel("为什么？（可以不写）").fill(why);
    await this.page.getByRole("button", { name: "提交评价" }).click();
    await expect(this.page.getByText(`您的评价：${word}`)).toBeVisible();
  }

  /** Rates it as not solved; it goes on. */
  async isNotSatisfied(why: string): Promise<void> {
    await this.chooses("radio", "不满意");
    await this.page.getByLabel("为什么？（可以不写）").fill(why);
    await this.page.getByRole("button", { name: "提交评价" }).click();
    await expect(this.page.getByText("评价交上去了，谢谢您")).toBeVisible();
  }

  /** Says what is wrong with how it ended; it goes one level up. */
  async disputes(why: string): Promise<void> {
    const words = this.page.getByLabel("哪里不同意");
    // Where it is the only thing left to do, it stands open already.
    if (!(await words.isVisible())) await this.page.getByText("不同意？", { exact: true }).click();
    await words.fill(why);
    await this.page.getByRole("button", { name: "要求重新查" }).click();
    await expect(this.page.getByText("提出来了，会有人重新查")).toBeVisible();
  }

  /** Takes it back, and says so twice. */
  async withdraws(why: string): Promise<void> {
    await this.page.getByText("不想反映了？", { exact: true }).click();
    await this.page.getByLabel("为什么撤（可以不写）").fill(why);
    await this.page.getByRole("button", { name: "撤回这件事" }).click();
    const sure = this.page.getByRole("heading", { name: "真的要撤回吗？" });
    await expect(sure).toBeFocused();
    await this.page.getByRole("button", { name: "撤回这件事" }).click();
    await expect(this.heading("已撤回")).toBeVisible();
  }

  /** As a thumb does: the words are the target, the small square lies within. */
  private async chooses(role: "radio" | "checkbox", name: string): Promise<void> {
    const choice = this.page.getByRole(role, { name: new RegExp(`^${name}`) }).first();
    await choice.check();
    await expect(choice).toBeChecked();
  }

  private heading(name: string) {
    return this.page.getByRole("heading", { level: 1, name: new RegExp(`${name}$`) });
  }
}
