//! The endpoints under `/admin/organisations`: for administrators, about the units of the region they work for.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::id::OrganisationId;
use domain::region::RegionCode;
use serde::Deserialize;
use serde_json::Value;
use store::organisations::desk::place;
use utoipa::IntoParams;

use super::desk_views::{
    AdminOrganisation, AdminOrganisationPage, FoundOrganisation, OrganisationAction, read_action,
};
use super::service;
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::{Body, IfMatch, Params, Segment};
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{created_json, versioned_json};

/// Which units to show.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AdminOrganisationsQuery {
    /// The region they work for: one's own where none is named, or one inside it.
    #[param(value_type = Option<RegionCode>)]
    region_code: Option<String>,
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The units of a region, with who holds their posts
///
/// The units that work for one region, by what they are and those that were closed last, each with its posts and who holds them today or later.
/// A village that nobody has turned to yet has the two committees that every village has.
#[utoipa::path(
    operation_id = "list_admin_organisations", tag = "organisations",
    params(AdminOrganisationsQuery),
    responses((status = 200, body = AdminOrganisationPage), Problems)
)]
#[get("/admin/organisations")]
pub async fn list_admin_organisations(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<AdminOrganisationsQuery>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    let want = Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let region = params.0.region_code.map(|code| {
        RegionCode::try_from(code).map_err(|_| bad("region_code", Code::InvalidRegionCode))
    });
    let rows = service::list(&app, &staff, region.transpose()?, &want).await?;
    let page = Page::cut(
        rows,
        &want,
        |kept| place(&kept.unit),
        AdminOrganisation::from,
    );
    Ok(page.private(&req))
}

/// Found a unit
///
/// Found a unit: a county's bureau, an accounting agency, or something else that a region has. What comes with a region
/// (its committees, its government, its discipline organ) is there already, and a second one is refused. Asks for a fresh
/// code (`POST /auth/step-up`).
#[utoipa::path(
    operation_id = "found_organisation", tag = "organisations",
    request_body = FoundOrganisation,
    responses((status = 201, body = AdminOrganisation), Problems)
)]
#[post("/admin/organisations")]
pub async fn found_organisation(
    app: Data<App>,
    guarded: Guarded<Body<FoundOrganisation>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let (asked, reason) = body.0.read()?;
    let view = AdminOrganisation::from(service::found(&app, &staff, asked, reason).await?);
    Ok(created_json(view.version, &view))
}

/// Rename or close a unit, give it an address or a post
///
/// Give a unit another name or address, a further post, or close it. Which unit leads it is never changed: that decides
/// who is recused from a case. Asks for a fresh code (`POST /auth/step-up`).
#[utoipa::path(
    operation_id = "act_on_organisation", tag = "organisations",
    params(
        ("id" = String, Path),
        ("If-Match" = String, Header, description = "The version you saw")
    ),
    request_body = OrganisationAction,
    responses((status = 200, body = AdminOrganisation), Problems)
)]
#[post("/admin/organisations/{id}/actions")]
pub async fn act_on_organisation(
    app: Data<App>,
    guarded: Guarded<(Segment<OrganisationId>, IfMatch, Body<Value>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let (act, reason) = read_action(body.0)?;
    let kept = service::act(&app, &staff, id.0, seen.0, act, reason).await?;
    let view = AdminOrganisation::from(kept);
    Ok(versioned_json(view.version, &view))
}
