//! Who objected to a version is nobody's to know here, nor how many: only when, and whether it is answered.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;
use domain::complaint::state::StateName;
use domain::disclosure::posting::Objection;
use domain::policy::Kind;
use domain::time::Timestamp;

use super::Record;
use crate::Tx;
use crate::error::StoreError;
use crate::schema::{
    complaint_events, complaints, disclosure_versions, ledger_lines, merges, obligations,
    sheet_rows,
};

/// What settles a case, as its history words it.
const SETTLES: [&str; 4] = ["approve", "decline", "withdraw", "merge"];

/// The complaints and questions about a disclosure, any version of it or a line of one. For holding a withdrawal
/// against; nothing of it may be shown.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn objections(tx: &mut Tx<'_>, record: &Record) -> Result<Vec<Objection>, StoreError> {
    let id = record.id.as_str();
    let kinds = [Kind::Complaint.as_str(), Kind::Question.as_str()];
    let mut found: Vec<(String, String, i64)> = complaints::table
        .filter(complaints::about_id.eq(id))
        .filter(complaints::kind.eq_any(kinds))
        .select((complaints::id, complaints::state, complaints::received_at))
        .load(tx.0)?;
    let about_lines: Vec<(String, String, i64)> = disclosure_versions::table
        .inner_join(
            ledger_lines::table.on(ledger_lines::sheet_id.eq(disclosure_versions::sheet_id)),
        )
        .inner_join(complaints::table.on(complaints::about_id.eq(ledger_lines::id.nullable())))
        .filter(disclosure_versions::disclosure_id.eq(id))
        .filter(complaints::kind.eq_any(kinds))
        .select((complaints::id, complaints::state, complaints::received_at))
        .load(tx.0)?;
    found.extend(about_lines);
    let about_rows: Vec<(String, String, i64)> = disclosure_versions::table
        .inner_join(sheet_rows::table.on(sheet_rows::sheet_id.eq(disclosure_versions::sheet_id)))
        .inner_join(complaints::table.on(complaints::about_id.eq(sheet_rows::id.nullable())))
        .filter(disclosure_versions::disclosure_id.eq(id))
        .filter(complaints::kind.eq_any(kinds))
        .select((complaints::id, complaints::state, complaints::received_at))
        .load(tx.0)?;
    found.extend(about_rows);
    // The obligation that it answers is the same matter.
    let about_obligation: Vec<(String, String, i64)> = obligations::table
        .inner_join(complaints::table.on(complaints::about_id.eq(obligations::id.nullable())))
        .filter(obligations::disclosure_id.eq(id))
        .filter(complaints::kind.eq_any(kinds))
        .select((complaints::id, complaints::state, complaints::received_at))
        .load(tx.0)?;
    found.extend(about_obligation);
    let ids: Vec<String> = found.iter().map(|(id, ..)| id.clone()).collect();
    let followed: HashMap<String, String> = merges::table
        .inner_join(complaints::table.on(complaints::id.eq(merges::into_id)))
        .filter(merges::follower_id.eq_any(ids.clone()))
        .select((merges::follower_id, complaints::state))
        .load::<(String, String)>(tx.0)?
        .into_iter()
        .collect();
    let settled: Vec<(String, Option<i64>)> = complaint_events::table
        .filter(complaint_events::complaint_id.eq_any(ids))
        .filter(complaint_events::action.eq_any(SETTLES))
        .group_by(complaint_events::complaint_id)
        .select((complaint_events::complaint_id, max(complaint_events::at)))
        .load(tx.0)?;
    let settled: HashMap<String, Option<i64>> = settled.into_iter().collect();
    let mut objections = Vec::with_capacity(found.len());
    for (id, state, filed_at) in found {
        let corrupt = || StoreError::Corrupt("complaints", id.clone());
        let open = |text: &str| StateName::parse(text).map(StateName::is_open);
        let is_open = open(&state).ok_or_else(corrupt)?
            // One that was merged is answered with the case it went into.
            || followed.get(&id).and_then(|state| open(state)) == Some(true);
        let at = settled.get(&id).copied().flatten().unwrap_or(filed_at);
        objections.push(Objection {
            filed_at: Timestamp::from_micros(filed_at),
            settled_at: (!is_open).then(|| Timestamp::from_micros(at)),
        });
    }
    Ok(objections)
}
