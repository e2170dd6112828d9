//! The schema's way up and down, on both databases. The files are embedded in the program.

use diesel::connection::SimpleConnection as _;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection as _, RunQueryDsl as _};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::Tx;
use crate::conn::{Conn, DatabaseUrl, Manager, Purpose};
use crate::error::StoreError;
use crate::tx::{begin, commit, rollback};

const POSTGRES: EmbeddedMigrations = embed_migrations!("../../../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../../../migrations/sqlite");
/// Any number will do, as long as every starter uses the same.
const STARTERS_LOCK: i64 = 7_943_001;

/// One migration and whether the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its folder's name.
    pub name: String,
    /// Whether it was run.
    pub applied: bool,
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

fn locked<T>(
    url: &DatabaseUrl,
    work: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut conn = Manager::new(url, Purpose::Write).open()?;
    if let Conn::Pg(c) = &mut conn {
        // Ends with the connection.
        c.batch_execute(&format!("SELECT pg_advisory_lock({STARTERS_LOCK})"))?;
    }
    work(&mut conn)
}

macro_rules! with_source {
    ($conn:expr, $c:ident, $source:ident => $body:expr) => {
        match $conn {
            Conn::Pg($c) => {
                let $source = POSTGRES;
                $body
            }
            Conn::Sqlite($c) => {
                let $source = SQLITE;
                $body
            }
        }
    };
}

/// A database of SQLite in memory with all of the schema, to compare others with.
///
/// # Errors
/// [`StoreError::Unavailable`] with the database's words.
pub(crate) fn in_memory() -> Result<SqliteConnection, StoreError> {
    let unavailable = |error: diesel::ConnectionError| StoreError::Unavailable(error.to_string());
    let mut conn = SqliteConnection::establish(":memory:").map_err(unavailable)?;
    conn.run_pending_migrations(SQLITE).map_err(failed)?;
    Ok(conn)
}

/// Runs what is missing; the names of what was run.
///
/// # Errors
/// [`StoreError::Newer`], or [`StoreError::Unavailable`] with the database's words.
pub fn up(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    up_by(url, usize::MAX)
}

/// Runs what is missing, in order, and at most `steps` of it; the names of what was run.
///
/// # Errors
/// [`StoreError::Newer`], or [`StoreError::Unavailable`] with the database's words.
pub fn up_by(url: &DatabaseUrl, steps: usize) -> Result<Vec<String>, StoreError> {
    locked(url, |conn| {
        // An account that only serves may not even ask diesel, which makes sure of its own table first.
        if !lacks_some(conn)? {
            return Ok(Vec::new());
        }
        let mut run = Vec::new();
        while run.len() < steps {
            match alone(conn, next)? {
                Some(name) => run.push(name),
                None => break,
            }
        }
        Ok(run)
    })
}

/// Runs the first migration that is missing; its name, or `None` when all were run.
fn next(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    // Asked anew: another starter may have been here since.
    if !lacks_some(conn)? {
        return Ok(None);
    }
    with_source!(conn, c, source => {
        let version = c.run_next_migration(source).map_err(failed)?;
        name_of(&version.to_string()).map(Some)
    })
}

/// Whether the database lacks a migration that the program knows.
fn lacks_some(conn: &mut Conn) -> Result<bool, StoreError> {
    let has = applied(conn)?;
    refuse_newer(&has)?;
    Ok(!names()?.iter().all(|name| has.contains(name)))
}

/// Takes the last one back; its name, or `None` when there is nothing to take back.
///
/// # Errors
/// [`StoreError::Newer`], or [`StoreError::Unavailable`] with the database's words.
pub fn down(url: &DatabaseUrl) -> Result<Option<String>, StoreError> {
    locked(url, |conn| alone(conn, last))
}

