//! JSON as the exports write it, laid out as the sheet it came from, so that it is read and checked as a sheet is.

use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::{CLOSING_LABEL, Column, OPENING_LABEL};
use domain::disclosure::table::Layout;
use domain::money::Fen;
use serde_json::Value as Json;

use super::grid::{Cell, Findings, Grid, Place, Row};
use super::pairs::{CHART_LABEL, PERIOD_LABEL};
use super::problem::CellProblem;
use super::text::{MOST_CSV_BYTES, MOST_CSV_ROWS};
use crate::spreadsheet::cell_text;

/// Rows that stand above the lines here, and that nobody sees in the file.
const ABOVE: u32 = 2;

/// Whether it begins as an object of JSON does.
#[must_use]
pub fn is_object(bytes: &[u8]) -> bool {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    plain.trim_ascii_start().first() == Some(&b'{')
}

/// Whether it begins as a list of JSON does, which is no export of ours; a title in brackets is no such list.
#[must_use]
pub fn is_list(bytes: &[u8]) -> bool {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let within = plain.trim_ascii_start().strip_prefix(b"[");
    within.is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'[' | b'{' | b']')))
}

/// The lines of an export as a sheet; `None` when `findings` says why it cannot be read at all.
pub fn read(kind: DisclosureKind, bytes: &[u8], findings: &mut Findings) -> Option<Grid> {
    if bytes.len() > MOST_CSV_BYTES {
        findings.error(Place::FILE, "file_too_large", ["20 MiB", ""]);
        return None;
    }
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let parsed: Option<Json> = serde_json::from_slice(plain).ok();
    let lines = parsed.as_ref().and_then(|json| json.get("lines"));
    let (Some(json), Some(lines)) = (&parsed, lines.and_then(Json::as_array)) else {
        findings.error(Place::FILE, "json_unreadable", ["", ""]);
        return None;
    };
    if lines.len() > MOST_CSV_ROWS {
        let args = [MOST_CSV_ROWS.to_string(), lines.len().to_string()];
        findings.error(
            Place::FILE,
            "too_many_rows",
            args.each_ref().map(String::as_str),
        );
        return None;
    }
    if let Some(said) = json.get("kind").and_then(Json::as_str)
        && said != kind.as_str()
    {
        findings.error(Place::FILE, "kind_differs", [kind.as_str(), said]);
        return None;
    }
    let mut grid = Grid::default();
    grid.rows.insert(1, pairs(json));
    let (headings, rows) = match Layout::of(kind) {
        Some(layout) => of_table(layout, lines),
        None => of_ledger(lines),
    };
    grid.rows.insert(ABOVE, headings);
    for (number, row) in (ABOVE + 1..).zip(rows) {
        grid.rows.insert(number, row);
    }
    Some(grid)
}

/// Numbers rows as the file's lines are, from 1, where they were named by the sheet made of them.
pub fn renumber(problems: &mut [CellProblem]) {
    for problem in problems {
        problem.row = problem.row.and_then(|row| row.checked_sub(ABOVE));
        problem.row = problem.row.filter(|row| *row > 0);
        problem.cell = None;
    }
}

/// The line of the file that a row of the sheet is made of.
#[must_use]
pub fn line_of(row: u32) -> u32 {
    row.saturating_sub(ABOVE)
}

fn pairs(json: &Json) -> Row {
    let mut row = Row::default();
    let mut column = 0;
    let mut pair = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            row.insert(column, Cell::Text(label.into()));
            row.insert(column + 1, Cell::Text(value.into()));
            column += 2;
        }
    };
    let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
    pair(PERIOD_LABEL, text("period"));
    pair(CHART_LABEL, text("chart_version"));
    for (label, key) in [
        (OPENING_LABEL, "opening_fen"),
        (CLOSING_LABEL, "closing_fen"),
    ] {
        let fen = json.get(key).and_then(Json::as_i64);
        pair(label, fen.map(|fen| Fen(fen).to_yuan()));
    }
    row
}

fn heading_row<'a>(headings: impl Iterator<Item = &'a str>) -> Row {
    let cells = headings.map(|heading| Cell::Text(heading.into()));
    (0..).zip(cells).collect()
}

fn of_table(layout: &Layout, lines: &[Json]) -> (Row, Vec<Row>) {
    let row = |line: &Json| {
        let cells = (0_u16..).zip(layout.columns);
        cells
            .filter_map(|(at, column)| {
                let json = match column.key {
                    "no" => line.get("no")?,
                    key => line.get("cells")?.get(key)?,
                };
                Some((at, cell(json, column.kind.is_money())?))
            })
            .collect()
    };
    let headings = layout.columns.iter().map(|column| column.heading);
    (heading_row(headings), lines.iter().map(row).collect())
}

fn of_ledger(lines: &[Json]) -> (Row, Vec<Row>) {
    let key = |column| match column {
        Column::No => "no",
        Column::Date => "date",
        Column::VoucherNo => "voucher_no",
        Column::Summary => "summary",
        Column::Income => "income_fen",
        Column::Expense => "expense_fen",
        Column::Balance => "balance_fen",
        Column::AccountCode => "account_code",
        Column::FundSource => "fund_source",
        Column::Payee => "payee",
        Column::HandledBy => "handled_by",
        Column::WitnessedBy => "witnessed_by",
        Column::ApprovedBy => "approved_by",
        Column::FileCount => "file_count",
    };
    let row = |line: &Json| {
        let cells = (0_u16..).zip(Column::ALL);
        cells
            .filter_map(|(at, column)| {
                let key = key(column);
                Some((at, cell(line.get(key)?, key.ends_with("_fen"))?))
            })
            .collect()
    };
    let headings = Column::ALL.into_iter().map(Column::heading);
    (heading_row(headings), lines.iter().map(row).collect())
}

/// A cell as the sheet would have it; `None` where nothing stands.
fn cell(json: &Json, is_fen: bool) -> Option<Cell> {
    let text = match json {
        Json::Null => return None,
        Json::String(text) if text.trim().is_empty() => return None,
        Json::String(text) => cell_text(text),
        Json::Number(number) if is_fen => match number.as_i64() {
            Some(fen) => Fen(fen).to_yuan(),
            None => return Some(Cell::Strange(number.to_string().into())),
        },
        Json::Number(number) => number.to_string(),
        Json::Object(span) => {
            let day = |key: &str| span.get(key).and_then(Json::as_str);
            match day("from").zip(day("to")) {
                Some((from, to)) => format!("{from}至{to}"),
                None => return Some(Cell::Strange("{…}".into())),
            }
        }
        Json::Bool(_) | Json::Array(_) => return Some(Cell::Strange(json.to_string().into())),
    };
    Some(Cell::Text(text.into()))
}
