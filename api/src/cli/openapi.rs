//! `openapi`: the documents, as they are committed in `openapi/`.

use std::io::Write as _;

use clap::Subcommand;
use utoipa::openapi::OpenApi as Document;
use yidiantong::{openapi, rules};

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Openapi {
    /// What villagers' pages and third parties may call
    Public,
    /// What the staff web calls
    Admin,
    /// Who may call which of them, as a table in Markdown
    Permissions,
}

impl Openapi {
    pub(super) fn run(self) -> Result<(), Failure> {
        let json =
            |document: Document| document.to_pretty_json().map_err(|error| error.to_string());
        let text = match self {
            Self::Public => json(openapi::public_document())?,
            Self::Admin => json(openapi::admin_document())?,
            Self::Permissions => rules::markdown().trim_end().to_owned(),
        };
        // Not println!, which panics when the reader has gone (`yidiantong openapi public | head`).
        let mut out = std::io::stdout().lock();
        Ok(writeln!(out, "{text}").map_err(|error| error.to_string())?)
    }
}
