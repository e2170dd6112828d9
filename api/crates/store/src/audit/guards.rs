//! What keeps the audit from being written over by whoever has its database: the triggers and the tables as the migrations
//! made them. Whoever may change the schema may take them away, put others under their names, or add some that swallow what
//! is written; that is to be seen afterwards.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::Tx;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::migrate;

/// The migration of PostgreSQL that makes the triggers of the audit, and all that make functions of triggers. SQLite's are
/// compared with those of a database that was just made.
const OF_POSTGRES: &str =
    include_str!("../../../../../migrations/postgres/2026-11-27-000010_audit_chain/up.sql");
const FUNCTIONS: [&str; 4] = [
    OF_POSTGRES,
    include_str!("../../../../../migrations/postgres/2026-11-26-000010_directory_epoch/up.sql"),
    include_str!("../../../../../migrations/postgres/2026-11-29-000201_disclosure_versions/up.sql"),
    include_str!("../../../../../migrations/postgres/2026-11-29-000501_public_generation/up.sql"),
];
/// The constraints of PostgreSQL's tables, as it tells them itself.
const CONSTRAINTS: [(&str, &str); 7] = [
    ("audit_pkey", "audit PRIMARY KEY (id)"),
    ("audit_pending_pkey", "audit_pending PRIMARY KEY (audit_id)"),
    ("audit_chain_audit_id_key", "audit_chain UNIQUE (audit_id)"),
    ("audit_chain_pkey", "audit_chain PRIMARY KEY (seq)"),
    ("audit_chain_seq_check", "audit_chain CHECK (seq > 0)"),
    ("audit_head_id_check", "audit_head CHECK (id = 1)"),
    ("audit_head_pkey", "audit_head PRIMARY KEY (id)"),
];

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = Text)]
    name: String,
    /// The statement that makes it.
    #[diesel(sql_type = Text)]
    words: String,
}

/// Everything by which the audit is not guarded as the migrations guard it, in words for an operator.
///
/// # Errors
/// [`StoreError`].
pub fn missing(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    match &mut *tx.0 {
        Conn::Sqlite(conn) => {
            // On whatever table: another's may take rows out of these.
            let triggers =
                "SELECT name, coalesce(sql, '') AS words FROM sqlite_master WHERE type = 'trigger'";
            let made: Vec<Made> = sql_query(triggers).load(conn)?;
            let mut right = migrate::in_memory()?;
            let wanted: Vec<Made> = sql_query(triggers).load(&mut right)?;
            let wanted = wanted.into_iter().map(|one| (one.name, plain(&one.words)));
            let mut told = differences(&made, &wanted.collect());
            // Constraints are part of a table's own words; a database that was just made has the right ones.
            let tables = "SELECT name, sql AS words FROM sqlite_master WHERE type = 'table' \
                          AND name IN ('audit', 'audit_pending', 'audit_chain', 'audit_head')";
            let made: Vec<Made> = sql_query(tables).load(conn)?;
            let wanted: Vec<Made> = sql_query(tables).load(&mut right)?;
            for table in wanted {
                let there = made.iter().find(|one| one.name == table.name);
                if there.is_none_or(|one| plain(&one.words) != plain(&table.words)) {
                    told.push(format!("the table {} is not as it was made", table.name));
                }
            }
            Ok(told)
        }
        Conn::Pg(conn) => {
            // A trigger that sleeps is none. What a trigger does is its function's.
            let triggers = "SELECT t.tgname::text AS name, CASE WHEN t.tgenabled IN ('O', 'A') THEN '' ELSE 'disabled ' END \
                            || pg_get_triggerdef(t.oid, true) AS words FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgrelid IN \
                            ('audit'::regclass, 'audit_pending'::regclass, 'audit_chain'::regclass, 'audit_head'::regclass)";
            let made = sql_query(triggers).load(conn)?;
            let mut told = differences(&made, &triggers_of(OF_POSTGRES));
            // What a trigger does is its function's, on whatever table: another's may take rows out of these.
            let ours = functions();
            let called = "SELECT DISTINCT t.tgname || ' on ' || c.relname AS name, p.proname::text AS words FROM pg_trigger t \
                          JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid \
                          WHERE NOT t.tgisinternal AND c.relname NOT LIKE 'audit%' \
                          AND c.relnamespace = current_schema()::regnamespace";
            let made: Vec<Made> = sql_query(called).load(conn)?;
            let others = made.iter().filter(|one| !ours.contains_key(&one.words));
            told.extend(
                others.map(|one| format!("the trigger {} is none of this program's", one.name)),
            );
            let bodies = "SELECT p.proname::text AS name, p.prosrc AS words FROM pg_proc p \
                          WHERE p.pronamespace = current_schema()::regnamespace";
            let made: Vec<Made> = sql_query(bodies).load(conn)?;
            for (name, body) in ours {
                let there = made.iter().find(|one| one.name == name);
                if there.is_none_or(|one| plain(&one.words) != body) {
                    told.push(format!("the function {name} is not as it was made"));
                }
            }
            let made_up = "SELECT c.relname || '.' || a.attname AS name, '' AS words FROM pg_attribute a \
                           JOIN pg_class c ON c.oid = a.attrelid WHERE a.attgenerated <> '' AND a.attrelid IN \
                           ('audit'::regclass, 'audit_pending'::regclass, 'audit_chain'::regclass, 'audit_head'::regclass)";
            let made: Vec<Made> = sql_query(made_up).load(conn)?;
            told.extend(
                made.into_iter()
                    .map(|one| format!("the column {} is none of this program's", one.name)),
            );
            let constraints = "SELECT conname::text AS name, CASE WHEN convalidated THEN '' ELSE 'not valid ' END \
                               || c.relname || ' ' || pg_get_constraintdef(k.oid, true) AS words FROM pg_constraint k \
                               JOIN pg_class c ON c.oid = k.conrelid WHERE k.conrelid IN \
                               ('audit'::regclass, 'audit_pending'::regclass, 'audit_chain'::regclass, 'audit_head'::regclass)";
            let made: Vec<Made> = sql_query(constraints).load(conn)?;
            for (name, words) in CONSTRAINTS {
                let there = made.iter().find(|one| one.name == name);
                if there.is_none_or(|one| one.words != words) {
                    told.push(format!(
                        "the constraint {name} is gone or not as it was made"
                    ));
                }
            }
            let firing = "SELECT name, setting AS words FROM pg_settings WHERE name = 'session_replication_role'";
            let made: Vec<Made> = sql_query(firing).load(conn)?;
            if made.iter().any(|one| one.words != "origin") {
                told.push("session_replication_role keeps triggers from firing".to_owned());
            }
            // Rules do something instead, and policies hide rows.
            let others = "SELECT 'the rule ' || r.rulename || ' on ' || c.relname AS name, '' AS words FROM pg_rewrite r \
                          JOIN pg_class c ON c.oid = r.ev_class WHERE c.oid IN \
                          ('audit'::regclass, 'audit_pending'::regclass, 'audit_chain'::regclass, 'audit_head'::regclass) \
                          UNION ALL SELECT 'row security on ' || c.relname, '' FROM pg_class c WHERE c.relrowsecurity AND c.oid IN \
                          ('audit'::regclass, 'audit_pending'::regclass, 'audit_chain'::regclass, 'audit_head'::regclass)";
            let made: Vec<Made> = sql_query(others).load(conn)?;
            told.extend(
                made.into_iter()
                    .map(|one| format!("{} is none of this program's", one.name)),
            );
            Ok(told)
        }
    }
}

