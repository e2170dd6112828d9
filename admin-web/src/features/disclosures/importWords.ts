import { dictionary } from "../../lib/i18n";

export const matchWords = dictionary({
  title: ["对一对列", "Match the columns"],
  needed: [
    "有必填的列没认出来。别的软件导出的表，表头可能不一样：请指明哪一列是什么。",
    "Some required columns were not recognised. Sheets of other software have other headings: say which column is which.",
  ],
  optional: [
    "表里有几列没认出来，没有导入。如果要用，请指明是什么。",
    "Some columns of the sheet were not recognised and are not imported. If you need them, say what they are.",
  ],
  wanted: ["要填的列", "Column needed"],
  theirs: ["表里的列", "Column of the sheet"],
  required: ["必填", "required"],
  none: ["（没有这一列）", "(no such column)"],
  example: ["例如：{texts}", "e.g. {texts}"],
  again: ["按这样再检查", "Check again like this"],
  from_before: [
    "已按上次对好的填上，请看一眼再检查。",
    "Filled in as you matched them last time: have a look, then check again.",
  ],
  kept: [
    "对好的列会记在这台电脑的浏览器里（只记表头），下个月同样的表会自动填上。",
    "What you match is remembered in this browser (headings only) and filled in for the same kind of sheet next month.",
  ],
  forget: ["忘掉对好的列", "Forget what was matched"],
  forgotten: ["已忘掉", "Forgotten"],
});

export const besideWords = dictionary({
  title: ["和上一期对比", "Beside the last period"],
  none: [
    "上一期没有公布过这类账目，没有可以对比的。",
    "Nothing of this kind is published of the period before, so there is nothing to compare.",
  ],
  title_published: ["和已公布的版本对比", "Beside the published version"],
  published: ["公布的（第 {n} 版）", "Published (version {n})"],
  corrected: ["改后的", "Corrected"],
  item: ["项目", "Item"],
  last: ["上一期（{period}）", "Last period ({period})"],
  now: ["这一期", "This period"],
  change: ["差额", "Difference"],
  same: ["一样", "the same"],
  rows: ["行数", "Rows"],
});

export const markWords = dictionary({
  button: ["下载标好的表（Excel）", "Download the marked sheet (Excel)"],
  making: ["正在标…", "Marking…"],
  hint: [
    "红格必须改，黄格请再看一眼；第二张表列出全部问题。只有格里的值，没有原表的样子和公式。",
    "Red cells must be corrected, yellow ones looked at; the second sheet lists everything. Values only, without the look and formulas of your sheet.",
  ],
});

export const progressWords = dictionary({
  sending: ["正在上传", "Uploading"],
  sent: ["已上传 {sent}，共 {size}", "{sent} of {size} uploaded"],
  checking: ["上传完了，正在读表和检查", "Uploaded; reading and checking the sheet"],
  seconds: ["已用 {n} 秒", "{n} {n|second|seconds} so far"],
  cancel: ["不检查了", "Cancel"],
  cancelled: ["已取消，没有留下草稿。", "Cancelled; no draft was made."],
});
