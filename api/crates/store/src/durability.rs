//! Whether what was acknowledged survives a crash of the database's machine, as far as its settings tell.

use diesel::RunQueryDsl as _;
use diesel::sql_types::{Bool, Text};

use crate::Tx;
use crate::conn::{Conn, DatabaseUrl, Manager, Purpose};
use crate::error::StoreError;

/// What the server promises to whoever connects like this program.
#[derive(Debug, Clone, PartialEq, Eq, diesel::QueryableByName)]
pub struct Durability {
    /// With `off` a COMMIT is answered before it is on disk.
    #[diesel(sql_type = Text)]
    pub synchronous_commit: String,
    /// With `off` nothing is ever known to be on disk.
    #[diesel(sql_type = Text)]
    pub fsync: String,
}

/// Asks PostgreSQL; SQLite is opened with `synchronous = FULL`, which nobody else can set.
///
/// # Errors
/// [`StoreError::Unavailable`] when it cannot be asked.
pub fn of(url: &DatabaseUrl) -> Result<Option<Durability>, StoreError> {
    let conn = Manager::new(url, Purpose::Read).open()?;
    let Conn::Pg(mut conn) = conn else {
        return Ok(None);
    };
    let asked = "SELECT current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync";
    Ok(Some(diesel::sql_query(asked).get_result(&mut conn)?))
}

/// Whether the database takes no writes from whoever connects now: a standby, or one that was told so.
///
/// # Errors
/// [`StoreError`].
pub fn is_read_only(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    #[derive(diesel::QueryableByName)]
    struct Answer {
        #[diesel(sql_type = Bool)]
        read_only: bool,
    }
    // The transaction that asks is read-only by its own will.
    let asked = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS read_only";
    match tx.0 {
        Conn::Pg(c) => Ok(diesel::sql_query(asked).get_result::<Answer>(c)?.read_only),
        // What a file's mode or its mount forbids shows at the first write, and stops the start.
        Conn::Sqlite(_) => Ok(false),
    }
}
