//! Handing in a sheet: read and checked, or given back with its bad cells marked. Nothing is drafted here.

use actix_multipart::Multipart;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::region::RegionCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::checking::{self, Handed};
use super::sheet::{Chosen, MOST_CSV_BYTES, Senseless, senseless};
use super::views::PreviewView;
use crate::app::App;
use crate::codes::Code;
use crate::error::FieldFault;
use crate::http::auth::Guarded;
use crate::http::body::Params;
use crate::http::lang::Reader;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{private_json, sandboxed};
use crate::http::upload::{self, Name};
use crate::spreadsheet::XLSX;

/// The most bytes of what is said about columns: a heading of each.
const MOST_COLUMNS: usize = 8 * 1024;

/// The form of an import.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "it documents the form; the parts are read one by one"
)]
#[schema(as = DisclosureForm)]
pub struct PreviewForm {
    /// The workbook (.xlsx, at most 5 MiB), the CSV file (UTF-8 or GBK, at most 48 MiB), or JSON as exported.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// The village.
    region_code: RegionCode,
    kind: DisclosureKind,
    period: Period,
    /// 期初余额(元), in yuan, where a CSV file does not say it.
    opening: Option<String>,
    /// 期末余额(元), in yuan, where a CSV file does not say it.
    closing: Option<String>,
    /// The chart of accounts that the codes belong to, where the sheet does not say it; without, the period says which.
    chart_version: Option<ChartVersion>,
    /// A JSON object from headings of the layout (`收入(元)`) to the headings that the sheet has in their place (`进账`),
    /// or to an empty text where it has no such column whatever looks like it. At most 8 KiB.
    #[schema(example = r#"{"收入(元)":"进账","余额(元)":""}"#)]
    columns: Option<String>,
}

/// The pairs above the headings of a CSV file that has none.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PairsQuery {
    /// 期初余额(元), in yuan, where neither the file nor the form says it.
    opening: Option<String>,
    /// 期末余额(元), in yuan, where neither the file nor the form says it.
    closing: Option<String>,
}

/// The fields beside the file.
const NAMES: [Name; 7] = [
    Name::short("region_code"),
    Name::short("kind"),
    Name::short("period"),
    Name::short("opening"),
    Name::short("closing"),
    Name::short("chart_version"),
    Name {
        name: "columns",
        most: MOST_COLUMNS,
    },
];

/// Read and check a sheet: every bad cell is named, nothing is drafted yet
///
/// Reads and checks a sheet.
#[utoipa::path(
    tag = "disclosures",
    params(PairsQuery),
    request_body(content = PreviewForm, content_type = "multipart/form-data"),
    responses((status = 200, body = PreviewView), Problems)
)]
#[post("/admin/disclosures/preview")]
pub async fn preview_disclosure(
    app: Data<App>,
    req: HttpRequest,
    reader: Reader,
    guarded: Guarded<(Params<PairsQuery>, Multipart)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (query, parts)) = guarded;
    let handed = handed(&req, parts, query.0).await?;
    let preview = checking::preview(&app, &staff, handed).await?;
    Ok(private_json(&PreviewView::of(&preview, reader.0)))
}

/// The same check, given back as a workbook: the cells as they were read, the bad ones marked, and a list of what is wrong; nothing is kept
///
/// Marks a sheet.
#[utoipa::path(
    tag = "disclosures",
    description = "Values without the look of the original; numbers that lead to a person are hidden, and of a very long sheet only the first 300,000 cells are there. A file without cells (JSON, or one that cannot be read) gives the list alone.",
    params(PairsQuery),
    request_body(content = PreviewForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The workbook, to be saved", content(
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Problems
    )
)]
#[post("/admin/disclosures/preview/marked")]
pub async fn mark_disclosure(
    app: Data<App>,
    req: HttpRequest,
    reader: Reader,
    guarded: Guarded<(Params<PairsQuery>, Multipart)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (query, parts)) = guarded;
    let handed = handed(&req, parts, query.0).await?;
    let name = format!(
        "{}-{}-{}-marked.xlsx",
        handed.region,
        handed.kind.as_str(),
        handed.period
    );
    let bytes = checking::marked(&app, &staff, handed, reader.0).await?;
    Ok(sandboxed(bytes, XLSX, &name))
}

/// What is said about the columns, before the kind is known.
fn chosen(text: Option<String>) -> Result<Chosen, FieldFault> {
    let text = text.filter(|text| !text.trim().is_empty());
    let read = text.map(|text| serde_json::from_str(&text));
    read.transpose()
        .map(Option::unwrap_or_default)
        .map_err(|_| FieldFault::new("/columns".to_owned(), Code::WrongType))
}

/// What makes no sense about it.
fn column_faults(kind: DisclosureKind, chosen: &Chosen) -> Vec<FieldFault> {
    let fault = |(heading, why): (&str, Senseless)| {
        let heading = heading.replace('~', "~0").replace('/', "~1");
        let code = match why {
            Senseless::Unknown => Code::ColumnUnknown,
            Senseless::Twice => Code::ColumnTwice,
        };
        FieldFault::new(format!("/columns/{heading}"), code)
    };
    senseless(kind, chosen).into_iter().map(fault).collect()
}

/// The form, with everything that is wrong with it.
async fn handed(req: &HttpRequest, parts: Multipart, query: PairsQuery) -> Result<Handed, Problem> {
    let upload::Form { file, mut fields } =
        upload::read(req, parts, &NAMES, MOST_CSV_BYTES).await?;
    let mut faults = Vec::new();
    let mut fault = |name: &str, code| faults.push(FieldFault::new(format!("/{name}"), code));
    let mut required = |name: &str| {
        let text = fields.remove(name).filter(|text| !text.is_empty());
        if text.is_none() {
            fault(name, Code::Required);
        }
        text
    };
    let region = required("region_code");
    let kind = required("kind");
    let period = required("period");
    let chart = fields.remove("chart_version");
    let chart = chart.filter(|text| !text.is_empty());
    let chart = chart.map(|text| ChartVersion::parse(&text));
    if chart == Some(None) {
        fault("chart_version", Code::ChartUnknown);
    }
    let region = region.map(RegionCode::try_from).transpose();
    if region.is_err() {
        fault("region_code", Code::InvalidRegionCode);
    }
    let kind = kind.map(|kind| DisclosureKind::parse(&kind));
    if kind == Some(None) {
        fault("kind", Code::KindUnsupported);
    }
    let period = period.map(|period| Period::parse(&period)).transpose();
    if period.is_err() {
        fault("period", Code::InvalidPeriod);
    }
    if file.is_none() {
        fault("file", Code::FileMissing);
    }
    let columns = chosen(fields.remove("columns")).unwrap_or_else(|bad| {
        faults.push(bad);
        Chosen::new()
    });
    if let Some(kind) = kind.flatten() {
        faults.extend(column_faults(kind, &columns));
    }
    match (region, kind.flatten(), period, file) {
        (Ok(Some(region)), Some(kind), Ok(Some(period)), Some(file)) if faults.is_empty() => {
            Ok(Handed {
                region,
                kind,
                period,
                opening: fields.remove("opening").or(query.opening),
                closing: fields.remove("closing").or(query.closing),
                chart: chart.flatten(),
                columns,
                file_name: file.name,
                bytes: file.bytes,
            })
        }
        _ => Err(Problem::with_faults(Code::InvalidBody, faults)),
    }
}
