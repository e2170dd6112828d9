import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["开通账号", "Set up your account"],
  for_whom: ["{name}，用户名 {username}", "{name}, user name {username}"],
  step_phone: ["一、用手机验证器扫码", "1. Scan with an authenticator app"],
  step_phone_text: [
    "打开手机上的验证器（例如 FreeOTP），扫这个码；扫不了就手工输入下面这串字。这个码只给这一页用，别人先打开过链接也没有用。",
    "Open an authenticator app on your phone (FreeOTP, say) and scan this code, or type the letters below. The code is for this page alone: whoever opened the link before has nothing.",
  ],
  open_app: ["在这部手机上打开验证器", "Open the authenticator on this phone"],
  open_app_hint: [
    "就用这部手机装验证器的话，点上面。点了没有反应，是还没有装验证器。",
    "For an authenticator on this very phone, tap above. If nothing opens, none is installed yet.",
  ],
  qr_label: ["账号的二维码", "QR code of the account"],
  secret: ["手工输入用", "To type by hand"],
  step_password: ["二、定一个密码", "2. Choose a password"],
  password: ["密码", "Password"],
  password_hint: [
    "12 到 128 个字，管理员至少 15 个；一句别人猜不到的话最好记",
    "12 to 128 characters, administrators at least 15; a sentence nobody guesses is easiest to keep",
  ],
  again: ["再输一遍", "Once more"],
  code: ["验证器上的 6 位动态码", "The 6 digits the app shows"],
  code_wrong: [
    "动态码不对。验证器里如果有本账号的好几条，请用扫这一页得到的那条；也请看看手机时间准不准。",
    "That code is wrong. If the app lists this account more than once, use the one scanned from this page; and see whether the phone's clock is right.",
  ],
  need_password: ["密码至少 12 个字", "At least 12 characters"],
  need_same: ["两次输入的密码不一样", "The two passwords differ"],
  need_code: ["请填写 6 位动态码", "Enter the 6-digit code"],
  submit: ["开通", "Set up"],
  done: ["账号开通了", "Your account is ready"],
  done_text: [
    "请用用户名 {username}、刚定的密码登录。刚才的动态码已经用过，请等验证器上出现下一个。",
    "Log in as {username} with the password you chose. That code is used up: wait for the next one.",
  ],
  to_login: ["去登录", "Log in"],
  no_token: ["这一页要从链接打开", "This page opens from a link"],
  no_token_text: [
    "请从管理员给您的那条消息里，把链接整条复制过来打开。已经开通过的，请直接登录。",
    "Copy the whole link from the message your administrator sent, and open it. With an account that is set up, just log in.",
  ],
  spent: ["这个链接不能用了", "This link no longer works"],
  spent_text: [
    "链接只能用一次，三天内有效；重新开通过的，旧链接也作废。请找管理员再要一个。",
    "A link works once, for three days, and not after a newer one. Ask your administrator for another.",
  ],
});
