//! Failed logins, a row for each place in which any were counted lately.

use diesel::prelude::*;
use domain::time::Timestamp;
use domain::tries::{Slot, Tries};

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::login_tries;

fn key(slot: Slot) -> i32 {
    i32::try_from(slot.number()).unwrap_or(i32::MAX)
}

/// What is remembered of a place.
///
/// # Errors
/// [`StoreError`].
pub fn of(tx: &mut Tx<'_>, slot: Slot) -> Result<Option<Tries>, StoreError> {
    let found: Option<(i32, i64)> = login_tries::table
        .find(key(slot))
        .select((login_tries::count, login_tries::last_at))
        .get_result(tx.0)
        .optional()?;
    Ok(found.map(|(count, last_at)| Tries {
        count: u32::try_from(count).unwrap_or_default(),
        last_at: Timestamp::from_micros(last_at),
    }))
}

/// Remembers it, in one small statement.
///
/// # Errors
/// [`StoreError`].
pub fn keep(tx: &mut Tx<'_>, slot: Slot, tries: Tries) -> Result<(), StoreError> {
    let values = (
        login_tries::count.eq(i32::try_from(tries.count).unwrap_or(i32::MAX)),
        login_tries::last_at.eq(tries.last_at.micros()),
    );
    let row = (login_tries::slot.eq(key(slot)), values);
    on_backend!(tx, c => {
        diesel::insert_into(login_tries::table)
            .values(row)
            .on_conflict(login_tries::slot)
            .do_update()
            .set(values)
            .execute(c)?
    });
    Ok(())
}

/// Nothing is remembered of a place.
///
/// # Errors
/// [`StoreError`].
pub fn clear(tx: &mut Tx<'_>, slot: Slot) -> Result<(), StoreError> {
    diesel::delete(login_tries::table.find(key(slot))).execute(tx.0)?;
    Ok(())
}

/// Takes away what was last tried so long ago.
///
/// # Errors
/// [`StoreError`].
pub fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), StoreError> {
    diesel::delete(login_tries::table.filter(login_tries::last_at.le(before.micros())))
        .execute(tx.0)?;
    Ok(())
}
