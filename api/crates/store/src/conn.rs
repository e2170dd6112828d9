//! The connection: one enum over both databases, opened by the scheme of `DATABASE_URL`.
//!
//! Never diesel's derived `establish`: it tries one engine after the other, so a typo in a PostgreSQL
//! address would silently create an SQLite file of that name.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::r2d2::{ManageConnection, R2D2Connection as _};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection as _, MultiConnection};

use crate::error::StoreError;

/// A connection to either database. PostgreSQL first, as diesel's documentation asks.
#[derive(MultiConnection)]
pub(crate) enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// Runs the same words on the concrete connection, for what the common one cannot say
/// (`on_conflict`, inserts of many rows).
macro_rules! on_backend {
    ($tx:expr, $c:ident => $body:expr) => {
        match $tx.0 {
            $crate::conn::Conn::Pg($c) => $body,
            $crate::conn::Conn::Sqlite($c) => $body,
        }
    };
}
pub(crate) use on_backend;

/// The rows of a table that belong to some ids. One id is compared and not listed: SQLite's statements with a list are
/// parsed and planned anew at each call, and most of what is written loads one case.
macro_rules! of_these {
    ($table:expr, $column:expr, $ids:expr) => {
        match $ids {
            [id] => $table.into_boxed().filter($column.eq(id)),
            ids => $table.into_boxed().filter($column.eq_any(ids)),
        }
    };
}
pub(crate) use of_these;

/// Where the data lives.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of the embedded SQLite.
    Sqlite(String),
    /// A PostgreSQL server.
    Postgres(String),
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{path}"),
            // The address may hold a password.
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

impl DatabaseUrl {
    /// Reads `sqlite://PATH` or `postgres://…`.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            if path.is_empty() || path.contains(":memory:") {
                return Err(
                    "sqlite:// needs the path of a file, such as sqlite://data/yidiantong.db"
                        .into(),
                );
            }
            return Ok(Self::Sqlite(path.to_owned()));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err("it must begin with sqlite:// or postgres://".into())
    }

    /// The engine's name, as manifests of backups have it.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// What a connection is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

/// Opens connections for the pools.
#[derive(Debug, Clone)]
pub(crate) struct Manager {
    url: DatabaseUrl,
    purpose: Purpose,
    /// Whether the last connection that was asked for could not be had; its copies share it.
    down: Arc<AtomicBool>,
}

/// What libpq is told about connections, where the address does not say otherwise: seconds until one that does not
/// come about is given up, and when one whose other end has vanished without a word is.
const PATIENCE: [(&str, &str); 5] = [
    ("connect_timeout", "3"),
    ("keepalives_idle", "15"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    // Milliseconds.
    ("tcp_user_timeout", "20000"),
];

/// The address with [`PATIENCE`].
fn patient(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in PATIENCE {
        if !url.contains(&format!("{name}=")) {
            let joint = if url.contains('?') { "&" } else { "?" };
            url.extend([joint, name, "=", value]);
        }
    }
    url
}

/// How long a connection waits for another's lock on the SQLite file.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Pages that the writing connection may keep in memory, in KiB: cases have random keys, so a group of filings touches
/// pages all over the file. With the 2 MB as delivered each of them was read again for each group.
const WRITER_CACHE_KIB: u32 = 64 * 1024;
/// Pages of the write-ahead log after which it is copied into the file (as delivered: 1,000, which one group of filings
/// fills), where nobody does so beside the writer ([`crate::checkpoint`]).
const CHECKPOINT_PAGES: u32 = 4_000;

impl Manager {
    pub fn new(url: &DatabaseUrl, purpose: Purpose) -> Self {
        Self {
            url: url.clone(),
            purpose,
            down: Arc::default(),
        }
    }

    /// Whether the last connection that was asked for could not be had.
    pub fn is_down(&self) -> bool {
        self.down.load(Ordering::Relaxed)
    }

    pub fn open(&self) -> Result<Conn, StoreError> {
        let opened = self.opened();
        self.down.store(opened.is_err(), Ordering::Relaxed);
        opened
    }

    fn opened(&self) -> Result<Conn, StoreError> {
        let away = |error: &dyn fmt::Display| StoreError::Unavailable(error.to_string());
        match &self.url {
            DatabaseUrl::Postgres(url) => {
                let mut conn =
                    PgConnection::establish(&patient(url)).map_err(|error| away(&error))?;
                conn.batch_execute("SET client_min_messages TO warning")?;
                Ok(Conn::Pg(conn))
            }
            DatabaseUrl::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(path).map_err(|error| away(&error))?;
                // The order matters: without the timeout first, connections that open together fail
                // on the switch to WAL with "database is locked". What undoes a savepoint is kept in memory: in a
                // file, each page that a filing touches would be written out a second time for nothing.
                conn.batch_execute(&format!(
                    "PRAGMA busy_timeout = {};
                     PRAGMA journal_mode = WAL;
                     PRAGMA synchronous = FULL;
                     PRAGMA foreign_keys = ON;
                     PRAGMA secure_delete = ON;
                     PRAGMA temp_store = MEMORY;
                     PRAGMA trusted_schema = OFF;",
                    BUSY_TIMEOUT.as_millis()
                ))?;
                match self.purpose {
                    Purpose::Read => conn.batch_execute("PRAGMA query_only = ON;")?,
                    Purpose::Write => conn.batch_execute(&format!(
                        "PRAGMA cache_size = -{WRITER_CACHE_KIB};
                         PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES};"
                    ))?,
                }
                Ok(Conn::Sqlite(conn))
            }
        }
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = StoreError;

    fn connect(&self) -> Result<Conn, StoreError> {
        self.open()
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), StoreError> {
        match conn {
            Conn::Pg(c) => c.ping().map_err(StoreError::from),
            Conn::Sqlite(_) => Ok(()),
        }
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        match conn {
            Conn::Pg(c) => c.is_broken(),
            Conn::Sqlite(c) => c.is_broken(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_it_says_about_waiting() {
        let plain = patient("postgres://a@b/c");
        assert!(plain.starts_with("postgres://a@b/c?connect_timeout=3&keepalives_idle="));
        let own = patient("postgres://a@b/c?sslmode=require&connect_timeout=9");
        assert!(own.starts_with("postgres://a@b/c?sslmode=require&connect_timeout=9&"));
        assert!(!own.contains("connect_timeout=3"));
    }

    #[test]
    fn a_typo_is_no_file() {
        assert!(DatabaseUrl::parse("postgresql:typo").is_err());
        assert!(DatabaseUrl::parse("sqlite://").is_err());
        assert!(DatabaseUrl::parse("sqlite://data/a.db").is_ok());
        assert!(DatabaseUrl::parse("mysql://x").is_err());
    }
}
