// The words for the contract's codes, said the same on every surface. Staff read the field's terms; villagers
// read `plainStates`. A code that is missing here fails drift.test.ts; at run time it shows as itself, so that
// an older web survives a newer server.

export type Language = "zh" | "en";
export type Word = Readonly<Record<Language, string>>;
export type Words<Code extends string> = Readonly<Record<Code, Word>>;

const table = <Code extends string>(words: Record<Code, readonly [zh: string, en: string]>): Words<Code> =>
  Object.fromEntries(
    Object.entries<readonly [string, string]>(words).map(([code, [zh, en]]) => [code, { zh, en }]),
  ) as Words<Code>;

/** The word for a code, or the code itself when no word is known. */
export function word(words: Words<string>, code: string, language: Language = "zh"): string {
  return Object.hasOwn(words, code) ? (words[code]?.[language] ?? code) : code;
}

export const kinds = table({
  complaint: ["投诉", "Complaint"],
  question: ["咨询", "Question"],
  suggestion: ["建议", "Suggestion"],
  help: ["求助", "Request for help"],
});

/** As staff say it. */
export const states = table({
  submitted: ["待受理", "Awaiting acceptance"],
  awaiting_supplement: ["待补正", "Awaiting supplement"],
  accepted: ["已受理", "Accepted"],
  declined: ["不予受理", "Declined"],
  dispatched: ["已分办", "Dispatched"],
  handling: ["办理中", "Being handled"],
  under_review: ["审核中", "Under review"],
  answered: ["已答复", "Answered"],
  closed: ["已办结", "Closed"],
  withdrawn: ["已撤回", "Withdrawn"],
  merged: ["已并案", "Merged"],
});
export type State = keyof typeof states;

/** As a villager reads it: what is happening, not which desk it lies on. */
export const plainStates: Words<State> = table({
  submitted: ["已收到", "Received"],
  awaiting_supplement: ["请您补充", "Please add what is missing"],
  accepted: ["正在办", "In progress"],
  declined: ["没有受理", "Not taken up"],
  dispatched: ["正在办", "In progress"],
  handling: ["正在办", "In progress"],
  under_review: ["正在办", "In progress"],
  answered: ["已答复，您来评价", "Answered: please rate it"],
  closed: ["办好了", "Done"],
  withdrawn: ["已撤回", "Withdrawn"],
  merged: ["已合并办理", "Joined with another"],
});

/** Never by colour alone: the word stands beside the shape. */
export const lights = table({
  red: ["超时", "Late"],
  yellow: ["快到期", "Due soon"],
  blue: ["请动手", "Please act"],
  green: ["正常", "On time"],
});
export type Light = keyof typeof lights;

export const stages = table({
  accept: ["受理", "Accept"],
  dispatch: ["分办", "Dispatch"],
  handle: ["办理", "Handle"],
  review: ["审核", "Review"],
  rework: ["重办", "Rework"],
  rate: ["评价", "Rate"],
  supplement: ["补正", "Supplement"],
});
export type Stage = keyof typeof stages;

/** The rungs of the ladder. */
export const steps = table({
  remind: ["催办", "Reminder"],
  warn: ["预警", "Warning"],
  red: ["超时上报", "Reported late"],
  county: ["升级到县级", "Escalated to the county"],
  city: ["升级到市级", "Escalated to the city"],
});

export const actions = table({
  request_supplement: ["要求补正", "Ask for a supplement"],
  supplement: ["补充材料", "Supplement"],
  accept: ["受理", "Accept"],
  decline: ["不予受理", "Decline"],
  dispatch: ["分办", "Dispatch"],
  return: ["退回", "Return"],
  start: ["开始办理", "Start handling"],
  assign: ["指派", "Assign"],
  note: ["内部备注", "Internal note"],
  message: ["给反映人留言", "Message to the complainant"],
  extend: ["延期", "Extend"],
  submit_answer: ["提交答复", "Submit the answer"],
  send_back: ["退回补办", "Send back"],
  approve: ["审核通过", "Approve"],
  rate: ["评价", "Rate"],
  dispute: ["提出异议", "Dispute"],
  withdraw: ["撤回", "Withdraw"],
  transfer: ["转办", "Transfer"],
  merge: ["并案", "Merge"],
  supervise: ["督办", "Supervise"],
  escalate: ["升级", "Escalate"],
  acknowledge: ["签收", "Acknowledge"],
  supplement_lapsed: ["逾期未补正", "Not supplemented in time"],
  rate_lapsed: ["逾期未评价", "Not rated in time"],
  change_targets: ["更正被反映对象", "Correct whom it is about"],
  route_anew: ["重新分派", "Routed anew"],
  unmerge: ["恢复单独办理", "Handled on its own again"],
  file: ["提交", "File"],
  overdue: ["超过期限", "Overdue"],
  calendar_changed: ["工作日历调整", "The calendar changed"],
  public_answer: ["公开答复", "Published answer"],
  propose_decline: ["提议不予受理", "Proposed: decline"],
  propose_merge: ["提议并案", "Proposed: merge"],
  propose_extend: ["申请延期", "Proposed: extend"],
  propose_public_answer: ["提议公开答复", "Proposed: a published answer"],
  refuse_decline: ["没有同意不予受理", "Refused: decline"],
  refuse_merge: ["没有同意并案", "Refused: merge"],
  refuse_extend: ["没有同意延期", "Refused: extend"],
  refuse_public_answer: ["没有同意公开答复", "Refused: a published answer"],
  propose_reveal_identity: ["申请查看身份", "Proposed: open the identity"],
  refuse_reveal_identity: ["没有同意查看身份", "Refused: open the identity"],
  reveal_identity: ["同意查看身份", "Approved: open the identity"],
  identity_read: ["查看了身份", "The identity was read"],
  propose_reissue_receipt: ["申请补发回执码", "Proposed: a new receipt"],
  refuse_reissue_receipt: ["没有同意补发回执码", "Refused: a new receipt"],
  reissue_receipt: ["同意补发回执码", "Approved: a new receipt"],
  receipt_reissued: ["补发了回执码", "A new receipt was given out"],
  reissue_refused: ["身份不符，没有补发", "Not the one who filed: no new receipt"],
});
export type Action = keyof typeof actions;

