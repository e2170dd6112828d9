//! What an installation remembers of itself: the ids of its secrets, and where the demo's clock stands.

use diesel::prelude::*;
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{clock_base, complaint_events, escalations, key_ids};

/// Holds `(name, id)` of each secret against what the database remembers, remembering what is new. The
/// name of the first that differs.
///
/// # Errors
/// [`StoreError`].
pub fn remember_keys(
    tx: &mut Tx<'_>,
    ours: &[(&'static str, String)],
) -> Result<Option<&'static str>, StoreError> {
    for (name, id) in ours {
        let known: Option<String> = key_ids::table
            .find(*name)
            .select(key_ids::key_id)
            .get_result(tx.0)
            .optional()?;
        match known {
            Some(known) if known != *id => return Ok(Some(name)),
            Some(_) => {}
            None => {
                diesel::insert_into(key_ids::table)
                    .values((key_ids::name.eq(*name), key_ids::key_id.eq(id)))
                    .execute(tx.0)?;
            }
        }
    }
    Ok(None)
}

/// Writes something that needs room on the disk and changes nothing: more than a page, written and taken away again.
///
/// # Errors
/// [`StoreError`]: of a full disk, [`StoreError::Unavailable`].
pub fn try_room(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    const NAME: &str = "room";
    let filler = "0".repeat(64 * 1024);
    diesel::insert_into(key_ids::table)
        .values((key_ids::name.eq(NAME), key_ids::key_id.eq(filler)))
        .execute(tx.0)?;
    diesel::delete(key_ids::table.find(NAME)).execute(tx.0)?;
    Ok(())
}

/// The id that the database remembers under a name.
///
/// # Errors
/// [`StoreError`].
pub fn known_id(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, StoreError> {
    Ok(key_ids::table
        .find(name)
        .select(key_ids::key_id)
        .get_result(tx.0)
        .optional()?)
}

/// Whether the database remembers secrets it was made with.
///
/// # Errors
/// [`StoreError`].
pub fn knows_keys(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let known: i64 = key_ids::table.count().get_result(tx.0)?;
    Ok(known > 0)
}

/// Where a running case clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockBase {
    /// Case time at the base.
    pub case: Timestamp,
    /// Wall time at the base.
    pub wall: Timestamp,
    /// The last case time anybody saw.
    pub last_case: Timestamp,
    /// Case seconds in a wall second.
    pub speed: i64,
}

/// The base of the case clock, if it does not run with the wall's.
///
/// # Errors
/// [`StoreError`].
pub fn clock_base(tx: &mut Tx<'_>) -> Result<Option<ClockBase>, StoreError> {
    let row: Option<(i64, i64, i64, i64)> = clock_base::table
        .find(1)
        .select((
            clock_base::base_case,
            clock_base::base_wall,
            clock_base::last_case,
            clock_base::speed,
        ))
        .get_result(tx.0)
        .optional()?;
    Ok(row.map(|(case, wall, last, speed)| ClockBase {
        case: Timestamp::from_micros(case),
        wall: Timestamp::from_micros(wall),
        last_case: Timestamp::from_micros(last),
        speed,
    }))
}

/// Sets the base of the case clock.
///
/// # Errors
/// [`StoreError`].
pub fn set_clock_base(tx: &mut Tx<'_>, base: &ClockBase) -> Result<(), StoreError> {
    diesel::delete(clock_base::table).execute(tx.0)?;
    diesel::insert_into(clock_base::table)
        .values((
            clock_base::id.eq(1),
            clock_base::base_case.eq(base.case.micros()),
            clock_base::base_wall.eq(base.wall.micros()),
            clock_base::last_case.eq(base.last_case.micros()),
            clock_base::speed.eq(base.speed),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Remembers how far case time has run, so that a restart goes on from there.
///
/// # Errors
/// [`StoreError`].
pub fn saw_case_time(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(
        clock_base::table
            .find(1)
            .filter(clock_base::last_case.lt(now.micros())),
    )
    .set(clock_base::last_case.eq(now.micros()))
    .execute(tx.0)?;
    Ok(())
}

/// The latest case time that stands in a case: of its history or of a step of its ladder. A program that was killed wrote
/// these after it last remembered how far the clock had run.
///
/// # Errors
/// [`StoreError`].
pub fn latest_in_cases(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let told: Option<i64> = complaint_events::table
        .select(diesel::dsl::max(complaint_events::at))
        .get_result(tx.0)?;
    let fired: Option<i64> = escalations::table
        .select(diesel::dsl::max(escalations::fired_at))
        .get_result(tx.0)?;
    Ok(told.max(fired).map(Timestamp::from_micros))
}
