//! Where things stand in a sheet of the T1 layout: the row of headings within the first ten rows, in any
//! order, and above it the pairs of label and value.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use domain::disclosure::ledger::{CLOSING_LABEL, Column, OPENING_LABEL};
use domain::disclosure::period::Period;
use domain::money::Fen;

use super::Pairs;
use super::cell;
use super::grid::{Cell, Findings, Grid, Place, label};

/// The headings stand within this many rows.
const HEADING_ROWS: u32 = 10;
/// A row with this many known headings is the row of headings.
const FEW_HEADINGS: usize = 3;

/// The label of the village.
pub const VILLAGE_LABEL: &str = "村名";
/// The label of the period.
pub const PERIOD_LABEL: &str = "期间";

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

/// A value above the headings, and its row where it was read from the sheet.
#[derive(Debug, Clone)]
pub struct Pair<T> {
    /// What it says.
    pub value: Option<T>,
    /// The row of it, counted from 1.
    pub row: Option<u32>,
}

/// What stands above the headings.
#[derive(Debug)]
pub struct Top {
    /// The village's name.
    pub village: Pair<String>,
    /// The period.
    pub period: Pair<Period>,
    /// What was there at the beginning.
    pub opening: Pair<Fen>,
    /// What is there at the end.
    pub closing: Pair<Fen>,
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
        if columns.contains_key(&found) {
            findings.error(place(found.heading()), "heading_twice", ["", &shown]);
        } else {
            columns.insert(found, *index);
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

/// The label of the layout that `base` means.
fn pair_label(base: &str) -> Option<&'static str> {
    Some(match base {
        "村名" | "村名称" | "单位名称" => VILLAGE_LABEL,
        "期间" | "会计期间" | "公开期间" | "所属期间" => PERIOD_LABEL,
        "期初余额" | "上期余额" | "上期结余" => OPENING_LABEL,
        "期末余额" | "本期余额" | "本期结余" => CLOSING_LABEL,
        _ => return None,
    })
}

/// A value above the headings and where it stands.
struct Found {
    row: u32,
    column: u16,
    value: Cell,
}

/// The pairs in the rows above the headings: a label and, right of it, its value; or both in one cell with
/// a colon between them.
fn pairs(grid: &Grid, below: u32, findings: &mut Findings) -> BTreeMap<&'static str, Found> {
    let mut found = BTreeMap::new();
    for (number, row) in grid.rows.range(..below.min(HEADING_ROWS + 1)) {
        let mut asked: Option<&'static str> = None;
        for (column, cell) in row {
            let (mut said, mut value) = (None, None);
            if let Cell::Text(text) = cell {
                let (before, after) = text.split_once([':', '：']).unwrap_or((text, ""));
                let (base, note) = label(before);
                said = pair_label(&base);
                if said.is_some() && note.contains('万') {
                    let place = Place {
                        row: Some(*number),
                        column: Some(*column),
                        heading: said.unwrap_or_default(),
                    };
                    findings.error(place, "unit_not_yuan", ["", &cell.shown()]);
                }
                if said.is_some() && !after.trim().is_empty() {
                    value = Some(Cell::Text(after.trim().to_owned()));
                }
            }
            let (named, value) = match (said, value, asked) {
                (Some(said), Some(value), _) => (said, value),
                (Some(said), None, _) => {
                    asked = Some(said);
                    continue;
                }
                (None, _, Some(asked)) => (asked, cell.clone()),
                (None, _, None) => continue,
            };
            asked = None;
            let here = Found {
                row: *number,
                column: *column,
                value,
            };
            if found.contains_key(named) {
                let place = Place {
                    row: Some(*number),
                    column: Some(*column),
                    heading: named,
                };
                findings.error(place, "pair_twice", ["", &here.value.shown()]);
            } else {
                found.insert(named, here);
            }
        }
    }
    found
}

/// What stands above the headings or, where the sheet says nothing, what was given with the upload. Saying
/// two different things is an error; of the village's name, which people shorten, a warning.
pub fn top(grid: &Grid, below: u32, given: &Pairs, findings: &mut Findings) -> Top {
    let mut found = pairs(grid, below, findings);
    let mut settle = Settle {
        findings,
        found: &mut found,
    };
    let village = settle.pair(VILLAGE_LABEL, given.village.as_deref(), |cell| {
        cell::words(Some(cell), 100)?.ok_or_else(|| ("cell_missing", String::new()))
    });
    let period = settle.pair(PERIOD_LABEL, given.period.as_deref(), period);
    let mut balance = |label, given: Option<&str>| {
        settle.pair(label, given, |cell| {
            cell::amount(Some(cell))?.ok_or_else(|| ("not_an_amount", String::new()))
        })
    };
    Top {
        opening: balance(OPENING_LABEL, given.opening.as_deref()),
        closing: balance(CLOSING_LABEL, given.closing.as_deref()),
        village,
        period,
    }
}

/// A period as the sheet has it. Excel turns a typed `2026-10` into the first day of that month.
fn period(cell: &Cell) -> Result<Period, cell::Bad> {
    let unreadable = || ("period_unreadable", String::new());
    match cell {
        Cell::Text(text) => Period::parse_loosely(text).map_err(|_| unreadable()),
        // 2026.1 may have been 2026.10 once, so of numbers only a year is taken.
        Cell::Number(text) => Period::parse(text).map_err(|_| unreadable()),
        Cell::Day(Some(day)) if day.day() == 1 => {
            Period::parse(&format!("{:04}-{:02}", day.year(), day.month()))
                .map_err(|_| unreadable())
        }
        Cell::Day(_) | Cell::Strange(_) => Err(unreadable()),
    }
}

/// Puts what the sheet says beside what was given.
struct Settle<'a> {
    findings: &'a mut Findings,
    found: &'a mut BTreeMap<&'static str, Found>,
}

impl Settle<'_> {
    fn pair<T: PartialEq>(
        &mut self,
        label: &'static str,
        given: Option<&str>,
        read: impl Fn(&Cell) -> Result<T, cell::Bad>,
    ) -> Pair<T> {
        let here = self.found.remove(label);
        let place = Place {
            row: here.as_ref().map(|found| found.row),
            column: here.as_ref().map(|found| found.column),
            heading: label,
        };
        let said = here
            .as_ref()
            .map(|found| (found.value.shown(), read(&found.value)));
        let given = given.map(str::trim).filter(|text| !text.is_empty());
        let given = given.map(|text| (text.to_owned(), read(&Cell::Text(text.to_owned()))));
        let mut value = None;
        for (place, side) in [
            (
                Place {
                    row: None,
                    column: None,
                    ..place
                },
                &given,
            ),
            (place, &said),
        ] {
            if let Some((shown, Err((code, expected)))) = side {
                self.findings.error(place, code, [expected, shown]);
            }
        }
        match (said, given) {
            (None, None) if label == VILLAGE_LABEL => {
                self.findings.warn(place, "pair_missing", ["", ""]);
            }
            (None, None) => self.findings.error(place, "pair_missing", ["", ""]),
            (Some((found, Ok(said))), Some((expected, Ok(given)))) => {
                if said == given {
                } else if label != VILLAGE_LABEL {
                    self.findings
                        .error(place, "pair_differs", [&expected, &found]);
                } else if !(expected.contains(&found) || found.contains(&expected)) {
                    self.findings
                        .warn(place, "pair_differs", [&expected, &found]);
                }
                value = Some(said);
            }
            (Some((_, Ok(said))), _) => value = Some(said),
            (_, Some((_, Ok(given)))) => value = Some(given),
            _ => {}
        }
        Pair {
            value,
            row: place.row,
        }
    }
}
