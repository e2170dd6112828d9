//! The empty workbook that an accountant fills in: the sheet, and a page that says what goes where.

use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::table::{Class, Layout, Type};
use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};

use super::export::write_t1;
use super::sheet::HINTS_SHEET;
use super::tables;
use crate::spreadsheet::new_workbook;

/// Empty rows of the template; more are inserted above the total row.
const BLANK_ROWS: u32 = 40;

/// What the second sheet says of a ledger.
const LEDGER_HINTS: [&str; 9] = [
    "1. 村名、期间、期初余额、期末余额填在第二行；期间写成 2026-10（月）、2026-Q4（季度）或 2026（年）。",
    "2. 一笔收支填一行，不要合并单元格；收入和支出不要填在同一行。单位是元，最多两位小数。",
    "3. 序号从小到大，不要重复；日期写成 2026-10-03，要在期间之内。",
    "4. 余额可以不填，由系统推算；填了就会核对。期初余额＋收入－支出要等于期末余额。",
    "5. 期初余额要等于上一期的期末余额。",
    "6. 科目编码按 2024 年起施行的《农村集体经济组织会计制度》，例如 513 管理费用；明细科目可写 51301。2023 年及以前的账按 2004 年的科目表；要用另一张科目表，在第二行加“科目表版本”和 2004 或 2024。",
    "7. 冲红请在另一边写成正数，例如多付的钱退回来，写一笔收入。",
    "8. 行数不够就在“合计”上面插入行；合计可以不填，填了就会核对。",
    "9. 身份证号、银行卡号、电话号码不要写进表里，有了就不能导入。",
];

/// What every other sheet has in common.
const HINTS: [(&str, &str); 4] = [
    (
        "村名、期间填在第二行；期间写成 2026-10（月）、2026-Q4（季度）或 2026（年）。单位是元，不是万元。",
        "Village and period stand in the second row, the period as 2026-10, 2026-Q4 or 2026. Amounts are in yuan.",
    ),
    (
        "一项填一行；数字和序号不要合并单元格。行数不够就在合计上面插入行；合计可以不填，填了就会核对。",
        "One matter a row; no merged figures. Insert rows above the totals; totals may be blank and are checked if not.",
    ),
    (
        "身份证号、银行卡号、电话号码、住址门牌不要写进表里，有了就不能导入；残疾和疾病的种类也不要写，写了网上会遮住。",
        "No identity, card or telephone numbers and no addresses: such a sheet is refused. No kinds of disability or illness either: they are masked on the web.",
    ),
    (
        "改表头的顺序没有关系，表头的字不要改；不用的列可以删掉（必填的除外）。",
        "Columns may stand in any order under the same headings; those that are not required may be deleted.",
    ),
];

/// The empty workbook of a kind. The same bytes every time.
///
/// # Errors
/// Only if a layout itself were one that Excel refuses, which the tests exclude.
pub fn template(kind: DisclosureKind) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet();
    match Layout::of(kind) {
        None => {
            sheet.set_name("收支逐笔公开表")?;
            write_t1(sheet, "村级财务收支逐笔公开表", None, &[], BLANK_ROWS)?;
            let hints = workbook.add_worksheet();
            hints.set_name(HINTS_SHEET)?;
            hints.set_column_width(0, 110)?;
            for (row, hint) in (0_u32..).zip(LEDGER_HINTS) {
                hints.write_string(row, 0, hint)?;
            }
        }
        Some(layout) => {
            sheet.set_name(kind.name())?;
            let title = format!("村级{}", kind.name());
            tables::write(sheet, &title, None, layout, &[], BLANK_ROWS)?;
            explain(&mut workbook, layout)?;
        }
    }
    workbook.save_to_buffer()
}

/// The page of hints: each column, whether it must be there, what goes in and how it may look; then sentences.
fn explain(workbook: &mut Workbook, layout: &Layout) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(HINTS_SHEET)?;
    let boxed = Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_num_format("@");
    let bold = boxed.clone().set_bold();
    for (column, (heading, width)) in (0_u16..).zip([
        ("列名", 24),
        ("Heading", 24),
        ("必填 Required", 10),
        ("填什么", 44),
        ("What to write", 44),
        ("例子 Example", 26),
        ("网上怎么显示 On the open web", 26),
    ]) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    let mut row = 1;
    for column in layout.columns {
        let shown = match column.class {
            Class::Open => "照原样 As it is",
            Class::Party => "个人只显示姓，单位显示全称 Of persons the surname",
            Class::Person | Class::People => "只显示姓 The surname",
        };
        let hint = match column.kind {
            Type::Number => ("从小到大；不填就自动编", "Rising; blank: counted"),
            _ => (column.hint, column.hint_en),
        };
        let required = if column.required { "是 yes" } else { "" };
        let cells = [
            column.heading,
            column.english,
            required,
            hint.0,
            hint.1,
            column.example,
            shown,
        ];
        for (at, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, &boxed)?;
        }
        row += 1;
    }
    row += 1;
    for (zh, en) in layout.hints.iter().copied().chain(HINTS) {
        sheet.write_string(row, 0, zh)?;
        sheet.write_string(row + 1, 0, en)?;
        row += 2;
    }
    Ok(())
}
