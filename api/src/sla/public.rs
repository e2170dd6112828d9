//! Deadlines and policies for everybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::region::RegionCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::request::{DeadlineBody, DeadlineQuery};
use super::service;
use super::views::{DeadlineView, PolicyView};
use crate::app::App;
use crate::codes::Code;
use crate::http::body::{Body, Params};
use crate::http::lang::Reader;
use crate::http::page::bad;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{private_json, public_json};

/// Our arithmetic, by address.
#[utoipa::path(
    operation_id = "get_deadline", tag = "deadlines", summary = "When a limit ends, and every day that does not count",
    params(DeadlineQuery), responses((status = 200, body = DeadlineView), Problems)
)]
#[get("/deadlines")]
pub async fn by_query(
    app: Data<App>,
    req: HttpRequest,
    query: Params<DeadlineQuery>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let ask = query.0.ask().map_err(Problem::of_query)?;
    let deadline = service::count(&app, ask).await.map_err(Problem::of_query)?;
    Ok(public_json(
        &req,
        &DeadlineView::in_lang(deadline, reader.0),
    ))
}

/// Our arithmetic, with office hours and pauses.
#[utoipa::path(
    operation_id = "count_deadline", tag = "deadlines", summary = "The same, with office hours of one's own and with pauses",
    request_body = DeadlineBody, responses((status = 200, body = DeadlineView), Problems)
)]
#[post("/deadlines")]
pub async fn by_body(
    app: Data<App>,
    body: Body<DeadlineBody>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let deadline = service::count(&app, body.0.ask()?).await?;
    Ok(private_json(&DeadlineView::in_lang(deadline, reader.0)))
}

/// Whose policy.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PolicyQuery {
    /// A region; its county's policy holds.
    #[param(value_type = RegionCode)]
    region: String,
}

/// The policy in force in a region.
#[utoipa::path(
    operation_id = "get_current_policy", tag = "complaints", summary = "How long each stage may take here, and who is told when",
    params(PolicyQuery), responses((status = 200, body = PolicyView), Problems)
)]
#[get("/policies/current")]
pub async fn current_policy(
    app: Data<App>,
    req: HttpRequest,
    query: Params<PolicyQuery>,
) -> Result<HttpResponse, Problem> {
    let region =
        RegionCode::try_from(query.0.region).map_err(|_| bad("region", Code::InvalidRegionCode))?;
    let (policy, calendar_version) = service::current_policy(&app, region.clone())
        .await
        .map_err(Problem::of_query)?;
    Ok(public_json(
        &req,
        &PolicyView {
            region_code: region,
            policy,
            calendar_version,
        },
    ))
}
