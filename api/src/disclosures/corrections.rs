//! What is published is corrected and withdrawn by two persons: the agency proposes, a discipline organ of the region
//! agrees. An approved correction is a draft of the next version beside what is published, and needs signatures of its
//! own; an approved withdrawal takes effect at once, but not before the posting is over and somebody's objection from that
//! time is answered, unless it is about personal data.

use std::sync::Arc;

use domain::complaint::target::Accused;
use domain::disclosure::diff::Diff;
use domain::disclosure::posting::contested;
use domain::disclosure::publish::{Action, State};
use domain::id::{DisclosureId, PreviewId};
use domain::proposal::{
    DISCLOSURE, DisclosureMatter, Proposal, Subject, VoidReason, organs_of_region,
};
use domain::role::Scope;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::audit::Actor;
use store::disclosures::{self, Correction, Record, Sheet};
use store::{StoreError, Tx, calendar, organisations, proposals};

use super::log::Log;
use super::service::{against, discreet, open, said};
use super::sight::Eyes;
use super::versions::between;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose::{self, New, ProposedView};

/// The fewest characters of a reason that everybody reads.
const REASON_LEAST: usize = 2;
/// The most lines of each kind of change that the second person is shown with the proposal; the rest is counted.
const MOST_SHOWN: usize = 50;

/// What was done, or what waits for a second person.
pub enum Outcome {
    /// Done.
    Done(Box<Record>),
    /// Proposed.
    Proposed(ProposedView),
}

/// A correction as it is proposed: what the second person decides about, and what is made of it then.
#[derive(Serialize, Deserialize)]
struct CorrectionBody {
    preview_id: PreviewId,
    /// The digest of what is published.
    before_sha256: String,
    /// The digest of what will be.
    content_sha256: String,
    opening_fen: i64,
    closing_fen: i64,
    /// What changes.
    #[serde(skip_deserializing)]
    changes: Diff,
}

/// A withdrawal as it is proposed.
#[derive(Serialize, Deserialize)]
struct WithdrawalBody {
    reason: String,
    /// It shows somebody's personal data, and so does not wait for anything.
    #[serde(default)]
    personal_data: bool,
}

/// Proposes another version of what is published, made of a sheet that this person handed in.
///
/// # Errors
/// Not found, not permitted, stale, illegal; faults of the preview; [`Code::PersonalNumber`], [`Code::PersonalName`];
/// [`Code::ProposalWaiting`].
pub async fn propose_correction(
    app: &Arc<App>,
    scope: &Scope,
    id: DisclosureId,
    seen: i32,
    preview: PreviewId,
    reason: &str,
) -> Result<ProposedView, ServiceError> {
    let reason = said("/reason", reason, REASON_LEAST)?;
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let record = open(tx, &scope, &id, seen, Action::Correct)?;
            let sheet = disclosures::own_preview(tx, &scope, &preview)?
                .ok_or_else(|| ServiceError::at("/preview_id", Code::PreviewUnknown))?;
            let digest = check(tx, &record, &sheet)?;
            discreet(tx, "/reason", &reason, &[&record.sheet, &sheet])?;
            let after = Record {
                sheet,
                ..record.clone()
            };
            let mut changes = between(tx, &record, &after, Eyes::Staff)?;
            changes.added.truncate(MOST_SHOWN);
            changes.removed.truncate(MOST_SHOWN);
            changes.changed.truncate(MOST_SHOWN);
            let body = CorrectionBody {
                preview_id: after.sheet.id.clone(),
                before_sha256: record.progress.content_sha256().to_owned(),
                content_sha256: digest,
                opening_fen: after.sheet.opening.0,
                closing_fen: after.sheet.closing.0,
                changes,
            };
            ask(
                tx,
                &inner,
                &scope,
                &record,
                DisclosureMatter::Correct,
                &body,
                &reason,
                now,
            )
        })
        .await
}

