//! What every table is checked for, and the tools with which a kind checks what is its own.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use super::exact::Exact;
use super::{Column, Course, Layout, Table, TableRow, Type, Value};
use crate::disclosure::chart::{ChartVersion, Side};
use crate::disclosure::kind::DisclosureKind;
use crate::disclosure::period::Period;
use crate::money::Fen;
use crate::time::Day;

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Grade {
    /// A figure that does not follow from the others of the same table.
    Error,
    /// A figure that does not go on from what is published of the period before.
    Chain,
    /// Something that somebody should look at.
    Warning,
}

/// What is wrong with a table, or rather with one of its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableFault {
    /// Index into [`Table::rows`]; `None` for the table as a whole.
    pub row: Option<usize>,
    /// The heading of the column; empty for a whole row or table.
    pub column: &'static str,
    /// What is wrong, one of [`CODES`].
    pub code: &'static str,
    /// What should stand there; empty where nothing can be said.
    pub expected: String,
    /// What stands there.
    pub found: String,
    /// How much it weighs.
    pub grade: Grade,
}

/// Every [`TableFault::code`].
pub const CODES: [&str; 34] = [
    "line_number_order",
    "row_twice",
    "row_gone",
    "same_as_last",
    "changed_from_last",
    "less_than_last",
    "price_jumped",
    "product_wrong",
    "difference_wrong",
    "sum_wrong",
    "assets_not_equal",
    "item_missing",
    "item_unknown",
    "item_twice",
    "percent_of_nothing",
    "percent_wrong",
    "not_last_closing",
    "old_debts_differ",
    "year_opening_differs",
    "year_to_date_wrong",
    "year_to_date_less",
    "details_exceed",
    "last_year_differs",
    "more_than_limit",
    "days_order",
    "day_after_period",
    "day_outside_period",
    "years_differ",
    "reason_missing",
    "contract_ends",
    "rent_owed",
    "income_missing",
    "ledger_differs",
    "ledger_sum_differs",
];

/// The codes that speak of the figures of one row alone: they hold whatever becomes of its words.
const FIGURE_CODES: [&str; 5] = [
    "product_wrong",
    "difference_wrong",
    "percent_of_nothing",
    "percent_wrong",
    "more_than_limit",
];

/// The codes that speak of one row alone, beside [`FIGURE_CODES`].
const WORD_CODES: [&str; 7] = [
    "days_order",
    "day_after_period",
    "day_outside_period",
    "years_differ",
    "reason_missing",
    "contract_ends",
    "rent_owed",
];

impl TableFault {
    /// Whether it speaks of the figures of one row alone: it holds whatever becomes of the row's words and of other
    /// rows. The price of a project is the contract's and its changes', all in one row; elsewhere sums are of several.
    #[must_use]
    pub fn is_of_figures(&self, kind: DisclosureKind) -> bool {
        let sum = kind == DisclosureKind::Projects && self.code == "sum_wrong";
        self.row.is_some() && (sum || FIGURE_CODES.contains(&self.code))
    }

    /// Whether it speaks of one row alone: it holds whatever becomes of the others.
    #[must_use]
    pub fn is_of_row(&self, kind: DisclosureKind) -> bool {
        self.is_of_figures(kind) || WORD_CODES.contains(&self.code)
    }
}

/// The column that numbers the paper of a row, another with each.
const VOUCHER: &str = "voucher_no";

/// How many percent above last period's a unit price is worth a look.
const JUMP_PERCENT: i128 = 40;

/// What is published beside a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// The table of the period that ends on the day before; where there is none, the last one before that.
    pub previous: Option<(Period, Table)>,
    /// Whether something lies between that one and this: what happened then nobody has published, so that figures which
    /// do not go on are pointed out and not refused.
    pub is_gap: bool,
    /// The table of the same period a year before.
    pub last_year: Option<Table>,
    /// What the ledger of the period before left.
    pub ledger_before: Option<Fen>,
    /// What the ledger of this period, or of the month that it ends with, leaves.
    pub ledger_now: Option<Fen>,
    /// What the ledgers of this period come to, where all of them are published.
    pub turnover: Option<Turnover>,
}

/// What ledgers come to by account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnover {
    /// The chart that its codes belong to.
    pub chart: ChartVersion,
    /// What came in and what went out under each code, in fen.
    pub accounts: BTreeMap<String, (i64, i64)>,
}

impl Turnover {
    /// What came to an account and those below it, more than was taken back: of income what came in, of expense what
    /// went out. `None` where no line is about it.
    #[must_use]
    pub fn of(&self, code: &str, side: Side) -> Option<i64> {
        let below = self
            .accounts
            .iter()
            .filter(|(own, _)| own.starts_with(code));
        let sums = below.map(|(_, (income, expense))| match side {
            Side::Income => income.saturating_sub(*expense),
            Side::Expense => expense.saturating_sub(*income),
        });
        sums.reduce(i64::saturating_add)
    }
}

