//! `import`: the same importers as the web's. A bad file names its places; nothing is half imported.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::region::RegionCode;
use store::calendar::recounts;
use yidiantong::app::App;
use yidiantong::complaints::recount;
use yidiantong::disclosures::service::{self, Drafter, Handed};
use yidiantong::import::ImportError;
use yidiantong::{powers, regions, sla};

use super::{Failure, Flags, block_on, configure, open};

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// A tree of regions: CSV code,name,level,parent_code
    Regions { file: PathBuf },
    /// Announced days off and make-up working days: CSV date,kind,name
    Holidays {
        file: PathBuf,
        /// The region whose own days these are; the whole country without
        #[arg(long, value_name = "CODE", value_parser = |text: &str| RegionCode::try_from(text))]
        region: Option<RegionCode>,
    },
    /// A micro-power list: JSON
    Powers { file: PathBuf },
    /// A village's disclosure as a draft: XLSX or CSV in the layout of the template, or JSON as exported
    Disclosure {
        file: PathBuf,
        /// The village's code
        #[arg(long, value_name = "CODE", value_parser = |text: &str| RegionCode::try_from(text))]
        region: RegionCode,
        /// What it is: ledger, summary, balance_sheet, …
        #[arg(long, value_name = "KIND", value_parser = kind)]
        kind: DisclosureKind,
        /// 2026-10, 2026-Q4 or 2026
        #[arg(long, value_name = "P", value_parser = Period::parse)]
        period: Period,
        /// The chart of accounts, 2004 or 2024; without, the sheet or the period says which
        #[arg(long, value_name = "YEAR", value_parser = chart)]
        chart: Option<ChartVersion>,
    },
}

fn chart(text: &str) -> Result<ChartVersion, String> {
    ChartVersion::parse(text).ok_or_else(|| "2004 or 2024".to_owned())
}

fn kind(text: &str) -> Result<DisclosureKind, String> {
    DisclosureKind::parse(text).ok_or_else(|| {
        let kinds = DisclosureKind::ALL.map(DisclosureKind::as_str);
        format!("one of {}", kinds.join(", "))
    })
}

impl Import {
    fn file(&self) -> &Path {
        match self {
            Self::Regions { file }
            | Self::Holidays { file, .. }
            | Self::Powers { file }
            | Self::Disclosure { file, .. } => file,
        }
    }

    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, Flags::default())?;
        let file = self.file().to_owned();
        let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        block_on(async move {
            let app = open(config).await?;
            eprintln!("importing {} ({} bytes) …", file.display(), bytes.len());
            let summary = self
                .take_in(&app, &bytes)
                .await
                .map_err(|error| Failure::of_import(&file, error))?;
            println!("{summary}");
            Ok(())
        })
    }

    /// Imports, and says in one line what came of it.
    async fn take_in(&self, app: &Arc<App>, bytes: &[u8]) -> Result<String, ImportError> {
        Ok(match self {
            Self::Regions { .. } => {
                let done = regions::import::import_regions(app, bytes).await?;
                format!(
                    "regions: {} new, {} renamed, {} unchanged",
                    done.new, done.renamed, done.unchanged
                )
            }
            Self::Holidays { file, region } => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let region = region.clone();
                let done = sla::import::import_holidays(app, bytes, region, &name).await?;
                // A server that runs beside this one takes part of the work, and of these lines.
                for ((before, after), clocks) in recount::finish(app).await? {
                    println!("{before} -> {after}: {clocks}");
                }
                let version = done.version;
                let moved = app.db.read(move |tx| recounts::moved(tx, version)).await?;
                format!(
                    "holidays: {} days, calendar version {version}, {moved} open cases told",
                    done.days
                )
            }
            Self::Powers { .. } => {
                let done = powers::import::import_powers(app, bytes).await?;
                format!(
                    "powers: {} new, {} changed, {} unchanged",
                    done.new, done.changed, done.unchanged
                )
            }
            Self::Disclosure {
                file,
                region,
                kind,
                period,
                chart,
            } => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let handed = Handed {
                    region: region.clone(),
                    kind: *kind,
                    period: *period,
                    opening: None,
                    closing: None,
                    chart: *chart,
                    file_name: name.into_owned(),
                    bytes: bytes.to_vec(),
                };
                let done = service::import_sheet(app, handed, Drafter::Operator).await?;
                for warning in &done.warnings {
                    eprintln!("warning: {}: {warning}", file.display());
                }
                format!(
                    "disclosure {}: draft of {}, {} lines",
                    done.record.id, done.record.title, done.record.sheet.line_count
                )
            }
        })
    }
}
