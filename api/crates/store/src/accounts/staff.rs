//! The accounts themselves: made, found by name, locked and opened.

use diesel::prelude::*;
use domain::id::{OrganisationId, PersonId, PostId, StaffId};
use domain::region::RegionCode;
use domain::role::Role;
use domain::time::{Day, Timestamp};

use super::{enrolments, recovery, sessions};
use crate::Tx;
use crate::directory;
use crate::error::StoreError;
use crate::schema::{persons, post_holders, regions, staff};

/// An account that does not exist yet, with the person behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// The account.
    pub id: StaffId,
    /// The natural person.
    pub person: PersonId,
    /// What is typed to log in, folded to one form.
    pub username: String,
    /// The person's name, as colleagues see it.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The region the account works for.
    pub region: RegionCode,
    /// The unit it works in.
    pub organisation: OrganisationId,
    /// Where notices go.
    pub email: Option<String>,
    /// The posts the person holds, in whatever unit.
    pub posts: Vec<PostId>,
    /// The first day of holding them, in case time.
    pub since: Day,
    /// When it is made, in wall time.
    pub created_at: Timestamp,
}

/// Why an account cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Somebody has this name.
    UsernameTaken,
    /// There is no such region.
    NoRegion,
    /// There is no such post.
    NoPost(PostId),
}

/// What the table says against a new account; the unit is looked up by the caller, who needs more of it. A unit of a village
/// that nobody turned to before is founded here.
///
/// # Errors
/// [`StoreError`].
pub fn obstacle(tx: &mut Tx<'_>, new: &NewStaff) -> Result<Option<Obstacle>, StoreError> {
    crate::organisations::ensure_unit(tx, &new.organisation)?;
    for post in &new.posts {
        crate::organisations::ensure_post(tx, post)?;
    }
    let taken = diesel::dsl::exists(staff::table.filter(staff::username.eq(&new.username)));
    if diesel::select(taken).get_result(tx.0)? {
        return Ok(Some(Obstacle::UsernameTaken));
    }
    let known = diesel::dsl::exists(regions::table.find(new.region.as_str()));
    if !diesel::select(known).get_result::<bool>(tx.0)? {
        return Ok(Some(Obstacle::NoRegion));
    }
    for post in &new.posts {
        let unit = crate::organisations::post(tx, post)?;
        if unit.is_none_or(|unit| unit.is_closed()) {
            return Ok(Some(Obstacle::NoPost(post.clone())));
        }
    }
    Ok(None)
}

/// Makes the account, the person where there is none yet, and the posts held. Nobody can log in to it yet.
///
/// # Errors
/// [`StoreError::Conflict`] when the name is taken or the unit, region or a post is unknown.
pub fn create(tx: &mut Tx<'_>, new: &NewStaff) -> Result<(), StoreError> {
    directory::changes(tx);
    // Somebody who comes back is known already.
    let known = diesel::dsl::exists(persons::table.find(new.person.as_str()));
    if !diesel::select(known).get_result::<bool>(tx.0)? {
        diesel::insert_into(persons::table)
            .values((
                persons::id.eq(new.person.as_str()),
                persons::name.eq(&new.display_name),
            ))
            .execute(tx.0)?;
    }
    diesel::insert_into(staff::table)
        .values((
            staff::id.eq(new.id.as_str()),
            staff::username.eq(&new.username),
            staff::display_name.eq(&new.display_name),
            staff::role.eq(new.role.as_str()),
            staff::region_code.eq(new.region.as_str()),
            staff::organisation_id.eq(new.organisation.as_str()),
            staff::person_id.eq(new.person.as_str()),
            staff::email.eq(&new.email),
            staff::created_at.eq(new.created_at.micros()),
        ))
        .execute(tx.0)?;
    let since = new.since.to_string();
    for post in &new.posts {
        diesel::insert_into(post_holders::table)
            .values((
                post_holders::post_id.eq(post.as_str()),
                post_holders::person_id.eq(new.person.as_str()),
                post_holders::from_day.eq(&since),
            ))
            .execute(tx.0)?;
    }
    Ok(())
}

/// An account as its owner and colleagues see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The account.
    pub id: StaffId,
    /// What is typed to log in.
    pub username: String,
    /// The person's name.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The region the account works for.
    pub region: RegionCode,
    /// The unit it works in.
    pub organisation: OrganisationId,
    /// Tokens that name another number are dead.
    pub token_version: i32,
    /// Whether it was disabled.
    pub disabled: bool,
}

