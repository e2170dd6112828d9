//! Reading cases: the complainant by receipt, staff by scope.

use std::sync::Arc;

use actix_web::web;
use domain::attachment::may_see;
use domain::complaint::action::By;
use domain::complaint::case::Case;
use domain::complaint::identity::may_ask;
use domain::complaint::intake::IdentityMode;
use domain::complaint::receipt::ReceiptCode;
use domain::complaint::state::State;
use domain::id::{ComplaintId, OrganisationId, StaffId};
use domain::region::RegionCode;
use domain::role::{Permission, Scope};
use domain::statistics::Number;
use store::complaints::{Filter, Known, Record};
use store::statistics::{self, Span, Which};
use store::{
    StoreError, Tx, accounts, answers, attachments, calendar, complaints, escalations, identities,
    organisations, proposals, regions,
};

use super::looks;
use super::settle::Facts;
use super::views::{
    CaseLink, ComplaintView, Parts, QueueCounts, QueueItem, StaffComplaintView, StaffEvents,
    StaffParts, Target, UnitView, queue_item, receipt, staff, staff_events,
};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// The case of a receipt.
///
/// # Errors
/// [`Code::ReceiptUnknown`].
pub(super) fn by_receipt(tx: &mut Tx<'_>, mac: &str) -> Result<Record, ServiceError> {
    complaints::find_by_receipt(tx, mac)?.ok_or(ServiceError::Rule(Code::ReceiptUnknown))
}

/// The complainant's own view.
///
/// # Errors
/// [`Code::ReceiptUnknown`].
pub async fn own(app: &web::Data<App>, code: &ReceiptCode) -> Result<ComplaintView, ServiceError> {
    let mac = app.secrets.pepper().receipt_mac(code);
    let now = app.clocks.case();
    let inner = Arc::clone(app);
    app.db
        .read(move |tx| {
            let record = by_receipt(tx, &mac)?;
            own_view(tx, &inner, &record, now)
        })
        .await
}

/// The complainant's view of a case at hand.
pub(super) fn own_view(
    tx: &mut Tx<'_>,
    app: &App,
    record: &Record,
    now: domain::time::Timestamp,
) -> Result<ComplaintView, ServiceError> {
    let facts = Facts::of(tx, app, &record.case)?;
    let events = complaints::history(tx, &record.case)?;
    let messages = complaints::messages(tx, &record.case)?;
    let parts = Parts {
        region_name: region_name(tx, &record.case.region)?,
        events: &events,
        messages: &messages,
        photos: attachments::of_case(tx, &record.case)?,
        target: target(tx, None, &record.case)?,
        answers: published(tx, &record.case)?,
        looks: identities::looks(tx, &record.case)?,
    };
    Ok(receipt(record, parts, &facts.rules(now)))
}

/// The case that one follows, with what its followers may read.
fn target(
    tx: &mut Tx<'_>,
    scope: Option<&Scope>,
    case: &Case,
) -> Result<Option<Target>, ServiceError> {
    let State::Merged { into, .. } = &case.state else {
        return Ok(None);
    };
    let known = match scope {
        Some(scope) => complaints::find_for(tx, scope, into)?.is_some(),
        None => false,
    };
    let Some(found) = complaints::find_for_worker(tx, into.as_str())? else {
        return Ok(None);
    };
    let events = complaints::history(tx, &found.case)?;
    Ok(Some(Target {
        case: found.case,
        events,
        known,
    }))
}

/// Answers published of a case; none before there is an answer at all.
fn published(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<answers::Answer>, StoreError> {
    match case.tally.answer {
        Some(_) => answers::of_case(tx, case.id.as_str()),
        None => Ok(Vec::new()),
    }
}

/// The cases that follow one, as far as this person may open them.
fn followers(tx: &mut Tx<'_>, scope: &Scope, case: &Case) -> Result<Vec<CaseLink>, ServiceError> {
    let mut links = Vec::new();
    for id in complaints::followers(tx, case)? {
        let id = ComplaintId::try_from(id)
            .map_err(|_| StoreError::Corrupt("merges", case.id.to_string()))?;
        if let Some(found) = complaints::find_for(tx, scope, &id)? {
            links.push(CaseLink {
                id: id.to_string(),
                number: found.record.case.number,
            });
        }
    }
    Ok(links)
}

/// What people call a region.
pub(super) fn region_name(tx: &mut Tx<'_>, code: &RegionCode) -> Result<String, StoreError> {
    let known = regions::short_name(tx, code)?;
    Ok(known.unwrap_or_else(|| code.to_string()))
}

fn staff_name(tx: &mut Tx<'_>, id: Option<&StaffId>) -> Result<Option<String>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    Ok(accounts::staff::find(tx, id)?.map(|profile| profile.display_name))
}

/// How a person acts in a case.
pub(super) fn by(scope: &Scope, known: &Known) -> By {
    By::Staff {
        person: scope.person.clone(),
        organisation: scope.organisation.clone(),
        standing: known.standing,
    }
}

/// What of the queue is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// By what cases are.
    pub filter: Filter,
    /// Only those behind a number that was counted in a span of time.
    pub counted: Option<(Number, Span)>,
}

impl From<Filter> for Asked {
    fn from(filter: Filter) -> Self {
        Self {
            filter,
            counted: None,
        }
    }
}

