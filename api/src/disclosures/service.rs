//! What is done with a draft and with what is published, by one person: sign, publish, drop a correction. Each step and
//! its audit row are one transaction.

use std::sync::Arc;

use domain::canon::sha256_hex;
use domain::disclosure::content::Content;
use domain::disclosure::publish::{Action, Refused, Signoff, SignoffRole, State};
use domain::disclosure::reach::allowed;
use domain::disclosure::table::{Grade, Table};
use domain::id::DisclosureId;
use domain::operation::ACT_ON_DISCLOSURE;
use domain::proposal::DISCLOSURE;
use domain::role::Scope;
use domain::text::{self, BadText};
use domain::time::Timestamp;
use store::attachments::{self, Picture};
use store::audit::Actor;
use store::disclosures::{Record, Sheet};
use store::{StoreError, Tx};

use super::log::Log;
use super::publication;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::open_words::{refuse_named, refuse_private, refuse_somebody};
use crate::propose;

/// The most characters of a signer's opinion.
const NOTE_MAX: usize = 500;

/// What somebody does to a disclosure, alone; what takes two is in [`super::corrections`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Sign for the supervision committee, with an opinion.
    Sign {
        /// The opinion.
        note: Option<String>,
    },
    /// Record the sheet that the committee signed on paper, with its opinion.
    SignOnPaper {
        /// The opinion that stands on it.
        note: Option<String>,
        /// The token of the photo.
        photo: String,
    },
    /// Show it to everybody.
    Publish,
    /// Drop the correction that is under way.
    DropCorrection,
}

impl Step {
    fn action(&self) -> Action {
        match self {
            Self::Sign { .. } => Action::Sign,
            Self::SignOnPaper { .. } => Action::SignOnPaper,
            Self::Publish => Action::Publish,
            Self::DropCorrection => Action::DropCorrection,
        }
    }

    fn checked(self) -> Result<Self, ServiceError> {
        let opinion = |note: Option<String>| {
            let kept = note.map(|note| said("/note", &note, 0)).transpose()?;
            Ok::<_, ServiceError>(kept.filter(|note| !note.is_empty()))
        };
        Ok(match self {
            Self::Sign { note } => Self::Sign {
                note: opinion(note)?,
            },
            Self::SignOnPaper { note, photo } => Self::SignOnPaper {
                note: opinion(note)?,
                photo,
            },
            other => other,
        })
    }
}

/// Signs, publishes, or drops a correction; `seen` is the edition the person saw.
///
/// # Errors
/// Not found, not permitted, stale, illegal with what is legal, or the rule that stands against it.
pub async fn act(
    app: &Arc<App>,
    scope: &Scope,
    id: DisclosureId,
    seen: i32,
    step: Step,
) -> Result<Record, ServiceError> {
    let step = step.checked()?;
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let record = open(tx, &scope, &id, seen, step.action())?;
            let log = Log::new(&inner, Actor::Staff(scope.staff.clone()));
            if let Step::Sign { note: Some(note) }
            | Step::SignOnPaper {
                note: Some(note), ..
            } = &step
            {
                // Everybody reads it below the signature, as it is.
                let next = record.to_come();
                discreet(tx, "/note", note, &[&record.sheet, &next.sheet])?;
            }
            let done = match &step {
                Step::Sign { note } => sign(tx, &log, &scope, record, note.clone(), None, now)?,
                Step::SignOnPaper { note, photo } => {
                    let picture = taken(tx, &inner, photo)?;
                    sign(tx, &log, &scope, record, note.clone(), Some(picture), now)?
                }
                Step::Publish => publication::publish(tx, &inner, &log, record, now)?,
                Step::DropCorrection => drop_correction(tx, &log, record)?,
            };
            // Whatever was proposed was proposed about what stood there before.
            propose::void_changed(tx, &inner, DISCLOSURE, id.as_str(), |_| false, now)?;
            Ok(done)
        })
        .await
}

