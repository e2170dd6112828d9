//! A disclosure as a Frictionless Data Package (specs.frictionlessdata.io, version 1): what the table is, of what type
//! each field, how long and with which digest, so that a program can check what it fetched.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::canon::sha256_hex;
use domain::id::DisclosureId;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::opendata::{Field, csv_of, name_of};
use super::page::page_of;
use super::sight::Eyes;
use super::versions::VersionQuery;
use super::views::digest;
use crate::app::App;
use crate::http::body::{Params, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{holds_today, public_json};

/// What a program needs to know of a version's table.
#[derive(Serialize, ToSchema)]
#[schema(as = DataPackage)]
pub struct Package {
    /// tabular-data-package
    profile: &'static str,
    /// Village, kind, period and version.
    name: String,
    /// The disclosure's id.
    id: DisclosureId,
    title: String,
    /// The version, as a program compares versions.
    version: String,
    /// When it was published.
    created: Timestamp,
    /// Where people read it.
    homepage: String,
    /// Which content it is; the same as that of the disclosure.
    content_sha256: String,
    licenses: Vec<Licence>,
    /// The table.
    resources: Vec<Resource>,
}

/// Under what it may be used.
#[derive(Serialize, ToSchema)]
#[schema(as = DataLicence)]
struct Licence {
    name: &'static str,
    title: &'static str,
}

/// Nobody here can say it for the villages: what no operator has declared is said to be so.
const NOT_DECLARED: Licence = Licence {
    name: "notspecified",
    title: "未另行声明（待核实） / not declared by whoever runs this",
};

/// The table of a package.
#[derive(Serialize, ToSchema)]
#[schema(as = DataResource)]
struct Resource {
    /// tabular-data-resource
    profile: &'static str,
    name: &'static str,
    title: String,
    /// Relative to the package.
    path: String,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: usize,
    /// `sha256:` and the digest of the file.
    hash: String,
    #[schema(value_type = Object)]
    dialect: Dialect,
    #[schema(value_type = Object)]
    schema: Schema,
}

/// How the CSV is written.
#[derive(Serialize)]
struct Dialect {
    delimiter: &'static str,
    #[serde(rename = "lineTerminator")]
    line_terminator: &'static str,
    #[serde(rename = "quoteChar")]
    quote_char: &'static str,
    #[serde(rename = "doubleQuote")]
    double_quote: bool,
    header: bool,
}

/// What its columns are.
#[derive(Serialize)]
struct Schema {
    fields: Vec<Field>,
    #[serde(rename = "primaryKey")]
    primary_key: &'static str,
    #[serde(rename = "missingValues")]
    missing_values: [&'static str; 1],
}

/// A published version as a Frictionless Data Package: the table's fields and types, its length and digest
///
/// Describes `data.csv` of the same version after the Frictionless Data Package standard: fields with types, the
/// primary key, length, digest and source; what licence holds is not declared. It validates.
#[utoipa::path(
    operation_id = "get_disclosure_package", tag = "disclosures",
    params(("id" = DisclosureId, Path, description = "The disclosure"), VersionQuery),
    responses((status = 200, body = Package), Problems)
)]
#[get("/disclosures/{id}/datapackage.json")]
pub async fn disclosure_package(
    app: Data<App>,
    req: HttpRequest,
    id: Segment<DisclosureId>,
    query: Params<VersionQuery>,
) -> Result<HttpResponse, Problem> {
    let (version, now) = (query.0.version, app.clocks.case());
    let (record, table, bytes) = app.db.read(move |tx| csv_of(tx, &id, version, now)).await?;
    let sheet = &record.sheet;
    let page = page_of(
        &sheet.region,
        sheet.kind,
        &sheet.period.to_string(),
        &record.id,
    );
    let homepage = format!("{}{page}", app.config.public_url);
    let package = Package {
        profile: "tabular-data-package",
        name: name_of(&record),
        title: record.title.clone(),
        version: format!("{}.0.0", record.version),
        created: record
            .progress
            .published()
            .map_or(record.created_at, |published| published.at),
        homepage,
        content_sha256: digest(&record, Eyes::Everybody),
        licenses: vec![NOT_DECLARED],
        resources: vec![Resource {
            profile: "tabular-data-resource",
            name: "data",
            title: record.title.clone(),
            path: format!("versions/{}/data.csv", record.version),
            format: "csv",
            mediatype: "text/csv",
            encoding: "utf-8",
            bytes: bytes.len(),
            hash: format!("sha256:{}", sha256_hex(&bytes)),
            dialect: Dialect {
                delimiter: ",",
                line_terminator: "\r\n",
                quote_char: "\"",
                double_quote: true,
                header: true,
            },
            schema: Schema {
                fields: table.fields,
                primary_key: "no",
                missing_values: [""],
            },
        }],
        id: record.id,
    };
    Ok(holds_today(public_json(&req, &package), now))
}
