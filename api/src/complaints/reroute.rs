//! Routing anew: when whom a case is about changes, or a post, a declared relation or a zone does. In the
//! transaction of the change, so that nobody keeps a seat that the facts of now deny.

use std::sync::Arc;

use actix_web::web;
use domain::complaint::access::is_recused;
use domain::complaint::action::allowed;
use domain::complaint::case::Case;
use domain::complaint::reroute::{Retarget, Seats};
use domain::complaint::routing::{lowest_level, may_handle};
use domain::complaint::target::{Accused, Target};
use domain::id::{ComplaintId, OrganisationId, PersonId};
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::Timestamp;
use store::{StoreError, Tx, accounts, complaints, organisations, recusal};

use super::intake::{find_targets, no_route, target_faults};
use super::requests::TargetRequest;
use super::service::{by, staff_view};
use super::settle::{Facts, Marks, Who, schedule, settle, tell_operators};
use super::views::StaffComplaintView;
use crate::app::App;
use crate::codes::Code;
use crate::error::{ServiceError, words};

/// Who of a case may keep the seat he has, if it were about these. `facts` are those of the same targets.
fn seats(
    tx: &mut Tx<'_>,
    facts: &Facts,
    case: &Case,
    accused: Accused<'_>,
    now: Timestamp,
) -> Result<Seats, StoreError> {
    let today = now.day();
    let high = |level| lowest_level(accused.targets).is_some_and(|lowest| level >= lowest);
    let mut organs = facts.organs.iter();
    let supervising = organs.any(|(level, id)| *id == case.supervising && high(*level))
        || facts.neighbours.contains(&case.supervising);
    let responsible = match case.responsible() {
        None => true,
        Some(id) => organisations::unit(tx, id, today)?.is_some_and(|unit| {
            let reach = facts.reach(case, true);
            may_handle(&unit, accused.targets, &case.category, reach).is_ok()
        }),
    };
    let assignee = match &case.assignee {
        None => true,
        Some(id) => !is_recused(&accounts::scope(tx, id, today)?, accused),
    };
    Ok(Seats {
        supervising,
        responsible,
        assignee,
    })
}

/// Looks at cases again after a change of what they were routed by; takes every seat that may not be kept.
/// A case that nobody here may supervise any more stays where it is, and the operators are told.
///
/// # Errors
/// The store's.
pub fn look_again(
    tx: &mut Tx<'_>,
    app: &App,
    ids: &[String],
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    let mut marks = Marks::new();
    for id in ids {
        let Some(record) = complaints::find_for_worker(tx, id)? else {
            continue;
        };
        let before = record.case;
        let facts = Facts::of(tx, app, &before)?;
        let seats = seats(tx, &facts, &before, before.accused(), now)?;
        if !before.state.name().is_open() || seats.all_kept() {
            continue;
        }
        match before.clone().route_anew(None, seats, &facts.rules(now)) {
            Ok((after, event)) => {
                let who = Who::Timer;
                marks.extend(settle(tx, app, &facts, &before, &after, &event, &who, now)?);
            }
            Err(_) => tell_operators(tx, app, &facts, &before.supervising, now)?,
        }
    }
    Ok(marks)
}

/// A unit or a person is related to others than before, or leads other units: its cases, and those of the units the
/// person works in, where nobody else may be left to look at one.
///
/// # Errors
/// The store's.
pub fn of_units_and_person(
    tx: &mut Tx<'_>,
    app: &App,
    units: &[OrganisationId],
    person: Option<&PersonId>,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    let mut units = units.to_vec();
    if let Some(person) = person {
        units.extend(accounts::people::units_of(tx, person)?);
    }
    let mut ids = complaints::open_with_units(tx, &units)?;
    if let Some(person) = person {
        ids.extend(complaints::open_assigned_to(tx, person)?);
    }
    ids.sort();
    ids.dedup();
    look_again(tx, app, &ids, now)
}

/// The zones of a county are others than before: the cases that went to another township.
///
/// # Errors
/// The store's.
pub fn of_county(
    tx: &mut Tx<'_>,
    app: &App,
    county: &RegionCode,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    use domain::region::Level;
    let mut visiting = Vec::new();
    for case in complaints::open_in(tx, county)? {
        let units = [Some(case.supervising), case.responsible];
        for unit in units.into_iter().flatten() {
            let id = OrganisationId::try_from(unit)
                .map_err(|_| StoreError::Corrupt("complaints", case.id.clone()))?;
            let away = organisations::find(tx, &id)?.is_some_and(|unit| {
                let township = unit.region_code.at(Level::Township);
                let here = RegionCode::try_from(case.region.as_str()).ok();
                township.is_some() && township != here.and_then(|code| code.at(Level::Township))
            });
            if away {
                visiting.push(case.id.clone());
            }
        }
    }
    visiting.dedup();
    look_again(tx, app, &visiting, now)
}

/// Other targets for a case, by somebody who supervises it and saw it at version `seen`. `None` in the
/// answer: it is done, and whoever did it may not know of the case any more.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`Code::NotPermitted`], [`ServiceError::Illegal`], or
/// a fault at its place.
pub async fn change_targets(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
    seen: i32,
    targets: Vec<TargetRequest>,
    reason: String,
) -> Result<Option<(i32, StaffComplaintView)>, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let faults = target_faults(&targets);
    let (view, marks) = app
        .db
        .write(move |tx| {
            let known = complaints::find_for(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            let before = &known.record.case;
            if before.version != seen {
                return Err(StoreError::Stale.into());
            }
            if !(known.standing.supervising || known.standing.upper) {
                return Err(ServiceError::Rule(Code::NotPermitted));
            }
            if !before.state.name().is_open() {
                let facts = Facts::of(tx, &inner, before)?;
                let may = allowed(&by(&scope, &known), before, &facts.rules(now));
                return Err(ServiceError::Illegal(words(&may)));
            }
            if !faults.is_empty() {
                return Err(ServiceError::Invalid(faults.clone()));
            }
            let targets = find_targets(tx, &before.region, &targets, &before.targets)?;
            let after = with_targets(tx, &inner, before, targets, &reason, &scope, now)?;
            let view = match complaints::find_for(tx, &scope, &id)? {
                Some(known) => Some(staff_view(tx, &inner, &scope, &known, now)?),
                None => None,
            };
            Ok::<_, ServiceError>((view, after))
        })
        .await?;
    schedule(app, marks);
    Ok(view)
}

fn with_targets(
    tx: &mut Tx<'_>,
    app: &App,
    before: &Case,
    targets: Vec<Target>,
    reason: &str,
    scope: &Scope,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    let persons = recusal::accused(tx, &targets, now.day())?;
    let accused = Accused {
        targets: &targets,
        persons: &persons,
    };
    let facts = Facts::about(tx, app, before, accused)?;
    let seats = seats(tx, &facts, before, accused, now)?;
    let retarget = Retarget {
        accused: persons.clone(),
        reason: reason.to_owned(),
        targets,
    };
    let (after, event) = before
        .clone()
        .route_anew(Some(retarget), seats, &facts.rules(now))
        .map_err(no_route)?;
    complaints::retarget(tx, &after)?;
    let who = Who::Staff(scope);
    Ok(settle(tx, app, &facts, before, &after, &event, &who, now)?)
}
