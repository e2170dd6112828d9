const zh = {
  title: "公开的答复",
  lead: "有人问过，答复给大家看的都在这里。看不到是谁问的。",
  where: "看哪里的",
  answer: "答复",
  more: "再看后面的",
  none: "还没有公开的答复",
  noneHint: "反映的时候同意公开，答复审过以后就会放在这里。",
  wider: "看看别处的",
  seeLine: "看这一笔",
  seeLedger: "看这份账",
  seeTable: "看这份表",
  seeRow: "看这一条",
  seePower: "看这件事怎么办",
  seeVillage: "看这个村的公开情况",
};

const en: typeof zh = {
  title: "Answers for everybody",
  lead: "What was asked and answered for everybody to read. Nobody sees who asked.",
  where: "Answers from",
  answer: "Answer",
  more: "Show more",
  none: "No answers have been published yet",
  noneHint: "When the writer agrees, an answer is placed here once it has been reviewed.",
  wider: "Look further afield",
  seeLine: "See this entry",
  seeLedger: "See this account",
  seeTable: "See this table",
  seeRow: "See this entry",
  seePower: "See how this is done",
  seeVillage: "See what this village has published",
};

export const words = { zh, en };
