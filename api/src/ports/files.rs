//! Pictures as files, each sealed under a key of its own that is derived from one of the secrets: whoever copies the
//! folder, or a backup of it, has nothing to look at. A file is whole under its name or not there; the folder says
//! whose it is, so that no two installations share one by mistake.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::id::AttachmentId;
use hkdf::Hkdf;
use sha2::Sha256;

use super::ids::Ids;
use super::secrets::{Secrets, private_dir};

/// What is written to see whether there is room again: as much as a photograph takes.
const TRIED_BYTES: usize = 1 << 20;
/// Every file begins so.
const HEAD: &[u8] = b"yidiantong-attachment 1\n";
/// What each file's key and seal are bound to besides its id.
const SCHEMA: &str = "yidiantong/attachment/v1";
const NONCE_BYTES: usize = 24;
/// Whose folder it is. Hidden, as is what is not whole yet: a backup leaves both out.
const MARKER: &str = ".installation";
/// Which folder it is. Hidden too; a restore writes it anew.
const FOLDER: &str = ".folder";
/// How old what nobody knows must be before it is removed: a younger one may wait for its row.
const WAITS: Duration = Duration::from_secs(3600);

/// Where the files are.
#[derive(Clone)]
pub struct Files {
    dir: PathBuf,
    key: [u8; 32],
    ids: Ids,
    /// The id of the folder that the program was started with.
    known: Arc<OnceLock<String>>,
    /// Whether the last file could not be written.
    fails: Arc<AtomicBool>,
}

/// What stands in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A sealed file, and where it lies.
    File(AttachmentId, PathBuf),
    /// The rest of one that was never finished.
    Part(PathBuf),
}

