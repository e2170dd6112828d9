//! Who the complainant is. Somebody of the supervising unit, or of an organ to which the case has come, asks and says
//! why; a second person decides (`decisions`); then whoever asked reads it, once, from a process that holds the county's
//! key (`ports::vault`). The complainant reads when, by which level and what for. A lost receipt is issued anew in the
//! same way: what is shown at the counter is sealed, and compared in the vault without being shown to anybody
//! (`security.md` 1.4.1, 1.4.2).

use std::sync::Arc;

use actix_web::web;
use domain::complaint::identity::{IdentityReason, Purpose, is_same_person, may_ask};
use domain::complaint::intake::{Identity, IdentityMode};
use domain::complaint::receipt::ReceiptCode;
use domain::complaint::routing::rung;
use domain::id::{ComplaintId, ProposalId};
use domain::proposal::{CaseMatter, Proposal, State};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::time::Timestamp;
use serde_json::json;
use store::audit::{self, Actor, Entry};
use store::complaints::{Known, SealedIdentity};
use store::identities::{self, Filter, Request};
use store::{StoreError, Tx, complaints};

use super::identity_views::{IdentityRequestView, IdentityView, request_view};
use super::intake::sealed_to;
use super::settle::{Facts, Who, tell};
use super::two_persons::ask;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::ports::sealer::{Bound, Sealed};
use crate::ports::vault::{Shut, Vault};
use crate::propose::ProposedView;

/// A case whose identity this person may ask about.
fn askable(tx: &mut Tx<'_>, scope: &Scope, id: &ComplaintId) -> Result<Known, ServiceError> {
    let known = complaints::find_for(tx, scope, id)?.ok_or(ServiceError::NotFound)?;
    if !may_ask(known.standing) {
        return Err(ServiceError::Rule(Code::NotPermitted));
    }
    if known.record.filing.identity_mode == IdentityMode::Anonymous {
        return Err(ServiceError::Rule(Code::CaseAnonymous));
    }
    Ok(known)
}

fn sealed(tx: &mut Tx<'_>, id: &ComplaintId) -> Result<SealedIdentity, ServiceError> {
    // Of a case that is not anonymous there is one until it is erased.
    identities::sealed(tx, id)?.ok_or(ServiceError::Rule(Code::IdentityErased))
}

/// Asks to read who filed a case.
///
/// # Errors
/// [`ServiceError::NotFound`], [`Code::NotPermitted`], [`Code::CaseAnonymous`], [`Code::IdentityErased`] or
/// [`Code::ProposalWaiting`].
pub async fn request(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
    reason: IdentityReason,
    words: String,
) -> Result<ProposedView, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let known = askable(tx, &scope, &id)?;
            sealed(tx, &id)?;
            let asked = Asked {
                proposal: inner.ids.make(),
                matter: CaseMatter::RevealIdentity,
                purpose: Purpose::Reveal,
                reason,
                words: words.clone(),
                shown: None,
            };
            propose(tx, &inner, &scope, &known, asked, now)
        })
        .await
}

/// What somebody shows at the counter who has lost a receipt.
pub struct Shown {
    /// What is compared with what was sealed.
    pub identity: Identity,
    /// How it was checked, and why, for the second person.
    pub words: String,
}