/// A table being checked.
pub struct Checking<'a> {
    /// Its layout.
    pub layout: &'static Layout,
    /// Its rows.
    pub rows: &'a [TableRow],
    /// Its period.
    pub period: Period,
    /// The chart its account codes belong to.
    pub chart: ChartVersion,
    /// What is published beside it.
    pub around: &'a Around,
    faults: Vec<TableFault>,
}

impl Table {
    /// Everything that does not hold or needs a look, in the order of the checks; empty when all is well.
    #[must_use]
    pub fn check(&self, period: Period, chart: ChartVersion, around: &Around) -> Vec<TableFault> {
        let Some(layout) = Layout::of(self.kind) else {
            return Vec::new();
        };
        let mut checking = Checking {
            layout,
            rows: &self.rows,
            period,
            chart,
            around,
            faults: Vec::new(),
        };
        checking.numbers();
        checking.twins();
        (layout.check)(&mut checking);
        checking.beside_last();
        if around.is_gap {
            for fault in &mut checking.faults {
                if fault.grade == Grade::Chain {
                    fault.grade = Grade::Warning;
                }
            }
        }
        checking.faults
    }

    /// Whether every row says what a row of `other` says, in the same order, but for its days.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        let layout = Layout::of(self.kind).filter(|_| self.kind == other.kind);
        layout.is_some_and(|layout| are_same(layout, &self.rows, &other.rows))
    }
}

/// Whether there are rows, and each says what the other's does, but for its days and vouchers: whoever copies last
/// period's table changes those at least.
fn are_same(layout: &Layout, rows: &[TableRow], others: &[TableRow]) -> bool {
    let cell = |((one, two), column): ((&Option<Value>, &Option<Value>), &Column)| {
        let both_days = matches!((one, two), (Some(Value::Day(_)), Some(Value::Day(_))));
        one == two || both_days || column.key == VOUCHER && one.is_some() == two.is_some()
    };
    let row = |(one, two): (&TableRow, &TableRow)| {
        let both = one.cells.iter().zip(&two.cells);
        one.cells.len() == two.cells.len() && both.zip(layout.columns).all(cell)
    };
    !rows.is_empty() && rows.len() == others.len() && rows.iter().zip(others).all(row)
}

impl<'a> Checking<'a> {
    /// A table only to be added up, not compared with anything.
    #[must_use]
    pub fn alone(
        layout: &'static Layout,
        rows: &'a [TableRow],
        period: Period,
        chart: ChartVersion,
        around: &'a Around,
    ) -> Self {
        Self {
            layout,
            rows,
            period,
            chart,
            around,
            faults: Vec::new(),
        }
    }

