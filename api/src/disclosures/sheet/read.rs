//! A sheet as far as it could be read, and what is wrong with it.

use domain::disclosure::chart::ChartVersion;
use domain::disclosure::check::SUM_CODES;
use domain::disclosure::content::Content;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::{CLOSING_LABEL, Column, Ledger, LedgerLine, OPENING_LABEL};
use domain::disclosure::period::Period;
use domain::disclosure::table::{Around, Grade, Layout, Table, TableFault, TableRow, Type, Value};
use domain::money::Fen;
use domain::time::Day;
use serde::{Deserialize, Serialize};
use store::disclosures::After;

use super::columns::{self, SheetColumn, Wanted};
use super::copied::Copy;
use super::grid::{Findings, Grid, Place, letter};
use super::layout::{Found, Slot};
use super::merge::{self, Holds};
use super::pairs::VILLAGE_LABEL;
use super::pairs::{self, Top};
use super::problem::{self, CellProblem};
use super::{Most, Pairs, layout, lines, rows};

/// A sheet as far as it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSheet {
    /// The kind it was read as.
    pub kind: DisclosureKind,
    /// The sheet's name; of a CSV file, the file's name.
    pub sheet: String,
    /// The village's name.
    pub village: Option<String>,
    /// The period.
    pub period: Option<Period>,
    /// The chart its account codes belong to.
    pub chart: ChartVersion,
    /// Of a ledger: the opening balance.
    pub opening: Option<Fen>,
    /// The row it stands in.
    pub opening_row: Option<u32>,
    /// Of a ledger: the closing balance.
    pub closing: Option<Fen>,
    /// The row it stands in.
    pub closing_row: Option<u32>,
    /// Of a ledger: the lines that could be read, in the order of the sheet.
    pub lines: Vec<LedgerLine>,
    /// Of another kind: the rows that could be read, in the order of the sheet.
    pub table: Vec<TableRow>,
    /// The row of the sheet of each, counted from 1.
    pub line_rows: Vec<u32>,
    /// Of another kind: rows with an error in a word only, and where each stands. They are checked, and go nowhere.
    pub half: Vec<(u32, TableRow)>,
    /// How many rows were meant as lines, readable or not.
    pub rows: usize,
    /// The letter of each column that was found, by heading.
    pub letters: Vec<(String, String)>,
    /// The columns that were looked for; none of a file of JSON.
    pub wanted: Vec<Wanted>,
    /// The columns that the sheet has; none of a file of JSON.
    pub sheet_columns: Vec<SheetColumn>,
    /// Its cells, where they are to be marked.
    pub copy: Option<Copy>,
    /// What forbids a draft, at most `MOST_PROBLEMS` and a count of the rest.
    pub errors: Vec<CellProblem>,
    /// What somebody should look at.
    pub warnings: Vec<CellProblem>,
}

impl ReadSheet {
    /// A file that could not be read at all, and the code of why.
    #[must_use]
    pub fn unread(kind: DisclosureKind, file_name: &str, code: &'static str) -> Self {
        let mut findings = Findings::of(file_name);
        findings.error(Place::FILE, code, ["", ""]);
        Self {
            kind,
            sheet: findings.sheet,
            errors: findings.errors,
            ..Self::default()
        }
    }

    fn take_top(&mut self, top: &Top) {
        (self.village, self.period) = (top.village.value.clone(), top.period.value);
        (self.opening, self.opening_row) = (top.opening.value, top.opening.row);
        (self.closing, self.closing_row) = (top.closing.value, top.closing.row);
        self.chart = top.chart();
    }

    /// Finds the columns and says what was taken for what.
    fn find(
        &mut self,
        grid: &Grid,
        slots: &[Slot],
        given: &Pairs,
        findings: &mut Findings,
    ) -> Option<Found> {
        let found = layout::find(grid, slots, &given.columns, findings);
        (self.wanted, self.sheet_columns) = columns::described(grid, slots, found.as_ref());
        if let (Some(copy), Some(found)) = (&mut self.copy, &found) {
            copy.close(found.heading_row, &found.closed);
        }
        found
    }

