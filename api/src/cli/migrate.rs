//! `migrate`: the schema's way up and down.

use std::path::Path;

use clap::Subcommand;

use super::{Failure, Flags, configure, configure_existing, must_be_there};

#[derive(Debug, Subcommand)]
pub(super) enum Migrate {
    /// Run what is missing
    Up {
        /// Of what is missing, run so many and stop; without it, all
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        steps: Option<u16>,
    },
    /// Take the last migration back, with all its tables hold
    Down,
    /// List every migration and whether the database has it
    Status,
}

impl Migrate {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        // Only the way up makes what is not there.
        let url = if matches!(self, Self::Up { .. }) {
            configure(dir, Flags::default())?.migrate_database
        } else {
            let url = configure_existing(dir, Flags::default())?.migrate_database;
            must_be_there(&url)?;
            url
        };
        let failed = |error: store::StoreError| Failure::Sentence(error.to_string());
        match self {
            Self::Up { steps } => {
                let steps = steps.map_or(usize::MAX, usize::from);
                let run = store::migrate::up_by(&url, steps).map_err(failed)?;
                if run.is_empty() {
                    println!("nothing to do");
                }
                for name in run {
                    println!("up {name}");
                }
            }
            Self::Down => match store::migrate::down(&url).map_err(failed)? {
                Some(name) => println!("down {name}"),
                None => println!("nothing to take back"),
            },
            Self::Status => {
                for status in store::migrate::status(&url).map_err(failed)? {
                    let word = if status.applied { "applied" } else { "pending" };
                    println!("{word} {}", status.name);
                }
            }
        }
        Ok(())
    }
}
