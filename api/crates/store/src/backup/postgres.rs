//! PostgreSQL: `pg_dump` on a snapshot that this program holds open and counts in, and `pg_restore` in a single
//! transaction.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use diesel::connection::SimpleConnection as _;

use super::tools::{Address, Tool};
use super::{BackupError, Origin, Saved, check_contents, contents, tables, words};
use crate::conn::{Conn, DatabaseUrl, Manager, Purpose};
use crate::error::StoreError;

pub(super) fn open(url: &DatabaseUrl) -> Result<Conn, BackupError> {
    Ok(Manager::new(url, Purpose::Read).open()?)
}

fn run(conn: &mut Conn, sql: &str) -> Result<(), StoreError> {
    match conn {
        Conn::Pg(c) => c.batch_execute(sql)?,
        Conn::Sqlite(c) => c.batch_execute(sql)?,
    }
    Ok(())
}

fn word(conn: &mut Conn, sql: &str) -> Result<String, BackupError> {
    let found = words(conn, sql)?.into_iter().next();
    found.ok_or_else(|| BackupError::Refused(format!("PostgreSQL did not answer {sql}")))
}

/// The server's major version.
fn server(conn: &mut Conn) -> Result<u32, BackupError> {
    let number = word(conn, "SELECT current_setting('server_version_num') AS word")?;
    let number: u32 = number.parse().unwrap_or_default();
    Ok(number / 10_000)
}

fn schema(conn: &mut Conn) -> Result<String, BackupError> {
    word(conn, "SELECT coalesce(current_schema()::text, '') AS word")
}

pub(super) fn save(
    url: &DatabaseUrl,
    address: &str,
    into: &Path,
    stop: &AtomicBool,
) -> Result<Saved, BackupError> {
    let address = Address::read(address).map_err(BackupError::Refused)?;
    let mut conn = open(url)?;
    let server = server(&mut conn)?;
    let schema = schema(&mut conn)?;
    let tool = Tool::find("pg_dump", server).map_err(BackupError::Refused)?;
    run(&mut conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
    let snapshot = word(&mut conn, "SELECT pg_export_snapshot() AS word")?;
    let contents = contents(&mut conn)?;
    // Quoted, because a schema's name is a pattern to pg_dump.
    let quoted = schema.replace('"', "\"\"");
    tool.run(&address, stop, |command| {
        command
            .args(["--format=custom", "--lock-wait-timeout=60s"])
            .arg(format!("--snapshot={snapshot}"))
            .arg(format!("--schema=\"{quoted}\""))
            .arg("--file")
            .arg(into);
    })
    .map_err(BackupError::Refused)?;
    run(&mut conn, "COMMIT")?;
    Ok(Saved {
        engine: "postgres".into(),
        origin: Some(Origin {
            server,
            tool: tool.major,
            schema,
        }),
        contents,
    })
}

pub(super) fn check_place(url: &DatabaseUrl, origin: &Origin) -> Result<(), BackupError> {
    let mut conn = open(url)?;
    let refuse = |why: String| Err(BackupError::Refused(why));
    let server = server(&mut conn)?;
    if server < origin.server {
        return refuse(format!(
            "the backup is of PostgreSQL {}, and this server is {server}: restore it on the same or a newer one",
            origin.server
        ));
    }
    let schema = schema(&mut conn)?;
    if schema != origin.schema {
        return refuse(format!(
            "the backup is of the schema {:?}, and this database's is {schema:?}: set the search path to it",
            origin.schema
        ));
    }
    match tables(&mut conn)?.first() {
        None => Ok(()),
        Some(table) => refuse(format!(
            "the database is not empty: it has a table {table}; restore only into an empty one (a restore that was killed a moment ago may have come to its end there)"
        )),
    }
}

/// The program that can read the dump and speak with the server.
pub(super) fn restorer(url: &DatabaseUrl, origin: &Origin) -> Result<Restorer, BackupError> {
    let newest = server(&mut open(url)?)?.max(origin.tool);
    let tool = Tool::find("pg_restore", newest).map_err(BackupError::Refused)?;
    let schema = origin.schema.clone();
    Ok(Restorer { tool, schema })
}

pub(super) struct Restorer {
    tool: Tool,
    schema: String,
}

pub(super) fn put_back(
    url: &DatabaseUrl,
    address: &str,
    saved: &Saved,
    Restorer { tool, schema }: &Restorer,
    from: &Path,
    stop: &AtomicBool,
) -> Result<(), BackupError> {
    let address = Address::read(address).map_err(BackupError::Refused)?;
    tool.run(&address, stop, |command| {
        command
            .args(["--single-transaction", "--exit-on-error"])
            .args(["--no-owner", "--no-privileges"])
            .arg(format!("--schema={schema}"))
            .arg(from);
    })
    .map_err(|why| BackupError::Refused(format!("{why}; nothing was restored")))?;
    let mut conn = open(url)?;
    let checked = contents(&mut conn).and_then(|found| check_contents(&found, &saved.contents));
    if checked.is_err() {
        empty(&mut conn)?;
    } else {
        // Without its statistics the planner reads whole tables until the server thinks of it by itself.
        run(&mut conn, "ANALYZE")?;
    }
    checked
}

/// Takes away what was put into a schema that was empty.
fn empty(conn: &mut Conn) -> Result<(), StoreError> {
    run(
        conn,
        "DO $$
         DECLARE one record;
         BEGIN
             FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() LOOP
                 EXECUTE format('DROP TABLE %I CASCADE', one.name);
             END LOOP;
             FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p
                        WHERE p.pronamespace = current_schema()::regnamespace
                        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
                 EXECUTE format('DROP ROUTINE %s CASCADE', one.name);
             END LOOP;
         END $$",
    )
}
