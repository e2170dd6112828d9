//! `verify`: whether what was written down is still what was written down; also while a server runs.

use std::path::Path;
use std::time::Duration;

use clap::Subcommand;
use domain::audit::UNLINKED_SECONDS;
use domain::canon::hex;
use store::Db;
use store::audit::guards;
use yidiantong::audit::watch;
use yidiantong::ports::clock::Clocks;

use super::{Failure, Flags, block_on, configure_existing, must_be_there};

#[derive(Debug, Subcommand)]
pub(super) enum Verify {
    /// Recompute the audit's chain from its first link on; names each broken row
    Audit,
}

impl Verify {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure_existing(dir, Flags::default())?;
        let now = Clocks::wall_clock().wall();
        match self {
            Self::Audit => block_on(async move {
                let failed = |error: store::StoreError| Failure::Sentence(error.to_string());
                // Opened as it is: what is looked at is not changed by looking.
                must_be_there(&config.database)?;
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
                let unguarded = db.read(guards::missing).await.map_err(failed)?;
                let linked = report.head.as_ref().map_or(0, |head| head.seq);
                let head = report.head.as_ref();
                let head = head.map_or_else(|| "none".to_owned(), |head| hex(&head.hash));
                let waiting = report.waiting;
                println!("audit: {linked} rows linked, {waiting} waiting; head {head}");
                let broken = report.broken();
                for fault in &broken {
                    println!("{fault}");
                }
                if report.more > 0 {
                    println!("and {} more", report.more);
                }
                if report.late {
                    println!(
                        "rows have waited for their link for more than {UNLINKED_SECONDS} s: nothing is wrong with them, and a worker links them; is one running?"
                    );
                }
                for guard in &unguarded {
                    println!(
                        "unguarded: {guard}: whoever has the database may write the audit over, or keep rows out of it"
                    );
                }
                match broken.first() {
                    None => match unguarded.first() {
                        None => Ok(()),
                        Some(guard) => Err(Failure::Sentence(format!(
                            "the audit is not guarded: {guard}"
                        ))),
                    },
                    Some(first) => Err(Failure::Sentence(format!(
                        "the audit is broken, first at {first}"
                    ))),
                }
            }),
        }
    }
}