impl Files {
    /// Opens the folder, makes it where it is missing, and marks it as this installation's.
    ///
    /// # Errors
    /// One sentence for the operator, also when it is another's.
    pub fn open(dir: &Path, secrets: &Secrets, ids: Ids) -> Result<Self, String> {
        let broken = |error: io::Error| format!("ATTACHMENTS_DIR: {}: {error}", dir.display());
        private_dir(dir).map_err(broken)?;
        let files = Self {
            dir: dir.to_owned(),
            key: *secrets.files_key(),
            ids,
            known: Arc::default(),
            fails: Arc::default(),
        };
        let ours = secrets.installation();
        let marker = dir.join(MARKER);
        let theirs = match fs::read_to_string(&marker) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                files
                    .write_whole(&marker, ours.as_bytes())
                    .map_err(broken)?;
                fs::read_to_string(&marker).map_err(broken)?
            }
            read => read.map_err(broken)?,
        };
        if theirs.trim() == ours {
            Ok(files)
        } else {
            Err(format!(
                "ATTACHMENTS_DIR: {} belongs to another installation (its {MARKER} says so)",
                dir.display()
            ))
        }
    }

    /// The id of this folder, which it keeps itself; `known` is the one that the database remembers. A folder without one
    /// is given one only where the database knows of none.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn folder_id(&self, known: Option<&str>) -> Result<String, String> {
        let id = self.find_folder_id(known)?;
        // The first one stays: it is what the program was started with.
        let _ = self.known.set(id.clone());
        Ok(id)
    }

    fn find_folder_id(&self, known: Option<&str>) -> Result<String, String> {
        let dir = self.dir.display();
        let broken = |error: io::Error| format!("ATTACHMENTS_DIR: {dir}: {error}");
        if let Some(found) = read_folder_id(&self.dir).map_err(broken)? {
            return Ok(found);
        }
        if let Some(known) = known {
            return Err(format!(
                "ATTACHMENTS_DIR: {dir} is not the folder that the database was made with, for it has no {FOLDER}: all processes of one database share one; only if its files are lost for good, write {known} into {dir}/{FOLDER}"
            ));
        }
        // Of two starters one makes it, and both read it.
        match make_folder_id(&self.dir, &self.ids.id()) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(broken(error)),
            _ => {}
        }
        let found = read_folder_id(&self.dir).map_err(broken)?;
        found.ok_or_else(|| format!("ATTACHMENTS_DIR: {dir}: its {FOLDER} is gone again"))
    }

    /// That the folder is still the one that the program was started with: where its disk is no longer mounted, another
    /// lies under its name, and what were written there would be hidden once the disk is back.
    ///
    /// # Errors
    /// The operating system's, or [`ErrorKind::NotFound`] when it is another.
    pub fn check(&self) -> io::Result<()> {
        let Some(known) = self.known.get() else {
            return Ok(());
        };
        match fs::read_to_string(self.dir.join(FOLDER)) {
            Ok(found) if found.trim() == known => Ok(()),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Err(io::Error::new(
                ErrorKind::NotFound,
                "the folder of the attachments is not the one that the program was started with; is its disk mounted?",
            )),
        }
    }

    /// What an operator should know of the folder; `None` when all is well. Where the last file could not be written, one is
    /// tried.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        if let Err(error) = self.check() {
            return Some(format!(
                "photos are not taken, and those of before may not be there: {error}"
            ));
        }
        if !self.fails.load(Ordering::Relaxed) {
            return None;
        }
        let place = self.dir.join(format!("{PART}{}", self.ids.request_id()));
        let tried = self.write_whole(&place, &[0; TRIED_BYTES]);
        // Gone, or never there.
        let _ = fs::remove_file(&place);
        self.fails.store(tried.is_err(), Ordering::Relaxed);
        let error = tried.err()?;
        Some(format!(
            "photos are not taken: their folder takes no file ({error})"
        ))
    }

    /// Seals contents into a new file. It is on the disk, under its name, when this returns.
    ///
    /// # Errors
    /// The operating system's, or [`ErrorKind::NotFound`] by [`Files::check`]; there is no file of that name then.
    pub fn keep(&self, id: &AttachmentId, clear: &[u8]) -> io::Result<()> {
        self.check()?;
        let kept = self.seal(id, clear);
        self.fails.store(kept.is_err(), Ordering::Relaxed);
        kept
    }

    fn seal(&self, id: &AttachmentId, clear: &[u8]) -> io::Result<()> {
        let nonce: [u8; NONCE_BYTES] = self.ids.bytes();
        let sealed = self
            .cipher(id)?
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: clear,
                    aad: &bound_to(id),
                },
            )
            .map_err(|_| io::Error::other("an attachment could not be sealed"))?;
        let path = self.path(id);
        let room = path.parent().unwrap_or(&self.dir);
        if !room.is_dir() {
            private_dir(room)?;
            File::open(&self.dir)?.sync_all()?;
        }
        self.write_whole(&path, &[HEAD, &nonce, &sealed].concat())
    }

    /// The contents of a file; `None` when there is none of that id.
    ///
    /// # Errors
    /// The operating system's, or [`ErrorKind::InvalidData`] when it was altered or sealed under another key.
    pub fn read(&self, id: &AttachmentId) -> io::Result<Option<Vec<u8>>> {
        let bytes = match fs::read(self.path(id)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let altered = || {
            io::Error::new(
                ErrorKind::InvalidData,
                format!("attachment {id} was altered, or sealed under another key"),
            )
        };
        let rest = bytes.strip_prefix(HEAD).ok_or_else(altered)?;
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or_else(altered)?;
        self.cipher(id)?
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: sealed,
                    aad: &bound_to(id),
                },
            )
            .map(Some)
            .map_err(|_| altered())
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    /// The operating system's.
    pub fn remove(&self, id: &AttachmentId) -> io::Result<()> {
        gone(fs::remove_file(self.path(id)))
    }

    /// Whether there is a file of that id.
    ///
    /// # Errors
    /// The operating system's.
    pub fn has(&self, id: &AttachmentId) -> io::Result<bool> {
        self.path(id).try_exists()
    }

    /// What has stood in the folder for an hour, room by room, as far as we made it.
    ///
    /// # Errors
    /// The operating system's.
    pub fn settled(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                for entry in fs::read_dir(entry.path())? {
                    look(&entry?, &mut found)?;
                }
            } else if kind.is_file() {
                look(&entry, &mut found)?;
            }
        }
        Ok(found)
    }

    /// Removes what [`Files::settled`] found.
    ///
    /// # Errors
    /// The operating system's.
    pub fn clear(found: &Found) -> io::Result<()> {
        match found {
            Found::File(_, path) | Found::Part(path) => gone(fs::remove_file(path)),
        }
    }

    /// 256 rooms, so that no folder has a million files.
    fn path(&self, id: &AttachmentId) -> PathBuf {
        let id = id.as_str();
        self.dir.join(id.get(..2).unwrap_or(id)).join(id)
    }

    fn cipher(&self, id: &AttachmentId) -> io::Result<XChaCha20Poly1305> {
        let mut key = [0_u8; 32];
        Hkdf::<Sha256>::new(None, &self.key)
            .expand(&bound_to(id), &mut key)
            .map_err(|_| io::Error::other("a key could not be derived"))?;
        Ok(XChaCha20Poly1305::new(&Key::from(key)))
    }

    /// Writes a file beside its place, and puts it there when it is on the disk.
    fn write_whole(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let room = path.parent().unwrap_or(&self.dir);
        let part = room.join(format!("{PART}{}", self.ids.request_id()));
        let written = (|| {
            let mut options = fs::OpenOptions::new();
            let mut file = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&part)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&part, path)?;
            File::open(room)?.sync_all()
        })();
        if written.is_err() {
            // A full disk should not be kept full by what nobody will finish.
            let _ = fs::remove_file(&part);
        }
        written
    }
}

