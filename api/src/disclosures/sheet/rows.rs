//! The rows below the headings of a table T2 to T12: each a row of its layout, a total, or nothing.

use domain::disclosure::chart::ChartVersion;
use domain::disclosure::child::{self, Concern};
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::disclosure::table::{
    Around, Checking, Class, Column, Exact, Layout, TableRow, Type, Value,
};
use domain::mask;
use domain::money::Fen;
use domain::personal::{account, has_long_number, house, house_of_somebody, trace};
use domain::time::Day;

use super::cell::{self, Bad};
use super::grid::{Cell, Findings, Grid, Place, Row, label};
use super::layout::Found;
use super::pairs::Top;
use super::{personal, totals};
use crate::disclosures::chart;

/// The longest text of a cell, in characters.
const MOST_WORDS: usize = 200;
/// The longest name, number or code.
const MOST_NAME: usize = 100;

/// The rows of a sheet and where they stand.
#[derive(Debug, Default)]
pub struct Rows {
    /// Those without an error.
    pub rows: Vec<TableRow>,
    /// The row of the sheet of each, counted from 1.
    pub line_rows: Vec<u32>,
    /// Those with an error in a word, but none in a figure, and the row of each: their figures can be looked at.
    pub half: Vec<(u32, TableRow)>,
    /// How many rows were meant as rows of the table, good or bad.
    pub count: usize,
}

/// A row of totals: where it stands, and which of the rows read it adds up.
struct Total {
    number: u32,
    /// From this row of the table to that one.
    from: usize,
    to: usize,
    /// Only those of this group.
    group: Option<&'static str>,
}

/// Reads the rows below the headings.
pub fn read(
    grid: &Grid,
    layout: &'static Layout,
    found: &Found,
    top: &Top,
    findings: &mut Findings,
) -> Rows {
    let period = top.period.value;
    let chart = top.chart();
    let mut read = Rows::default();
    let (mut sums, mut since, mut ended, mut above) = (Vec::new(), 0, false, 0);
    for (number, row) in grid.rows.range(found.heading_row + 1..) {
        let mut reader = RowReader {
            number: *number,
            row,
            layout,
            found,
            findings,
            bad: false,
            bad_figure: false,
        };
        if reader.is_blank() {
            continue;
        }
        if ended {
            reader.refuse_figures();
            continue;
        }
        let at = read.rows.len();
        if let Some(total) = reader.total(since, at) {
            ended = total.from == 0 && total.group.is_none() && reader.says(totals::is_total);
            if total.group.is_none() {
                since = at;
            }
            sums.push(total);
            continue;
        }
        // Who made the sheet, whom to call, where to sign.
        if reader.is_footer() {
            continue;
        }
        // A subtitle of a sheet whose rows are given.
        if !layout.items.is_empty() && !reader.has_figure() {
            continue;
        }
        read.count += 1;
        let no = reader.number(above);
        above = no.max(above);
        let line = reader.line(no, period, chart, grid.from_1904);
        if !reader.bad {
            read.rows.push(line);
            read.line_rows.push(*number);
        } else if !reader.bad_figure {
            read.half.push((*number, line));
        }
    }
    // With a row missing the sums are wrong anyway.
    if findings.errors.is_empty() {
        for total in sums {
            compare(&total, grid, layout, found, &read.rows, top, findings);
        }
    }
    if read.count == 0 {
        findings.warn(Place::FILE, "no_rows", ["", ""]);
    }
    read
}

/// A row of totals against what it adds up; a blank cell is fine.
fn compare(
    total: &Total,
    grid: &Grid,
    layout: &'static Layout,
    found: &Found,
    rows: &[TableRow],
    top: &Top,
    findings: &mut Findings,
) {
    let around = Around::default();
    let (Some(rows), Some(period)) = (rows.get(total.from..total.to), top.period.value) else {
        return;
    };
    let checking = Checking::alone(layout, rows, period, top.chart(), &around);
    let Some(row) = grid.rows.get(&total.number) else {
        return;
    };
    for (index, column) in layout.columns.iter().enumerate() {
        let at = found.columns.get(index).copied().flatten();
        let Some(cell) = at.and_then(|at| row.get(&at)).filter(|_| column.summed) else {
            continue;
        };
        let counts = |row: &TableRow| total.group.is_none() || checking.group(row) == total.group;
        let place = Place {
            row: Some(total.number),
            column: at,
            heading: column.heading,
        };
        match figure(column.kind, Some(cell)) {
            Ok(Some(said)) => {
                if let Some(sum) = checking.sum(index, counts).filter(|sum| *sum != said) {
                    let expected = column.written(&sum);
                    findings.error(place, "total_wrong", [&expected, &column.written(&said)]);
                }
            }
            Ok(None) => {}
            Err((code, expected)) => findings.error(place, code, [&expected, &cell.shown()]),
        }
    }
}

