//! `openapi`: the documents, as they are committed in `openapi/`.

use std::io::Write as _;

use clap::Subcommand;
use yidiantong::openapi;

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Openapi {
    /// What villagers' pages and third parties may call
    Public,
    /// What the staff web calls
    Admin,
}

impl Openapi {
    pub(super) fn run(self) -> Result<(), Failure> {
        let document = match self {
            Self::Public => openapi::public_document(),
            Self::Admin => openapi::admin_document(),
        };
        let text = document
            .to_pretty_json()
            .map_err(|error| error.to_string())?;
        // Not println!, which panics when the reader has gone (`yidiantong openapi public | head`).
        let mut out = std::io::stdout().lock();
        Ok(writeln!(out, "{text}").map_err(|error| error.to_string())?)
    }
}
