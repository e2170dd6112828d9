// Case time (contract.md 1): what clocks and due dates run by. A demonstration may run it faster than ours.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { publicApi } from "./api";

export interface CaseClock {
  /** Milliseconds of case time at `read`. */
  base: number;
  /** Our own clock when it was read. */
  read: number;
  speed: number;
}

/** What a clock shows at a moment of our own clock. */
export const clockAt = (clock: CaseClock, own: number): number =>
  clock.base + (own - clock.read) * clock.speed;

const OUR_OWN: CaseClock = { base: 0, read: 0, speed: 1 };

const TICK_MS = 15_000;
/** Where a demonstration's hours pass in seconds. */
const FAST_TICK_MS = 1000;

function useClock(): CaseClock | undefined {
  return useQuery({
    queryKey: ["time"],
    queryFn: async ({ signal }): Promise<CaseClock> => {
      const { data: now } = await publicApi.GET("/api/v1/time", { signal });
      if (now === undefined) return OUR_OWN;
      return { base: Date.parse(now.case_time), read: Date.now(), speed: now.speed };
    },
    staleTime: 5 * 60_000,
    refetchInterval: 5 * 60_000,
  }).data;
}

/** Which case time it was at a moment of our own clock. */
export function useCaseTime(): (own: number) => number {
  const clock = useClock() ?? OUR_OWN;
  return (own) => clockAt(clock, own);
}

/** Case time now, in milliseconds, renewed every `slowly`, or every second where it runs faster than ours. */
export function useCaseNow(slowly = TICK_MS): number {
  const data = useClock();
  const everyMs = (data?.speed ?? 1) > 1 ? FAST_TICK_MS : slowly;
  const [own, setOwn] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setOwn(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return clockAt(data ?? OUR_OWN, Math.max(own, data?.read ?? 0));
}

const WEEKDAYS = {
  zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
} as const;

/** The day of the week by China's clocks. */
export function weekday(at: number, language: "zh" | "en"): string {
  return WEEKDAYS[language][new Date(at + 8 * 3_600_000).getUTCDay()] ?? "";
}

/** The day by China's clocks, `2026-11-27`. */
export const chinaDay = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
/** The year by China's clocks, so that it need not be said. */
export const chinaYear = (at: number): number => Number(chinaDay(at).slice(0, 4));

/** The last day before an instant, by China's clocks: what people are told for `2026-11-28T00:00:00+08:00`. */
export const lastDay = (instant: string): string => chinaDay(Date.parse(instant) - 1);