/// A figure of a cell.
fn figure(kind: Type, cell: Option<&Cell>) -> Result<Option<Value>, Bad> {
    Ok(match kind {
        Type::Money | Type::Signed => cell::amount(cell)?.map(Value::Fen),
        _ => cell::exact(cell)?.map(Value::Exact),
    })
}

/// One row being read.
struct RowReader<'a> {
    number: u32,
    row: &'a Row,
    layout: &'static Layout,
    found: &'a Found,
    findings: &'a mut Findings,
    /// Whether it may not be a row of the table.
    bad: bool,
    /// Whether one of its figures is not known.
    bad_figure: bool,
}

impl<'a> RowReader<'a> {
    fn columns(&self) -> impl Iterator<Item = (&'static Column, Option<u16>)> + use<'a> {
        let (layout, found) = (self.layout, self.found);
        layout.columns.iter().zip(found.columns.iter().copied())
    }

    fn cell(&self, at: Option<u16>) -> Option<&Cell> {
        self.row.get(&at?)
    }

    fn place(&self, column: &'static Column, at: Option<u16>) -> Place<'static> {
        Place {
            row: Some(self.number),
            column: at,
            heading: column.heading,
        }
    }

    /// Whether nothing stands in it, or no more than its number.
    fn is_blank(&self) -> bool {
        self.columns()
            .filter(|(column, _)| column.kind != Type::Number)
            .all(|(_, at)| self.cell(at).is_none())
            && !self.says(totals::is_total)
    }

    fn has_figure(&self) -> bool {
        self.columns()
            .any(|(column, at)| column.kind.is_figure() && self.cell(at).is_some())
    }

    /// Whether it stands below the rows and is none.
    fn is_footer(&self) -> bool {
        let first = self.row.values().next();
        matches!(first, Some(Cell::Text(text)) if totals::is_footer(text, self.has_figure()))
    }

    /// Whether one of its texts says something.
    fn says(&self, what: impl Fn(&str) -> bool) -> bool {
        let mut texts = self
            .columns()
            .filter(|(column, _)| !column.kind.is_figure())
            .filter_map(|(_, at)| self.cell(at));
        texts.any(|cell| matches!(cell, Cell::Text(text) if what(text)))
    }

    /// What it adds up, when it is a row of totals: all rows, those since the last 小计, or those of a group.
    fn total(&self, since: usize, at: usize) -> Option<Total> {
        let mut groups = self.layout.groups.iter();
        let group = groups.find(|group| self.says(|text| label(text).0 == **group));
        let all = self.says(totals::is_total);
        let part = self.says(totals::is_subtotal);
        let from = match (group, all, part) {
            (Some(_), ..) | (None, true, _) => 0,
            (None, false, true) => since,
            _ => return None,
        };
        Some(Total {
            number: self.number,
            from,
            to: at,
            group: group.copied(),
        })
    }

    /// Its number: what it says, or the next.
    fn number(&mut self, above: i32) -> i32 {
        let mut columns = self.columns();
        let Some((column, at)) = columns.find(|(column, _)| column.kind == Type::Number) else {
            return above + 1;
        };
        match cell::count(self.cell(at)) {
            Ok(Some(no)) => no,
            Ok(None) => above + 1,
            Err((code, expected)) => {
                self.fault(column, at, code, &expected);
                above + 1
            }
        }
    }

    fn fault(
        &mut self,
        column: &'static Column,
        at: Option<u16>,
        code: &'static str,
        expected: &str,
    ) {
        let found = self.cell(at).map(Cell::shown).unwrap_or_default();
        self.findings
            .error(self.place(column, at), code, [expected, &found]);
        self.bad = true;
        self.bad_figure |= column.kind.is_figure();
    }

    fn line(
        &mut self,
        no: i32,
        period: Option<Period>,
        chart: ChartVersion,
        from_1904: bool,
    ) -> TableRow {
        let year = period.map(Period::year);
        let mut cells = Vec::with_capacity(self.layout.columns.len());
        let columns: Vec<_> = self.columns().collect();
        for (column, at) in &columns {
            let value = match value(column, self.cell(*at), year, from_1904) {
                Ok(None) if column.required && at.is_some() => Err(("cell_missing", String::new())),
                value => value,
            };
            cells.push(value.unwrap_or_else(|(code, expected)| {
                self.fault(column, *at, code, &expected);
                None
            }));
        }
        self.look(&cells, chart);
        self.guard(&cells, period, from_1904);
        let headings = &columns;
        let found = personal::numbers(
            self.number,
            self.row,
            |at| {
                let known = headings.iter().find(|(_, column)| *column == Some(at));
                match known {
                    Some((column, _)) if column.kind.is_figure() => None,
                    Some((column, _)) => Some(column.heading),
                    None => Some(""),
                }
            },
            self.findings,
        );
        // A column that is missing was named with the headings.
        for (column, _) in columns
            .iter()
            .filter(|(column, at)| column.required && at.is_none())
        {
            self.bad = true;
            self.bad_figure |= column.kind.is_figure();
        }
        self.bad |= found;
        TableRow { no, cells }
    }

    /// Codes that the chart does not have or that have no place in the table, and first-level accounts under another name than the chart's.
    fn look(&mut self, cells: &[Option<Value>], chart: ChartVersion) {
        let mut of_chart = None;
        for ((column, at), cell) in self.columns().zip(cells) {
            let Some(Value::Text(text)) = cell else {
                continue;
            };
            let place = self.place(column, at);
            if column.kind == Type::Account {
                of_chart = chart::account(chart, text).filter(|account| account.code == *text);
                if chart::account(chart, text).is_none() {
                    let words = [chart.as_str(), text];
                    self.findings.error(place, "account_unknown", words);
                } else if self.layout.kind == DisclosureKind::Summary && chart.side(text).is_none()
                {
                    // What a village owns or owes stands in a balance sheet: 101 库存现金.
                    self.findings
                        .warn(place, "account_of_no_result", ["", text]);
                }
            } else if column.key == "account_name"
                && let Some(account) = of_chart.filter(|account| label(text).0 != account.name)
            {
                let words = [account.name.as_str(), text];
                self.findings.warn(place, "account_name_differs", words);
            }
        }
    }

    /// The cells of a row that hold words, each with its column.
    fn texts<'c>(
        &self,
        cells: &'c [Option<Value>],
    ) -> Vec<(&'static Column, Option<u16>, &'c str)> {
        let cells = self.columns().zip(cells);
        let texts = cells.filter_map(|((column, at), cell)| match cell {
            Some(Value::Text(text)) => Some((column, at, text.as_str())),
            _ => None,
        });
        texts.collect()
    }

    /// Whom a list for everybody may not name: minors, and houses.
    fn guard(&mut self, cells: &[Option<Value>], period: Option<Period>, from_1904: bool) {
        if !self.layout.of_persons {
            self.guard_words(cells, period);
            return;
        }
        let texts = self.texts(cells);
        let last = period.map(Period::last_day);
        let benefit = self.layout.index("household").is_some();
        let mut names = texts.iter();
        let person = names.find(|(column, ..)| column.class != Class::Open);
        let young = personal::is_young(self.row, &self.found.guards, last, from_1904);
        let concern = person.map_or(Concern::No, |(whom, _, person)| {
            let others = texts.iter().filter(|(column, ..)| column.key != whom.key);
            let others: Vec<&str> = others.map(|(.., text)| *text).collect();
            child::in_row(person, &others, benefit, last)
        });
        let group = texts.iter().find(|(column, ..)| column.key == "group");
        let door = group.copied().filter(|(.., text)| personal::is_house(text));
        let whom = person.filter(|(.., text)| !personal::is_only_counted(Some(text)));
        match whom.copied() {
            Some((column, at, _)) if young || concern == Concern::Minor => {
                self.fault(column, at, "minor_listed", "");
            }
            whom => {
                // Also where the column of people is empty or only says how many.
                let mut named = false;
                for (column, at, text) in &texts {
                    if child::in_words(text, last) == Concern::Minor {
                        self.fault(column, *at, "minor_listed", "");
                        named = true;
                    }
                }
                if let Some((column, at, text)) = whom
                    && concern == Concern::Perhaps
                    && !named
                {
                    let place = self.place(column, at);
                    self.findings.warn(place, "minor_perhaps", ["", text]);
                }
            }
        }
        if let Some((column, at, _)) = door {
            self.fault(column, at, "address_too_exact", "");
        }
        for (column, at, text) in &texts {
            if column.key != "group" && house(text) {
                self.fault(column, *at, "address_too_exact", "");
            }
            // What passes a check of its own was named already; the number of an account is one fault and not two.
            if has_long_number(text) && trace(text).is_none() {
                let found: String = text
                    .chars()
                    .map(|c| if c.is_numeric() { '*' } else { c })
                    .collect();
                let place = self.place(column, *at);
                self.findings.error(place, "has_long_number", ["", &found]);
                self.bad = true;
            } else if account(text) {
                self.fault(column, *at, "has_account", "");
            }
        }
        for (column, at, text) in texts {
            let shown = mask::standing(&mask::health(text));
            if shown != text {
                let found = self.cell(at).map(Cell::shown).unwrap_or_default();
                let place = self.place(column, at);
                self.findings.warn(place, "health_named", ["", &found]);
            }
        }
    }

    /// Somebody who stands in a column of his own may be the child of whom the words beside speak: 孤儿代管款, 张小伟.
    fn guard_parties(&mut self, cells: &[Option<Value>], last: Option<Day>) {
        let texts = self.texts(cells);
        for (column, at, party) in texts
            .iter()
            .filter(|(column, ..)| column.class != Class::Open && !column.names_officers())
        {
            let others = texts.iter().filter(|(other, ..)| other.key != column.key);
            let concern = others
                .map(|(.., words)| child::of_payee(party, words, last))
                .max();
            match concern {
                Some(Concern::Minor) => self.fault(column, *at, "minor_listed", ""),
                Some(Concern::Perhaps) => {
                    let place = self.place(column, *at);
                    self.findings.warn(place, "minor_perhaps", ["", party]);
                }
                _ => {}
            }
        }
    }

    /// What the words of a table that lists no people may not tell: a minor by name, where somebody lives, an account; and
    /// what they had better not: an illness, which is hidden while the words beside it are not.
    fn guard_words(&mut self, cells: &[Option<Value>], period: Option<Period>) {
        let last = period.map(Period::last_day);
        self.guard_parties(cells, last);
        for ((column, at), cell) in self.columns().zip(cells) {
            let Some(Value::Text(text)) = cell else {
                continue;
            };
            let concern = child::in_words(text, last);
            if concern == Concern::Minor {
                self.fault(column, at, "minor_listed", "");
                continue;
            } else if concern == Concern::Perhaps {
                let place = self.place(column, at);
                self.findings.warn(place, "minor_perhaps", ["", text]);
            }
            if house_of_somebody(text) {
                self.fault(column, at, "address_too_exact", "");
            } else if column.class == Class::Open && account(text) {
                self.fault(column, at, "has_account", "");
            } else if mask::health(text) != *text {
                let place = self.place(column, at);
                self.findings.warn(place, "health_named", ["", text]);
            }
        }
    }

    fn refuse_figures(&mut self) {
        for (column, at) in self.columns() {
            if !column.summed {
                continue;
            }
            if let Ok(Some(value)) = figure(column.kind, self.cell(at)) {
                let found = column.written(&value);
                let place = self.place(column, at);
                self.findings.error(place, "row_after_total", ["", &found]);
            }
        }
    }
}

/// The value of a cell of a column.
fn value(
    column: &Column,
    cell: Option<&Cell>,
    year: Option<i32>,
    from_1904: bool,
) -> Result<Option<Value>, Bad> {
    let texts = |most| Ok(cell::words(cell, most)?.map(Value::Text));
    let found = match column.kind {
        Type::Number => return Ok(None),
        Type::Text => return texts(MOST_WORDS),
        Type::Name => return texts(MOST_NAME),
        Type::Account => return Ok(cell::code(cell, MOST_NAME)?.map(Value::Text)),
        Type::Date => return Ok(cell::day(cell, year, from_1904)?.map(Value::Day)),
        Type::Span => {
            let span = cell::span(cell)?;
            return Ok(span.map(|(from, to)| Value::Span { from, to }));
        }
        Type::Word(words) => return Ok(cell::word(cell, words)?.map(Value::Word)),
        Type::Money | Type::Signed | Type::Quantity | Type::Rate | Type::Percent => {
            figure(column.kind, cell)?
        }
    };
    // A dash that somebody wrote is a nought.
    let zero = if column.kind.is_money() {
        Value::Fen(Fen(0))
    } else {
        Value::Exact(Exact(0))
    };
    let blank = cell.is_some() || column.blank_is_zero;
    let found = found.or_else(|| blank.then_some(zero));
    let sign = matches!(column.kind, Type::Signed | Type::Percent);
    match found {
        Some(Value::Fen(Fen(number)) | Value::Exact(Exact(number))) if number < 0 && !sign => {
            Err(("may_not_be_negative", String::new()))
        }
        found => Ok(found),
    }
}
