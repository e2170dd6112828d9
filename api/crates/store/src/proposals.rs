//! What waits for a second person. Features write proposals here in their own transactions; `decisions`
//! reads them and hands them back to the feature that owns the subject.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::id::{ComplaintId, OrganisationId, PersonId, ProposalId, StaffId};
use domain::proposal::{Proposal, Proposer, State, Subject, VoidReason};
use domain::region::RegionCode;
use domain::role::{Permission, Role, Scope};
use domain::time::Timestamp;

use crate::Tx;
use crate::complaints::case_is_known;
use crate::conn::{of_these, on_backend};
use crate::error::StoreError;
use crate::schema::{proposal_offers, proposals, staff};

type Backend = <crate::conn::Conn as diesel::Connection>::Backend;
type Query<'a> = proposals::BoxedQuery<'a, Backend>;

/// A proposal, and whether its proposer's account is still what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The proposal.
    pub proposal: Proposal,
    /// Not disabled, of the same role and unit.
    pub in_force: bool,
}

impl Found {
    /// What has become of it by `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> (State, Option<VoidReason>) {
        match self.proposal.void(self.in_force, now) {
            Some(reason) => (State::Void, Some(reason)),
            None => (self.proposal.state, None),
        }
    }
}

/// Which proposals to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// In this state now.
    pub state: Option<State>,
    /// After this place, counted back in time.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: i64,
}

#[derive(Queryable)]
struct Row {
    id: String,
    subject: String,
    object_id: String,
    action: String,
    #[expect(
        dead_code,
        reason = "the row is read whole; this column serves look-ups"
    )]
    complaint_id: Option<String>,
    region_code: String,
    version: i32,
    body: String,
    reason: String,
    staff_id: String,
    person_id: String,
    role: String,
    organisation_id: String,
    created_at: i64,
    expires_at: i64,
    state: String,
    void_reason: Option<String>,
    decided_by: Option<String>,
    decided_at: Option<i64>,
    note: Option<String>,
}

fn read(row: Row, offered: Vec<OrganisationId>) -> Option<Proposal> {
    Some(Proposal {
        subject: Subject::read(&row.subject, &row.object_id, &row.action)?,
        id: ProposalId::try_from(row.id).ok()?,
        region: RegionCode::try_from(row.region_code).ok()?,
        version: row.version,
        body: row.body,
        reason: row.reason,
        proposer: Proposer {
            staff: StaffId::try_from(row.staff_id).ok()?,
            person: PersonId::try_from(row.person_id).ok()?,
            role: Role::parse(&row.role)?,
            organisation: OrganisationId::try_from(row.organisation_id).ok()?,
        },
        offered,
        created_at: Timestamp::from_micros(row.created_at),
        expires_at: Timestamp::from_micros(row.expires_at),
        state: State::parse(&row.state)?,
        void_reason: match row.void_reason {
            Some(word) => Some(VoidReason::parse(&word)?),
            None => None,
        },
        decided_by: row.decided_by.map(StaffId::try_from).transpose().ok()?,
        decided_at: row.decided_at.map(Timestamp::from_micros),
        note: row.note,
    })
}

/// Keeps a proposal and offers it to its organs.
///
/// # Errors
/// [`StoreError::Conflict`] when one waits already for the same thing and action.
pub fn insert(tx: &mut Tx<'_>, new: &Proposal) -> Result<(), StoreError> {
    diesel::insert_into(proposals::table)
        .values((
            proposals::id.eq(new.id.as_str()),
            proposals::subject.eq(new.subject.kind()),
            proposals::object_id.eq(new.subject.object()),
            proposals::action.eq(new.subject.action()),
            proposals::complaint_id.eq(new.subject.complaint().map(ComplaintId::as_str)),
            proposals::region_code.eq(new.region.as_str()),
            proposals::version.eq(new.version),
            proposals::body.eq(&new.body),
            proposals::reason.eq(&new.reason),
            proposals::staff_id.eq(new.proposer.staff.as_str()),
            proposals::person_id.eq(new.proposer.person.as_str()),
            proposals::role.eq(new.proposer.role.as_str()),
            proposals::organisation_id.eq(new.proposer.organisation.as_str()),
            proposals::created_at.eq(new.created_at.micros()),
            proposals::expires_at.eq(new.expires_at.micros()),
            proposals::state.eq(State::Waiting.as_str()),
        ))
        .execute(tx.0)?;
    for organ in &new.offered {
        diesel::insert_into(proposal_offers::table)
            .values((
                proposal_offers::proposal_id.eq(new.id.as_str()),
                proposal_offers::organisation_id.eq(organ.as_str()),
            ))
            .execute(tx.0)?;
    }
    if let Some(complaint) = new.subject.complaint() {
        crate::complaints::units_changed(tx, complaint.as_str(), new.created_at)?;
    }
    Ok(())
}