/// The disclosure, when this person may do that to it now.
pub(super) fn open(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &DisclosureId,
    seen: i32,
    action: Action,
) -> Result<Record, ServiceError> {
    let found = store::disclosures::find_for(tx, scope, id)?;
    let record = found.ok_or(ServiceError::NotFound)?;
    let word = match action {
        Action::SignOnPaper => "paper_file",
        other => other.as_str(),
    };
    if !ACT_ON_DISCLOSURE.lets(scope.role, word) {
        return Err(ServiceError::Rule(Code::NotPermitted));
    }
    if record.edition != seen {
        return Err(StoreError::Stale.into());
    }
    let legal = allowed_to(scope, &record);
    if legal.contains(&action) {
        Ok(record)
    } else {
        Err(refused(&record, scope, action, &legal))
    }
}

/// What this person may do to a disclosure now.
pub(super) fn allowed_to(scope: &Scope, record: &Record) -> Vec<Action> {
    let correction = record.correction.as_ref().map(|next| &next.progress);
    allowed(scope, &record.sheet.region, &record.progress, correction)
}

/// Puts a signature under what is in work: the draft, or the correction that is under way.
fn sign(
    tx: &mut Tx<'_>,
    log: &Log,
    scope: &Scope,
    mut record: Record,
    note: Option<String>,
    photo: Option<Picture>,
    now: Timestamp,
) -> Result<Record, ServiceError> {
    let on_paper = photo.is_some();
    let progress = record.in_work().2.clone();
    let digest = progress.content_sha256().to_owned();
    let signed = progress
        .sign(Signoff {
            role: SignoffRole::SupervisionCommittee,
            person_id: scope.person.clone(),
            at: now,
            note,
            content_sha256: digest.clone(),
            paper: photo.map(|photo| photo.id),
        })
        .map_err(|refusal| against(&refusal, &record, scope))?;
    match &mut record.correction {
        Some(next) => next.progress = signed,
        None => record.progress = signed,
    }
    let seen = record.edition;
    record.edition += 1;
    store::disclosures::save(tx, &record, seen)?;
    let word = if on_paper {
        Action::SignOnPaper
    } else {
        Action::Sign
    };
    log.write(
        tx,
        word.as_str(),
        &record,
        None,
        [Some(&digest), Some(&digest)],
    )?;
    Ok(record)
}

/// The photo of a token, which is spent with it.
fn taken(tx: &mut Tx<'_>, app: &App, token: &str) -> Result<Picture, ServiceError> {
    let digests = [sha256_hex(token.as_bytes())];
    let found = attachments::offered(tx, &digests, app.clocks.wall())?;
    let picture = found.ok().and_then(|mut pictures| pictures.pop());
    let picture = picture.ok_or_else(|| ServiceError::at("/paper_file", Code::AttachmentGone))?;
    attachments::spend(tx, &picture)?;
    Ok(picture)
}

/// Ends a correction before it is published; what is published stays as it is.
fn drop_correction(tx: &mut Tx<'_>, log: &Log, mut record: Record) -> Result<Record, ServiceError> {
    let Some(next) = record.correction.take() else {
        return Err(ServiceError::Illegal(Vec::new()));
    };
    store::disclosures::drop_correction(tx, &record.id, &next)?;
    let seen = record.edition;
    record.edition += 1;
    store::disclosures::save(tx, &record, seen)?;
    let digests = [next.sheet.content_sha256.as_ref(), None];
    log.write(tx, Action::DropCorrection.as_str(), &record, None, digests)?;
    Ok(record)
}

/// Why a step that is not allowed is not.
fn refused(record: &Record, scope: &Scope, action: Action, legal: &[Action]) -> ServiceError {
    let in_work = record.in_work().2;
    let own = in_work.drafted_by() == Some(&scope.person);
    let signable = matches!(in_work.state(), State::Draft | State::Signed);
    let signs = matches!(action, Action::Sign | Action::SignOnPaper);
    if signs && own && signable {
        return ServiceError::Rule(Code::SignerDrafted);
    }
    // Somebody else of these roles could.
    let possible = record.progress.state().legal_actions().contains(&action);
    if action == Action::Withdraw && possible {
        return ServiceError::Rule(Code::NotPermitted);
    }
    illegal(legal)
}

