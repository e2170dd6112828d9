const zh = {
  title: "办得怎么样",
  titleOf: (period: string) => `${period}办得怎么样`,
  lead: "只数已经过完的月份和季度。只有件数，没有人名，也不分村。",
  where: "看哪里的",
  period: "看哪一期",
  months: "按月",
  quarters: "按季度",
  between: (from: string, to: string) => `${from}到 ${to}`,
  filed: "收到",
  answered: "答复",
  rate: "按时答复",
  cases: (n: number) => `${n} 件`,
  percent: (share: number) => `${Math.round(share * 100)}%`,
  notAny: "没有",
  inWords: "说成话",
  onTime: (kept: number, broken: number) =>
    kept + broken === 0
      ? "这一期没有到期的件。"
      : `到期的 ${kept + broken} 件里，${kept} 件按时答复，${broken} 件超了时。`,
  half: (n: number) => `答复了的件里，一半在 ${n} 个工作日内有第一次答复。`,
  sameDay: "答复了的件里，一半当天就有第一次答复。",
  most: (n: number) =>
    n === 0 ? "答复了的件里，十件有九件当天答复。" : `答复了的件里，十件有九件在 ${n} 个工作日内答复。`,
  stillLate: (n: number) => (n === 0 ? "期末没有超时还没答复的。" : `到期末，还有 ${n} 件超了时没答复。`),
  ratings: "大家怎么评",
  unrated: "没有评价（不算满意）",
  noRatings: "这一期没有人评价。",
  other: "还有这些",
  rows: {
    pauses: "等补充、停过时间的",
    extensions: "延长过的",
    withdrawals: "自己撤回的",
    disputes: "不同意、交给上一级的",
    declines: "没有受理的",
    merges: "合并办理的",
    overdue_at_end: "期末还超时没答复的",
  },
  byTownship: "各乡镇",
  byCategory: "各类事情",
  place: "地方",
  category: "哪类事",
  onTimeShort: "按时",
  overdue: "超时",
  none: "没有能单独列出来的。",
  folded: "为什么这里没有数",
  foldedHint:
    "这一期这里不到 5 件，或者隔壁不到 5 件。单独写出来，别人就能猜到是谁，所以并进了上一级的总数。",
  foldedTownships: (n: number) => `还有 ${n} 个乡镇的件太少，没有单独列，只算在上面的总数里。`,
  foldedCategories: (n: number) => `还有 ${n} 类事情的件太少，没有单独列，只算在上面的总数里。`,
  foldedWhy: "不到 5 件的不单独列，另外再合上一个，免得别人用总数一减就猜到是谁。",
  seeCounty: (name: string) => `看${name}的总数`,
  nothing: "这一期没有件",
};

const en: typeof zh = {
  title: "How it is going",
  titleOf: (period) => `How it went in ${period}`,
  lead: "Only months and quarters that are over. Numbers only: no names, and no single villages.",
  where: "Numbers of",
  period: "Which period",
  months: "Months",
  quarters: "Quarters",
  between: (from, to) => `${from} to ${to}`,
  filed: "Received",
  answered: "Answered",
  rate: "Answered in time",
  cases: (n) => String(n),
  percent: (share) => `${Math.round(share * 100)}%`,
  notAny: "none",
  inWords: "In words",
  onTime: (kept, broken) =>
    kept + broken === 0
      ? "Nothing fell due in this period."
      : `Of ${kept + broken} that fell due, ${kept} ${kept === 1 ? "was" : "were"} answered in time and ${broken} ${broken === 1 ? "was" : "were"} not.`,
  half: (n) => `Of those answered, half had a first answer within ${n} working ${n === 1 ? "day" : "days"}.`,
  sameDay: "Of those answered, half had a first answer on the same day.",
  most: (n) =>
    n === 0
      ? "Of those answered, nine of ten were answered on the same day."
      : `Of those answered, nine of ten were answered within ${n} working ${n === 1 ? "day" : "days"}.`,
  stillLate: (n) =>
    n === 0
      ? "Nothing was late and unanswered at the end."
      : `At the end ${n} ${n === 1 ? "was" : "were"} late and still unanswered.`,
  ratings: "How people rated it",
  unrated: "Not rated (never counted as satisfied)",
  noRatings: "Nobody rated anything in this period.",
  other: "Besides",
  rows: {
    pauses: "Waited for more from the writer",
    extensions: "Granted more time",
    withdrawals: "Taken back by the writer",
    disputes: "Disagreed with, taken one level up",
    declines: "Not taken up",
    merges: "Joined with another",
    overdue_at_end: "Late and unanswered at the end",
  },
  byTownship: "By township",
  byCategory: "By matter",
  place: "Place",
  category: "Matter",
  onTimeShort: "In time",
  overdue: "Late",
  none: "Nothing can be shown on its own.",
  folded: "Why there are no numbers here",
  foldedHint:
    "There were fewer than 5 cases here in this period, or next door. On their own they might tell who it was, so they are only in the total of the county.",
  foldedTownships: (n) =>
    `${n} more ${n === 1 ? "township has" : "townships have"} too few cases to stand alone and ${n === 1 ? "is" : "are"} only in the total above.`,
  foldedCategories: (n) =>
    `${n} more ${n === 1 ? "matter has" : "matters have"} too few cases to stand alone and ${n === 1 ? "is" : "are"} only in the total above.`,
  foldedWhy:
    "What has fewer than 5 cases is not shown alone, and a second one with it, so that nobody can work it out from the total.",
  seeCounty: (name) => `See the total of ${name}`,
  nothing: "There was nothing in this period",
};

export const words = { zh, en };
