import type { Explanation } from "./why";

type MoveReason = Explanation["previous"][number]["reason"];

const zh = {
  counted: (limit: string, from: string) => `${limit}，从 ${from}的第二天数起。`,
  counting: "只数工作日，休息的日子不算。",
  skipped: "没有算进去的日子",
  none: "中间没有休息的日子。",
  to: "—",
  and: "、",
  pauses: "等您补充的时候，没有算",
  pause: (from: string, to: string) => `${from}到 ${to}`,
  stillPaused: (from: string) => `${from}起，还在等您补充`,
  extensions: "同意延长过",
  extension: (at: string, by: string) => `${at}同意延长 ${by}，已经算在里面。`,
  previous: "以前告诉您的日子",
  was: (date: string, at: string, reason: string) => `${date}。${at}改的：${reason}`,
  reasons: {
    calendar: "放假安排有变",
    pause: "等您补充的那几天不算",
    extension: "同意延长了",
    restart: "这一步重新开始算",
  } satisfies Record<MoveReason, string>,
  kept: "按新的放假安排，日子本来会提前。已经告诉您的日子不变。",
  provisional: "有一年的放假安排还没公布，这个日子是暂定的，以后只会往后挪。",
  versions: (policy: number, calendar: number) =>
    `按第 ${policy} 版时限办法、第 ${calendar} 版工作日历算的。规定后来改了，您这件还按交上来时的办法。`,
};

const en: typeof zh = {
  counted: (limit, from) => `${limit}, counted from the day after ${from}.`,
  counting: "Only working days count; days of rest do not.",
  skipped: "Days that did not count",
  none: "There was no day of rest on the way.",
  to: "–",
  and: ", ",
  pauses: "While you were asked for more, the clock stood still",
  pause: (from, to) => `${from} to ${to}`,
  stillPaused: (from) => `since ${from}, and still waiting for you`,
  extensions: "More time was granted",
  extension: (at, by) => `${by} on ${at}, counted in already.`,
  previous: "Days you were told before",
  was: (date, at, reason) => `${date}. Changed on ${at}: ${reason}`,
  reasons: {
    calendar: "holidays were announced",
    pause: "the days of waiting for you do not count",
    extension: "more time was granted",
    restart: "this step began again",
  },
  kept: "The new holidays would have brought the day forward. The day you were told stands.",
  provisional: "A year's holidays are not announced yet: the day may still move, and only later.",
  versions: (policy, calendar) =>
    `Counted by version ${policy} of the time limits and version ${calendar} of the working calendar. Your case keeps the limits that held when you handed it in.`,
};

export const whyWords = { zh, en };
