//! Reading a ledger workbook (T1) as a village's accountant fills it in: XLSX or CSV, told apart by their
//! first bytes. Everything that is wrong is named with its cell; nothing is guessed and nothing is kept.

mod archive;
mod cell;
mod grid;
mod layout;
mod lines;
mod pairs;
mod problem;
mod text;
mod workbook;

#[cfg(test)]
mod garbage_tests;
#[cfg(test)]
mod tests;

use domain::disclosure::check::SUM_CODES;
use domain::disclosure::ledger::{CLOSING_LABEL, Column, Ledger, LedgerLine, OPENING_LABEL};
use domain::disclosure::period::Period;
use domain::money::Fen;
use memchr::memmem;
use serde::{Deserialize, Serialize};

pub use archive::MOST_XLSX_BYTES;
use grid::{Findings, Place, letter};
pub use pairs::{PERIOD_LABEL, VILLAGE_LABEL};
pub use problem::{Bilingual, CellProblem, MOST_PROBLEMS};
pub use text::{MOST_CSV_BYTES, MOST_CSV_ROWS};
pub use workbook::MOST_XLSX_ROWS;

/// How the container begins in which Excel keeps old workbooks, and new ones under a password (MS-CFB).
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
/// The stream in it that is a workbook under a password (MS-OFFCRYPTO 2.3.4.4), in UTF-16.
const ENCRYPTED: &str = "EncryptedPackage";

/// Rows below the headings that are no lines: the total and remarks.
const MOST_REMARKS: usize = 20;

/// What was given beside the file, as text: it stands in for a pair that the sheet leaves out, and must
/// agree with one that it has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairs {
    /// 村名
    pub village: Option<String>,
    /// 期间, such as `2026-10`
    pub period: Option<String>,
    /// 期初余额(元), in yuan
    pub opening: Option<String>,
    /// 期末余额(元), in yuan
    pub closing: Option<String>,
}

/// A ledger as far as it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadLedger {
    /// The sheet's name; of a CSV file, the file's name.
    pub sheet: String,
    /// The village's name.
    pub village: Option<String>,
    /// The period.
    pub period: Option<Period>,
    /// The opening balance.
    pub opening: Option<Fen>,
    /// The row it stands in.
    pub opening_row: Option<u32>,
    /// The closing balance.
    pub closing: Option<Fen>,
    /// The row it stands in.
    pub closing_row: Option<u32>,
    /// The lines that could be read, in the order of the sheet.
    pub lines: Vec<LedgerLine>,
    /// The row of each line, counted from 1.
    pub line_rows: Vec<u32>,
    /// How many rows were meant as lines, readable or not.
    pub rows: usize,
    /// The letter of each column that was found, by heading.
    pub letters: Vec<(String, String)>,
    /// What forbids a draft, at most [`MOST_PROBLEMS`] and a count of the rest.
    pub errors: Vec<CellProblem>,
    /// What somebody should look at.
    pub warnings: Vec<CellProblem>,
}