    pub(super) fn take_ledger(
        &mut self,
        mut grid: Grid,
        most: Most,
        given: &Pairs,
        findings: &mut Findings,
    ) {
        let found = self.find(&grid, &layout::ledger_slots(), given, findings);
        let Some(layout) = found.map(layout::Layout::from) else {
            return;
        };
        let known = |at: u16| {
            let mut columns = layout.columns.iter();
            let (column, _) = columns.find(|(_, column)| **column == at)?;
            let holds = match column {
                Column::No | Column::Income | Column::Expense | Column::Balance => Holds::Figure,
                _ => Holds::Text,
            };
            Some((holds, column.heading()))
        };
        merge::settle(&mut grid, layout.heading_row, known, findings);
        let top = pairs::top(&grid, layout.heading_row, given, true, findings);
        let mut rows = grid.rows.range(layout.heading_row + 1..).count();
        if !most.is_beyond(rows) {
            let lines = lines::read(&mut grid, &layout, &top, findings);
            (self.lines, self.line_rows, self.rows) = (lines.lines, lines.line_rows, lines.rows);
            rows = self.rows;
        }
        most.refuse(rows, findings);
        let letters = layout.columns.iter();
        self.letters = letters
            .map(|(column, index)| (column.heading().to_owned(), letter(*index)))
            .collect();
        self.take_top(&top);
    }

    pub(super) fn take_table(
        &mut self,
        layout: &'static Layout,
        mut grid: Grid,
        most: Most,
        given: &Pairs,
        findings: &mut Findings,
    ) {
        let slots = layout::table_slots(layout);
        let Some(found) = self.find(&grid, &slots, given, findings) else {
            return;
        };
        let known = |at: u16| {
            let mut columns = layout.columns.iter().zip(&found.columns);
            let (column, _) = columns.find(|(_, column)| **column == Some(at))?;
            let figure = column.kind.is_figure() || column.kind == Type::Number;
            let holds = if figure { Holds::Figure } else { Holds::Text };
            Some((holds, column.heading))
        };
        merge::settle(&mut grid, found.heading_row, known, findings);
        let top = pairs::top(&grid, found.heading_row, given, false, findings);
        let mut rows = grid.rows.range(found.heading_row + 1..).count();
        if !most.is_beyond(rows) {
            let read = rows::read(&grid, layout, &found, &top, findings);
            (self.table, self.line_rows, self.rows) = (read.rows, read.line_rows, read.count);
            self.half = read.half;
            rows = self.rows;
        }
        most.refuse(rows, findings);
        let letters = layout.columns.iter().zip(&found.columns);
        self.letters = letters
            .filter_map(|(column, at)| Some((column.heading.to_owned(), letter((*at)?))))
            .collect();
        self.take_top(&top);
    }

    /// What it says.
    #[cfg(test)]
    pub fn content(&self) -> Option<Content> {
        self.clone().take_content()
    }

    /// The ledger as it was written, when it is one and nothing is wrong with it.
    #[cfg(test)]
    pub fn ledger(&self) -> Option<Ledger> {
        let (opening, closing) = self.opening.zip(self.closing)?;
        self.errors.is_empty().then(|| Ledger {
            opening,
            closing,
            lines: self.lines.clone(),
        })
    }

    /// Takes out what it says, when nothing is wrong with it; a ledger with its balances filled in. A long sheet is not
    /// held twice.
    #[must_use]
    pub fn take_content(&mut self) -> Option<Content> {
        if !self.errors.is_empty() {
            return None;
        }
        if self.kind == DisclosureKind::Ledger {
            let (opening, closing) = self.opening.zip(self.closing)?;
            let ledger = Ledger {
                opening,
                closing,
                lines: std::mem::take(&mut self.lines),
            };
            return Some(Content::Ledger(ledger.with_balances()));
        }
        Some(Content::Table(Table {
            kind: self.kind,
            rows: std::mem::take(&mut self.table),
        }))
    }

    /// Looks at what it says, when nothing is wrong with it.
    pub(in crate::disclosures) fn looked_at<T>(
        &mut self,
        look: impl FnOnce(&Content) -> T,
    ) -> Option<T> {
        let content = self.take_content()?;
        let seen = look(&content);
        match content {
            Content::Ledger(ledger) => self.lines = ledger.lines,
            Content::Table(table) => self.table = table.rows,
        }
        Some(seen)
    }

