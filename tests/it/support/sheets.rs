//! Ledgers as a village's accountant hands them in: workbooks and CSV in the layout T1 of the contract.

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use super::inside::data;

/// The headings, in the usual order.
pub const HEADINGS: [&str; 14] = [
    "序号",
    "日期",
    "凭证号",
    "摘要",
    "收入(元)",
    "支出(元)",
    "余额(元)",
    "科目编码",
    "资金来源",
    "收款单位",
    "经手人",
    "证明人",
    "审批人",
    "附件数",
];
/// The sheet's row, counted from 1, in which the first line stands: title, pairs, headings, then data.
pub const FIRST_ROW: u64 = 4;

/// A month's ledger. Amounts are yuan as text, so that a test can write nonsense.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// 村名
    pub village: String,
    /// 期间
    pub period: String,
    /// 期初余额
    pub opening: String,
    /// 期末余额
    pub closing: String,
    /// Each line's cells, in the order of [`HEADINGS`].
    pub lines: Vec<[String; 14]>,
}

impl Ledger {
    /// One of the demo's real ledgers.
    pub fn of(region: &str, period: &str) -> Self {
        let demo: Value = serde_json::from_str(&data("demo.json")).unwrap();
        let villages = demo["villages"].as_array().unwrap();
        let village = villages
            .iter()
            .find(|village| village["region_code"] == region)
            .unwrap();
        let ledger = village["ledgers"]
            .as_array()
            .unwrap()
            .iter()
            .find(|ledger| ledger["period"] == period)
            .unwrap();
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let fields = [
            "no",
            "date",
            "voucher_no",
            "summary",
            "income",
            "expense",
            "balance",
            "account_code",
            "fund_source",
            "payee",
            "handled_by",
            "witnessed_by",
            "approved_by",
            "attachments",
        ];
        Self {
            village: text(&village["name"]),
            period: period.to_owned(),
            opening: text(&ledger["opening"]),
            closing: text(&ledger["closing"]),
            lines: ledger["lines"]
                .as_array()
                .unwrap()
                .iter()
                .map(|line| fields.map(|field| text(&line[field])))
                .collect(),
        }
    }

    /// The same with another cell; lines count from 0.
    pub fn with(mut self, line: usize, heading: &str, text: &str) -> Self {
        let column = HEADINGS.iter().position(|h| *h == heading).unwrap();
        text.clone_into(&mut self.lines[line][column]);
        self
    }

    /// The same with every balance and the last one made of the amounts.
    pub fn balanced(mut self) -> Self {
        let mut balance = fen(&self.opening);
        for line in &mut self.lines {
            balance += fen(&line[4]) - fen(&line[5]);
            line[6] = yuan(balance);
        }
        self.closing = yuan(balance);
        self
    }

    /// The same but for what one line paid out; lines count from 0.
    pub fn paying(self, line: usize, expense: &str) -> Self {
        self.with(line, "支出(元)", expense).balanced()
    }

    /// The row of the sheet in which a line stands; lines count from 0.
    pub fn row_of(line: usize) -> u64 {
        FIRST_ROW + u64::try_from(line).unwrap()
    }

    /// As a workbook: amounts and counts are numbers where they can be.
    pub fn xlsx(&self) -> Vec<u8> {
        self.xlsx_ordered(&HEADINGS, false)
    }

    /// As a workbook with the columns in another order, and with a 合计 row when asked.
    pub fn xlsx_ordered(&self, order: &[&str], with_total: bool) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let mut write = |row: usize, column: usize, text: &str, may_be_number: bool| {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match text.parse::<f64>() {
                Ok(number) if may_be_number => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, text).unwrap(),
            };
        };
        let title = format!("{}{}财务收支逐笔公开表", self.village, self.period);
        write(0, 0, &title, false);
        let pairs = [
            ("村名", &self.village, false),
            ("期间", &self.period, false),
            ("期初余额(元)", &self.opening, true),
            ("期末余额(元)", &self.closing, true),
        ];
        for (index, (label, value, is_money)) in pairs.into_iter().enumerate() {
            write(1, index * 2, label, false);
            write(1, index * 2 + 1, value, is_money);
        }
        for (column, heading) in order.iter().enumerate() {
            write(2, column, heading, false);
            let from = HEADINGS.iter().position(|h| h == heading).unwrap();
            let is_number = ["序号", "附件数"].contains(heading) || heading.ends_with("(元)");
            for (index, line) in self.lines.iter().enumerate() {
                write(3 + index, column, &line[from], is_number);
            }
            if with_total {
                let text = match *heading {
                    "序号" => "合计".to_owned(),
                    "收入(元)" => yuan(self.sum(4)),
                    "支出(元)" => yuan(self.sum(5)),
                    "余额(元)" => self.closing.clone(),
                    _ => String::new(),
                };
                write(3 + self.lines.len(), column, &text, is_number);
            }
        }
        book.save_to_buffer().unwrap()
    }

    /// As CSV, the pairs in the first line.
    pub fn csv(&self) -> Vec<u8> {
        let mut rows = vec![
            vec![
                "村名".to_owned(),
                self.village.clone(),
                "期间".to_owned(),
                self.period.clone(),
                "期初余额(元)".to_owned(),
                self.opening.clone(),
                "期末余额(元)".to_owned(),
                self.closing.clone(),
            ],
            HEADINGS.map(str::to_owned).to_vec(),
        ];
        rows.extend(self.lines.iter().map(|line| line.to_vec()));
        let lines: Vec<String> = rows
            .iter()
            .map(|row| {
                let cells: Vec<String> = row
                    .iter()
                    .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                    .collect();
                cells.join(",")
            })
            .collect();
        lines.join("\r\n").into_bytes()
    }

    /// The sum of a column of amounts, in fen.
    pub fn sum(&self, column: usize) -> i64 {
        self.lines.iter().map(|line| fen(&line[column])).sum()
    }
}

/// Yuan with two decimals as fen.
pub fn fen(yuan: &str) -> i64 {
    let (whole, cents) = yuan.split_once('.').unwrap_or((yuan, "00"));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.parse().unwrap();
    whole * 100 + sign * cents.parse::<i64>().unwrap()
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
