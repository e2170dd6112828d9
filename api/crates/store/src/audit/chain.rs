//! The chain of the audit in the database. Every row that is written waits in `audit_pending` from the same
//! transaction on; whoever links takes what waits, whatever its age, so that a transaction that took long loses
//! nothing. The one row of `audit_head` is compared and set with each batch: of two sequencers one goes on, and the
//! other finds nothing to do.

use diesel::dsl::{max, min};
use diesel::prelude::*;
use diesel::result::Error;
use domain::audit::{Digest, Head, Link};
use domain::time::Timestamp;

use super::columns::{RowColumns, row, row_columns};
use super::unlinked::{hex, readable};
use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::prepared::Keep as _;
use crate::schema::{audit, audit_chain, audit_head, audit_pending};

fn digest(bytes: Vec<u8>, place: i64) -> Result<Digest, StoreError> {
    Digest::try_from(bytes).map_err(|_| StoreError::Corrupt("audit_chain", place.to_string()))
}

/// The chain's end as the last batch left it.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Corrupt`] when it is gone.
pub fn head(tx: &mut Tx<'_>) -> Result<Head, StoreError> {
    let corrupt = |id: String| StoreError::Corrupt("audit_head", id);
    let (seq, hash) = head_row(tx)?.ok_or_else(|| corrupt("1".into()))?;
    let hash = Digest::try_from(hash).map_err(|_| corrupt(seq.to_string()))?;
    Ok(Head { seq, hash })
}

