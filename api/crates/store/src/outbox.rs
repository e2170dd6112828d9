//! The outbox: letters written in the transaction that caused them, sent afterwards, at least once.

use diesel::prelude::*;
use domain::complaint::access::is_recused;
use domain::complaint::target::Accused;
use domain::id::{OrganisationId, StaffId};
use domain::role::{Permission, Scope};
use domain::time::{Day, Timestamp};

use crate::Tx;
use crate::accounts;
use crate::error::StoreError;
use crate::schema::{outbox, staff};

/// Tries after which a letter is dead and visible.
pub const ATTEMPTS: i32 = 10;

/// A letter to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// Its id; the Message-ID is made of it.
    pub id: String,
    /// To whom.
    pub staff: StaffId,
    /// Which words.
    pub template: &'static str,
    /// What fills them, as JSON.
    pub params: String,
    /// Case time.
    pub created_at: Timestamp,
    /// Not before this case time: letters go out in office hours.
    pub not_before: Timestamp,
}

/// A letter that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLetter {
    /// Its id.
    pub id: String,
    /// The address; `None` when the account has none or was disabled.
    pub address: Option<String>,
    /// Which words.
    pub template: String,
    /// What fills them, as JSON.
    pub params: String,
    /// Tries before this one.
    pub attempts: i32,
}

/// The people of a unit whom a case may be told to: in office, with the permission, not recused.
///
/// # Errors
/// [`StoreError`].
pub fn recipients(
    tx: &mut Tx<'_>,
    unit: &OrganisationId,
    permission: Permission,
    accused: Accused<'_>,
    today: Day,
) -> Result<Vec<StaffId>, StoreError> {
    let ids: Vec<String> = staff::table
        .filter(staff::organisation_id.eq(unit.as_str()))
        .filter(staff::disabled_at.is_null())
        .order(staff::id)
        .select(staff::id)
        .load(tx.0)?;
    let mut found = Vec::new();
    for id in ids {
        let id =
            StaffId::try_from(id).map_err(|_| StoreError::Corrupt("staff", unit.to_string()))?;
        let scope: Scope = accounts::scope(tx, &id, today)?;
        if scope.can(permission) && !is_recused(&scope, accused) {
            found.push(id);
        }
    }
    Ok(found)
}

/// Everybody who runs the installation.
///
/// # Errors
/// [`StoreError`].
pub fn operators(tx: &mut Tx<'_>) -> Result<Vec<StaffId>, StoreError> {
    let ids: Vec<String> = staff::table
        .filter(staff::role.eq(domain::role::Role::Administrator.as_str()))
        .filter(staff::disabled_at.is_null())
        .order(staff::id)
        .select(staff::id)
        .load(tx.0)?;
    ids.into_iter()
        .map(|id| StaffId::try_from(id).map_err(|_| StoreError::Corrupt("staff", "id".into())))
        .collect()
}

/// Puts a letter into the outbox.
///
/// # Errors
/// [`StoreError`].
pub fn put(tx: &mut Tx<'_>, letter: &NewLetter) -> Result<(), StoreError> {
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(&letter.id),
            outbox::staff_id.eq(letter.staff.as_str()),
            outbox::template.eq(letter.template),
            outbox::params.eq(&letter.params),
            outbox::created_at.eq(letter.created_at.micros()),
            outbox::not_before.eq(letter.not_before.micros()),
            outbox::state.eq("pending"),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Leases letters that are due, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn claim_due(
    tx: &mut Tx<'_>,
    case_now: Timestamp,
    wall_now: Timestamp,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<DueLetter>, StoreError> {
    type Row = (String, Option<String>, String, String, i32);
    let due: Vec<Row> = outbox::table
        .filter(outbox::state.eq("pending"))
        .filter(outbox::not_before.le(case_now.micros()))
        .filter(outbox::claimed_until.le(wall_now.micros()))
        .order((outbox::not_before.asc(), outbox::id.asc()))
        .limit(limit)
        .select((
            outbox::id,
            outbox::staff_id,
            outbox::template,
            outbox::params,
            outbox::attempts,
        ))
        .load(tx.0)?;
    let until = wall_now.plus_seconds(lease_seconds).micros();
    let mut letters = Vec::with_capacity(due.len());
    for (id, staff_id, template, params, attempts) in due {
        let won = diesel::update(
            outbox::table
                .find(&id)
                .filter(outbox::state.eq("pending"))
                .filter(outbox::claimed_until.le(wall_now.micros())),
        )
        .set((
            outbox::claimed_until.eq(until),
            outbox::attempts.eq(outbox::attempts + 1),
        ))
        .execute(tx.0)?;
        if won == 0 {
            continue;
        }
        // The address is asked for now: an account may have been disabled since.
        let address: Option<Option<String>> = staff::table
            .find(staff_id.unwrap_or_default())
            .filter(staff::disabled_at.is_null())
            .select(staff::email)
            .first(tx.0)
            .optional()?;
        letters.push(DueLetter {
            id,
            address: address.flatten(),
            template,
            params,
            attempts,
        });
    }
    Ok(letters)
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It went.
    Sent,
    /// Again at this wall time.
    Again(Timestamp, String),
    /// Never.
    Dead(String),
}

/// Writes down what became of a letter.
///
/// # Errors
/// [`StoreError`].
pub fn settle(tx: &mut Tx<'_>, id: &str, outcome: &Outcome) -> Result<(), StoreError> {
    let row = outbox::table.find(id);
    match outcome {
        Outcome::Sent => diesel::update(row)
            .set(outbox::state.eq("sent"))
            .execute(tx.0)?,
        Outcome::Again(at, why) => diesel::update(row)
            .set((
                outbox::claimed_until.eq(at.micros()),
                outbox::last_error.eq(why),
            ))
            .execute(tx.0)?,
        Outcome::Dead(why) => diesel::update(row)
            .set((outbox::state.eq("dead"), outbox::last_error.eq(why)))
            .execute(tx.0)?,
    };
    Ok(())
}

/// Whether a letter is due: asked before the writer is troubled.
///
/// # Errors
/// [`StoreError`].
pub fn any_due(
    tx: &mut Tx<'_>,
    case_now: Timestamp,
    wall_now: Timestamp,
) -> Result<bool, StoreError> {
    let first: Option<String> = outbox::table
        .filter(outbox::state.eq("pending"))
        .filter(outbox::not_before.le(case_now.micros()))
        .filter(outbox::claimed_until.le(wall_now.micros()))
        .select(outbox::id)
        .first(tx.0)
        .optional()?;
    Ok(first.is_some())
}
