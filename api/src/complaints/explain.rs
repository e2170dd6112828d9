//! Why this date: what a timer was counted with, every day that did not count, and the dates it had before.

use actix_web::web;
use domain::complaint::case::Case;
use domain::complaint::receipt::ReceiptCode;
use domain::deadline::{Lang, Limit};
use domain::id::ComplaintId;
use domain::policy::Stage;
use domain::role::Scope;
use domain::sla::{MoveReason, Timer, explain};
use domain::time::{Day, Timestamp};
use serde::Serialize;
use store::{Tx, calendar, complaints};
use utoipa::ToSchema;

use super::service::by_receipt;
use super::views::{Grain, grain};
use crate::app::App;
use crate::error::ServiceError;

/// A timer asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// Its stage.
    pub stage: Stage,
    /// Its round; without, the latest.
    pub round: Option<u32>,
}

/// A day that did not count.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedDay)]
pub struct SkippedDayView {
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    date: Day,
    /// Why, in the reader's language: `周末`, the holiday's name, or `暂停`.
    reason: String,
}

/// A time in which the clock stood still.
#[derive(Debug, Serialize, ToSchema)]
pub struct PauseView {
    from: Timestamp,
    /// Null while it lasts.
    to: Option<Timestamp>,
}

/// More time, once granted.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantedView {
    at: Timestamp,
    /// How much of the limit's unit; it is in the limit.
    by: u32,
}

/// A due date it had before.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedView {
    /// When it moved.
    at: Timestamp,
    reason: MoveReason,
    due_at: Timestamp,
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    due_date: Day,
    /// Whether that date could still move.
    provisional: bool,
    /// The calendar it was counted with.
    calendar_version: i32,
}

/// Why a timer is due when it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplanationView {
    stage: Stage,
    round: u32,
    /// How long it may take, with what was granted.
    limit: Limit,
    /// When it began, or began again within its round; the day itself is not counted.
    started_at: Timestamp,
    due_at: Timestamp,
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    due_date: Day,
    /// Some year on the way has no announced calendar yet: the date may still move.
    provisional: bool,
    paused: bool,
    stopped_at: Option<Timestamp>,
    breached: bool,
    /// The version of the county's policy that the case keeps.
    policy_version: i32,
    /// The calendar it was counted with.
    calendar_version: i32,
    /// The days between start and due date that did not count, in order.
    skipped: Vec<SkippedDayView>,
    pauses: Vec<PauseView>,
    extensions: Vec<GrantedView>,
    /// The due dates it had before, the oldest first.
    previous: Vec<MovedView>,
    /// A change of the calendar would have brought an earlier date; the one told before was kept.
    kept: bool,
}

/// Why, for whoever holds the receipt.
///
/// # Errors
/// [`crate::codes::Code::ReceiptUnknown`], or [`ServiceError::NotFound`] when the case has no such timer.
pub async fn own(
    app: &web::Data<App>,
    code: &ReceiptCode,
    which: Which,
    lang: Lang,
) -> Result<ExplanationView, ServiceError> {
    let mac = app.secrets.pepper().receipt_mac(code);
    app.db
        .read(move |tx| {
            let record = by_receipt(tx, &mac)?;
            view(tx, &record.case, which, Grain::Exact, lang)
        })
        .await
}

/// Why, for somebody who may know of the case; a responsible unit reads times by the day.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is none for this person or has no such timer.
pub async fn for_staff(
    app: &web::Data<App>,
    scope: &Scope,
    id: ComplaintId,
    which: Which,
    lang: Lang,
) -> Result<ExplanationView, ServiceError> {
    let scope = scope.clone();
    app.db
        .read(move |tx| {
            let known = complaints::find_for(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            view(tx, &known.record.case, which, grain(&known), lang)
        })
        .await
}

fn find(case: &Case, which: Which) -> Option<&Timer> {
    case.timers
        .iter()
        .filter(|timer| timer.stage == which.stage)
        .filter(|timer| which.round.is_none_or(|round| round == timer.round))
        .max_by_key(|timer| timer.round)
}

fn view(
    tx: &mut Tx<'_>,
    case: &Case,
    which: Which,
    grain: Grain,
    lang: Lang,
) -> Result<ExplanationView, ServiceError> {
    let timer = find(case, which).ok_or(ServiceError::NotFound)?;
    let calendar = calendar::as_of(tx, &case.region, timer.calendar_version)?;
    let explained = explain(timer, &calendar);
    let skipped = explained.skipped.into_iter().map(|day| SkippedDayView {
        date: day.date,
        reason: day.reason.reason_text(lang),
    });
    let pauses = timer.pauses.iter().map(|pause| PauseView {
        from: grain.cut(pause.from),
        to: pause.to.map(|to| grain.cut(to)),
    });
    let extensions = timer.granted.iter().map(|one| GrantedView {
        at: grain.cut(one.at),
        by: one.by,
    });
    let previous = timer.moved.iter().map(|moved| MovedView {
        at: grain.cut(moved.at),
        reason: moved.reason,
        due_at: moved.due_at,
        due_date: moved.due_date,
        provisional: moved.provisional,
        calendar_version: moved.calendar_version,
    });
    Ok(ExplanationView {
        stage: timer.stage,
        round: timer.round,
        limit: timer.limit,
        started_at: grain.cut(timer.started_at),
        due_at: timer.due_at,
        due_date: timer.due_date,
        provisional: timer.provisional,
        paused: timer.is_paused(),
        stopped_at: timer.stopped_at.map(|at| grain.cut(at)),
        breached: timer.breached_at.is_some(),
        policy_version: case.policy_version,
        calendar_version: timer.calendar_version,
        skipped: skipped.collect(),
        pauses: pauses.collect(),
        extensions: extensions.collect(),
        previous: previous.collect(),
        kept: explained.kept,
    })
}
