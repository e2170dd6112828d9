// Dongfeng village's books for November 2026, as its clerk would hand them in.
import { type Cell, workbook } from "./workbook";

const HEADINGS =
  "序号 日期 凭证号 摘要 收入(元) 支出(元) 余额(元) 科目编码 资金来源 收款单位 经手人 证明人 审批人 附件数";
const PEOPLE = ["钱演示", "孙演示", "赵演示"];
/** Where the demo's October ends. */
const OPENING = 80_225.68;

export const NOVEMBER = { title: "东风村 2026年11月", month: "2026年11月", closing: "84,400.00" };
export const LAMPS = "路灯电费（10月）";

export interface Sheet {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What another program calls seven of the columns. */
export const THEIR_HEADINGS = {
  序号: "行号",
  日期: "记账日",
  凭证号: "凭证",
  摘要: "事由",
  "收入(元)": "进账",
  "支出(元)": "出账",
  "余额(元)": "结存",
};

/** The ledger; what the lamps cost may be something that is no number. */
export const november = (lamps: Cell = 225.68): Sheet =>
  sheet("东风村2026-11.xlsx", HEADINGS.split(" "), lamps);

/** The same as another program exports it, under its own headings. */
export function exported(lamps: Cell = 225.68): Sheet {
  const theirs = new Map(Object.entries(THEIR_HEADINGS));
  const headings = HEADINGS.split(" ").map((ours) => theirs.get(ours) ?? ours);
  return sheet("某软件导出2026-11.xlsx", headings, lamps);
}

function sheet(name: string, headings: readonly string[], lamps: Cell): Sheet {
  const lines: Cell[][] = [
    [
      1,
      "2026-11-03",
      "记-11-001",
      LAMPS,
      0,
      lamps,
      80_000,
      "514",
      "集体自有资金",
      "演示供电所",
      ...PEOPLE,
      1,
    ],
    [
      2,
      "2026-11-06",
      "记-11-002",
      "机动地承包费",
      5000,
      0,
      85_000,
      "501",
      "集体自有资金",
      "演示户甲",
      ...PEOPLE,
      2,
    ],
    [
      3,
      "2026-11-12",
      "记-11-003",
      "疏通主路边沟",
      0,
      600,
      84_400,
      "514",
      "集体自有资金",
      "演示工程队",
      ...PEOPLE,
      3,
    ],
  ];
  const pairs = ["村名", "东风村", "期间", "2026-11", "期初余额(元)", OPENING, "期末余额(元)", 84_400];
  const rows = [["东风村2026年11月财务收支逐笔公开表"], pairs, [...headings], ...lines];
  return {
    name,
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: workbook("逐笔公开表", rows),
  };
}
