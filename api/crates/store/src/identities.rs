//! Sealed identities: who asked to have one opened, what became of it, and when one is erased. The ciphertext of a case
//! is written with the case ([`crate::complaints::insert`]); nothing here can open it.

use diesel::dsl::max;
use diesel::prelude::*;
use domain::complaint::case::Case;
use domain::complaint::identity::{IdentityReason, Purpose};
use domain::complaint::state::StateName;
use domain::id::{ComplaintId, PersonId, ProposalId};
use domain::role::{Permission, Scope};
use domain::time::Timestamp;

use crate::Tx;
use crate::complaints::{SealedIdentity, case_is_known};
use crate::conn::{Conn, on_backend};
use crate::error::StoreError;
use crate::proposals::{self, Found};
use crate::schema::{
    complaint_events, complaint_identities, complaints, erased_identities, identity_requests,
};

type Backend = <Conn as diesel::Connection>::Backend;

/// Somebody asked for an identity, or for a new receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What a second person decides.
    pub proposal: ProposalId,
    /// Whose.
    pub complaint: ComplaintId,
    /// The natural person who asked.
    pub person: PersonId,
    /// What for.
    pub purpose: Purpose,
    /// Why.
    pub reason: IdentityReason,
    /// The level of the unit that asked: 1 township, 2 county, 3 city.
    pub level: i32,
    /// Case time.
    pub created_at: Timestamp,
    /// What was shown at the counter, sealed; only until it was compared.
    pub shown: Option<SealedIdentity>,
    /// From the approval on: the first instant at which it is too late.
    pub until: Option<Timestamp>,
    /// When it was used.
    pub done_at: Option<Timestamp>,
    /// What became of it then.
    pub outcome: Option<IdentityReason>,
}

/// What the complainant reads of a request that was used: when, by which level, what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Case time.
    pub at: Timestamp,
    /// 1 township, 2 county, 3 city.
    pub level: i32,
    /// What for.
    pub reason: IdentityReason,
}

type Row = (
    (String, String, String, String, String, i32, i64),
    (Option<String>, Option<String>, Option<Vec<u8>>),
    (Option<i64>, Option<i64>, Option<String>),
);

macro_rules! columns {
    () => {
        (
            (
                identity_requests::proposal_id,
                identity_requests::complaint_id,
                identity_requests::person_id,
                identity_requests::purpose,
                identity_requests::reason,
                identity_requests::level,
                identity_requests::created_at,
            ),
            (
                identity_requests::county_code,
                identity_requests::key_id,
                identity_requests::shown,
            ),
            (
                identity_requests::until,
                identity_requests::done_at,
                identity_requests::outcome,
            ),
        )
    };
}

fn read(row: Row) -> Result<Request, StoreError> {
    let id = row.0.0.clone();
    request(row).ok_or(StoreError::Corrupt("identity_requests", id))
}

fn request(row: Row) -> Option<Request> {
    let (
        (proposal, complaint, person, purpose, reason, level, created_at),
        (county_code, key_id, shown),
        (until, done_at, outcome),
    ) = row;
    let sealed = (county_code, key_id, shown);
    Some(Request {
        proposal: ProposalId::try_from(proposal).ok()?,
        complaint: ComplaintId::try_from(complaint).ok()?,
        person: PersonId::try_from(person).ok()?,
        purpose: Purpose::parse(&purpose)?,
        reason: IdentityReason::parse(&reason)?,
        level,
        created_at: Timestamp::from_micros(created_at),
        shown: match sealed {
            (Some(county_code), Some(key_id), Some(sealed)) => Some(SealedIdentity {
                county_code,
                key_id,
                sealed,
            }),
            _ => None,
        },
        until: until.map(Timestamp::from_micros),
        done_at: done_at.map(Timestamp::from_micros),
        outcome: match outcome {
            Some(word) => Some(IdentityReason::parse(&word)?),
            None => None,
        },
    })
}