/// How the triggers that are there differ from those that should be.
fn differences(made: &[Made], wanted: &BTreeMap<String, String>) -> Vec<String> {
    let there = |name: &str| made.iter().find(|one| one.name == name);
    let mut told = Vec::new();
    for (name, words) in wanted {
        match there(name) {
            None => told.push(format!("the trigger {name} is gone")),
            Some(one) if plain(&one.words) != *words => {
                told.push(format!("the trigger {name} is not as it was made"));
            }
            Some(_) => {}
        }
    }
    let others = made.iter().filter(|one| !wanted.contains_key(&one.name));
    told.extend(others.map(|one| format!("the trigger {} is none of this program's", one.name)));
    told
}

/// The triggers that a migration of PostgreSQL makes, by name, each as the database tells it.
fn triggers_of(migration: &str) -> BTreeMap<String, String> {
    let statements = migration.split("CREATE TRIGGER ").skip(1);
    statements
        .filter_map(|rest| {
            let name = rest.split_whitespace().next()?;
            let words = format!("CREATE TRIGGER {}", rest.get(..rest.find(';')?)?);
            Some((name.to_owned(), plain(&words)))
        })
        .collect()
}

/// The functions of triggers that the migrations of PostgreSQL make, by name, each with its body.
fn functions() -> BTreeMap<String, String> {
    let made = FUNCTIONS
        .iter()
        .flat_map(|migration| migration.split("CREATE FUNCTION ").skip(1));
    made.filter_map(|rest| {
        let name = rest.split('(').next()?;
        Some((name.to_owned(), plain(rest.split("$$").nth(1)?)))
    })
    .collect()
}

/// A statement without what makes no difference.
fn plain(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").trim_end_matches(';').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_triggers_are_found() {
        let functions = functions();
        assert_eq!(functions.len(), 7);
        assert_eq!(
            functions["audit_is_kept"],
            "BEGIN RAISE EXCEPTION 'the audit is kept as it was written'; END"
        );
        let postgres = triggers_of(OF_POSTGRES);
        assert_eq!(postgres.len(), 8);
        assert_eq!(
            postgres["audit_chain_truncate"],
            "CREATE TRIGGER audit_chain_truncate BEFORE TRUNCATE ON audit_chain \
             FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"
        );
    }
}
