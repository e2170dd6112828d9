//! What is in the audit and in no link of its chain: rows that wait for theirs, and what came or went past the program.
//!
//! SQLite takes bytes that are no text where text belongs, and somebody may have written them to hide what is beside
//! them. So whatever cannot be read is asked for again in hexadecimal digits, and named by them.

use diesel::connection::DefaultLoadingMode;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::Text;
use domain::audit::Row;
use domain::time::Timestamp;

use super::columns::{RowColumns, row, row_columns};
use crate::Tx;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::schema::{audit, audit_chain, audit_pending};

diesel::define_sql_function! {
    /// SQLite's own: the bytes of a text in hexadecimal digits. PostgreSQL has none of that name and needs none: it keeps
    /// nothing that is no text.
    fn hex(x: Text) -> Text;
}

/// What the digits of [`hex`] stand for: the text where they are one, else `x'…'`, as SQL writes bytes.
pub(super) fn readable(digits: &str) -> String {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or_else(|| format!("x'{digits}'"))
}

/// The first of some rows by their ids, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Their ids; one that is no text as `x'…'`.
    pub ids: Vec<String>,
    /// How many there are, these and others.
    pub all: usize,
}

/// Asks a query for ids, and where one of them is no text asks for all of them in digits.
macro_rules! ids {
    ($tx:ident, $query:expr, $id:expr, $order:expr, $limit:expr) => {{
        let (query, limit): (_, i64) = ($query, $limit);
        let ids = match query.select($id).order($order).limit(limit).load($tx.0) {
            Err(Error::DeserializationError(_)) => {
                let digits = query.select(hex($id)).order($order).limit(limit);
                let digits: Vec<String> = digits.load($tx.0)?;
                digits.iter().map(|digits| readable(digits)).collect()
            }
            ids => ids?,
        };
        let ids: Vec<String> = ids;
        let all = if i64::try_from(ids.len()).is_ok_and(|told| told < limit) {
            ids.len()
        } else {
            let all: i64 = query.count().get_result($tx.0)?;
            usize::try_from(all).unwrap_or(usize::MAX)
        };
        Rows { ids, all }
    }};
}

/// Whether a row that waits has its link already.
macro_rules! is_linked {
    () => {
        exists(audit_chain::table.filter(audit_chain::audit_id.eq(audit_pending::audit_id)))
    };
}

/// Rows that wait for their link in the order in which they get it: the oldest first; ties by id, so that both engines
/// have one order. One that has its link is not among them: it would stop all others.
macro_rules! in_order {
    () => {
        audit_pending::table
            .inner_join(audit::table.on(audit::id.eq(audit_pending::audit_id)))
            .filter(not(is_linked!()))
            .order((audit_pending::wall_at, audit_pending::audit_id))
    };
}

/// The next rows that wait for their link. What cannot be read is left out: the others go on without it.
///
/// # Errors
/// [`StoreError`].
pub fn waiting(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Row>, StoreError> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    match in_order!().select(row_columns!()).limit(most).load(tx.0) {
        Err(Error::DeserializationError(_)) => {}
        rows => return Ok(rows?.into_iter().map(row).collect()),
    }
    let rows = in_order!().select(row_columns!());
    let rows = rows.load_iter::<RowColumns, DefaultLoadingMode>(tx.0)?;
    Ok(rows.flatten().take(limit).map(row).collect())
}

/// Rows that wait for their link and hold what is no text.
///
/// # Errors
/// [`StoreError`].
pub fn spoilt(tx: &mut Tx<'_>, limit: usize) -> Result<Rows, StoreError> {
    // The other engine keeps nothing that is no text.
    let Conn::Sqlite(conn) = &mut *tx.0 else {
        return Ok(Rows::default());
    };
    let rows = in_order!().select(row_columns!());
    let rows = rows.load_iter::<RowColumns, DefaultLoadingMode>(conn)?;
    let places: Vec<i64> = (0..)
        .zip(rows)
        .filter_map(|(place, row)| row.is_err().then_some(place))
        .collect();
    let mut ids = Vec::new();
    for place in places.iter().take(limit) {
        let digits = in_order!().select(hex(audit_pending::audit_id));
        let digits: String = digits.offset(*place).limit(1).get_result(conn)?;
        ids.push(readable(&digits));
    }
    let all = places.len();
    Ok(Rows { ids, all })
}

/// Rows that wait for their link since before an instant of wall time, the oldest first, whatever they hold.
///
/// # Errors
/// [`StoreError`].
pub fn waiting_since(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Rows, StoreError> {
    let row = audit::table.filter(audit::id.eq(audit_pending::audit_id));
    let old = audit_pending::table
        .filter(audit_pending::wall_at.lt(before.micros()))
        .filter(not(is_linked!()))
        .filter(exists(row));
    let order = (audit_pending::wall_at, audit_pending::audit_id);
    Ok(ids!(tx, old, audit_pending::audit_id, order, limit))
}

/// What waits for a link though its row is gone.
///
/// # Errors
/// [`StoreError`].
pub fn lost(tx: &mut Tx<'_>, limit: i64) -> Result<Rows, StoreError> {
    let row = audit::table.filter(audit::id.eq(audit_pending::audit_id));
    let lost = audit_pending::table.filter(not(exists(row)));
    Ok(ids!(
        tx,
        lost,
        audit_pending::audit_id,
        audit_pending::audit_id,
        limit
    ))
}

/// What is noted as waiting for a link and has one.
///
/// # Errors
/// [`StoreError`].
pub fn twice(tx: &mut Tx<'_>, limit: i64) -> Result<Rows, StoreError> {
    let twice = audit_pending::table.filter(is_linked!());
    Ok(ids!(
        tx,
        twice,
        audit_pending::audit_id,
        audit_pending::audit_id,
        limit
    ))
}

/// Rows that have no link and wait for none.
///
/// # Errors
/// [`StoreError`].
pub fn strays(tx: &mut Tx<'_>, limit: i64) -> Result<Rows, StoreError> {
    let linked = audit_chain::table.filter(audit_chain::audit_id.eq(audit::id));
    let waits = audit_pending::table.filter(audit_pending::audit_id.eq(audit::id));
    let strays = audit::table
        .filter(not(exists(linked)))
        .filter(not(exists(waits)));
    Ok(ids!(tx, strays, audit::id, audit::id, limit))
}
