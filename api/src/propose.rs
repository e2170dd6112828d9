//! Asking for a second person, for every feature: the row, the letters to those who may decide, the audit
//! row; in the feature's own transaction. What becomes of it is said in `decisions`.

use domain::calendar::WorkCalendar;
use domain::canon::{canonical_json, sha256_hex};
use domain::complaint::target::Accused;
use domain::id::{OrganisationId, ProposalId};
use domain::proposal::{Proposal, Proposer, State, Subject, VoidReason, expires_at};
use domain::region::RegionCode;
use domain::role::{Permission, Scope};
use domain::time::{Day, Timestamp};
use serde::Serialize;
use serde_json::Value;
use store::audit::{self, Actor, Entry};
use store::{StoreError, Tx, outbox, proposals};
use utoipa::ToSchema;

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::notify::{self, Params, Template};

/// What is to be proposed.
pub struct New<'a> {
    /// About what.
    pub subject: Subject,
    /// The region whose organs decide.
    pub region: RegionCode,
    /// The subject's version it is made about.
    pub version: i32,
    /// What the owning feature will read again.
    pub body: &'a Value,
    /// Why, for the second person.
    pub reason: String,
    /// The organs to ask, all at once.
    pub offered: Vec<OrganisationId>,
    /// Whom it concerns: who is recused from them gets no letter.
    pub accused: Accused<'a>,
}

/// The answer to whoever proposed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProposedView {
    /// The proposal.
    pub proposal_id: String,
    /// The first instant at which it is void.
    pub expires_at: Timestamp,
}

impl From<&Proposal> for ProposedView {
    fn from(proposal: &Proposal) -> Self {
        Self {
            proposal_id: proposal.id.to_string(),
            expires_at: proposal.expires_at,
        }
    }
}

/// Keeps a proposal and tells those who may decide it.
///
/// # Errors
/// [`Code::ProposalWaiting`] when one waits already for the same thing and action.
pub fn propose(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    new: New<'_>,
    calendar: &WorkCalendar,
    now: Timestamp,
) -> Result<Proposal, ServiceError> {
    propose_as(tx, app, scope, app.ids.make(), new, calendar, now)
}

/// The same under an id that something is bound to already.
///
/// # Errors
/// The same.
pub fn propose_as(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    id: ProposalId,
    new: New<'_>,
    calendar: &WorkCalendar,
    now: Timestamp,
) -> Result<Proposal, ServiceError> {
    for found in proposals::waiting(tx, new.subject.kind(), new.subject.object())? {
        if found.proposal.subject != new.subject {
            continue;
        }
        match found.state(now) {
            // What nobody has swept up yet makes room.
            (State::Void, Some(reason)) => void(tx, app, &found.proposal, reason, now)?,
            _ => return Err(ServiceError::Rule(Code::ProposalWaiting)),
        }
    }
    let body = canonical_json(new.body)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| ServiceError::Broken("a proposal cannot be written".into()))?;
    let proposal = Proposal {
        id,
        subject: new.subject,
        region: new.region,
        version: new.version,
        body,
        reason: new.reason,
        proposer: Proposer::from(scope),
        offered: new.offered,
        created_at: now,
        expires_at: expires_at(calendar, now),
        state: State::Waiting,
        void_reason: None,
        decided_by: None,
        decided_at: None,
        note: None,
    };
    proposals::insert(tx, &proposal)?;
    let last_day = proposal.expires_at.plus_micros(-1).day();
    let params = Params::from([
        ("due", last_day.to_string()),
        ("url", format!("{}/admin/", app.config.admin_url)),
    ]);
    let people = seconds(tx, &proposal, new.accused, now.day())?;
    notify::write(
        tx,
        || app.ids.id(),
        &people,
        Template::Proposal,
        &params,
        calendar,
        now,
    )?;
    let by = Actor::Staff(scope.staff.clone());
    record(tx, app, &proposal, "propose", by, now)?;
    Ok(proposal)
}

/// The people who may be the second, once each.
fn seconds(
    tx: &mut Tx<'_>,
    proposal: &Proposal,
    accused: Accused<'_>,
    today: Day,
) -> Result<Vec<domain::id::StaffId>, StoreError> {
    let mut people = Vec::new();
    for organ in &proposal.offered {
        people.extend(outbox::recipients(
            tx,
            organ,
            Permission::DecideProposals,
            accused,
            today,
        )?);
    }
    people.retain(|id| *id != proposal.proposer.staff);
    Ok(people)
}

/// A proposal that can no longer be decided.
///
/// # Errors
/// The store's.
pub fn void(
    tx: &mut Tx<'_>,
    app: &App,
    proposal: &Proposal,
    reason: VoidReason,
    now: Timestamp,
) -> Result<(), StoreError> {
    proposals::end(tx, &proposal.id, State::Void, Some(reason), None, None, now)?;
    record(tx, app, proposal, "proposal_void", Actor::Timer, now)
}

/// The thing has changed: what waits about it is void, except what `stays` says.
///
/// # Errors
/// The store's.
pub fn void_changed(
    tx: &mut Tx<'_>,
    app: &App,
    kind: &str,
    object: &str,
    stays: impl Fn(&Proposal) -> bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    for found in proposals::waiting(tx, kind, object)? {
        if !stays(&found.proposal) {
            void(tx, app, &found.proposal, VoidReason::VersionChanged, now)?;
        }
    }
    Ok(())
}

/// The audit row of a step in a proposal's life.
///
/// # Errors
/// The store's.
pub fn record(
    tx: &mut Tx<'_>,
    app: &App,
    proposal: &Proposal,
    action: &str,
    actor: Actor,
    now: Timestamp,
) -> Result<(), StoreError> {
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor,
        action: action.to_owned(),
        object: "proposal",
        object_id: proposal.id.to_string(),
        reason: Some(proposal.reason.clone()),
        before_sha256: None,
        after_sha256: Some(sha256_hex(proposal.body.as_bytes())),
    };
    audit::record(tx, &entry)
}
