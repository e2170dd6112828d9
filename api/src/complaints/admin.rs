//! What staff call.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use domain::complaint::intake::Channel;
use domain::complaint::rating::RatingValue;
use domain::complaint::state::StateName;
use domain::disclosure::period::{Period, PeriodKind};
use domain::id::{ComplaintId, StaffId};
use domain::policy::Stage;
use domain::region::RegionCode;
use domain::role::Scope;
use domain::sla::Light;
use domain::statistics::Number;
use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use store::complaints::{Filter, Sort, Wanted};
use store::statistics::Span;
use utoipa::{IntoParams, ToSchema};

use super::action_request::{ActionRequest, action};
use super::actions::{self, Outcome};
use super::bell;
use super::explain::{self, ExplanationView};
use super::intake::{Attempt, fold};
use super::public::{RoundQuery, filed, which};
use super::requests::{IntakeRequest, TargetsRequest};
use super::views::{Choices, FiledView, QueueCounts, QueuePage, StaffComplaintView, StaffEvents};
use super::{choices as choosing, reroute, service};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::Guarded;
use crate::http::body::{Body, IfMatch, Params, Segment, Segments, from_value};
use crate::http::key;
use crate::http::lang::Reader;
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, private_json, versioned_json};
use crate::http::words::words;
use crate::propose::ProposedView;

/// What to show of the queue.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueParams {
    /// In this state; `open` for every open one.
    state: Option<String>,
    /// With this light now: green, blue, yellow, red.
    light: Option<String>,
    /// In this region or inside it.
    region: Option<String>,
    /// About this category.
    category: Option<String>,
    /// In this person's hands.
    assignee: Option<String>,
    /// Number or words.
    q: Option<String>,
    /// Due before (RFC 3339).
    due_before: Option<String>,
    /// `today`: due before the day ends, and not late yet.
    due: Option<String>,
    /// In this unit's hands: it does the work, or supervises where nobody does yet.
    unit: Option<String>,
    /// `acknowledge`: that came up to one's own unit, which has still to say that it has seen them.
    waiting: Option<String>,
    /// Filed so many calendar days ago or longer.
    #[param(maximum = 36500)]
    age_from: Option<u16>,
    /// Filed so many calendar days ago or later.
    #[param(maximum = 36500)]
    age_to: Option<u16>,
    /// Behind this number of the dashboard's last thirty days, or of the statistics of `month`: filed,
    /// answered, on_time, overdue, overdue_at_end, promises (behind the on-time rate), first_answers
    /// (behind the median), unrated, declines, withdrawals, merges, disputes, pauses, extensions.
    counted: Option<String>,
    /// The month of `counted`, `2026-10`.
    month: Option<String>,
    /// Rated so in the last thirty days.
    rating: Option<String>,
    /// `due_at` (default) or `-received_at`.
    sort: Option<String>,
    /// Rows, 1 to 100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// Calendar days that may be asked for: a hundred years.
const MOST_DAYS: u16 = 36_500;

