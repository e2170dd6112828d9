//! Doing things to cases: load, decide in the domain, keep, leave the rows behind; one transaction.

use std::sync::Arc;

use actix_web::web;
use domain::canon::sha256_hex;
use domain::complaint::action::{Action, By, is_legal, is_permitted};
use domain::complaint::receipt::ReceiptCode;
use domain::complaint::routing::{NotResponsible, may_handle};
use domain::complaint::target::is_touched;
use domain::id::{ComplaintId, DisclosureId, OrganisationId, StaffId};
use domain::role::{Permission, Scope};
use serde_json::Value;
use store::about::About;
use store::complaints::{Known, Record, WordsTie};
use store::{StoreError, Tx, complaints, disclosures, organisations, outbox};

use super::photos;
use super::service::{by, by_receipt, own_view, staff_view};
use super::settle::{Facts, Marks, Who, schedule, settle};
use super::two_persons::{propose_action, propose_public_answer};
use super::views::{ComplaintView, StaffComplaintView};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::open_words::{refuse_named, refuse_private, refuse_quotation};
use crate::propose::ProposedView;

/// What became of an action.
pub enum Outcome {
    /// Done: the case's version and view.
    Done(i32, Box<StaffComplaintView>),
    /// A second person is asked.
    Proposed(ProposedView),
}

/// Somebody who works here does one thing to a case they saw at version `seen`.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`Code::NotPermitted`], [`ServiceError::Illegal`], or
/// a fault at its place.
pub async fn act(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
    seen: i32,
    body: Value,
    action: Action,
) -> Result<Outcome, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let (view, marks) = app
        .db
        .write(move |tx| {
            let known = complaints::find_for(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            let before = &known.record.case;
            if before.version != seen {
                return Err(StoreError::Stale.into());
            }
            let facts = Facts::of(tx, &inner, before)?;
            let rules = facts.rules(now);
            let actor = by(&scope, &known);
            // Whom an action names is looked up only when the action itself may be done.
            let action = if is_permitted(&actor, action.name(), before)
                && is_legal(action.name(), before, &rules)
            {
                check_named(tx, &scope, &known, &facts, &action, now)?;
                photos::chosen(tx, before, action.clone())?
            } else {
                action.clone()
            };
            if let Some(matter) = action.name().matter() {
                let what = (matter, &action, &body);
                let made = propose_action(tx, &inner, &scope, &known, what, &facts, now)?;
                return Ok((Outcome::Proposed((&made).into()), Marks::new()));
            }
            let (after, event) = before.clone().act(&actor, action.clone(), &rules)?;
            let words = words_for_everybody(tx, &known, &action)?;
            if let Action::Message { text } = &action {
                complaints::say(tx, &after.id, Some(&scope.staff), text, None, now)?;
            }
            let marks = settle(
                tx,
                &inner,
                &facts,
                before,
                &after,
                &event,
                &Who::Staff(&scope),
                now,
            )?;
            let proposal = match words {
                Some(text) => Some(propose_public_answer(
                    tx, &inner, &scope, &after, text, &facts, now,
                )?),
                None => None,
            };
            let view = match complaints::find_for(tx, &scope, &id)? {
                Some(known) => staff_view(tx, &inner, &scope, &known, now)?,
                // Whoever hands a case away (return, transfer) sees it this last time.
                None => {
                    let last = Known {
                        record: Record {
                            case: after,
                            ..known.record.clone()
                        },
                        ..known.clone()
                    };
                    staff_view(tx, &inner, &scope, &last, now)?
                }
            };
            let (version, mut view) = view;
            view.proposal_id = proposal.map(|made| made.id.to_string());
            Ok::<_, ServiceError>((Outcome::Done(version, Box::new(view)), marks))
        })
        .await?;
    schedule(app, marks);
    Ok(view)
}

/// The words an approval carries for everybody, if the complainant allows any.
fn words_for_everybody<'a>(
    tx: &mut Tx<'_>,
    known: &Known,
    action: &'a Action,
) -> Result<Option<&'a str>, ServiceError> {
    let Action::Approve {
        public_answer: Some(text),
        ..
    } = action
    else {
        return Ok(None);
    };
    if !known.record.filing.may_publish_answer {
        return Err(ServiceError::at(
            "/public_answer",
            Code::PublishingNotAllowed,
        ));
    }
    refuse_private("/public_answer", text)?;
    refuse_quotation("/public_answer", text, &known.record.filing.text)?;
    tells_no_name(tx, known, text)?;
    Ok(Some(text))
}

/// Beside a sheet that hides somebody's name an answer does not tell it: in the version that was asked about, and in the
/// one that stands.
fn tells_no_name(tx: &mut Tx<'_>, known: &Known, text: &str) -> Result<(), ServiceError> {
    let about = known.record.filing.about.as_deref();
    let about = about.and_then(|text| serde_json::from_str::<About>(text).ok());
    let asked = about.and_then(|about| {
        let id = DisclosureId::try_from(about.disclosure_id?).ok()?;
        Some((id, about.version))
    });
    let Some((id, version)) = asked else {
        return Ok(());
    };
    let Some(record) = disclosures::find_public(tx, &id)? else {
        return Ok(());
    };
    let asked = disclosures::find_version(tx, &record, version)?;
    if let Some(asked) = asked.filter(|asked| asked.sheet.id != record.sheet.id) {
        refuse_named(tx, "/public_answer", text, &asked.sheet)?;
    }
    refuse_named(tx, "/public_answer", text, &record.sheet)
}

