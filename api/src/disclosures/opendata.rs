//! A version as a plain table for programs: names of fields in the first row, then a row a line, nothing above and
//! nothing below, always the same bytes. What `export.csv` is for people, this is for whoever computes with it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::disclosure::ledger::Column;
use domain::disclosure::table::{self, Layout, Type};
use domain::id::DisclosureId;
use domain::time::Timestamp;
use serde::Serialize;
use store::Tx;
use store::disclosures::{self, Record, TableLine};

use super::sight::{Eyes, Sight};
use super::versions;
use crate::app::App;
use crate::error::ServiceError;
use crate::http::body::Segments;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{holds_today, public_file};
use crate::spreadsheet::{CSV, guarded};

/// A field of a table, as a Table Schema describes it.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Its name in the first row.
    pub name: &'static str,
    /// What stands above the column on the board.
    pub title: &'static str,
    /// `string`, `integer`, `number` or `date`.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its columns.
    pub fields: Vec<Field>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The lines of a version, as everybody may read them; amounts in yuan.
    ///
    /// # Errors
    /// The store's.
    pub fn of(tx: &mut Tx<'_>, record: &Record) -> Result<Self, ServiceError> {
        let sight = Sight::of(tx, &record.sheet, Eyes::Everybody)?;
        if let Some(layout) = Layout::of(record.sheet.kind) {
            let rows = disclosures::all_rows(tx, &record.sheet)?;
            return Ok(Self::of_layout(layout, &rows, &sight));
        }
        let field = |column: Column| Field {
            name: column.name(),
            title: column.heading(),
            kind: match column {
                Column::No | Column::FileCount => "integer",
                Column::Date => "date",
                Column::Income | Column::Expense | Column::Balance => "number",
                _ => "string",
            },
        };
        let lines = disclosures::all_lines(tx, record)?.into_iter();
        let lines = lines.map(|line| sight.line(line.line));
        Ok(Self {
            fields: Column::ALL.map(field).into(),
            rows: lines
                .map(|line| Column::ALL.map(|column| column.text(&line)).into())
                .collect(),
        })
    }

    /// The rows of a table as everybody may read them, each under its number.
    fn of_layout(layout: &'static Layout, rows: &[TableLine], sight: &Sight) -> Self {
        let columns = || {
            let columns = layout.columns.iter().enumerate();
            columns.filter(|(_, column)| column.kind != Type::Number)
        };
        let field = |(_, column): (usize, &'static table::Column)| Field {
            // Its amounts are yuan here.
            name: column.key.trim_end_matches("_fen"),
            title: column.heading,
            kind: match column.kind {
                Type::Money | Type::Signed | Type::Quantity | Type::Rate | Type::Percent => {
                    "number"
                }
                Type::Date => "date",
                _ => "string",
            },
        };
        let number = Field {
            name: Column::No.name(),
            title: Column::No.heading(),
            kind: "integer",
        };
        let texts = |line: &TableLine| {
            let row = sight.row(layout, &line.row);
            let text = |(index, column): (usize, &'static table::Column)| {
                let cell = row.cells.get(index).and_then(Option::as_ref);
                cell.map(|value| column.written(value)).unwrap_or_default()
            };
            std::iter::once(row.no.to_string())
                .chain(columns().map(text))
                .collect()
        };
        Self {
            fields: std::iter::once(number)
                .chain(columns().map(field))
                .collect(),
            rows: rows.iter().map(texts).collect(),
        }
    }

    /// As CSV after RFC 4180, UTF-8 without a mark at its beginning. No text becomes a formula in somebody's
    /// spreadsheet.
    ///
    /// # Errors
    /// Writing to memory does not fail; the type says it could.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut bytes = Vec::new();
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(&mut bytes);
        writer.write_record(self.fields.iter().map(|field| field.name))?;
        for row in &self.rows {
            let cells = row.iter().zip(&self.fields);
            writer.write_record(cells.map(|(text, field)| match field.kind {
                // A minus before an amount is no formula.
                "string" => guarded(text),
                _ => text.clone(),
            }))?;
        }
        writer.flush()?;
        drop(writer);
        Ok(bytes)
    }
}

/// A version as CSV.
///
/// # Errors
/// [`ServiceError::NotFound`]; what [`versions::readable`] says.
pub fn csv_of(
    tx: &mut Tx<'_>,
    id: &DisclosureId,
    version: Option<i32>,
    now: Timestamp,
) -> Result<(Record, Table, Vec<u8>), ServiceError> {
    let record = versions::public_lines(tx, id, version, now)?;
    let table = Table::of(tx, &record)?;
    let bytes = table
        .csv()
        .map_err(|error| ServiceError::Broken(error.to_string()))?;
    Ok((record, table, bytes))
}

/// The name of a file of a version, without its ending.
#[must_use]
pub fn name_of(record: &Record) -> String {
    let sheet = &record.sheet;
    let (kind, version) = (sheet.kind.as_str(), record.version);
    format!("{}-{kind}-{}-v{version}", sheet.region, sheet.period).to_lowercase()
}

/// The lines of a published version as a plain CSV table for programs; the data package describes it
///
/// UTF-8, a heading row, amounts as plain decimals and days as ISO 8601; the fields are described in `datapackage.json`
/// of the same version.
#[utoipa::path(
    operation_id = "get_disclosure_data", tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("version" = i32, Path, description = "The version"),
    ),
    responses(
        (status = 200, description = "The table", content((String = "text/csv"))),
        Problems
    )
)]
#[get("/disclosures/{id}/versions/{version}/data.csv")]
pub async fn disclosure_data(
    app: Data<App>,
    req: HttpRequest,
    at: Segments<DisclosureId>,
) -> Result<HttpResponse, Problem> {
    let Segments(id, version) = at;
    let version: i32 = version.parse().map_err(|_| ServiceError::NotFound)?;
    let now = app.clocks.case();
    let (record, _, bytes) = app
        .db
        .read(move |tx| csv_of(tx, &id, Some(version), now))
        .await?;
    let name = format!("{}.csv", name_of(&record));
    Ok(holds_today(public_file(&req, bytes, CSV, &name), now))
}
