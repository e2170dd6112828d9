import { dictionary } from "../lib/i18n";

export const words = dictionary({
  skip: ["跳到正文", "Skip to content"],
  menu: ["菜单", "Menu"],
  views: ["我的视图", "My views"],
  intake: ["登记来电来信来访", "Calls, letters, visits"],
  relations: ["回避申报", "Declared relations"],
  together: ["两人共同决定", "Decided by two"],
  proposals: ["等第二个人的事", "Waiting for a second"],
  publish: ["公开", "Disclosure"],
  disclosures: ["账目公示", "Village accounts"],
  public_site: ["打开公众网站", "Open the public site"],
  log_out: ["退出", "Log out"],
  not_logged_out: [
    "没有连上服务器，还没有退出，请再试一次",
    "The server could not be reached: you are still logged in. Try again",
  ],
  language: ["English", "中文"],
  language_label: ["Switch to English", "切换到中文"],
  offline: [
    "现在没有网络，看到的是之前的内容；暂时不能提交。",
    "No network: this is what was loaded before, and nothing can be submitted.",
  ],
  starting: ["正在打开工作台…", "Opening the staff desk…"],
  unreachable: ["没有连上服务器", "The server could not be reached"],
  unreachable_do: ["请检查网络，然后再试一次。", "Check the network, then try again."],
  not_found: ["没有这个页面", "There is no such page"],
  not_found_do: [
    "地址可能写错了，或者内容已经移走。",
    "The address may be mistyped, or what was here has moved.",
  ],
  to_start: ["回到首页", "Back to the start"],
  crash: ["页面出错了", "This page broke"],
  crash_do: [
    "您填写的内容可能没有提交。请刷新页面再试。",
    "What you filled in may not have been submitted. Reload the page and try again.",
  ],
  reload: ["刷新页面", "Reload"],
  nothing_title: ["您的岗位在这里还没有事情要办", "There is nothing for your role to do here yet"],
  nothing_admin: [
    "管理员不能查看反映件的内容。账号用命令行管理：yidiantong staff add / disable / reset。",
    "Administrators see no case. Accounts are managed on the command line: yidiantong staff add / disable / reset.",
  ],
  nothing_other: [
    "您的账号还没有分配可办的事项，请联系管理员。",
    "Your account has no work assigned yet. Please ask the administrator.",
  ],
});
