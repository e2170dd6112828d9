import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["我的账号", "My account"],
  lead: ["登录用的凭据，只有您自己看得到。", "What you log in with; nobody else sees it."],
  number: ["您的账号编号", "Number of your account"],
  number_hint: [
    "同事申报和您有亲属、利害关系时要用。它不是密码，可以告诉别人。",
    "Colleagues need it to declare that they are related to you. It is no secret.",
  ],
  password_title: ["修改密码", "Change the password"],
  password_text: [
    "要输入现在的密码和手机验证器上新的动态码。改好后，您在别处的登录都会退出。",
    "It takes the present password and a new code of the authenticator app. Every other session of yours ends.",
  ],
  current: ["现在的密码", "Present password"],
  next: ["新密码", "New password"],
  next_hint: [
    "{n} 到 128 个字；一句别人猜不到的话最好记",
    "{n} to 128 characters; a sentence nobody guesses is easiest to keep",
  ],
  again: ["新密码再输一遍", "New password once more"],
  need: ["这里要填", "Please fill this in"],
  need_next: ["新密码至少 {n} 个字", "At least {n} characters"],
  need_same: ["两次输入的密码不一样", "The two passwords differ"],
  password_submit: ["修改密码", "Change the password"],
  password_done: ["密码改好了，别处的登录都已退出", "The password is changed; every other session has ended"],
  codes_title: ["恢复码", "Recovery codes"],
  left: ["还有 {n} 个恢复码没有用过。", "{n} recovery {n|code is|codes are} left."],
  codes_text: [
    "手机不在身边时，用恢复码代替动态码登录。手机丢了、坏了，要请管理员重置账号，才能绑定新手机（有的角色还要第二个人同意）。在那以前，恢复码只能让您先登录进来；修改密码、重新生成恢复码这些要动态码的事，都办不了。",
    "Without the phone, a recovery code logs you in. When the phone is lost or broken, an administrator must reset the account before a new one can be enrolled (for some roles a second person must agree). Until then recovery codes only let you in: whatever asks for the phone's code, such as a new password or new recovery codes, cannot be done.",
  ],
  few: [
    "恢复码不多了。趁手机还在，请重新生成一批。",
    "Few recovery codes are left. Make new ones while you have the phone.",
  ],
  none_left: ["没有可用的恢复码。", "There is no recovery code left to use."],
  none_left_do: [
    "手机在身边，就点下面重新生成。手机不在，退出后就登录不了了：请管理员重置账号。",
    "If you have the phone, make new ones below. If not, you cannot log in again once you are out: ask an administrator to reset the account.",
  ],
  renew: ["重新生成恢复码", "Make new recovery codes"],
  renew_sure: ["旧的恢复码会全部作废，继续吗？", "The old codes will be worth nothing. Go on?"],
});
