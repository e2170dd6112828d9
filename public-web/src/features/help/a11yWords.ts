import type { TextSize } from "../../lib/settings";

export const a11yWords = {
  zh: {
    title: "看不清、听不清、不方便按",
    lead: "这个网页要让八十岁的老人、看不见的人、手不灵便的人都能用。",
    sizes: "字的大小",
    sizesHint: "选了就一直记着。选大字以后，按钮也跟着变大。",
    sizeNames: { 18: "标准", 22: "大", 26: "很大", 30: "最大" } satisfies Record<TextSize, string>,
    voice: "读给我听",
    hasVoice: "这部手机能读。在账目、办事清单和查进度的页面上，点“读给我听”。再点一下就停。",
    noVoice: "这部手机没有自带的中文声音，所以没有“读给我听”。在手机的“设置”里装上语音以后，再打开就有了。",
    works: "能做到的",
    points: [
      "字有四种大小，最大的 30 个点；放大两倍，也不用左右拖。",
      "要点的地方都不小于 48 个点，大字的时候不小于 60 个点。",
      "只用键盘，也能从头到尾反映一件事。",
      "读屏软件读得出每个标题、每个按钮、每处要改的地方。",
      "不单靠颜色：红黄绿灯都有形状和字，图表都能换成表格。",
      "不限时，不用拖，不用认验证码；写了一半，您让存的，回来还在。",
      "电话、帮助，每一页都在最下面同一个地方。",
    ],
    standard: "照什么做",
    standards: [
      "《移动互联网应用（APP）适老化通用设计规范》",
      "WCAG 2.2 的 AA 级。每一页、每种状态，每次改动都用程序查一遍。",
    ],
    notYet: "还没做到的",
    notYetPoints: [
      "还没有请看不见的朋友，用真的手机一页一页试过。",
      "村里上传的票据照片，读屏软件读不出上面的字；账上的每一笔都有文字。",
      "没有手语视频，也没有本地方言的声音。",
    ],
    tell: "哪里不好用，告诉我们",
    tellHint: "打下面的电话，或者写一条建议。家里人、邻居替您写也行。",
    tellAct: "写一条建议",
  },
  en: {
    title: "Accessibility",
    lead: "This web is to work for somebody of eighty, for somebody who cannot see, and for hands that do not obey well.",
    sizes: "Text size",
    sizesHint: "It is remembered. With larger text the buttons grow too.",
    sizeNames: { 18: "Normal", 22: "Large", 26: "Larger", 30: "Largest" } satisfies Record<TextSize, string>,
    voice: "Reading aloud",
    hasVoice:
      "This phone can read. On the pages of accounts, rules and progress, tap “Read it to me”; tap again to stop.",
    noVoice:
      "This phone has no English voice of its own, so there is no “Read it to me”. Install one in the phone's settings and open this again.",
    works: "What works",
    points: [
      "Four text sizes, up to 30 points; at twice the size nothing has to be dragged sideways.",
      "Whatever is to be tapped measures at least 48 points, and 60 with large text.",
      "A concern can be raised from beginning to end with a keyboard alone.",
      "Screen readers find every heading, every button and every field to be changed.",
      "Nothing is told by colour alone: lights have shapes and words, charts can be turned into tables.",
      "No time limits, no dragging, no puzzles; what is half written, and kept as you wished, is there when you come back.",
      "Telephone and help stand at the same place at the end of every page.",
    ],
    standard: "What we hold to",
    standards: [
      "The general design rules for elderly users of mobile applications (MIIT, 2021)",
      "WCAG 2.2, level AA. Every page and state is checked by a program at every change.",
    ],
    notYet: "What is not good yet",
    notYetPoints: [
      "People who cannot see have not yet tried every page on real phones.",
      "Screen readers cannot read the words on photographed vouchers; every entry of the accounts is text.",
      "There are no sign language videos and no voices in the local dialect.",
    ],
    tell: "Tell us what does not work",
    tellHint:
      "Call one of the numbers below or write a suggestion. Family or neighbours may write it for you.",
    tellAct: "Write a suggestion",
  },
};
