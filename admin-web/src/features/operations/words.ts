import { dictionary } from "../../lib/i18n";

export const letterWords = dictionary({
  title: ["没有寄出的通知", "Letters that did not go"],
  lead: [
    "几次都没有寄出的邮件停在这里。写了什么、关于哪一件，这里不显示。",
    "Mail that failed several times rests here. What it says, and about which case, is not shown.",
  ],
  none: ["没有寄不出的通知 ✓", "Everything went out ✓"],
  reader: ["寄给", "For"],
  template: ["哪一种", "Kind"],
  written: ["写于", "Written"],
  attempts: ["试过", "Tried"],
  times: ["{n} 次", "{n} {n|time|times}"],
  last_error: ["上次的错误", "Last error"],
  unknown_reader: ["（未知）", "(unknown)"],
  retry: ["再寄一次", "Send again"],
  sent: ["已重新排队，马上再寄", "Queued again"],
  above: ["上报到上级", "Reported above"],
  climbed: ["自动升级", "Climbed by itself"],
  dispatched: ["分办通知", "Dispatched"],
  filed: ["新件通知", "A new case"],
  nobody: ["找不到收件人", "Nobody to tell"],
  proposal: ["等第二个人", "Waits for a second person"],
  red: ["超时", "Late"],
  remind: ["催办", "Reminder"],
  supervised: ["督办", "Formal order"],
  warn: ["预警", "Warning"],
});

export const timerWords = dictionary({
  title: ["停住的计时", "Clocks that stopped"],
  lead: [
    "几次都没能走到下一步的计时停在这里，别的件不受影响。原因排除以后，让它接着走，该做的马上补上。",
    "A clock that failed several times rests here and holds up no other. Once the cause is mended, set it going: what it owes is done at once.",
  ],
  none: ["没有停住的计时 ✓", "Every clock runs ✓"],
  stage: ["环节", "Stage"],
  due: ["本应在", "Was due"],
  attempts: ["试过", "Tried"],
  times: ["{n} 次", "{n} {n|time|times}"],
  last_error: ["上次的错误", "Last error"],
  no_error: ["（没有留下原因：每次都中断了）", "(none left: each try was cut off)"],
  retry: ["让它接着走", "Set going"],
  gone: ["已恢复，马上补做", "Set going; what is owed is done now"],
});

export const postWords = dictionary({
  title: ["谁任什么职务", "Who holds which post"],
  lead: [
    "任职的人马上回避反映这个职务的件；离任以后，任职期间提交的件仍要回避。",
    "Whoever holds a post is recused from what is about it at once, and stays so for cases filed in that time.",
  ],
  place: ["在哪个地方", "Where"],
  post: ["职务", "Post"],
  choose: ["请选择", "Choose"],
  staff_id: ["谁任职", "Who holds it"],
  staff_hint: [
    "按姓名或用户名找。名单里没有的，先在“人员与角色”里建账号。",
    "By name or user name. Who is not listed needs an account first, under Staff and roles.",
  ],
  from: ["从哪天起", "From"],
  until: ["到哪天止（不填就是还在任）", "Until (empty while it lasts)"],
  again: [
    "同一个人、同一个起始日再记一次，就是改离任日。",
    "The same person and first day once more changes the last day.",
  ],
  need: ["这里要填", "Please fill this in"],
  submit: ["记下", "Write down"],
  done: ["已记下：{post}，{from} 起", "Written down: {post}, from {from}"],
  now: ["现在和将要任职的人", "Who holds a post now or later"],
  nobody_now: ["这个地方还没有登记任职的人", "Nobody is written down for this place yet"],
  last: ["任到哪天", "Until"],
  open: ["还在任", "Still in it"],
  coming: ["还没上任", "Not yet"],
  end: ["今天离任", "Leaves today"],
  end_of: ["{name}今天离任：{post}", "{name} leaves today: {post}"],
  done_until: ["已记下：{post}，{from} 到 {until}", "Written down: {post}, {from} to {until}"],
});
