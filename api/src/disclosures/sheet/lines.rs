//! The rows below the headings, each a line of the ledger, the total row, or nothing.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use domain::disclosure::chart::{ChartVersion, Side};
use domain::disclosure::child::{self, Concern};
use domain::disclosure::ledger::{Column, Ledger, LedgerLine};
use domain::disclosure::period::Period;
use domain::mask;
use domain::money::Fen;
use domain::personal::{account, house_of_somebody};
use domain::time::Day;

use super::cell::{self, Bad};
use super::grid::{Cell, Findings, Grid, Place, Row, label};
use super::layout::Layout;
use super::pairs::Top;
use super::{personal, totals};
use crate::disclosures::chart;

/// The longest text of a line, in characters.
const MOST_WORDS: usize = 200;
/// The longest name, number or code.
const MOST_NAME: usize = 100;

/// The most names that are remembered, of a sheet that has ever new ones.
const MOST_KNOWN: usize = 10_000;

/// The lines of a sheet and where they stand.
#[derive(Debug, Default)]
pub struct Lines {
    /// Those without an error.
    pub lines: Vec<LedgerLine>,
    /// The row of each, counted from 1.
    pub line_rows: Vec<u32>,
    /// How many rows were meant as lines, good or bad.
    pub rows: usize,
}

/// Reads the rows below the headings, and takes them out of the grid: a long sheet is not held twice.
pub fn read(grid: &mut Grid, layout: &Layout, top: &Top, findings: &mut Findings) -> Lines {
    let mut lines = Lines::default();
    let mut total_row = None;
    let mut seen = HashMap::new();
    let mut known = Known::default();
    // Programs print the headings on every page.
    let heading = grid.rows.get(&layout.heading_row).cloned();
    let is_heading = |row: &Row| {
        let same = |column| {
            let at = layout.columns.get(&column);
            let cell = |row: &Row| at.and_then(|at| row.get(at)).cloned();
            let here = cell(row);
            here.is_some() && here == heading.as_ref().and_then(cell)
        };
        same(Column::Date) && same(Column::Summary)
    };
    for (number, row) in grid.rows.split_off(&(layout.heading_row + 1)) {
        let mut reader = RowReader {
            number,
            row: &row,
            layout,
            findings,
            known: &mut known,
            bad: false,
        };
        if layout
            .columns
            .values()
            .all(|column| !row.contains_key(column))
            || is_heading(&row)
        {
            continue;
        }
        if total_row.is_some() {
            // Signatures and remarks stand here; an amount would be one that nobody adds up.
            reader.refuse_amounts();
        } else if reader.is_total() {
            total_row = Some((number, row));
        } else if reader.is_footer() {
            continue;
        } else if !reader.is_carried(top.opening.value) {
            lines.rows += 1;
            let year = top.period.value.map(Period::year);
            if let Some(line) = reader.line(year, top.chart(), grid.from_1904) {
                // A digest is enough to point at two lines, and a long ledger's lines are not held twice.
                let said = (&line.date, &line.voucher_no, &line.summary);
                let digest = hash_of(&(said, line.income_fen, line.expense_fen));
                if line.voucher_no.is_some()
                    && let Some(first) = seen.insert(digest, number)
                {
                    let place = reader.place(Column::VoucherNo);
                    let words = [&first.to_string(), ""];
                    reader.findings.warn(place, "line_twice", words);
                }
                lines.lines.push(line);
                lines.line_rows.push(number);
            }
        }
    }
    // With a line missing the sums are wrong anyway.
    if let Some((number, row)) = total_row.filter(|_| findings.errors.is_empty()) {
        let ledger = Ledger {
            opening: top.opening.value.unwrap_or_default(),
            closing: top.closing.value.unwrap_or_default(),
            lines: std::mem::take(&mut lines.lines),
        };
        let totals = ledger.totals();
        lines.lines = ledger.lines;
        let mut reader = RowReader {
            number,
            row: &row,
            layout,
            findings,
            known: &mut known,
            bad: false,
        };
        reader.compare(Column::Income, Some(totals.income_fen), "total_wrong");
        reader.compare(Column::Expense, Some(totals.expense_fen), "total_wrong");
        reader.compare(Column::Balance, top.closing.value, "total_wrong");
    }
    if lines.rows == 0 {
        findings.warn(Place::FILE, "no_lines", ["", ""]);
    }
    lines
}

fn hash_of(said: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    said.hash(&mut hasher);
    hasher.finish()
}

/// One row being read.
struct RowReader<'a> {
    number: u32,
    row: &'a Row,
    layout: &'a Layout,
    findings: &'a mut Findings,
    known: &'a mut Known,
    bad: bool,
}

/// Words that were looked at: the same few stand in every line. None with a figure is among them: a year of birth is a
/// child's on one line's day and nobody's on a later one's.
#[derive(Default)]
struct Known {
    /// Names that tell nothing else.
    names: HashSet<String>,
    /// What lines were for, that tells nothing else either.
    summaries: HashSet<String>,
    /// What lines were for, that speaks of no child, whoever was paid.
    grown: HashSet<String>,
}