impl Asked {
    /// The filter, with the cases behind the number.
    fn filter(self, tx: &mut Tx<'_>, app: &App, scope: &Scope) -> Result<Filter, StoreError> {
        let mut filter = self.filter;
        if let Some((number, span)) = self.counted {
            let calendar = calendar::current(tx, &app.calendar, &scope.region)?;
            let which = Which::KnownTo(scope);
            filter.among = Some(statistics::behind(tx, which, span, &calendar, number)?);
        }
        Ok(filter)
    }
}

/// A page of the queue, with each row's place.
///
/// # Errors
/// The store's.
pub async fn queue(
    app: &web::Data<App>,
    scope: &Scope,
    asked: Asked,
) -> Result<Vec<(QueueItem, i64, String)>, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .read(move |tx| {
            let filter = asked.filter(tx, &inner, &scope)?;
            let found = complaints::list(tx, &scope, &filter, now)?;
            let mut items = Vec::with_capacity(found.len());
            for listed in found {
                let case = &listed.known.record.case;
                let facts = Facts::of(tx, &inner, case)?;
                let region = region_name(tx, &case.region)?;
                let assignee = staff_name(tx, case.assignee.as_ref())?;
                let rules = facts.rules(now);
                let by = by(&scope, &listed.known);
                let item = queue_item(&listed, region, assignee, &by, &rules);
                items.push((item, listed.place, case.id.to_string()));
            }
            Ok(items)
        })
        .await
}

/// How many cases of the queue have which light; light, order and place of the filter mean nothing here.
///
/// # Errors
/// The store's.
pub async fn counts(
    app: &web::Data<App>,
    scope: &Scope,
    asked: Asked,
) -> Result<QueueCounts, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .read(move |tx| {
            let filter = asked.filter(tx, &inner, &scope)?;
            Ok(complaints::counts(tx, &scope, &filter, now)?.into())
        })
        .await
}

/// One case, for somebody who may know of it.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn one(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
) -> Result<(i32, StaffComplaintView), ServiceError> {
    let (asker, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let wanted = id.clone();
    let shown = app
        .db
        .read(move |tx| {
            let found = complaints::find_to_read(tx, &asker, &wanted)?;
            let (known, is_broken) = found.ok_or(ServiceError::NotFound)?;
            let (version, mut view) = staff_view(tx, &inner, &asker, &known, now)?;
            if is_broken {
                view.is_only_read();
            }
            Ok::<_, ServiceError>((version, view))
        })
        .await?;
    looks::note(app, scope, &id).await?;
    Ok(shown)
}

/// The staff view of a case at hand, with its version.
pub(super) fn staff_view(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    known: &Known,
    now: domain::time::Timestamp,
) -> Result<(i32, StaffComplaintView), ServiceError> {
    let case = &known.record.case;
    let facts = Facts::of(tx, app, case)?;
    let events = complaints::history(tx, case)?;
    let messages = complaints::messages(tx, case)?;
    let mut photos = attachments::of_case(tx, case)?;
    photos.retain(|photo| may_see(known.standing, case.state.work(), photo.no));
    let escalations = escalations::of(tx, case)?;
    let supervising = unit(tx, &case.supervising)?;
    let responsible = case.responsible().map(|id| unit(tx, id)).transpose()?;
    let by = by(scope, known);
    let full = known.standing.reads_words();
    let may_ask = may_ask(known.standing)
        && scope.can(Permission::OpenIdentities)
        && known.record.filing.identity_mode != IdentityMode::Anonymous
        && identities::sealed(tx, &case.id)?.is_some();
    let waiting = case.waiting.iter().map(|one| one.proposal.to_string());
    let waiting: Vec<String> = waiting.collect();
    let parts = StaffParts {
        known,
        readable: proposals::seen_of(tx, scope, &waiting)?,
        shared: Parts {
            region_name: region_name(tx, &case.region)?,
            events: &events,
            messages: &messages,
            photos,
            target: target(tx, Some(scope), case)?,
            answers: published(tx, case)?,
            looks: match full {
                true => identities::looks(tx, case)?,
                false => Vec::new(),
            },
        },
        may_ask,
        assignee_name: staff_name(tx, case.assignee.as_ref())?,
        followers: followers(tx, scope, case)?,
        escalations: &escalations,
        supervising,
        responsible,
        by: &by,
    };
    Ok((case.version, staff(parts, &facts.rules(now))))
}

fn unit(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<UnitView, ServiceError> {
    let found = organisations::find(tx, id)?;
    Ok(UnitView {
        id: id.to_string(),
        name: found.map(|unit| unit.name).unwrap_or_default(),
    })
}

/// The history of a case, for somebody who may know of it.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn events(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
) -> Result<StaffEvents, ServiceError> {
    let (asker, wanted) = (scope.clone(), id.clone());
    let shown = app
        .db
        .read(move |tx| {
            let found = complaints::find_to_read(tx, &asker, &wanted)?;
            let (known, _) = found.ok_or(ServiceError::NotFound)?;
            let events = complaints::history(tx, &known.record.case)?;
            Ok::<_, ServiceError>(staff_events(&known, events))
        })
        .await?;
    looks::note(app, scope, &id).await?;
    Ok(shown)
}
