// The words of the audit: who, what, and to which kind of thing.
import { dictionary } from "../../lib/i18n";

export const auditWords = dictionary({
  title: ["审计查询", "Audit"],
  table: ["审计记录", "Records of the audit"],
  lead: [
    "谁在什么时候做了什么；看不到的件，这里也没有。一条连着一条：中间被改、被删，核对得出来；最新的几条被管数据库的人截掉，要靠抄在外面的“链头”才看得出来。",
    "Who did what, and when; a case you may not know of is not here either. Each record is chained to the one before: a change or removal in the middle shows in a check; newest records cut off by whoever owns the database show only by copies of the chain's head kept elsewhere.",
  ],
  proves_title: ["这能证明什么，证明不了什么", "What this proves, and what not"],
  proves: [
    "这套程序不改、不删写下的记录。每一条都连着前一条：绕过程序改了、删了中间哪一条，运维在机器上用 yidiantong verify audit 核对，就指得出是哪一条。",
    "This program changes and removes no record. Each is chained to the one before: where one in the middle is changed or removed behind its back, yidiantong verify audit names it to whoever runs the machine.",
  ],
  proves_not: [
    "管着数据库服务器的人，能把最新的几条整段截掉，也能从某一条起把后面的全部重做，光核对看不出来。要看得出来，就得常把核对时印出的链头（一共几条、最新一条的摘要）抄下来，存在他管不到的地方，以后拿来对（见 SECURITY.md）。",
    "Whoever owns the database server can cut off the newest records, or make all of them anew from some point on, and that check alone does not show it. Copies of the chain's head, which the check prints (how many there are, and the newest one's digest), do: note it regularly, keep it out of their reach, and compare (see SECURITY.md).",
  ],
  case: ["哪一件", "Case"],
  case_hint: ["编号，例如 ABCD-1234", "Its number, such as ABCD-1234"],
  person: ["谁", "Person"],
  person_hint: ["登录名或账号编号", "Login name or account id"],
  action: ["做了什么", "Action"],
  any_action: ["不限", "Anything"],
  of_cases: ["事项", "Cases"],
  of_clocks: ["计时", "Clocks"],
  of_accounts: ["账号和登录", "Accounts and sessions"],
  of_disclosures: ["公开", "What is published"],
  of_looks: ["查看和导出", "Looking and exporting"],
  of_the_rest: ["两人确认和其他", "Two persons, and the rest"],
  proposal_of: ["提议：{thing} · {what}", "Proposal: {thing} · {what}"],
  from: ["从哪天", "From day"],
  until: ["到哪天（含）", "To day (included)"],
  search: ["查询", "Search"],
  none: ["没有符合的记录", "No such record"],
  at: ["时间", "Time"],
  who: ["谁", "Who"],
  what: ["做了什么", "Did what"],
  to: ["对什么", "To what"],
  reason: ["理由", "Reason"],
  link: ["链上摘要", "Digest in the chain"],
  unlinked: ["正在入链", "Being linked"],
  voucher: ["凭证 {id}", "voucher {id}"],
});

export const auditActorWords = dictionary({
  staff: ["工作人员", "Staff"],
  complainant: ["反映人", "Complainant"],
  timer: ["计时", "Clock"],
  operator: ["运维", "Operator"],
});

export const auditObjectWords = dictionary({
  complaint: ["事项", "Case"],
  timer: ["计时", "Clock"],
  proposal: ["提议", "Proposal"],
  letter: ["通知", "Letter"],
  staff: ["账号", "Account"],
  session: ["登录", "Session"],
  disclosure: ["公开表", "Disclosure"],
  post: ["职务", "Post"],
  organisation: ["单位", "Unit"],
  relation: ["关系申报", "Declared relation"],
  policy: ["时限办法", "Policy"],
  calendar: ["工作日历", "Calendar"],
  catalogue: ["公开目录", "Catalogue"],
  obligation: ["应公开事项", "What must be published"],
  zone: ["片区", "Zone"],
  power: ["权力清单", "Power list"],
  photo: ["照片", "Photo"],
  identity: ["反映人身份", "Complainant's identity"],
  export: ["导出", "Export"],
});

