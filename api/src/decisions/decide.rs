//! One transaction for one decision: the proposal's end and everything its approval causes.

use std::sync::Arc;

use actix_web::web;
use domain::id::ProposalId;
use domain::proposal::{NotSecond, Proposal, State, Subject};
use domain::role::Scope;
use domain::time::Timestamp;
use store::Tx;
use store::audit::Actor;
use store::proposals::{self, Found};

use crate::accounts::grants;
use crate::app::App;
use crate::codes::Code;
use crate::complaints::settle::{Marks, schedule};
use crate::complaints::{export, relations, reroute, two_persons};
use crate::disclosures::corrections;
use crate::error::ServiceError;
use crate::obligations::{catalogues, striking};
use crate::office::still_in_office;
use crate::proposals::service::view;
use crate::proposals::views::ProposalView;
use crate::propose;
use crate::sla::{calendars, policies};
use crate::zones;

/// What a second person said.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Yes or no.
    pub approve: bool,
    /// Words, for the proposer and for later.
    pub note: Option<String>,
    /// Whether whoever says it has just shown a fresh code.
    pub is_sure: bool,
}

/// Decides a proposal.
///
/// # Errors
/// [`ServiceError::NotFound`], [`Code::SamePerson`], [`Code::NotPermitted`], [`Code::StepUpRequired`],
/// [`Code::ProposalDecided`], [`Code::ProposalVoid`], [`store::StoreError::Stale`], or what the owning feature says.
pub async fn decide(
    app: &web::Data<App>,
    scope: &Scope,
    id: ProposalId,
    decision: Decision,
) -> Result<ProposalView, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let (view, marks) = app
        .db
        .write(move |tx| {
            let found = proposals::find_for(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            let proposal = &found.proposal;
            // As the request began; whoever lost the role meanwhile decides nothing.
            still_in_office(tx, &scope)?;
            proposal.second(&scope).map_err(|why| match why {
                NotSecond::SamePerson => ServiceError::Rule(Code::SamePerson),
                NotSecond::Concerned => ServiceError::Rule(Code::OwnAccount),
                NotSecond::NotOffered => ServiceError::Rule(Code::NotPermitted),
            })?;
            match found.state(now) {
                (State::Waiting, _) => {}
                (State::Void, _) => return Err(ServiceError::Rule(Code::ProposalVoid)),
                _ => return Err(ServiceError::Rule(Code::ProposalDecided)),
            }
            // A no opens nothing.
            if decision.approve && proposal.subject.takes_fresh_code() && !decision.is_sure {
                return Err(ServiceError::Rule(Code::StepUpRequired));
            }
            let state = match decision.approve {
                true => State::Approved,
                false => State::Refused,
            };
            let (by, note) = (Some(&scope.staff), decision.note.as_deref());
            proposals::end(tx, &id, state, None, by, note, now)?;
            let actor = Actor::Staff(scope.staff.clone());
            let word = match decision.approve {
                true => "proposal_approved",
                false => "proposal_refused",
            };
            propose::record(tx, &inner, proposal, word, actor, now)?;
            let marks = follow(tx, &inner, &scope, proposal, &decision, now)?;
            let ended = Found {
                proposal: Proposal {
                    state,
                    decided_by: Some(scope.staff.clone()),
                    decided_at: Some(now),
                    note: decision.note.clone(),
                    ..proposal.clone()
                },
                in_force: found.in_force,
            };
            Ok::<_, ServiceError>((view(tx, &ended, &scope, now)?, marks))
        })
        .await?;
    schedule(app, marks);
    Ok(view)
}

/// Hands a decided proposal to the feature that owns its subject.
fn follow(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    decision: &Decision,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    match (&proposal.subject, decision.approve) {
        (Subject::Case { .. }, true) => two_persons::apply(tx, app, second, proposal, now),
        (Subject::Policy { .. }, true) => {
            policies::apply(tx, app, second, proposal, now).map(|()| Marks::new())
        }
        (Subject::Calendar { .. }, true) => {
            calendars::apply(tx, app, second, proposal, now).map(|()| Marks::new())
        }
        (Subject::Catalogue { .. }, true) => {
            catalogues::apply(tx, app, second, proposal, now).map(|()| Marks::new())
        }
        (Subject::Zone { .. }, true) => {
            let county = zones::service::apply(tx, app, second, proposal, now)?;
            reroute::of_county(tx, app, &county, now)
        }
        (Subject::Relation { relation }, true) => {
            relations::end(tx, app, second, proposal, relation, now).map(|()| Marks::new())
        }
        (Subject::Staff { staff, matter }, true) => {
            grants::apply(tx, app, second, proposal, staff, *matter).map(|()| Marks::new())
        }
        (Subject::Export { export }, true) => {
            export::granted(tx, app, proposal, export, now).map(|()| Marks::new())
        }
        (Subject::Disclosure { disclosure, matter }, true) => {
            let what = (disclosure, *matter);
            corrections::apply(tx, app, second, proposal, what, now).map(|()| Marks::new())
        }
        (Subject::Obligation { obligation }, true) => {
            striking::apply(tx, app, second, proposal, obligation, now).map(|()| Marks::new())
        }
        (
            Subject::Policy { .. }
            | Subject::Calendar { .. }
            | Subject::Catalogue { .. }
            | Subject::Zone { .. }
            | Subject::Relation { .. }
            | Subject::Staff { .. }
            | Subject::Export { .. }
            | Subject::Disclosure { .. }
            | Subject::Obligation { .. },
            false,
        ) => Ok(Marks::new()),
        (Subject::Case { .. }, false) => {
            two_persons::refused(tx, second, proposal, decision.note.as_deref(), now)
                .map(|()| Marks::new())
        }
    }
}
