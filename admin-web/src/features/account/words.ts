import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["我的账号", "My account"],
  lead: ["登录用的凭据，只有您自己看得到。", "What you log in with; nobody else sees it."],
  left: ["还有 {n} 个恢复码没有用过。", "{n} recovery {n|code is|codes are} left."],
  few: [
    "恢复码不多了。手机丢了又没有恢复码，只能请管理员重置账号。",
    "Few recovery codes are left. Without phone and codes only an administrator can reset the account.",
  ],
  renew: ["重新生成恢复码", "Make new recovery codes"],
  renew_sure: ["旧的恢复码会全部作废，继续吗？", "The old codes will be worth nothing. Go on?"],
});
