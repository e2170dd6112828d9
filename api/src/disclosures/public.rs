//! What everybody may read of the accounts: what is published, and nothing of what is not.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::id::DisclosureId;
use domain::region::RegionCode;
use domain::time::Day;
use serde::Deserialize;
use store::disclosures::{self, PublicFilter, Record};
use store::{StoreError, regions};
use utoipa::IntoParams;

use super::lines::{AnyLineView, ColumnView, LayoutView, Lines};
use super::sheet_file::{FileFormat, SheetFile};
use super::sight::Eyes;
use super::template;
use super::versions::{self, CompareQuery, VersionQuery};
use super::views::{BreakdownView, DisclosureDetail, DisclosureView, ExportView, VersionView};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::body::{Params, Segment, Segments};
use crate::http::lang::Reader;
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{holds_today, public_file, public_json, public_page};
use crate::spreadsheet::XLSX;

/// Reads a word of a query.
pub(super) fn word<T>(
    name: &str,
    text: Option<&str>,
    code: Code,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    text.map(|text| read(text).ok_or_else(|| bad(name, code)))
        .transpose()
}

/// A page of the lines of a version.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Of this version; the present one when not said.
    pub version: Option<i32>,
    /// Rows of a page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Where the page begins: `next_cursor` of the one before.
    pub cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only of this kind.
    #[param(value_type = Option<DisclosureKind>)]
    kind: Option<String>,
    /// Only of exactly this period: 2026-10, 2026-Q4 or 2026.
    period: Option<String>,
    /// Rows of a page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page begins: `next_cursor` of the one before.
    cursor: Option<String>,
}

/// The days of a cursor, whole numbers as places in a list are.
fn day_number(day: Day) -> i64 {
    (day - Day::default()).num_days()
}

fn numbered_day(number: i64) -> Option<Day> {
    let days = u64::try_from(number.checked_abs()?).ok()?;
    if number < 0 {
        Day::default().checked_sub_days(chrono::Days::new(days))
    } else {
        Day::default().checked_add_days(chrono::Days::new(days))
    }
}

/// Published disclosures of a village, or of all villages of a region, the newest period first
///
/// The published disclosures of a region and of the villages in it, the newest period first; those that were withdrawn
/// say so.
#[utoipa::path(
    operation_id = "list_disclosures_of_region", tag = "disclosures",
    params(("code" = RegionCode, Path, description = "The region"), ListQuery),
    responses((status = 200, body = Page<DisclosureView>), Problems)
)]
#[get("/regions/{code}/disclosures")]
pub async fn disclosures_of_region(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
    query: Params<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let want = Want::read(query.limit, query.cursor.as_deref())?;
    let kind = word(
        "kind",
        query.kind.as_deref(),
        Code::WrongType,
        DisclosureKind::parse,
    )?;
    let period = word(
        "period",
        query.period.as_deref(),
        Code::InvalidPeriod,
        |text| Period::parse(text).ok(),
    )?;
    let after = match &want.after {
        Some((number, id)) => {
            let day = numbered_day(*number).ok_or_else(|| bad("cursor", Code::InvalidCursor))?;
            Some((day, id.clone()))
        }
        None => None,
    };
    let filter = PublicFilter {
        kind,
        period,
        after,
        limit: rows(&want),
    };
    let found = app
        .db
        .read(move |tx| {
            if !regions::exists(tx, &code)? {
                return Ok(None);
            }
            disclosures::published_in(tx, &code, &filter).map(Some)
        })
        .await
        .map_err(|error: StoreError| Problem::from(error))?
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let place = |record: &Record| {
        let day = day_number(record.sheet.period.last_day());
        (day, record.id.to_string())
    };
    let page = Page::cut(found, &want, place, |record| {
        DisclosureView::of(&record, Eyes::Everybody)
    });
    Ok(public_page(&req, &page))
}

/// One row more than asked for tells whether there is another page.
pub(super) fn rows(want: &Want) -> i64 {
    want.rows()
}

/// A published disclosure with its sums and signatures; of one that was withdrawn, when and why
///
/// Without `version` the version in force, which `current_version` names. Money is in fen. `breakdown` adds the lines
/// up by account, with what the account means in plain words; `content_sha256` is fixed by the content of the version,
/// so whoever noted it sees whether anything changed since.
#[utoipa::path(
    operation_id = "get_disclosure", tag = "disclosures",
    params(("id" = DisclosureId, Path, description = "The disclosure"), VersionQuery),
    responses((status = 200, body = DisclosureDetail), Problems)
)]
#[get("/disclosures/{id}")]
pub async fn disclosure(
    app: Data<App>,
    req: HttpRequest,
    id: Segment<DisclosureId>,
    query: Params<VersionQuery>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let wanted = query.0.version;
    let (record, current_version, lines) = app
        .db
        .read(move |tx| {
            let (record, current) = versions::public(tx, &id, wanted)?;
            // Of what was taken back nothing is added up.
            let most = match record.progress.withdrawn() {
                Some(_) => 0,
                None => i64::MAX,
            };
            // Sums alone leave here, and they name nobody: nothing has to be hidden.
            let lines = Lines::find(tx, &record, None, most, Eyes::Staff)?;
            Ok::<_, ServiceError>((record, current, lines))
        })
        .await?;
    let view = DisclosureDetail {
        disclosure: DisclosureView::of(&record, Eyes::Everybody),
        current_version,
        breakdown: BreakdownView::of(lines.of_ledger(), record.sheet.chart, reader.0),
        columns: ColumnView::all(record.sheet.kind, reader.0),
        totals: lines.totals(&record),
    };
    Ok(public_json(&req, &view))
}