/** What a unit is. */
export const organisationKinds = table({
  village_committee: ["村（居）民委员会", "Village committee"],
  supervision_committee: ["村（居）务监督委员会", "Supervision committee"],
  township_government: ["乡镇政府、街道办", "Township government"],
  accounting_agency: ["代理记账中心", "Accounting agency"],
  discipline_organ: ["监督机关", "Discipline organ"],
  county_government: ["县（区）政府", "County government"],
  county_bureau: ["县（区）部门", "County bureau"],
  other: ["其他单位", "Other unit"],
});

export const ratings = table({
  very_satisfied: ["非常满意", "Very satisfied"],
  satisfied: ["满意", "Satisfied"],
  basically_satisfied: ["基本满意", "Basically satisfied"],
  dissatisfied: ["不满意", "Dissatisfied"],
});

/** Numbers of the statistics, as the queue's `counted` names them. */
export const numbers = table({
  filed: ["新提交", "Filed"],
  answered: ["已答复", "Answered"],
  on_time: ["按时答复", "Answered in time"],
  overdue: ["到期没有答复", "Fell due unanswered"],
  overdue_at_end: ["期末仍没有答复", "Still unanswered at the end"],
  promises: ["到期或按时答复的", "Answered in time or fell due"],
  first_answers: ["第一次答复", "First answers"],
  unrated: ["到期没有评价", "Not rated in time"],
  pauses: ["要求补正", "Paused for a supplement"],
  extensions: ["延期", "Extensions"],
  withdrawals: ["撤回", "Withdrawn"],
  disputes: ["提出异议", "Disputed"],
  declines: ["不予受理", "Declined"],
  merges: ["并案", "Merged"],
});

export const results = table({
  resolved: ["已解决", "Resolved"],
  partly: ["部分解决", "Partly resolved"],
  explained: ["已解释说明", "Explained"],
  not_supported: ["反映的情况不属实", "Not supported by the facts"],
});

/** Why a case is not taken. */
export const declineReasons = table({
  discipline_12388: ["党员干部违纪违法，应打 12388", "Misconduct of officials: report it to 12388"],
  court: ["已经或应当由法院办理", "A matter for the court"],
  arbitration: ["应当先申请仲裁", "A matter for arbitration"],
  administrative_review: ["应当申请行政复议", "A matter for administrative review"],
  other_organ: ["归别的机关管", "Another organ's business"],
  duplicate: ["已经反映过，正在办", "Already filed and being handled"],
  final_decision: ["已有终结结论", "Finally decided already"],
  insufficient_facts: ["事实说得不够，没法办", "Too few facts to act on"],
  emergency: ["紧急情况，应打 110、119、120", "An emergency: call 110, 119 or 120"],
});
export type DeclineReason = keyof typeof declineReasons;

/** How a filing came in. */
export const channels = table({
  web: ["网上", "Web"],
  phone: ["电话", "Telephone"],
  letter: ["来信", "Letter"],
  counter: ["来访", "At the counter"],
});
export type Channel = keyof typeof channels;

/** What waits for a second person. */
export const matters = table({
  decline: ["不予受理", "Decline"],
  merge: ["并案", "Merge"],
  extend: ["延期", "Extend"],
  public_answer: ["公开答复", "Publish an answer"],
  reveal_identity: ["查看反映人身份", "Open the identity"],
  reissue_receipt: ["补发回执码", "Issue the receipt anew"],
});

