//! Units and posts for everybody.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::region::RegionCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::views::{OrganisationView, Organisations};
use crate::app::App;
use crate::error::ServiceError;
use crate::http::body::{Params, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::public_json;

/// Which units.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrganisationsQuery {
    /// With those that were closed, to name what an old case is about. They can no more be complained about.
    #[serde(default)]
    closed: bool,
}

/// Units and posts of a region and those above it, the lowest first; no names of people
///
/// What a complaint can be about: `targets` of a filing names ids from here. Posts are named, people are not.
#[utoipa::path(
    operation_id = "list_organisations", tag = "regions",
    params(("code" = RegionCode, Path, description = "The region's code"), OrganisationsQuery),
    responses((status = 200, body = Organisations), Problems)
)]
#[get("/regions/{code}/organisations")]
pub async fn of_region(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
    params: Params<OrganisationsQuery>,
) -> Result<HttpResponse, Problem> {
    let code = code.0;
    let units = app
        .db
        .read(move |tx| {
            if !store::regions::exists(tx, &code)? {
                return Err(ServiceError::NotFound);
            }
            Ok(if params.0.closed {
                store::organisations::ever_around(tx, &code)?
            } else {
                Arc::unwrap_or_clone(store::organisations::of_region_and_above(tx, &code)?)
            })
        })
        .await?;
    let items = units.into_iter().map(OrganisationView::from).collect();
    Ok(public_json(&req, &Organisations { items }))
}