/// The lines of a published ledger, or the rows of a table of another kind, in their order; of persons only the surname
///
/// In pages, of the version in force or of the one asked for. A complaint can be pinned to a line by its id, and
/// published answers stand beside the line. Names are masked on the server.
#[utoipa::path(
    operation_id = "list_disclosure_lines", tag = "disclosures",
    params(("id" = DisclosureId, Path, description = "The disclosure"), PageQuery),
    responses((status = 200, body = Page<AnyLineView>), Problems)
)]
#[get("/disclosures/{id}/lines")]
pub async fn disclosure_lines(
    app: Data<App>,
    req: HttpRequest,
    id: Segment<DisclosureId>,
    query: Params<PageQuery>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    let (after, limit) = (want.after.as_ref().map(|(no, _)| *no), rows(&want));
    let (version, now) = (query.0.version, app.clocks.case());
    let found = app
        .db
        .read(move |tx| {
            let record = versions::public_lines(tx, &id, version, now)?;
            Ok::<_, ServiceError>(Lines::find(tx, &record, after, limit, Eyes::Everybody)?)
        })
        .await?;
    let page = found.page(&want, reader.0);
    Ok(holds_today(public_page(&req, &page), now))
}

/// Every published version of a disclosure, the newest first, with why and what it changed
///
/// Each with its digest, its reason, and the lines that it added, took away and changed, before and after.
#[utoipa::path(
    operation_id = "list_disclosure_versions", tag = "disclosures",
    params(("id" = DisclosureId, Path, description = "The disclosure"), CompareQuery),
    responses((status = 200, body = Page<VersionView>), Problems)
)]
#[get("/disclosures/{id}/versions")]
pub async fn disclosure_versions(
    app: Data<App>,
    req: HttpRequest,
    id: Segment<DisclosureId>,
    query: Params<CompareQuery>,
) -> Result<HttpResponse, Problem> {
    let (compare, now) = (query.0, app.clocks.case());
    let page = app
        .db
        .read(move |tx| {
            let (record, _) = versions::public(tx, &id, None)?;
            versions::listed(tx, &record, Eyes::Everybody, compare, now)
        })
        .await?;
    Ok(holds_today(public_page(&req, &page), now))
}

/// A published disclosure as a file to save
///
/// CSV (UTF-8 with a byte order mark) or XLSX in the layout it was imported in, or JSON; each can be imported again.
/// Cells that a spreadsheet would take for a formula are made harmless; names are masked.
#[utoipa::path(
    operation_id = "export_disclosure", tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("format" = String, Path, description = "csv, xlsx or json"),
        VersionQuery,
    ),
    responses(
        (status = 200, description = "The file", content(
            (ExportView = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Problems
    )
)]
#[get("/disclosures/{id}/export.{format}")]
pub async fn disclosure_export(
    app: Data<App>,
    req: HttpRequest,
    at: Segments<DisclosureId>,
    query: Params<VersionQuery>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let Segments(id, format) = at;
    let format = FileFormat::try_from(format.as_str())?;
    let (version, now) = (query.0.version, app.clocks.case());
    let sheet = app
        .db
        .read(move |tx| {
            let record = versions::public_lines(tx, &id, version, now)?;
            SheetFile::of(tx, record, Eyes::Everybody)
        })
        .await?;
    let name = sheet.name(format);
    let bytes = sheet.written(format, reader.0).await?;
    let kind = format.media_type();
    Ok(holds_today(public_file(&req, bytes, kind, &name), now))
}

/// The layouts of every kind but the ledger: columns, their types, the words a cell may hold
///
/// For whoever writes a sheet to be imported, or reads one that was saved: the columns of each kind in their order,
/// which must be there, their types and units, and the words that a cell may hold.
#[utoipa::path(
    operation_id = "list_disclosure_layouts", tag = "disclosures",
    responses((status = 200, body = Page<LayoutView>), Problems)
)]
#[get("/disclosures/layouts")]
pub async fn disclosure_layouts(req: HttpRequest, reader: Reader) -> Result<HttpResponse, Problem> {
    let page = Page {
        items: LayoutView::all(reader.0),
        next_cursor: None,
    };
    Ok(public_page(&req, &page))
}

/// The empty workbook of a kind, to fill in and import, with a page of hints
///
/// The workbook that the import takes, with the headings of its kind and a page that explains each column. The same
/// bytes every time.
#[utoipa::path(
    operation_id = "get_disclosure_template", tag = "disclosures",
    params(("kind" = DisclosureKind, Path, description = "The kind")),
    responses(
        (status = 200, description = "The workbook", content(
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Problems
    )
)]
#[get("/disclosures/templates/{kind}.xlsx")]
pub async fn disclosure_template(
    req: HttpRequest,
    kind: Path<String>,
) -> Result<HttpResponse, Problem> {
    let kind = DisclosureKind::parse(&kind).ok_or_else(|| Problem::new(Code::NotFound))?;
    let bytes =
        template::template(kind).map_err(|error| ServiceError::Broken(error.to_string()))?;
    let name = format!("{}.xlsx", kind.as_str());
    Ok(public_file(&req, bytes, XLSX, &name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_keeps_the_day() {
        for text in ["1949-12-31", "1970-01-01", "2026-10-31", "2199-12-31"] {
            let day = domain::time::parse_day(text);
            assert!(day.is_some());
            assert_eq!(numbered_day(day.map(day_number).unwrap_or_default()), day);
        }
        assert_eq!(numbered_day(i64::MIN), None);
        assert_eq!(numbered_day(i64::MAX), None);
    }
}
