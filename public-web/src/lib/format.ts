// How figures and days read on the villagers' pages: whole yuan without ".00", as people say them.
import { formatDay, formatFen, formatPeriod } from "@yidiantong/client";
import type { Language } from "./i18n";

/** `5230000` -> `52,300`, `5230050` -> `52,300.50`. */
export function figure(fen: number): string {
  return formatFen(fen, "en").replace("¥", "").replace(/\.00$/, "");
}

/** Holds the figure and its unit together. */
const NBSP = "\u00a0";

/** `52,300 元`, in English `¥52,300`. */
export function money(fen: number, language: Language): string {
  const text = figure(fen);
  if (language === "zh") return `${text}${NBSP}元`;
  return text.startsWith("-") ? `-¥${text.slice(1)}` : `¥${text}`;
}

/** Always with two decimals, for figures that stand under each other. */
export function exactMoney(fen: number, language: Language): string {
  return language === "zh" ? formatFen(fen, "zh").replace("元", `${NBSP}元`) : formatFen(fen, "en");
}

/** A day, without the year where that is plain; never broken over two lines. */
export function day(date: string, language: Language): string {
  return formatDay(date.slice(0, 10), language, new Date().getFullYear()).replaceAll(" ", NBSP);
}

/** A period as a heading: `2026年10月`. */
export const period = formatPeriod;

/** A period beside others of the same year: `10月`. */
export function shortPeriod(code: string, language: Language, year: string): string {
  const whole = formatPeriod(code, language);
  if (!code.startsWith(`${year}-`)) return whole;
  return language === "zh" ? whole.replace(`${year}年`, "") : whole.replace(` ${year}`, "");
}

/** A share in words; what is less than half a percent is said so. */
export function percentOf(slice: { percent: number; tiny: boolean }, language: Language): string {
  if (!slice.tiny) return `${slice.percent}%`;
  return language === "zh" ? "不到 1%" : "under 1%";
}
