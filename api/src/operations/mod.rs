//! What an operator does with a whole installation: save it, put it back, carry its secrets elsewhere. All of it
//! blocks, and is called from the command line alone.

pub mod archive;
pub mod backup;
pub mod restore;
pub mod secrets;
pub mod staging;

use std::path::PathBuf;

use crate::config::Config;

/// Where photographs and vouchers are, as far as an installation has any.
fn attachments(config: &Config) -> PathBuf {
    config.data_dir.join(ATTACHMENTS)
}

const ATTACHMENTS: &str = "attachments";