/// The digest of a sheet that may take the place of what is published.
fn check(tx: &mut Tx<'_>, record: &Record, sheet: &Sheet) -> Result<String, ServiceError> {
    let at = |code| ServiceError::at("/preview_id", code);
    let old = &record.sheet;
    if (&sheet.region, sheet.kind, sheet.period) != (&old.region, old.kind, old.period) {
        return Err(at(Code::PreviewElsewhere));
    }
    let digest = sheet.content_sha256.clone();
    let digest = digest.ok_or(ServiceError::Rule(Code::PreviewHasErrors))?;
    let shown = record.progress.state() == State::Published;
    if shown && digest == record.progress.content_sha256() {
        return Err(at(Code::NothingToChange));
    }
    // A sheet is one version: what was published once is handed in again to come back.
    let used = disclosures::past(tx, record)?;
    if used.iter().any(|past| past.record.sheet.id == sheet.id) {
        return Err(at(Code::PreviewUnknown));
    }
    Ok(digest)
}

/// Takes back a draft, or proposes to take back what is published.
///
/// # Errors
/// Not found, not permitted, stale, illegal; [`Code::PersonalNumber`], [`Code::PersonalName`];
/// [`Code::ProposalWaiting`].
pub async fn withdraw(
    app: &Arc<App>,
    scope: &Scope,
    id: DisclosureId,
    seen: i32,
    reason: &str,
    personal_data: bool,
) -> Result<Outcome, ServiceError> {
    let reason = said("/reason", reason, REASON_LEAST)?;
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let record = open(tx, &scope, &id, seen, Action::Withdraw)?;
            if record.progress.published().is_some() {
                discreet(tx, "/reason", &reason, &[&record.sheet])?;
                let body = WithdrawalBody {
                    reason: reason.clone(),
                    personal_data,
                };
                let matter = DisclosureMatter::Withdraw;
                if personal_data {
                    make_room(tx, &inner, &record.id, now)?;
                }
                let made = ask(tx, &inner, &scope, &record, matter, &body, &reason, now)?;
                return Ok(Outcome::Proposed(made));
            }
            let log = Log::new(&inner, Actor::Staff(scope.staff.clone()));
            let digest = record.progress.content_sha256().to_owned();
            let progress = record.progress.clone().withdraw(now, reason.clone());
            let gone = Record {
                progress: progress.map_err(|refusal| against(&refusal, &record, &scope))?,
                edition: record.edition + 1,
                ..record
            };
            disclosures::save(tx, &gone, seen)?;
            let digests = [Some(&digest), None];
            log.write(tx, "withdraw_draft", &gone, Some(&reason), digests)?;
            Ok(Outcome::Done(Box::new(gone)))
        })
        .await
}

/// A withdrawal that may wait does not hold up one that may not, because somebody's data are open: it is void.
fn make_room(
    tx: &mut Tx<'_>,
    app: &App,
    id: &DisclosureId,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let subject = Subject::Disclosure {
        disclosure: id.clone(),
        matter: DisclosureMatter::Withdraw,
    };
    for found in proposals::waiting(tx, subject.kind(), subject.object())? {
        let proposal = &found.proposal;
        if proposal.subject != subject {
            continue;
        }
        let body: WithdrawalBody =
            serde_json::from_str(&proposal.body).map_err(|_| unreadable(proposal))?;
        if !body.personal_data {
            propose::void(tx, app, proposal, VoidReason::VersionChanged, now)?;
        }
    }
    Ok(())
}

/// Asks the discipline organs of the village.
fn ask(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    record: &Record,
    matter: DisclosureMatter,
    body: &impl Serialize,
    reason: &str,
    now: Timestamp,
) -> Result<ProposedView, ServiceError> {
    let region = &record.sheet.region;
    let body =
        serde_json::to_value(body).map_err(|error| ServiceError::Broken(error.to_string()))?;
    let calendar = calendar::current(tx, &app.calendar, region)?;
    let new = New {
        subject: Subject::Disclosure {
            disclosure: record.id.clone(),
            matter,
        },
        region: region.clone(),
        version: record.edition,
        body: &body,
        reason: reason.to_owned(),
        offered: organs_of_region(&organisations::organs(tx, region)?),
        accused: Accused::default(),
    };
    let made = propose::propose(tx, app, scope, new, &calendar, now)?;
    Ok(ProposedView::from(&made))
}

