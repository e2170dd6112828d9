// How much time a case has left, as people say it. Working days come from the server (it knows the calendar);
// what is left of a shorter stage is counted here, from case time.
import { formatDay, type Language, stages, word } from "@yidiantong/client";
import type { QueueItem, TimerView } from "../lib/cases";
import { fill } from "../lib/i18n";
import { uiWords } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** With more hours than this, nobody asks for the minutes. */
const MINUTES_COUNT_BELOW = 3;

export interface TimeLeft {
  /** 剩 2 个工作日 */
  text: string;
  /** 办理 · 最晚 11月27日 */
  detail: string | null;
  /** How much of the time is gone, 0 to 1; `null` when no clock runs. */
  gone: number | null;
  late: boolean;
}

type Timed = Pick<QueueItem, "timers" | "next_working_days_left">;

/** The clock that falls due first; what waits for a rating is nobody's debt. */
export function nextTimer(timers: readonly TimerView[]): TimerView | null {
  const running = timers.filter((timer) => isRunning(timer) && timer.stage !== "rate");
  return running.reduce<TimerView | null>(
    (first, timer) => (first === null || Date.parse(timer.due_at) < Date.parse(first.due_at) ? timer : first),
    null,
  );
}

export const isRunning = (timer: TimerView): boolean => timer.stopped_at == null && !timer.paused;

/** Of how much of its time is gone. */
export function share(timer: TimerView, now: number): number {
  const [from, to] = [Date.parse(timer.started_at), Date.parse(timer.due_at)];
  return to <= from ? 1 : Math.min(1, Math.max(0, (now - from) / (to - from)));
}

/** What the complainant was promised; the other stages are named. */
const isPromised = (timer: TimerView): boolean => timer.stage === "handle" || timer.stage === "rework";

function said(timer: TimerView, workingDays: number | null, now: number, language: Language): string {
  const left = Date.parse(timer.due_at) - now;
  // A stage that is named has less room for the rest.
  const promised = isPromised(timer);
  // In working days where the server counts them: nights, weekends and holidays are nobody's time.
  if (left <= 0) {
    if (workingDays !== null && workingDays < 0)
      return fill(promised ? uiWords.late_days : uiWords.late_workdays, language, { n: -workingDays });
    if (-left < DAY) return fill(uiWords.late_hours, language, { n: Math.max(1, Math.floor(-left / HOUR)) });
    return fill(uiWords.late_calendar, language, { n: Math.floor(-left / DAY) });
  }
  if (workingDays !== null) {
    if (workingDays > 0)
      return fill(promised ? uiWords.left_days : uiWords.left_workdays, language, { n: workingDays });
    return fill(uiWords.due_today, language);
  }
  if (left >= 2 * DAY) return fill(uiWords.left_calendar, language, { n: Math.floor(left / DAY) });
  const [h, m] = [Math.floor(left / HOUR), Math.floor((left % HOUR) / MINUTE)];
  if (h >= MINUTES_COUNT_BELOW) return fill(uiWords.left_hours, language, { n: h });
  return fill(h > 0 ? uiWords.left_both : uiWords.left_minutes, language, { h, m });
}

export function timeLeft(item: Timed, now: number, language: Language, thisYear: number): TimeLeft {
  const timer = nextTimer(item.timers);
  if (timer === null) {
    const paused = item.timers.some((each) => each.paused && each.stopped_at == null);
    return {
      text: fill(paused ? uiWords.paused : uiWords.no_light, language),
      detail: null,
      gone: null,
      late: false,
    };
  }
  const late = Date.parse(timer.due_at) <= now;
  const what = said(timer, item.next_working_days_left ?? null, now, language);
  const stage = word(stages, timer.stage, language);
  return {
    text: isPromised(timer) ? what : `${stage} · ${what}`,
    detail: fill(late ? uiWords.was_due : uiWords.latest, language, {
      stage,
      day: formatDay(timer.due_date, language, thisYear),
    }),
    gone: share(timer, now),
    late,
  };
}