/// Units and people that an action names must be ones it may go to.
fn check_named(
    tx: &mut Tx<'_>,
    scope: &Scope,
    known: &Known,
    facts: &Facts,
    action: &Action,
    now: domain::time::Timestamp,
) -> Result<(), ServiceError> {
    match action {
        Action::Dispatch {
            organisation,
            brief,
            ..
        } => {
            refuse_private("/brief", brief)?;
            refuse_quotation("/brief", brief, &known.record.filing.text)?;
            check_unit(tx, known, facts, organisation, now)
        }
        Action::Assign { staff } => check_assignee(tx, scope, known, staff, now),
        _ => Ok(()),
    }
}

fn check_unit(
    tx: &mut Tx<'_>,
    known: &Known,
    facts: &Facts,
    id: &OrganisationId,
    now: domain::time::Timestamp,
) -> Result<(), ServiceError> {
    let place = "/organisation_id";
    let case = &known.record.case;
    if organisations::find(tx, id)?.is_some_and(|unit| unit.is_closed()) {
        return Err(ServiceError::at(place, Code::UnitClosed));
    }
    let unit = organisations::unit(tx, id, now.day())?
        .ok_or_else(|| ServiceError::at(place, Code::UnitUnknown))?;
    let reach = facts.reach(case, known.standing.county);
    // Those who follow the case may name others than it does.
    for follower in complaints::followers(tx, case)? {
        let touched = complaints::find_for_worker(tx, &follower)?
            .is_some_and(|found| is_touched(&unit, &found.case.targets));
        if touched {
            return Err(ServiceError::at(place, Code::UnitTouched));
        }
    }
    may_handle(&unit, &case.targets, &case.category, reach).map_err(|why| {
        let code = match why {
            NotResponsible::Touched => Code::UnitTouched,
            NotResponsible::Related => Code::UnitRelated,
            NotResponsible::VillageCommittee => Code::UnitVillageCommittee,
            NotResponsible::Elsewhere => Code::UnitElsewhere,
        };
        ServiceError::at(place, code)
    })
}

fn check_assignee(
    tx: &mut Tx<'_>,
    scope: &Scope,
    known: &Known,
    staff: &StaffId,
    now: domain::time::Timestamp,
) -> Result<(), ServiceError> {
    let accused = known.record.case.accused();
    let people = outbox::recipients(
        tx,
        &scope.organisation,
        Permission::ActInCases,
        accused,
        now.day(),
    )?;
    if people.contains(staff) {
        Ok(())
    } else {
        Err(ServiceError::at("/staff_id", Code::StaffUnknown))
    }
}

/// What the complainant does, and what ties its retries together.
pub struct Own {
    /// What.
    pub action: Action,
    /// The tokens of photos that come with it.
    pub attachments: Vec<String>,
    /// The `Idempotency-Key`, if one was sent. Words are kept under it; other actions are told apart by
    /// the state they are possible in.
    pub key: Option<String>,
}

impl From<Action> for Own {
    fn from(action: Action) -> Self {
        Self {
            action,
            attachments: Vec::new(),
            key: None,
        }
    }
}

/// The complainant does one thing; `true` when it had been done before under the same key.
///
/// # Errors
/// [`Code::ReceiptUnknown`], [`Code::IdempotencyKeyReused`] or [`ServiceError::Illegal`].
pub async fn own_act(
    app: &web::Data<App>,
    code: &ReceiptCode,
    own: Own,
) -> Result<(ComplaintView, bool), ServiceError> {
    let (action, tokens) = (own.action, own.attachments);
    let tie = match (&action, &own.key) {
        (Action::Message { text } | Action::Supplement { text }, Some(key)) => Some(WordsTie {
            mac: app.secrets.pepper().idempotency_mac(key),
            body_sha256: sha256_hex(format!("{}\n{text}", action.name().as_str()).as_bytes()),
        }),
        _ => None,
    };
    let mac = app.secrets.pepper().receipt_mac(code);
    let (now, inner) = (app.clocks.case(), Arc::clone(app));
    let (view, replayed, marks) = app
        .db
        .write(move |tx| {
            let record = by_receipt(tx, &mac)?;
            if let Some(tie) = &tie
                && let Some(earlier) = complaints::said(tx, &record.case.id, &tie.mac)?
            {
                if earlier != tie.body_sha256 {
                    return Err(ServiceError::Rule(Code::IdempotencyKeyReused));
                }
                return Ok((own_view(tx, &inner, &record, now)?, true, Marks::new()));
            }
            let facts = Facts::of(tx, &inner, &record.case)?;
            let rules = facts.rules(now);
            let (after, event) =
                record
                    .case
                    .clone()
                    .act(&By::Complainant, action.clone(), &rules)?;
            if let Action::Message { text } | Action::Supplement { text } = &action {
                let pictures = photos::offered(tx, &inner, &tokens)?;
                let said = complaints::say(tx, &after.id, None, text, tie.as_ref(), now)?;
                photos::attach(tx, &after.id, Some(said), &pictures)?;
            }
            let marks = settle(
                tx,
                &inner,
                &facts,
                &record.case,
                &after,
                &event,
                &Who::Complainant,
                now,
            )?;
            let record = Record {
                case: after,
                filing: record.filing,
            };
            Ok::<_, ServiceError>((own_view(tx, &inner, &record, now)?, false, marks))
        })
        .await?;
    schedule(app, marks);
    Ok((view, replayed))
}