/// Does what was proposed, now that a second person approved it.
///
/// # Errors
/// [`Code::ProposalVoid`] when the disclosure has changed since, [`Code::PostingNotOver`].
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    (id, matter): (&DisclosureId, DisclosureMatter),
    now: Timestamp,
) -> Result<(), ServiceError> {
    let void = || ServiceError::Rule(Code::ProposalVoid);
    let record = disclosures::find_public(tx, id)?
        .filter(|record| record.edition == proposal.version)
        .ok_or_else(void)?;
    let body: Value = serde_json::from_str(&proposal.body).map_err(|_| unreadable(proposal))?;
    let log = Log::new(app, Actor::Staff(second.staff.clone()));
    match matter {
        DisclosureMatter::Correct => begin(tx, &log, second, proposal, record, body, now)?,
        DisclosureMatter::Withdraw => take_back(tx, &log, proposal, record, body, now)?,
    }
    propose::void_changed(tx, app, DISCLOSURE, id.as_str(), |_| false, now)?;
    Ok(())
}

fn unreadable(proposal: &Proposal) -> StoreError {
    StoreError::Corrupt("proposals", proposal.id.to_string())
}

fn begin(
    tx: &mut Tx<'_>,
    log: &Log,
    second: &Scope,
    proposal: &Proposal,
    mut record: Record,
    body: Value,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let void = || ServiceError::Rule(Code::ProposalVoid);
    let body: CorrectionBody = serde_json::from_value(body).map_err(|_| unreadable(proposal))?;
    if record.correction.is_some() {
        return Err(void());
    }
    let sheet = disclosures::find_sheet(tx, &body.preview_id)?.ok_or_else(void)?;
    let before = record.progress.content_sha256().to_owned();
    let drafter = Some(proposal.proposer.person.clone());
    let draft = record
        .progress
        .correct(drafter, body.content_sha256.clone());
    let correction = Correction {
        version: record.version + 1,
        sheet,
        progress: draft.map_err(|_| void())?,
        reason: proposal.reason.clone(),
        approved_by: second.person.clone(),
        approved_at: now,
    };
    disclosures::begin_correction(tx, &record, &correction)?;
    record.correction = Some(correction);
    let seen = record.edition;
    record.edition += 1;
    disclosures::save(tx, &record, seen)?;
    let digests = [Some(&before), Some(&body.content_sha256)];
    log.write(tx, "correct", &record, Some(&proposal.reason), digests)?;
    Ok(())
}

fn take_back(
    tx: &mut Tx<'_>,
    log: &Log,
    proposal: &Proposal,
    record: Record,
    body: Value,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let void = || ServiceError::Rule(Code::ProposalVoid);
    let body: WithdrawalBody = serde_json::from_value(body).map_err(|_| unreadable(proposal))?;
    let published = record.progress.published().ok_or_else(void)?;
    let until = published.posting_until;
    // To the last day of the posting for everybody alike: were it approved where nobody objected, a refusal would tell
    // that somebody did.
    let runs = now.day() <= until || contested(until, &disclosures::objections(tx, &record)?);
    if !body.personal_data && runs {
        return Err(ServiceError::Rule(Code::PostingNotOver));
    }
    let digest = record.progress.content_sha256().to_owned();
    let progress = record.progress.clone().withdraw(now, body.reason);
    let gone = Record {
        progress: progress.map_err(|_| void())?,
        edition: record.edition + 1,
        ..record.clone()
    };
    let withdrawn = gone.progress.withdrawn().ok_or_else(void)?;
    disclosures::save(tx, &gone, record.edition)?;
    disclosures::keep_withdrawal(tx, &gone, withdrawn)?;
    let reason = Some(proposal.reason.as_str());
    log.write(tx, "withdraw", &gone, reason, [Some(&digest), None])?;
    Ok(())
}
