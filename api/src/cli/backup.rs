//! `backup` and `restore`: the whole installation but its secrets, as one file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use yidiantong::operations::staging::Staging;
use yidiantong::operations::{backup, restore};
use yidiantong::ports::clock::Clocks;

use super::{Failure, Flags, block_on, configure};

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; one that is there is not overwritten
    file: PathBuf,
    /// Also without pictures that the database names and that are lost for good
    #[arg(long)]
    without_lost: bool,
}

impl Backup {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, Flags::default())?;
        let now = Clocks::wall_clock().wall();
        let file = self.file.clone();
        let lost = if self.without_lost {
            backup::Lost::Left
        } else {
            backup::Lost::Refused
        };
        let made = to_its_end(move |staging| backup::make(&config, &file, now, lost, staging))?;
        println!(
            "{}: {} rows, {} attachments, {} bytes",
            self.file.display(),
            made.rows,
            made.files,
            made.bytes
        );
        let ids: Vec<String> = made
            .key_ids
            .iter()
            .map(|(name, id)| format!("{name} {id}"))
            .collect();
        eprintln!(
            "the secrets are not in it; it needs those with the ids {}",
            ids.join(", ")
        );
        Ok(())
    }
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup; it goes into an empty database and data directory only
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, Flags::default())?;
        let file = self.file.clone();
        let done = to_its_end(move |staging| restore::restore(&config, &file, staging))?;
        println!(
            "{}: the state of {}: {} rows, {} attachments",
            self.file.display(),
            done.made_at,
            done.rows,
            done.files
        );
        if done.erased > 0 {
            eprintln!(
                "{} identities were erased so far: those that came back go again at the next start, before it serves",
                done.erased
            );
        }
        if !done.has_secrets {
            eprintln!(
                "now bring its secrets, before the first start: yidiantong secrets import FILE"
            );
        }
        Ok(())
    }
}

/// How long a signal waits for the work to put away what it has half done, before that is taken from it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Does the work on a thread of its own, so that a signal can end it and leaves nothing half done.
fn to_its_end<T: Send + 'static>(
    work: impl FnOnce(&Staging) -> Result<T, String> + Send + 'static,
) -> Result<T, Failure> {
    block_on(async move {
        let failed = |error: std::io::Error| format!("signals: {error}");
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        let staging = Staging::default();
        let (tell, mut told) = tokio::sync::oneshot::channel();
        let shared = staging.clone();
        std::thread::spawn(move || {
            let done = work(&shared);
            shared.clear();
            // Whoever was stopped may listen no longer.
            let _ = tell.send(done);
        });
        let ended = tokio::select! {
            done = &mut told => done.ok(),
            _ = interrupt.recv() => None,
            _ = terminate.recv() => None,
        };
        let ended = match ended {
            Some(done) => Some(done),
            None => {
                staging.stop();
                tokio::time::timeout(PATIENCE, told)
                    .await
                    .ok()
                    .and_then(Result::ok)
            }
        };
        staging.clear();
        let stopped = || Failure::Sentence("stopped; nothing was kept".into());
        Ok(ended.ok_or_else(stopped)??)
    })
}
