//! Where the columns stand in a sheet of the T1 layout: a row of headings within the first ten rows, in any
//! order.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::disclosure::ledger::Column;

use super::grid::{Cell, Findings, Grid, Place, label};

/// The headings stand within this many rows.
pub const HEADING_ROWS: u32 = 10;
/// A row with this many known headings is the row of headings.
const FEW_HEADINGS: usize = 3;

/// The columns without which a line is not known to be true; the others may be missing with a warning.
const REQUIRED: [Column; 7] = [
    Column::No,
    Column::Date,
    Column::VoucherNo,
    Column::Summary,
    Column::Income,
    Column::Expense,
    Column::Balance,
];

/// What stands where.
pub struct Layout {
    /// The row of headings, counted from 1.
    pub heading_row: u32,
    /// Column by heading, counted from 0.
    pub columns: BTreeMap<Column, u16>,
}

/// The column that a heading means; other words than the layout's are understood where nobody can doubt.
fn column(base: &str) -> Option<Column> {
    Some(match base {
        "序号" => Column::No,
        "日期" | "记账日期" | "业务日期" => Column::Date,
        "凭证号" | "凭证编号" | "凭证字号" => Column::VoucherNo,
        "摘要" => Column::Summary,
        "收入" | "收入金额" => Column::Income,
        "支出" | "支出金额" => Column::Expense,
        "余额" | "结余" => Column::Balance,
        "科目编码" | "科目代码" => Column::AccountCode,
        "资金来源" => Column::FundSource,
        "收款单位" | "收款人" => Column::Payee,
        "经手人" => Column::HandledBy,
        "证明人" => Column::WitnessedBy,
        "审批人" => Column::ApprovedBy,
        "附件数" | "附件" | "附件张数" => Column::FileCount,
        _ => return None,
    })
}

/// Finds the headings and names those that are missing; `None` when there is no row of headings at all.
pub fn headings(grid: &Grid, findings: &mut Findings) -> Option<Layout> {
    let known = |cell: &Cell| match cell {
        Cell::Text(text) => column(&label(text).0),
        _ => None,
    };
    let mut best: Option<(usize, u32)> = None;
    for (number, row) in grid.rows.range(..=HEADING_ROWS) {
        let count = row.values().filter_map(known).count();
        if count >= FEW_HEADINGS && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, *number));
        }
    }
    let Some((_, heading_row)) = best else {
        findings.error(Place::FILE, "headings_not_found", ["", ""]);
        return None;
    };
    let mut columns = BTreeMap::new();
    for (index, cell) in grid.rows.get(&heading_row).into_iter().flatten() {
        let shown = cell.shown();
        let place = |heading| Place {
            row: Some(heading_row),
            column: Some(*index),
            heading,
        };
        let Some(found) = known(cell) else {
            findings.warn(place(&shown), "heading_unknown", ["", &shown]);
            continue;
        };
        if label(&shown).1.contains('万') {
            findings.error(place(found.heading()), "unit_not_yuan", ["", &shown]);
        }
        if let Entry::Vacant(free) = columns.entry(found) {
            free.insert(*index);
        } else {
            findings.error(place(found.heading()), "heading_twice", ["", &shown]);
        }
    }
    for missing in Column::ALL {
        let place = Place {
            row: Some(heading_row),
            column: None,
            heading: missing.heading(),
        };
        if columns.contains_key(&missing) {
        } else if REQUIRED.contains(&missing) {
            findings.error(place, "heading_missing", ["", ""]);
        } else {
            findings.warn(place, "heading_missing", ["", ""]);
        }
    }
    Some(Layout {
        heading_row,
        columns,
    })
}
