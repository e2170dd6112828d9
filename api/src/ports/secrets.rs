//! Secrets: made on first start with mode 0600, kept outside the database, known to the database by their
//! ids only. A start with other secrets than the database was made with is refused.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use domain::canon::sha256_hex;
use domain::complaint::receipt::Pepper;

use super::ids::Ids;
use super::token_keys::SIGNING;

/// Every secret of an installation. Has no `Debug`.
#[derive(Clone)]
pub struct Secrets {
    dir: PathBuf,
    pepper: [u8; 32],
    totp: [u8; 32],
    files: [u8; 32],
}

/// The file of the pepper.
pub(crate) const PEPPER: &str = "pepper.key";
const TOTP: &str = "totp.key";
const FILES: &str = "attachments.key";

/// Makes a directory that only its owner may enter.
///
/// # Errors
/// The operating system's.
pub fn private_dir(dir: &Path) -> std::io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
}

/// Reads a secret of 32 bytes, or makes it. Two starters that race end with the same one.
pub(super) fn read_or_make(path: &Path, ids: Ids) -> std::io::Result<[u8; 32]> {
    match fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| {
            std::io::Error::new(
                ErrorKind::InvalidData,
                format!("{} does not hold 32 bytes", path.display()),
            )
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let bytes: [u8; 32] = ids.bytes();
            let mut options = fs::OpenOptions::new();
            match options.write(true).create_new(true).mode(0o600).open(path) {
                Ok(mut file) => {
                    file.write_all(&bytes)?;
                    file.sync_all()?;
                    Ok(bytes)
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    read_or_make(path, ids)
                }
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

impl Secrets {
    /// Reads the secrets of `dir`, making what is missing.
    ///
    /// # Errors
    /// The operating system's.
    pub fn load(dir: &Path, ids: Ids) -> std::io::Result<Self> {
        private_dir(dir)?;
        // Others read it anew whenever it is changed.
        read_or_make(&dir.join(SIGNING), ids)?;
        Ok(Self {
            dir: dir.to_owned(),
            pepper: read_or_make(&dir.join(PEPPER), ids)?,
            totp: read_or_make(&dir.join(TOTP), ids)?,
            files: read_or_make(&dir.join(FILES), ids)?,
        })
    }

    /// The secrets of `dir`, if there are any; makes nothing.
    ///
    /// # Errors
    /// The operating system's.
    pub fn found(dir: &Path, ids: Ids) -> std::io::Result<Option<Self>> {
        if dir.join(PEPPER).try_exists()? {
            Self::load(dir, ids).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Tells operators of secrets that every user of the machine can read: we make them for their owner alone, so
    /// somebody has copied them with other rights.
    pub fn warn_of_exposed(&self) {
        for name in [SIGNING, PEPPER, TOTP, FILES] {
            let path = self.dir.join(name);
            if fs::metadata(&path).is_ok_and(|data| data.mode() & 0o004 != 0)
                && self.can_be_entered()
            {
                tracing::warn!(place = %path.display(), "every user of the machine can read this secret: chmod 600");
            }
        }
    }

    fn can_be_entered(&self) -> bool {
        fs::metadata(&self.dir).is_ok_and(|data| data.mode() & 0o001 != 0)
    }

    /// Where they are kept.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The pepper of receipts and idempotency keys.
    #[must_use]
    pub fn pepper(&self) -> Pepper {
        Pepper::new(self.pepper)
    }

    /// The key under which TOTP secrets are kept.
    #[must_use]
    pub fn totp_key(&self) -> &[u8; 32] {
        &self.totp
    }

    /// The key from which that of each attachment is derived.
    #[must_use]
    pub fn files_key(&self) -> &[u8; 32] {
        &self.files
    }

    /// What tells this installation from others on a server they share; all its processes say the same.
    #[must_use]
    pub fn installation(&self) -> String {
        let ids = self.key_ids();
        ids.into_iter().map(|(_, id)| id).next().unwrap_or_default()
    }

    /// Name and id of each secret the database depends on.
    #[must_use]
    pub fn key_ids(&self) -> Vec<(&'static str, String)> {
        // Sixteen digits of a digest tell keys apart and give nothing of them away.
        let id = |name: &str, key: &[u8; 32]| {
            let digest = sha256_hex(&[name.as_bytes(), key].concat());
            digest.get(..16).unwrap_or(&digest).to_owned()
        };
        vec![
            ("pepper", id(PEPPER, &self.pepper)),
            ("totp", id(TOTP, &self.totp)),
            ("attachments", id(FILES, &self.files)),
        ]
    }
}
