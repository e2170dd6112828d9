import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["人员与角色", "Staff and roles"],
  lead: [
    "本地区的账号。乡镇监督办、上级监督机关、审计人员、管理员这四种角色要第二个人同意；谁也不能改自己的账号。",
    "The accounts of your region. Triage, supervisor, auditor and administrator take a second person; nobody changes his own account.",
  ],
  search: ["找姓名或用户名", "Name or user name"],
  all_states: ["全部状态", "Every state"],
  invited: ["待开通", "Not set up yet"],
  active: ["在用", "In use"],
  disabled: ["已停用", "Ended"],
  name: ["姓名", "Name"],
  username: ["用户名", "User name"],
  username_hint: [
    "2 到 32 个字符：a-z、0-9、点、下划线、短横",
    "2 to 32 of a-z, 0-9, dot, underscore, hyphen",
  ],
  role: ["角色", "Role"],
  unit: ["单位", "Unit"],
  place: ["单位所在地", "Where the unit is"],
  region: ["负责的地区", "Region"],
  state: ["状态", "State"],
  email: ["邮箱（收通知用，可不填）", "Mail address for notices (optional)"],
  nobody: ["没有找到账号", "No account found"],
  own: ["（您自己）", "(you)"],
  add: ["新账号", "New account"],
  change: ["改角色或单位", "Change role or unit"],
  reset: ["重置", "Reset"],
  link: ["领取开通链接", "Fetch the link"],
  disable: ["停用", "End"],
  reset_text: [
    "密码、手机验证器和恢复码都作废，本人要用新的一次性链接重新开通。读得到群众反映的角色，要第二个人同意后再来领链接。",
    "Password, phone and recovery codes become worth nothing; the owner sets the account up anew with a one-time link. For roles that read cases a second person agrees first; fetch the link then.",
  ],
  link_text: [
    "再给一个一次性链接；以前给的作废。",
    "Another one-time link; those handed out before are worth nothing.",
  ],
  disable_text: [
    "马上生效，不能恢复；回来工作的人要建新账号。",
    "At once, and for good: whoever comes back gets a new account.",
  ],
  reason: ["为什么（第二个人和审计会看到）", "Why (for the second person and the audit)"],
  need: ["这里要填", "Please fill this in"],
  choose: ["请选择", "Choose"],
  submit: ["提交", "Submit"],
  done: ["已完成：{name}", "Done: {name}"],
  handed: [
    "把这个链接交给 {name} 本人（只显示这一次，三天内有效）",
    "Hand this link to {name} (shown this once, good for three days)",
  ],
});
