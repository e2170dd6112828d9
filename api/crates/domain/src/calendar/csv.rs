//! Reading announced days from a table, as the administrator uploads it and as the seed holds it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{CalendarDay, DayKind};
use crate::time::parse_day;

/// The columns, in this order, as the first line names them.
const HEADER: [&str; 3] = ["date", "kind", "name"];
/// Characters a holiday's name may have; the longest announced one has 25.
const LONGEST_NAME: usize = 60;

/// One thing wrong in a table, named so that a person finds the cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CsvProblem {
    /// The line of the file; the heading is line 1.
    pub row: usize,
    /// `date`, `kind`, `name`, or empty when the whole line is meant.
    pub column: &'static str,
    /// `bad_header`, `wrong_column_count`, `bad_date`, `bad_kind`, `bad_name` or `duplicate_date`.
    pub code: &'static str,
    /// The text found.
    pub detail: String,
}

/// Reads `date,kind(off|work),name` with a heading; a byte order mark, Windows line ends, blanks around a
/// cell and empty lines are tolerated. All or nothing: one bad line refuses the table.
///
/// # Errors
/// Every problem of every line.
pub fn parse_holidays_csv(text: &str) -> Result<Vec<CalendarDay>, Vec<CsvProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines());
    let header = lines.next().map_or("", |(_, line)| line);
    if !cells(header).eq(HEADER) {
        return Err(vec![problem(1, "", "bad_header", header)]);
    }
    let (mut days, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (row, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match parse_line(row, line) {
            Ok(day) if seen.insert(day.day) => days.push(day),
            Ok(day) => {
                problems.push(problem(row, "date", "duplicate_date", &day.day.to_string()));
            }
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() {
        Ok(days)
    } else {
        Err(problems)
    }
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split(',')
        .map(|cell| cell.trim().trim_matches('"').trim())
}

fn parse_line(row: usize, line: &str) -> Result<CalendarDay, Vec<CsvProblem>> {
    let mut cells = cells(line);
    let (Some(date), Some(kind), Some(name), None) =
        (cells.next(), cells.next(), cells.next(), cells.next())
    else {
        return Err(vec![problem(row, "", "wrong_column_count", line)]);
    };
    let day = parse_day(date).ok_or_else(|| problem(row, "date", "bad_date", date));
    let kind = DayKind::parse(kind).ok_or_else(|| problem(row, "kind", "bad_kind", kind));
    let name = crate::text::line(name, 1, LONGEST_NAME)
        .map_err(|_| problem(row, "name", "bad_name", name));
    match (day, kind, name) {
        (Ok(day), Ok(kind), Ok(name)) => Ok(CalendarDay { day, kind, name }),
        (day, kind, name) => Err([day.err(), kind.err(), name.err()]
            .into_iter()
            .flatten()
            .collect()),
    }
}

fn problem(row: usize, column: &'static str, code: &'static str, detail: &str) -> CsvProblem {
    CsvProblem {
        row,
        column,
        code,
        detail: detail.to_owned(),
    }
}
