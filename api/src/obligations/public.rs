//! What must be published when, for everybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::disclosure::period::Period;
use domain::obligation::Status;
use domain::region::RegionCode;
use serde::Deserialize;
use store::obligations::Filter;
use utoipa::IntoParams;

use super::views::{CatalogueView, MatterView, ObligationsView};
use super::{service, sheet};
use crate::app::App;
use crate::error::ServiceError;
use crate::http::body::{Params, Segment, Segments};
use crate::http::lang::Reader;
use crate::http::page::Want;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{holds_today, public_file, public_json, public_part};
use crate::spreadsheet::{CSV, XLSX};

/// Which obligations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ObligationsQuery {
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

/// What must be published when, and what became of it: a village's, or counts and a list of all villages of a region
///
/// What a region's villages must publish when: on time, due, overdue, missing, or published late.
#[utoipa::path(
    operation_id = "list_obligations_of_region", tag = "disclosures",
    params(("code" = RegionCode, Path, description = "The region's code"), ObligationsQuery),
    responses((status = 200, body = ObligationsView), Problems)
)]
#[get("/regions/{code}/obligations")]
pub async fn obligations_of_region(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
    query: Params<ObligationsQuery>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let want = Want::read(query.limit, query.cursor.as_deref())?;
    let (status, period) = (query.status.as_deref(), query.period.as_deref());
    let filter = service::filter(status, period, query.item.as_deref());
    let filter = Filter {
        after: want.after.clone(),
        limit: want.rows(),
        ..filter.map_err(Problem::of_query)?
    };
    let shelf = service::shelf(&app, code.0, filter).await?;
    let asked = (req.path(), req.query_string());
    let now = shelf.now;
    let (view, link) = ObligationsView::page(shelf, &want, reader.0, asked);
    Ok(holds_today(public_part(&req, &view, link), now))
}

/// The catalogue of what must be published, as it is in force in a region
///
/// The catalogue in force in a region (公开目录): every matter with what it rests on, how often, until when, by whom.
#[utoipa::path(
    operation_id = "get_catalogue_of_region", tag = "disclosures",
    params(("code" = RegionCode, Path, description = "The region's code")),
    responses((status = 200, body = CatalogueView), Problems)
)]
#[get("/regions/{code}/catalogue")]
pub async fn catalogue_of_region(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
) -> Result<HttpResponse, Problem> {
    let (region, matters) = service::matters(&app, code.0).await?;
    let view = CatalogueView {
        region_code: region.region.code,
        items: matters.into_iter().map(MatterView::from).collect(),
    };
    Ok(public_json(&req, &view))
}

/// The catalogue in force in a region as a sheet of seven columns (村务公开目录), to hang up
///
/// Seven columns as the standard directories of village affairs have them: matter, basis, time limit, who publishes,
/// where, and at which level; as CSV or as a workbook.
#[utoipa::path(
    operation_id = "get_catalogue_sheet", tag = "disclosures",
    params(
        ("code" = RegionCode, Path, description = "The region's code"),
        ("format" = String, Path, description = "csv or xlsx"),
    ),
    responses(
        (status = 200, description = "The sheet", content(
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Problems
    )
)]
#[get("/regions/{code}/catalogue.{format}")]
pub async fn catalogue_sheet(
    app: Data<App>,
    req: HttpRequest,
    at: Segments<RegionCode>,
) -> Result<HttpResponse, Problem> {
    let Segments(code, format) = at;
    let (region, matters) = service::matters(&app, code).await?;
    let title = format!("{}村务公开目录", region.short_name);
    let made = match format.as_str() {
        "csv" => sheet::csv(&matters)
            .map(|bytes| (bytes, CSV))
            .map_err(|error| error.to_string()),
        "xlsx" => sheet::xlsx(&title, &matters)
            .map(|bytes| (bytes, XLSX))
            .map_err(|error| error.to_string()),
        _ => return Err(ServiceError::NotFound.into()),
    };
    let (bytes, kind) = made.map_err(ServiceError::Broken)?;
    let name = format!("{}-catalogue.{format}", region.region.code);
    Ok(public_file(&req, bytes, kind, &name))
}