/** Why somebody looked at who the complainant is, as staff choose it and the complainant reads it. */
export const identityReasons = table({
  clarify: ["需要联系您核实情况", "To clear something up with you"],
  deliver_answer: ["要把答复当面或电话告诉您", "To give you the answer in person or by telephone"],
  protect: ["为了保护您的安全", "To protect you"],
  legal_order: ["有权机关依法调取", "By order of an organ that may ask by law"],
  false_accusation: ["核查是否诬告", "To look into a knowingly false accusation"],
  receipt_reissued: ["补发回执码时核对身份", "Compared, to give you a new receipt"],
  reissue_refused: ["有人申请补发回执码，身份不符", "Somebody else asked for your receipt and got none"],
});
export type IdentityReason = keyof typeof identityReasons;

export const proposalStates = table({
  waiting: ["等第二个人", "Waiting for a second person"],
  approved: ["已同意", "Approved"],
  refused: ["没有同意", "Refused"],
  void: ["已作废", "Void"],
});
export type ProposalState = keyof typeof proposalStates;

export const voidReasons = table({
  expired: ["过了期限没有人表态", "nobody decided in time"],
  version_changed: ["事情已经有了变化", "what it is about has changed"],
  proposer_lost: ["提出人已不在这个岗位", "who proposed it no longer has that role"],
});

/** What a limit counts. */
export const limitUnits = table({
  working_day: ["个工作日", "working days"],
  calendar_day: ["天（自然日）", "calendar days"],
  hour: ["小时（上班时间）", "office hours"],
  minute: ["分钟（上班时间）", "office minutes"],
  clock_hour: ["小时（不分昼夜）", "clock hours"],
});
export type LimitUnit = keyof typeof limitUnits;

/** How it stands with what must be published. */
export const obligationStatuses = table({
  on_time: ["按时公开", "Published in time"],
  due: ["待公开", "To be published"],
  overdue: ["逾期未公开", "Overdue"],
  missing: ["缺失", "Missing"],
  late: ["逾期后公开", "Published late"],
  struck: ["已注销", "Struck"],
});
export type ObligationStatus = keyof typeof obligationStatuses;

/** How often something must be published. */
export const frequencies = table({
  monthly: ["每月", "Monthly"],
  quarterly: ["每季度", "Quarterly"],
  yearly: ["每年", "Yearly"],
  at_once: ["随时", "At once"],
});

/** What a rule of the catalogue rests on. */
export const sources = table({
  law: ["法律法规", "Law"],
  local: ["地方规定或惯例", "A local rule or custom"],
  our_choice: ["本系统选用", "This system's choice"],
  unverified: ["待核实", "Not verified"],
});

/** Who is told of a step of the ladder. */
export const recipients = table({
  unit: ["承办单位", "the handling unit"],
  supervising: ["监督单位", "the supervising unit"],
  zone_lead: ["片区牵头单位", "the zone's lead organisation"],
  county: ["县级监督机关", "the county's organ"],
  city: ["市级监督机关", "the city's organ"],
});

/** Why a due date moved, in `previous` of an explained timer. */
export const moveReasons = table({
  calendar: ["工作日历调整", "The calendar changed"],
  pause: ["暂停结束", "The clock ran on after a pause"],
  extension: ["延期", "An extension"],
  restart: ["重新计时", "The stage began again"],
});

/** What explains a due date, line by line. */
export const explanations = table({
  limit: ["期限", "Limit"],
  started_at: ["起算", "Started"],
  due_date: ["最后一天", "Last day"],
  provisional: ["暂定：有年份的节假日尚未公布", "Provisional: a year's holidays are not announced yet"],
  skipped: ["不计入的日子", "Days that do not count"],
  pauses: ["暂停", "Pauses"],
  extensions: ["延期", "Extensions"],
  previous: ["曾告知的日期", "Dates told before"],
  kept: [
    "日历调整后本可提前，仍按原先告知的日期",
    "The calendar would bring it forward; the date told before stands",
  ],
  policy_version: ["时限办法版本", "Policy version"],
  calendar_version: ["工作日历版本", "Calendar version"],
});

/** What a disclosure is, as on the notice board. */
export const disclosureKinds = table({
  ledger: ["财务收支逐笔公开表", "Itemised income and spending"],
  summary: ["收支汇总表", "Summary of income and spending"],
  balance_sheet: ["资产负债表", "Balance sheet"],
  receivables_payables: ["债权债务明细表", "Receivables and debts"],
  assets: ["固定资产台账", "Fixed assets"],
  resource_contracts: ["资源发包合同台账", "Contracts on land and water"],
  projects: ["工程项目公开表", "Projects"],
  benefit_payments: ["惠民补贴发放明细", "Benefits paid"],
  planned_spending: ["拟办收支业务明细表", "Planned spending"],
  cash_position: ["货币资金表", "Cash and bank"],
  special: ["专项支出公开表", "Special spending"],
});
