//! A backup is one tar file, so that a hand with `tar` and `sha256sum` can open and check it: first
//! `manifest.json`, then its sum, then each member in the order in which the manifest names it.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path};

use domain::canon::hex;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::backup::Saved;
use tar::{Archive, Builder, EntryType, Header};

const FORMAT: &str = "yidiantong-backup";
/// Raised when an older program could not read what is written.
const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";
const SUM: &str = "manifest.json.sha256";
/// A million attachments.
const LONGEST_MANIFEST: u64 = 256 << 20;

/// What a backup holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: String,
    pub version: u32,
    /// The program that made it.
    pub program: String,
    pub made_at: Timestamp,
    pub database: Saved,
    pub members: Vec<Member>,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    /// Its path, with `/`, below the folder it is unpacked into.
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// What the header of each file needs.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

impl Manifest {
    pub fn new(database: Saved, made_at: Timestamp, members: Vec<Member>) -> Self {
        Self {
            format: FORMAT.into(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").into(),
            made_at,
            database,
            members,
        }
    }
}

/// Copies everything; how many bytes, and their digest.
fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<(u64, String)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        let read = from.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            return Ok((bytes, hex(&digest.finalize())));
        };
        digest.update(part);
        to.write_all(part)?;
        bytes += u64::try_from(read).unwrap_or_default();
    }
}

/// Where something is unpacked to: whether that could not be written is told from whether the archive could not be read.
struct Target {
    file: File,
    failed: bool,
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).inspect_err(|_| self.failed = true)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().inspect_err(|_| self.failed = true)
    }
}

/// The member that a file will be.
pub(super) fn member(name: String, file: &Path) -> io::Result<Member> {
    let (bytes, sha256) = copy(&mut File::open(file)?, &mut io::sink())?;
    Ok(Member {
        name,
        bytes,
        sha256,
    })
}

/// Writes an archive of the members, each at its name below `from`.
pub(super) fn write(manifest: &Manifest, from: &Path, to: &mut File) -> io::Result<()> {
    let mut tar = Builder::new(BufWriter::new(to));
    let mut add = |name: &str, bytes: u64, contents: &mut dyn Read| {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(manifest.made_at.seconds()).unwrap_or_default());
        header.set_size(bytes);
        tar.append_data(&mut header, name, contents)
    };
    let text = serde_json::to_vec_pretty(manifest)?;
    let sum = format!("{}  {MANIFEST}\n", domain::canon::sha256_hex(&text));
    for (name, text) in [(MANIFEST, text.as_slice()), (SUM, sum.as_bytes())] {
        let bytes = u64::try_from(text.len()).unwrap_or_default();
        add(name, bytes, &mut &*text)?;
    }
    for member in &manifest.members {
        add(
            &member.name,
            member.bytes,
            &mut File::open(from.join(&member.name))?,
        )?;
    }
    tar.into_inner()?
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()
}

/// Reads the archive at `file`: `check` judges the manifest before anything is unpacked, and says into which folder
/// each member goes. Every byte is held against its sum.
///
/// # Errors
/// One sentence; the folder holds what came before the fault then.
pub(super) fn unpack(
    file: &Path,
    check: impl FnOnce(&Manifest) -> Result<(), String>,
    into: impl Fn(&Member) -> Result<std::path::PathBuf, String>,
) -> Result<Manifest, String> {
    let told = |why: &dyn std::fmt::Display| format!("{}: {why}", file.display());
    let altered = |what: &dyn std::fmt::Display| {
        format!(
            "{}: altered or not complete ({what}); nothing was restored",
            file.display()
        )
    };
    let opened = File::open(file).map_err(|error| told(&error))?;
    let mut archive = Archive::new(BufReader::new(opened));
    let mut entries = archive.entries().map_err(|error| altered(&error))?;
    // The next file, which has to be called so.
    let mut next = |name: &str| {
        let entry = match entries.next() {
            // What begins otherwise was never one of ours.
            None | Some(Err(_)) if name == MANIFEST => {
                return Err(told(&"this is no backup of yidiantong"));
            }
            None => return Err(altered(&format_args!("{name} is missing"))),
            Some(entry) => entry.map_err(|error| altered(&error))?,
        };
        let is = entry.path_bytes();
        if is.as_ref() != name.as_bytes() || entry.header().entry_type() != EntryType::Regular {
            let is = String::from_utf8_lossy(&is).into_owned();
            return Err(match name {
                MANIFEST => told(&"this is no backup of yidiantong"),
                _ => altered(&format_args!("{is} stands where {name} should be")),
            });
        }
        Ok(entry)
    };
    let mut text = Vec::new();
    copy(&mut next(MANIFEST)?.take(LONGEST_MANIFEST), &mut text)
        .map_err(|error| altered(&error))?;
    let mut sum = String::new();
    next(SUM)?
        .take(1_000)
        .read_to_string(&mut sum)
        .map_err(|error| altered(&error))?;
    if sum.split_whitespace().next() != Some(&domain::canon::sha256_hex(&text)) {
        return Err(altered(&MANIFEST));
    }
    let head: Head = serde_json::from_slice(&text).map_err(|error| told(&error))?;
    if head.format != FORMAT || head.version != VERSION {
        return Err(told(&format_args!(
            "this is {} {}; this program reads {FORMAT} {VERSION}",
            head.format, head.version
        )));
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| told(&error))?;
    check(&manifest)?;
    for member in &manifest.members {
        let path = into(member)?;
        let mut entry = next(&member.name)?;
        let unwritten =
            |error: io::Error| format!("{}: {error}; nothing was restored", path.display());
        let file = new_file(&path).map_err(unwritten)?;
        let mut to = Target {
            file,
            failed: false,
        };
        let (bytes, sha256) = copy(&mut entry, &mut to).map_err(|error| match to.failed {
            true => unwritten(error),
            false => altered(&error),
        })?;
        to.file.sync_all().map_err(unwritten)?;
        if (bytes, &sha256) != (member.bytes, &member.sha256) {
            return Err(altered(&member.name));
        }
    }
    let is_end = entries.next().is_none();
    // Behind the end of an archive there are zeros, if anything: what else stands there no sum covers.
    let rest = is_zeros(&mut archive.into_inner()).map_err(|error| told(&error))?;
    if is_end && rest {
        Ok(manifest)
    } else {
        Err(altered(&"more than the manifest names"))
    }
}

/// Whether nothing but zeros follows.
fn is_zeros(from: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let part = from.fill_buf()?;
        if part.is_empty() {
            return Ok(true);
        }
        if part.iter().any(|byte| *byte != 0) {
            return Ok(false);
        }
        let read = part.len();
        from.consume(read);
    }
}

/// A new file for its owner alone, with the folders above it.
fn new_file(path: &Path) -> io::Result<File> {
    if let Some(dir) = path.parent() {
        crate::ports::secrets::private_dir(dir)?;
    }
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Whether a name stays below the folder it is put into.
pub(super) fn stays_inside(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}