    /// Compares sums, order, days and what is published of the period before, and adds what is wrong to
    /// [`ReadSheet::errors`], with its cell, and what looks odd to [`ReadSheet::warnings`]. Call it once.
    pub fn check_beside(
        &mut self,
        (previous_closing, opening_after): (Option<Fen>, Option<Fen>),
        previous: Option<&Content>,
        around: &Around,
        period: Period,
    ) {
        match Layout::of(self.kind) {
            None => self.check(previous_closing, period),
            Some(_) => self.check_table(around, period),
        }
        if let (Some(closing), Some(opening)) = (self.closing, opening_after)
            && closing != opening
        {
            let words = [opening.to_yuan(), closing.to_yuan()];
            let problem = self.problem(
                self.closing_row,
                CLOSING_LABEL,
                "closing_not_next_opening",
                words,
            );
            problem::push(&mut self.warnings, problem);
        }
        let copied = previous.and_then(|previous| self.looked_at(|said| said.is_copy_of(previous)));
        if copied == Some(true) {
            let problem = self.problem(None, "", "same_as_last", [String::new(), String::new()]);
            problem::push(&mut self.warnings, problem);
        }
    }

    /// Points out what is published for a later period and would not go on from this table any more.
    pub fn check_next(&mut self, next: &[After]) {
        // A figure that could not be read goes on nowhere.
        if !self.errors.is_empty() {
            return;
        }
        for one in next {
            let faults = one.table.check(one.period, one.chart, &one.around);
            let Some(first) = faults.iter().find(|fault| fault.grade == Grade::Chain) else {
                continue;
            };
            let differs = format!("{}：{} ≠ {}", first.column, first.found, first.expected);
            let words = [one.period.to_string(), differs];
            let problem = self.problem(None, "", "next_does_not_go_on", words);
            problem::push(&mut self.warnings, problem);
        }
    }

    /// Warns where nothing stands between this ledger and an `earlier` one, and the two do not meet.
    pub fn check_gap(&mut self, earlier: Period, closing: Fen) {
        if let Some(opening) = self.opening.filter(|opening| *opening != closing) {
            let expected = format!("{earlier}: {}", closing.to_yuan());
            let words = [expected, opening.to_yuan()];
            let row = self.opening_row;
            let problem = self.problem(row, OPENING_LABEL, "opening_after_gap", words);
            problem::push(&mut self.warnings, problem);
        }
    }

    /// Warns where the period of what sums one up is not over yet, and of days that have not come.
    pub fn check_day(&mut self, period: Period, today: Day) {
        if let Some(from) = self
            .kind
            .publishable_from(period)
            .filter(|from| today < *from)
        {
            let words = [from.to_string(), String::new()];
            let problem = self.problem(None, "", "period_not_over", words);
            problem::push(&mut self.warnings, problem);
        }
        for (place, column, day) in self.days_to_come(today) {
            let row = self.line_rows.get(place).copied();
            let words = [String::new(), day.to_string()];
            let problem = self.problem(row, column, "day_not_come", words);
            problem::push(&mut self.warnings, problem);
        }
    }

    /// Days on which something is said to have happened and that lie after `today`: the place of the row, the heading.
    fn days_to_come(&self, today: Day) -> Vec<(usize, &'static str, Day)> {
        let late = |day: &Day| *day > today;
        let Some(layout) = Layout::of(self.kind) else {
            let lines = self.lines.iter().enumerate();
            let lines = lines.filter(|(_, line)| late(&line.date));
            let heading = Column::Date.heading();
            return lines
                .map(|(place, line)| (place, heading, line.date))
                .collect();
        };
        let mut found = Vec::new();
        for (place, row) in self.table.iter().enumerate() {
            for (column, cell) in layout.columns.iter().zip(&row.cells) {
                let Some(Value::Day(day)) = cell else {
                    continue;
                };
                // Only what is owed is said to fall due.
                if column.key != "due_on" && late(day) {
                    found.push((place, column.heading, *day));
                }
            }
        }
        found
    }

    /// Makes an error of a village's name that is not `expected` and is another village's of the neighbourhood.
    pub fn check_village(&mut self, expected: &str, neighbours: &[String]) {
        let differs = |problem: &CellProblem| {
            problem.code == "pair_differs" && problem.column == VILLAGE_LABEL
        };
        let Some(place) = self.warnings.iter().position(differs) else {
            return;
        };
        let said = self.warnings.get(place).map(|problem| &problem.found);
        let of_other = said.is_some_and(|said| {
            let mut others = neighbours.iter().filter(|name| *name != expected);
            others.any(|name| said.contains(name.as_str()))
        });
        if of_other {
            let mut problem = self.warnings.remove(place);
            problem.code = "other_village".into();
            problem::push(&mut self.errors, problem);
        }
    }

    /// Whether no line was left out: a wrong total in the sheet's last row spoils none.
    fn has_every_line(&self) -> bool {
        self.errors.iter().all(|error| error.code == "total_wrong")
    }

