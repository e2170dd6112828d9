//! Audit rows: who did what to what, written in the transaction that did it. They are unchained here; a
//! sequencer links them afterwards, in batches ([`chain`], security.md 1.7); what has no link is told by [`unlinked`].

pub mod chain;
mod columns;
pub mod guards;
mod names;
mod search;
pub mod unlinked;

use diesel::prelude::*;
use domain::id::{ComplaintId, StaffId};
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{audit, audit_pending, proposals};

pub use names::Name;
pub use search::{Filter, Found, knows_action, knows_person, search};

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

/// Writes one row, about the case it is in, where it is in one.
///
/// # Errors
/// [`StoreError`].
pub fn record(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    let case = match entry.object {
        "complaint" | "timer" => Some(entry.object_id.clone()),
        "proposal" => proposals::table
            .find(&entry.object_id)
            .select(proposals::complaint_id)
            .get_result::<Option<String>>(tx.0)
            .optional()?
            .flatten(),
        _ => None,
    };
    insert(tx, entry, case.as_deref())
}

/// The same for a thing whose case cannot be told by its kind: whoever may not know of the case never reads the row.
/// What shows somebody's data (a revealed identity, an export) is written down with this.
///
/// # Errors
/// [`StoreError`].
pub fn record_in_case(
    tx: &mut Tx<'_>,
    entry: &Entry,
    case: &ComplaintId,
) -> Result<(), StoreError> {
    insert(tx, entry, Some(case.as_str()))
}

/// Writes a row about a case, unless one of its id is there already: what several processes see happen is written once.
///
/// # Errors
/// [`StoreError`].
pub fn record_once(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    let there: Option<String> = audit::table
        .find(&entry.id)
        .select(audit::id)
        .get_result(tx.0)
        .optional()?;
    match there {
        Some(_) => Ok(()),
        None => record(tx, entry),
    }
}

fn insert(tx: &mut Tx<'_>, entry: &Entry, case: Option<&str>) -> Result<(), StoreError> {
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
            audit::case_id.eq(case),
        ))
        .execute(tx.0)?;
    diesel::insert_into(audit_pending::table)
        .values((
            audit_pending::audit_id.eq(&entry.id),
            audit_pending::wall_at.eq(entry.wall_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}
