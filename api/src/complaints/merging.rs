//! Cases that follow another: which may be followed, and what the target's end does to its followers.

use domain::complaint::action::{Action, By};
use domain::complaint::case::Case;
use domain::complaint::routing::may_handle;
use domain::complaint::state::{State, StateName};
use domain::complaint::transition::Event;
use domain::id::ComplaintId;
use domain::role::Scope;
use domain::time::Timestamp;
use store::{StoreError, Tx, complaints, organisations};

use super::settle::{Facts, Marks, Who, settle};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// Whether a case may follow that one: known to whoever merges, of the same region, open, following none
/// itself, supervised no lower than this case's own people allow and worked on by nobody they name.
///
/// # Errors
/// A fault at `/into_id`.
pub fn check_target(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: &Case,
    into: &ComplaintId,
    facts: &Facts,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let fault = |code| ServiceError::at("/into_id", code);
    let target = complaints::find_for(tx, scope, into)?
        .filter(|target| target.record.case.id != case.id)
        .ok_or_else(|| fault(Code::MergeUnknown))?
        .record
        .case;
    if target.region != case.region {
        return Err(fault(Code::MergeElsewhere));
    }
    if !target.state.name().is_open() {
        return Err(fault(Code::MergeNotOpen));
    }
    let unit = match target.responsible() {
        Some(id) => organisations::unit(tx, id, now.day())?,
        None => None,
    };
    // The unit was chosen for the target by whoever may choose; here only the follower's own people count.
    let reach = facts.reach(case, true);
    let works =
        unit.is_none_or(|unit| may_handle(&unit, &case.targets, &case.category, reach).is_ok());
    let organ = &target.supervising;
    let supervises =
        facts.organs.values().any(|one| one == organ) || facts.neighbours.contains(organ);
    if target.supervising_level < case.supervising_level || !supervises || !works {
        return Err(fault(Code::MergeTouched));
    }
    Ok(())
}

/// What the end of a case does to those that follow it: withdrawn or declined, they stand for themselves
/// again; merged itself, they follow where it went.
///
/// # Errors
/// The store's.
pub fn follow_up(
    tx: &mut Tx<'_>,
    app: &App,
    before: &Case,
    after: &Case,
    now: Timestamp,
) -> Result<Marks, StoreError> {
    let mut marks = Marks::new();
    if before.state.name() == after.state.name() {
        return Ok(marks);
    }
    match &after.state {
        State::Withdrawn { .. } | State::Declined { .. } => {
            for id in complaints::followers(tx, after)? {
                marks.extend(stand_alone(tx, app, &id, now)?);
            }
        }
        State::Merged { into, .. } => {
            for id in complaints::followers(tx, after)? {
                go_along(tx, app, &id, into, now)?;
            }
        }
        _ => {}
    }
    Ok(marks)
}

fn follower(tx: &mut Tx<'_>, id: &str) -> Result<Option<Case>, StoreError> {
    let found = complaints::find_for_worker(tx, id)?;
    Ok(found
        .map(|found| found.case)
        .filter(|case| case.state.name() == StateName::Merged))
}

fn stand_alone(tx: &mut Tx<'_>, app: &App, id: &str, now: Timestamp) -> Result<Marks, StoreError> {
    let Some(before) = follower(tx, id)? else {
        return Ok(Marks::new());
    };
    let facts = Facts::of(tx, app, &before)?;
    let undone = before
        .clone()
        .act(&By::Timer, Action::Unmerge, &facts.rules(now));
    let (after, event): (Case, Event) =
        undone.map_err(|_| StoreError::Corrupt("merges", id.to_owned()))?;
    settle(tx, app, &facts, &before, &after, &event, &Who::Timer, now)
}

fn go_along(
    tx: &mut Tx<'_>,
    app: &App,
    id: &str,
    into: &ComplaintId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(before) = follower(tx, id)? else {
        return Ok(());
    };
    let facts = Facts::of(tx, app, &before)?;
    let mut after = before.clone();
    after.follow(into);
    complaints::save(tx, &after, before.version, &facts.rules(now)).map(|_| ())
}
