// The steps of a case in the words of whoever handed it in, and a word more where a title is not enough.
import type { StepName } from "./timeline";

type Steps = Record<StepName, string>;
/** Said under the title in place of the server's own words, which are made for files. */
type Hints = Partial<Record<StepName, string>>;

const zh: { steps: Steps; hints: Hints } = {
  steps: {
    file: "已经收到",
    request_supplement: "请您补充",
    supplement: "您补充了",
    supplement_lapsed: "没等到补充，接着办",
    accept: "决定办这件事",
    decline: "没有受理",
    dispatch: "交给单位去核实",
    return: "那个单位说不归它管，另找单位",
    start: "正在核实",
    extend: "延长了时间",
    submit_answer: "答复写好了，正在审",
    send_back: "没有审过，再去核实",
    approve: "答复您了",
    rate: "您评价了",
    rate_again: "您不满意，重新办",
    rate_lapsed: "到日子没有评价，先结了",
    dispute: "您不同意，交给上一级",
    withdraw: "您撤回了",
    transfer: "转给别的监督部门接着办",
    merge: "和同样的事一起办",
    supervise: "上级来督办",
    escalate: "报到上一级",
    overdue: "超过期限，已报告上面",
    unmerge: "又单独办了，原来的日子不变",
    calendar_changed: "放假安排有变，日子跟着调整",
    change_targets: "更正了反映的是谁",
    route_anew: "换了单位来管",
    public_answer: "公开了一份给大家看的答复",
  },
  hints: {
    supplement_lapsed: "没补充也不要紧，按您先前写的接着办。",
    rate_lapsed: "没有评价不算满意。您还可以补上评价，也可以说不同意。",
    unmerge: "一起办的那件事停了，您的不停，单独接着办。",
    calendar_changed: "新公布了放假安排，重新数了一遍。告诉过您的日子只会往后挪，不会提前。",
    change_targets: "反映的人和单位看不到这件事。",
    route_anew: "被反映的人和单位不能经手，所以换了别的单位。",
    supervise: "上级盯着，要求限期办好。",
  },
};

const en: typeof zh = {
  steps: {
    file: "Received",
    request_supplement: "You are asked for more",
    supplement: "You added more",
    supplement_lapsed: "Nothing was added, it goes on",
    accept: "It is taken up",
    decline: "It was not taken up",
    dispatch: "A unit was asked to look into it",
    return: "That unit is not in charge, another is sought",
    start: "Being looked into",
    extend: "More time was granted",
    submit_answer: "The answer is written and under review",
    send_back: "The review was not passed, it is looked into again",
    approve: "You were answered",
    rate: "You rated it",
    rate_again: "You were not satisfied, it is done again",
    rate_lapsed: "Not rated in time, closed for now",
    dispute: "You disagreed, it goes one level up",
    withdraw: "You withdrew it",
    transfer: "Handed to another supervising office",
    merge: "Joined with the same matter",
    supervise: "A formal order from above",
    escalate: "Reported one level up",
    overdue: "Past its last day, those above were told",
    unmerge: "Handled on its own again, by the same day",
    calendar_changed: "The holidays changed, and the day with them",
    change_targets: "Corrected whom it is about",
    route_anew: "Another unit is in charge",
    public_answer: "An answer for everybody was published",
  },
  hints: {
    supplement_lapsed: "That does no harm: it goes on with what you wrote before.",
    rate_lapsed: "No rating never counts as satisfied. You may still rate it, or say that you disagree.",
    unmerge: "The matter it was joined with has ended; yours goes on alone.",
    calendar_changed:
      "Holidays were newly announced and the days counted again. A day you were told only moves later, never earlier.",
    change_targets: "Those it is about do not get to see it.",
    route_anew: "Those it is about may have no hand in it, so another unit took it over.",
    supervise: "Those above watch it and have set a day of their own.",
  },
};

export const stepWords = { zh, en };