    /// The same of a table. With a row missing, what follows from several rows follows from what is named already: then
    /// only what is wrong within a row is named beside it, also within a row of which a word could not be read.
    pub fn check_table(&mut self, around: &Around, period: Period) {
        let (kind, complete) = (self.kind, self.has_every_line());
        let table = Table {
            kind,
            rows: std::mem::take(&mut self.table),
        };
        let mut faults = table.check(period, self.chart, around);
        faults.retain(|fault| complete || fault.is_of_row(kind));
        self.table = table.rows;
        let line_rows = std::mem::take(&mut self.line_rows);
        self.name(faults, &line_rows);
        self.line_rows = line_rows;

        let (half_rows, rows): (Vec<u32>, Vec<_>) =
            std::mem::take(&mut self.half).into_iter().unzip();
        let mut faults = Table { kind, rows }.check(period, self.chart, around);
        faults.retain(|fault| fault.is_of_figures(kind));
        self.name(faults, &half_rows);
    }

    /// Adds what is wrong with a table whose rows stand in these rows of the sheet.
    fn name(&mut self, faults: Vec<TableFault>, rows: &[u32]) {
        for fault in faults {
            let row = fault.row.and_then(|index| rows.get(index).copied());
            let words = [fault.expected, fault.found];
            let problem = self.problem(row, fault.column, fault.code, words);
            let list = match fault.grade {
                Grade::Error | Grade::Chain => &mut self.errors,
                Grade::Warning => &mut self.warnings,
            };
            problem::push(list, problem);
        }
    }

    pub(super) fn problem(
        &self,
        row: Option<u32>,
        column: &str,
        code: &'static str,
        [expected, found]: [String; 2],
    ) -> CellProblem {
        let mut letters = self.letters.iter();
        let letter = letters.find(|(heading, _)| heading == column);
        CellProblem {
            sheet: self.sheet.clone(),
            row,
            column: column.to_owned(),
            cell: row
                .zip(letter)
                .map(|(row, (_, letter))| format!("{letter}{row}")),
            code: code.into(),
            expected,
            found,
        }
    }

    /// Compares the sums, order and days of a ledger with its balances and that of the period before, and adds what
    /// is wrong to [`ReadSheet::errors`], with its cell. Sums over lines are compared only
    /// when everything could be read: otherwise they follow from what is named already. Call it once.
    pub fn check(&mut self, previous_closing: Option<Fen>, period: Period) {
        // A total that differs tells of a wrong balance at the top already.
        let named = !self.errors.is_empty();
        let complete = self.has_every_line() && self.opening.is_some() && self.closing.is_some();
        let has = |column: Column| {
            let mut headings = self.letters.iter().map(|(heading, _)| heading);
            headings.any(|heading| heading == column.heading())
        };
        // A file of JSON has no columns, and all headings.
        let both_sides = self.letters.is_empty() || has(Column::Income) && has(Column::Expense);
        let ledger = Ledger {
            opening: self.opening.unwrap_or_default(),
            closing: self.closing.unwrap_or_default(),
            lines: std::mem::take(&mut self.lines),
        };
        let previous = previous_closing.filter(|_| self.opening.is_some());
        // What stands above the first line that could not be read follows from nothing below it.
        let unread = self
            .errors
            .iter()
            .filter(|error| error.code != "total_wrong");
        let unread = unread.map(|error| error.row.unwrap_or(0)).min();
        let is_above = |line: Option<usize>| {
            let row = line.and_then(|index| self.line_rows.get(index)).copied();
            let readable = unread.zip(row).is_some_and(|(unread, row)| row < unread);
            self.opening.is_some() && readable
        };
        for fault in ledger.check(previous, period) {
            let sum = SUM_CODES.contains(&fault.code);
            if sum && !complete && !is_above(fault.line)
                || fault.code == "closing_wrong" && named
                || fault.code == "amount_missing" && !both_sides
            {
                continue;
            }
            let row = match fault.line {
                Some(index) => self.line_rows.get(index).copied(),
                None if fault.column == OPENING_LABEL => self.opening_row,
                None if fault.column == CLOSING_LABEL => self.closing_row,
                None => None,
            };
            let words = [fault.expected, fault.found];
            let problem = self.problem(row, fault.column, fault.code, words);
            problem::push(&mut self.errors, problem);
        }
        self.lines = ledger.lines;
    }
}
