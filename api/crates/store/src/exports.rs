//! Cases that somebody asked for as a file: who, what became of it, until when it may be fetched. What is in the file
//! is read when it is fetched, by what its reader may know of then ([`crate::complaints::list`]).

use diesel::prelude::*;
use domain::id::{ExportId, PersonId, ProposalId};
use domain::role::Scope;
use domain::time::Timestamp;

use crate::Tx;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::proposals::{self, Found};
use crate::schema::case_exports;

type Backend = <Conn as diesel::Connection>::Backend;

/// Cases asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// What a second person decides.
    pub proposal: ProposalId,
    /// The natural person who asked.
    pub person: PersonId,
    /// Case time.
    pub created_at: Timestamp,
    /// From the approval on: the first instant at which it is too late.
    pub until: Option<Timestamp>,
    /// When it was last fetched.
    pub fetched_at: Option<Timestamp>,
}

type Row = (String, String, String, i64, Option<i64>, Option<i64>);

fn read(row: Row) -> Result<Export, StoreError> {
    let id = row.0.clone();
    export(row).ok_or(StoreError::Corrupt("case_exports", id))
}

fn export((id, proposal, person, created_at, until, fetched_at): Row) -> Option<Export> {
    Some(Export {
        id: ExportId::try_from(id).ok()?,
        proposal: ProposalId::try_from(proposal).ok()?,
        person: PersonId::try_from(person).ok()?,
        created_at: Timestamp::from_micros(created_at),
        until: until.map(Timestamp::from_micros),
        fetched_at: fetched_at.map(Timestamp::from_micros),
    })
}

/// Keeps one beside its proposal.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, new: &Export) -> Result<(), StoreError> {
    diesel::insert_into(case_exports::table)
        .values((
            case_exports::id.eq(new.id.as_str()),
            case_exports::proposal_id.eq(new.proposal.as_str()),
            case_exports::person_id.eq(new.person.as_str()),
            case_exports::created_at.eq(new.created_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// One of a person's own, with its proposal.
///
/// # Errors
/// [`StoreError`].
pub fn find_own(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ExportId,
) -> Result<Option<(Export, Found)>, StoreError> {
    let row: Option<Row> = case_exports::table
        .find(id.as_str())
        .filter(case_exports::person_id.eq(scope.person.as_str()))
        .get_result(tx.0)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(with_proposals(tx, vec![read(row)?])?.pop())
}

/// A person's own, after a place counted back in time, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_own(
    tx: &mut Tx<'_>,
    scope: &Scope,
    after: Option<&(i64, String)>,
    limit: i64,
) -> Result<Vec<(Export, Found)>, StoreError> {
    let mut query = case_exports::table
        .into_boxed::<Backend>()
        .filter(case_exports::person_id.eq(scope.person.as_str().to_owned()));
    if let Some((at, id)) = after {
        query = query.filter(
            case_exports::created_at.lt(*at).or(case_exports::created_at
                .eq(*at)
                .and(case_exports::id.lt(id.clone()))),
        );
    }
    let rows: Vec<Row> = query
        .order((case_exports::created_at.desc(), case_exports::id.desc()))
        .limit(limit)
        .load(tx.0)?;
    let exports = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    with_proposals(tx, exports)
}

fn with_proposals(
    tx: &mut Tx<'_>,
    exports: Vec<Export>,
) -> Result<Vec<(Export, Found)>, StoreError> {
    let ids: Vec<String> = exports.iter().map(|one| one.proposal.to_string()).collect();
    let mut found = proposals::by_ids(tx, &ids)?;
    exports
        .into_iter()
        .map(|one| {
            let proposal = found
                .remove(one.proposal.as_str())
                .ok_or_else(|| StoreError::Corrupt("case_exports", one.id.to_string()))?;
            Ok((one, proposal))
        })
        .collect()
}

/// A second person has approved: it may be fetched until then.
///
/// # Errors
/// [`StoreError::Stale`] when there is no such export.
pub fn grant(tx: &mut Tx<'_>, id: &ExportId, until: Timestamp) -> Result<(), StoreError> {
    let changed = diesel::update(case_exports::table.find(id.as_str()))
        .set(case_exports::until.eq(Some(until.micros())))
        .execute(tx.0)?;
    match changed {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// It was fetched.
///
/// # Errors
/// [`StoreError`].
pub fn fetched(tx: &mut Tx<'_>, id: &ExportId, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(case_exports::table.find(id.as_str()))
        .set(case_exports::fetched_at.eq(Some(now.micros())))
        .execute(tx.0)?;
    Ok(())
}
