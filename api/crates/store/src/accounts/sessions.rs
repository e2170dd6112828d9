//! Refresh tokens: kept as digests, each good for one use. All tokens that descend from one login are a
//! family; when a spent one comes back, two parties hold the same token, and the whole family dies.

use diesel::prelude::*;
use domain::id::StaffId;
use domain::time::Timestamp;

use super::staff::{self, Profile};
use crate::Tx;
use crate::error::StoreError;
use crate::schema::refresh_tokens;

/// Seconds by which the clocks of two processes may differ. A token from further ahead was handed out while a machine's
/// clock was wrong: it would live until that day, and is refused like an access token that is not valid yet.
const AHEAD_SECONDS: i64 = 60;

/// A token to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// SHA-256 of the token, in hexadecimal.
    pub sha256: String,
    /// The login it descends from.
    pub family: String,
    /// The account.
    pub staff: StaffId,
    /// When it was handed out.
    pub issued_at: Timestamp,
    /// It dies unused at this instant.
    pub idle_until: Timestamp,
    /// The family dies at this instant, used or not.
    pub family_until: Timestamp,
}

/// Keeps a token, and forgets the account's that are long dead.
///
/// # Errors
/// [`StoreError`].
pub fn keep(tx: &mut Tx<'_>, token: &NewToken) -> Result<(), StoreError> {
    diesel::delete(
        refresh_tokens::table
            .filter(refresh_tokens::staff_id.eq(token.staff.as_str()))
            .filter(refresh_tokens::family_until.le(token.issued_at.micros())),
    )
    .execute(tx.0)?;
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_sha256.eq(&token.sha256),
            refresh_tokens::family.eq(&token.family),
            refresh_tokens::staff_id.eq(token.staff.as_str()),
            refresh_tokens::issued_at.eq(token.issued_at.micros()),
            refresh_tokens::idle_until.eq(token.idle_until.micros()),
            refresh_tokens::family_until.eq(token.family_until.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// What became of a token that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotation {
    /// It was spent and the new one stands in its place, alive until the given instant.
    Rotated(Box<Profile>, Timestamp),
    /// It had been spent before: the account's family of that id is dead now, and so is every access
    /// token of the account.
    Reused(StaffId, String),
    /// Unknown, expired or revoked; nothing changed.
    Dead,
}

/// Spends a token for a fresh one that lives `idle_seconds`, within the life of its family.
///
/// # Errors
/// [`StoreError`].
pub fn rotate(
    tx: &mut Tx<'_>,
    spent_sha256: &str,
    fresh_sha256: &str,
    now: Timestamp,
    idle_seconds: i64,
) -> Result<Rotation, StoreError> {
    type Found = (String, String, i64, i64, i64, Option<i64>, Option<i64>);
    let found: Option<Found> = refresh_tokens::table
        .find(spent_sha256)
        .select((
            refresh_tokens::family,
            refresh_tokens::staff_id,
            refresh_tokens::issued_at,
            refresh_tokens::idle_until,
            refresh_tokens::family_until,
            refresh_tokens::used_at,
            refresh_tokens::revoked_at,
        ))
        .get_result(tx.0)
        .optional()?;
    let Some((family, owner, issued_at, idle_until, family_until, used_at, revoked_at)) = found
    else {
        return Ok(Rotation::Dead);
    };
    let owner = StaffId::try_from(owner)
        .map_err(|_| StoreError::Corrupt("refresh_tokens", family.clone()))?;
    if revoked_at.is_some() || family_until <= now.micros() {
        return Ok(Rotation::Dead);
    }
    if used_at.is_some() {
        revoke(tx, &family, now)?;
        staff::retire_tokens(tx, &owner)?;
        return Ok(Rotation::Reused(owner, family));
    }
    let is_early = issued_at > now.plus_seconds(AHEAD_SECONDS).micros();
    if idle_until <= now.micros() || is_early {
        return Ok(Rotation::Dead);
    }
    let Some(profile) = staff::find(tx, &owner)?.filter(|profile| !profile.disabled) else {
        return Ok(Rotation::Dead);
    };
    diesel::update(refresh_tokens::table.find(spent_sha256))
        .set(refresh_tokens::used_at.eq(Some(now.micros())))
        .execute(tx.0)?;
    let family_until = Timestamp::from_micros(family_until);
    let idle_until = now.plus_seconds(idle_seconds).min(family_until);
    keep(
        tx,
        &NewToken {
            sha256: fresh_sha256.to_owned(),
            family,
            staff: owner,
            issued_at: now,
            idle_until,
            family_until,
        },
    )?;
    Ok(Rotation::Rotated(Box::new(profile), idle_until))
}

fn revoke(tx: &mut Tx<'_>, family: &str, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(
        refresh_tokens::table
            .filter(refresh_tokens::family.eq(family))
            .filter(refresh_tokens::revoked_at.is_null()),
    )
    .set(refresh_tokens::revoked_at.eq(Some(now.micros())))
    .execute(tx.0)?;
    Ok(())
}

/// Ends the session a token belongs to, and with it every access token of the account: its other sessions get new ones
/// for their cookies. An unknown or dead token ends nothing.
///
/// # Errors
/// [`StoreError`].
pub fn end(tx: &mut Tx<'_>, sha256: &str, now: Timestamp) -> Result<(), StoreError> {
    let alive: Option<(String, String)> = refresh_tokens::table
        .find(sha256)
        .filter(refresh_tokens::revoked_at.is_null())
        .select((refresh_tokens::family, refresh_tokens::staff_id))
        .get_result(tx.0)
        .optional()?;
    let Some((family, owner)) = alive else {
        return Ok(());
    };
    let owner = StaffId::try_from(owner)
        .map_err(|_| StoreError::Corrupt("refresh_tokens", family.clone()))?;
    revoke(tx, &family, now)?;
    staff::retire_tokens(tx, &owner)
}

/// Ends every session of an account.
///
/// # Errors
/// [`StoreError`].
pub fn revoke_all(tx: &mut Tx<'_>, owner: &StaffId, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(
        refresh_tokens::table
            .filter(refresh_tokens::staff_id.eq(owner.as_str()))
            .filter(refresh_tokens::revoked_at.is_null()),
    )
    .set(refresh_tokens::revoked_at.eq(Some(now.micros())))
    .execute(tx.0)?;
    Ok(())
}
