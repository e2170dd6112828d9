//! Who sits where in open cases, and changing whom a case is about: what routing anew asks for.

use diesel::prelude::*;
use domain::complaint::case::Case;
use domain::id::{OrganisationId, PersonId};
use domain::region::RegionCode;

use super::only_open;
use super::rows::insert_targets;
use crate::Tx;
use crate::error::StoreError;
use crate::schema::{complaint_recusals, complaint_targets, complaints, staff};

/// An open case and the units in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// The case.
    pub id: String,
    /// Where it is.
    pub region: String,
    /// Its supervising unit.
    pub supervising: String,
    /// Its responsible unit, where there is one.
    pub responsible: Option<String>,
}

/// Keeps the targets and accused people of a case as they are now.
///
/// # Errors
/// [`StoreError`].
pub fn retarget(tx: &mut Tx<'_>, case: &Case) -> Result<(), StoreError> {
    let id = case.id.as_str();
    diesel::delete(complaint_targets::table.filter(complaint_targets::complaint_id.eq(id)))
        .execute(tx.0)?;
    diesel::delete(complaint_recusals::table.filter(complaint_recusals::complaint_id.eq(id)))
        .execute(tx.0)?;
    insert_targets(tx, case)
}

fn ids(tx: &mut Tx<'_>, query: super::Query<'_>) -> Result<Vec<String>, StoreError> {
    Ok(only_open(query)
        .order(complaints::id)
        .select(complaints::id)
        .load(tx.0)?)
}

/// The open cases in which one of these units supervises or does the work.
///
/// # Errors
/// [`StoreError`].
pub fn open_with_units(
    tx: &mut Tx<'_>,
    units: &[OrganisationId],
) -> Result<Vec<String>, StoreError> {
    let units: Vec<String> = units.iter().map(ToString::to_string).collect();
    let seated = complaints::supervising_id
        .eq_any(units.clone())
        .or(complaints::responsible_id
            .assume_not_null()
            .eq_any(units)
            .and(complaints::responsible_id.is_not_null()));
    ids(tx, complaints::table.filter(seated).into_boxed())
}

/// The open cases that a person has in hand, under whatever account.
///
/// # Errors
/// [`StoreError`].
pub fn open_assigned_to(tx: &mut Tx<'_>, person: &PersonId) -> Result<Vec<String>, StoreError> {
    let accounts: Vec<String> = staff::table
        .filter(staff::person_id.eq(person.as_str()))
        .select(staff::id)
        .load(tx.0)?;
    let query = complaints::table
        .filter(complaints::assignee_id.assume_not_null().eq_any(accounts))
        .into_boxed();
    ids(tx, query)
}

/// The open cases in a region, each with its units.
///
/// # Errors
/// [`StoreError`].
pub fn open_in(tx: &mut Tx<'_>, region: &RegionCode) -> Result<Vec<Seated>, StoreError> {
    type Row = (String, String, String, Option<String>);
    let here = complaints::region_code.like(format!("{}%", region.prefix()));
    let rows: Vec<Row> = only_open(complaints::table.filter(here).into_boxed())
        .order(complaints::id)
        .select((
            complaints::id,
            complaints::region_code,
            complaints::supervising_id,
            complaints::responsible_id,
        ))
        .load(tx.0)?;
    Ok(rows
        .into_iter()
        .map(|(id, region, supervising, responsible)| Seated {
            id,
            region,
            supervising,
            responsible,
        })
        .collect())
}
