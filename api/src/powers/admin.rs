//! Writing power lists.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post, put};
use domain::id::PowerDraftId;
use domain::power::PowerFile;
use domain::region::RegionCode;
use domain::role::Permission;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use super::admin_views::{
    NewPowerDraft, PowerDesk, PowerDraftBody, PowerDraftView, PowerImportView, PublishPowerBody,
};
use super::drafting::{self, New, Wish};
use super::import::{Run, import_as};
use super::public::list;
use super::service;
use super::views::PowerView;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::{Guarded, Staff};
use crate::http::body::{Body, IfMatch, Params, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{created_json, private_json, versioned_json};
use crate::import::ImportError;

/// Which list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeskQuery {
    /// A region of one's own.
    region: RegionCode,
    /// Which list: `power` (without), `duty` or `negative`.
    #[param(value_type = Option<domain::power::ListKind>)]
    list: Option<String>,
}

/// A list in force in a region, with its drafts
///
/// A list with what is being written at it.
#[utoipa::path(
    operation_id = "power_desk", tag = "powers",
    params(DeskQuery),
    responses((status = 200, body = PowerDesk), Problems)
)]
#[get("/admin/powers")]
pub async fn power_desk(
    app: Data<App>,
    guarded: Guarded<Params<DeskQuery>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, query) = guarded;
    let list = list(query.0.list.as_deref())?;
    let region = query.0.region;
    let desk = drafting::desk(&app, &staff.scope, region.clone(), list).await?;
    let may_edit = staff.scope.can(Permission::EditPowers);
    Ok(private_json(&PowerDesk::of(region, list, may_edit, desk)))
}

/// A draft beside what is in force
///
/// One draft.
#[utoipa::path(
    operation_id = "get_power_draft", tag = "powers",
    params(("id" = PowerDraftId, Path)),
    responses((status = 200, body = PowerDraftView), Problems)
)]
#[get("/admin/powers/drafts/{id}")]
pub async fn power_draft(
    app: Data<App>,
    staff: Staff,
    id: Segment<PowerDraftId>,
) -> Result<HttpResponse, Problem> {
    let beside = drafting::one(&app, &staff.scope, id.0).await?;
    let version = beside.draft.version;
    Ok(versioned_json(version, &PowerDraftView::from(beside)))
}

/// Begin a draft of an item
///
/// Begin a draft: of a new item, of the next version, of a village's own words over the county's, or of their end.
#[utoipa::path(
    operation_id = "begin_power_draft", tag = "powers",
    request_body = NewPowerDraft,
    responses((status = 201, body = PowerDraftView), Problems)
)]
#[post("/admin/powers/drafts")]
pub async fn begin_power_draft(
    app: Data<App>,
    guarded: Guarded<Body<NewPowerDraft>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let body = body.0;
    let wish = match (body.item, body.remove) {
        (Some(item), None) => Wish::Item(Box::new(item)),
        (None, Some(code)) => Wish::Remove(code),
        (None, None) => return Err(ServiceError::at("/item", Code::Required).into()),
        (Some(_), Some(_)) => return Err(ServiceError::at("/remove", Code::UnknownField).into()),
    };
    let new = New {
        region: body.region_code,
        list: body.list,
        wish,
        source: body.source,
        licence: body.licence,
    };
    let beside = drafting::begin(&app, &staff.scope, new).await?;
    let version = beside.draft.version;
    Ok(created_json(version, &PowerDraftView::from(beside)))
}

/// Change a draft
///
/// Write a draft anew.
#[utoipa::path(
    operation_id = "rewrite_power_draft", tag = "powers",
    params(("id" = PowerDraftId, Path), ("If-Match" = String, Header, description = "The version seen")),
    request_body = PowerDraftBody,
    responses((status = 200, body = PowerDraftView), Problems)
)]
#[put("/admin/powers/drafts/{id}")]
pub async fn rewrite_power_draft(
    app: Data<App>,
    guarded: Guarded<(Segment<PowerDraftId>, IfMatch, Body<PowerDraftBody>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let beside = drafting::rewrite(&app, &staff.scope, id.0, seen.0, body.0.item).await?;
    let version = beside.draft.version;
    Ok(versioned_json(version, &PowerDraftView::from(beside)))
}

/// Publish a draft as the next version
///
/// Publish a draft. It is the next version at once, for everybody; the one before stays to be read.
#[utoipa::path(
    operation_id = "publish_power_draft", tag = "powers",
    params(("id" = PowerDraftId, Path), ("If-Match" = String, Header, description = "The version seen")),
    request_body = PublishPowerBody,
    responses((status = 200, body = PowerView), Problems)
)]
#[post("/admin/powers/drafts/{id}/publish")]
pub async fn publish_power_draft(
    app: Data<App>,
    guarded: Guarded<(Segment<PowerDraftId>, IfMatch, Body<PublishPowerBody>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let one = drafting::publish(&app, &staff.scope, id.0, seen.0, &body.0.reason).await?;
    Ok(private_json(&PowerView::from(one)))
}

/// Throw a draft away
///
/// Throw a draft away. What is in force stays as it is.
#[utoipa::path(
    operation_id = "discard_power_draft", tag = "powers",
    params(("id" = PowerDraftId, Path), ("If-Match" = String, Header, description = "The version seen")),
    responses((status = 204, description = "It is gone; what is in force stays"), Problems)
)]
#[post("/admin/powers/drafts/{id}/discard")]
pub async fn discard_power_draft(
    app: Data<App>,
    guarded: Guarded<(Segment<PowerDraftId>, IfMatch)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen)) = guarded;
    drafting::discard(&app, &staff.scope, id.0, seen.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whether it is to be done.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// With `true` nothing is written: what would become of each item.
    #[serde(default)]
    preview: bool,
    /// Why, 1 to 300 characters: everybody reads it beside the new versions. Asked where something is written.
    #[param(max_length = 300)]
    reason: Option<String>,
}

/// Import a list from its file, or look what that would do
///
/// Import a list: every item that is new or other than in force becomes a version with the reason given; all of it or
/// nothing. A file with faults is refused, looked at or not, with the place of each.
#[utoipa::path(
    operation_id = "import_powers", tag = "powers",
    params(ImportQuery), request_body = PowerFile,
    responses((status = 200, body = PowerImportView), Problems)
)]
#[post("/admin/powers/import")]
pub async fn import_power_file(
    app: Data<App>,
    guarded: Guarded<(Params<ImportQuery>, Body<Value>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (query, body)) = guarded;
    let bytes = body.0.to_string().into_bytes();
    let ImportQuery { preview, reason } = query.0;
    let run = if preview {
        Run::Preview
    } else {
        let reason = reason.unwrap_or_default();
        let reason = drafting::reason("reason", &reason).map_err(Problem::of_query)?;
        Run::Real(Some(reason))
    };
    match import_as(&app, &staff.scope, &bytes, run).await {
        Ok(done) => Ok(private_json(&PowerImportView::of(done, !preview))),
        Err(ImportError::Faults(faults)) => {
            let faults = faults.into_iter().map(service::as_field).collect();
            Err(ServiceError::Invalid(faults).into())
        }
        Err(ImportError::Service(error)) => Err(error.into()),
    }
}
