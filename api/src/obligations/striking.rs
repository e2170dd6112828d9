//! Striking an event that was written down by mistake (误记注销): the wrong village, the wrong day, or it never happened. It
//! takes two persons and says why for everybody to read, and what was struck stays where it stood: nothing is buried.

use std::sync::Arc;

use domain::complaint::target::Accused;
use domain::id::ObligationId;
use domain::proposal::{Proposal, State, Subject, organs_of_region};
use domain::role::Scope;
use domain::text;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::{self, Actor, Entry};
use store::obligations::{self, Record, Struck};
use store::{StoreError, Tx, calendar, organisations, proposals};
use utoipa::ToSchema;

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::open_words::{refuse_private, refuse_somebody};
use crate::propose::{self, New, ProposedView};

/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 2..=200;

/// Why an event is to be struck.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrikeBody {
    /// What was wrong, in words that everybody may read once it is struck; 2 to 200 characters, no personal data.
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Proposes to strike what an event asks for.
///
/// # Errors
/// [`ServiceError::NotFound`], also outside one's region; faults of the reason; [`Code::ObligationByRule`],
/// [`Code::ObligationStruck`], [`Code::ObligationAnswered`], or [`Code::ProposalWaiting`].
pub async fn propose(
    app: &Arc<App>,
    scope: &Scope,
    id: ObligationId,
    body: StrikeBody,
) -> Result<ProposedView, ServiceError> {
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let reason = text::line(&body.reason, *REASON.start(), *REASON.end())
        .map_err(|_| ServiceError::at("/reason", Code::InvalidText))?;
    refuse_private("/reason", &reason)?;
    // Everybody reads it for as long as the obligation is there.
    refuse_somebody("/reason", &reason)?;
    app.db
        .write(move |tx| {
            let now = inner.clocks.case();
            let record = obligations::find(tx, &id)?
                .filter(|record| scope.region.covers(&record.region))
                .ok_or(ServiceError::NotFound)?;
            may_be_struck(&record)?;
            let body = StrikeBody {
                reason: reason.clone(),
            };
            let value = serde_json::to_value(&body)
                .map_err(|error| ServiceError::Broken(error.to_string()))?;
            let calendar = calendar::current(tx, &inner.calendar, &record.region)?;
            let new = New {
                subject: Subject::Obligation {
                    obligation: record.id.clone(),
                },
                // A step of the ladder changes nothing of what is asked, so it is no other version: else whoever is
                // slower than the ladder would never be heard.
                version: record.told_version(),
                body: &value,
                reason: reason.clone(),
                offered: organs_of_region(&organisations::organs(tx, &record.region)?),
                accused: Accused::default(),
                region: record.region,
            };
            let made = propose::propose(tx, &inner, &scope, new, &calendar, now)?;
            Ok(ProposedView::from(&made))
        })
        .await
}

/// Only what came from an event, is not struck, and nothing answers.
fn may_be_struck(record: &Record) -> Result<(), ServiceError> {
    let refused = match record {
        record if record.event.is_none() => Code::ObligationByRule,
        record if record.struck.is_some() => Code::ObligationStruck,
        record if record.settled.is_some() => Code::ObligationAnswered,
        _ => return Ok(()),
    };
    Err(ServiceError::Rule(refused))
}

/// Until when a second person may decide about striking it, while one is asked.
///
/// # Errors
/// The store's.
pub(super) fn waits_until(
    tx: &mut Tx<'_>,
    record: &Record,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    if record.event.is_none() {
        return Ok(None);
    }
    let waiting = proposals::waiting(tx, domain::proposal::OBLIGATION, record.id.as_str())?;
    Ok(waiting
        .into_iter()
        .find(|found| found.state(now).0 == State::Waiting)
        .map(|found| found.proposal.expires_at))
}

/// An approved proposal: nothing is owed any more.
///
/// # Errors
/// [`Code::ProposalVoid`] when it was answered or struck meanwhile, or is due on another day; the store's.
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    id: &ObligationId,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let void = || ServiceError::Rule(Code::ProposalVoid);
    let record = obligations::find(tx, id)?
        .filter(|record| may_be_struck(record).is_ok())
        .filter(|record| record.told_version() == proposal.version)
        .ok_or_else(void)?;
    let body: StrikeBody = serde_json::from_str(&proposal.body)
        .map_err(|_| StoreError::Corrupt("proposals", proposal.id.to_string()))?;
    let struck = Struck {
        at: now,
        reason: body.reason,
    };
    obligations::strike(tx, &record, &struck).map_err(|error| match error {
        StoreError::Stale => void(),
        other => other.into(),
    })?;
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(second.staff.clone()),
        action: "strike_event".to_owned(),
        object: "obligation",
        object_id: record.id.to_string(),
        reason: Some(struck.reason),
        before_sha256: None,
        after_sha256: None,
    };
    Ok(audit::record(tx, &entry)?)
}