/// What a rule of the domain stands for here.
pub(super) fn against(refusal: &Refused, record: &Record, scope: &Scope) -> ServiceError {
    match refusal {
        Refused::Illegal { .. } | Refused::AlreadySigned => illegal(&allowed_to(scope, record)),
        Refused::SignerDrafted => ServiceError::Rule(Code::SignerDrafted),
        Refused::ContentChanged => corrupt(record).into(),
    }
}

fn illegal(legal: &[Action]) -> ServiceError {
    let words = legal.iter().map(|action| action.as_str().to_owned());
    ServiceError::Illegal(words.collect())
}

pub(super) fn corrupt(record: &Record) -> StoreError {
    StoreError::Corrupt("ledger_sheets", record.sheet.id.to_string())
}

/// Somebody's words as they are kept, `least` to 500 characters.
pub(super) fn said(pointer: &str, words: &str, least: usize) -> Result<String, ServiceError> {
    text::body(words, least, NOTE_MAX).map_err(|bad| {
        ServiceError::at(
            pointer,
            match bad {
                BadText::TooShort(_) => Code::TooShort,
                BadText::TooLong(_) => Code::TooLong,
                BadText::Control => Code::ControlCharacter,
            },
        )
    })
}

/// Refuses words beside these sheets that tell everybody what the sheets do not: a number that leads to a person, or in
/// full a name that the open web hides there.
///
/// # Errors
/// [`Code::PersonalNumber`] or [`Code::PersonalName`] at `pointer`.
pub(super) fn discreet(
    tx: &mut Tx<'_>,
    pointer: &str,
    words: &str,
    sheets: &[&Sheet],
) -> Result<(), ServiceError> {
    refuse_private(pointer, words)?;
    refuse_somebody(pointer, words)?;
    for sheet in sheets {
        refuse_named(tx, pointer, words, sheet)?;
    }
    Ok(())
}

/// The digest of what is stored, taken anew, when it still adds up.
pub(super) fn verified(tx: &mut Tx<'_>, record: &Record) -> Result<String, ServiceError> {
    let sheet = &record.sheet;
    let content = store::disclosures::content(tx, sheet)?;
    match &content {
        // It added up when it was handed in: rows that do not any more were tampered with. How balances go on from one
        // period to the next is looked at where several come out together.
        Content::Ledger(ledger) => {
            if !ledger.check(None, sheet.period).is_empty() {
                return Err(corrupt(record).into());
            }
        }
        Content::Table(table) => holds(tx, record, table)?,
    }
    content
        .sha256(&sheet.region, sheet.period, sheet.chart)
        .map_err(|_| corrupt(record).into())
}

/// Whether a table still holds together, goes on from the period before, and the period after from it.
fn holds(tx: &mut Tx<'_>, record: &Record, table: &Table) -> Result<(), ServiceError> {
    let sheet = &record.sheet;
    let rows = table.rows.len();
    let (region, kind, period) = (&sheet.region, sheet.kind, sheet.period);
    let beside = store::disclosures::beside(tx, region, kind, period, rows)?;
    let faults = table.check(period, sheet.chart, &beside.around);
    if faults.iter().any(|fault| fault.grade == Grade::Error) {
        return Err(corrupt(record).into());
    }
    if faults.iter().any(|fault| fault.grade == Grade::Chain) {
        return Err(ServiceError::Rule(Code::NotAfterLast));
    }
    for next in store::disclosures::after(tx, region, period, table)? {
        let faults = next.table.check(next.period, next.chart, &next.around);
        if faults.iter().any(|fault| fault.grade == Grade::Chain) {
            return Err(ServiceError::Rule(Code::NotBeforeNext));
        }
    }
    Ok(())
}