/// The id that a folder keeps; one that is being written is waited for.
fn read_folder_id(dir: &Path) -> io::Result<Option<String>> {
    for _ in 0..TRIES {
        match fs::read_to_string(dir.join(FOLDER)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => {
                let text = read?;
                // The line's end comes last.
                if let Some(id) = text
                    .strip_suffix('\n')
                    .map(str::trim)
                    .filter(|id| !id.is_empty())
                {
                    return Ok(Some(id.to_owned()));
                }
                std::thread::sleep(TRY_AGAIN);
            }
        }
    }
    Err(io::Error::other(format!("its {FOLDER} holds no line")))
}

/// Looks at a folder's id while another process writes it.
const TRIES: u32 = 20;
const TRY_AGAIN: Duration = Duration::from_millis(50);

/// Gives a folder its id.
///
/// # Errors
/// The operating system's; [`ErrorKind::AlreadyExists`] where it has one.
pub fn make_folder_id(dir: &Path, id: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(dir.join(FOLDER))?;
    file.write_all(format!("{id}\n").as_bytes())?;
    file.sync_all()?;
    File::open(dir)?.sync_all()
}

const PART: &str = ".part-";

fn bound_to(id: &AttachmentId) -> Vec<u8> {
    format!("{SCHEMA}\0{id}").into_bytes()
}

