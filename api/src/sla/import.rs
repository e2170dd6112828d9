//! Taking in the announced days off and make-up working days: `date,kind,name`.

use std::sync::Arc;

use domain::calendar::{CalendarChange, CsvProblem, parse_holidays_csv};
use domain::region::RegionCode;
use store::audit::Actor;

use super::calendars;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::import::{ImportError, ImportFault, Place, text};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// The days of the file.
    pub days: usize,
    /// The calendar's version from now on.
    pub version: i32,
}

/// Adds the days of a table to the calendar of the whole country or of a region; all of them or none.
/// `source` says where they are from. For operators at the command line: nobody else is asked.
///
/// # Errors
/// Every fault of every row, or the store's.
pub async fn import_holidays(
    app: &Arc<App>,
    bytes: &[u8],
    region: Option<RegionCode>,
    source: &str,
) -> Result<Imported, ImportError> {
    let days = parse_holidays_csv(text(bytes)?)
        .map_err(|found| ImportError::Faults(found.into_iter().map(fault).collect()))?;
    let change = CalendarChange {
        region,
        days,
        hours: None,
        source: source.to_owned(),
    };
    let (now, inner) = (app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            if let Some(region) = &change.region
                && !store::regions::exists(tx, region)?
            {
                return Err(ServiceError::at("/region", Code::RegionUnknown).into());
            }
            Ok(Imported {
                days: change.days.len(),
                version: calendars::keep(tx, &inner, &change, Actor::Operator, now)?,
            })
        })
        .await
}

/// A fault of the table in words.
pub fn fault(found: CsvProblem) -> ImportFault {
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
