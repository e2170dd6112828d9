//! What stands above the headings: village, period and the two balances, each a label and its value.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::ledger::{CLOSING_LABEL, OPENING_LABEL};
use domain::disclosure::period::Period;
use domain::money::Fen;
use unicode_normalization::UnicodeNormalization as _;

use super::Pairs;
use super::cell;
use super::grid::{Cell, Findings, Grid, Place, label};
use super::layout::HEADING_ROWS;

/// The label of the village.
pub const VILLAGE_LABEL: &str = "村名";
/// The label of the period.
pub const PERIOD_LABEL: &str = "期间";
/// The label of the chart of accounts.
pub const CHART_LABEL: &str = "科目表版本";

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
    /// The chart of accounts, where somebody says it.
    pub chart: Pair<ChartVersion>,
}

impl Top {
    /// The chart of accounts: what is said, else the one in force in the period.
    #[must_use]
    pub fn chart(&self) -> ChartVersion {
        let of_period = || self.period.value.map(ChartVersion::of);
        self.chart.value.or_else(of_period).unwrap_or_default()
    }
}

/// The label of the layout that `base` means.
pub(super) fn pair_label(base: &str) -> Option<&'static str> {
    Some(match base {
        "村名" | "村名称" | "单位名称" => VILLAGE_LABEL,
        "期间" | "会计期间" | "公开期间" | "所属期间" => PERIOD_LABEL,
        "期初余额" | "上期余额" | "上期结余" => OPENING_LABEL,
        "期末余额" | "本期余额" | "本期结余" => CLOSING_LABEL,
        "科目表版本" | "科目表" | "会计科目表" | "会计科目表版本" | "会计科目版本" | "会计制度" => {
            CHART_LABEL
        }
        _ => return None,
    })
}

/// Whether a remark says that the whole sheet counts in 万元: `单位：万元`, or `万元` right of `单位`.
fn in_ten_thousands(text: &str) -> bool {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    plain == "万元" || plain.contains("单位:万元")
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
                if in_ten_thousands(text) {
                    let place = Place {
                        row: Some(*number),
                        column: Some(*column),
                        heading: "",
                    };
                    findings.error(place, "unit_not_yuan", ["", &cell.shown()]);
                }
                let (before, after) = text.split_once([':', '：']).unwrap_or((text.as_str(), ""));
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
                    value = Some(Cell::Text(after.trim().into()));
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
/// two different things is an error; of the village's name, which people shorten, a warning. Balances are asked for
/// only `of_ledger`.
pub fn top(
    grid: &Grid,
    below: u32,
    given: &Pairs,
    of_ledger: bool,
    findings: &mut Findings,
) -> Top {
    let mut found = pairs(grid, below, findings);
    let mut settle = Settle {
        findings,
        found: &mut found,
    };
    let village = settle.pair(VILLAGE_LABEL, given.village.as_deref(), |cell| {
        cell::words(Some(cell), 100)?.ok_or_else(|| ("cell_missing", String::new()))
    });
    let period = settle.pair(PERIOD_LABEL, given.period.as_deref(), period);
    let chart = settle.pair(CHART_LABEL, given.chart.as_deref(), |cell| {
        let text = match cell {
            Cell::Text(text) | Cell::Number(text) => text.as_str(),
            _ => "",
        };
        ChartVersion::parse_loosely(text).ok_or_else(|| ("chart_unknown", String::new()))
    });
    let mut balance = |label, given: Option<&str>| {
        if !of_ledger {
            return Pair {
                value: None,
                row: None,
            };
        }
        settle.pair(label, given, |cell| {
            cell::amount(Some(cell))?.ok_or_else(|| ("not_an_amount", String::new()))
        })
    };
    Top {
        opening: balance(OPENING_LABEL, given.opening.as_deref()),
        closing: balance(CLOSING_LABEL, given.closing.as_deref()),
        village,
        period,
        chart,
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
        Cell::Uncalculated => Err(("formula_without_value", String::new())),
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
        let given = given.map(|text| (text.to_owned(), read(&Cell::Text(text.into()))));
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
            // The period says which chart it is.
            (None, None) if label == CHART_LABEL => {}
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
