//! A backup put back, into an empty place only: everything is unpacked and checked beside where it will stand, and
//! the database comes last, because with it the installation is there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use store::DatabaseUrl;

use super::ATTACHMENTS;
use super::archive::{self, Manifest, Member};
use super::staging::{self, Staging};
use crate::app::FOLDER;
use crate::config::Config;
use crate::ports::erasures::Erasures;
use crate::ports::files::make_folder_id;
use crate::ports::ids::Ids;
use crate::ports::secrets::{Secrets, private_dir};

/// Where file systems put what they find of broken files.
const LOST_AND_FOUND: &str = "lost+found";

/// What came of it.
#[derive(Debug)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: domain::time::Timestamp,
    /// Rows in all tables.
    pub rows: i64,
    /// Attachments.
    pub files: usize,
    /// Whether the secrets that it belongs to are there.
    pub has_secrets: bool,
    /// Identities that the list beside the secrets says were erased. Those that the backup has brought back are erased
    /// again at the next start, before anything is served (`operations::erasures`): here the schema may be an older
    /// one.
    pub erased: usize,
}

/// Puts the backup `from` back.
///
/// # Errors
/// One sentence for the operator; the place is empty as before then.
pub fn restore(config: &Config, from: &Path, staging: &Staging) -> Result<Restored, String> {
    let url = &config.migrate_database;
    let files = config.attachments_dir.clone();
    // Each beside where it will stand: renaming is the one thing that does not stop half-way.
    let database_work = match url {
        DatabaseUrl::Sqlite(path) => staging.beside(Path::new(path))?,
        DatabaseUrl::Postgres(_) => staging.within(&config.data_dir)?,
    };
    // A folder that is there may be where a disk is mounted, which nothing can be renamed onto: what is unpacked within it
    // is moved up, part by part.
    let files_work = match files.is_dir() {
        true => staging.within(&files)?,
        false => staging.beside(&files)?,
    };
    let database = database_work.join("database");
    let mut has_secrets = false;
    let manifest = archive::unpack(
        from,
        |manifest| {
            has_secrets = check(config, manifest)?;
            check_no_files(&files)
        },
        |member| place(member, &database, &files_work),
    )?;
    if !database.is_file() {
        return Err(format!("{}: there is no database in it", from.display()));
    }
    let list = Erasures::of(&config.secrets_dir);
    let erased = list
        .read()
        .map_err(|error| format!("{}: {error}", list.path().display()))?;
    let count = manifest.members.len() - 1;
    let mut placed = Placed::default();
    let unpacked = files_work.join(ATTACHMENTS);
    mark_folder(&unpacked, &manifest)?;
    let first = || placed.put(&unpacked, &files);
    store::backup::put_back(
        url,
        &manifest.database,
        &database,
        staging.stop_flag(),
        first,
    )
    .map_err(|error| error.to_string())?;
    placed.stays();
    Ok(Restored {
        made_at: manifest.made_at,
        rows: manifest.database.contents.tables.values().sum(),
        files: count,
        has_secrets,
        erased: erased.len(),
    })
}

/// Refuses what could not be put back here; whether the secrets it belongs to are there.
fn check(config: &Config, manifest: &Manifest) -> Result<bool, String> {
    let database = &manifest.database;
    store::backup::check_place(&config.migrate_database, database)
        .map_err(|error| error.to_string())?;
    let dir = &config.secrets_dir;
    let secrets =
        Secrets::found(dir, Ids).map_err(|error| format!("{}: {error}", dir.display()))?;
    let Some(secrets) = secrets else {
        return Ok(false);
    };
    for (name, id) in secrets.key_ids() {
        let theirs = database.contents.key_ids.get(name);
        if theirs.is_some_and(|theirs| *theirs != id) {
            return Err(format!(
                "the backup belongs to another {name} than the one in {}: restore it beside its own secrets",
                dir.display()
            ));
        }
    }
    Ok(true)
}

fn check_no_files(dir: &Path) -> Result<(), String> {
    let is_file = |entry: io::Result<fs::DirEntry>| {
        // What a file system makes itself, and what this restore (or one that was killed) unpacks.
        let ours = |name: &str| name == LOST_AND_FOUND || name.starts_with(staging::PREFIX);
        entry.map_or(true, |entry| !ours(&entry.file_name().to_string_lossy()))
    };
    match fs::read_dir(dir).map(|mut entries| !entries.any(is_file)) {
        Ok(true) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Ok(false) => Err(format!(
            "{}: there are files already; restore only into an empty data directory",
            dir.display()
        )),
        Err(error) => Err(format!("{}: {error}", dir.display())),
    }
}

/// The folder is the one that the database remembers, wherever it stands from now on.
fn mark_folder(dir: &Path, manifest: &Manifest) -> Result<(), String> {
    let Some(id) = manifest.database.contents.key_ids.get(FOLDER) else {
        return Ok(());
    };
    private_dir(dir)
        .and_then(|()| make_folder_id(dir, id))
        .map_err(|error| format!("{}: {error}", dir.display()))
}

/// Where a member is unpacked.
fn place(member: &Member, database: &Path, files: &Path) -> Result<PathBuf, String> {
    let name = &member.name;
    if name.starts_with("database.") && !name.contains('/') {
        return Ok(database.to_owned());
    }
    let is_file = name
        .strip_prefix(ATTACHMENTS)
        .is_some_and(|rest| rest.starts_with('/'));
    if is_file && archive::stays_inside(name) {
        return Ok(files.join(name));
    }
    Err(format!(
        "the backup holds {name:?}, which has no place here"
    ))
}

/// The attachments where they belong, taken away again unless the database comes too.
#[derive(Default)]
struct Placed(Vec<PathBuf>);

impl Placed {
    fn put(&mut self, from: &Path, to: &Path) -> Result<(), String> {
        if !from.exists() {
            return Ok(());
        }
        let dir = to.parent().unwrap_or(Path::new("."));
        let placed = match from.starts_with(to) {
            true => self.put_parts(from, to),
            false => self
                .move_to(from, to.to_owned())
                .and_then(|()| fs::File::open(dir)?.sync_all()),
        };
        placed.map_err(|error| format!("{}: {error}", to.display()))
    }

    fn put_parts(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            self.move_to(&entry.path(), to.join(entry.file_name()))?;
        }
        fs::File::open(to)?.sync_all()
    }

    fn move_to(&mut self, from: &Path, to: PathBuf) -> io::Result<()> {
        fs::rename(from, &to)?;
        self.0.push(to);
        Ok(())
    }

    fn stays(mut self) {
        self.0.clear();
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        // There was nothing before; a rest would only refuse the next try.
        for part in &self.0 {
            let _ = match part.is_dir() {
                true => fs::remove_dir_all(part),
                false => fs::remove_file(part),
            };
        }
    }
}
