//! The keys of access tokens, as files in the secrets directory: the one that signs, and the public halves of those
//! that signed before, each until the last of its tokens is dead. Who replaces the key by a rename (`yidiantong secrets
//! rotate`) is noticed by every running process at its next token: nobody has to be told, and none is restarted.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use domain::canon::{hex, sha256_hex};
use domain::time::Timestamp;
use jsonwebtoken::{DecodingKey, EncodingKey};

use super::ids::Ids;

/// The seed of the key that signs: 32 bytes.
pub(super) const SIGNING: &str = "token-signing.key";
/// Before and after the id in the name of a file that holds a retired public key and when it was retired.
const RETIRED: (&str, &str) = ("token-retired-", ".pub");
/// Before the id in the name of an empty file that says of a key that it is believed no more, so that no older file of secrets
/// brings it back.
const DEAD: &str = "token-dead-";
/// Holds a second command back while one changes the key. Hidden, so that no export takes it along.
const LOCK: &str = ".token-rotation.lock";
/// RFC 8410: the DER frame around a 32-byte Ed25519 seed.
const PKCS8_FRAME: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// A key pair's halves as the token library takes them, and its id: the beginning of the public key's digest.
pub(super) struct Signing {
    /// Signs.
    pub(super) private: EncodingKey,
    /// Verifies.
    pub(super) public: DecodingKey,
    /// `kid`
    pub(super) id: String,
}

/// A key that signs no more.
pub(super) struct Retired {
    /// Verifies.
    pub(super) public: DecodingKey,
    /// `kid`
    id: String,
    /// In wall time; what says that it was signed later is a forgery.
    pub(super) since: Timestamp,
}

/// The keys at one moment.
pub(super) struct Kept {
    seen: Seen,
    /// Signs now.
    pub(super) signing: Signing,
    retired: Vec<Retired>,
}

impl Kept {
    /// The retired key of an id.
    pub(super) fn retired(&self, id: &str) -> Option<&Retired> {
        self.retired.iter().find(|key| key.id == id)
    }
}

/// What tells one file of a name from its successor: a rename changes the inode, a write the times.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen(u64, i64, i64);

fn look(dir: &Path) -> std::io::Result<Seen> {
    let file = fs::metadata(dir.join(SIGNING))?;
    Ok(Seen(file.ino(), file.mtime(), file.mtime_nsec()))
}

fn invalid(words: String) -> std::io::Error {
    std::io::Error::new(ErrorKind::InvalidData, words)
}

fn key_id(public: &[u8]) -> String {
    let id = sha256_hex(public);
    id.get(..16).unwrap_or(&id).to_owned()
}

fn public_half(seed: &[u8]) -> std::io::Result<Vec<u8>> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed)
        .map_err(|error| invalid(format!("the token signing key cannot be used: {error}")))?;
    Ok(pair.public_key().as_ref().to_vec())
}

fn seed(dir: &Path) -> std::io::Result<[u8; 32]> {
    let bytes = fs::read(dir.join(SIGNING))?;
    bytes
        .try_into()
        .map_err(|_| invalid(format!("{SIGNING} does not hold 32 bytes")))
}

fn read(dir: &Path) -> std::io::Result<Kept> {
    loop {
        let seen = look(dir)?;
        let seed = seed(dir)?;
        let public = public_half(&seed)?;
        let mut retired = Vec::new();
        for entry in fs::read_dir(dir)? {
            retired.extend(retired_in(&entry?.path())?);
        }
        // Replaced while it was read: once more.
        if look(dir)? == seen {
            return Ok(Kept {
                seen,
                signing: Signing {
                    private: EncodingKey::from_ed_der(&[PKCS8_FRAME.as_slice(), &seed].concat()),
                    id: key_id(&public),
                    public: DecodingKey::from_ed_der(&public),
                },
                retired,
            });
        }
    }
}

/// The retired key of a file, where it is one.
fn retired_in(path: &Path) -> std::io::Result<Option<Retired>> {
    let name = path.file_name().and_then(|name| name.to_str());
    if !name.is_some_and(|name| is_one(name) && name != SIGNING) {
        return Ok(None);
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        // Taken away meanwhile.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let parts = bytes
        .split_first_chunk::<32>()
        .and_then(|(public, since)| Some((public, <[u8; 8]>::try_from(since).ok()?)));
    let (public, since) =
        parts.ok_or_else(|| invalid(format!("{} holds no retired key", path.display())))?;
    Ok(Some(Retired {
        id: key_id(public),
        public: DecodingKey::from_ed_der(public),
        since: Timestamp::from_micros(i64::from_be_bytes(since)),
    }))
}

/// The keys of a directory, as they are now.
pub(super) struct TokenKeys {
    dir: PathBuf,
    kept: RwLock<Arc<Kept>>,
}

impl TokenKeys {
    /// Reads them.
    pub(super) fn open(dir: &Path) -> std::io::Result<Self> {
        Ok(Self {
            dir: dir.to_owned(),
            kept: RwLock::new(Arc::new(read(dir)?)),
        })
    }

    /// As they are: one look at the file, and read again when it is another.
    pub(super) fn now(&self) -> Arc<Kept> {
        let last = Arc::clone(&self.kept.read().unwrap_or_else(PoisonError::into_inner));
        match look(&self.dir) {
            Ok(seen) if seen == last.seen => return last,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "the token signing key cannot be looked at; the one known goes on");
                return last;
            }
        }
        match read(&self.dir) {
            Ok(kept) => {
                let kept = Arc::new(kept);
                let mut place = self.kept.write().unwrap_or_else(PoisonError::into_inner);
                *place = Arc::clone(&kept);
                kept
            }
            Err(error) => {
                tracing::error!(%error, "the token keys cannot be read; those known go on");
                last
            }
        }
    }
}

