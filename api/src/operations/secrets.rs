//! The secrets of an installation in one file, under a passphrase: Argon2id makes a key of it, XChaCha20-Poly1305
//! seals under that key. After a first line that names the form come salt, nonce and the sealed JSON, all of them
//! bound together, so that a changed byte anywhere is noticed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use unicode_normalization::UnicodeNormalization as _;

use super::archive::stays_inside;
use crate::config::Config;
use crate::demo::ACCOUNTS_FILE;
use crate::ports::erasures::{self, Erased, Erasures};
use crate::ports::ids::Ids;
use crate::ports::sealer::ROOM as IDENTITY;
use crate::ports::secrets::{PEPPER, Secrets, private_dir};
use crate::ports::token_keys::{self, Rotation};
use crate::ports::tokens;

/// Every version begins so.
const FORMAT: &str = "yidiantong-secrets ";
const HEAD: &[u8] = b"yidiantong-secrets 1\n";
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
/// RFC 9106, second recommendation: 64 MiB, three passes, four lanes.
const COST: (u32, u32, u32) = (64 * 1024, 3, 4);
/// Fewest characters of a passphrase.
const SHORTEST: usize = 12;
/// Most bytes of a sealed file that are read.
const LARGEST: u64 = 16 << 20;

/// What the secrets are sealed under. Has no `Debug`.
pub struct Passphrase(String);

impl Passphrase {
    /// Takes it in one form, whatever keyboard typed it.
    ///
    /// # Errors
    /// One sentence when it is too short to guard anything.
    pub fn new(typed: &str) -> Result<Self, String> {
        let one: String = typed.nfkc().collect();
        if one.chars().count() < SHORTEST {
            return Err(format!(
                "the passphrase is too short: at least {SHORTEST} characters"
            ));
        }
        Ok(Self(one))
    }

    fn cipher(&self, salt: &[u8]) -> Result<XChaCha20Poly1305, String> {
        let broken = |error: argon2::Error| format!("the passphrase could not be used: {error}");
        let (memory, passes, lanes) = COST;
        let mut key = [0_u8; 32];
        let params = Params::new(memory, passes, lanes, Some(key.len())).map_err(broken)?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.0.as_bytes(), salt, &mut key)
            .map_err(broken)?;
        Ok(XChaCha20Poly1305::new(&Key::from(key)))
    }
}

/// What is sealed: each file by its path below the data directory's `secrets`, wherever SECRETS_DIR is.
#[derive(Serialize, Deserialize)]
struct Bundle {
    files: BTreeMap<String, String>,
}

const ROOM: &str = "secrets/";
/// The private keys of counties, where VAULT_DIR is elsewhere; without one they are in [`ROOM`].
const VAULT: &str = "vault/";

/// What a bundle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// A whole installation.
    Yes,
    /// Processes without the role `vault`: the counties' private keys stay where they are.
    WithoutVault,
}

/// Where a file of a bundle belongs; `None` when it has no business here.
fn place(config: &Config, name: &str) -> Option<PathBuf> {
    if name == ACCOUNTS_FILE {
        return Some(config.data_dir.join(name));
    }
    let (dir, path) = match name.strip_prefix(VAULT) {
        Some(path) => (&config.vault_dir, path),
        None => (&config.secrets_dir, name.strip_prefix(ROOM)?),
    };
    stays_inside(path).then(|| dir.join(path))
}

/// Every file below `dir`, by its name in a bundle.
fn walk(dir: &Path, name: &str, found: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let own = path.file_name().and_then(|name| name.to_str());
        // Hidden ones are a file system's or an orchestrator's own.
        let Some(own) = own.filter(|own| !own.starts_with('.')) else {
            continue;
        };
        if path.is_dir() {
            walk(&path, &format!("{name}{own}/"), found)?;
        } else {
            found.insert(
                format!("{name}{own}"),
                BASE64_STANDARD.encode(fs::read(&path)?),
            );
        }
    }
    Ok(())
}

