// Days and instants as the API writes them (`2026-11-27`, `2026-11-27T09:30:00+08:00`), shown as China's
// clocks show them wherever the reader's device thinks it is. No Intl: old WebViews know few zones.
import type { Language } from "./words";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const CHINA_AHEAD_MS = 8 * 3600 * 1000;

interface DayParts {
  year: number;
  month: number;
  day: number;
}

const shown = ({ year, month, day }: DayParts, language: Language, thisYear?: number): string => {
  const withYear = year !== thisYear;
  if (language === "en") return `${day} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ""}`;
  return `${withYear ? `${year}年` : ""}${month}月${day}日`;
};

/** `2026-11-27` -> `2026年11月27日`; without the year when it is `thisYear`. Anything else comes back as it is. */
export function formatDay(date: string, language: Language = "zh", thisYear?: number): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) return date;
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (parts.month < 1 || parts.month > 12) return date;
  return shown(parts, language, thisYear);
}

/** An instant by China's clocks: `2026年11月27日 09:30`. Anything else comes back as it is. */
export function formatInstant(instant: string, language: Language = "zh", thisYear?: number): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant;
  const china = new Date(at + CHINA_AHEAD_MS);
  const day = { year: china.getUTCFullYear(), month: china.getUTCMonth() + 1, day: china.getUTCDate() };
  const clock = [china.getUTCHours(), china.getUTCMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
  return `${shown(day, language, thisYear)} ${clock}`;
}

/** A disclosure's period: `2026-10` -> `2026年10月`, `2026-Q4` -> `2026年第4季度`, `2026` -> `2026年`. */
export function formatPeriod(period: string, language: Language = "zh"): string {
  const match = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (match === null) return period;
  const [, year, quarter, month] = match;
  if (quarter !== undefined) return language === "en" ? `Q${quarter} ${year}` : `${year}年第${quarter}季度`;
  if (month !== undefined) {
    const number = Number(month);
    return language === "en" ? `${MONTHS[number - 1]} ${year}` : `${year}年${number}月`;
  }
  return language === "en" ? `${year}` : `${year}年`;
}