/// Asks for a new receipt code for whoever showed to be the one who filed. Whether he is, is compared in the vault
/// after the second person's approval: one person alone learns nothing, not even a yes or no.
///
/// # Errors
/// Those of [`request`], or [`Code::SealKeyMissing`].
pub async fn request_receipt(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
    shown: Shown,
) -> Result<ProposedView, ServiceError> {
    let Shown { identity, words } = shown;
    let looked = (scope.clone(), id.clone());
    let region: RegionCode = app
        .db
        .read(move |tx| {
            let known = askable(tx, &looked.0, &looked.1)?;
            sealed(tx, &looked.1)?;
            Ok::<_, ServiceError>(known.record.case.region)
        })
        .await?;
    let county = region
        .at(Level::County)
        .ok_or_else(|| ServiceError::Broken("a case lies in no county".into()))?;
    let proposal: ProposalId = app.ids.make();
    let (sealer, key_of, tied) = (app.sealer.clone(), county.clone(), proposal.clone());
    let kept = web::block(move || sealer.seal(&key_of, &Bound::Shown(&tied), &identity))
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))?;
    let kept = sealed_to(&county, kept)?;
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let known = askable(tx, &scope, &id)?;
            sealed(tx, &id)?;
            let asked = Asked {
                proposal: proposal.clone(),
                matter: CaseMatter::ReissueReceipt,
                purpose: Purpose::Reissue,
                reason: IdentityReason::ReceiptReissued,
                words: words.clone(),
                shown: Some(kept.clone()),
            };
            propose(tx, &inner, &scope, &known, asked, now)
        })
        .await
}

struct Asked {
    proposal: ProposalId,
    matter: CaseMatter,
    purpose: Purpose,
    reason: IdentityReason,
    words: String,
    shown: Option<SealedIdentity>,
}

fn propose(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    known: &Known,
    asked: Asked,
    now: Timestamp,
) -> Result<ProposedView, ServiceError> {
    let case = &known.record.case;
    let facts = Facts::of(tx, app, case)?;
    // What was shown is in no proposal: the second person decides about the check, and does not read it.
    let body = json!({ "reason_code": asked.reason });
    let what = (asked.matter, &body, asked.words);
    let proposal = ask(tx, app, scope, asked.proposal, case, what, &facts, now)?;
    let request = Request {
        proposal: proposal.id.clone(),
        complaint: case.id.clone(),
        person: scope.person.clone(),
        purpose: asked.purpose,
        reason: asked.reason,
        level: rung(scope.level),
        created_at: now,
        shown: asked.shown,
        until: None,
        done_at: None,
        outcome: None,
    };
    identities::insert(tx, &request)?;
    Ok(ProposedView::from(&proposal))
}

/// A person's own requests, with each one's place.
///
/// # Errors
/// The store's.
pub async fn list(
    app: &web::Data<App>,
    scope: &Scope,
    filter: Filter,
) -> Result<Vec<(IdentityRequestView, i64, String)>, ServiceError> {
    let (scope, now) = (scope.clone(), app.clocks.case());
    app.db
        .read(move |tx| {
            let mut items = Vec::new();
            for (request, found) in identities::list_own(tx, &scope, &filter)? {
                let number = complaints::find_for(tx, &scope, &request.complaint)?
                    .map(|known| known.record.case.number);
                let place = (request.created_at.micros(), request.proposal.to_string());
                let view = request_view(&request, &found, number, now);
                items.push((view, place.0, place.1));
            }
            Ok(items)
        })
        .await
}

