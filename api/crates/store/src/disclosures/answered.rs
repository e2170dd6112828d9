//! What was answered for everybody about a version: an answer stays with the version that was seen when it was asked
//! for, and so beside the line that it is about.

use diesel::prelude::*;
use domain::complaint::intake::AboutType;
use domain::time::Timestamp;

use super::Record;
use crate::Tx;
use crate::about::About;
use crate::error::StoreError;
use crate::schema::{ledger_lines, published_answers, sheet_rows};

/// Published answers about a version and its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answered {
    /// How many.
    pub count: i64,
    /// When the newest of them was published.
    pub newest: Option<Timestamp>,
}

type Row = (Option<String>, i64, Option<String>, Option<String>);

/// Fills in what was answered about these versions, with one query for any number of them.
pub(super) fn fill(tx: &mut Tx<'_>, records: &mut [Record]) -> Result<(), StoreError> {
    let public = |record: &&Record| record.progress.published().is_some();
    let regions: Vec<String> = records
        .iter()
        .filter(public)
        .map(|record| record.sheet.region.to_string())
        .collect();
    if regions.is_empty() {
        return Ok(());
    }
    // A village has few of them: the lines are looked up from the answers, not the other way round.
    let rows: Vec<Row> = published_answers::table
        .left_join(
            ledger_lines::table.on(published_answers::about_id.eq(ledger_lines::id.nullable())),
        )
        .left_join(sheet_rows::table.on(published_answers::about_id.eq(sheet_rows::id.nullable())))
        .filter(published_answers::region_code.eq_any(regions))
        .filter(published_answers::about_id.is_not_null())
        .select((
            published_answers::about,
            published_answers::published_at,
            ledger_lines::sheet_id.nullable(),
            sheet_rows::sheet_id.nullable(),
        ))
        .load(tx.0)?;
    for (about, at, of_ledger, of_table) in rows {
        let sheet = of_ledger.or(of_table);
        let about = about.and_then(|text| serde_json::from_str::<About>(&text).ok());
        let is_about = |record: &&mut Record| match &sheet {
            Some(sheet) => record.sheet.id.as_str() == sheet,
            None => about.as_ref().is_some_and(|about| {
                about.kind == AboutType::Disclosure
                    && about.id == record.id.as_str()
                    && about.version == record.version
            }),
        };
        if let Some(record) = records.iter_mut().find(is_about) {
            let answered = &mut record.answered;
            answered.count += 1;
            answered.newest = answered.newest.max(Some(Timestamp::from_micros(at)));
        }
    }
    Ok(())
}
