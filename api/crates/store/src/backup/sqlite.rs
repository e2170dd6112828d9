//! SQLite: `VACUUM INTO` reads one snapshot while the writer goes on, and leaves a file without a log beside it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection as _, sql_query};

use super::{BackupError, Contents, Saved, check_contents, contents, words};
use crate::conn::Conn;
use crate::error::StoreError;

pub(super) fn open(path: &Path) -> Result<SqliteConnection, BackupError> {
    // Opening would make it.
    if !path.is_file() {
        return Err(BackupError::file(path, &"there is no database"));
    }
    let text = path
        .to_str()
        .ok_or_else(|| BackupError::file(path, &"its path is not UTF-8"))?;
    let mut conn =
        SqliteConnection::establish(text).map_err(|error| BackupError::file(path, &error))?;
    conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF;")
        .map_err(StoreError::from)?;
    Ok(conn)
}

pub(super) fn save(path: &Path, into: &Path) -> Result<Saved, BackupError> {
    let mut source = open(path)?;
    sql_query("VACUUM INTO ?")
        .bind::<Text, _>(into.to_string_lossy())
        .execute(&mut source)
        .map_err(StoreError::from)?;
    drop(source);
    Ok(Saved {
        engine: "sqlite".into(),
        origin: None,
        contents: contents(&mut Conn::Sqlite(open(into)?))?,
    })
}

/// The database's file, and those SQLite keeps beside it.
fn files(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|tail| {
        let mut name = path.as_os_str().to_owned();
        name.push(tail);
        PathBuf::from(name)
    })
}

/// A log of an older database would be played into the new one, so that it must not be there either.
pub(super) fn check_empty(path: &Path) -> Result<(), BackupError> {
    match files(path).iter().find(|file| file.exists()) {
        None => Ok(()),
        Some(file) => Err(BackupError::file(file, &IN_THE_WAY)),
    }
}

const IN_THE_WAY: &str = "there is a database already; restore only into an empty data directory";

/// Each names every fault it finds; the first says `ok` when there is none.
const CHECKS: [(&str, &str); 2] = [
    (
        "integrity_check",
        "SELECT integrity_check AS word FROM pragma_integrity_check",
    ),
    (
        "foreign_key_check",
        "SELECT \"table\" || ' refers to nothing' AS word FROM pragma_foreign_key_check",
    ),
];

pub(super) fn check(saved: &Contents, from: &Path) -> Result<(), BackupError> {
    let mut conn = Conn::Sqlite(open(from)?);
    for (check, sql) in CHECKS {
        if let Some(word) = words(&mut conn, sql)?.iter().find(|word| *word != "ok") {
            return Err(BackupError::Refused(format!(
                "the database in the backup is broken ({check}: {word}); nothing was restored"
            )));
        }
    }
    check_contents(&contents(&mut conn)?, saved)
}

pub(super) fn put_back(path: &Path, from: &Path) -> Result<(), BackupError> {
    fs::File::open(from)
        .and_then(|file| file.sync_all())
        .map_err(|error| BackupError::file(from, &error))?;
    // A link, not a renaming, which would replace what somebody has begun there meanwhile.
    match fs::hard_link(from, path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(BackupError::file(path, &IN_THE_WAY));
        }
        // Not every file system has links.
        Err(_) => fs::rename(from, path).map_err(|error| BackupError::file(path, &error))?,
    }
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
    fs::File::open(dir.unwrap_or(Path::new(".")))
        .and_then(|dir| dir.sync_all())
        .map_err(|error| BackupError::file(path, &error))
}