/// An approved request of one's own, and the case it is about.
fn usable(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ProposalId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<(Request, Proposal, Known), ServiceError> {
    let (request, proposal, known) = own(tx, scope, id, purpose, now)?;
    if request.done_at.is_some() {
        return Err(ServiceError::Rule(Code::ShownOnce));
    }
    match request.until {
        Some(until) if now < until => Ok((request, proposal, known)),
        _ => Err(ServiceError::Rule(Code::ProposalVoid)),
    }
}

/// The same, used or not.
fn own(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ProposalId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<(Request, Proposal, Known), ServiceError> {
    let (request, found) = identities::find_own(tx, scope, id)?
        .filter(|(request, found)| {
            // Under the account that asked, and as what it was then.
            request.purpose == purpose
                && found.in_force
                && found.proposal.proposer.staff == scope.staff
        })
        .ok_or(ServiceError::NotFound)?;
    let known = complaints::find_for(tx, scope, &request.complaint)?
        .filter(|known| may_ask(known.standing))
        .ok_or(ServiceError::NotFound)?;
    match found.state(now).0 {
        State::Approved => Ok((request, found.proposal, known)),
        State::Waiting | State::Refused => Err(ServiceError::Rule(Code::NotApproved)),
        State::Void => Err(ServiceError::Rule(Code::ProposalVoid)),
    }
}

/// What is sealed of somebody, taken out of the database.
struct Kept {
    county: RegionCode,
    sealed: Sealed,
}

impl TryFrom<SealedIdentity> for Kept {
    type Error = ServiceError;
    fn try_from(kept: SealedIdentity) -> Result<Self, ServiceError> {
        let county = RegionCode::try_from(kept.county_code)
            .map_err(|_| StoreError::Corrupt("complaint_identities", kept.key_id.clone()))?;
        let sealed = Sealed {
            key_id: kept.key_id,
            bytes: kept.sealed,
        };
        Ok(Self { county, sealed })
    }
}

fn vault_of(app: &App) -> Result<Vault, ServiceError> {
    let vault = app.vault.clone();
    vault.ok_or(ServiceError::Rule(Code::VaultElsewhere))
}

fn opened(vault: &Vault, kept: &Kept, bound: &Bound<'_>) -> Result<Identity, ServiceError> {
    vault
        .open(&kept.county, bound, &kept.sealed)
        .map_err(|why| {
            tracing::error!(reason = ?why, place = %kept.county, "a sealed identity did not open");
            ServiceError::Rule(match why {
                Shut::NoKey | Shut::OtherKey | Shut::Broken(_) => Code::VaultKeyMissing,
                Shut::Altered => Code::SealAltered,
            })
        })
}

/// Reads who filed, this once. What does not open stays to be read: nothing is used up before it is open.
///
/// # Errors
/// [`Code::VaultElsewhere`], [`ServiceError::NotFound`], [`Code::NotApproved`], [`Code::ProposalVoid`],
/// [`Code::ShownOnce`], [`Code::IdentityErased`], [`Code::VaultKeyMissing`] or [`Code::SealAltered`].
pub async fn read(
    app: &web::Data<App>,
    scope: &Scope,
    id: ProposalId,
) -> Result<IdentityView, ServiceError> {
    let vault = vault_of(app)?;
    let now = app.clocks.case();
    let looked = (scope.clone(), id.clone());
    let (kept, case) = app
        .db
        .read(move |tx| {
            let (request, ..) = usable(tx, &looked.0, &looked.1, Purpose::Reveal, now)?;
            let kept = Kept::try_from(sealed(tx, &request.complaint)?)?;
            Ok::<_, ServiceError>((kept, request.complaint))
        })
        .await?;
    let identity = web::block(move || opened(&vault, &kept, &Bound::Filed(&case)))
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))??;
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let (number, mode) = app
        .db
        .write(move |tx| {
            let (request, proposal, known) = usable(tx, &scope, &id, Purpose::Reveal, now)?;
            // Erased while it was opened: it is not shown.
            sealed(tx, &request.complaint)?;
            finish(
                tx,
                &inner,
                &scope,
                (&request, &proposal, &known),
                request.reason,
                now,
            )?;
            let record = known.record;
            Ok::<_, ServiceError>((record.case.number, record.filing.identity_mode))
        })
        .await?;
    Ok(IdentityView::new(number, mode, identity, now))
}

/// Uses a request up: the row, the line in the history, the audit.
fn finish(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    (request, proposal, known): (&Request, &Proposal, &Known),
    outcome: IdentityReason,
    now: Timestamp,
) -> Result<(), ServiceError> {
    identities::use_up(tx, &request.proposal, outcome, now)?;
    let action = match outcome {
        IdentityReason::ReceiptReissued => "receipt_reissued",
        IdentityReason::ReissueRefused => "reissue_refused",
        _ => "identity_read",
    };
    let case = &known.record.case;
    tell(tx, case, action, None, None, &Who::Staff(scope), now)?;
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(scope.staff.clone()),
        action: action.to_owned(),
        object: "identity",
        object_id: request.proposal.to_string(),
        reason: Some(proposal.reason.clone()),
        // A digest of a name or a telephone number gives it away.
        before_sha256: None,
        after_sha256: None,
    };
    Ok(audit::record_in_case(tx, &entry, &case.id)?)
}

