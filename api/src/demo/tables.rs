//! Tables of the demo beside its ledgers: benefits, contracts, debts, a project.

use std::sync::Arc;

use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::region::RegionCode;
use serde::Deserialize;

use super::ledgers::show;
use super::people::People;
use super::story::Village;
use crate::app::App;
use crate::disclosures::checking::Handed;
use crate::disclosures::sheet::Chosen;
use crate::spreadsheet;

const TABLES: &str = include_str!("../../data/demo-tables.json");

#[derive(Deserialize)]
struct File {
    tables: Vec<TableOf>,
}

/// A table of one period.
#[derive(Debug, Clone, Deserialize)]
pub struct TableOf {
    /// The village.
    pub region_code: String,
    kind: DisclosureKind,
    period: Period,
    /// The day it is published.
    pub published_on: String,
    /// The headings, and a row a row, as texts.
    rows: Vec<Vec<String>>,
}

/// Reads the file.
pub fn read() -> Result<Vec<TableOf>, String> {
    let file: File =
        serde_json::from_str(TABLES).map_err(|error| format!("demo-tables.json: {error}"))?;
    Ok(file.tables)
}

/// Publishes a table as its clerk, its committee and its publisher.
pub async fn publish(
    app: &Arc<App>,
    people: &People,
    village: &Village,
    table: &TableOf,
) -> Result<(), String> {
    let what = format!("{} {} {}", village.name, table.kind.as_str(), table.period);
    let region =
        RegionCode::try_from(table.region_code.as_str()).map_err(|error| error.to_string())?;
    let rows = table.rows.iter();
    let rows = rows.map(|row| row.iter().map(|cell| cell.as_str().into()).collect());
    let handed = Handed {
        region,
        kind: table.kind,
        period: table.period,
        opening: None,
        closing: None,
        chart: None,
        columns: Chosen::new(),
        file_name: format!("{what}.csv"),
        bytes: spreadsheet::csv(rows).map_err(|error| error.to_string())?,
    };
    show(app, people, village, handed, &what).await
}