impl QueueParams {
    fn filter(self, want: &Want, scope: &Scope, now: Timestamp) -> Result<service::Asked, Problem> {
        let acknowledging = match self.waiting.as_deref() {
            None => None,
            Some("acknowledge") => Some(scope.organisation.to_string()),
            Some(_) => return Err(bad("waiting", Code::OutOfRange)),
        };
        let counted = self.counted(now)?;
        let sort = match self.sort.as_deref() {
            None | Some("due_at") => Sort::DueAt,
            Some("-received_at") => Sort::Newest,
            Some(_) => return Err(bad("sort", Code::OutOfRange)),
        };
        let state = self.state.map(|text| match text.as_str() {
            "open" => Ok(Wanted::Open),
            other => StateName::parse(other)
                .map(Wanted::State)
                .ok_or_else(|| bad("state", Code::OutOfRange)),
        });
        let light = self
            .light
            .map(|text| Light::parse(&text).ok_or_else(|| bad("light", Code::OutOfRange)));
        let region = self.region.map(|text| {
            RegionCode::try_from(text).map_err(|_| bad("region", Code::InvalidRegionCode))
        });
        // A plus sign of an offset often arrives as a space.
        let due_before = self.due_before.map(|text| {
            Timestamp::parse(&text.replace(' ', "+"))
                .map_err(|_| bad("due_before", Code::InvalidTime))
        });
        let known = |code: &String| domain::category::find(code).is_some();
        if self.category.as_ref().is_some_and(|code| !known(code)) {
            return Err(bad("category", Code::CategoryUnknown));
        }
        let id = |text: &String| StaffId::try_from(text.as_str()).is_ok();
        if self.assignee.as_ref().is_some_and(|text| !id(text)) {
            return Err(bad("assignee", Code::InvalidId));
        }
        let today = match self.due.as_deref() {
            None => None,
            Some("today") => Some(now.plus_micros(1)),
            Some(_) => return Err(bad("due", Code::OutOfRange)),
        };
        for (name, days) in [("age_from", self.age_from), ("age_to", self.age_to)] {
            if days.is_some_and(|days| days > MOST_DAYS) {
                return Err(bad(name, Code::OutOfRange));
            }
        }
        // What is due at midnight is due today: its last day is.
        let tonight = today.map(|_| days_ago(now, -1).plus_micros(1));
        let month = Span::of_desk(now).from;
        let rating = match self.rating {
            Some(rating) if RatingValue::parse(&rating).is_none() => {
                return Err(bad("rating", Code::OutOfRange));
            }
            rating => rating.map(|rating| (rating, month)),
        };
        let filter = Filter {
            state: state.transpose()?,
            light: light.transpose()?,
            region: region.transpose()?,
            category: self.category,
            assignee: self.assignee,
            words: self
                .q
                .map(|words| fold(words.trim()))
                .filter(|words| !words.is_empty()),
            due_before: due_before.transpose()?.or(tonight),
            due_from: today,
            received_from: self.age_to.map(|days| days_ago(now, days.into())),
            received_until: self.age_from.map(|days| days_ago(now, i64::from(days) - 1)),
            unit: self.unit,
            among: None,
            acknowledging,
            rating,
            level: None,
            sort,
            after: want.after.clone(),
            limit: want.rows(),
        };
        Ok(service::Asked { filter, counted })
    }

    /// Which number's cases are asked for, and of what time.
    fn counted(&self, now: Timestamp) -> Result<Option<(Number, Span)>, Problem> {
        let number = self
            .counted
            .as_deref()
            .map(|word| Number::parse(word).ok_or_else(|| bad("counted", Code::OutOfRange)))
            .transpose()?;
        let span = match self.month.as_deref() {
            None => Span::of_desk(now),
            Some(_) if number.is_none() => return Err(bad("month", Code::OutOfRange)),
            Some(text) => Period::parse(text)
                .ok()
                .filter(|period| period.kind() == PeriodKind::Month)
                .map(Span::of)
                .ok_or_else(|| bad("month", Code::InvalidPeriod))?,
        };
        Ok(number.map(|number| (number, span)))
    }
}

/// The beginning of a day so many days before this one.
fn days_ago(now: Timestamp, days: i64) -> Timestamp {
    Timestamp::start_of(now.day()).plus_seconds(-days * 86_400)
}

/// The queue
///
/// The queue: what this person may know of.
#[utoipa::path(
    tag = "complaints",
    params(QueueParams),
    responses((status = 200, body = QueuePage), Problems)
)]
#[get("/admin/complaints")]
pub async fn queue(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<QueueParams>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    let want = Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let asked = params.0.filter(&want, &staff, app.clocks.case())?;
    let rows = service::queue(&app, &staff, asked).await?;
    let page = Page::cut(
        rows,
        &want,
        |(_, place, id)| (*place, id.clone()),
        |(item, _, _)| item,
    );
    Ok(page.private(&req))
}

