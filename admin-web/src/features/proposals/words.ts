import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["两人共同决定", "Decided by two"],
  lead: [
    "不予受理、并案、延期、公开答复、查看身份、补发回执码、导出事项，更正或撤回已公布的账目，注销误记的事项，以及时限办法、工作日历、片区、公开目录和账号权限的变动，都要第二个人同意才生效。",
    "Declining, merging, extending, publishing an answer, opening an identity, a new receipt, cases as a file, correcting or withdrawing published accounts, striking what was recorded by mistake, and changes of policy, calendar, zones, catalogue and of who may do what happen only when a second person approves.",
  ],
  states: ["按状态看", "By state"],
  none_waiting: ["没有等人表态的提议", "Nothing waits for anybody"],
  none: ["没有这样的提议", "There is none"],
  yours: ["等您表态", "For you to decide"],
  others: ["等别人表态", "For others to decide"],
});
