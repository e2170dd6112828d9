//! What staff call.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post, put};
use domain::id::{OrganisationId, ZoneId};
use domain::region::RegionCode;
use serde::{Deserialize, Serialize};
use store::zones::Zone;
use utoipa::ToSchema;

use super::service;
use crate::app::App;
use crate::http::auth::{Guarded, Staff};
use crate::http::body::{Body, IfMatch, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, private_json};
use crate::propose::ProposedView;

/// A zone as it is to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ZoneBody {
    /// The county it belongs to.
    pub county_code: RegionCode,
    /// What people call it; 1 to 50 characters.
    pub name: String,
    /// The organisation of the county that leads it.
    pub lead_organisation_id: OrganisationId,
    /// Its townships, each of one zone only.
    pub townships: Vec<RegionCode>,
    /// Why, for the second person.
    #[serde(default)]
    pub reason: String,
}

/// A zone.
#[derive(Debug, Serialize, ToSchema)]
pub struct ZoneView {
    id: String,
    county_code: RegionCode,
    name: String,
    lead_organisation_id: String,
    townships: Vec<RegionCode>,
    /// For `If-Match`.
    version: i32,
}

impl From<Zone> for ZoneView {
    fn from(zone: Zone) -> Self {
        Self {
            id: zone.id.to_string(),
            county_code: zone.county,
            name: zone.name,
            lead_organisation_id: zone.lead.to_string(),
            townships: zone.townships,
            version: zone.version,
        }
    }
}

/// The zones of one's county (or of the counties of one's city).
#[derive(Debug, Serialize, ToSchema)]
pub struct ZonesView {
    /// All of them.
    pub items: Vec<ZoneView>,
}

/// The zones of one's county
///
/// The zones of one's county, or of every county in one's city.
#[utoipa::path(
    operation_id = "list_zones", tag = "zones",
    responses((status = 200, body = ZonesView), Problems)
)]
#[get("/admin/zones")]
pub async fn zones(app: Data<App>, staff: Staff) -> Result<HttpResponse, Problem> {
    let items = service::list(&app, &staff.scope).await?;
    let items = items.into_iter().map(ZoneView::from).collect();
    Ok(private_json(&ZonesView { items }))
}

/// Propose a new zone
///
/// Propose a new zone. It is there when a second person approves.
#[utoipa::path(
    operation_id = "propose_zone", tag = "zones",
    request_body = ZoneBody,
    responses((status = 202, body = ProposedView), Problems)
)]
#[post("/admin/zones")]
pub async fn propose_zone(
    app: Data<App>,
    guarded: Guarded<Body<ZoneBody>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let view = service::propose(&app, &staff, None, body.0).await?;
    Ok(accepted_json(&view))
}

/// Propose to change a zone
///
/// Propose another name, lead or other townships for a zone. When a second person approves, the cases that
/// went across the zone's old borders are routed anew.
#[utoipa::path(
    operation_id = "propose_zone_change", tag = "zones",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version seen")),
    request_body = ZoneBody,
    responses((status = 202, body = ProposedView), Problems)
)]
#[put("/admin/zones/{id}")]
pub async fn propose_zone_change(
    app: Data<App>,
    guarded: Guarded<(Segment<ZoneId>, IfMatch, Body<ZoneBody>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let view = service::propose(&app, &staff, Some((id.0, seen.0)), body.0).await?;
    Ok(accepted_json(&view))
}
