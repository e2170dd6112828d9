//! What is wrong with a cell, in words of both languages. One table: a code without words does not pass
//! the tests.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How many problems are named; the rest is a number.
pub const MOST_PROBLEMS: usize = 200;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One thing that is wrong, and where to find it in the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    /// The sheet's name; of a CSV file, the file's name.
    pub sheet: String,
    /// The row, counted from 1 as Excel shows it; `None` when the file as a whole is meant.
    pub row: Option<u32>,
    /// The heading (支出(元)) or the label (期初余额(元)) that it is about; empty for the whole file.
    pub column: String,
    /// The cell as Excel names it (`F12`), when it is one cell.
    pub cell: Option<String>,
    /// What is wrong, a key of the table below.
    pub code: Cow<'static, str>,
    /// What should stand there; empty where nothing can be said.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl CellProblem {
    /// What is wrong, for people.
    #[must_use]
    pub fn detail(&self) -> Bilingual {
        let words = WORDING.iter().find(|(code, ..)| *code == self.code);
        let (zh, en) = words.map_or((&*self.code, &*self.code), |(_, zh, en)| (zh, en));
        let fill = |text: &str, colon: &str| {
            let place = self.cell.as_ref().map(|cell| format!("{cell}{colon}"));
            let text = text
                .replace("{column}", &self.column)
                .replace("{expected}", &self.expected)
                // Last, because it is theirs: a brace in it is not ours.
                .replace("{found}", &self.found);
            place.unwrap_or_default() + &text
        };
        Bilingual {
            zh: fill(zh, "："),
            en: fill(en, ": "),
        }
    }
}

/// Adds `problem`, or counts it in a closing `more_errors` once [`MOST_PROBLEMS`] are named.
pub fn push(list: &mut Vec<CellProblem>, problem: CellProblem) {
    if list.len() < MOST_PROBLEMS {
        list.push(problem);
        return;
    }
    match list.get_mut(MOST_PROBLEMS) {
        Some(more) => more.found = (more.found.parse().unwrap_or(0_u64) + 1).to_string(),
        None => list.push(CellProblem {
            row: None,
            column: String::new(),
            cell: None,
            code: Cow::Borrowed("more_errors"),
            expected: String::new(),
            found: "1".to_owned(),
            ..problem
        }),
    }
}

/// Whether there are words for `code`.
#[must_use]
pub fn has_words(code: &str) -> bool {
    WORDING.iter().any(|(key, ..)| *key == code)
}