/** What a proposal would do; within cases the case has the words. */
export const auditProposedWords = dictionary({
  add: ["新增", "Add"],
  change: ["修改", "Change"],
  reset: ["重置", "Reset"],
  end: ["终止", "End"],
  export: ["取走文件", "Fetch the file"],
  disclosure_correction: ["更正", "Correct"],
  disclosure_withdrawal: ["撤回", "Withdraw"],
  strike: ["注销误记", "Strike a mistaken record"],
});

/** Accounts and their sessions. */
export const accountActs = dictionary({
  login: ["登录", "Logged in"],
  login_recovery: ["用恢复码登录", "Logged in with a recovery code"],
  step_up: ["用新的动态码确认本人", "Confirmed with a fresh code"],
  recovery_reissued: ["重新生成恢复码", "Made new recovery codes"],
  password_changed: ["改了密码", "Changed the password"],
  refresh_reused: ["用过的登录凭证又出现，已作废", "A spent session token came back; ended"],
  staff_created: ["开了账号", "Made the account"],
  staff_enrolled: ["启用账号", "Enrolled"],
  staff_link: ["给了开通链接", "Handed out a link"],
  staff_changed: ["改了账号的角色或单位", "Changed an account's role or unit"],
  staff_reset: ["重置账号", "Reset the account"],
  staff_disabled: ["停用账号", "Disabled the account"],
});

/** What becomes of a village's accounts. */
export const disclosureActs = dictionary({
  preview: ["上传检查", "Checked an upload"],
  draft: ["生成草稿", "Made a draft"],
  replace_draft: ["换了草稿", "Replaced the draft"],
  withdraw_draft: ["撤掉了草稿", "Took a draft back"],
  sign: ["签字", "Signed"],
  paper_file: ["登记纸质签字", "Filed the signatures on paper"],
  publish: ["公布", "Published"],
  correct: ["更正的新版本开始准备", "Began a correction"],
  publish_correction: ["公布了更正", "Published a correction"],
  save: ["下载了带全名的表", "Saved the sheet with names in full"],
  take_down: ["公示期满，撤下", "Took it down at the end of its posting"],
  record_event: ["登记了须随时公开的事项", "Wrote down what must be published at once"],
  strike_event: ["注销了误记的事项", "Struck what was written down by mistake"],
  add_voucher: ["传了凭证图片", "Added a picture of a voucher"],
  remove_voucher: ["删了传错的凭证图片", "Took away a picture of a voucher"],
  redact_voucher: ["遮盖了凭证", "Blackened a voucher"],
  confirm_voucher: ["确认凭证可以公开", "Confirmed a voucher"],
});

/** What was only looked at, or taken along. */
export const looks = dictionary({
  look_at_case: ["打开了事项（每小时记一次）", "Opened the case (written down once an hour)"],
  look_at_photo: ["看了照片", "Looked at a photo"],
  look_at_voucher: ["看了凭证原图", "Looked at the original of a voucher"],
  look_at_paper: ["看了纸质签字的照片", "Looked at the signatures on paper"],
  export_fetched: ["取走了导出的文件", "Fetched an export"],
  case_exported: ["在导出的文件里", "Was in a fetched export"],
});

/** Two persons, and everything else. */
export const rest = dictionary({
  propose: ["提出，等第二个人", "Proposed"],
  proposal_approved: ["同意提议", "Approved the proposal"],
  proposal_refused: ["不同意提议", "Refused the proposal"],
  proposal_void: ["提议作废", "The proposal lapsed"],
  hold: ["登记任职", "Recorded a post"],
  unit_founded: ["新设了单位", "Founded a unit"],
  unit_renamed: ["给单位改了名", "Renamed a unit"],
  unit_mail_changed: ["改了单位的通知邮箱", "Changed a unit's mail address"],
  unit_post_added: ["给单位增设了职务", "Added a post to a unit"],
  unit_closed: ["撤销了单位", "Closed a unit"],
  declare: ["申报", "Declared"],
  end: ["结束", "Ended"],
  change: ["修改", "Changed"],
  remove: ["移出", "Took out of force"],
  import: ["导入", "Imported"],
  retry: ["重试", "Tried again"],
  identity_erased: ["保存期满，删除了身份", "Erased the identity at the end of retention"],
});

/** What the life of a case has no words for. */
export const auditActionWords = { ...accountActs, ...disclosureActs, ...looks, ...rest };
