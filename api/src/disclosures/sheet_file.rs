//! A disclosure with all its lines as a file to save, in the layout it was handed in.

use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::table::{Layout, TableRow};
use store::disclosures::{Line, Record, TableLine};
use store::{Tx, regions};

use super::lines::{ColumnView, Lines};
use super::sight::{Eyes, Sight};
use super::views::{DisclosureView, ExportView};
use super::{export, tables};
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::lang::Lang;
use crate::http::problem::Problem;
use crate::spreadsheet::{CSV, XLSX};

/// What the file is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// For a text editor.
    Csv,
    /// For a spreadsheet program.
    Xlsx,
    /// For a program.
    Json,
}

impl FileFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => CSV,
            Self::Xlsx => XLSX,
            Self::Json => "application/json",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

impl TryFrom<&str> for FileFormat {
    type Error = Problem;

    /// Reads the end of a path; anything else is no file there is.
    fn try_from(word: &str) -> Result<Self, Problem> {
        let known = [Self::Csv, Self::Xlsx, Self::Json];
        let mut found = known.into_iter().filter(|known| known.ending() == word);
        found.next().ok_or_else(|| Problem::new(Code::NotFound))
    }
}

/// A version with all its lines, for these eyes.
pub struct SheetFile {
    record: Record,
    lines: Lines,
    village: String,
    eyes: Eyes,
}

impl SheetFile {
    /// Fetches the lines of a version.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx<'_>, record: Record, eyes: Eyes) -> Result<Self, ServiceError> {
        let lines = Lines::find(tx, &record, None, i64::MAX, eyes)?;
        let village = regions::find(tx, &record.sheet.region)?;
        Ok(Self {
            village: village
                .map(|village| village.short_name)
                .unwrap_or_default(),
            record,
            lines,
            eyes,
        })
    }

    /// What the file is called.
    #[must_use]
    pub fn name(&self, format: FileFormat) -> String {
        let sheet = &self.record.sheet;
        let (region, kind, period) = (&sheet.region, sheet.kind.as_str(), sheet.period);
        format!("{region}-{kind}-{period}.{}", format.ending())
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// When a text does not fit a cell, which the ones read from a sheet do.
    pub async fn written(self, format: FileFormat, lang: Lang) -> Result<Vec<u8>, ServiceError> {
        // Writing a workbook of a long ledger takes a second of a core.
        tokio::task::spawn_blocking(move || match format {
            FileFormat::Json => self.json(lang),
            FileFormat::Csv => self.csv(),
            FileFormat::Xlsx => self.xlsx(),
        })
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))?
        .map_err(ServiceError::Broken)
    }

    fn json(self, lang: Lang) -> Result<Vec<u8>, String> {
        let export = ExportView {
            disclosure: DisclosureView::of(&self.record, self.eyes),
            columns: ColumnView::all(self.record.sheet.kind, lang),
            lines: self.lines.all(lang),
        };
        serde_json::to_vec(&export).map_err(|error| error.to_string())
    }

    fn csv(self) -> Result<Vec<u8>, String> {
        let meta = self.meta();
        match self.lines {
            Lines::Ledger { found, beside } => {
                export::csv(&meta, &ledger_lines(found, &beside.sight))
            }
            Lines::Table {
                layout,
                found,
                sight,
                ..
            } => tables::csv(&meta, layout, &table_rows(found, layout, &sight)),
        }
        .map_err(|error| error.to_string())
    }

    fn xlsx(self) -> Result<Vec<u8>, String> {
        let meta = self.meta();
        match self.lines {
            Lines::Ledger { found, beside } => {
                export::xlsx(&meta, &ledger_lines(found, &beside.sight))
            }
            Lines::Table {
                layout,
                found,
                sight,
                ..
            } => tables::xlsx(&meta, layout, &table_rows(found, layout, &sight)),
        }
        .map_err(|error| error.to_string())
    }

    fn meta(&self) -> export::Meta {
        export::Meta {
            title: self.record.title.clone(),
            village: self.village.clone(),
            period: self.record.sheet.period,
            opening: self.record.sheet.opening,
            closing: self.record.sheet.closing,
            chart: self.record.sheet.chart,
        }
    }
}

fn ledger_lines(lines: Vec<Line>, sight: &Sight) -> Vec<LedgerLine> {
    let lines = lines.into_iter();
    lines.map(|line| sight.line(line.line)).collect()
}

fn table_rows(lines: Vec<TableLine>, layout: &Layout, sight: &Sight) -> Vec<TableRow> {
    let lines = lines.iter();
    lines
        .map(|line| sight.row(layout, &line.row).into_owned())
        .collect()
}
