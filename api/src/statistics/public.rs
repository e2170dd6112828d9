//! Statistics for everybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::disclosure::period::Period;
use domain::region::RegionCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::service;
use super::views::StatsView;
use crate::app::App;
use crate::codes::Code;
use crate::http::body::Params;
use crate::http::page::bad;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{holds, public_json};

/// Where and when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatsQuery {
    /// A county or a township; never a village.
    #[param(value_type = RegionCode)]
    region: String,
    /// A month or a quarter that has ended.
    #[param(example = "2026-10")]
    period: String,
}

/// The statistics of a closed month or quarter
///
/// What happened in a closed period: on time or not, by township and by category.
#[utoipa::path(
    operation_id = "get_stats", tag = "statistics",
    params(StatsQuery), responses((status = 200, body = StatsView), Problems)
)]
#[get("/stats")]
pub async fn stats(
    app: Data<App>,
    req: HttpRequest,
    query: Params<StatsQuery>,
) -> Result<HttpResponse, Problem> {
    let region =
        RegionCode::try_from(query.0.region).map_err(|_| bad("region", Code::InvalidRegionCode))?;
    let period = Period::parse(&query.0.period).map_err(|_| bad("period", Code::InvalidPeriod))?;
    let view = service::of_region(&app, region, period)
        .await
        .map_err(Problem::of_query)?;
    // Only that the period has ended was asked of the clock, and it stays so.
    Ok(holds(public_json(&req, &view), None))
}
