//! Taking in the announced days off and make-up working days: `date,kind,name`.

use domain::calendar::{CsvProblem, parse_holidays_csv};

use crate::app::App;
use crate::import::{ImportError, ImportFault, Place, text};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// The days of the file.
    pub days: usize,
    /// The calendar's version from now on.
    pub version: i32,
}

/// Adds the days of a table to the calendar; all of them or none. `source` says where they are from.
///
/// # Errors
/// Every fault of every row, or the store's.
pub async fn import_holidays(
    app: &App,
    bytes: &[u8],
    source: &str,
) -> Result<Imported, ImportError> {
    let days = parse_holidays_csv(text(bytes)?)
        .map_err(|found| ImportError::Faults(found.into_iter().map(fault).collect()))?;
    let (source, now) = (source.to_owned(), app.clocks.case());
    app.db
        .write(move |tx| {
            Ok(Imported {
                days: days.len(),
                version: store::calendar::import(tx, &days, &source, now)?,
            })
        })
        .await
}

fn fault(found: CsvProblem) -> ImportFault {
    let (zh, en) = match found.code {
        "bad_header" => (
            "第一行应为 date,kind,name，这里是",
            "the first row must be date,kind,name; this is",
        ),
        "wrong_column_count" => ("应有3列，这一行是", "3 columns wanted; the row is"),
        "bad_date" => (
            "日期应如 2026-10-01，这里是",
            "a date is like 2026-10-01; this is",
        ),
        "bad_kind" => (
            "类型应为 off 或 work，这里是",
            "a kind is off or work; this is",
        ),
        "bad_name" => (
            "节日名称应为1至60个字，这里是",
            "a name has 1 to 60 characters; this is",
        ),
        "duplicate_date" => ("日期重复", "the date is there already"),
        _ => ("内容有误", "wrong"),
    };
    ImportFault::new(
        Place::cell(found.row, found.column),
        found.code,
        format!("{zh}“{}”", found.detail),
        format!("{en} {:?}", found.detail),
    )
}
