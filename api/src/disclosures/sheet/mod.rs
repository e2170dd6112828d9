//! Reading a sheet as a village's accountant fills it in: XLSX, CSV or the JSON of an export, told apart by their
//! first bytes. A ledger (T1) is read by `lines`, every other kind by `rows` from its declaration. Everything that is
//! wrong is named with its cell; nothing is guessed and nothing is kept.

mod archive;
mod cell;
mod columns;
mod copied;
mod grid;
mod json;
mod layout;
mod lines;
mod masked;
mod merge;
mod pairs;
mod personal;
mod problem;
mod read;
mod rows;
mod text;
mod totals;
mod wording;
mod workbook;

#[cfg(test)]
mod column_tests;
#[cfg(test)]
mod garbage_tests;
#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;

use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::table::Layout;
use memchr::memmem;
use serde::{Deserialize, Serialize};

pub use archive::MOST_XLSX_BYTES;
pub use columns::{Chosen, Senseless, SheetColumn, Wanted, senseless};
pub use copied::{Copied, Copy};
pub use grid::place_of;
use grid::{Findings, Grid, Place};
pub use pairs::{CHART_LABEL, PERIOD_LABEL, VILLAGE_LABEL};
pub use problem::{Bilingual, CellProblem, MOST_PROBLEMS};
pub use read::ReadSheet;
pub use text::{MOST_CSV_BYTES, MOST_CSV_ROWS};
pub use workbook::MOST_XLSX_ROWS;
pub use workbook::{HINTS_SHEET, MARKS_SHEET};

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
    /// 科目表版本: `2004` or `2024`
    pub chart: Option<String>,
    /// Which column of the sheet is which, where its headings do not say it.
    pub columns: Chosen,
    /// Whether the cells come back, too, to be marked.
    pub copied: bool,
}

/// Reads a ledger, as [`read_sheet`] reads any kind.
#[must_use]
pub fn read_ledger(bytes: &[u8], file_name: &str, given: &Pairs) -> ReadSheet {
    read_sheet(DisclosureKind::Ledger, bytes, file_name, given)
}

/// Reads a sheet of a kind from the bytes of an XLSX, CSV or JSON file. Never fails as a whole: see
/// [`ReadSheet::errors`]. Sums are compared by [`ReadSheet::check`].
#[must_use]
pub fn read_sheet(kind: DisclosureKind, bytes: &[u8], file_name: &str, given: &Pairs) -> ReadSheet {
    let mut findings = Findings::of(file_name);
    let (grid, most) = cells(kind, bytes, &mut findings);
    let mut read = ReadSheet {
        kind,
        ..ReadSheet::default()
    };
    // Nobody finds out from two dozen missing headings that the wrong kind was chosen.
    let other = grid
        .as_ref()
        .filter(|_| !json::is_object(bytes) && given.columns.is_empty())
        .and_then(|grid| layout::other_kind(grid, kind));
    if let Some(other) = other {
        findings.error(Place::FILE, "other_kind", [other.name(), ""]);
    } else if let Some(grid) = grid {
        let copied = given.copied && !json::is_object(bytes);
        read.copy = copied.then(|| Copy::of(&grid));
        match Layout::of(kind) {
            None => read.take_ledger(grid, most, given, &mut findings),
            Some(layout) => read.take_table(layout, grid, most, given, &mut findings),
        }
    }
    if json::is_object(bytes) {
        json::renumber(&mut findings.errors);
        json::renumber(&mut findings.warnings);
        read.letters.clear();
        read.wanted.clear();
        read.sheet_columns.clear();
        let rows = read.line_rows.iter_mut();
        let rows = rows.chain(read.half.iter_mut().map(|(row, _)| row));
        rows.for_each(|row| *row = json::line_of(*row));
        (read.opening_row, read.closing_row) = (None, None);
    }
    read.sheet = findings.sheet;
    read.errors = findings.errors;
    if read
        .errors
        .iter()
        .any(|error| error.code == "chart_unknown")
    {
        // Which accounts there are is known once it is known by which chart.
        read.errors.retain(|error| error.code != "account_unknown");
    }
    read.warnings = findings.warnings;
    read
}

/// The cells of a file of whatever format, and how many rows of it may be lines; without cells, the findings say why.
fn cells(kind: DisclosureKind, bytes: &[u8], findings: &mut Findings) -> (Option<Grid>, Most) {
    if bytes.is_empty() {
        findings.error(Place::FILE, "file_empty", ["", ""]);
        (None, Most::CSV)
    } else if bytes.starts_with(b"PK\x03\x04") {
        (workbook::read(bytes, findings), Most::XLSX)
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
        (None, Most::CSV)
    } else if is_web_page(bytes) {
        findings.error(Place::FILE, "is_web_page", ["", ""]);
        (None, Most::CSV)
    } else if json::is_object(bytes) {
        (json::read(kind, bytes, findings), Most::CSV)
    } else if json::is_list(bytes) {
        findings.error(Place::FILE, "json_unreadable", ["", ""]);
        (None, Most::CSV)
    } else {
        (text::read(bytes, findings), Most::CSV)
    }
}

/// How many rows of a file may be lines, and the word for more.
#[derive(Debug, Clone, Copy)]
struct Most {
    rows: usize,
    code: &'static str,
}

impl Most {
    const XLSX: Self = Self {
        rows: MOST_XLSX_ROWS,
        code: "too_many_rows_of_xlsx",
    };
    const CSV: Self = Self {
        rows: MOST_CSV_ROWS,
        code: "too_many_rows",
    };

    /// Whether so many rows below the headings are not worth reading. A total row and a few remarks do not make a
    /// sheet too long; lines do.
    fn is_beyond(self, below: usize) -> bool {
        below > self.rows + MOST_REMARKS
    }

    fn refuse(self, rows: usize, findings: &mut Findings) {
        if rows > self.rows {
            let args = [self.rows.to_string(), rows.to_string()];
            let args = args.each_ref().map(String::as_str);
            findings.error(Place::FILE, self.code, args);
        }
    }
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