/// A new receipt code.
pub struct Reissued {
    /// The case's number.
    pub number: String,
    /// The code.
    pub receipt: ReceiptCode,
    /// Whether it was given out before, under the same key.
    pub replayed: bool,
}

/// Gives out a new receipt code if what was shown is what was sealed; the old one is dead from then on. Derived from
/// `key` as a filing's is, so that an answer lost on its way can be asked for again and is stored nowhere.
///
/// # Errors
/// Those of [`read`], or [`Code::IdentityMismatch`], which uses the request up.
pub async fn collect(
    app: &web::Data<App>,
    scope: &Scope,
    id: ProposalId,
    key: Option<String>,
) -> Result<Reissued, ServiceError> {
    let vault = vault_of(app)?;
    let (now, pepper) = (app.clocks.case(), app.secrets.pepper());
    let again = key.is_some();
    let key = key.unwrap_or_else(|| app.ids.token());
    let (looked, proposed, peppered) = (scope.clone(), id.clone(), pepper.clone());
    let derived = key.clone();
    let found = app
        .db
        .read(move |tx| {
            let (request, _, known) = own(tx, &looked, &proposed, Purpose::Reissue, now)?;
            let case = request.complaint.clone();
            let receipt = peppered.derive_receipt(&derived, &case);
            if again
                && request.outcome == Some(IdentityReason::ReceiptReissued)
                && complaints::receipt_mac(tx, &case)? == peppered.receipt_mac(&receipt)
            {
                let number = known.record.case.number;
                return Ok(Looked::Given(Reissued {
                    number,
                    receipt,
                    replayed: true,
                }));
            }
            // Sent again, what was refused is refused for the same reason.
            if again && request.outcome == Some(IdentityReason::ReissueRefused) {
                return Err(ServiceError::Rule(Code::IdentityMismatch));
            }
            let (request, ..) = usable(tx, &looked, &proposed, Purpose::Reissue, now)?;
            let filed = Kept::try_from(sealed(tx, &case)?)?;
            let shown = request
                .shown
                .ok_or(ServiceError::Rule(Code::ProposalVoid))?;
            Ok::<_, ServiceError>(Looked::Open(case, filed, Kept::try_from(shown)?))
        })
        .await?;
    let (case, filed, shown) = match found {
        Looked::Given(given) => return Ok(given),
        Looked::Open(case, filed, shown) => (case, filed, shown),
    };
    let (compared, tied) = (case.clone(), id.clone());
    let is_same = web::block(move || {
        let filed = opened(&vault, &filed, &Bound::Filed(&compared))?;
        let shown = opened(&vault, &shown, &Bound::Shown(&tied))?;
        Ok::<_, ServiceError>(is_same_person(&shown, &filed))
    })
    .await
    .map_err(|error| ServiceError::Broken(error.to_string()))??;
    let receipt = pepper.derive_receipt(&key, &case);
    let mac = pepper.receipt_mac(&receipt);
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let number = app
        .db
        .write(move |tx| {
            let (request, proposal, known) = usable(tx, &scope, &id, Purpose::Reissue, now)?;
            sealed(tx, &request.complaint)?;
            let outcome = match is_same {
                true => IdentityReason::ReceiptReissued,
                false => IdentityReason::ReissueRefused,
            };
            finish(
                tx,
                &inner,
                &scope,
                (&request, &proposal, &known),
                outcome,
                now,
            )?;
            if is_same {
                complaints::replace_receipt(tx, &request.complaint, &mac)?;
            }
            Ok::<_, ServiceError>(known.record.case.number)
        })
        .await?;
    match is_same {
        true => Ok(Reissued {
            number,
            receipt,
            replayed: false,
        }),
        false => Err(ServiceError::Rule(Code::IdentityMismatch)),
    }
}

/// What was found of a request for a receipt.
enum Looked {
    /// The code was given out under the same key.
    Given(Reissued),
    /// The case, what was sealed when it was filed, what was shown.
    Open(ComplaintId, Kept, Kept),
}
