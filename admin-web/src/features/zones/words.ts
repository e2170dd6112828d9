import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["片区", "Zones"],
  lead: [
    "片区把几个乡镇编在一起：县里可以让片区里另一个乡镇的单位来办或来监督（交叉监督）。改动要第二个人同意。",
    "A zone groups townships: the county may let another township of it do or supervise the work. A change takes two persons.",
  ],
  none: ["还没有片区", "There are no zones yet"],
  name: ["名称", "Name"],
  county: ["区县", "County"],
  lead_unit: ["牵头单位", "Lead organisation"],
  townships: ["乡镇", "Townships"],
  change: ["提出修改", "Propose a change"],
  new: ["提出新片区", "Propose a zone"],
  edit: ["修改片区：{name}", "Change the zone {name}"],
  reason: ["为什么（第二个人会看到）", "Why (the second person reads it)"],
  need: ["这里要填", "Please fill this in"],
  choose: ["请选择", "Choose"],
  submit: ["提出", "Propose"],
});
