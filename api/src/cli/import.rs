//! `import`: the same importers as the web's. A bad file names its places; nothing is half imported.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use yidiantong::app::App;
use yidiantong::import::ImportError;
use yidiantong::{powers, regions, sla};

use super::{Failure, block_on, configure, open};

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// A tree of regions: CSV code,name,level,parent_code
    Regions { file: PathBuf },
    /// Announced days off and make-up working days: CSV date,kind,name
    Holidays { file: PathBuf },
    /// A micro-power list: JSON
    Powers { file: PathBuf },
}

impl Import {
    fn file(&self) -> &Path {
        match self {
            Self::Regions { file } | Self::Holidays { file } | Self::Powers { file } => file,
        }
    }

    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, None)?;
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
    async fn take_in(&self, app: &App, bytes: &[u8]) -> Result<String, ImportError> {
        Ok(match self {
            Self::Regions { .. } => {
                let done = regions::import::import_regions(app, bytes).await?;
                format!(
                    "regions: {} new, {} renamed, {} unchanged",
                    done.new, done.renamed, done.unchanged
                )
            }
            Self::Holidays { file } => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let done = sla::import::import_holidays(app, bytes, &name).await?;
                format!(
                    "holidays: {} days, calendar version {}",
                    done.days, done.version
                )
            }
            Self::Powers { .. } => {
                let done = powers::import::import_powers(app, bytes).await?;
                format!(
                    "powers: {} new, {} changed, {} unchanged",
                    done.new, done.changed, done.unchanged
                )
            }
        })
    }
}
