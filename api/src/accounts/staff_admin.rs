//! The endpoints under `/admin/staff`: for administrators, about the accounts of the region they work for.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::id::StaffId;
use domain::role::Role;
use serde::Deserialize;
use serde_json::Value;
use store::accounts::people::Filter;
use utoipa::IntoParams;

use super::people::{self, Outcome};
use super::people_views::{
    AccountPage, AccountState, AccountView, AddStaff, HandedView, StaffAction, read_action,
};
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::{Body, IfMatch, Params, Segment};
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, created_json, versioned_json};
use crate::http::words::some_words;
use crate::propose::ProposedView;

/// Which accounts to show.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StaffParams {
    /// With this role.
    role: Option<String>,
    /// invited, active or disabled.
    state: Option<String>,
    /// With this in name or user name.
    q: Option<String>,
    /// Rows, 1 to 100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// The accounts of one's region
///
/// The accounts of the region one administers, the newest first.
#[utoipa::path(
    operation_id = "list_staff", tag = "staff",
    params(StaffParams),
    responses((status = 200, body = AccountPage), Problems)
)]
#[get("/admin/staff")]
pub async fn list_staff(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<StaffParams>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    let want = Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let role = params
        .0
        .role
        .map(|text| Role::parse(&text).ok_or_else(|| bad("role", Code::OutOfRange)));
    let state = params.0.state.map(|text| {
        serde_json::from_value::<AccountState>(Value::String(text))
            .map_err(|_| bad("state", Code::OutOfRange))
    });
    let filter = Filter {
        role: role.transpose()?,
        stage: state.transpose()?.map(Into::into),
        words: params.0.q.filter(|words| !words.trim().is_empty()),
        after: want.after.clone(),
        limit: want.rows(),
    };
    let rows = people::list(&app, &staff, filter).await?;
    let page = Page::cut(
        rows,
        &want,
        |(_, place, id)| (*place, id.clone()),
        |(item, _, _)| item,
    );
    Ok(page.private(&req))
}

/// One account
///
/// Its role, unit, natural person and state; its edition is the ETag that a change has to name.
#[utoipa::path(
    operation_id = "read_staff", tag = "staff",
    params(("id" = String, Path)),
    responses((status = 200, body = AccountView), Problems)
)]
#[get("/admin/staff/{id}")]
pub async fn one_of_staff(
    app: Data<App>,
    guarded: Guarded<Segment<StaffId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    let view = people::one(&app, &staff, id.0).await?;
    Ok(versioned_json(view.version, &view))
}

/// Make an account
///
/// Make an account. For a role that takes two persons it is proposed, and the link is fetched (`link`) when it has been
/// approved. Asks for a fresh code (`POST /auth/step-up`).
#[utoipa::path(
    operation_id = "add_staff", tag = "staff",
    request_body = AddStaff,
    responses(
        (status = 201, body = HandedView, description = "The account, with its one-time link"),
        (status = 202, body = ProposedView, description = "It waits for a second person"),
        Problems
    )
)]
#[post("/admin/staff")]
pub async fn add_staff(
    app: Data<App>,
    guarded: Guarded<Body<AddStaff>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let mut body = body.0;
    body.reason = some_words("/reason", Some(&body.reason), 2000)?.unwrap_or_default();
    Ok(match people::add(&app, &staff, body).await? {
        Outcome::Proposed(view) => accepted_json(&view),
        Outcome::Done(view, link) => {
            let view = HandedView::new(*view, link);
            created_json(view.account.version, &view)
        }
    })
}

/// Change, reset or end an account, or hand out a new link
///
/// Change, reset, link or disable. Whatever ends in a role that takes two persons is proposed. Asks for a fresh code
/// (`POST /auth/step-up`).
#[utoipa::path(
    operation_id = "act_on_staff", tag = "staff",
    params(
        ("id" = String, Path),
        ("If-Match" = String, Header, description = "The version you saw")
    ),
    request_body = StaffAction,
    responses(
        (status = 200, body = HandedView, description = "The account, with its one-time link where there is one"),
        (status = 202, body = ProposedView, description = "It waits for a second person"),
        Problems
    )
)]
#[post("/admin/staff/{id}/actions")]
pub async fn act_on_staff(
    app: Data<App>,
    guarded: Guarded<(Segment<StaffId>, IfMatch, Body<Value>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let (act, reason) = read_action(body.0)?;
    let outcome = people::act(&app, &staff, id.0, seen.0, act, reason).await?;
    Ok(match outcome {
        Outcome::Proposed(view) => accepted_json(&view),
        Outcome::Done(view, link) => {
            let view = HandedView::new(*view, link);
            versioned_json(view.account.version, &view)
        }
    })
}
