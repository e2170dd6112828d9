//! `secrets export` and `secrets import`: pepper and keys as one file, under a passphrase; `secrets rotate`: a new key.

use std::fs;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use yidiantong::operations::secrets::{self, Passphrase, Whole};
use yidiantong::ports::clock::Clocks;
use yidiantong::ports::token_keys::Rotation;

use super::{Failure, Flags, configure, configure_existing};

#[derive(Debug, Subcommand)]
pub(super) enum Secrets {
    /// Seal them into a file; one that is there is not overwritten
    Export {
        #[command(flatten)]
        sealed: Sealed,
        /// For processes without the role vault: the counties' private keys stay here
        #[arg(long)]
        without_vault: bool,
    },
    /// Bring them from a file; other secrets that are there are not overwritten
    Import {
        #[command(flatten)]
        sealed: Sealed,
        /// Only the keys of access tokens, in the place of those that are here: after they were rotated elsewhere
        #[arg(long)]
        token_keys: bool,
    },
    /// Put a new key in the place of one, while the servers run
    #[command(subcommand)]
    Rotate(Rotate),
}

#[derive(Debug, Subcommand)]
pub(super) enum Rotate {
    /// The key that signs access tokens; every running process takes the new one up by itself
    TokenKey {
        /// The key is in wrong hands: its tokens, and those of the keys before it, are dead at once
        #[arg(long)]
        at_once: bool,
    },
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
        let config = match self {
            Self::Import { .. } => configure(dir, Flags::default())?,
            Self::Export { .. } | Self::Rotate(_) => configure_existing(dir, Flags::default())?,
        };
        let place = config.secrets_dir.display();
        match self {
            Self::Export {
                sealed:
                    Sealed {
                        file,
                        passphrase_file,
                    },
                without_vault,
            } => {
                let passphrase = passphrase(passphrase_file.as_deref(), true)?;
                let whole = if without_vault {
                    Whole::WithoutVault
                } else {
                    Whole::Yes
                };
                let files = secrets::export(&config, &passphrase, &file, whole)?;
                println!("{}: {files} files of {place}", file.display());
            }
            Self::Import {
                sealed:
                    Sealed {
                        file,
                        passphrase_file,
                    },
                token_keys,
            } => {
                let passphrase = passphrase(passphrase_file.as_deref(), false)?;
                if token_keys {
                    let changed = secrets::import_token_keys(&config, &passphrase, &file)?;
                    let word = if changed {
                        "are those of"
                    } else {
                        "already were those of"
                    };
                    println!("{place}: the token keys {word} {}", file.display());
                    return Ok(());
                }
                let files = secrets::import(&config, &passphrase, &file)?;
                println!("{place}: {files} files imported");
            }
            Self::Rotate(Rotate::TokenKey { at_once }) => {
                let rotation = if at_once {
                    Rotation::AtOnce
                } else {
                    Rotation::Gently
                };
                let now = Clocks::wall_clock().wall();
                let id = secrets::rotate_token_key(&config, rotation, now)?;
                println!("{place}: access tokens are signed with key {id} from now on");
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
