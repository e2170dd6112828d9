// How long something may take, in words that people use.
import type { PublicComponents } from "@yidiantong/client";
import type { Language } from "./i18n";

export type Limit = PublicComponents["schemas"]["Limit"];

const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;

const WORDS: Record<Language, Record<Limit["unit"], (n: number) => string>> = {
  zh: {
    working_day: (n) => `${n} 个工作日`,
    calendar_day: (n) => `${n} 天`,
    hour: (n) => `${n} 个办公小时`,
    minute: (n) => `${n} 分钟（办公时间）`,
    clock_hour: (n) => `${n} 小时`,
  },
  en: {
    working_day: (n) => many(n, "working day"),
    calendar_day: (n) => many(n, "day"),
    hour: (n) => many(n, "office hour"),
    minute: (n) => `${many(n, "minute")} in office hours`,
    clock_hour: (n) => many(n, "hour"),
  },
};

/** `15 个工作日`; a unit of a newer server shows as itself. */
export function limitWords(limit: Limit, language: Language): string {
  return WORDS[language][limit.unit]?.(limit.amount) ?? `${limit.amount} ${limit.unit}`;
}
