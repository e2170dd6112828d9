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

/// When a limit ends, and every day that does not count
///
/// Counts an amount of working days, calendar days or hours from an instant, on the calendar in force in the region
/// (statutory holidays and make-up working days included), exactly as the clocks of a case are counted, and names each
/// day that was passed over with its reason. `provisional` where the calendar of a year is not out yet.
#[utoipa::path(
    operation_id = "get_deadline", tag = "deadlines",
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

/// The same, with office hours of one's own and with pauses
///
/// For an office with hours of its own, and for a clock that stood still for a time: the same answer as by address,
/// with each pause beside the days that do not count.
#[utoipa::path(
    operation_id = "count_deadline", tag = "deadlines",
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

/// How long each stage may take here, and who is told when
///
/// The limits of each stage with their units, warnings, pauses and extensions, how long accounts are posted and cases
/// are kept, and the ladder of who is told when, as the county of the region has set them; its version, and the version
/// of the calendar.
#[utoipa::path(
    operation_id = "get_current_policy", tag = "complaints",
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
