//! The endpoints about cases as files.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::complaint::identity::{REASON_MAX, REASON_MIN};
use domain::id::ExportId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::export::{self, CaseExportView, Form, RequestedExportView, WhichCases};
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::{Body, Params, Segments};
use crate::http::lang::Reader;
use crate::http::page::{Page, Want};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, sandboxed};
use crate::http::words::words;
use crate::spreadsheet::{CSV, XLSX};

/// Which cases, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestExport {
    /// Which.
    pub which: WhichCases,
    /// Why, for the second person and for later: 10 to 2000 characters.
    #[schema(min_length = 10, max_length = 2000)]
    pub reason: String,
}

/// Where a page of exports begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportParams {
    /// Rows, 1 to 100, default 20.
    limit: Option<u32>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// A page of exports.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the contract; pages are written by http::page"
)]
pub struct CaseExportPage {
    items: Vec<CaseExportView>,
    next_cursor: Option<String>,
}

/// Files of cases that one asked for
///
/// One's own exports, the newest first; `may_fetch` says which may be fetched now.
#[utoipa::path(
    operation_id = "exports", tag = "exports",
    params(ExportParams),
    responses((status = 200, body = CaseExportPage), Problems)
)]
#[get("/admin/exports")]
pub async fn exports(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<ExportParams>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    let want = Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let limit = want.rows();
    let rows = export::list(&app, &staff, want.after.clone(), limit).await?;
    let page = Page::cut(
        rows,
        &want,
        |(_, place, id)| (*place, id.clone()),
        |(item, _, _)| item,
    );
    Ok(page.private(&req))
}

/// Ask for cases as a file
///
/// Ask for cases as a file, at most 2000. Somebody of the region's discipline organs decides; then it may be fetched for
/// three working days.
#[utoipa::path(
    operation_id = "request_export", tag = "exports",
    request_body = RequestExport,
    responses((status = 202, body = RequestedExportView, description = "It waits for a second person"), Problems)
)]
#[post("/admin/exports")]
pub async fn request_export(
    app: Data<App>,
    guarded: Guarded<Body<RequestExport>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let reason = words("/reason", &body.0.reason, REASON_MIN, REASON_MAX)?;
    let made = export::request(&app, &staff, body.0.which, reason).await?;
    Ok(accepted_json(&made))
}

/// Fetch the file
///
/// Fetch the cases: those that one may know of at this moment, each as its page shows it to oneself, and never who
/// complained. Words that somebody typed are no formulas. Each time stands in the audit of every case.
#[utoipa::path(
    operation_id = "fetch_export", tag = "exports",
    params(
        ("id" = String, Path, description = "The export's"),
        ("format" = String, Path, description = "csv or xlsx")
    ),
    responses(
        (status = 200, description = "The file", content(
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Problems
    )
)]
#[get("/admin/exports/{id}/{format}")]
pub async fn fetch_export(
    app: Data<App>,
    guarded: Guarded<(Segments<ExportId>, Reader)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (Segments(id, format), reader)) = guarded;
    let (form, kind) = match format.as_str() {
        "csv" => (Form::Csv, CSV),
        "xlsx" => (Form::Xlsx, XLSX),
        _ => return Err(Problem::new(Code::NotFound)),
    };
    let bytes = export::fetch(&app, &staff, id, form, reader.0).await?;
    let name = format!("cases-{}.{format}", app.clocks.case().day());
    Ok(sandboxed(bytes, kind, &name))
}