/// Takes the last migration back; its name, or `None` when there is none.
fn last(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    refuse_newer(&applied(conn)?)?;
    with_source!(conn, c, source => {
        if c.applied_migrations().map_err(failed)?.is_empty() {
            return Ok(None);
        }
        let version = c.revert_last_migration(source).map_err(failed)?;
        name_of(&version.to_string()).map(Some)
    })
}

/// Does `work` in one transaction, while no other starter changes the schema. On PostgreSQL the lock is there since
/// [`locked`]; on SQLite whoever writes is alone, so this writes from before the first look on: of two that have looked
/// already, both would run the same migration.
fn alone<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    begin(conn, "BEGIN", "BEGIN IMMEDIATE")?;
    let done = work(conn);
    match done {
        Ok(_) => commit(conn)?,
        Err(_) => rollback(conn)?,
    }
    done
}

/// Every migration the program knows, in order.
///
/// # Errors
/// [`StoreError::Newer`], or [`StoreError::Unavailable`] with the database's words.
pub fn status(url: &DatabaseUrl) -> Result<Vec<Status>, StoreError> {
    locked(url, |conn| {
        let has = applied(conn)?;
        refuse_newer(&has)?;
        Ok(names()?
            .into_iter()
            .map(|name| Status {
                applied: has.contains(&name),
                name,
            })
            .collect())
    })
}

/// The migrations that the program knows and this database lacks, for a process that is running already.
///
/// # Errors
/// [`StoreError`].
pub fn missing(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    let has = recorded(tx.0)?;
    let mut lacks = names()?;
    lacks.retain(|known| !has.contains(known));
    Ok(lacks)
}

/// The first migration that this database has and the program does not know.
///
/// # Errors
/// [`StoreError`].
pub fn newer(tx: &mut Tx<'_>) -> Result<Option<String>, StoreError> {
    match refuse_newer(&recorded(tx.0)?) {
        Ok(()) => Ok(None),
        Err(StoreError::Newer(name)) => Ok(Some(name)),
        Err(error) => Err(error),
    }
}

/// # Errors
/// [`StoreError::Newer`] with the first of `has` that the program does not know.
pub(crate) fn refuse_newer(has: &[String]) -> Result<(), StoreError> {
    let known = names()?;
    match has.iter().find(|name| !known.contains(name)) {
        None => Ok(()),
        Some(name) => Err(StoreError::Newer(name.clone())),
    }
}

/// The migrations that a database has, in order; none where no program has been yet.
fn applied(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    #[derive(diesel::QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        tables: i64,
    }
    // To ask a table that is not there would be an error with words of the server's own language.
    let asked = match conn {
        Conn::Pg(_) => "SELECT count(to_regclass('__diesel_schema_migrations')) AS tables",
        Conn::Sqlite(_) => {
            "SELECT count(*) AS tables FROM sqlite_master WHERE name = '__diesel_schema_migrations'"
        }
    };
    let found: Found = diesel::sql_query(asked).get_result(conn)?;
    if found.tables == 0 {
        return Ok(Vec::new());
    }
    recorded(conn)
}

/// The migrations that the table of a database names, in order.
fn recorded(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    #[derive(diesel::QueryableByName)]
    struct Applied {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let rows: Vec<Applied> =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version")
            .load(conn)?;
    rows.iter().map(|row| name_of(&row.version)).collect()
}

/// The folder of a version: `2026-11-23-000000_spine` has version `20261123000000`.
pub(crate) fn name_of(version: &str) -> Result<String, StoreError> {
    let folder = names()?.into_iter().find(|name| {
        let stem = name.split('_').next().unwrap_or_default();
        stem.replace('-', "") == version
    });
    Ok(folder.unwrap_or_else(|| version.to_owned()))
}

/// Every migration the program knows, in order.
pub(crate) fn names() -> Result<Vec<String>, StoreError> {
    // Both folders hold the same names (tests/it/schema.rs).
    let migrations =
        diesel::migration::MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)
            .map_err(failed)?;
    Ok(migrations
        .iter()
        .map(|migration| migration.name().to_string())
        .collect())
}
