//! What a table says of events: rows of their days, one for each.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::table::{Layout, Value};
use domain::time::Day;

use crate::schema::sheet_rows;
use crate::{StoreError, Tx};

/// The column of the day on which something happened.
const DAY: &str = "date";

/// Of which days a sheet tells something, and in how many rows; `None` for a kind whose rows have no day, which tells of
/// its whole period.
pub(super) fn days_told(
    tx: &mut Tx<'_>,
    sheet: &str,
    kind: DisclosureKind,
) -> Result<Option<BTreeMap<Day, usize>>, StoreError> {
    let Some((layout, column)) = Layout::of(kind).and_then(|layout| {
        let column = layout.index(DAY)?;
        Some((layout, column))
    }) else {
        return Ok(None);
    };
    let rows: Vec<(i32, String)> = sheet_rows::table
        .filter(sheet_rows::sheet_id.eq(sheet))
        .select((sheet_rows::no, sheet_rows::cells))
        .load(tx.0)?;
    let mut days = BTreeMap::new();
    for (no, cells) in rows {
        let corrupt = || StoreError::Corrupt("sheet_rows", sheet.to_owned());
        let cells = serde_json::from_str(&cells).map_err(|_| corrupt())?;
        let row = layout.row(no, &cells).ok_or_else(corrupt)?;
        if let Some(Some(Value::Day(day))) = row.cells.get(column) {
            *days.entry(*day).or_default() += 1;
        }
    }
    Ok(Some(days))
}
