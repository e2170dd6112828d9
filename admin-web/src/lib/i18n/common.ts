// Words that more than one feature says.
import { dictionary } from ".";

export const common = dictionary({
  product: ["监督一点通", "Yidiantong"],
  workplace: ["工作台", "Staff desk"],
  demo: ["演示", "Demo"],
  retry: ["再试一次", "Try again"],
  cancel: ["取消", "Cancel"],
  close: ["关闭", "Close"],
  back: ["返回", "Back"],
  copy: ["复制", "Copy"],
  copied: ["已复制", "Copied"],
  loading: ["正在加载…", "Loading…"],
  slow: ["网络有点慢，还在加载…", "The network is slow, still loading…"],
  none: ["无", "None"],
  more: ["再看一些", "Show more"],
  all: ["全部", "All"],
  required: ["必填", "Required"],
  optional: ["（可不填）", " (optional)"],
});

export const roles = dictionary({
  village_clerk: ["村报账员", "Village clerk"],
  committee_member: ["村务监督委员会成员", "Supervision committee member"],
  publisher: ["代理记账中心", "Accounting agency"],
  handler: ["承办人员", "Handler"],
  triage: ["乡镇监督办", "Township supervision"],
  supervisor: ["上级监督机关", "Supervising organ above"],
  auditor: ["审计人员", "Auditor"],
  administrator: ["管理员", "Administrator"],
});
