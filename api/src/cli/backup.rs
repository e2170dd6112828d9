//! `backup` and `restore`: the whole installation but its secrets, as one file.

use std::path::{Path, PathBuf};

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use yidiantong::operations::staging::Staging;
use yidiantong::operations::{backup, restore};
use yidiantong::ports::clock::Clocks;

use super::{Failure, block_on, configure};

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; one that is there is not overwritten
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, None)?;
        let now = Clocks::wall_clock().wall();
        let file = self.file.clone();
        let made = to_its_end(move |staging| backup::make(&config, &file, now, staging))?;
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
        let config = configure(dir, None)?;
        let file = self.file.clone();
        let done = to_its_end(move |staging| restore::restore(&config, &file, staging))?;
        println!(
            "{}: the state of {}: {} rows, {} attachments",
            self.file.display(),
            done.made_at,
            done.rows,
            done.files
        );
        if !done.has_secrets {
            eprintln!(
                "now bring its secrets, before the first start: yidiantong secrets import FILE"
            );
        }
        Ok(())
    }
}

/// Does the work on a thread of its own, so that a signal can end it: what it has half done goes first.
fn to_its_end<T: Send + 'static>(
    work: impl FnOnce(&Staging) -> Result<T, String> + Send + 'static,
) -> Result<T, Failure> {
    block_on(async move {
        let failed = |error: std::io::Error| format!("signals: {error}");
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        let staging = Staging::default();
        let (tell, told) = tokio::sync::oneshot::channel();
        let shared = staging.clone();
        std::thread::spawn(move || {
            let done = work(&shared);
            shared.clear();
            // Whoever was interrupted listens no longer.
            let _ = tell.send(done);
        });
        let stopped = || Failure::Sentence("stopped; nothing was kept".into());
        tokio::select! {
            done = told => Ok(done.map_err(|_| stopped())??),
            _ = interrupt.recv() => { staging.clear(); Err(stopped()) }
            _ = terminate.recv() => { staging.clear(); Err(stopped()) }
        }
    })
}
