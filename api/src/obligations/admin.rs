//! What must be published when, for staff: the calendar of all villages of one's region, and events after which
//! something must be published at once.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::disclosure::period::Period;
use domain::id::ObligationId;
use domain::obligation::Status;
use domain::region::RegionCode;
use serde::Deserialize;
use store::obligations::Filter;
use utoipa::IntoParams;

use super::events::{self, EventBody};
use super::service;
use super::striking::{self, StrikeBody};
use super::views::{ObligationDetail, ObligationsView};
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::{Body, Params, Segment};
use crate::http::lang::Reader;
use crate::http::page::{Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, created_json, private_json};
use crate::propose::ProposedView;

/// Which obligations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StaffObligationsQuery {
    /// A region within one's own; one's own without.
    #[param(value_type = Option<RegionCode>)]
    region: Option<String>,
    /// Only those that stand like this: `on_time`, `due`, `overdue`, `missing`, `late`, `struck`.
    #[param(value_type = Option<Status>)]
    status: Option<String>,
    /// Only of exactly this period: 2026-10, 2026-Q4 or 2026.
    #[param(value_type = Option<Period>)]
    period: Option<String>,
    /// Only of this matter, by its code in the catalogue.
    #[param(max_length = 40)]
    item: Option<String>,
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What the villages of one's region must publish, with counts of each
///
/// The calendar of all villages of one's region: what is due, overdue, missing.
#[utoipa::path(
    operation_id = "list_obligations", tag = "obligations",
    params(StaffObligationsQuery),
    responses((status = 200, body = ObligationsView), Problems)
)]
#[get("/admin/obligations")]
pub async fn list_obligations(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<(Params<StaffObligationsQuery>, Reader)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (query, reader)) = guarded;
    let query = query.0;
    let want = Want::read(query.limit, query.cursor.as_deref())?;
    let region = query
        .region
        .map(RegionCode::try_from)
        .transpose()
        .map_err(|_| bad("region", Code::InvalidRegionCode))?;
    let (status, period) = (query.status.as_deref(), query.period.as_deref());
    let filter = service::filter(status, period, query.item.as_deref());
    let filter = Filter {
        after: want.after.clone(),
        limit: want.rows(),
        ..filter.map_err(Problem::of_query)?
    };
    let shelf = service::shelf_for(&app, &staff, region, filter).await?;
    let asked = (req.path(), req.query_string());
    let (view, link) = ObligationsView::page(shelf, &want, reader.0, asked);
    let mut response = HttpResponse::Ok();
    response.insert_header(("Cache-Control", "no-store"));
    if let Some(link) = link {
        response.insert_header(("Link", link));
    }
    Ok(response.json(&view))
}

/// Write down an event after which something must be published at once
///
/// Write down an event after which something must be published at once. Its days are counted from the day of the event,
/// whenever it is written down. The same event twice is one.
#[utoipa::path(
    operation_id = "record_obligation_event", tag = "obligations",
    request_body = EventBody,
    responses((status = 201, body = ObligationDetail), Problems)
)]
#[post("/admin/obligations")]
pub async fn record_event(
    app: Data<App>,
    guarded: Guarded<(Body<EventBody>, Reader)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (body, reader)) = guarded;
    let (record, _) = events::record(&app, &staff, body.0).await?;
    let climbed = service::one_for(&app, &staff, record.id).await?;
    let view = ObligationDetail::in_lang(climbed, reader.0);
    Ok(created_json(record.edition, &view))
}

/// What one village must publish, and whom its lateness has reached
///
/// One obligation, with the steps it has climbed.
#[utoipa::path(
    operation_id = "get_obligation", tag = "obligations",
    params(("id" = ObligationId, Path)),
    responses((status = 200, body = ObligationDetail), Problems)
)]
#[get("/admin/obligations/{id}")]
pub async fn one_obligation(
    app: Data<App>,
    guarded: Guarded<(Segment<ObligationId>, Reader)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, reader)) = guarded;
    let climbed = service::one_for(&app, &staff, id.0).await?;
    Ok(private_json(&ObligationDetail::in_lang(climbed, reader.0)))
}

/// Ask to strike an event that was written down by mistake
///
/// Propose to strike an event that was written down by mistake: the wrong village, the wrong day, or it never happened.
/// Nothing changes until a second person approves; then nothing is owed any more, the ladder ends, and the obligation
/// stays in the lists as struck, with the reason. The same event may be written down again. What the catalogue asks for
/// period by period, what is published already, and what is struck already is refused.
#[utoipa::path(
    operation_id = "strike_obligation_event", tag = "obligations",
    params(("id" = ObligationId, Path)),
    request_body = StrikeBody,
    responses((status = 202, body = ProposedView), Problems)
)]
#[post("/admin/obligations/{id}/strike")]
pub async fn strike_event(
    app: Data<App>,
    guarded: Guarded<(Segment<ObligationId>, Body<StrikeBody>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, body)) = guarded;
    let view = striking::propose(&app, &staff, id.0, body.0).await?;
    Ok(accepted_json(&view))
}
