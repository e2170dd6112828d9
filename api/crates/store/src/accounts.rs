//! Staff, the people behind them and the posts they hold.

pub mod enrolments;
pub mod people;
pub mod recovery;
pub mod sessions;
pub mod staff;
#[cfg(test)]
mod tests;
pub mod tries;

use std::sync::Arc;

use diesel::prelude::*;
use domain::id::{OrganisationId, PersonId, StaffId};
use domain::region::{Level, RegionCode};
use domain::role::{Role, Scope};
use domain::time::Day;

use crate::Tx;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::recusal;
use crate::schema::{organisations, staff as staff_table};

/// Who asks, for a token that names this account and version: `None` when the account is gone, disabled,
/// or has moved on.
///
/// # Errors
/// [`StoreError`].
pub fn session(
    tx: &mut Tx<'_>,
    id: &StaffId,
    token_version: i32,
    today: Day,
) -> Result<Option<Scope>, StoreError> {
    let live: Option<String> = staff_table::table
        .find(id.as_str())
        .filter(staff_table::token_version.eq(token_version))
        .filter(staff_table::disabled_at.is_null())
        .select(staff_table::id)
        .get_result(tx.0)
        .optional()?;
    if live.is_none() {
        return Ok(None);
    }
    scope(tx, id, today).map(Some)
}

/// Everything scope and recusal ask for about an account.
///
/// # Errors
/// [`StoreError::Corrupt`] when the account's row makes no sense.
pub fn scope(tx: &mut Tx<'_>, id: &StaffId, today: Day) -> Result<Scope, StoreError> {
    known_scope(tx, id, today).map(Arc::unwrap_or_clone)
}

/// [`scope`] for those who only look at it.
pub(crate) fn known_scope(
    tx: &mut Tx<'_>,
    id: &StaffId,
    today: Day,
) -> Result<Arc<Scope>, StoreError> {
    let question = Question::Scope(id.to_string(), today);
    directory::known(tx, question, |tx| read_scope(tx, id, today))
}

fn read_scope(tx: &mut Tx<'_>, id: &StaffId, today: Day) -> Result<Scope, StoreError> {
    let corrupt = || StoreError::Corrupt("staff", id.to_string());
    let (role, region, organisation, person, level): (String, String, String, String, String) =
        staff_table::table
            .find(id.as_str())
            .inner_join(organisations::table.on(organisations::id.eq(staff_table::organisation_id)))
            .select((
                staff_table::role,
                staff_table::region_code,
                staff_table::organisation_id,
                staff_table::person_id,
                organisations::level,
            ))
            .first(tx.0)?;
    let person = PersonId::try_from(person).map_err(|_| corrupt())?;
    let organisation = OrganisationId::try_from(organisation).map_err(|_| corrupt())?;
    Ok(Scope {
        staff: id.clone(),
        posts: recusal::held_posts(tx, &person, today)?,
        related: recusal::related_keys(tx, Some(&person), &organisation, today)?,
        person,
        role: Role::parse(&role).ok_or_else(corrupt)?,
        organisation,
        level: Level::parse(&level).ok_or_else(corrupt)?,
        region: RegionCode::try_from(region).map_err(|_| corrupt())?,
    })
}

/// The natural person behind an account.
///
/// # Errors
/// [`StoreError`].
pub fn person(tx: &mut Tx<'_>, id: &StaffId) -> Result<Option<PersonId>, StoreError> {
    let person: Option<String> = staff_table::table
        .find(id.as_str())
        .select(staff_table::person_id)
        .get_result(tx.0)
        .optional()?;
    person
        .map(|person| {
            PersonId::try_from(person).map_err(|_| StoreError::Corrupt("staff", id.to_string()))
        })
        .transpose()
}
