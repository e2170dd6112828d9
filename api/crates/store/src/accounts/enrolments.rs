//! One-time links with which the owner of an account chooses a password and connects a phone. The token is
//! kept as its digest; the TOTP secret it shows waits here, sealed, until the owner has finished.

use diesel::prelude::*;
use domain::id::StaffId;
use domain::time::Timestamp;

use super::staff::{self, Profile};
use crate::Tx;
use crate::error::StoreError;
use crate::schema::enrolments;

/// A link to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEnrolment {
    /// SHA-256 of the token, in hexadecimal.
    pub sha256: String,
    /// The account.
    pub staff: StaffId,
    /// What the TOTP secrets to come are derived from, sealed for this account.
    pub totp_sealed: Vec<u8>,
    /// It dies unused at this instant.
    pub expires_at: Timestamp,
}

/// Keeps a link.
///
/// # Errors
/// [`StoreError`].
pub fn keep(tx: &mut Tx<'_>, new: &NewEnrolment) -> Result<(), StoreError> {
    diesel::insert_into(enrolments::table)
        .values((
            enrolments::token_sha256.eq(&new.sha256),
            enrolments::staff_id.eq(new.staff.as_str()),
            enrolments::totp_sealed.eq(&new.totp_sealed),
            enrolments::expires_at.eq(new.expires_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// The account a link leads to and the sealed TOTP secret waiting there, while the link is good.
///
/// # Errors
/// [`StoreError`].
pub fn open(
    tx: &mut Tx<'_>,
    sha256: &str,
    now: Timestamp,
) -> Result<Option<(Profile, Vec<u8>)>, StoreError> {
    let found: Option<(String, Vec<u8>)> = enrolments::table
        .find(sha256)
        .filter(enrolments::used_at.is_null())
        .filter(enrolments::expires_at.gt(now.micros()))
        .select((enrolments::staff_id, enrolments::totp_sealed))
        .get_result(tx.0)
        .optional()?;
    let Some((owner, sealed)) = found else {
        return Ok(None);
    };
    let owner =
        StaffId::try_from(owner).map_err(|_| StoreError::Corrupt("enrolments", sha256.into()))?;
    let profile = staff::find(tx, &owner)?.filter(|profile| !profile.disabled);
    Ok(profile.map(|profile| (profile, sealed)))
}

/// Uses a link up, once: `false` when it was no longer good.
///
/// # Errors
/// [`StoreError`].
pub fn spend(tx: &mut Tx<'_>, sha256: &str, now: Timestamp) -> Result<bool, StoreError> {
    let changed = diesel::update(
        enrolments::table
            .find(sha256)
            .filter(enrolments::used_at.is_null())
            .filter(enrolments::expires_at.gt(now.micros())),
    )
    .set(enrolments::used_at.eq(Some(now.micros())))
    .execute(tx.0)?;
    Ok(changed == 1)
}

/// Uses up every link of an account.
///
/// # Errors
/// [`StoreError`].
pub fn cancel(tx: &mut Tx<'_>, owner: &StaffId, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(
        enrolments::table
            .filter(enrolments::staff_id.eq(owner.as_str()))
            .filter(enrolments::used_at.is_null()),
    )
    .set(enrolments::used_at.eq(Some(now.micros())))
    .execute(tx.0)?;
    Ok(())
}
