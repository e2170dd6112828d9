//! The database as one file, taken while others write, and put back into an empty place.
//!
//! Each engine's own tool makes the file (`VACUUM INTO`, `pg_dump`); what is counted in it is counted in the very
//! moment the file shows, so that whoever puts it back can tell whether all of it arrived.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use diesel::QueryableByName;
use diesel::RunQueryDsl as _;
use diesel::sql_types::{BigInt, Text};
use serde::{Deserialize, Serialize};

use crate::Tx;
use crate::conn::{Conn, DatabaseUrl, on_backend};
use crate::directory::View;
use crate::error::StoreError;
use crate::migrate;

mod postgres;
mod sqlite;
mod tools;

/// Why a database was not saved or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database's own words.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One sentence for the operator.
    #[error("{0}")]
    Refused(String),
}

impl BackupError {
    fn file(path: &Path, error: &dyn std::fmt::Display) -> Self {
        Self::Refused(format!("{}: {error}", path.display()))
    }
}

/// What is in a database, as far as it can be told without showing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The migrations it has, in order.
    pub migrations: Vec<String>,
    /// Name and id of each secret it was made with.
    pub key_ids: BTreeMap<String, String>,
    /// Rows of each table.
    pub tables: BTreeMap<String, i64>,
}

/// Where a dump of PostgreSQL comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The server's major version.
    pub server: u32,
    /// The major version of the `pg_dump` that wrote it.
    pub tool: u32,
    /// The schema everything is in.
    pub schema: String,
}

/// A database that was written into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// With PostgreSQL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What is in it.
    pub contents: Contents,
}

/// Writes the database into the new file `into`, while others go on writing. Programs it runs end when `stop` is set.
///
/// # Errors
/// [`BackupError`]; `into` may be there half written then.
pub fn save(url: &DatabaseUrl, into: &Path, stop: &AtomicBool) -> Result<Saved, BackupError> {
    let saved = match url {
        DatabaseUrl::Sqlite(path) => sqlite::save(Path::new(path), into)?,
        DatabaseUrl::Postgres(address) => postgres::save(url, address, into, stop)?,
    };
    // What this program does not know it could not put back.
    migrate::refuse_newer(&saved.contents.migrations)?;
    Ok(saved)
}

/// Refuses what could not be put back here: another engine's, of a newer program, or onto something.
///
/// # Errors
/// [`BackupError::Refused`] with one sentence.
pub fn check_place(url: &DatabaseUrl, saved: &Saved) -> Result<(), BackupError> {
    if saved.engine != url.engine() {
        return Err(BackupError::Refused(format!(
            "the backup is of {}, and DATABASE_URL is {}: restore it on its own engine",
            saved.engine,
            url.engine()
        )));
    }
    let known = migrate::names()?;
    let newer = |name: &&String| !known.contains(name);
    if let Some(name) = saved.contents.migrations.iter().find(newer) {
        return Err(BackupError::Refused(format!(
            "the backup has the migration {name}, which this program does not know: restore it with a newer program"
        )));
    }
    match (url, &saved.origin) {
        (DatabaseUrl::Sqlite(path), _) => sqlite::check_empty(Path::new(path)),
        (DatabaseUrl::Postgres(_), Some(origin)) => postgres::check_place(url, origin),
        (DatabaseUrl::Postgres(_), None) => Err(BackupError::Refused(
            "the backup does not say which PostgreSQL it is of".into(),
        )),
    }
}