/// Keeps a request beside its proposal.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, new: &Request) -> Result<(), StoreError> {
    let shown = new.shown.as_ref();
    diesel::insert_into(identity_requests::table)
        .values((
            identity_requests::proposal_id.eq(new.proposal.as_str()),
            identity_requests::complaint_id.eq(new.complaint.as_str()),
            identity_requests::person_id.eq(new.person.as_str()),
            identity_requests::purpose.eq(new.purpose.as_str()),
            identity_requests::reason.eq(new.reason.as_str()),
            identity_requests::level.eq(new.level),
            identity_requests::created_at.eq(new.created_at.micros()),
            identity_requests::county_code.eq(shown.map(|one| one.county_code.as_str())),
            identity_requests::key_id.eq(shown.map(|one| one.key_id.as_str())),
            identity_requests::shown.eq(shown.map(|one| one.sealed.as_slice())),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// One of a person's own requests, with its proposal. Whether the person may still know of the case is the caller's to
/// ask ([`crate::complaints::find_for`]).
///
/// # Errors
/// [`StoreError`].
pub fn find_own(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ProposalId,
) -> Result<Option<(Request, Found)>, StoreError> {
    let row: Option<Row> = identity_requests::table
        .find(id.as_str())
        .filter(identity_requests::person_id.eq(scope.person.as_str()))
        .select(columns!())
        .get_result(tx.0)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(with_proposals(tx, vec![read(row)?])?.pop())
}

/// Which requests to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// About this case.
    pub complaint: Option<String>,
    /// After this place, counted back in time.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: i64,
}

/// A person's own requests, as far as he may still know of the cases; the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_own(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<(Request, Found)>, StoreError> {
    if !scope.can(Permission::ReadCases) {
        return Ok(Vec::new());
    }
    let mut query = identity_requests::table
        .into_boxed::<Backend>()
        .filter(identity_requests::person_id.eq(scope.person.as_str().to_owned()))
        .filter(case_is_known!(identity_requests::complaint_id, scope));
    if let Some(complaint) = &filter.complaint {
        query = query.filter(identity_requests::complaint_id.eq(complaint.clone()));
    }
    if let Some((at, id)) = &filter.after {
        query = query.filter(
            identity_requests::created_at
                .lt(*at)
                .or(identity_requests::created_at
                    .eq(*at)
                    .and(identity_requests::proposal_id.lt(id.clone()))),
        );
    }
    let rows: Vec<Row> = query
        .order((
            identity_requests::created_at.desc(),
            identity_requests::proposal_id.desc(),
        ))
        .limit(filter.limit)
        .select(columns!())
        .load(tx.0)?;
    let requests = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    with_proposals(tx, requests)
}

fn with_proposals(
    tx: &mut Tx<'_>,
    requests: Vec<Request>,
) -> Result<Vec<(Request, Found)>, StoreError> {
    let ids: Vec<String> = requests
        .iter()
        .map(|one| one.proposal.to_string())
        .collect();
    let mut found = proposals::by_ids(tx, &ids)?;
    requests
        .into_iter()
        .map(|one| {
            let proposal = found.remove(one.proposal.as_str()).ok_or_else(|| {
                StoreError::Corrupt("identity_requests", one.proposal.to_string())
            })?;
            Ok((one, proposal))
        })
        .collect()
}

