//! Which open cases a new calendar has still to reach. A row is written with the calendar's version and
//! worked off in batches, case by case in the order of their ids: a crash in between loses nothing.

use diesel::prelude::*;
use domain::region::RegionCode;
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::calendar_recounts;

/// A calendar version that has not reached every case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recount {
    /// The version.
    pub version: i32,
    /// Whose cases; `None` for everybody's.
    pub region: Option<RegionCode>,
    /// Cases up to this id are done.
    pub after: String,
    /// How many of them moved.
    pub moved: i32,
}

pub(super) fn begin(tx: &mut Tx<'_>, version: i32, region: Option<&str>) -> Result<(), StoreError> {
    diesel::insert_into(calendar_recounts::table)
        .values((
            calendar_recounts::version.eq(version),
            calendar_recounts::region_code.eq(region),
            calendar_recounts::after_id.eq(""),
            calendar_recounts::moved.eq(0),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// The oldest one that is not done.
///
/// # Errors
/// [`StoreError`].
pub fn next(tx: &mut Tx<'_>) -> Result<Option<Recount>, StoreError> {
    let row: Option<(i32, Option<String>, String, i32)> = calendar_recounts::table
        .filter(calendar_recounts::done_at.is_null())
        .order(calendar_recounts::version)
        .select((
            calendar_recounts::version,
            calendar_recounts::region_code,
            calendar_recounts::after_id,
            calendar_recounts::moved,
        ))
        .first(tx.0)
        .optional()?;
    row.map(|(version, region, after, moved)| {
        let region = region
            .map(RegionCode::try_from)
            .transpose()
            .map_err(|_| StoreError::Corrupt("calendar_recounts", version.to_string()))?;
        Ok(Recount {
            version,
            region,
            after,
            moved,
        })
    })
    .transpose()
}

/// How far it has come: after another case, or done.
///
/// # Errors
/// [`StoreError::Stale`] when another worker was faster.
pub fn advance(
    tx: &mut Tx<'_>,
    from: &Recount,
    after: &str,
    moved: i32,
    done_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let changed = diesel::update(
        calendar_recounts::table
            .find(from.version)
            .filter(calendar_recounts::after_id.eq(&from.after))
            .filter(calendar_recounts::done_at.is_null()),
    )
    .set((
        calendar_recounts::after_id.eq(after),
        calendar_recounts::moved.eq(from.moved + moved),
        calendar_recounts::done_at.eq(done_at.map(Timestamp::micros)),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    Ok(())
}

/// How many cases a version has moved so far.
///
/// # Errors
/// [`StoreError`].
pub fn moved(tx: &mut Tx<'_>, version: i32) -> Result<i32, StoreError> {
    let moved: Option<i32> = calendar_recounts::table
        .find(version)
        .select(calendar_recounts::moved)
        .get_result(tx.0)
        .optional()?;
    Ok(moved.unwrap_or(0))
}
