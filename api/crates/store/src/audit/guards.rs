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

/// The migrations that make them all.
const OF_SQLITE: &str =
    include_str!("../../../../../migrations/sqlite/2026-11-27-000010_audit_chain/up.sql");
const OF_POSTGRES: &str =
    include_str!("../../../../../migrations/postgres/2026-11-27-000010_audit_chain/up.sql");
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
            let triggers = "SELECT name, coalesce(sql, '') AS words FROM sqlite_master WHERE type = 'trigger' \
                            AND lower(tbl_name) IN ('audit', 'audit_pending', 'audit_chain', 'audit_head')";
            let made = sql_query(triggers).load(conn)?;
            let mut told = differences(&made, &triggers_of(OF_SQLITE));
            // Constraints are part of a table's own words; a database that was just made has the right ones.
            let tables = "SELECT name, sql AS words FROM sqlite_master WHERE type = 'table' \
                          AND name IN ('audit', 'audit_pending', 'audit_chain', 'audit_head')";
            let made: Vec<Made> = sql_query(tables).load(conn)?;
            let right: Vec<Made> = sql_query(tables).load(&mut migrate::in_memory()?)?;
            for table in right {
                let there = made.iter().find(|one| one.name == table.name);
                if !there.is_some_and(|one| plain(&one.words) == plain(&table.words)) {
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
            let function = "SELECT p.proname::text AS name, p.prosrc AS words FROM pg_proc p JOIN pg_namespace n \
                            ON n.oid = p.pronamespace WHERE p.proname = 'audit_is_kept' AND n.nspname = current_schema()";
            let made: Vec<Made> = sql_query(function).load(conn)?;
            let body = OF_POSTGRES.split("$$").nth(1).unwrap_or_default();
            if !made
                .first()
                .is_some_and(|one| plain(&one.words) == plain(body))
            {
                told.push("the function audit_is_kept is not as it was made".to_owned());
            }
            let constraints = "SELECT conname::text AS name, CASE WHEN convalidated THEN '' ELSE 'not valid ' END \
                               || c.relname || ' ' || pg_get_constraintdef(k.oid, true) AS words FROM pg_constraint k \
                               JOIN pg_class c ON c.oid = k.conrelid WHERE k.conrelid IN \
                               ('audit'::regclass, 'audit_pending'::regclass, 'audit_chain'::regclass, 'audit_head'::regclass)";
            let made: Vec<Made> = sql_query(constraints).load(conn)?;
            for (name, words) in CONSTRAINTS {
                let there = made.iter().find(|one| one.name == name);
                if !there.is_some_and(|one| one.words == words) {
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

/// The triggers that a migration makes, by name, each as the database tells it.
fn triggers_of(migration: &str) -> BTreeMap<String, String> {
    let statements = migration.split("CREATE TRIGGER ").skip(1);
    statements
        .filter_map(|rest| {
            let name = rest.split_whitespace().next()?;
            // On SQLite a trigger holds statements, and ends with END.
            let end = match rest.split_once("END;") {
                Some((body, _)) if body.contains("BEGIN") => body.len() + "END".len(),
                _ => rest.find(';')?,
            };
            let words = format!("CREATE TRIGGER {}", rest.get(..end)?);
            Some((name.to_owned(), plain(&words)))
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
        let sqlite = triggers_of(OF_SQLITE);
        assert_eq!(sqlite.len(), 7);
        assert_eq!(
            sqlite["audit_chain_delete"],
            "CREATE TRIGGER audit_chain_delete BEFORE DELETE ON audit_chain \
             BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END"
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
