// How it is said that a village does something otherwise than the template: in words for somebody of eighty.

/** Whose item it is; without a name the village's own. */
const here = (owner: string | null) => owner ?? "本村";
const there = (owner: string | null) => owner ?? "this village";

export const localWords = {
  zh: {
    differs: (owner: string | null, above: string) => `${here(owner)}的做法和${above}的模板有不同`,
    same: (owner: string | null, above: string) => `${here(owner)}自己写了这一项，和${above}的模板一样`,
    unread: "本村自己写了这一项，代替上级的模板。现在读不到模板，没法对比。",
    unreadAbove: "这一项按本地的做法写，代替上级的模板。现在读不到模板，没法对比。",
    template: "模板",
    here,
    nothing: "没有写",
    colon: "：",
    why: "为什么这样写",
    noReason: "没有写明原因",
    reason: (when: string) => `${when}：`,
    later: (above: string, version: number, when: string) =>
      `${above}的模板后来又改过（第 ${version} 版，${when}公布），上面是和新模板比的。`,
    seeTemplate: (above: string) => `看${above}的模板`,
    see: "看是哪几条",
    isTemplate: (above: string, owner: string | null) =>
      `这是${above}的模板。${here(owner)}有自己的做法，代替它。`,
    seeOwn: (owner: string | null) => `看${here(owner)}的做法`,
    stepsGone: (n: number) => `少了 ${n} 步`,
    stepsAdded: (n: number) => `多了 ${n} 步`,
    stepsChanged: (n: number) => `有 ${n} 步写得不一样`,
    moved: "步骤的先后不一样",
    redNone: (n: number) => `模板里有 ${n} 条红线，这里一条也没有写`,
    redGone: (n: number) => `少了 ${n} 条红线`,
    redAdded: (n: number) => `多了 ${n} 条红线`,
    materialsGone: (n: number) => `要带的东西少了 ${n} 样`,
    materialsAdded: (n: number) => `要带的东西多了 ${n} 样`,
    postedGone: (n: number) => `少公示 ${n} 样`,
    postedAdded: (n: number) => `多公示 ${n} 样`,
    days: "公示的天数不一样",
    risksGone: (n: number) => `容易出问题的地方少写了 ${n} 处`,
    risksAdded: (n: number) => `容易出问题的地方多写了 ${n} 处`,
    basisGone: (n: number) => `依据的规定少了 ${n} 条`,
    basisAdded: (n: number) => `依据的规定多了 ${n} 条`,
    texts: (fields: readonly string[]) => `写得不一样的：${fields.join("、")}`,
    unfold: "看写了什么",
    step: (no: number) => `第 ${no} 步：`,
    stepAbove: (no: number) => `模板的第 ${no} 步：`,
    fields: {
      name: "做什么",
      actor: "谁来办",
      limit: "时限",
      publish: "公示",
      record_required: "留记录",
    },
    atLeast: (n: number) => `不少于 ${n} 天`,
    posting: (n: number) => `，不少于 ${n} 天`,
    matter: "叫什么",
    noRed: (owner: string | null, above: string, n: number) =>
      `${above}的模板里有 ${n} 条红线，${here(owner)}一条也没有写。模板里写的是：`,
    lessRed: (owner: string | null, above: string, n: number) =>
      `${above}的模板里还有 ${n} 条红线，${here(owner)}没有写：`,
  },
  en: {
    differs: (owner: string | null, above: string) =>
      `What ${there(owner)} does differs from the template of ${above}`,
    same: (owner: string | null, above: string) =>
      `${owner ?? "This village"} wrote this for itself; it says the same as the template of ${above}`,
    unread:
      "This village wrote this for itself, in place of the template above. The template cannot be read just now, so they cannot be compared.",
    unreadAbove:
      "This is the local rule, in place of the template above. The template cannot be read just now, so they cannot be compared.",
    template: "Template",
    here: (owner: string | null) => owner ?? "This village",
    nothing: "nothing said",
    colon: ": ",
    why: "Why it is so",
    noReason: "no reason was given",
    reason: (when: string) => `${when}: `,
    later: (above: string, version: number, when: string) =>
      `The template of ${above} was changed since (version ${version}, published on ${when}); it is the new one that is compared above.`,
    seeTemplate: (above: string) => `See the template of ${above}`,
    see: "See which",
    isTemplate: (above: string, owner: string | null) =>
      `This is the template of ${above}. ${owner ?? "This village"} has its own rule, which stands in its place.`,
    seeOwn: (owner: string | null) => `See the rule of ${there(owner)}`,
    stepsGone: (n: number) => (n === 1 ? "1 step left out" : `${n} steps left out`),
    stepsAdded: (n: number) => (n === 1 ? "1 step added" : `${n} steps added`),
    stepsChanged: (n: number) => (n === 1 ? "1 step is not the same" : `${n} steps are not the same`),
    moved: "The steps come in another order",
    redNone: (n: number) =>
      n === 1
        ? "The template has a red line; none is written here"
        : `The template has ${n} red lines; none is written here`,
    redGone: (n: number) => (n === 1 ? "1 red line left out" : `${n} red lines left out`),
    redAdded: (n: number) => (n === 1 ? "1 red line added" : `${n} red lines added`),
    materialsGone: (n: number) => `${n} fewer to bring`,
    materialsAdded: (n: number) => `${n} more to bring`,
    postedGone: (n: number) => `${n} fewer to be posted`,
    postedAdded: (n: number) => `${n} more to be posted`,
    days: "Posted for another number of days",
    risksGone: (n: number) => (n === 1 ? "1 warning left out" : `${n} warnings left out`),
    risksAdded: (n: number) => (n === 1 ? "1 warning added" : `${n} warnings added`),
    basisGone: (n: number) => (n === 1 ? "1 law or rule left out" : `${n} laws or rules left out`),
    basisAdded: (n: number) => (n === 1 ? "1 law or rule added" : `${n} laws or rules added`),
    texts: (fields: readonly string[]) => `Worded otherwise: ${fields.join(", ")}`,
    unfold: "See what it says",
    step: (no: number) => `Step ${no}: `,
    stepAbove: (no: number) => `Step ${no} of the template: `,
    fields: {
      name: "What is done",
      actor: "By whom",
      limit: "Time allowed",
      publish: "Made public",
      record_required: "Record",
    },
    atLeast: (n: number) => (n === 1 ? "at least 1 day" : `at least ${n} days`),
    posting: (n: number) => `, for at least ${n} ${n === 1 ? "day" : "days"}`,
    matter: "Name",
    noRed: (owner: string | null, above: string, n: number) =>
      `The template of ${above} has ${n === 1 ? "a red line" : `${n} red lines`}; ${there(owner)} has written none. The template says:`,
    lessRed: (owner: string | null, above: string, n: number) =>
      `The template of ${above} has ${n === 1 ? "1 more red line" : `${n} more red lines`} that ${there(owner)} has left out:`,
  },
};
