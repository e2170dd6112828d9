import { dictionary } from "../../lib/i18n";

export const words = dictionary({
  title: ["海报", "Posters"],
  lead: [
    "每个村一张：二维码打开这个村的首页，三步教人怎么用。选好村，一次打印。",
    "One for each village: its code opens the village's home, and three steps say how to use it. Choose the villages and print all at once.",
  ],
  villages: ["哪些村", "Which villages"],
  find: ["写村名或拼音首字母来找", "Type a name or its initials"],
  all: ["加上{town}全部村", "Add all of {town}"],
  clear: ["清空", "Clear"],
  size: ["纸的大小", "Paper"],
  language: ["文字", "Language"],
  zh: ["中文", "Chinese"],
  en: ["英文", "English"],
  both: ["中英文", "Both"],
  phone: ["当地电话", "Local phone"],
  town: ["哪个乡镇", "Which township"],
  phone_hint: [
    "写了就印在 12345 的位置上；不写就印 12345。举报干部的 {phone} 总会印上。",
    "Printed in the place of 12345; left empty, 12345 is printed. {phone}, about officials, is always there.",
  ],
  print: ["打印 {n} 张", "Print {n|poster|posters}"],
  preview: ["打印出来是这样", "What comes out"],
  none: ["还没有选村", "No village chosen yet"],
  one: ["{village}的海报", "Poster of {village}"],
});
