//! Whom an action may name: the web offers what the rules will take, and repeats none of them.

use std::sync::Arc;

use actix_web::web;
use domain::complaint::action::{ActionName, allowed};
use domain::complaint::routing::may_handle;
use domain::id::ComplaintId;
use domain::organisation::Organisation;
use domain::role::{Permission, Scope};
use domain::time::Timestamp;
use store::complaints::Known;
use store::{Tx, accounts, complaints, organisations, outbox};

use super::service::by;
use super::settle::Facts;
use super::views::{Choice, Choices};
use crate::app::App;
use crate::error::ServiceError;

/// Units and people for the actions that this person may do now.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn choices(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
) -> Result<Choices, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .read(move |tx| {
            let known = complaints::find_for(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            let facts = Facts::of(tx, &inner, &known.record.case)?;
            let may = allowed(&by(&scope, &known), &known.record.case, &facts.rules(now));
            let when = |action| may.contains(&action);
            Ok(Choices {
                dispatch: match when(ActionName::Dispatch) {
                    true => units(tx, &known, &facts, now)?,
                    false => Vec::new(),
                },
                transfer: match when(ActionName::Transfer) {
                    true => organs_to(tx, &known, &facts)?,
                    false => Vec::new(),
                },
                assign: match when(ActionName::Assign) {
                    true => colleagues(tx, &scope, &known, now)?,
                    false => Vec::new(),
                },
            })
        })
        .await
}

/// Units of the case's village, township and county that may do its work, the nearest first; for the county
/// then those of the zone's other townships.
fn units(
    tx: &mut Tx<'_>,
    known: &Known,
    facts: &Facts,
    now: Timestamp,
) -> Result<Vec<Choice>, ServiceError> {
    let case = &known.record.case;
    let reach = facts.reach(case, known.standing.county);
    let mut near: Vec<Organisation> = organisations::of_region_and_above(tx, &case.region)?
        .iter()
        .map(|(organisation, _)| organisation.clone())
        .collect();
    if known.standing.county {
        near.extend(organisations::in_regions(tx, &facts.zone)?);
    }
    let mut found = Vec::new();
    for organisation in near {
        let Some(unit) = organisations::unit(tx, &organisation.id, now.day())? else {
            continue;
        };
        // An organ that supervises does not do the work it reviews.
        if !unit.is_discipline_organ
            && may_handle(&unit, &case.targets, &case.category, reach).is_ok()
        {
            found.push(Choice {
                id: organisation.id.to_string(),
                name: organisation.name,
            });
        }
    }
    Ok(found)
}

/// The organs above, and for the county the zone's other townships'.
fn organs_to(tx: &mut Tx<'_>, known: &Known, facts: &Facts) -> Result<Vec<Choice>, ServiceError> {
    let case = &known.record.case;
    let above = facts
        .organs
        .iter()
        .filter(|(level, _)| **level > case.supervising_level)
        .map(|(_, id)| id);
    let sideways = facts
        .neighbours
        .iter()
        .filter(|id| known.standing.county && **id != case.supervising);
    let mut found = Vec::new();
    for id in above.chain(sideways) {
        let unit = organisations::find(tx, id)?;
        found.push(Choice {
            id: id.to_string(),
            name: unit.map(|unit| unit.name).unwrap_or_default(),
        });
    }
    Ok(found)
}

fn colleagues(
    tx: &mut Tx<'_>,
    scope: &Scope,
    known: &Known,
    now: Timestamp,
) -> Result<Vec<Choice>, ServiceError> {
    let accused = known.record.case.accused();
    let today = now.day();
    let unit = &scope.organisation;
    let mut found = Vec::new();
    for id in outbox::recipients(tx, unit, Permission::ActInCases, accused, today)? {
        if let Some(profile) = accounts::staff::find(tx, &id)? {
            found.push(Choice {
                id: id.to_string(),
                name: profile.display_name,
            });
        }
    }
    Ok(found)
}
