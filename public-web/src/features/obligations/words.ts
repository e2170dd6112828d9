export const words = {
  zh: {
    title: "该公开什么",
    bar: (place: string) => `${place}该公开的`,
    lead: "哪些事村里必须公开、最晚哪天，都列在这里。没公开的，点旁边的红字就能反映。",
    where: "看哪里",
    counts: "一共几项",
    open: "还没公开",
    due: "还没到日子",
    late: "公开晚了",
    onTime: "按时公开",
    items: (n: number) => `${n} 项`,
    openTitle: "过了日子还没公开",
    noneOpen: "没有过了日子还没公开的",
    noneOpenHint: "该公开的都公开了，或者还没到日子。",
    dueTitle: "快到日子的",
    lateTitle: "公开晚了的",
    onTimeTitle: "按时公开的",
    seeOnTime: (n: number) => `看按时公开的 ${n} 项`,
    lateHint: "晚了几天，一直记在这里，补上了也不抹掉。",
    by: (date: string) => `最晚 ${date}`,
    over: (days: number) => `已过 ${days} 天`,
    after: (days: number) => `晚了 ${days} 天`,
    missing: "到下一期该公开的时候也没有公开",
    who: (name: string) => `谁来公开：${name}`,
    ask: "反映没公开",
    askLate: "反映公开晚了",
    askStruck: "反映注销得不对",
    struckTitle: "误记，已注销的",
    struckHint: "登记错了的，要两个人同意才能注销，不算没公开；一直列在这里，写明原因。",
    struck: ["误记，已注销（", "）"],
    struckOn: (date: string) => `${date}注销`,
    happened: (date: string) => `登记的日子：${date}。`,
    see: "去看",
    why: (date: string) => `为什么是 ${date}？`,
    counted: (date: string) => `从 ${date}的第二天数起。`,
    afterEvent: (day: string, n: number, working: boolean) =>
      `规定：${day === "" ? "" : `${day}`}事情发生后 ${n} ${working ? "个工作日" : "天"}内公开。`,
    afterEnd: (n: number, working: boolean) =>
      `规定：这一期结束后 ${n} ${working ? "个工作日" : "天"}内公开。`,
    onDay: (months: number, day: number) => {
      const month =
        months === 0
          ? "这一期的最后一个月"
          : months === 1
            ? "这一期结束的下个月"
            : months > 0
              ? `这一期结束后第 ${months} 个月`
              : `这一期结束前 ${-months} 个月`;
      return `规定：${month}${day >= 31 ? "月底" : ` ${day} 日`}以前公开。`;
    },
    rolled: "赶上休息日，顺延到下一个工作日。",
    catalogue: (version: number) => `（公开目录第 ${version} 版）`,
    skipped: "这些日子不算：",
    noneSkipped: "中间没有要扣掉的日子。",
    moved: (date: string) => `原来说的是 ${date}，工作日历改了，往后挪了。`,
    kept: "日历后来改过，本来还能再早，仍按先前说的日子。",
    provisional: "明年的放假安排还没公布，这个日子只会往后挪。",
    separator: "、",
    villages: "各村怎么样",
    villageCounts: (open: number, late: number) =>
      open === 0 && late === 0 ? "都按时" : `没公开 ${open} 项，晚了 ${late} 项`,
    away: "这个村还没有参加",
    awayHint: "村里第一次公布以后，这里才开始记。",
    more: "再看后面的",
    asOf: (date: string) => `截至 ${date}。`,
  },
  en: {
    title: "What must be public",
    bar: (place: string) => place,
    lead: "What the village must publish, and by when. If something is not there, tap the red words beside it to raise it.",
    where: "Which place",
    counts: "How many",
    open: "Not published",
    due: "Not due yet",
    late: "Published late",
    onTime: "Published in time",
    items: (n: number) => String(n),
    openTitle: "Due, and not published",
    noneOpen: "Nothing is late",
    noneOpenHint: "What was due is published, or it is not due yet.",
    dueTitle: "Due soon",
    lateTitle: "Published late",
    onTimeTitle: "Published in time",
    seeOnTime: (n: number) => `Show the ${n} published in time`,
    lateHint: "How late it was stays here for ever, also once it is published.",
    by: (date: string) => `Due by ${date}`,
    over: (days: number) => `${days} ${days === 1 ? "day" : "days"} ago`,
    after: (days: number) => `${days} ${days === 1 ? "day" : "days"} late`,
    missing: "Not even when the next period's was due",
    who: (name: string) => `To be published by: ${name}`,
    ask: "Raise that it is missing",
    askLate: "Raise that it was late",
    askStruck: "Raise that this is wrong",
    struckTitle: "Recorded by mistake, struck",
    struckHint:
      "What was recorded by mistake is struck when two persons agree, and does not count as missing; it stays here with the reason.",
    struck: ["Recorded by mistake, struck (", ")"],
    struckOn: (date: string) => `Struck ${date}`,
    happened: (date: string) => `Recorded as of ${date}. `,
    see: "See it",
    why: (date: string) => `Why ${date}?`,
    counted: (date: string) => `Counted from the day after ${date}.`,
    afterEvent: (day: string, n: number, working: boolean) =>
      `The rule: within ${n} ${working ? "working " : ""}${n === 1 ? "day" : "days"} of the event${day === "" ? "" : ` on ${day}`}.`,
    afterEnd: (n: number, working: boolean) =>
      `The rule: within ${n} ${working ? "working " : ""}${n === 1 ? "day" : "days"} of the end of the period.`,
    onDay: (months: number, day: number) => {
      const month =
        months === 0
          ? "of the period’s last month"
          : months === 1
            ? "of the month after the period"
            : months > 0
              ? `of month ${months} after the period`
              : `of month ${-months} before the period ends`;
      return `The rule: by ${day >= 31 ? "the end" : `day ${day}`} ${month}.`;
    },
    rolled: " On a day of rest it moves to the next working day.",
    catalogue: (version: number) => ` (Catalogue of disclosures, version ${version})`,
    skipped: "These days do not count:",
    noneSkipped: "No days had to be left out.",
    moved: (date: string) => `It was ${date} before; the working calendar changed, and it moved later.`,
    kept: "A later calendar would have given an earlier day; the one told before was kept.",
    provisional: "Next year's holidays are not announced yet; this day may only move later.",
    separator: ", ",
    villages: "Village by village",
    villageCounts: (open: number, late: number) =>
      open === 0 && late === 0 ? "all in time" : `${open} not published, ${late} late`,
    away: "This village does not take part yet",
    awayHint: "Counting begins once it has published something for the first time.",
    more: "Show more",
    asOf: (date: string) => `As of ${date}.`,
  },
};