/// Code, Chinese, English.
const WORDING: &[(&str, &str, &str)] = &[
    // The file.
    ("file_empty", "文件是空的。", "The file is empty."),
    (
        "file_too_large",
        "文件太大，最大 {expected}。",
        "The file is too large; at most {expected}.",
    ),
    (
        "unknown_format",
        "不是 Excel（.xlsx）或 CSV 文件。",
        "Neither an Excel workbook (.xlsx) nor a CSV file.",
    ),
    (
        "old_xls",
        "是旧版 .xls 或加了密码的文件，请在 Excel 里另存为不加密的 .xlsx。",
        "An old .xls or a password-protected file; save it as .xlsx without a password.",
    ),
    (
        "has_password",
        "文件加了密码，请在 Excel 里去掉密码后另存为 .xlsx。",
        "The file has a password; take it away in Excel and save it as .xlsx.",
    ),
    (
        "is_web_page",
        "这是网页（HTML 或 XML），只是名字像 Excel 文件；请在 Excel 里打开后另存为 .xlsx。",
        "This is a web page (HTML or XML) that is only called a workbook; open it in Excel and save it as .xlsx.",
    ),
    (
        "takes_too_long",
        "读取时间太长，已停止。请只留下公开用的一张表，或另存为“CSV UTF-8”。",
        "Reading took too long and was stopped. Keep only the sheet to disclose, or save it as \"CSV UTF-8\".",
    ),
    (
        "needs_too_much_memory",
        "表格太大，读不下来，已停止。请删掉多余的内容，只留下公开用的一张表。",
        "The file needs too much memory and was given up. Delete what is not needed and keep only the sheet to disclose.",
    ),
    (
        "not_utf8",
        "CSV 不是 UTF-8 编码，请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。",
        "The CSV file is not UTF-8; in Excel, save it as \"CSV UTF-8 (comma delimited)\".",
    ),
    (
        "workbook_unreadable",
        "打不开这个工作簿，文件可能损坏，请重新另存为 .xlsx。",
        "The workbook cannot be opened and may be damaged; save it as .xlsx again.",
    ),
    (
        "too_many_entries",
        "工作簿里的部件太多，请只留下公开用的一张表。",
        "The workbook has too many parts; keep only the sheet to disclose.",
    ),
    (
        "has_symlink",
        "工作簿里有指向别处的快捷方式，请在 Excel 里重新另存为 .xlsx。",
        "The workbook's archive has a symbolic link; save it as .xlsx again in Excel.",
    ),
    (
        "duplicate_entries",
        "工作簿里有同名的部件，文件可能被改动过，请在 Excel 里重新另存为 .xlsx。",
        "Parts of the workbook have the same name, so it may have been altered; save it as .xlsx again in Excel.",
    ),
    (
        "overlapping_entries",
        "工作簿里的部件互相重叠，文件可能被改动过，请在 Excel 里重新另存为 .xlsx。",
        "Parts of the workbook overlap, so it may have been altered; save it as .xlsx again in Excel.",
    ),
    (
        "odd_archive",
        "工作簿的压缩格式异常，文件可能被改动过，请在 Excel 里重新另存为 .xlsx。",
        "The workbook is packed in an odd way and may have been altered; save it as .xlsx again in Excel.",
    ),
    (
        "unpacks_too_large",
        "工作簿解压后太大，请删掉多余的空行、空列和图片。",
        "The workbook unpacks to too much; delete empty rows, empty columns and pictures.",
    ),
    (
        "has_macros",
        "工作簿里有宏，请另存为不带宏的 .xlsx。",
        "The workbook has macros; save it as .xlsx without macros.",
    ),
    (
        "has_external_links",
        "工作簿引用了别的文件，请把引用的单元格粘贴为数值。",
        "The workbook links to other files; paste the linked cells as values.",
    ),
    (
        "nested_archive",
        "工作簿里嵌了别的文件，请删掉。",
        "Other files are embedded in the workbook; remove them.",
    ),
    (
        "has_dtd",
        "工作簿里有不允许的内容（DTD）。",
        "The workbook contains something that is not allowed (a DTD).",
    ),
    (
        "too_many_rows_of_xlsx",
        "行数太多，工作簿最多 {expected} 行；更多的请另存为“CSV UTF-8”后上传。",
        "Too many rows; a workbook may have {expected}. Save a longer one as \"CSV UTF-8\".",
    ),
    (
        "too_many_rows",
        "行数太多，最多 {expected} 行。",
        "Too many rows; at most {expected}.",
    ),
    // The layout.
    (
        "headings_not_found",
        "前十行里找不到表头（序号、日期、凭证号、摘要、收入(元)、支出(元)……），请用本站的模板。",
        "No headings in the first ten rows (序号, 日期, 凭证号, 摘要, 收入(元), 支出(元) …); use the template.",
    ),
    (
        "heading_missing",
        "缺少表头“{column}”；表头要在同一行，不要合并单元格。",
        "The heading {column} is missing; all headings stand in one row, in cells that are not merged.",
    ),
    (
        "heading_twice",
        "表头“{column}”出现了两次。",
        "The heading {column} appears twice.",
    ),
    (
        "heading_unknown",
        "不认识的表头“{found}”，这一列没有导入。",
        "Unknown heading {found}; this column was not imported.",
    ),
    (
        "unit_not_yuan",
        "“{found}”的单位不是元，请换算成元。",
        "{found} is not in yuan; convert it to yuan.",
    ),
    (
        "pair_missing",
        "缺少“{column}”，请写在表头上方。",
        "{column} is missing; write it above the headings.",
    ),
    (
        "pair_twice",
        "“{column}”出现了两次。",
        "{column} appears twice.",
    ),
    (
        "pair_differs",
        "表里写的“{column}”是 {found}，填报的是 {expected}。",
        "The sheet says {found} for {column}, but {expected} was given.",
    ),
    (
        "period_unreadable",
        "看不懂期间“{found}”，请写成 2026-10、2026-Q4 或 2026。",
        "Cannot read the period {found}; write 2026-10, 2026-Q4 or 2026.",
    ),
    // A cell.
    ("cell_missing", "“{column}”是空的。", "{column} is empty."),
    (
        "cell_error",
        "单元格是错误值 {found}。",
        "The cell holds the error {found}.",
    ),
    (
        "formula_without_value",
        "单元格是公式，但没有算出的值；请在 Excel 里打开并保存，或粘贴为数值。",
        "The cell is a formula without its value; open and save the file in Excel, or paste values.",
    ),
    (
        "not_an_amount",
        "“{found}”不是金额。",
        "{found} is not an amount of money.",
    ),
    (
        "too_many_decimals",
        "金额 {found} 超过两位小数。",
        "The amount {found} has more than two decimals.",
    ),
    (
        "amount_too_large",
        "金额 {found} 太大。",
        "The amount {found} is too large.",
    ),
    (
        "date_unreadable",
        "看不懂日期“{found}”，请写成 2026-10-03。",
        "Cannot read the date {found}; write 2026-10-03.",
    ),
    (
        "not_a_number",
        "“{found}”不是整数。",
        "{found} is not a whole number.",
    ),
    (
        "became_a_date",
        "Excel 把这一格变成了日期，请把这一列设为“文本”后重填。",
        "Excel turned this cell into a date; format the column as text and type it again.",
    ),
    (
        "text_too_long",
        "文字太长，最多 {expected} 个字。",
        "The text is too long; at most {expected} characters.",
    ),
    (
        "bad_text",
        "文字里有不允许的控制字符。",
        "The text contains control characters.",
    ),
    // Sums and order.
    (
        "total_wrong",
        "合计行写的是 {found}，各行相加是 {expected}。",
        "The total row says {found}; the lines add up to {expected}.",
    ),
    (
        "row_after_total",
        "合计行下面还有金额，请把它移到合计行上面。",
        "There is an amount below the total row; move it above.",
    ),
    (
        "opening_not_last_closing",
        "期初余额 {found} 与上期期末余额 {expected} 不一致。",
        "The opening balance {found} is not the last closing balance {expected}.",
    ),
    (
        "closing_wrong",
        "期末余额写的是 {found}，期初余额＋收入－支出是 {expected}。",
        "The closing balance says {found}; opening + income − expense is {expected}.",
    ),
    (
        "balance_wrong",
        "余额写的是 {found}，按上一行推算是 {expected}。",
        "The balance says {found}; from the line above it follows that it is {expected}.",
    ),
    (
        "carried_wrong",
        "结转行的余额是 {found}，期初余额是 {expected}。",
        "The balance carried over is {found}; the opening balance is {expected}.",
    ),
    (
        "amount_missing",
        "收入和支出都是空的。",
        "Neither income nor expense.",
    ),
    (
        "income_and_expense",
        "同一行既有收入又有支出，请分成两行。",
        "Both income and expense in one line; split it into two.",
    ),
    (
        "negative_amount",
        "金额 {found} 是负数；冲红请在另一边写成正数。",
        "The amount {found} is negative; write a correction as a positive amount on the other side.",
    ),
    (
        "date_outside_period",
        "日期 {found} 不在期间 {expected} 之内。",
        "The date {found} is not within {expected}.",
    ),
    (
        "line_number_order",
        "序号 {found} 重复或没有从小到大。",
        "The number {found} repeats or does not rise.",
    ),
    // Warnings.
    (
        "account_unknown",
        "会计科目表（2024）里没有科目 {found}。",
        "The 2024 chart of accounts has no account {found}.",
    ),
    (
        "no_lines",
        "表里一笔收支也没有。",
        "There is not a single line.",
    ),
    ("voucher_missing", "没有凭证号。", "No voucher number."),
    (
        "more_errors",
        "另外还有 {found} 处，没有一一列出。",
        "And {found} more that are not listed.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_ledger_has_words() {
        for code in domain::disclosure::check::CODES {
            assert!(has_words(code), "{code}");
        }
    }

    #[test]
    fn no_code_has_two_wordings_or_no_use() {
        let sources = [
            include_str!("mod.rs"),
            include_str!("cell.rs"),
            include_str!("layout.rs"),
            include_str!("lines.rs"),
            include_str!("pairs.rs"),
            include_str!("text.rs"),
            include_str!("workbook.rs"),
            include_str!("archive.rs"),
            include_str!("problem.rs"),
            include_str!("../reader/mod.rs"),
        ]
        .concat();
        for (code, ..) in WORDING {
            let of_domain = domain::disclosure::check::CODES.contains(code);
            let uses = sources.matches(&format!("\"{code}\"")).count();
            assert!(of_domain || uses >= 2, "{code} is used nowhere");
            assert_eq!(WORDING.iter().filter(|(key, ..)| key == code).count(), 1);
        }
    }

    #[test]
    fn says_where_and_what() {
        let problem = CellProblem {
            sheet: "账".to_owned(),
            row: Some(12),
            column: "支出(元)".to_owned(),
            cell: Some("F12".to_owned()),
            code: Cow::Borrowed("not_an_amount"),
            expected: String::new(),
            found: "{column}".to_owned(),
        };
        assert_eq!(problem.detail().zh, "F12：“{column}”不是金额。");
        let mut list = Vec::new();
        for _ in 0..203 {
            push(&mut list, problem.clone());
        }
        assert_eq!(list.len(), 201);
        let last = list
            .last()
            .map(|more| (more.code.as_ref(), more.found.as_str()));
        assert_eq!(last, Some(("more_errors", "3")));
    }
}
