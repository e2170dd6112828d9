//! What takes two persons in a case: proposed by one, done when another approves. The proposal keeps the
//! body as it was sent; it is read and decided anew, with the facts of the moment of approval.

use domain::complaint::action::{Action, ActionName};
use domain::complaint::case::Case;
use domain::complaint::transition::Event;
use domain::id::ProposalId;
use domain::proposal::{CaseMatter, Proposal, Subject, expires_at, organs_of_case};
use domain::role::Scope;
use domain::time::Timestamp;
use serde_json::{Value, json};
use store::complaints::Known;
use store::{StoreError, Tx, accounts, calendar, complaints, identities};

use super::action_request::action;
use super::merging::check_target;
use super::questions;
use super::service::by;
use super::settle::{Facts, Marks, Who, settle, tell};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose::{self, New, void_changed};

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
    check_merge(tx, scope, case, action, facts, now)?;
    let reason = match action {
        Action::Extend { reason, .. } | Action::Merge { reason, .. } => reason.clone(),
        Action::Decline { note, .. } => note.clone(),
        _ => String::new(),
    };
    let id = app.ids.make();
    ask(tx, app, scope, id, case, (matter, body, reason), facts, now)
}

/// Words for everybody that came with an approval: the answer is out, they wait.
///
/// # Errors
/// The store's.
pub fn propose_public_answer(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    case: &Case,
    text: &str,
    facts: &Facts,
    now: Timestamp,
) -> Result<Proposal, ServiceError> {
    let body = json!({ "text": text });
    let what = (CaseMatter::PublicAnswer, &body, text.to_owned());
    ask(tx, app, scope, app.ids.make(), case, what, facts, now)
}

/// Asks the case's organs about something, under an id.
///
/// # Errors
/// [`Code::ProposalWaiting`].
pub(super) fn ask(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    id: ProposalId,
    case: &Case,
    (matter, body, reason): (CaseMatter, &Value, String),
    facts: &Facts,
    now: Timestamp,
) -> Result<Proposal, ServiceError> {
    let new = New {
        subject: Subject::Case {
            complaint: case.id.clone(),
            matter,
        },
        region: case.region.clone(),
        version: case.version,
        body,
        reason: reason.clone(),
        offered: organs_of_case(
            &case.supervising,
            case.supervising_level,
            &facts.organs,
            matter.second_from(),
        ),
        accused: case.accused(),
    };
    let proposal = propose::propose_as(tx, app, scope, id, new, &facts.calendar, now)?;
    let what = format!("propose_{}", matter.as_str());
    let who = Who::Staff(scope);
    tell(tx, case, &what, None, Some(reason), &who, now)?;
    Ok(proposal)
}

fn check_merge(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: &Case,
    action: &Action,
    facts: &Facts,
    now: Timestamp,
) -> Result<(), ServiceError> {
    match action {
        Action::Merge { into, .. } => check_target(tx, scope, case, into, facts, now),
        _ => Ok(()),
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
    let Some((id, matter)) = proposal.subject.case() else {
        return Err(ServiceError::NotFound);
    };
    let proposer = accounts::scope(tx, &proposal.proposer.staff, now.day())?;
    let known =
        complaints::find_for(tx, &proposer, id)?.ok_or(ServiceError::Rule(Code::ProposalVoid))?;
    let before = &known.record.case;
    let body: Value = serde_json::from_str(&proposal.body).map_err(|_| unreadable(proposal))?;
    let who = Who::Staff(second);
    if matter == CaseMatter::PublicAnswer {
        let text = body.get("text").and_then(Value::as_str);
        let text = text.ok_or_else(|| unreadable(proposal))?.to_owned();
        tell(
            tx,
            before,
            matter.as_str(),
            Some(text.clone()),
            None,
            &who,
            now,
        )?;
        questions::publish(tx, app, &known.record, text, now)?;
        return Ok(Marks::new());
    }
    if matter.is_of_identity() {
        // Nothing happens to the case: whoever asked may now do it, once (`identity`).
        tell(tx, before, matter.as_str(), None, None, &who, now)?;
        let calendar = calendar::current(tx, &app.calendar, &before.region)?;
        identities::grant(tx, &proposal.id, expires_at(&calendar, now))?;
        return Ok(Marks::new());
    }
    let action = action(body).map_err(|_| unreadable(proposal))?;
    let facts = Facts::of(tx, app, before)?;
    // The target has gone another way meanwhile: nothing is wrong with what the second person sent.
    check_merge(tx, &proposer, before, &action, &facts, now).map_err(|error| match error {
        ServiceError::Invalid(_) => ServiceError::Rule(Code::ProposalVoid),
        other => other,
    })?;
    let (after, event) = before
        .clone()
        .act(&by(&proposer, &known), action, &facts.rules(now))?;
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

/// A case has changed: what waits about it is void, except words for everybody after a rating or the
/// closing, which change nothing of the answer they are about.
///
/// # Errors
/// The store's.
pub fn void_on_change(
    tx: &mut Tx<'_>,
    app: &App,
    before: &Case,
    after: &Case,
    event: &Event,
    now: Timestamp,
) -> Result<(), StoreError> {
    if after.version == before.version {
        return Ok(());
    }
    let rated = matches!(event.action, ActionName::Rate | ActionName::RateLapsed);
    let stays = |one: &Proposal| {
        let case = one.subject.case();
        rated && case.is_some_and(|(_, matter)| matter == CaseMatter::PublicAnswer)
    };
    void_changed(tx, app, "complaint", after.id.as_str(), stays, now)
}
