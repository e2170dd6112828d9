//! `secrets export` and `secrets import`: pepper and keys as one file, under a passphrase.

use std::fs;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use yidiantong::operations::secrets::{self, Passphrase};

use super::{Failure, Flags, configure};

#[derive(Debug, Subcommand)]
pub(super) enum Secrets {
    /// Seal them into a file; one that is there is not overwritten
    Export(Sealed),
    /// Bring them from a file; other secrets that are there are not overwritten
    Import(Sealed),
}

#[derive(Debug, Args)]
pub(super) struct Sealed {
    /// The sealed file
    file: PathBuf,
    /// Read the passphrase from here; without it, from the terminal, or from standard input that is none
    #[arg(long, value_name = "F")]
    passphrase_file: Option<PathBuf>,
}

impl Secrets {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, Flags::default())?;
        let place = config.secrets_dir.display();
        match self {
            Self::Export(Sealed {
                file,
                passphrase_file,
            }) => {
                let passphrase = passphrase(passphrase_file.as_deref(), true)?;
                let files = secrets::export(&config, &passphrase, &file)?;
                println!("{}: {files} files of {place}", file.display());
            }
            Self::Import(Sealed {
                file,
                passphrase_file,
            }) => {
                let passphrase = passphrase(passphrase_file.as_deref(), false)?;
                let files = secrets::import(&config, &passphrase, &file)?;
                println!("{place}: {files} files imported");
            }
        }
        Ok(())
    }
}

/// Asks for the passphrase; twice when nobody could check a slip of the hand later.
fn passphrase(file: Option<&Path>, twice: bool) -> Result<Passphrase, Failure> {
    let failed = |error: std::io::Error| format!("the passphrase: {error}");
    if let Some(file) = file {
        let text =
            fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        return Ok(Passphrase::new(text.trim_end_matches(['\r', '\n']))?);
    }
    let mut input = std::io::stdin();
    if !input.is_terminal() {
        let mut text = String::new();
        input.read_to_string(&mut text).map_err(failed)?;
        return Ok(Passphrase::new(text.trim_end_matches(['\r', '\n']))?);
    }
    let typed = rpassword::prompt_password("Passphrase: ").map_err(failed)?;
    let passphrase = Passphrase::new(&typed)?;
    if twice && rpassword::prompt_password("Once more: ").map_err(failed)? != typed {
        return Err(Failure::Sentence("the two passphrases differ".into()));
    }
    Ok(passphrase)
}
