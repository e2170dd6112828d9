import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["导出事项", "Cases as a file"],
  lead: [
    "按条件导出您有权看的事项，不含反映人身份。须另一个人同意；同意后三个工作日内可以取，每次取都会记录在案。",
    "The cases you may see, by what you choose, and never who complained. Somebody else approves it; then you may fetch it for three working days, and each time is written down.",
  ],
  ask: ["申请导出", "Ask for a file"],
  state: ["状态", "State"],
  any: ["不限", "Any"],
  open: ["在办的", "Open ones"],
  region: ["地区", "Place"],
  category: ["类别", "Category"],
  from: ["收到日期从", "Received from"],
  until: ["到", "To"],
  reason: [
    "用来做什么（第二个人会看到，10 个字以上）",
    "What for (the second person reads this; 10 characters or more)",
  ],
  short: ["请写 10 个字以上", "10 characters or more, please"],
  propose: ["提出申请", "Ask"],
  proposed: ["已提出，等第二个人同意", "Asked. It waits for a second person"],
  own: ["我申请过的", "What I asked for"],
  none: ["还没有申请过", "Nothing asked for yet"],
  cases: ["申请时不超过 {n} 件", "At most {n} cases when it was asked for"],
  asked: ["{at} 提出", "Asked {at}"],
  decide_by: ["最晚 {until}，没有人表态就作废", "Void if nobody decides by the end of {until}"],
  use_by: ["{until} 之前可以取", "To be fetched by the end of {until}"],
  fetched: ["最近一次 {at} 取走", "Last fetched {at}"],
  csv: ["下载 CSV", "Download CSV"],
  xlsx: ["下载 Excel", "Download Excel"],
});
