//! A fresh database for every test, and the few looks into it that only a test takes.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

/// A database that nobody else uses; gone when dropped.
pub struct TestDatabase {
    /// What goes into `DATABASE_URL`.
    pub url: String,
    /// The PostgreSQL server and the database made there; the SQLite file lies in the house's directory.
    made: Option<(String, String)>,
}

/// Whether this run is on PostgreSQL.
pub fn is_postgres() -> bool {
    configured().is_some()
}

fn configured() -> Option<String> {
    let wish = std::env::var("YDT_TEST_DATABASE").unwrap_or_default();
    match wish.as_str() {
        "" | "sqlite" => None,
        url if url.starts_with("postgres") => Some(wish),
        other => {
            panic!("YDT_TEST_DATABASE is sqlite (the default) or postgres://…, not {other:?}")
        }
    }
}

/// A number that no other test of this process has.
pub fn next_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl TestDatabase {
    /// Makes an empty one; `dir` is where an SQLite file may lie.
    pub fn make(dir: &Path) -> Self {
        match configured() {
            None => Self::file(dir),
            Some(server) => Self::create(server, ""),
        }
    }

    /// The file of SQLite in a directory, whether it is there or not.
    fn file(dir: &Path) -> Self {
        Self {
            url: format!("sqlite://{}", dir.join("yidiantong.db").display()),
            made: None,
        }
    }

    fn create(server: String, how: &str) -> Self {
        let name = format!("it_{}_{}", std::process::id(), next_number());
        let mut conn = PgConnection::establish(&server)
            .unwrap_or_else(|error| panic!("YDT_TEST_DATABASE cannot be reached: {error}"));
        conn.batch_execute(&format!("CREATE DATABASE {name} {how}"))
            .unwrap();
        Self {
            url: at_database(&server, &name),
            made: Some((server, name)),
        }
    }

    /// One of SQLite that is there already.
    pub fn at(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            made: None,
        }
    }

    /// Everything it holds, to begin others with. Nobody may be at it.
    pub fn keep(self, dir: &Path) -> Original {
        if self.made.is_some() {
            return Original::Database(self);
        }
        let copy = dir.join("original.db");
        self.run(&format!("VACUUM INTO '{}'", copy.display()));
        Original::File(std::fs::read(copy).unwrap())
    }

    /// Runs statements that both engines understand.
    pub fn run(&self, sql: &str) {
        self.tries(sql)
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Runs statements; the database's words when it refuses.
    pub fn tries(&self, sql: &str) -> Result<(), String> {
        match self.open() {
            Opened::Pg(mut conn) => conn.batch_execute(sql),
            Opened::Sqlite(mut conn) => conn.batch_execute(sql),
        }
        .map_err(|error| error.to_string())
    }

    /// What somebody with all rights on the database does first: nothing guards the audit any more.
    pub fn loses_its_guards(&self) {
        for (table, what) in [
            ("audit", "update"),
            ("audit", "delete"),
            ("audit_chain", "update"),
            ("audit_chain", "delete"),
            ("audit_head", "delete"),
        ] {
            let on = if self.made.is_some() {
                format!(" ON {table}")
            } else {
                String::new()
            };
            self.run(&format!("DROP TRIGGER {table}_{what}{on}"));
        }
    }

    /// One statement with texts in its places, written `$1`, `$2` …
    pub fn run_with(&self, sql: &str, texts: &[&str]) {
        // Test data only: quoting is enough and keeps one way for both engines.
        let mut sql = sql.to_owned();
        for (index, text) in texts.iter().enumerate().rev() {
            sql = sql.replace(
                &format!("${}", index + 1),
                &format!("'{}'", text.replace('\'', "''")),
            );
        }
        self.run(&sql);
    }

    fn open(&self) -> Opened {
        if self.made.is_some() {
            Opened::Pg(PgConnection::establish(&self.url).unwrap())
        } else {
            let path = self.url.trim_start_matches("sqlite://");
            let mut conn = SqliteConnection::establish(path).unwrap();
            conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;")
                .unwrap();
            Opened::Sqlite(conn)
        }
    }

    fn rows(&self, sqlite: &str, postgres: &str) -> Vec<Row> {
        match self.open() {
            Opened::Pg(mut conn) => diesel::sql_query(postgres).load(&mut conn),
            Opened::Sqlite(mut conn) => diesel::sql_query(sqlite).load(&mut conn),
        }
        .unwrap()
    }

    /// The one text that a statement names `a`.
    pub fn text(&self, sql: &str) -> String {
        let sql = format!("SELECT a, '' AS b, '' AS c FROM ({sql}) AS t");
        self.rows(&sql, &sql).remove(0).a
    }

    /// The number that a statement in both engines' words counts.
    pub fn count(&self, sql: &str) -> usize {
        let one = format!("SELECT CAST(n AS TEXT) AS a, '' AS b, '' AS c FROM ({sql}) AS t");
        let one = one.replacen("count(*) FROM", "count(*) AS n FROM", 1);
        let rows = self.rows(&one, &one);
        rows[0].a.parse().unwrap()
    }

    /// Every column: table, name, and whether it may be null.
    pub fn columns(&self) -> Vec<(String, String, bool)> {
        let rows = self.rows(
            "SELECT m.name AS a, p.name AS b, CASE WHEN p.\"notnull\" = 1 THEN 'NO' ELSE 'YES' END AS c
             FROM sqlite_master m JOIN pragma_table_info(m.name) p
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
            "SELECT table_name::text AS a, column_name::text AS b, is_nullable::text AS c
             FROM information_schema.columns WHERE table_schema = current_schema()",
        );
        let mut columns: Vec<_> = rows
            .into_iter()
            .filter(|row| row.a != "__diesel_schema_migrations")
            .map(|row| (row.a, row.b, row.c == "YES"))
            .collect();
        columns.sort();
        columns
    }

    /// The tables in which a text stands somewhere, in any column.
    pub fn tables_with(&self, needle: &str) -> Vec<String> {
        let mut tables: Vec<(String, Vec<String>)> = Vec::new();
        for (table, column, _) in self.columns() {
            match tables.last_mut() {
                Some((last, columns)) if *last == table => columns.push(column),
                _ => tables.push((table, vec![column])),
            }
        }
        let needle = needle.replace('\'', "''");
        tables
            .into_iter()
            .filter(|(table, columns)| {
                let parts: Vec<String> = columns
                    .iter()
                    .map(|column| format!("CAST({column} AS TEXT) LIKE '%{needle}%'"))
                    .collect();
                let sql = format!(
                    "SELECT '{table}' AS a, '' AS b, '' AS c FROM {table} WHERE {} LIMIT 1",
                    parts.join(" OR ")
                );
                !self.rows(&sql, &sql).is_empty()
            })
            .map(|(table, _)| table)
            .collect()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.made
            && let Ok(mut conn) = PgConnection::establish(server)
        {
            // A database left behind is the next run's nuisance, not this test's failure.
            let _ = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// A finished database that others are copies of.
pub enum Original {
    /// The bytes of SQLite's file.
    File(Vec<u8>),
    /// A database of the PostgreSQL server.
    Database(TestDatabase),
}

impl Original {
    /// A database that begins with the same; `dir` is where an SQLite file may lie.
    pub fn copy(&self, dir: &Path) -> TestDatabase {
        match self {
            Self::File(bytes) => {
                std::fs::write(dir.join("yidiantong.db"), bytes).unwrap();
                TestDatabase::file(dir)
            }
            Self::Database(original) => {
                let (server, name) = original.made.as_ref().unwrap();
                TestDatabase::create(server.clone(), &format!("TEMPLATE {name}"))
            }
        }
    }
}

/// Databases of runs that are over: theirs that others were copies of, and those of tests that were killed.
pub fn forgets_the_dead() {
    let (Some(server), true) = (configured(), Path::new("/proc/self").exists()) else {
        return;
    };
    let mut conn = PgConnection::establish(&server)
        .unwrap_or_else(|error| panic!("YDT_TEST_DATABASE cannot be reached: {error}"));
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT datname::text AS a, '' AS b, '' AS c FROM pg_database WHERE datname ~ '^it_[0-9]+_[0-9]+$'",
    )
    .load(&mut conn)
    .unwrap();
    for Row { a: name, .. } in rows {
        let process = name.split('_').nth(1).unwrap_or_default();
        if !Path::new("/proc").join(process).exists() {
            // Another run may be doing the same.
            let _ = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name}"));
        }
    }
}

/// An address of the same server that names another database.
fn at_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    let options = if options.is_empty() {
        String::new()
    } else {
        format!("?{options}")
    };
    format!("{scheme}://{host}/{name}{options}")
}

enum Opened {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    a: String,
    #[diesel(sql_type = Text)]
    b: String,
    #[diesel(sql_type = Text)]
    c: String,
}