/// Reads a ledger from the bytes of an XLSX or CSV file. Never fails as a whole: see
/// [`ReadLedger::errors`]. Sums are compared by [`ReadLedger::check`].
#[must_use]
pub fn read_ledger(bytes: &[u8], file_name: &str, given: &Pairs) -> ReadLedger {
    let mut findings = Findings::of(file_name);
    let zipped = bytes.starts_with(b"PK\x03\x04");
    let (grid, most) = if bytes.is_empty() {
        findings.error(Place::FILE, "file_empty", ["", ""]);
        (None, 0)
    } else if zipped {
        (workbook::read(bytes, &mut findings), MOST_XLSX_ROWS)
    } else if bytes.starts_with(COMPOUND) {
        let sealed: Vec<u8> = ENCRYPTED
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let code = match memmem::find(bytes, &sealed) {
            Some(_) => "has_password",
            None => "old_xls",
        };
        findings.error(Place::FILE, code, ["", ""]);
        (None, 0)
    } else if is_web_page(bytes) {
        findings.error(Place::FILE, "is_web_page", ["", ""]);
        (None, 0)
    } else {
        (text::read(bytes, &mut findings), MOST_CSV_ROWS)
    };
    let mut read = ReadLedger::default();
    let layout = grid
        .as_ref()
        .and_then(|grid| layout::headings(grid, &mut findings));
    if let Some((grid, layout)) = grid.zip(layout) {
        let top = pairs::top(&grid, layout.heading_row, given, &mut findings);
        let below = grid.rows.range(layout.heading_row + 1..).count();
        // A total row and a few remarks do not make a sheet too long; lines do.
        let mut rows = below;
        if below <= most + MOST_REMARKS {
            let lines = lines::read(&grid, &layout, &top, &mut findings);
            (read.lines, read.line_rows, read.rows) = (lines.lines, lines.line_rows, lines.rows);
            rows = read.rows;
        }
        if rows > most {
            let args = [most.to_string(), rows.to_string()];
            let code = if zipped {
                "too_many_rows_of_xlsx"
            } else {
                "too_many_rows"
            };
            findings.error(Place::FILE, code, args.each_ref().map(String::as_str));
        }
        let letters = layout.columns.iter();
        read.letters = letters
            .map(|(column, index)| (column.heading().to_owned(), letter(*index)))
            .collect();
        (read.village, read.period) = (top.village.value, top.period.value);
        (read.opening, read.opening_row) = (top.opening.value, top.opening.row);
        (read.closing, read.closing_row) = (top.closing.value, top.closing.row);
    }
    read.sheet = findings.sheet;
    read.errors = findings.errors;
    read.warnings = findings.warnings;
    read
}

/// Whether it begins as a page of markup does, after a mark and blanks: what other systems export as "Excel".
fn is_web_page(bytes: &[u8]) -> bool {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let plain = plain.trim_ascii_start();
    [
        b"<!doctype".as_slice(),
        b"<html",
        b"<?xml",
        b"<table",
        b"<meta",
        b"<head",
    ]
    .iter()
    .any(|tag| {
        let here = plain.get(..tag.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(tag))
    })
}

impl ReadLedger {
    /// A file that could not be read at all, and the code of why.
    #[must_use]
    pub fn unread(file_name: &str, code: &'static str) -> Self {
        let mut findings = Findings::of(file_name);
        findings.error(Place::FILE, code, ["", ""]);
        Self {
            sheet: findings.sheet,
            errors: findings.errors,
            ..Self::default()
        }
    }

    /// The ledger, when nothing is wrong with it.
    #[must_use]
    pub fn ledger(&self) -> Option<Ledger> {
        let (opening, closing) = self.opening.zip(self.closing)?;
        self.errors.is_empty().then(|| Ledger {
            opening,
            closing,
            lines: self.lines.clone(),
        })
    }

    /// Compares sums, order, days and the balance of the period before, and adds what is wrong to
    /// [`ReadLedger::errors`], with its cell. Sums over lines are compared only
    /// when everything could be read: otherwise they follow from what is named already. Call it once.
    pub fn check(&mut self, previous_closing: Option<Fen>, period: Period) {
        let complete = self.errors.is_empty() && self.opening.is_some() && self.closing.is_some();
        let has = |column: Column| {
            let mut headings = self.letters.iter().map(|(heading, _)| heading);
            headings.any(|heading| heading == column.heading())
        };
        let both_sides = has(Column::Income) && has(Column::Expense);
        let ledger = Ledger {
            opening: self.opening.unwrap_or_default(),
            closing: self.closing.unwrap_or_default(),
            lines: self.lines.clone(),
        };
        let previous = previous_closing.filter(|_| self.opening.is_some());
        for fault in ledger.check(previous, period) {
            let sum = SUM_CODES.contains(&fault.code);
            if sum && !complete || fault.code == "amount_missing" && !both_sides {
                continue;
            }
            let row = match fault.line {
                Some(index) => self.line_rows.get(index).copied(),
                None if fault.column == OPENING_LABEL => self.opening_row,
                None if fault.column == CLOSING_LABEL => self.closing_row,
                None => None,
            };
            let letter = self
                .letters
                .iter()
                .find(|(heading, _)| heading == fault.column);
            let problem = CellProblem {
                sheet: self.sheet.clone(),
                row,
                column: fault.column.to_owned(),
                cell: row
                    .zip(letter)
                    .map(|(row, (_, letter))| format!("{letter}{row}")),
                code: fault.code.into(),
                expected: fault.expected,
                found: fault.found,
            };
            problem::push(&mut self.errors, problem);
        }
    }
}
