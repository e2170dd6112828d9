//! Audit rows: who did what to what, written in the transaction that did it. They are unchained here; a
//! sequencer links them afterwards, in batches (security.md 1.7).

use diesel::prelude::*;
use domain::id::StaffId;
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::audit;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who works here.
    Staff(StaffId),
    /// Whoever holds the receipt; no more is known and no more is written.
    Complainant,
    /// A clock ran out.
    Timer,
    /// Somebody at the command line.
    Operator,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The row's id.
    pub id: String,
    /// Case time.
    pub case_at: Timestamp,
    /// Wall time.
    pub wall_at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// Did what.
    pub action: String,
    /// To what kind of thing.
    pub object: &'static str,
    /// To which.
    pub object_id: String,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// Digest of the thing before.
    pub before_sha256: Option<String>,
    /// Digest of the thing after.
    pub after_sha256: Option<String>,
}

/// Writes one row.
///
/// # Errors
/// [`StoreError`].
pub fn record(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    let (actor, actor_id) = match &entry.actor {
        Actor::Staff(id) => ("staff", Some(id.as_str())),
        Actor::Complainant => ("complainant", None),
        Actor::Timer => ("timer", None),
        Actor::Operator => ("operator", None),
    };
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(&entry.id),
            audit::case_at.eq(entry.case_at.micros()),
            audit::wall_at.eq(entry.wall_at.micros()),
            audit::actor.eq(actor),
            audit::actor_id.eq(actor_id),
            audit::action.eq(&entry.action),
            audit::object.eq(entry.object),
            audit::object_id.eq(&entry.object_id),
            audit::reason.eq(&entry.reason),
            audit::before_sha256.eq(&entry.before_sha256),
            audit::after_sha256.eq(&entry.after_sha256),
        ))
        .execute(tx.0)?;
    Ok(())
}
