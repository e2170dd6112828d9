import { formatInstant, type Language } from "@yidiantong/client";

/** An instant in little room: `11-23 09:12`, the day alone where the server told no more, the year if another. */
export function shortInstant(instant: string, language: Language, thisYear: number): string {
  const full = formatInstant(instant, language, thisYear);
  return full.endsWith(" 00:00") ? full.slice(0, -6) : full;
}