/// How many cases of the queue have which light now
///
/// How many cases of the queue have which light, for the same filters; `light`, `sort`, `limit` and
/// `cursor` are ignored.
#[utoipa::path(
    operation_id = "queue_counts", tag = "complaints",
    params(QueueParams),
    responses((status = 200, body = QueueCounts), Problems)
)]
#[get("/admin/complaints/counts")]
pub async fn queue_counts(
    app: Data<App>,
    guarded: Guarded<Params<QueueParams>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    // A page is not what is asked for, but what is no page is refused here too.
    Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let asked = params
        .0
        .filter(&Want::read(None, None)?, &staff, app.clocks.case())?;
    Ok(private_json(&service::counts(&app, &staff, asked).await?))
}

/// For how long to listen.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListenParams {
    /// At most so many seconds; else as long as the access token is good.
    #[param(maximum = 600)]
    seconds: Option<u32>,
}

/// One of the events.
#[derive(ToSchema)]
#[schema(as = QueueEvent)]
#[expect(
    dead_code,
    reason = "the events are constant words; this describes them"
)]
pub struct QueueEvent {
    /// `ready`, `changed`, or `elsewhere`.
    event: String,
    /// Nothing: `{}`.
    data: String,
    /// After how many milliseconds to begin again, where it ends.
    retry: Option<u32>,
}

/// Hear when something in the queue changes
///
/// Says that something in the queue changed, and not what: whoever listens asks for it as before. Server-sent events:
/// `ready` at first, `changed` within two seconds or so of a change in a case that one may know of, and a comment every
/// quarter of a minute. Ends with the access token, with the session, and when the server stops; whoever listens begins
/// again with a new token. An account listens at six places at most: a seventh ends the oldest, with `elsewhere`.
#[utoipa::path(
    operation_id = "queue_events", tag = "complaints",
    params(ListenParams),
    responses(
        (status = 200, description = "Events, as they happen", content_type = "text/event-stream", body = QueueEvent),
        Problems
    )
)]
#[get("/admin/complaints/events")]
pub async fn queue_events(
    app: Data<App>,
    guarded: Guarded<Params<ListenParams>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    let seconds = match params.0.seconds {
        Some(601..) => return Err(bad("seconds", Code::OutOfRange)),
        seconds => seconds,
    };
    let told = bell::listen(&app, &staff, seconds).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("Cache-Control", "no-store"))
        // A proxy that collects an answer before it passes it on would collect for ten minutes.
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(told))
}

/// One case
///
/// What its desk needs to act: text, targets, clocks, units, messages, what one may do next, and the edition as ETag.
#[utoipa::path(
    tag = "complaints",
    params(("id" = String, Path)),
    responses((status = 200, body = StaffComplaintView), Problems)
)]
#[get("/admin/complaints/{id}")]
pub async fn one(
    app: Data<App>,
    guarded: Guarded<Segment<ComplaintId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    let (version, view) = service::one(&app, &staff, id.0).await?;
    Ok(versioned_json(version, &view))
}

/// Whom one may name when dispatching, transferring and assigning
///
/// The units and colleagues that this person's actions may name now.
#[utoipa::path(
    operation_id = "choices", tag = "complaints",
    params(("id" = String, Path)),
    responses((status = 200, body = Choices), Problems)
)]
#[get("/admin/complaints/{id}/choices")]
pub async fn choices(
    app: Data<App>,
    guarded: Guarded<Segment<ComplaintId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    Ok(private_json(&choosing::choices(&app, &staff, id.0).await?))
}

/// A case's history
///
/// The history of a case, with what only staff read.
#[utoipa::path(
    tag = "complaints",
    params(("id" = String, Path)),
    responses((status = 200, body = StaffEvents), Problems)
)]
#[get("/admin/complaints/{id}/events")]
pub async fn events(
    app: Data<App>,
    guarded: Guarded<Segment<ComplaintId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    Ok(private_json(&service::events(&app, &staff, id.0).await?))
}

