//! What people see of a proposal.

use domain::proposal::{State, VoidReason};
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::proposals::Found;
use utoipa::ToSchema;

/// A proposal.
#[derive(Serialize, ToSchema)]
pub struct ProposalView {
    id: String,
    /// The kind of thing: `complaint`, `policy`, …
    subject: String,
    /// The thing's id or code.
    subject_id: String,
    /// What people call it: a case's number, a table's title.
    subject_label: Option<String>,
    /// What is to be done with it.
    action: String,
    region_code: RegionCode,
    /// What people call that region.
    region_name: String,
    /// What is proposed, as it was sent.
    #[schema(value_type = Object)]
    body: Value,
    reason: String,
    /// Who proposed.
    proposed_by: String,
    /// The proposer's unit.
    proposed_by_organisation: String,
    created_at: Timestamp,
    /// The first instant at which it is void.
    expires_at: Timestamp,
    state: State,
    void_reason: Option<VoidReason>,
    /// The second person.
    decided_by: Option<String>,
    decided_at: Option<Timestamp>,
    /// The second person's words.
    note: Option<String>,
    /// Whether this reader may be the second now.
    may_decide: bool,
}

/// Names that a view is filled with.
pub struct Names {
    /// What people call the thing.
    pub subject: Option<String>,
    /// The region's.
    pub region: String,
    /// The proposer's.
    pub proposer: String,
    /// The proposer's unit's.
    pub organisation: String,
    /// The second person's.
    pub second: Option<String>,
}

/// A proposal as this reader sees it.
#[must_use]
pub fn proposal(found: &Found, names: Names, scope: &Scope, now: Timestamp) -> ProposalView {
    let one = &found.proposal;
    let (state, void_reason) = found.state(now);
    ProposalView {
        id: one.id.to_string(),
        subject: one.subject.kind().to_owned(),
        subject_id: one.subject.object().to_owned(),
        subject_label: names.subject,
        action: one.subject.action().to_owned(),
        region_code: one.region.clone(),
        region_name: names.region,
        body: serde_json::from_str(&one.body).unwrap_or(Value::Null),
        reason: one.reason.clone(),
        proposed_by: names.proposer,
        proposed_by_organisation: names.organisation,
        created_at: one.created_at,
        expires_at: one.expires_at,
        state,
        void_reason,
        decided_by: names.second,
        decided_at: one.decided_at,
        note: one.note.clone(),
        may_decide: state == State::Waiting && one.second(scope).is_ok(),
    }
}

/// A page of proposals.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the contract; pages are written by http::page"
)]
pub struct ProposalPage {
    items: Vec<ProposalView>,
    next_cursor: Option<String>,
}
