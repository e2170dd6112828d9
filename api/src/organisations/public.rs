//! Units and posts for everybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::region::RegionCode;

use super::views::{OrganisationView, Organisations};
use crate::app::App;
use crate::error::ServiceError;
use crate::http::body::Segment;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::public_json;

/// The units of a region and of those above it.
#[utoipa::path(
    operation_id = "list_organisations", tag = "regions", summary = "Units and posts of a region and those above it, the lowest first; no names of people",
    params(("code" = RegionCode, Path, description = "The region's code")),
    responses((status = 200, body = Organisations), Problems)
)]
#[get("/regions/{code}/organisations")]
pub async fn of_region(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
) -> Result<HttpResponse, Problem> {
    let code = code.0;
    let units = app
        .db
        .read(move |tx| {
            if !store::regions::exists(tx, &code)? {
                return Err(ServiceError::NotFound);
            }
            Ok(store::organisations::of_region_and_above(tx, &code)?)
        })
        .await?;
    let items = units.iter().cloned().map(OrganisationView::from).collect();
    Ok(public_json(&req, &Organisations { items }))
}
