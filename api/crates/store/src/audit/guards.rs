//! What keeps the audit from being written over by whoever has its database: the triggers and the tables as the migrations
//! made them. Whoever may change the schema may take them away; that is to be seen afterwards.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::Tx;
use crate::conn::Conn;
use crate::error::StoreError;

/// On both engines.
const TRIGGERS: [&str; 5] = [
    "audit_update",
    "audit_delete",
    "audit_chain_update",
    "audit_chain_delete",
    "audit_head_delete",
];
const OF_SQLITE: [&str; 2] = ["audit_replace", "audit_chain_replace"];
const OF_POSTGRES: [&str; 3] = [
    "audit_truncate",
    "audit_chain_truncate",
    "audit_head_truncate",
];
/// What SQLite's tables say of themselves, beside their columns.
const TABLES: [(&str, &str); 4] = [
    ("audit", "STRICT"),
    ("audit_pending", "STRICT"),
    ("audit_chain", "CHECK (seq > 0)"),
    ("audit_chain", "STRICT"),
];

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    words: String,
}

/// Guards that are gone, by their names.
///
/// # Errors
/// [`StoreError`].
pub fn missing(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    let (made, own): (Vec<Made>, &[&str]) = match &mut *tx.0 {
        Conn::Sqlite(conn) => {
            let all = "SELECT name, sql AS words FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name LIKE 'audit%'";
            (sql_query(all).load(conn)?, &OF_SQLITE)
        }
        Conn::Pg(conn) => {
            let on = "SELECT tgname::text AS name, '' AS words FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') \
                      AND tgrelid IN ('audit'::regclass, 'audit_chain'::regclass, 'audit_head'::regclass)";
            (sql_query(on).load(conn)?, &OF_POSTGRES)
        }
    };
    let there = |name: &str| made.iter().find(|one| one.name == name);
    let triggers = TRIGGERS
        .iter()
        .chain(own)
        .filter(|name| there(name).is_none());
    let mut gone: Vec<String> = triggers.map(|name| format!("the trigger {name}")).collect();
    if matches!(*tx.0, Conn::Sqlite(_)) {
        for (table, words) in TABLES {
            if !there(table).is_some_and(|one| one.words.contains(words)) {
                gone.push(format!("{words} of the table {table}"));
            }
        }
    }
    Ok(gone)
}