/// Why a limit ends when it does
///
/// Why a limit of a case ends when it does. A responsible unit reads times by the day.
#[utoipa::path(
    operation_id = "explain_timer", tag = "complaints",
    params(("id" = String, Path), ("stage" = Stage, Path), RoundQuery),
    responses((status = 200, body = ExplanationView), Problems)
)]
#[get("/admin/complaints/{id}/timers/{stage}/explain")]
pub async fn explain_timer(
    app: Data<App>,
    guarded: Guarded<(Segments<ComplaintId>, Params<RoundQuery>, Reader)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (Segments(id, stage), query, reader)) = guarded;
    let which = which(&stage, query.0.round)?;
    let view = explain::for_staff(&app, &staff, id, which, reader.0).await?;
    Ok(private_json(&view))
}

/// Act in a case
///
/// Do one thing to a case. `allowed_actions` in its view says what is possible now.
#[utoipa::path(
    tag = "complaints",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version seen")),
    request_body = ActionRequest,
    responses(
        (status = 200, body = StaffComplaintView),
        (status = 202, body = ProposedView, description = "It takes a second person, who is asked"),
        Problems
    )
)]
#[post("/admin/complaints/{id}/actions")]
pub async fn act(
    app: Data<App>,
    guarded: Guarded<(Segment<ComplaintId>, IfMatch, Body<Value>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let read = action(body.0.clone())?;
    match actions::act(&app, &staff, id.0, seen.0, body.0, read).await? {
        Outcome::Done(version, view) => Ok(versioned_json(version, &view)),
        Outcome::Proposed(view) => Ok(accepted_json(&view)),
    }
}

/// File what came by telephone, letter or at the counter
///
/// Take down what somebody says by telephone, by letter or at the counter. The rules are those of a filing;
/// the receipt code is in this answer only, to be read out once.
#[utoipa::path(
    operation_id = "file_for_others", tag = "complaints",
    params(("Idempotency-Key" = Option<String>, Header, description = "22 to 128 characters; a retry gets the same answer")),
    request_body = IntakeRequest,
    responses((status = 201, body = FiledView), Problems)
)]
#[post("/admin/complaints")]
pub async fn file_for_others(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Body<Value>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let mut rest = body.0.clone();
    let channel = rest
        .as_object_mut()
        .and_then(|fields| fields.remove("channel"));
    let channel: Channel = match channel {
        Some(word) => serde_json::from_value(word).ok(),
        None => return Err(ServiceError::at("/channel", Code::Required).into()),
    }
    .filter(|channel| *channel != Channel::Web)
    .ok_or_else(|| ServiceError::at("/channel", Code::OutOfRange))?;
    let attempt = Attempt {
        key: key::given(&req)?.unwrap_or_else(|| app.ids.token()),
        request: from_value(rest)?,
        body: body.0,
        channel,
        taken_by: Some(staff.scope),
    };
    filed(&app, attempt).await
}

/// Correct whom a case is about
///
/// Whom a case is about, as it turned out. It is routed anew at once: the access of the newly accused ends,
/// no clock begins again. 204 when whoever did it may not know of the case any more.
#[utoipa::path(
    operation_id = "change_targets", tag = "complaints",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version seen")),
    request_body = TargetsRequest,
    responses(
        (status = 200, body = StaffComplaintView),
        (status = 204, description = "Done; the case is not for you any more"),
        Problems
    )
)]
#[put("/admin/complaints/{id}/targets")]
pub async fn change_targets(
    app: Data<App>,
    guarded: Guarded<(Segment<ComplaintId>, IfMatch, Body<TargetsRequest>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let reason = words("/reason", &body.0.reason, 1, 2000)?;
    let targets = body.0.targets;
    match reroute::change_targets(&app, &staff, id.0, seen.0, targets, reason).await? {
        Some((version, view)) => Ok(versioned_json(version, &view)),
        None => Ok(HttpResponse::NoContent().finish()),
    }
}