type Row = (
    String,
    String,
    String,
    String,
    String,
    String,
    i32,
    Option<i64>,
);

const COLUMNS: (
    staff::id,
    staff::username,
    staff::display_name,
    staff::role,
    staff::region_code,
    staff::organisation_id,
    staff::token_version,
    staff::disabled_at,
) = (
    staff::id,
    staff::username,
    staff::display_name,
    staff::role,
    staff::region_code,
    staff::organisation_id,
    staff::token_version,
    staff::disabled_at,
);

fn profile_of(
    (id, username, display_name, role, region, organisation, token_version, disabled_at): Row,
) -> Result<Profile, StoreError> {
    let corrupt = || StoreError::Corrupt("staff", id.clone());
    Ok(Profile {
        role: Role::parse(&role).ok_or_else(corrupt)?,
        region: RegionCode::try_from(region).map_err(|_| corrupt())?,
        organisation: OrganisationId::try_from(organisation).map_err(|_| corrupt())?,
        id: StaffId::try_from(id.clone()).map_err(|_| corrupt())?,
        username,
        display_name,
        token_version,
        disabled: disabled_at.is_some(),
    })
}

/// One account.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, id: &StaffId) -> Result<Option<Profile>, StoreError> {
    let row: Option<Row> = staff::table
        .find(id.as_str())
        .select(COLUMNS)
        .get_result(tx.0)
        .optional()?;
    row.map(profile_of).transpose()
}

/// What a login is held against. Has no `Debug`: it must not reach a log.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub profile: Profile,
    /// The password, as a PHC string; `None` until the owner has enrolled.
    pub password_hash: Option<String>,
    /// The sealed TOTP secret; `None` until the owner has enrolled.
    pub totp_sealed: Option<Vec<u8>>,
}

/// The account of that name, disabled or not.
///
/// # Errors
/// [`StoreError`].
pub fn credentials(tx: &mut Tx<'_>, username: &str) -> Result<Option<Credentials>, StoreError> {
    type Found = (Row, Option<String>, Option<Vec<u8>>);
    let row: Option<Found> = staff::table
        .filter(staff::username.eq(username))
        .select((COLUMNS, staff::password_hash, staff::totp_sealed))
        .get_result(tx.0)
        .optional()?;
    row.map(|(row, password_hash, totp_sealed)| {
        Ok(Credentials {
            profile: profile_of(row)?,
            password_hash,
            totp_sealed,
        })
    })
    .transpose()
}

