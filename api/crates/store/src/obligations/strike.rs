//! Striking what an event that never was asked for. The row stays for everybody to read; nothing looks at it any more.

use diesel::prelude::*;
use domain::id::{DisclosureId, ObligationId};

use super::{Record, Struck};
use crate::Tx;
use crate::error::StoreError;
use crate::schema::obligations;

/// Strikes an obligation that came from an event, if nobody changed it since it was read: it leaves the ladder, the
/// calendar and whatever a publication may answer. Its event gets its own id for a name, so that the same event may be
/// written down again.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed, answered or struck it.
pub fn strike(tx: &mut Tx<'_>, record: &Record, struck: &Struck) -> Result<(), StoreError> {
    let changed = diesel::update(
        obligations::table
            .find(record.id.as_str())
            .filter(obligations::edition.eq(record.edition))
            .filter(obligations::event_on.is_not_null())
            .filter(obligations::struck_at.is_null()),
    )
    .set((
        obligations::struck_at.eq(struck.at.micros()),
        obligations::struck_reason.eq(&struck.reason),
        obligations::event.eq(obligations::id),
        // A publication that no longer stands may have left its name here.
        obligations::settled_at.eq(None::<i64>),
        obligations::disclosure_id.eq(None::<String>),
        obligations::next_step.eq(None::<String>),
        obligations::next_at.eq(None::<i64>),
        obligations::counted_with.eq(None::<i32>),
        obligations::edition.eq(record.edition + 1),
    ))
    .execute(tx.0)?;
    match changed {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// The obligations of events that a publication answers.
///
/// # Errors
/// [`StoreError::Corrupt`] when an id makes no sense.
pub fn answered_by(
    tx: &mut Tx<'_>,
    disclosure: &DisclosureId,
) -> Result<Vec<ObligationId>, StoreError> {
    let rows: Vec<String> = obligations::table
        .filter(obligations::disclosure_id.eq(disclosure.as_str()))
        .filter(obligations::event_on.is_not_null())
        .select(obligations::id)
        .load(tx.0)?;
    super::steps::ids(rows)
}