/// A second person has approved: it may be used until then.
///
/// # Errors
/// [`StoreError::Stale`] when there is no such request.
pub fn grant(tx: &mut Tx<'_>, id: &ProposalId, until: Timestamp) -> Result<(), StoreError> {
    let changed = diesel::update(identity_requests::table.find(id.as_str()))
        .set(identity_requests::until.eq(Some(until.micros())))
        .execute(tx.0)?;
    match changed {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// It has been used, this once; what was shown at the counter is forgotten.
///
/// # Errors
/// [`StoreError::Stale`] when it was used before.
pub fn use_up(
    tx: &mut Tx<'_>,
    id: &ProposalId,
    outcome: IdentityReason,
    now: Timestamp,
) -> Result<(), StoreError> {
    let changed = diesel::update(
        identity_requests::table
            .find(id.as_str())
            .filter(identity_requests::done_at.is_null()),
    )
    .set((
        identity_requests::done_at.eq(Some(now.micros())),
        identity_requests::outcome.eq(Some(outcome.as_str())),
        identity_requests::shown.eq(None::<Vec<u8>>),
    ))
    .execute(tx.0)?;
    match changed {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// Every time somebody looked at who the complainant is, the oldest first. The caller has found the case for somebody.
///
/// # Errors
/// [`StoreError`].
pub fn looks(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Look>, StoreError> {
    let rows: Vec<(Option<i64>, i32, Option<String>)> = identity_requests::table
        .filter(identity_requests::complaint_id.eq(case.id.as_str()))
        .filter(identity_requests::done_at.is_not_null())
        .order((identity_requests::done_at, identity_requests::proposal_id))
        .select((
            identity_requests::done_at,
            identity_requests::level,
            identity_requests::outcome,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(at, level, outcome)| {
            let outcome = outcome.as_deref().and_then(IdentityReason::parse);
            let (at, reason) = at
                .zip(outcome)
                .ok_or_else(|| StoreError::Corrupt("identity_requests", case.id.to_string()))?;
            Ok(Look {
                at: Timestamp::from_micros(at),
                level,
                reason,
            })
        })
        .collect()
}

/// The sealed identity of a case; none of an anonymous one, or when it was erased.
///
/// # Errors
/// [`StoreError`].
pub fn sealed(tx: &mut Tx<'_>, id: &ComplaintId) -> Result<Option<SealedIdentity>, StoreError> {
    let row: Option<(String, String, Vec<u8>)> = complaint_identities::table
        .find(id.as_str())
        .select((
            complaint_identities::county_code,
            complaint_identities::key_id,
            complaint_identities::sealed,
        ))
        .get_result(tx.0)
        .optional()?;
    Ok(row.map(|(county_code, key_id, sealed)| SealedIdentity {
        county_code,
        key_id,
        sealed,
    }))
}

/// The keys that identities are sealed to: county and key, once each.
///
/// # Errors
/// [`StoreError`].
pub fn keys(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, StoreError> {
    Ok(complaint_identities::table
        .select((
            complaint_identities::county_code,
            complaint_identities::key_id,
        ))
        .distinct()
        .order((
            complaint_identities::county_code,
            complaint_identities::key_id,
        ))
        .load(tx.0)?)
}

// ---- Erasing

fn final_states() -> Vec<&'static str> {
    let names = StateName::ALL.iter();
    let ended = names.filter(|state| state.is_final());
    ended.map(|state| state.as_str()).collect()
}

/// Ended cases whose identity has no date of its erasure yet.
///
/// # Errors
/// [`StoreError`].
pub fn undated(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<String>, StoreError> {
    Ok(complaint_identities::table
        .inner_join(complaints::table.on(complaints::id.eq(complaint_identities::complaint_id)))
        .filter(complaint_identities::erase_at.is_null())
        .filter(complaints::state.eq_any(final_states()))
        .order(complaint_identities::complaint_id)
        .limit(limit)
        .select(complaint_identities::complaint_id)
        .load(tx.0)?)
}

/// Cases whose identity's date has come.
///
/// # Errors
/// [`StoreError`].
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<String>, StoreError> {
    Ok(complaint_identities::table
        .filter(complaint_identities::erase_at.le(now.micros()))
        .order((
            complaint_identities::erase_at,
            complaint_identities::complaint_id,
        ))
        .limit(limit)
        .select(complaint_identities::complaint_id)
        .load(tx.0)?)
}

/// Sets the date of an identity's erasure, or takes it away.
///
/// # Errors
/// [`StoreError`].
pub fn date(
    tx: &mut Tx<'_>,
    id: &ComplaintId,
    erase_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    diesel::update(complaint_identities::table.find(id.as_str()))
        .set(complaint_identities::erase_at.eq(erase_at.map(Timestamp::micros)))
        .execute(tx.0)?;
    Ok(())
}

/// When a case last came to an end, by its history; `None` when it never did.
///
/// # Errors
/// [`StoreError`].
pub fn ended_at(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Timestamp>, StoreError> {
    const ENDS: [&str; 5] = ["rate", "rate_lapsed", "decline", "withdraw", "merge"];
    let at: Option<i64> = complaint_events::table
        .filter(complaint_events::complaint_id.eq(case.id.as_str()))
        .filter(complaint_events::action.eq_any(ENDS))
        .select(max(complaint_events::at))
        .get_result(tx.0)?;
    Ok(at.map(Timestamp::from_micros))
}

/// Erases what is sealed of a case, wherever it stands, and remembers that it was erased; whether there was anything.
///
/// # Errors
/// [`StoreError`].
pub fn erase(tx: &mut Tx<'_>, id: &ComplaintId, at: Timestamp) -> Result<bool, StoreError> {
    let gone = diesel::delete(complaint_identities::table.find(id.as_str())).execute(tx.0)?;
    let shown = diesel::update(
        identity_requests::table
            .filter(identity_requests::complaint_id.eq(id.as_str()))
            .filter(identity_requests::shown.is_not_null()),
    )
    .set(identity_requests::shown.eq(None::<Vec<u8>>))
    .execute(tx.0)?;
    let values = (
        erased_identities::complaint_id.eq(id.as_str()),
        erased_identities::erased_at.eq(at.micros()),
    );
    on_backend!(tx, c =>
        diesel::insert_into(erased_identities::table).values(values).on_conflict_do_nothing().execute(c))?;
    Ok(gone + shown > 0)
}

/// Forgets what was shown at the counter for requests that can no longer be used.
///
/// # Errors
/// [`StoreError`].
pub fn forget_shown(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize, StoreError> {
    let ids: Vec<String> = identity_requests::table
        .filter(identity_requests::shown.is_not_null())
        .select(identity_requests::proposal_id)
        .load(tx.0)?;
    let found = proposals::by_ids(tx, &ids)?;
    let waits = |id: &String| {
        use domain::proposal::State;
        found
            .get(id)
            .is_some_and(|one| one.state(now).0 == State::Waiting)
    };
    let over: Vec<String> = ids.into_iter().filter(|id| !waits(id)).collect();
    if over.is_empty() {
        return Ok(0);
    }
    Ok(diesel::update(
        identity_requests::table
            .filter(identity_requests::proposal_id.eq_any(over))
            .filter(
                identity_requests::until
                    .is_null()
                    .or(identity_requests::until.le(now.micros())),
            ),
    )
    .set(identity_requests::shown.eq(None::<Vec<u8>>))
    .execute(tx.0)?)
}

/// Every erasure that this database remembers.
///
/// # Errors
/// [`StoreError`].
pub fn erased(tx: &mut Tx<'_>) -> Result<Vec<(ComplaintId, Timestamp)>, StoreError> {
    let rows: Vec<(String, i64)> = erased_identities::table
        .order(erased_identities::complaint_id)
        .select((
            erased_identities::complaint_id,
            erased_identities::erased_at,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(id, at)| {
            let id = ComplaintId::try_from(id)
                .map_err(|_| StoreError::Corrupt("erased_identities", String::new()))?;
            Ok((id, Timestamp::from_micros(at)))
        })
        .collect()
}
