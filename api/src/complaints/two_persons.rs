//! What takes two persons in a case: proposed by one, done when another approves. The proposal keeps the
//! body as it was sent; it is read and decided anew, with the facts of the moment of approval.

use domain::complaint::action::Action;
use domain::proposal::{CaseMatter, Proposal, Subject, organs_of_case};
use domain::role::Scope;
use domain::time::Timestamp;
use serde_json::Value;
use store::complaints::Known;
use store::{StoreError, Tx, accounts, complaints};

use super::requests::action;
use super::service::by;
use super::settle::{Facts, Marks, Who, settle, tell};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose::{self, New};

/// Proposes an action of a case that its proposer knows.
///
/// # Errors
/// What the state machine says against the action now, or [`Code::ProposalWaiting`].
pub fn propose_action(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    known: &Known,
    (matter, action, body): (CaseMatter, &Action, &Value),
    facts: &Facts,
    now: Timestamp,
) -> Result<Proposal, ServiceError> {
    let case = &known.record.case;
    // A rehearsal: what could not be done now is not worth a second person's time.
    case.clone()
        .act(&by(scope, known), action.clone(), &facts.rules(now))?;
    let reason = reason_of(action);
    let new = New {
        subject: Subject::Case {
            complaint: case.id.clone(),
            matter,
        },
        region: case.region.clone(),
        version: case.version,
        body,
        reason: reason.clone(),
        offered: organs_of_case(&case.supervising, case.supervising_level, &facts.organs),
        accused: case.accused(),
    };
    let proposal = propose::propose(tx, app, scope, new, &facts.calendar, now)?;
    let who = Who::Staff(scope);
    tell(
        tx,
        case,
        &format!("propose_{}", matter.as_str()),
        None,
        Some(reason),
        &who,
        now,
    )?;
    Ok(proposal)
}

fn reason_of(action: &Action) -> String {
    match action {
        Action::Extend { reason, .. } => reason.clone(),
        _ => String::new(),
    }
}

/// Does what was proposed, now that a second person approved it.
///
/// # Errors
/// [`Code::ProposalVoid`] when the proposer may no longer know of the case, or what the state machine says.
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    let Some((id, _)) = proposal.subject.case() else {
        return Err(ServiceError::NotFound);
    };
    let proposer = accounts::scope(tx, &proposal.proposer.staff, now.day())?;
    let known =
        complaints::find_for(tx, &proposer, id)?.ok_or(ServiceError::Rule(Code::ProposalVoid))?;
    let before = &known.record.case;
    let body: Value = serde_json::from_str(&proposal.body).map_err(|_| unreadable(proposal))?;
    let action = action(body).map_err(|_| unreadable(proposal))?;
    let facts = Facts::of(tx, app, before)?;
    let (after, event) = before
        .clone()
        .act(&by(&proposer, &known), action, &facts.rules(now))?;
    let who = Who::Staff(second);
    Ok(settle(tx, app, &facts, before, &after, &event, &who, now)?)
}

fn unreadable(proposal: &Proposal) -> ServiceError {
    StoreError::Corrupt("proposals", proposal.id.to_string()).into()
}

/// Leaves a line in the case's history: the second person said no.
///
/// # Errors
/// The store's.
pub fn refused(
    tx: &mut Tx<'_>,
    second: &Scope,
    proposal: &Proposal,
    note: Option<&str>,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let Some((id, matter)) = proposal.subject.case() else {
        return Ok(());
    };
    let Some(known) = complaints::find_for_worker(tx, id.as_str())? else {
        return Ok(());
    };
    let what = format!("refuse_{}", matter.as_str());
    let note = note.map(str::to_owned);
    let who = Who::Staff(second);
    Ok(tell(tx, &known.case, &what, None, note, &who, now)?)
}
