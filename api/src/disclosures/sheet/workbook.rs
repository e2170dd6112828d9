//! XLSX: first a look at the archive (`archive`), then the cells of the sheet with the table one after the other, so that
//! one cell at the far end of a sheet costs nothing.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, SheetType, Xlsx};

use super::MOST_REMARKS;
use super::archive::inspect;
use super::cell::{number_text, serial_day};
use super::grid::{Cell, Findings, Grid, MOST_COLUMNS, Place};
use super::merge::Merge;

/// The most data rows of a workbook; more come as CSV.
pub const MOST_XLSX_ROWS: usize = 20_000;
/// The sheet of a template that says how to fill in the other.
pub const HINTS_SHEET: &str = "填写说明";
/// The sheet of a marked workbook that lists what is wrong.
pub const MARKS_SHEET: &str = "检查清单";
/// So many further sheets are named to whoever may have thought that they are read.
const MOST_NAMED: usize = 5;
/// A further sheet whose first cells, so many of them, are only drawn and hold nothing is taken for empty.
const MOST_LOOKED_AT: usize = 10_000;
/// Filled cells in a row by which a table is told from a title, a date or a letter.
const NARROWEST: usize = 3;
/// The most sheets of a workbook, read or not: each has a part of its own, and of those there are not more.
const MOST_SHEETS: usize = 200;

/// The cells of the sheet with the table; `None` when `findings` says why it cannot be read at all.
pub fn read(bytes: &[u8], findings: &mut Findings) -> Option<Grid> {
    let outcome = inspect(bytes).and_then(|seen| {
        // Garbage that calamine trips over ends here; its memory and time are the process's (`disclosures::reader`).
        let cells = catch_unwind(AssertUnwindSafe(|| cells(bytes)));
        Ok((seen, cells.unwrap_or(Err("workbook_unreadable"))?))
    });
    match outcome {
        Ok((seen, (sheet, grid, others))) => {
            findings.sheet = sheet;
            if seen.hides {
                findings.warn(Place::FILE, "hidden_cells", ["", ""]);
            }
            if !others.is_empty() {
                let found = others.join("、");
                findings.warn(
                    Place::FILE,
                    "other_sheets",
                    [&findings.sheet.clone(), &found],
                );
            }
            Some(grid)
        }
        Err(code) => {
            let expected = match code {
                "file_too_large" => "5 MiB".to_owned(),
                "too_many_rows_of_xlsx" => MOST_XLSX_ROWS.to_string(),
                _ => String::new(),
            };
            findings.error(Place::FILE, code, [&expected, ""]);
            None
        }
    }
}

/// The most merged ranges that are looked at.
const MOST_MERGES: usize = 20_000;

/// The table's sheet and cells, and the names of further ones that hold something.
fn cells(bytes: &[u8]) -> Result<(String, Grid, Vec<String>), &'static str> {
    let unreadable = |_| "workbook_unreadable";
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    if workbook.sheets_metadata().len() > MOST_SHEETS {
        return Err("too_many_entries");
    }
    let sheet = with_the_table(&mut workbook).ok_or("workbook_unreadable")?;
    let mut grid = Grid {
        from_1904: workbook.has_1904_epoch(),
        ..Grid::default()
    };
    let mut reader = workbook
        .worksheet_cells_reader(&sheet)
        .map_err(unreadable)?;
    while let Some(cell) = reader
        .next_cell_with_formula_metadata()
        .map_err(unreadable)?
    {
        let (row, column) = cell.pos;
        let value = match cell.value {
            // What wrote the file did not calculate; Excel would have.
            DataRef::Empty if cell.formula.is_some() => Some(Cell::Uncalculated),
            value => plain(&value, grid.from_1904),
        };
        let (Some(value), Ok(column)) = (value, u16::try_from(column)) else {
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
            return Err("too_many_rows_of_xlsx");
        }
    }
    drop(reader);
    grid.merges = merges(&mut workbook, &sheet)?;
    let others = others(&mut workbook, &sheet);
    Ok((sheet, grid, others))
}

