//! `verify`: whether what was written down is still what was written down; also while a server runs.

use std::path::Path;
use std::time::Duration;

use clap::Subcommand;
use store::Db;
use yidiantong::audit::watch;
use yidiantong::ports::clock::Clocks;

use super::{Failure, block_on, configure};

#[derive(Debug, Subcommand)]
pub(super) enum Verify {
    /// Recompute the audit's chain from its first link on; names each broken row
    Audit,
}

impl Verify {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, None)?;
        let now = Clocks::wall_clock().wall();
        match self {
            Self::Audit => block_on(async move {
                let failed = |error: store::StoreError| Failure::Sentence(error.to_string());
                // Opened as it is: what is looked at is not changed by looking.
                let db = Db::open(&config.database).map_err(failed)?;
                let missing = db.read(store::migrate::missing).await.map_err(failed)?;
                if let Some(name) = missing.first() {
                    return Err(Failure::Sentence(format!(
                        "the database lacks the migration {name}: run `yidiantong migrate up` first"
                    )));
                }
                let report = watch::verify(&db, now, Duration::ZERO)
                    .await
                    .map_err(failed)?;
                println!(
                    "audit: {} rows linked, {} waiting; head {}",
                    report.head.seq,
                    report.waiting,
                    domain::canon::hex(&report.head.hash)
                );
                for fault in &report.faults {
                    println!("{fault}");
                }
                match report.faults.first() {
                    None => Ok(()),
                    Some(first) => Err(Failure::Sentence(format!(
                        "the audit is broken, first at {first}"
                    ))),
                }
            }),
        }
    }
}
