//! The schema's way up and down, on both databases. The files are embedded in the program.

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::Tx;
use crate::conn::{Conn, DatabaseUrl, Manager, Purpose};
use crate::error::StoreError;

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
    let mut conn = Manager {
        url: url.clone(),
        purpose: Purpose::Write,
    }
    .open()?;
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

/// Runs what is missing; the names of what was run.
///
/// # Errors
/// [`StoreError::Unavailable`] with the database's words.
pub fn up(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    locked(url, |conn| {
        with_source!(conn, c, source => {
            let run = c.run_pending_migrations(source).map_err(failed)?;
            run.iter().map(|version| name_of(&version.to_string())).collect()
        })
    })
}

/// Takes the last one back; its name, or `None` when there is nothing to take back.
///
/// # Errors
/// [`StoreError::Unavailable`] with the database's words.
pub fn down(url: &DatabaseUrl) -> Result<Option<String>, StoreError> {
    locked(url, |conn| {
        with_source!(conn, c, source => {
            if c.applied_migrations().map_err(failed)?.is_empty() {
                return Ok(None);
            }
            let version = c.revert_last_migration(source).map_err(failed)?;
            name_of(&version.to_string()).map(Some)
        })
    })
}

/// Every migration the program knows, in order.
///
/// # Errors
/// [`StoreError::Unavailable`] with the database's words.
pub fn status(url: &DatabaseUrl) -> Result<Vec<Status>, StoreError> {
    locked(url, |conn| {
        with_source!(conn, c, source => {
            let pending: Vec<String> = c
                .pending_migrations(source)
                .map_err(failed)?
                .iter()
                .map(|migration| migration.name().to_string())
                .collect();
            Ok(names()?
                .into_iter()
                .map(|name| Status { applied: !pending.contains(&name), name })
                .collect())
        })
    })
}

/// The migrations that the program knows and this database lacks, for a process that is running already.
///
/// # Errors
/// [`StoreError`].
pub fn missing(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    #[derive(diesel::QueryableByName)]
    struct Applied {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let applied: Vec<Applied> =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations").load(tx.0)?;
    let mut lacks = names()?;
    for row in applied {
        let name = name_of(&row.version)?;
        lacks.retain(|known| *known != name);
    }
    Ok(lacks)
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