/// Keeps words that were looked at, while there is room.
fn keep(known: &mut HashSet<String>, words: &str) {
    if known.len() < MOST_KNOWN && !words.contains(char::is_numeric) {
        known.insert(words.to_owned());
    }
}

impl RowReader<'_> {
    fn cell(&self, column: Column) -> Option<&Cell> {
        self.row.get(self.layout.columns.get(&column)?)
    }

    fn place(&self, column: Column) -> Place<'static> {
        Place {
            row: Some(self.number),
            column: self.layout.columns.get(&column).copied(),
            heading: column.heading(),
        }
    }

    /// The value of a cell; an error of it is written down and spoils the line.
    fn value<T>(
        &mut self,
        column: Column,
        read: impl Fn(Option<&Cell>) -> Result<Option<T>, Bad>,
    ) -> Option<T> {
        match read(self.cell(column)) {
            Ok(value) => value,
            Err((code, expected)) => {
                let found = self.cell(column).map(Cell::shown).unwrap_or_default();
                self.findings
                    .error(self.place(column), code, [&expected, &found]);
                self.bad = true;
                None
            }
        }
    }

    /// The same for a cell that may not be empty. A column that is missing was named with the headings.
    fn required<T>(
        &mut self,
        column: Column,
        read: impl Fn(Option<&Cell>) -> Result<Option<T>, Bad>,
    ) -> Option<T> {
        let heading = self.layout.columns.contains_key(&column);
        let value = self.value(column, |cell| match read(cell)? {
            None if heading => Err(("cell_missing", String::new())),
            value => Ok(value),
        });
        self.bad |= value.is_none();
        value
    }

    fn name(&mut self, column: Column) -> Option<String> {
        self.value(column, |cell| cell::words(cell, MOST_NAME))
    }

    fn line(
        &mut self,
        year: Option<i32>,
        chart: ChartVersion,
        from_1904: bool,
    ) -> Option<LedgerLine> {
        let no = self.required(Column::No, cell::count);
        let date = self.required(Column::Date, |cell| cell::day(cell, year, from_1904));
        let voucher_no = self.name(Column::VoucherNo);
        let summary = self.required(Column::Summary, |cell| cell::words(cell, MOST_WORDS));
        let income = self.value(Column::Income, cell::amount);
        let expense = self.value(Column::Expense, cell::amount);
        let balance_fen = self.value(Column::Balance, cell::amount);
        let account_code = self.value(Column::AccountCode, |cell| cell::code(cell, MOST_NAME));
        let fund_source = self.name(Column::FundSource);
        let payee = self.name(Column::Payee);
        let handled_by = self.name(Column::HandledBy);
        let witnessed_by = self.name(Column::WitnessedBy);
        let approved_by = self.name(Column::ApprovedBy);
        let file_count = self.value(Column::FileCount, cell::count);
        if let Some(code) = account_code
            .as_ref()
            .filter(|code| chart::account(chart, code).is_none())
        {
            let place = self.place(Column::AccountCode);
            let words = [chart.as_str(), code];
            self.findings.error(place, "account_unknown", words);
        }
        self.look_at_side(chart, account_code.as_deref(), income, expense);
        let words = [
            (Column::Summary, summary.as_deref()),
            (Column::FundSource, fund_source.as_deref()),
            (Column::Payee, payee.as_deref()),
            (Column::HandledBy, handled_by.as_deref()),
            (Column::WitnessedBy, witnessed_by.as_deref()),
            (Column::ApprovedBy, approved_by.as_deref()),
        ];
        self.look_at_words(&words, date);
        self.look_at_payee(payee.as_deref(), summary.as_deref(), date);
        self.bad |= self.has_traces();
        if voucher_no.is_none() && self.layout.columns.contains_key(&Column::VoucherNo) && !self.bad
        {
            let place = self.place(Column::VoucherNo);
            self.findings.warn(place, "voucher_missing", ["", ""]);
        }
        if self.bad {
            return None;
        }
        Some(LedgerLine {
            no: no?,
            date: date?,
            voucher_no,
            summary: summary?,
            income_fen: income.unwrap_or_default(),
            expense_fen: expense.unwrap_or_default(),
            balance_fen,
            account_code,
            fund_source,
            payee,
            handled_by,
            witnessed_by,
            approved_by,
            file_count: file_count.unwrap_or(0),
        })
    }

    /// An account of income with an expense, or the other way round: a correction is written so, and a slip looks the same.
    fn look_at_side(
        &mut self,
        chart: ChartVersion,
        code: Option<&str>,
        income: Option<Fen>,
        expense: Option<Fen>,
    ) {
        let side = code.and_then(|code| chart.side(code));
        let has = |amount: Option<Fen>| amount.is_some_and(|amount| amount.0 != 0);
        let odd = match side {
            Some(Side::Income) => has(expense) && !has(income),
            Some(Side::Expense) => has(income) && !has(expense),
            None => false,
        };
        if odd {
            let place = self.place(Column::AccountCode);
            let words = ["", code.unwrap_or_default()];
            self.findings.warn(place, "account_other_side", words);
        }
    }

    /// What a line for everybody may not tell, in its words as beside them: a minor by name, where somebody lives, an
    /// account; and what it had better not: an illness, which is hidden while the name beside it is not.
    fn look_at_words(&mut self, words: &[(Column, Option<&str>)], day: Option<Day>) {
        for (column, text) in words {
            let Some(text) = text else { continue };
            let known = match column {
                Column::Summary => &self.known.summaries,
                _ => &self.known.names,
            };
            if known.contains(*text) {
                continue;
            }
            let concern = child::in_words(text, day);
            let refused = if concern == Concern::Minor {
                Some(("minor_listed", *text))
            } else if house_of_somebody(text) {
                Some(("address_too_exact", *text))
            } else if account(text) {
                Some(("has_account", ""))
            } else {
                None
            };
            let place = self.place(*column);
            if let Some((code, found)) = refused {
                self.findings.error(place, code, ["", found]);
                self.bad = true;
            } else if mask::health(text) != *text {
                self.findings.warn(place, "health_named", ["", text]);
            } else if concern == Concern::Perhaps {
                self.findings.warn(place, "minor_perhaps", ["", text]);
            } else {
                let known = match column {
                    Column::Summary => &mut self.known.summaries,
                    _ => &mut self.known.names,
                };
                keep(known, text);
            }
        }
    }

    /// Who was paid may be the child of whom the words speak, as whoever stands beside a benefit is: 孤儿生活费, 张小伟.
    fn look_at_payee(&mut self, payee: Option<&str>, summary: Option<&str>, day: Option<Day>) {
        let (Some(payee), Some(summary)) = (payee, summary) else {
            return;
        };
        if self.known.grown.contains(summary) {
            return;
        }
        if !child::is_spoken_of(summary, day) {
            keep(&mut self.known.grown, summary);
            return;
        }
        let place = self.place(Column::Payee);
        match child::of_payee(payee, summary, day) {
            Concern::Minor => {
                self.findings.error(place, "minor_listed", ["", payee]);
                self.bad = true;
            }
            Concern::Perhaps => self.findings.warn(place, "minor_perhaps", ["", payee]),
            Concern::No => {}
        }
    }

    /// Names the numbers in it that lead to a person.
    fn has_traces(&mut self) -> bool {
        let columns = &self.layout.columns;
        let heading = |at| match columns.iter().find(|(_, column)| **column == at) {
            Some((Column::Income | Column::Expense | Column::Balance, _)) => None,
            Some((column, _)) => Some(column.heading()),
            None => Some(""),
        };
        personal::numbers(self.number, self.row, heading, self.findings)
    }

    /// Whether one of the first cells says 合计.
    fn is_total(&self) -> bool {
        [Column::No, Column::Date, Column::VoucherNo, Column::Summary]
            .into_iter()
            .filter_map(|column| self.cell(column))
            .any(|cell| matches!(cell, Cell::Text(text) if totals::is_total(text)))
    }

    /// Whether it stands below the lines and is none: who made the sheet, whom to call, a page carried over.
    fn is_footer(&self) -> bool {
        let amounts = [
            Column::Date,
            Column::Income,
            Column::Expense,
            Column::Balance,
        ];
        let has_figures = amounts.into_iter().any(|column| self.cell(column).is_some_and(|cell| {
            // One cell over the whole width stands in the column of the date.
            !matches!(cell, Cell::Text(text) if column == Column::Date && totals::is_footer(text, false))
        }));
        let first = self.row.values().next();
        matches!(first, Some(Cell::Text(text)) if totals::is_footer(text, has_figures))
    }

    /// Whether the row only carries the opening balance over, as books on paper begin.
    fn is_carried(&mut self, opening: Option<Fen>) -> bool {
        let says = match self.cell(Column::Summary) {
            // Nearly every line ends with the first question.
            Some(Cell::Text(text)) => {
                text.contains(['转', '余'])
                    && matches!(
                        label(text).0.as_str(),
                        "上期结转"
                            | "上期结余"
                            | "上月结转"
                            | "上月结余"
                            | "上年结转"
                            | "上年结余"
                            | "期初余额"
                    )
            }
            _ => false,
        };
        let nothing = |column| matches!(cell::amount(self.cell(column)), Ok(None | Some(Fen(0))));
        let carried = says && nothing(Column::Income) && nothing(Column::Expense);
        if carried {
            self.compare(Column::Balance, opening, "carried_wrong");
        }
        carried
    }

    /// An amount of this row against what it should be; blank is fine.
    fn compare(&mut self, column: Column, expected: Option<Fen>, code: &'static str) {
        let found = self.value(column, cell::amount);
        if let (Some(found), Some(expected)) = (found, expected)
            && found != expected
        {
            let place = self.place(column);
            self.findings
                .error(place, code, [&expected.to_yuan(), &found.to_yuan()]);
        }
    }

    fn refuse_amounts(&mut self) {
        for column in [Column::Income, Column::Expense] {
            if let Ok(Some(amount)) = cell::amount(self.cell(column)) {
                let place = self.place(column);
                self.findings
                    .error(place, "row_after_total", ["", &amount.to_yuan()]);
            }
        }
    }
}
