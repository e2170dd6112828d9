import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["回避申报", "Declared relations"],
  lead: [
    "您或本单位和谁有亲属、利害关系，在这里申报：申报后马上回避，反映他的件您就看不到，也不会转给您办。终止申报要第二个人同意。",
    "Declare whom you or your unit are related to. You are recused at once: cases about them are neither shown nor given to you. Ending a declaration takes a second person.",
  ],
  list: ["已申报的", "Declared"],
  none: ["还没有申报过", "Nothing declared yet"],
  of_myself: ["我本人", "Myself"],
  of_unit: ["本单位", "My unit"],
  to_staff: ["一位工作人员", "Somebody who works here"],
  to: ["和谁", "To whom"],
  note: ["什么关系", "What relation"],
  declared: ["{at} 申报", "Declared {at}"],
  end: ["申请终止", "Ask to end it"],
  end_reason: ["为什么要终止（第二个人会看到）", "Why (the second person reads it)"],
  end_waits: [
    "已提出，在等第二个人同意，最晚 {until}",
    "Proposed: it waits for a second person until the end of {until}",
  ],
  new: ["新申报", "Declare a relation"],
  of: ["谁有关系", "Of whom"],
  to_type: ["对方是", "The other side is"],
  type_organisation: ["一个单位（里面的人都算）", "A unit and everybody in it"],
  type_post: ["一个职务（谁任职算谁）", "A post, whoever holds it"],
  type_staff: ["一位工作人员（按账号编号）", "Somebody who works here (by account number)"],
  place: ["在哪个地方", "Where"],
  choose: ["请选择", "Choose"],
  which: ["哪一个", "Which"],
  staff_id: ["对方的账号编号", "Number of their account"],
  staff_hint: [
    "对方在自己的“我的账号”页上看得到编号，管理员在“人员与角色”里也看得到；请他们复制给您。申报后这里不再显示是谁。",
    "They see it on their page My account, and the administrator under Staff and roles: have it copied to you. Once declared, it is not shown here who it is.",
  ],
  note_hint: [
    "例如：夫妻、兄弟、合伙人。1 到 200 字。",
    "Such as spouse, brother, partner. 1 to 200 characters.",
  ],
  need: ["这里要填", "Please fill this in"],
  submit: ["申报", "Declare"],
  done: ["已申报，马上回避", "Declared: you are recused from now on"],
});