/// The names of the sheets with cells, in their order.
fn worksheets(workbook: &Xlsx<Cursor<&[u8]>>) -> Vec<String> {
    workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The sheet to read: the first one that looks like a table, so that a cover or a letter before it is in nobody's way;
/// where none does, the first, whose faults are then named.
fn with_the_table(workbook: &mut Xlsx<Cursor<&[u8]>>) -> Option<String> {
    let names = worksheets(workbook);
    let is_ours = |name: &str| name == HINTS_SHEET || name == MARKS_SHEET;
    let table = names
        .iter()
        .find(|name| !is_ours(name) && is_tabular(workbook, name));
    table.or_else(|| names.first()).cloned()
}

/// Whether a sheet has a row with as many filled cells as the narrowest table, among the cells that are looked at. One
/// that cannot be read is taken for one, so that the reason is told.
fn is_tabular(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> bool {
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else {
        return true;
    };
    let (mut row, mut filled) = (0, 0);
    for _ in 0..MOST_LOOKED_AT {
        match cells.next_cell() {
            Ok(Some(cell)) => {
                let (at, _) = cell.get_position();
                if at != row {
                    (row, filled) = (at, 0);
                }
                filled += usize::from(plain(cell.get_value(), false).is_some());
                if filled >= NARROWEST {
                    return true;
                }
            }
            Ok(None) => return false,
            Err(_) => return true,
        }
    }
    // So much that is only drawn, or one column without end.
    false
}

/// Names of other sheets that are not empty, as far as they can be read: nothing hangs on them.
fn others(workbook: &mut Xlsx<Cursor<&[u8]>>, read: &str) -> Vec<String> {
    let mut named = worksheets(workbook);
    named.retain(|name| name != read && name != HINTS_SHEET && name != MARKS_SHEET);
    let mut holds_something = |name: &String| {
        let Ok(mut cells) = workbook.worksheet_cells_reader(name) else {
            return false;
        };
        for _ in 0..MOST_LOOKED_AT {
            match cells.next_cell() {
                Ok(Some(cell)) if plain(cell.get_value(), false).is_some() => return true,
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => break,
            }
        }
        false
    };
    named
        .into_iter()
        .filter(|name| holds_something(name))
        .take(MOST_NAMED)
        .collect()
}

/// The merged cells of a sheet, within the columns that are looked at.
fn merges(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<Merge>, &'static str> {
    let found = workbook
        .merge_cells_by_sheet_name(sheet)
        .map_err(|_| "workbook_unreadable")?;
    let column = |column: u32| u16::try_from(column).unwrap_or(u16::MAX).min(MOST_COLUMNS);
    let merge = |of: calamine::Dimensions| Merge {
        rows: (of.start.0.saturating_add(1), of.end.0.saturating_add(1)),
        columns: (column(of.start.1), column(of.end.1)),
    };
    // Ranges that end before they begin come from no program that writes workbooks.
    let sane = |merge: &Merge| merge.rows.0 <= merge.rows.1 && merge.columns.0 <= merge.columns.1;
    Ok(found
        .into_iter()
        .map(merge)
        .filter(sane)
        .take(MOST_MERGES)
        .collect())
}

/// A cell without what calamine knows beyond our four kinds; a formula is what it came to last.
fn plain(value: &DataRef<'_>, from_1904: bool) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(text.into()));
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Cell::Number(number.to_string().into())),
        DataRef::Float(number) => Some(Cell::Number(number_text(*number).into())),
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        DataRef::Bool(truth) => Some(Cell::Strange(truth.to_string().to_uppercase().into())),
        DataRef::Error(error) => Some(Cell::Strange(error.to_string().into())),
        DataRef::DateTime(at) if at.is_datetime() => {
            Some(Cell::Day(serial_day(at.as_f64(), from_1904)))
        }
        DataRef::DateTime(at) => Some(Cell::Number(number_text(at.as_f64()).into())),
        DataRef::DateTimeIso(iso) | DataRef::DurationIso(iso) => text(iso),
    }
}