/// Of the scope's business: offered to its unit or proposed by its person, and never of a case that the
/// person may not know of.
fn known<'a>(scope: &Scope) -> Query<'a> {
    let unit = scope.organisation.as_str().to_owned();
    let person = scope.person.as_str().to_owned();
    let offered = exists(
        proposal_offers::table
            .filter(proposal_offers::proposal_id.eq(proposals::id))
            .filter(proposal_offers::organisation_id.eq(unit)),
    );
    let query = proposals::table
        .into_boxed()
        .filter(offered.or(proposals::person_id.eq(person)));
    if !scope.can(Permission::ReadCases) {
        // Whoever reads no cases reads no proposal about one.
        return query.filter(proposals::complaint_id.is_null());
    }
    query.filter(proposals::complaint_id.is_null().or(case_is_known!(
        proposals::complaint_id.assume_not_null(),
        scope
    )))
}

/// The proposer's account is still what it was.
macro_rules! in_force {
    () => {
        exists(
            staff::table
                .filter(staff::id.eq(proposals::staff_id))
                .filter(staff::disabled_at.is_null())
                .filter(staff::role.eq(proposals::role))
                .filter(staff::organisation_id.eq(proposals::organisation_id)),
        )
    };
}

fn in_state(query: Query<'_>, state: State, now: Timestamp) -> Query<'_> {
    let now = now.micros();
    let waiting = proposals::state.eq(State::Waiting.as_str());
    match state {
        State::Waiting => query
            .filter(waiting)
            .filter(proposals::expires_at.gt(now))
            .filter(in_force!()),
        State::Approved | State::Refused => query.filter(proposals::state.eq(state.as_str())),
        State::Void => query.filter(
            proposals::state
                .eq(State::Void.as_str())
                .or(waiting.and(proposals::expires_at.le(now).or(not(in_force!())))),
        ),
    }
}

/// The proposals a person may see, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    now: Timestamp,
) -> Result<Vec<Found>, StoreError> {
    let mut query = known(scope);
    if let Some(state) = filter.state {
        query = in_state(query, state, now);
    }
    if let Some((at, id)) = &filter.after {
        query = query.filter(
            proposals::created_at.lt(*at).or(proposals::created_at
                .eq(*at)
                .and(proposals::id.lt(id.clone()))),
        );
    }
    let rows = query
        .order((proposals::created_at.desc(), proposals::id.desc()))
        .limit(filter.limit)
        .load(tx.0)?;
    assemble(tx, rows)
}

/// One that a person may see.
///
/// # Errors
/// [`StoreError`].
pub fn find_for(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ProposalId,
) -> Result<Option<Found>, StoreError> {
    let rows = known(scope)
        .filter(proposals::id.eq(id.as_str().to_owned()))
        .load(tx.0)?;
    Ok(assemble(tx, rows)?.pop())
}

/// Which of these a person may see.
///
/// # Errors
/// [`StoreError`].
pub fn seen_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    ids: &[String],
) -> Result<HashSet<String>, StoreError> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<String> = known(scope)
        .filter(proposals::id.eq_any(ids.to_vec()))
        .select(proposals::id)
        .load(tx.0)?;
    Ok(found.into_iter().collect())
}

/// Those with these ids, by their ids, for a feature that keeps something of its own beside them.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn by_ids(
    tx: &mut Tx<'_>,
    ids: &[String],
) -> Result<HashMap<String, Found>, StoreError> {
    let rows: Vec<Row> = proposals::table
        .filter(proposals::id.eq_any(ids))
        .load(tx.0)?;
    let found = assemble(tx, rows)?.into_iter();
    Ok(found
        .map(|one| (one.proposal.id.to_string(), one))
        .collect())
}

/// Those that wait about a thing, whatever their age.
///
/// # Errors
/// [`StoreError`].
pub fn waiting(tx: &mut Tx<'_>, kind: &str, object: &str) -> Result<Vec<Found>, StoreError> {
    assembled(tx, in_wait(kind).filter(proposals::object_id.eq(object)))
}