/// The same, for whoever looks whether all is well: `None` where it is gone or holds what is no head.
///
/// # Errors
/// [`StoreError`].
pub fn head_if_any(tx: &mut Tx<'_>) -> Result<Option<Head>, StoreError> {
    match head_row(tx) {
        Ok(found) => Ok(found.and_then(|(seq, hash)| {
            let hash = Digest::try_from(hash).ok()?;
            Some(Head { seq, hash })
        })),
        Err(Error::DeserializationError(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn head_row(tx: &mut Tx<'_>) -> QueryResult<Option<(i64, Vec<u8>)>> {
    audit_head::table
        .find(1)
        .select((audit_head::seq, audit_head::hash))
        .get_result(tx.0)
        .optional()
}

/// Adds links behind `seen`; `false`, with nothing written, when the chain has gone on meanwhile.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Conflict`] when the chain goes beyond the head that the program left.
pub fn append(
    tx: &mut Tx<'_>,
    seen: &Head,
    links: &[(String, Digest)],
) -> Result<bool, StoreError> {
    let Some((_, last)) = links.last() else {
        return Ok(true);
    };
    let seqs = seen.seq + 1..;
    let added = i64::try_from(links.len()).unwrap_or(i64::MAX);
    let moved = diesel::update(
        audit_head::table
            .find(1)
            .filter(audit_head::seq.eq(seen.seq))
            .filter(audit_head::hash.eq(seen.hash.to_vec())),
    )
    .set((
        audit_head::seq.eq(seen.seq + added),
        audit_head::hash.eq(last.to_vec()),
    ))
    .kept()
    .run(tx.0)?;
    if moved == 0 {
        return Ok(false);
    }
    let rows: Vec<_> = seqs
        .zip(links)
        .map(|(seq, (id, hash))| {
            (
                audit_chain::seq.eq(seq),
                audit_chain::audit_id.eq(id.clone()),
                audit_chain::hash.eq(hash.to_vec()),
            )
        })
        .collect();
    on_backend!(tx, c => diesel::insert_into(audit_chain::table).values(&rows).execute(c))?;
    let ids: Vec<&str> = links.iter().map(|(id, _)| id.as_str()).collect();
    diesel::delete(audit_pending::table.filter(audit_pending::audit_id.eq_any(ids)))
        .execute(tx.0)?;
    Ok(true)
}

/// The next links from a place on, each with its row where that is still there.
///
/// # Errors
/// [`StoreError`].
pub fn links_from(tx: &mut Tx<'_>, seq: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    match read_links(tx, seq, limit) {
        Ok(found) => Ok(found.into_iter().map(link).collect()),
        // Somebody wrote into the file what is no text: that hides no other row.
        Err(Error::DeserializationError(_)) => one_by_one(tx, seq, limit),
        Err(error) => Err(error.into()),
    }
}

type LinkColumns = (i64, String, Vec<u8>, Option<RowColumns>);

fn read_links(tx: &mut Tx<'_>, from: i64, limit: i64) -> QueryResult<Vec<LinkColumns>> {
    audit_chain::table
        .left_join(audit::table.on(audit::id.eq(audit_chain::audit_id)))
        .filter(audit_chain::seq.ge(from))
        .order(audit_chain::seq)
        .limit(limit)
        .select((
            audit_chain::seq,
            audit_chain::audit_id,
            audit_chain::hash,
            row_columns!().nullable(),
        ))
        .load(tx.0)
}

fn link((seq, audit_id, hash, found): LinkColumns) -> Link {
    Link {
        seq,
        audit_id,
        // A link of another length binds nothing.
        hash: digest(hash, seq).unwrap_or_default(),
        row: found.map(row),
        spoilt: false,
    }
}

/// [`links_from`] where a row or an id among them cannot be read.
fn one_by_one(tx: &mut Tx<'_>, from: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    let seqs: Vec<i64> = audit_chain::table
        .filter(audit_chain::seq.ge(from))
        .order(audit_chain::seq)
        .limit(limit)
        .select(audit_chain::seq)
        .load(tx.0)?;
    let mut links = Vec::with_capacity(seqs.len());
    for seq in seqs {
        // Its place is known: the first from there on is itself.
        match read_links(tx, seq, 1) {
            Ok(whole) => links.extend(whole.into_iter().map(link)),
            Err(Error::DeserializationError(_)) => {
                let (id, hash, row): (String, Vec<u8>, Option<String>) = audit_chain::table
                    .left_join(audit::table.on(audit::id.eq(audit_chain::audit_id)))
                    .filter(audit_chain::seq.eq(seq))
                    .select((
                        hex(audit_chain::audit_id),
                        audit_chain::hash,
                        hex(audit::id).nullable(),
                    ))
                    .get_result(tx.0)?;
                let spoilt = row.is_some();
                links.push(Link {
                    spoilt,
                    ..link((seq, readable(&id), hash, None))
                });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(links)
}

/// The place of the first link there is; 1 without any.
///
/// # Errors
/// [`StoreError`].
pub fn first_place(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let first: Option<i64> = audit_chain::table
        .select(min(audit_chain::seq))
        .get_result(tx.0)?;
    Ok(first.unwrap_or(1))
}

/// The place of the last link there is; 0 without any.
///
/// # Errors
/// [`StoreError`].
pub fn last_place(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let last: Option<i64> = audit_chain::table
        .select(max(audit_chain::seq))
        .get_result(tx.0)?;
    Ok(last.unwrap_or(0))
}

/// How many rows wait for their link.
///
/// # Errors
/// [`StoreError`].
pub fn count_waiting(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    Ok(audit_pending::table.count().get_result(tx.0)?)
}

/// How the chain stands, by what costs little to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Links that the program made.
    pub linked: i64,
    /// Rows that wait for theirs.
    pub waiting: i64,
    /// When the one that waits longest was written, in wall time.
    pub oldest: Option<Timestamp>,
    /// The chain does not end where the program left it.
    pub off: bool,
    /// What the last watch over the whole of it found.
    pub fault: Option<String>,
}

/// How the chain stands.
///
/// # Errors
/// [`StoreError`].
pub fn condition(tx: &mut Tx<'_>) -> Result<Condition, StoreError> {
    let head = head_if_any(tx)?;
    let found: Result<Option<Option<String>>, _> = audit_head::table
        .find(1)
        .select(audit_head::fault)
        .get_result(tx.0)
        .optional();
    let fault = match found {
        Ok(fault) => fault.flatten(),
        // Somebody wrote there what is no text.
        Err(Error::DeserializationError(_)) => {
            Some("what was found last cannot be read".to_owned())
        }
        Err(error) => return Err(error.into()),
    };
    let last = last_place(tx)?;
    let waiting = count_waiting(tx)?;
    let oldest: Option<i64> = audit_pending::table
        .select(min(audit_pending::wall_at))
        .get_result(tx.0)?;
    let linked = head.map(|head| head.seq);
    let off = linked != Some(last);
    let linked = linked.unwrap_or_default();
    Ok(Condition {
        linked,
        waiting,
        oldest: oldest.map(Timestamp::from_micros),
        off,
        fault,
    })
}

/// Keeps what a watch over the whole chain found, for every process to tell; `None` when all was well.
///
/// # Errors
/// [`StoreError`].
pub fn found(tx: &mut Tx<'_>, fault: Option<&str>) -> Result<(), StoreError> {
    diesel::update(audit_head::table.find(1))
        .set(audit_head::fault.eq(fault))
        .execute(tx.0)?;
    Ok(())
}
