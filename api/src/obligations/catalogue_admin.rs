//! Catalogues for those who set them.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, put};
use domain::region::RegionCode;

use super::catalogues::{self, CatalogueBody};
use super::views::CatalogueHistoryView;
use crate::app::App;
use crate::http::auth::Guarded;
use crate::http::body::{Body, MaybeIfMatch, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, versioned_json};
use crate::propose::ProposedView;

/// A region's catalogue of what must be published, and every one it had
///
/// A region's catalogue (公开目录): what is in force there, and every version of its own.
#[utoipa::path(
    operation_id = "get_catalogue", tag = "obligations",
    params(("region_code" = RegionCode, Path, description = "A county, township or village")),
    responses((status = 200, body = CatalogueHistoryView), Problems)
)]
#[get("/admin/catalogues/{region_code}")]
pub async fn catalogue(
    app: Data<App>,
    guarded: Guarded<Segment<RegionCode>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(_, region) = guarded;
    let view = catalogues::history(&app, region.0).await?;
    Ok(versioned_json(view.version, &view))
}

/// Propose another catalogue of what must be published
///
/// Propose another catalogue for a region. Nothing changes until a second person approves, and then only what opens
/// afterwards (on the first of a month): no date that was told becomes earlier. `If-Match` is taken, not asked for: a
/// proposal is void when the catalogue it was made from is no longer in force.
#[utoipa::path(
    operation_id = "propose_catalogue", tag = "obligations",
    params(
        ("region_code" = RegionCode, Path, description = "A county, township or village"),
        ("If-Match" = Option<String>, Header, description = "The version seen")
    ),
    request_body = CatalogueBody,
    responses((status = 202, body = ProposedView), Problems)
)]
#[put("/admin/catalogues/{region_code}")]
pub async fn propose_catalogue(
    app: Data<App>,
    guarded: Guarded<(Segment<RegionCode>, MaybeIfMatch, Body<CatalogueBody>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (region, seen, body)) = guarded;
    let view = catalogues::propose(&app, &staff, region.0, seen.0, body.0).await?;
    Ok(accepted_json(&view))
}