/// Puts the database in the file `from` into the empty place `url`, whole or not at all. With SQLite the file has
/// to lie in the same file system, and is moved. `first` runs when all is checked that can be checked before.
/// Programs it runs end when `stop` is set.
///
/// # Errors
/// [`BackupError`]; the place is empty as before then.
pub fn put_back(
    url: &DatabaseUrl,
    saved: &Saved,
    from: &Path,
    stop: &AtomicBool,
    first: impl FnOnce() -> Result<(), String>,
) -> Result<(), BackupError> {
    check_place(url, saved)?;
    let first = || first().map_err(BackupError::Refused);
    match (url, &saved.origin) {
        (DatabaseUrl::Postgres(address), Some(origin)) => {
            let tool = postgres::restorer(url, origin)?;
            first()?;
            postgres::put_back(url, address, saved, &tool, from, stop)
        }
        (DatabaseUrl::Sqlite(path), _) => {
            sqlite::check(&saved.contents, from)?;
            first()?;
            sqlite::put_back(Path::new(path), from)
        }
        (DatabaseUrl::Postgres(_), None) => Ok(()),
    }
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The first column of `sql`, called `word`.
fn words(conn: &mut Conn, sql: &str) -> Result<Vec<String>, StoreError> {
    let tx = Tx(conn, View::default());
    let rows: Vec<Word> = on_backend!(tx, c => diesel::sql_query(sql).load(c))?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// The tables in reach of the connection, in the order of their names.
fn tables(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let sql = match conn {
        Conn::Pg(_) => {
            "SELECT table_name::text AS word FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
        }
        Conn::Sqlite(_) => {
            "SELECT name AS word FROM sqlite_master
             WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1"
        }
    };
    words(conn, sql)
}

/// The ids of all pictures that the database names; none where it has no table of them yet.
///
/// # Errors
/// [`BackupError`].
pub fn pictures(url: &DatabaseUrl) -> Result<Vec<String>, BackupError> {
    let mut conn = match url {
        DatabaseUrl::Sqlite(path) => Conn::Sqlite(sqlite::open(Path::new(path))?),
        DatabaseUrl::Postgres(_) => postgres::open(url)?,
    };
    if tables(&mut conn)?.iter().any(|name| name == "attachments") {
        Ok(words(&mut conn, "SELECT id AS word FROM attachments")?)
    } else {
        Ok(Vec::new())
    }
}

/// What is in a database, as the transaction of `conn` sees it.
fn contents(conn: &mut Conn) -> Result<Contents, BackupError> {
    let names = tables(conn)?;
    let ours = ["__diesel_schema_migrations", "key_ids"];
    if !ours.iter().all(|name| names.iter().any(|one| one == name)) {
        return Err(BackupError::Refused(
            "there is no database of this program".into(),
        ));
    }
    let mut rows = BTreeMap::new();
    for name in names {
        let sql = format!("SELECT count(*) AS number FROM \"{name}\"");
        let tx = Tx(&mut *conn, View::default());
        let counted: Number =
            on_backend!(tx, c => diesel::sql_query(sql).get_result(c)).map_err(StoreError::from)?;
        rows.insert(name, counted.number);
    }
    let versions = words(
        conn,
        "SELECT version AS word FROM __diesel_schema_migrations ORDER BY version",
    )?;
    let migrations = versions.iter().map(|version| migrate::name_of(version));
    let migrations = migrations.collect::<Result<_, _>>()?;
    let tx = Tx(conn, View::default());
    let keys: Vec<Pair> = on_backend!(tx, c => {
        diesel::sql_query("SELECT name, key_id AS value FROM key_ids").load(c)
    })
    .map_err(StoreError::from)?;
    Ok(Contents {
        migrations,
        key_ids: keys.into_iter().map(|row| (row.name, row.value)).collect(),
        tables: rows,
    })
}

/// Refuses a database that does not hold what was saved.
fn check_contents(found: &Contents, saved: &Contents) -> Result<(), BackupError> {
    let names = found.tables.keys().chain(saved.tables.keys());
    for name in names {
        let [here, there] = [found, saved].map(|one| one.tables.get(name).copied());
        if here != there {
            return Err(BackupError::Refused(format!(
                "table {name}: {} rows came back, {} were saved; nothing was restored",
                here.unwrap_or(0),
                there.unwrap_or(0)
            )));
        }
    }
    if found != saved {
        return Err(BackupError::Refused(
            "the database in the backup has other migrations or key ids than its manifest; nothing was restored"
                .into(),
        ));
    }
    Ok(())
}