    /// The value of a cell.
    #[must_use]
    pub fn value<'r>(&self, row: &'r TableRow, key: &str) -> Option<&'r Value> {
        row.cells.get(self.layout.index(key)?)?.as_ref()
    }

    /// An amount, in fen.
    pub(super) fn fen(&self, row: &TableRow, key: &str) -> Option<i64> {
        match self.value(row, key)? {
            Value::Fen(fen) => Some(fen.0),
            _ => None,
        }
    }

    /// An amount, 0 where blank.
    pub(super) fn fen_or_zero(&self, row: &TableRow, key: &str) -> i64 {
        self.fen(row, key).unwrap_or(0)
    }

    pub(super) fn exact(&self, row: &TableRow, key: &str) -> Option<Exact> {
        match self.value(row, key)? {
            Value::Exact(exact) => Some(*exact),
            _ => None,
        }
    }

    pub(super) fn day(&self, row: &TableRow, key: &str) -> Option<Day> {
        match self.value(row, key)? {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    pub(super) fn text<'r>(&self, row: &'r TableRow, key: &str) -> Option<&'r str> {
        match self.value(row, key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The word of a cell, as the API has it.
    pub(super) fn word(&self, row: &TableRow, key: &str) -> Option<&'static str> {
        let column = self.layout.columns.get(self.layout.index(key)?)?;
        match (self.value(row, key)?, column.kind) {
            (Value::Word(index), Type::Word(words)) => {
                words.get(usize::from(*index)).map(|word| word.code)
            }
            _ => None,
        }
    }

    /// By what a row is the same matter as another: these cells as written.
    pub(super) fn key(&self, row: &TableRow, columns: &[&str]) -> String {
        self.layout.key(row, columns)
    }

    /// Writes down a fault of a cell.
    pub(super) fn fault(
        &mut self,
        grade: Grade,
        row: usize,
        key: &str,
        code: &'static str,
        expected: String,
    ) {
        let column = self.layout.index(key);
        let column = column.and_then(|index| self.layout.columns.get(index));
        let found = self.rows.get(row).and_then(|row| self.value(row, key));
        let found = column.zip(found);
        self.faults.push(TableFault {
            row: Some(row),
            column: column.map_or("", |column| column.heading),
            code,
            expected,
            found: found
                .map(|(column, value)| column.written(value))
                .unwrap_or_default(),
            grade,
        });
    }

    /// Writes down a fault of the table as a whole.
    pub(super) fn of_all(
        &mut self,
        grade: Grade,
        column: &'static str,
        code: &'static str,
        [expected, found]: [String; 2],
    ) {
        self.faults.push(TableFault {
            row: None,
            column,
            code,
            expected,
            found,
            grade,
        });
    }

    /// An amount that must be exactly another, where both are there.
    pub(super) fn must_be(
        &mut self,
        row: usize,
        key: &str,
        expected: Option<i64>,
        code: &'static str,
    ) {
        let found = self.rows.get(row).and_then(|row| self.fen(row, key));
        if let (Some(found), Some(expected)) = (found, expected)
            && found != expected
        {
            let expected = Fen(expected).to_yuan();
            self.fault(Grade::Error, row, key, code, expected);
        }
    }

    /// Two days that may not stand the other way round.
    pub(super) fn in_order(&mut self, row: usize, earlier: &str, later: &str) {
        let Some(cells) = self.rows.get(row) else {
            return;
        };
        if let (Some(first), Some(second)) = (self.day(cells, earlier), self.day(cells, later))
            && second < first
        {
            let expected = format!(">= {first}");
            self.fault(Grade::Error, row, later, "days_order", expected);
        }
    }

    /// A day that has come by the end of the period.
    pub(super) fn has_come(&mut self, row: usize, key: &str) {
        let last = self.period.last_day();
        let day = self.rows.get(row).and_then(|cells| self.day(cells, key));
        if day.is_some_and(|day| day > last) {
            let expected = format!("<= {last}");
            self.fault(Grade::Error, row, key, "day_after_period", expected);
        }
    }

    /// A day within the period.
    pub(super) fn within(&mut self, grade: Grade, row: usize, key: &str) {
        let day = self.rows.get(row).and_then(|cells| self.day(cells, key));
        if day.is_some_and(|day| !self.period.contains(day)) {
            let (first, last) = (self.period.first_day(), self.period.last_day());
            let expected = format!("{first}..{last}");
            self.fault(grade, row, key, "day_outside_period", expected);
        }
    }

    /// What a column adds up to over some rows. A row of a detail account is left out where its account has a row
    /// of its own, which holds it already.
    #[must_use]
    pub fn sum(&self, index: usize, counts: impl Fn(&TableRow) -> bool) -> Option<Value> {
        let column = self.layout.columns.get(index)?;
        let accounts = self.layout.columns.iter();
        let account = accounts
            .clone()
            .position(|column| column.kind == Type::Account);
        let code = |row: &'a TableRow| match row.cells.get(account?)?.as_ref()? {
            Value::Text(code) => Some(code.as_str()),
            _ => None,
        };
        let codes: HashSet<&str> = self.rows.iter().filter_map(code).collect();
        let is_detail = |row: &'a TableRow| {
            code(row).is_some_and(|code| {
                let mut shorter = (1..code.len()).filter_map(|end| code.get(..end));
                shorter.any(|account| codes.contains(account))
            })
        };
        let mut sum = 0_i128;
        for row in self.rows {
            if !counts(row) || is_detail(row) {
                continue;
            }
            sum += match row.cells.get(index).and_then(Option::as_ref) {
                Some(Value::Fen(fen)) => i128::from(fen.0),
                Some(Value::Exact(exact)) => i128::from(exact.0),
                _ => 0,
            };
        }
        let sum = i64::try_from(sum).unwrap_or(i64::MAX);
        Some(if column.kind.is_money() {
            Value::Fen(Fen(sum))
        } else {
            Value::Exact(Exact(sum))
        })
    }

    /// The group whose total a row belongs to.
    #[must_use]
    pub fn group(&self, row: &TableRow) -> Option<&'static str> {
        (self.layout.group)(self, row)
    }

    fn numbers(&mut self) {
        let Some(column) = self
            .layout
            .columns
            .iter()
            .find(|column| column.kind == Type::Number)
        else {
            return;
        };
        let mut above = 0;
        for (index, row) in self.rows.iter().enumerate() {
            if row.no <= above {
                self.faults.push(TableFault {
                    row: Some(index),
                    column: column.heading,
                    code: "line_number_order",
                    expected: format!("> {above}"),
                    found: row.no.to_string(),
                    grade: Grade::Error,
                });
            }
            above = row.no.max(0);
        }
    }

    /// Rows about the same matter.
    fn twins(&mut self) {
        let layout = self.layout;
        let grade = if layout.unique {
            Grade::Error
        } else {
            Grade::Warning
        };
        let mut seen: HashMap<String, i32> = HashMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            // １ is 1.
            let key: String = self.key(row, layout.identity).nfkc().collect();
            if let Some(first) = seen.get(&key) {
                let (expected, column) = (first.to_string(), layout.identity.last());
                let column = column.copied().unwrap_or_default();
                self.fault(grade, index, column, "row_twice", expected);
            } else {
                seen.insert(key, row.no);
            }
        }
    }

    /// What looks odd beside the period before.
    fn beside_last(&mut self) {
        let around = self.around;
        let Some((period, previous)) = &around.previous else {
            return;
        };
        if are_same(self.layout, self.rows, &previous.rows) {
            let found = period.in_words();
            let words = [String::new(), found];
            self.of_all(Grade::Warning, "", "same_as_last", words);
        }
        self.prices(previous);
        self.courses();
    }

    /// What was agreed once and reads otherwise than last period, and what is counted from the beginning and fell.
    fn courses(&mut self) {
        let (last, layout) = (self.last_rows(), self.layout);
        if !layout
            .columns
            .iter()
            .any(|column| column.course != Course::Free)
        {
            return;
        }
        for (index, row) in self.rows.iter().enumerate() {
            let Some(before) = last.get(&self.key(row, layout.identity)) else {
                continue;
            };
            let cells = layout
                .columns
                .iter()
                .zip(row.cells.iter().zip(&before.cells));
            for (column, (now, then)) in cells {
                let (Some(now), Some(then)) = (now, then) else {
                    continue;
                };
                let code = match (column.course, now, then) {
                    (Course::Lasts, now, then) if now != then => "changed_from_last",
                    (Course::Grows, Value::Fen(now), Value::Fen(then)) if now < then => {
                        "less_than_last"
                    }
                    _ => continue,
                };
                let expected = column.written(then);
                self.fault(Grade::Warning, index, column.key, code, expected);
            }
        }
    }

    /// Unit prices far above last period's of the same item, each once.
    fn prices(&mut self, previous: &Table) {
        let Some((price, of)) = self.layout.price else {
            return;
        };
        let mut before: HashMap<String, Exact> = HashMap::new();
        for row in &previous.rows {
            if let Some(rate) = self.exact(row, price) {
                let highest = before.entry(self.key(row, of)).or_insert(rate);
                *highest = rate.max(*highest);
            }
        }
        let mut told: HashSet<(String, Exact)> = HashSet::new();
        for (index, row) in self.rows.iter().enumerate() {
            let Some(rate) = self.exact(row, price) else {
                continue;
            };
            let key = self.key(row, of);
            let Some(last) = before.get(&key).copied().filter(|last| last.0 > 0) else {
                continue;
            };
            let limit = i128::from(last.0) * (100 + JUMP_PERCENT);
            if i128::from(rate.0) * 100 > limit && told.insert((key, rate)) {
                let expected = last.to_string();
                self.fault(Grade::Warning, index, price, "price_jumped", expected);
            }
        }
    }

    /// Rows of the period before by their matter; of several with the same, the first.
    pub(super) fn last_rows(&self) -> HashMap<String, &'a TableRow> {
        let mut rows = HashMap::new();
        let around: &'a Around = self.around;
        for row in around.previous.iter().flat_map(|(_, table)| &table.rows) {
            rows.entry(self.key(row, self.layout.identity))
                .or_insert(row);
        }
        rows
    }

    /// Rows of the period before that are in this one no more and for which `counts` says that they should be.
    pub(super) fn gone(&mut self, counts: impl Fn(&Self, &TableRow) -> bool) {
        let here: HashSet<String> = self
            .rows
            .iter()
            .map(|row| self.key(row, self.layout.identity))
            .collect();
        let gone: Vec<&TableRow> = self
            .last_rows()
            .into_iter()
            .filter(|(key, row)| !here.contains(key) && counts(self, row))
            .map(|(_, row)| row)
            .collect();
        if gone.is_empty() {
            return;
        }
        let around: &'a Around = self.around;
        let before = around.previous.iter().flat_map(|(_, table)| &table.rows);
        let hidden = self.layout.hidden(before);
        let mut missing: Vec<(i32, String)> = gone
            .into_iter()
            .map(|row| (row.no, self.layout.label(row, &hidden)))
            .collect();
        missing.sort_unstable();
        for (no, label) in missing {
            let words = [no.to_string(), label];
            self.of_all(Grade::Warning, "", "row_gone", words);
        }
    }
}
