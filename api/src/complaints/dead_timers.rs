//! Clocks that stopped because firing them failed too often: seen and set going again by those who run the
//! installation. Which case it is, they do not learn: the id opens nothing for them.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::policy::Stage;
use domain::role::Scope;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::{self, Actor, Entry};
use store::timers::{self, DeadTimer, Key};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::Guarded;
use crate::http::body::{Params, Segment};
use crate::http::page::{Page, Place, Want, bad};
use crate::http::problem::{Problem, Problems};

/// How many and from where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeadTimerQuery {
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A clock that stopped. What its case is about is not shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadTimerView {
    /// What its retry is asked by; opens nothing else here.
    id: String,
    /// Its stage, such as `accept`.
    stage: String,
    /// How often the stage was begun before, plus one.
    round: u32,
    /// Case time of the mark that it did not meet.
    due_at: Timestamp,
    /// Failures.
    attempts: i32,
    /// What the last one met; up to 300 characters. None when each took its worker down.
    last_error: Option<String>,
}

impl From<DeadTimer> for DeadTimerView {
    fn from(timer: DeadTimer) -> Self {
        let short = |text: String| text.chars().take(300).collect();
        Self {
            id: timer.key.complaint,
            stage: timer.key.stage.as_str().to_owned(),
            round: timer.key.round,
            due_at: timer.due_at,
            attempts: timer.attempts,
            last_error: timer.last_error.map(short),
        }
    }
}

/// The place of a clock in the list: its mark, then its case, stage and round.
fn place(timer: &DeadTimer) -> Place {
    let key = &timer.key;
    let which = format!("{} {} {}", key.complaint, key.stage.as_str(), key.round);
    (timer.due_at.micros(), which)
}

/// Reads [`place`].
fn read((mark, which): &Place) -> Option<(Timestamp, Key)> {
    let mut words = which.split(' ');
    let key = Key {
        complaint: words.next()?.to_owned(),
        stage: Stage::parse(words.next()?)?,
        round: words.next()?.parse().ok()?,
    };
    let whole = words.next().is_none();
    whole.then_some((Timestamp::from_micros(*mark), key))
}

/// Clocks that stopped
///
/// The clocks that stopped, the longest overdue first.
#[utoipa::path(
    operation_id = "list_dead_timers", tag = "operations",
    params(DeadTimerQuery),
    responses((status = 200, body = Page<DeadTimerView>), Problems)
)]
#[get("/admin/dead-timers")]
pub async fn dead_timers(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<DeadTimerQuery>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(_, query) = guarded;
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    let limit = want.rows();
    let after = match &want.after {
        Some(place) => Some(read(place).ok_or_else(|| bad("cursor", Code::InvalidCursor))?),
        None => None,
    };
    let rows = app
        .db
        .read(move |tx| Ok::<_, ServiceError>(timers::dead(tx, after, limit)?))
        .await?;
    let page = Page::cut(rows, &want, place, DeadTimerView::from);
    Ok(page.private(&req))
}

/// Set a clock going again
///
/// Set the stopped clocks of a case going again; what they owe is done at once.
#[utoipa::path(
    operation_id = "retry_dead_timer", tag = "operations",
    params(("id" = String, Path)),
    responses((status = 204, description = "It will be tried again"), Problems)
)]
#[post("/admin/dead-timers/{id}/retry")]
pub async fn retry_dead_timer(
    app: Data<App>,
    guarded: Guarded<Segment<String>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    retry(&app, &staff.scope, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn retry(app: &Arc<App>, scope: &Scope, id: String) -> Result<(), ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            match timers::resume(tx, &id)? {
                None => return Err(ServiceError::NotFound),
                Some(false) => return Err(ServiceError::Rule(Code::TimerNotDead)),
                Some(true) => {}
            }
            let entry = Entry {
                id: inner.ids.id(),
                case_at: now,
                wall_at: inner.clocks.wall(),
                actor: Actor::Staff(scope.staff.clone()),
                action: "retry".to_owned(),
                object: "timer",
                object_id: id.clone(),
                reason: None,
                before_sha256: None,
                after_sha256: None,
            };
            Ok(audit::record(tx, &entry)?)
        })
        .await?;
    app.nudge.notify_one();
    Ok(())
}