fn bundle(config: &Config, whole: Whole) -> io::Result<Bundle> {
    let mut files = BTreeMap::new();
    walk(&config.secrets_dir, ROOM, &mut files)?;
    let vault = &config.vault_dir;
    if whole == Whole::Yes && !vault.starts_with(&config.secrets_dir) && vault.is_dir() {
        walk(vault, VAULT, &mut files)?;
    }
    if whole == Whole::WithoutVault {
        let private = format!("{ROOM}{IDENTITY}/");
        files.retain(|name, _| !(name.starts_with(&private) && name.ends_with(".key")));
        let inside = vault.strip_prefix(&config.secrets_dir).ok();
        if let Some(inside) = inside
            .and_then(Path::to_str)
            .filter(|path| *path != IDENTITY)
        {
            files.retain(|name, _| !name.starts_with(&format!("{ROOM}{inside}/")));
        }
    }
    // The demo's accounts are passwords in clear.
    match fs::read(config.data_dir.join(ACCOUNTS_FILE)) {
        Ok(bytes) => {
            files.insert(ACCOUNTS_FILE.into(), BASE64_STANDARD.encode(bytes));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(Bundle { files })
}

/// The files, once they are seen twice alike: a server may be making a county's keys.
fn settled(config: &Config, whole: Whole) -> io::Result<Bundle> {
    let mut before = bundle(config, whole)?;
    loop {
        let now = bundle(config, whole)?;
        if now.files == before.files {
            return Ok(now);
        }
        before = now;
    }
}

fn told(file: &Path, why: &dyn std::fmt::Display) -> String {
    format!("{}: {why}", file.display())
}

/// Whether an installation's secrets are here; those that are can be used.
fn any(dir: &Path) -> Result<bool, String> {
    let found = Secrets::found(dir, Ids).map_err(|error| told(dir, &error))?;
    Ok(found.is_some())
}

/// A new key for access tokens from now on; its id.
///
/// # Errors
/// One sentence for the operator; where there are no secrets nothing is made.
pub fn rotate_token_key(
    config: &Config,
    rotation: Rotation,
    now: Timestamp,
) -> Result<String, String> {
    let dir = &config.secrets_dir;
    if !any(dir)? {
        return Err(told(dir, &"there are no secrets: nobody has a token yet"));
    }
    tokens::rotate(dir, Ids, rotation, now)
}

/// Seals the secrets into the new file `to` (mode 0600); how many files they are.
///
/// # Errors
/// One sentence for the operator; there is no file then.
pub fn export(
    config: &Config,
    passphrase: &Passphrase,
    to: &Path,
    whole: Whole,
) -> Result<usize, String> {
    let dir = &config.secrets_dir;
    if to.symlink_metadata().is_ok() {
        return Err(told(to, &"it is there already, and nothing is overwritten"));
    }
    if !any(dir)? {
        return Err(told(dir, &"there are no secrets"));
    }
    // A list that cannot be read would be one that no import takes, and nothing of its file.
    let list = Erasures::of(dir);
    list.read().map_err(|error| told(list.path(), &error))?;
    let bundle = settled(config, whole).map_err(|error| told(dir, &error))?;
    let clear = serde_json::to_vec(&bundle).map_err(|error| told(dir, &error))?;
    let salt: [u8; SALT_BYTES] = Ids.bytes();
    let nonce: [u8; NONCE_BYTES] = Ids.bytes();
    let sealed = passphrase
        .cipher(&salt)?
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: &clear,
                aad: HEAD,
            },
        )
        .map_err(|_| told(to, &"the secrets could not be sealed"))?;
    write_new(to, &[HEAD, &salt, &nonce, &sealed].concat()).map_err(|error| told(to, &error))?;
    Ok(bundle.files.len())
}

/// Writes a file for its owner alone, whole, where none is.
fn write_new(to: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = to.parent().filter(|dir| !dir.as_os_str().is_empty());
    let dir = dir.unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(to).map_err(|error| error.error)?;
    fs::File::open(dir)?.sync_all()
}