/// Whoever removes it first, it is gone.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Adds an entry that is old enough and bears a name of ours.
fn look(entry: &fs::DirEntry, found: &mut Vec<Found>) -> io::Result<()> {
    let age = match entry.metadata() {
        Ok(data) if data.is_file() => data.modified()?.elapsed().unwrap_or_default(),
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if age < WAITS {
        return Ok(());
    }
    let name = entry.file_name();
    let Some(name) = name.to_str() else {
        return Ok(());
    };
    let is_ours = name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if name.starts_with(PART) {
        found.push(Found::Part(entry.path()));
    } else if let Some(id) = AttachmentId::try_from(name).ok().filter(|_| is_ours) {
        found.push(Found::File(id, entry.path()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(dir: &Path, secrets: &str) -> Result<Files, String> {
        let secrets = Secrets::load(&dir.join(secrets), Ids).unwrap();
        Files::open(&dir.join("attachments"), &secrets, Ids)
    }

    #[test]
    fn only_the_right_key_and_the_right_name_open_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let files = open(dir.path(), "secrets").unwrap();
        let [one, other]: [AttachmentId; 2] = [Ids.make(), Ids.make()];
        files.keep(&one, b"canary of the contents").unwrap();
        assert_eq!(
            files.read(&one).unwrap().unwrap(),
            b"canary of the contents"
        );
        assert_eq!(files.read(&other).unwrap(), None);
        let kept = fs::read(files.path(&one)).unwrap();
        assert!(!String::from_utf8_lossy(&kept).contains("canary"));

        // Under another name, and with any byte changed.
        fs::create_dir_all(files.path(&other).parent().unwrap()).unwrap();
        fs::copy(files.path(&one), files.path(&other)).unwrap();
        assert_eq!(
            files.read(&other).unwrap_err().kind(),
            ErrorKind::InvalidData
        );
        for place in 0..kept.len() {
            let mut bytes = kept.clone();
            bytes[place] ^= 1;
            fs::write(files.path(&one), bytes).unwrap();
            assert!(files.read(&one).is_err(), "byte {place}");
        }
        fs::write(files.path(&one), kept).unwrap();
        assert!(files.read(&one).is_ok());
        // The same folder under another key.
        fs::remove_file(dir.path().join("attachments").join(MARKER)).unwrap();
        let strangers = open(dir.path(), "others").unwrap();
        assert!(strangers.read(&one).is_err());
        files.remove(&one).unwrap();
        files.remove(&one).unwrap();
        assert!(!files.has(&one).unwrap());
    }

    #[test]
    fn a_folder_belongs_to_one_installation() {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path(), "secrets").unwrap();
        open(dir.path(), "secrets").unwrap();
        let refused = open(dir.path(), "others").err().unwrap();
        assert!(
            refused.starts_with("ATTACHMENTS_DIR: ") && refused.contains("another installation")
        );
    }

    #[test]
    fn a_folder_is_told_from_another_of_the_same_installation() {
        let dir = tempfile::tempdir().unwrap();
        let files = open(dir.path(), "secrets").unwrap();
        // Known to the database, and this is an empty one.
        let refused = files.folder_id(Some("ab12")).unwrap_err();
        assert!(
            refused.starts_with("ATTACHMENTS_DIR: ") && refused.contains("write ab12 into"),
            "{refused}"
        );
        let id = files.folder_id(None).unwrap();
        assert_eq!(files.folder_id(None).unwrap(), id);
        assert_eq!(files.folder_id(Some(&id)).unwrap(), id);
        // What is written by hand, as the refusal says.
        fs::write(dir.path().join("attachments").join(FOLDER), "ab12\n").unwrap();
        assert_eq!(files.folder_id(Some("ab12")).unwrap(), "ab12");
        assert_eq!(files.settled().unwrap(), []);
    }

    #[test]
    fn a_folder_whose_disk_is_gone_takes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let files = open(dir.path(), "secrets").unwrap();
        files.folder_id(None).unwrap();
        let [one, other]: [AttachmentId; 2] = [Ids.make(), Ids.make()];
        files.keep(&one, b"one").unwrap();
        assert_eq!(files.trouble(), None);
        let (here, away) = (dir.path().join("attachments"), dir.path().join("away"));
        fs::rename(&here, &away).unwrap();
        for mounted_on in [false, true] {
            if mounted_on {
                // What lies under the disk may have been such a folder once.
                fs::create_dir(&here).unwrap();
                fs::write(here.join(FOLDER), "ab12\n").unwrap();
            }
            let refused = files.keep(&other, b"other").unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::NotFound);
            assert!(files.trouble().unwrap().contains("is its disk mounted?"));
        }
        fs::remove_dir_all(&here).unwrap();
        fs::rename(&away, &here).unwrap();
        assert_eq!(files.trouble(), None);
        files.keep(&other, b"other").unwrap();
        assert_eq!(files.read(&one).unwrap().unwrap(), b"one");
    }

    #[test]
    fn what_is_young_or_not_ours_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let files = open(dir.path(), "secrets").unwrap();
        let id: AttachmentId = Ids.make();
        files.keep(&id, b"x").unwrap();
        let room = files.path(&id).parent().unwrap().to_owned();
        let part = room.join(".part-0123456789abcdef");
        for path in [part.clone(), room.join("notes.txt")] {
            fs::write(path, b"x").unwrap();
        }
        assert_eq!(files.settled().unwrap(), []);
        for entry in fs::read_dir(&room).unwrap() {
            let file = File::options()
                .write(true)
                .open(entry.unwrap().path())
                .unwrap();
            let then = file.metadata().unwrap().modified().unwrap() - 2 * WAITS;
            file.set_modified(then).unwrap();
        }
        let mut found = files.settled().unwrap();
        found.sort_by_key(|found| matches!(found, Found::Part(_)));
        assert_eq!(
            found,
            [Found::File(id.clone(), files.path(&id)), Found::Part(part)]
        );
        for one in &found {
            Files::clear(one).unwrap();
        }
        assert_eq!(files.settled().unwrap(), []);
        assert!(room.join("notes.txt").exists());
    }
}
