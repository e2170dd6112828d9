//! XLSX: first a look at the archive without trusting a number it states, then the cells of the first
//! sheet one after the other, so that one cell at the far end of a sheet costs nothing.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, SheetType, Xlsx};

use super::MOST_REMARKS;
use super::cell::{number_text, serial_day};
use super::grid::{Cell, Findings, Grid, MOST_COLUMNS, Place};

/// The largest workbook, packed, in bytes.
pub const MOST_XLSX_BYTES: usize = 5 * 1024 * 1024;
/// The most files inside it.
const MOST_ENTRIES: usize = 200;
/// The most bytes it may unpack to, counted while unpacking.
const MOST_UNPACKED: usize = 100 * 1024 * 1024;
/// How many times its packed size it may unpack to. Sheets full of numbers stay far below 50.
const MOST_RATIO: usize = 100;
/// The most data rows of a workbook; more come as CSV.
pub const MOST_XLSX_ROWS: usize = 20_000;
/// Files inside that are archives themselves.
const ARCHIVES: [&str; 12] = [
    ".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".7z", ".rar", ".gz", ".xz", ".bz2",
    ".jar",
];
/// The only place where XML declares entities.
const DTD: &[u8] = b"<!DOCTYPE";

/// The cells of the first sheet; `None` when `findings` says why it cannot be read at all.
pub fn read(bytes: &[u8], findings: &mut Findings) -> Option<Grid> {
    let outcome = inspect(bytes).and_then(|()| {
        // Garbage that calamine trips over ends here; a child process will bound its memory later.
        catch_unwind(AssertUnwindSafe(|| cells(bytes))).unwrap_or(Err("workbook_unreadable"))
    });
    match outcome {
        Ok((sheet, grid)) => {
            findings.sheet = sheet;
            Some(grid)
        }
        Err(code) => {
            let expected = match code {
                "file_too_large" => "5 MiB".to_owned(),
                "too_many_rows" => MOST_XLSX_ROWS.to_string(),
                _ => String::new(),
            };
            findings.error(Place::FILE, code, [&expected, ""]);
            None
        }
    }
}

/// Whether the archive is one that we open at all.
fn inspect(bytes: &[u8]) -> Result<(), &'static str> {
    if bytes.len() > MOST_XLSX_BYTES {
        return Err("file_too_large");
    }
    let unreadable = |_| "workbook_unreadable";
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > MOST_ENTRIES {
        return Err("too_many_entries");
    }
    if archive.has_duplicate_names() || archive.has_overlapping_entries().map_err(unreadable)? {
        return Err("workbook_unreadable");
    }
    let (mut unpacked, mut chunk) = (0_usize, vec![0_u8; 64 * 1024]);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(unreadable)?;
        let name = entry.name().map_err(unreadable)?.to_lowercase();
        if entry.is_symlink() || entry.encrypted() {
            return Err("workbook_unreadable");
        }
        if name.contains("vbaproject") || name.contains("macrosheets/") {
            return Err("has_macros");
        }
        if name.contains("externallinks/") {
            return Err("has_external_links");
        }
        if ARCHIVES.iter().any(|end| name.ends_with(end)) || name.contains("embeddings/") {
            return Err("nested_archive");
        }
        // The end of the chunk before, so that a word across two chunks is seen.
        let mut tail: Vec<u8> = Vec::new();
        loop {
            let read = entry.read(&mut chunk).map_err(|_| "workbook_unreadable")?;
            if read == 0 {
                break;
            }
            unpacked = unpacked.saturating_add(read);
            if unpacked > MOST_UNPACKED || unpacked > bytes.len().saturating_mul(MOST_RATIO) {
                return Err("unpacks_too_large");
            }
            tail.extend_from_slice(chunk.get(..read).unwrap_or_default());
            if tail
                .windows(DTD.len())
                .any(|part| part.eq_ignore_ascii_case(DTD))
            {
                return Err("has_dtd");
            }
            tail.drain(..tail.len().saturating_sub(DTD.len()));
        }
    }
    Ok(())
}

/// The first sheet's name and cells.
fn cells(bytes: &[u8]) -> Result<(String, Grid), &'static str> {
    let unreadable = |_| "workbook_unreadable";
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = workbook
        .sheets_metadata()
        .iter()
        .find(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .ok_or("workbook_unreadable")?;
    let mut grid = Grid {
        from_1904: workbook.has_1904_epoch(),
        ..Grid::default()
    };
    let mut reader = workbook
        .worksheet_cells_reader(&sheet)
        .map_err(unreadable)?;
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let (Some(value), Ok(column)) = (
            plain(cell.get_value(), grid.from_1904),
            u16::try_from(column),
        ) else {
            continue;
        };
        if column < MOST_COLUMNS {
            grid.rows
                .entry(row.saturating_add(1))
                .or_default()
                .insert(column, value);
        }
        // The rows above the data, of which there are at most ten, are not counted here.
        if grid.rows.len() > MOST_XLSX_ROWS + MOST_REMARKS + 10 {
            return Err("too_many_rows");
        }
    }
    Ok((sheet, grid))
}

/// A cell without what calamine knows beyond our four kinds; a formula is what it came to last.
fn plain(value: &DataRef<'_>, from_1904: bool) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()));
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Cell::Number(number.to_string())),
        DataRef::Float(number) => Some(Cell::Number(number_text(*number))),
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        DataRef::Bool(truth) => Some(Cell::Strange(truth.to_string().to_uppercase())),
        DataRef::Error(error) => Some(Cell::Strange(error.to_string())),
        DataRef::DateTime(at) if at.is_datetime() => {
            Some(Cell::Day(serial_day(at.as_f64(), from_1904)))
        }
        DataRef::DateTime(at) => Some(Cell::Number(number_text(at.as_f64()))),
        DataRef::DateTimeIso(iso) | DataRef::DurationIso(iso) => text(iso),
    }
}