/// How tokens of the present key are to be taken from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Until they are dead by themselves: nobody notices.
    Gently,
    /// Not at all, nor those of earlier keys: the key is in wrong hands. Everybody fetches a new token.
    AtOnce,
}

/// Puts a new signing key in the present one's place; the new one's id. `lives_seconds` is how long a token may be good
/// for; what was retired longer ago is taken away.
///
/// # Errors
/// The operating system's.
pub fn rotate(
    dir: &Path,
    ids: Ids,
    rotation: Rotation,
    now: Timestamp,
    lives_seconds: i64,
) -> std::io::Result<String> {
    let lock = fs::File::create(dir.join(LOCK))?;
    lock.lock()?;
    let public = public_half(&seed(dir)?)?;
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let dead = retired_in(&path)?.is_some_and(|key| {
            rotation == Rotation::AtOnce || key.since.plus_seconds(lives_seconds) < now
        });
        if dead {
            if let Some(key) = retired_in(&path)? {
                bury(dir, &key.id, ids)?;
            }
            fs::remove_file(&path)?;
        }
    }
    if rotation == Rotation::AtOnce {
        bury(dir, &key_id(&public), ids)?;
    } else {
        let name = retired_name(&key_id(&public));
        let bytes = [public.as_slice(), &now.micros().to_be_bytes()].concat();
        put(dir, &name, &bytes, ids)?;
    }
    // Last: whoever sees the new key finds the old one retired.
    let fresh: [u8; 32] = ids.bytes();
    put(dir, SIGNING, &fresh, ids)?;
    fs::File::open(dir)?.sync_all()?;
    Ok(key_id(&public_half(&fresh)?))
}

/// Whether a file of the secrets directory holds a token key.
pub fn is_one(name: &str) -> bool {
    name == SIGNING || name.starts_with(RETIRED.0) && name.ends_with(RETIRED.1)
}

/// Whether a file of the secrets directory says of a token key that it is believed no more.
pub fn is_dead(name: &str) -> bool {
    name.starts_with(DEAD)
}

/// Takes over the keys of another directory of the same installation, by the names of their files: what signs there signs
/// here, and nothing else that signed before is taken. Whether that changed anything.
///
/// # Errors
/// The operating system's, and of what is no key.
pub fn take_over(dir: &Path, keys: &BTreeMap<String, Vec<u8>>, ids: Ids) -> std::io::Result<bool> {
    let lock = fs::File::create(dir.join(LOCK))?;
    lock.lock()?;
    let fresh = keys
        .get(SIGNING)
        .ok_or_else(|| invalid(format!("there is no {SIGNING} in it")))?;
    let fresh: [u8; 32] = fresh
        .as_slice()
        .try_into()
        .map_err(|_| invalid(format!("{SIGNING} does not hold 32 bytes")))?;
    let id = key_id(&public_half(&fresh)?);
    let retired = keys
        .keys()
        .filter_map(|name| name.strip_prefix(RETIRED.0)?.strip_suffix(RETIRED.1));
    let is_dead = |id: &str| dir.join(format!("{DEAD}{id}")).exists();
    if dir.join(retired_name(&id)).exists() || is_dead(&id) || retired.into_iter().any(is_dead) {
        return Err(invalid(format!(
            "the file with key {id} is older than the last rotation that was brought here: nothing was changed"
        )));
    }
    let mut changed = false;
    // Before anything else changes: what is believed no more stays so.
    let present = key_id(&public_half(&seed(dir)?)?);
    if present != id && !keys.contains_key(&retired_name(&present)) {
        bury(dir, &present, ids)?;
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| is_one(name) && !keys.contains_key(name)) {
            if let Some(key) = retired_in(&path)? {
                bury(dir, &key.id, ids)?;
            }
            fs::remove_file(&path)?;
            changed = true;
        }
    }
    // Last the one that signs: whoever sees it finds the others as they should be.
    let signs = |name: &str| name == SIGNING;
    let (last, first): (Vec<_>, Vec<_>) = keys.iter().partition(|(name, _)| signs(name));
    for (name, bytes) in first.into_iter().chain(last) {
        if fs::read(dir.join(name)).is_ok_and(|there| there == *bytes) && !(signs(name) && changed)
        {
            continue;
        }
        // Written anew also where only the others changed: by this file running processes notice.
        put(dir, name, bytes, ids)?;
        changed = true;
    }
    fs::File::open(dir)?.sync_all()?;
    Ok(changed)
}

/// The file of a retired key.
fn retired_name(id: &str) -> String {
    format!("{}{id}{}", RETIRED.0, RETIRED.1)
}

/// Says of a key that it is believed no more.
fn bury(dir: &Path, id: &str, ids: Ids) -> std::io::Result<()> {
    put(dir, &format!("{DEAD}{id}"), b"", ids)
}

/// Writes a file whole or not at all, for its owner only.
fn put(dir: &Path, name: &str, bytes: &[u8], ids: Ids) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let beside = dir.join(format!(".{name}.{}", hex(&ids.bytes::<4>())));
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, dir.join(name))
}
