// What the tables are called that a village publishes; the audit names them too.
import { dictionary } from "../lib/i18n";

export const kindWords = dictionary({
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