/// Those that wait for a decision to do `action` with things of one kind.
///
/// # Errors
/// [`StoreError`].
pub fn waiting_to(tx: &mut Tx<'_>, kind: &str, action: &str) -> Result<Vec<Found>, StoreError> {
    assembled(tx, in_wait(kind).filter(proposals::action.eq(action)))
}

/// What waits about one kind of things, the oldest first.
fn in_wait(kind: &str) -> proposals::BoxedQuery<'_, Backend> {
    proposals::table
        .into_boxed::<Backend>()
        .filter(proposals::subject.eq(kind))
        .filter(proposals::state.eq(State::Waiting.as_str()))
        .order((proposals::created_at, proposals::id))
}

fn assembled(
    tx: &mut Tx<'_>,
    query: proposals::BoxedQuery<'_, Backend>,
) -> Result<Vec<Found>, StoreError> {
    let rows = query.load(tx.0)?;
    assemble(tx, rows)
}

/// Those that wait and can no longer be decided.
///
/// # Errors
/// [`StoreError`].
pub fn lapsed(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Found>, StoreError> {
    let rows = in_state(proposals::table.into_boxed(), State::Void, now)
        .filter(proposals::state.eq(State::Waiting.as_str()))
        .order((proposals::expires_at, proposals::id))
        .limit(limit)
        .load(tx.0)?;
    assemble(tx, rows)
}

fn assemble(tx: &mut Tx<'_>, rows: Vec<Row>) -> Result<Vec<Found>, StoreError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let offers: Vec<(String, String)> = on_backend!(tx, c => proposal_offers::table
        .filter(proposal_offers::proposal_id.eq_any(&ids))
        .order((proposal_offers::proposal_id, proposal_offers::organisation_id))
        .select((proposal_offers::proposal_id, proposal_offers::organisation_id))
        .load(c))?;
    let in_force: Vec<String> = proposals::table
        .filter(proposals::id.eq_any(&ids))
        .filter(in_force!())
        .select(proposals::id)
        .load(tx.0)?;
    let corrupt = |id: &str| StoreError::Corrupt("proposals", id.to_owned());
    let mut offered: HashMap<String, Vec<OrganisationId>> = HashMap::new();
    for (id, organ) in offers {
        let organ = OrganisationId::try_from(organ).map_err(|_| corrupt(&id))?;
        offered.entry(id).or_default().push(organ);
    }
    rows.into_iter()
        .map(|row| {
            let id = row.id.clone();
            let organs = offered.remove(&id).unwrap_or_default();
            Ok(Found {
                proposal: read(row, organs).ok_or_else(|| corrupt(&id))?,
                in_force: in_force.contains(&id),
            })
        })
        .collect()
}

/// Writes down what became of a proposal that waited; nobody is offered it any more.
///
/// # Errors
/// [`StoreError::Stale`] when it waits no longer.
pub fn end(
    tx: &mut Tx<'_>,
    id: &ProposalId,
    state: State,
    reason: Option<VoidReason>,
    by: Option<&StaffId>,
    note: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ended: Option<Option<String>> = diesel::update(
        proposals::table
            .find(id.as_str())
            .filter(proposals::state.eq(State::Waiting.as_str())),
    )
    .set((
        proposals::state.eq(state.as_str()),
        proposals::void_reason.eq(reason.map(VoidReason::as_str)),
        proposals::decided_by.eq(by.map(StaffId::as_str)),
        proposals::decided_at.eq(Some(now.micros())),
        proposals::note.eq(note),
    ))
    .returning(proposals::complaint_id)
    .get_result(tx.0)
    .optional()?;
    match ended {
        None => Err(StoreError::Stale),
        Some(None) => Ok(()),
        Some(Some(complaint)) => crate::complaints::units_changed(tx, &complaint, now),
    }
}

/// The proposals of cases that wait and whose proposers are still what they were: what has lost its proposer
/// blocks nobody until it is swept up.
pub(crate) fn of_cases(tx: &mut Tx<'_>, ids: &[String]) -> Result<Vec<Proposal>, StoreError> {
    let mut rows: Vec<Row> = of_these!(proposals::table, proposals::complaint_id, ids)
        .order((proposals::created_at, proposals::id))
        .load(tx.0)?;
    // Chosen here: a state that is bound might make the index of those that wait of use, so SQLite plans the query anew
    // each time that it is bound, and this is asked with every case.
    rows.retain(|row| row.state == State::Waiting.as_str());
    Ok(assemble(tx, rows)?
        .into_iter()
        .filter(|found| found.in_force)
        .map(|found| found.proposal)
        .collect())
}
