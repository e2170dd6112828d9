// The queue as a test finds it.
import type { Locator, Page } from "@playwright/test";

export const rows = (page: Page): Locator =>
  page.getByRole("table", { name: "待办件" }).locator("tbody tr[data-row-key]");
export const pane = (page: Page): Locator => page.getByRole("complementary", { name: "预览" });