/// Opens what [`export`] sealed and puts each file in its place; how many were not there yet.
///
/// # Errors
/// One sentence for the operator. Nothing is written unless every file has its place, free or with the same in it.
pub fn import(config: &Config, passphrase: &Passphrase, from: &Path) -> Result<usize, String> {
    let bundle = read(from, passphrase)?;
    let list = Erasures::of(&config.secrets_dir);
    list.read().map_err(|error| told(list.path(), &error))?;
    let (mut missing, mut erased) = (Vec::new(), Vec::new());
    for (name, text) in &bundle.files {
        let bytes = decoded(from, text)?;
        let place = place(config, name).ok_or_else(|| {
            told(
                from,
                &format_args!("it holds {name:?}, which has no place here"),
            )
        })?;
        if place == list.path() {
            erased = erasures::lines(&String::from_utf8_lossy(&bytes))
                .map_err(|why| told(from, &format_args!("{name}: {why}")))?;
            continue;
        }
        match fs::read(&place) {
            Ok(there) if there == bytes => {}
            Ok(_) => {
                let own = name.strip_prefix(ROOM).unwrap_or(name);
                let way = if token_keys::is_one(own) {
                    "; where it was rotated meanwhile, bring the token keys first, with --token-keys"
                } else {
                    ""
                };
                return Err(told(
                    &place,
                    &format_args!(
                        "there is another secret already, and none is overwritten; nothing was imported{way}"
                    ),
                ));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push((place, bytes)),
            Err(error) => return Err(told(&place, &error)),
        }
    }
    for (place, bytes) in &missing {
        let dir = place.parent().unwrap_or(Path::new("."));
        private_dir(dir)
            .and_then(|()| write_new(place, bytes))
            .map_err(|error| told(place, &error))?;
    }
    let listed = add_erased(config, erased)?;
    Ok(missing.len() + usize::from(listed))
}

/// Takes over the token keys alone of what [`export`] sealed, in the place of those that are here: after a rotation
/// elsewhere, for processes of the same installation that have a secrets directory of their own. Whether they changed.
///
/// # Errors
/// One sentence for the operator.
pub fn import_token_keys(
    config: &Config,
    passphrase: &Passphrase,
    from: &Path,
) -> Result<bool, String> {
    let dir = &config.secrets_dir;
    if !any(dir)? {
        return Err(told(
            dir,
            &"there are no secrets: import the whole file first",
        ));
    }
    let files = read(from, passphrase)?.files;
    // Every installation has a pepper of its own.
    let pepper = files.get(&format!("{ROOM}{PEPPER}"));
    let pepper = pepper.map(|text| decoded(from, text)).transpose()?;
    if pepper != fs::read(dir.join(PEPPER)).ok() {
        return Err(told(from, &"these are the secrets of another installation"));
    }
    let mut keys = BTreeMap::new();
    for (name, text) in &files {
        let own = name.strip_prefix(ROOM);
        if let Some(own) = own.filter(|name| token_keys::is_one(name) || token_keys::is_dead(name))
        {
            keys.insert(own.to_owned(), decoded(from, text)?);
        }
    }
    token_keys::take_over(dir, &keys, Ids).map_err(|error| told(dir, &error))
}

fn decoded(from: &Path, text: &str) -> Result<Vec<u8>, String> {
    let decoded = BASE64_STANDARD.decode(text);
    decoded.map_err(|error| told(from, &error))
}

fn read(from: &Path, passphrase: &Passphrase) -> Result<Bundle, String> {
    let size = fs::metadata(from)
        .map_err(|error| told(from, &error))?
        .len();
    if size > LARGEST {
        return Err(told(from, &"too large for secrets of yidiantong"));
    }
    let bytes = fs::read(from).map_err(|error| told(from, &error))?;
    open(&bytes, passphrase).map_err(|why| told(from, &why))
}

/// Of two lists of what was erased neither is wrong: both hold. Whether that changed the one that was here.
fn add_erased(config: &Config, mut erased: Vec<Erased>) -> Result<bool, String> {
    let list = Erasures::of(&config.secrets_dir);
    let failed = |error: io::Error| told(list.path(), &error);
    let known = list.read().map_err(failed)?;
    erased.retain(|one| !known.contains(one));
    list.add(&erased).map_err(failed)?;
    Ok(!erased.is_empty())
}

fn open(bytes: &[u8], passphrase: &Passphrase) -> Result<Bundle, String> {
    let Some(rest) = bytes.strip_prefix(HEAD) else {
        return Err(if bytes.starts_with(FORMAT.as_bytes()) {
            "these secrets were exported by a newer program".into()
        } else {
            "these are no exported secrets of yidiantong".into()
        });
    };
    // A file cut short says no more than one altered elsewhere.
    let closed = || "the passphrase is wrong, or the file was altered".to_owned();
    let (salt, rest) = rest.split_first_chunk::<SALT_BYTES>().ok_or_else(closed)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(closed)?;
    let clear = passphrase
        .cipher(salt)?
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: sealed,
                aad: HEAD,
            },
        )
        .map_err(|_| closed())?;
    serde_json::from_slice(&clear).map_err(|error| error.to_string())
}
