//! What people see of requests for an identity, and of the identity itself.

use domain::complaint::identity::{IdentityReason, Purpose};
use domain::complaint::intake::{Identity, IdentityMode};
use domain::proposal::State;
use domain::time::Timestamp;
use serde::Serialize;
use store::identities::{Look, Request};
use store::proposals::Found;
use utoipa::ToSchema;

/// Somebody looked at who the complainant is, or compared it: never who.
#[derive(Serialize, ToSchema)]
pub struct IdentityLookView {
    /// The day, `YYYY-MM-DD`.
    date: String,
    /// The level of the unit: 1 township, 2 county, 3 city.
    level: i32,
    reason_code: IdentityReason,
}

impl From<&Look> for IdentityLookView {
    fn from(look: &Look) -> Self {
        Self {
            date: look.at.day().to_string(),
            level: look.level,
            reason_code: look.reason,
        }
    }
}

/// A request of one's own.
#[derive(Serialize, ToSchema)]
pub struct IdentityRequestView {
    /// Also the proposal's.
    id: String,
    complaint_id: String,
    /// The case's number.
    number: Option<String>,
    purpose: Purpose,
    reason_code: IdentityReason,
    /// In words.
    reason: String,
    created_at: Timestamp,
    /// What became of the proposal.
    state: State,
    /// The first instant at which it is too late: for the second person while it waits, else for its use.
    until: Timestamp,
    /// When it was used.
    done_at: Option<Timestamp>,
    /// What became of it then.
    outcome: Option<IdentityReason>,
    /// Whether it may be used now: approved, not used, not too late.
    may_use: bool,
}

/// A request as its maker sees it.
#[must_use]
pub fn request_view(
    request: &Request,
    found: &Found,
    number: Option<String>,
    now: Timestamp,
) -> IdentityRequestView {
    let (state, _) = found.state(now);
    let usable = request.until.is_some_and(|until| now < until) && request.done_at.is_none();
    IdentityRequestView {
        id: request.proposal.to_string(),
        complaint_id: request.complaint.to_string(),
        number,
        purpose: request.purpose,
        reason_code: request.reason,
        reason: found.proposal.reason.clone(),
        created_at: request.created_at,
        state,
        until: request.until.unwrap_or(found.proposal.expires_at),
        done_at: request.done_at,
        outcome: request.outcome,
        may_use: usable && state == State::Approved && found.in_force,
    }
}

/// A page of requests.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the contract; pages are written by http::page"
)]
pub struct IdentityRequestPage {
    items: Vec<IdentityRequestView>,
    next_cursor: Option<String>,
}

/// Who filed, shown this once. Has no `Debug`.
#[derive(Serialize, ToSchema)]
pub struct IdentityView {
    /// The case's number.
    number: String,
    identity_mode: IdentityMode,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    /// When it was shown.
    read_at: Timestamp,
}

impl IdentityView {
    /// What is shown.
    #[must_use]
    pub fn new(
        number: String,
        identity_mode: IdentityMode,
        identity: Identity,
        read_at: Timestamp,
    ) -> Self {
        Self {
            number,
            identity_mode,
            name: identity.name,
            phone: identity.phone,
            email: identity.email,
            read_at,
        }
    }
}

/// A new receipt code, shown this once.
#[derive(Serialize, ToSchema)]
pub struct ReissuedView {
    /// The case's number.
    pub number: String,
    /// Twenty digits; those before are dead.
    pub receipt_code: String,
}