/// Sets password and TOTP secret, and ends what was opened with the old ones. `step` counts as used.
///
/// # Errors
/// [`StoreError::Stale`] when the account is gone or disabled.
pub fn set_credentials(
    tx: &mut Tx<'_>,
    id: &StaffId,
    password_hash: &str,
    totp_sealed: &[u8],
    step: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let changed = diesel::update(
        staff::table
            .find(id.as_str())
            .filter(staff::disabled_at.is_null()),
    )
    .set((
        staff::password_hash.eq(Some(password_hash)),
        staff::totp_sealed.eq(Some(totp_sealed)),
        staff::totp_last_step.eq(step),
        // Codes of the phone before are worth nothing with this one's secret.
        staff::totp_earlier_steps.eq("[]"),
        staff::token_version.eq(staff::token_version + 1),
        staff::version.eq(staff::version + 1),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    sessions::revoke_all(tx, id, now)
}

/// Another password, chosen by the owner, if it has not changed since `old_hash` was read and the account is in use:
/// `false` otherwise. Ends every session and every access token.
///
/// The account's version stays: what somebody has proposed about it is still about the same account, and nobody escapes
/// that by a new password.
///
/// # Errors
/// [`StoreError`].
pub fn change_password(
    tx: &mut Tx<'_>,
    id: &StaffId,
    old_hash: &str,
    new_hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = diesel::update(
        staff::table
            .find(id.as_str())
            .filter(staff::disabled_at.is_null())
            .filter(staff::password_hash.eq(old_hash)),
    )
    .set((
        staff::password_hash.eq(Some(new_hash)),
        staff::token_version.eq(staff::token_version + 1),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Ok(false);
    }
    sessions::revoke_all(tx, id, now)?;
    Ok(true)
}

/// Steps remembered besides the last, of the present and of days to come: more than anybody logs in while a machine's
/// clock is ahead.
const EARLIER_STEPS: usize = 32;

/// Takes a TOTP step (30 s since 1970), once: `false` when it or a later one was taken, or the account was disabled or
/// got another password since `password_hash` was read. `newest` is the latest step that the present clock accepts.
///
/// A step beyond `newest` was taken while the clock was ahead. It does not hold up the present, or the account would
/// be locked until that day comes; it is remembered, and refused then like any other.
///
/// # Errors
/// [`StoreError`].
pub fn spend_step(
    tx: &mut Tx<'_>,
    id: &StaffId,
    password_hash: &str,
    step: i64,
    newest: i64,
) -> Result<bool, StoreError> {
    let account = staff::table
        .find(id.as_str())
        .filter(staff::disabled_at.is_null())
        .filter(staff::password_hash.eq(password_hash));
    let taken: Option<(i64, String)> = account
        .select((staff::totp_last_step, staff::totp_earlier_steps))
        .get_result(tx.0)
        .optional()?;
    let Some((last, earlier)) = taken else {
        return Ok(false);
    };
    let corrupt = || StoreError::Corrupt("staff", id.to_string());
    let mut steps: Vec<i64> = serde_json::from_str(&earlier).map_err(|_| corrupt())?;
    steps.push(last);
    if steps.iter().any(|taken| (step..=newest).contains(taken)) {
        return Ok(false);
    }
    steps.sort_unstable();
    let mut to_come = steps.split_off(steps.partition_point(|taken| *taken <= newest));
    for steps in [&mut steps, &mut to_come] {
        steps.drain(..steps.len().saturating_sub(EARLIER_STEPS));
    }
    steps.append(&mut to_come);
    let earlier = serde_json::to_string(&steps).map_err(|_| corrupt())?;
    // Of two who come with the same code, one finds the last step changed.
    let changed = diesel::update(account.filter(staff::totp_last_step.eq(last)))
        .set((
            staff::totp_last_step.eq(step),
            staff::totp_earlier_steps.eq(earlier),
        ))
        .execute(tx.0)?;
    Ok(changed == 1)
}

/// Keeps the same password in another form, if it has not changed since `old_hash` was read.
///
/// # Errors
/// [`StoreError`].
pub fn rehash(
    tx: &mut Tx<'_>,
    id: &StaffId,
    old_hash: &str,
    new_hash: &str,
) -> Result<(), StoreError> {
    diesel::update(
        staff::table
            .find(id.as_str())
            .filter(staff::password_hash.eq(old_hash)),
    )
    .set(staff::password_hash.eq(Some(new_hash)))
    .execute(tx.0)?;
    Ok(())
}

/// Ends an account: its tokens, sessions, recovery codes and enrolment links die in this transaction. `false` when it had
/// been disabled before.
///
/// # Errors
/// [`StoreError`].
pub fn disable(tx: &mut Tx<'_>, id: &StaffId, now: Timestamp) -> Result<bool, StoreError> {
    directory::changes(tx);
    let changed = diesel::update(
        staff::table
            .find(id.as_str())
            .filter(staff::disabled_at.is_null()),
    )
    .set((
        staff::disabled_at.eq(Some(now.micros())),
        staff::token_version.eq(staff::token_version + 1),
        staff::version.eq(staff::version + 1),
    ))
    .execute(tx.0)?;
    recovery::clear(tx, id)?;
    sessions::revoke_all(tx, id, now)?;
    enrolments::cancel(tx, id, now)?;
    Ok(changed == 1)
}

/// Takes password, TOTP secret and recovery codes away, and with them every session and older enrolment link.
///
/// # Errors
/// [`StoreError`].
pub fn clear_credentials(tx: &mut Tx<'_>, id: &StaffId, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.as_str()))
        .set((
            staff::password_hash.eq(None::<String>),
            staff::totp_sealed.eq(None::<Vec<u8>>),
            staff::token_version.eq(staff::token_version + 1),
            staff::version.eq(staff::version + 1),
        ))
        .execute(tx.0)?;
    recovery::clear(tx, id)?;
    sessions::revoke_all(tx, id, now)?;
    enrolments::cancel(tx, id, now)
}

/// Lets die every access token of an account that is still about; its sessions may fetch new ones.
pub(super) fn retire_tokens(tx: &mut Tx<'_>, id: &StaffId) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.as_str()))
        .set(staff::token_version.eq(staff::token_version + 1))
        .execute(tx.0)?;
    Ok(())
}
