//! Recovery codes: each opens the door once instead of a phone's code. Kept as digests; of more than 112 random
//! bits, a plain one is enough (ASVS 6.5.2).

use diesel::prelude::*;
use domain::id::StaffId;
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{recovery_codes, staff};

/// Gives an account these codes; all it had before are worth nothing.
///
/// # Errors
/// [`StoreError`].
pub fn replace(
    tx: &mut Tx<'_>,
    owner: &StaffId,
    sha256s: &[String],
    now: Timestamp,
) -> Result<(), StoreError> {
    clear(tx, owner)?;
    for sha256 in sha256s {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::code_sha256.eq(sha256),
                recovery_codes::staff_id.eq(owner.as_str()),
                recovery_codes::issued_at.eq(now.micros()),
            ))
            .execute(tx.0)?;
    }
    Ok(())
}

/// Takes an account's codes away.
///
/// # Errors
/// [`StoreError`].
pub fn clear(tx: &mut Tx<'_>, owner: &StaffId) -> Result<(), StoreError> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::staff_id.eq(owner.as_str())))
        .execute(tx.0)?;
    Ok(())
}

/// Whether a code is the account's and unused.
///
/// # Errors
/// [`StoreError`].
pub fn is_good(tx: &mut Tx<'_>, owner: &StaffId, sha256: &str) -> Result<bool, StoreError> {
    let good = diesel::dsl::exists(
        recovery_codes::table
            .find(sha256)
            .filter(recovery_codes::staff_id.eq(owner.as_str()))
            .filter(recovery_codes::used_at.is_null()),
    );
    Ok(diesel::select(good).get_result(tx.0)?)
}

/// Uses a code up, once: `false` when it was used meanwhile, or the account was disabled or got another password since
/// `password_hash` was read.
///
/// # Errors
/// [`StoreError`].
pub fn spend(
    tx: &mut Tx<'_>,
    owner: &StaffId,
    password_hash: &str,
    sha256: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let still = diesel::dsl::exists(
        staff::table
            .find(owner.as_str())
            .filter(staff::disabled_at.is_null())
            .filter(staff::password_hash.eq(password_hash)),
    );
    if !diesel::select(still).get_result::<bool>(tx.0)? {
        return Ok(false);
    }
    let changed = diesel::update(
        recovery_codes::table
            .find(sha256)
            .filter(recovery_codes::staff_id.eq(owner.as_str()))
            .filter(recovery_codes::used_at.is_null()),
    )
    .set(recovery_codes::used_at.eq(Some(now.micros())))
    .execute(tx.0)?;
    Ok(changed == 1)
}

/// How many codes an account has left.
///
/// # Errors
/// [`StoreError`].
pub fn left(tx: &mut Tx<'_>, owner: &StaffId) -> Result<i64, StoreError> {
    Ok(recovery_codes::table
        .filter(recovery_codes::staff_id.eq(owner.as_str()))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(tx.0)?)
}
