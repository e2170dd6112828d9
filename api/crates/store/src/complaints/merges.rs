//! Which case follows which: one row for each follower, as long as it follows.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::complaint::case::Case;
use domain::complaint::merge::Followed;
use domain::complaint::state::State;

use super::rows::Facts;
use crate::Tx;
use crate::error::StoreError;
use crate::schema::{complaints, merges};

/// Keeps whom a case follows. Cases that neither follow nor followed cost no query.
pub(super) fn save(tx: &mut Tx<'_>, case: &Case) -> Result<(), StoreError> {
    let id = case.id.as_str();
    if let State::Merged { into, .. } = &case.state {
        let row = diesel::update(merges::table.find(id)).set(merges::into_id.eq(into.as_str()));
        if row.execute(tx.0)? == 0 {
            diesel::insert_into(merges::table)
                .values((
                    merges::follower_id.eq(id),
                    merges::into_id.eq(into.as_str()),
                ))
                .execute(tx.0)?;
        }
    } else if case.follows.is_some() {
        diesel::delete(merges::table.find(id)).execute(tx.0)?;
    }
    Ok(())
}

/// What the followers among these cases know of their targets.
pub(super) fn followed(
    tx: &mut Tx<'_>,
    ids: &[String],
) -> Result<HashMap<String, Followed>, StoreError> {
    let rows: Vec<(String, String)> = merges::table
        .inner_join(complaints::table.on(complaints::id.eq(merges::into_id)))
        .filter(merges::follower_id.eq_any(ids))
        .select((merges::follower_id, complaints::facts))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(follower, facts)| {
            let facts: Facts = serde_json::from_str(&facts)
                .map_err(|_| StoreError::Corrupt("complaints", follower.clone()))?;
            let target = Followed {
                state: facts.state.name(),
                answer: facts.tally.answer,
            };
            Ok((follower, target))
        })
        .collect()
}

/// The ids of the cases that follow this one, in order.
///
/// # Errors
/// [`StoreError`].
pub fn followers(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<String>, StoreError> {
    Ok(merges::table
        .filter(merges::into_id.eq(case.id.as_str()))
        .order(merges::follower_id)
        .select(merges::follower_id)
        .load(tx.0)?)
}
