import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["登录工作台", "Log in to the staff desk"],
  lead: ["村里的账、群众的事，件件有着落。", "Every account open, every concern answered."],
  lead_2: [
    "这里供工作人员使用。群众反映问题请打开公众网站，不需要登录。",
    "This is for staff. To raise a concern, open the public site: no login needed.",
  ],
  public_site: ["打开公众网站", "Open the public site"],
  username: ["用户名", "User name"],
  password: ["密码", "Password"],
  totp: ["动态码", "Code"],
  totp_hint: [
    "手机验证器上的 6 位数字，30 秒一换",
    "The 6 digits of your authenticator app; they change every 30 seconds",
  ],
  recovery: ["恢复码", "Recovery code"],
  recovery_hint: [
    "开通账号时打印或抄下的一串字，每个只能用一次。手机丢了、坏了，登录以后还要请管理员重置账号，才能绑定新手机",
    "One of those printed when the account was set up; each works once. When the phone is lost or broken, an administrator must also reset the account before a new one can be enrolled",
  ],
  need_recovery: ["请填写恢复码", "Enter a recovery code"],
  use_recovery: ["手机不在身边？用恢复码登录", "No phone at hand? Use a recovery code"],
  use_phone: ["用手机动态码登录", "Use the phone's code"],
  submit: ["登录", "Log in"],
  need_username: ["请填写用户名", "Enter your user name"],
  need_password: ["请填写密码", "Enter your password"],
  need_totp: ["请填写 6 位动态码", "Enter the 6-digit code"],
  failed: [
    "用户名、密码或代码不对。请核对后再试；动态码要用手机上最新的一个，恢复码每个只能用一次。",
    "User name, password or code is not right. Check them; use the phone's newest code, or a recovery code not used before.",
  ],
  totp_used: [
    "这个动态码已经用过了。请等手机上出现下一个（最多 30 秒）。",
    "This code was used already. Wait for the next one on the phone (30 seconds at most).",
  ],
  wait: ["试得太多了，请等 {n} 秒再登录。", "Too many tries. Please wait {n} {n|second|seconds}."],
  show: ["显示密码", "Show the password"],
  hide: ["隐藏密码", "Hide the password"],
  demo: ["演示", "Demo"],
  demo_title: ["选一个演示账号", "Choose a demo account"],
  demo_text: [
    "演示里的人和事都是虚构的。选中后自动填好用户名、密码和动态码。",
    "People and matters here are made up. Choosing fills in name, password and code.",
  ],
  demo_filled: ["已填好“{label}”，可以登录了", "Filled in for “{label}”. You can log in now"],
  demo_failed: ["没有取到新的动态码，请再选一次", "No fresh code could be had. Choose again"],
});
