// When something was, as people say it: today by the clock, else by the day.
import { day } from "./format";
import type { Language } from "./i18n";

/** `今天 14:05 `, `10月3日`; by the phone's own clock and zone. */
export function moment(at: string, language: Language, now = new Date()): string {
  const when = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  const date = (of: Date) => `${of.getFullYear()}-${two(of.getMonth() + 1)}-${two(of.getDate())}`;
  if (date(when) !== date(now)) return day(date(when), language);
  const clock = `${two(when.getHours())}:${two(when.getMinutes())}`;
  return language === "zh" ? `今天\u00a0${clock}\u00a0` : `today\u00a0${clock}`;
}
