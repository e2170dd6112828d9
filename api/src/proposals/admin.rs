//! What staff call.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::id::ProposalId;
use domain::proposal::State;
use serde::Deserialize;
use store::proposals::Filter;
use utoipa::IntoParams;

use super::service;
use super::views::{ProposalPage, ProposalView};
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::{Params, Segment};
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;

/// Which proposals to show.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProposalParams {
    /// In this state now: waiting, approved, refused, void; all without it.
    state: Option<String>,
    /// Rows, 1 to 100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// What waits for a second person, and what became of it
///
/// Proposals of one's own, and those offered to one's unit; the newest first.
#[utoipa::path(
    operation_id = "proposals", tag = "proposals",
    params(ProposalParams),
    responses((status = 200, body = ProposalPage), Problems)
)]
#[get("/admin/proposals")]
pub async fn proposals(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<ProposalParams>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    let want = Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let state = params
        .0
        .state
        .map(|text| State::parse(&text).ok_or_else(|| bad("state", Code::OutOfRange)))
        .transpose()?;
    let filter = Filter {
        state,
        after: want.after.clone(),
        limit: want.rows(),
    };
    let rows = service::list(&app, &staff, filter).await?;
    let page = Page::cut(
        rows,
        &want,
        |(_, place, id)| (*place, id.clone()),
        |(item, _, _)| item,
    );
    Ok(page.private(&req))
}

/// One proposal
///
/// What was proposed, by whom and why, what would change, and what became of it.
#[utoipa::path(
    operation_id = "proposal", tag = "proposals",
    params(("id" = String, Path)),
    responses((status = 200, body = ProposalView), Problems)
)]
#[get("/admin/proposals/{id}")]
pub async fn proposal(
    app: Data<App>,
    guarded: Guarded<Segment<ProposalId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    Ok(private_json(&service::one(&app, &staff, id.0).await?))
}
