//! Cases. Every function that finds one for a person takes that person's [`Scope`]: there is no other way
//! to a case but [`find_for_worker`] and the complainant's own receipt.

mod changes;
mod list;
mod merges;
mod rows;
mod seats;

use diesel::dsl::max;
use diesel::prelude::*;
use domain::complaint::access::{Standing, standing};
use domain::complaint::case::{Case, Rules};
use domain::complaint::intake::{Channel, FiledBy, IdentityMode};
use domain::complaint::state::StateName;
use domain::id::{ComplaintId, OrganisationId, StaffId};
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::Timestamp;

use crate::Tx;
use crate::conn::{Conn, on_backend};
use crate::error::StoreError;
use crate::prepared::Keep as _;
use crate::schema::{
    complaint_events, complaint_identities, complaint_messages, complaint_ratings, complaints,
};
use crate::timers::{self, Marks};

pub use changes::{Sight, sight, steps_since};
pub(crate) use list::only_open;
pub use list::{Counts, Filter, Listed, Sort, Wanted, counts, list};
pub use merges::followers;
use rows::{ComplaintRow, assemble, facts_of, insert_targets, insert_units, replace_units};
pub use seats::{Seated, open_assigned_to, open_in, open_with_units, retarget};

type Backend = <Conn as diesel::Connection>::Backend;
pub(crate) type Query<'a> = complaints::BoxedQuery<'a, Backend>;

/// What was filed and never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The complainant's words.
    pub text: String,
    /// The same, folded for searching.
    pub text_folded: String,
    /// What it is about, as JSON, pinned to the version seen.
    pub about: Option<String>,
    /// The id of what it is about.
    pub about_id: Option<String>,
    /// How much the complainant shows.
    pub identity_mode: IdentityMode,
    /// Who pressed the keys.
    pub filed_by: FiledBy,
    /// Whether a written answer may be shown to everybody.
    pub may_publish_answer: bool,
    /// How it came in.
    pub channel: Channel,
}

/// What ties a filing to its receipt and its retries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// HMAC of the receipt code.
    pub receipt_mac: String,
    /// HMAC of the `Idempotency-Key`.
    pub idempotency_mac: String,
    /// HMAC of the body without its photo tokens, under the pepper.
    pub body_sha256: String,
    /// The answer given, without the receipt code, for a retry.
    pub filed_view: String,
}

/// A sealed identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedIdentity {
    /// Whose key.
    pub county_code: String,
    /// Which key.
    pub key_id: String,
    /// The seal.
    pub sealed: Vec<u8>,
}

/// A case with what was filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The case.
    pub case: Case,
    /// What was filed.
    pub filing: Filing,
}

/// A case as a person may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The case and the filing.
    pub record: Record,
    /// What the person is in it.
    pub standing: Standing,
}

/// What an earlier filing with the same key left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Its id; the receipt is derived from it again.
    pub id: ComplaintId,
    /// HMAC of its body.
    pub body_sha256: String,
    /// The answer given.
    pub filed_view: String,
    /// HMAC of the receipt code in force: another than the derived one when it was issued anew.
    pub receipt_mac: String,
}

/// One line of a case's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// 1, 2, …
    pub seq: i32,
    /// Case time.
    pub at: Timestamp,
    /// What.
    pub action: String,
    /// `staff`, `complainant` or `timer`.
    pub actor: String,
    /// Who, when staff.
    pub staff_id: Option<String>,
    /// Their unit.
    pub organisation_id: Option<String>,
    /// What the complainant reads.
    pub public_note: Option<String>,
    /// What only staff read.
    pub internal_note: Option<String>,
}

/// Words between the complainant and the units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// 1, 2, …
    pub seq: i32,
    /// Case time.
    pub at: Timestamp,
    /// `complainant` or `staff`.
    pub author: String,
    /// The words.
    pub text: String,
}

/// The predicate of `domain::complaint::access` in SQL, for any column that names a case: the scope's unit
/// takes part in it, none of the person's recusal keys is a target's, and the person is not one of those who
/// were complained about when it was filed.
macro_rules! case_is_known {
    ($case:expr, $scope:expr) => {{
        let scope: &domain::role::Scope = $scope;
        diesel::dsl::exists(
            $crate::schema::complaint_units::table
                .filter($crate::schema::complaint_units::complaint_id.eq($case))
                .filter(
                    $crate::schema::complaint_units::organisation_id
                        .eq(scope.organisation.as_str().to_owned()),
                ),
        )
        .and(diesel::dsl::not(diesel::dsl::exists(
            $crate::schema::complaint_targets::table
                .filter($crate::schema::complaint_targets::complaint_id.eq($case))
                .filter(
                    $crate::schema::complaint_targets::target_key
                        .eq_any(domain::complaint::target::recusal_keys(scope)),
                ),
        )))
        .and(diesel::dsl::not(diesel::dsl::exists(
            $crate::schema::complaint_recusals::table
                .filter($crate::schema::complaint_recusals::complaint_id.eq($case))
                .filter(
                    $crate::schema::complaint_recusals::person_id
                        .eq(scope.person.as_str().to_owned()),
                ),
        )))
    }};
}
pub(crate) use case_is_known;

/// [`case_is_known`] for any boxed query in which `complaints` takes part. Every query for a person goes
/// through here.
macro_rules! only_known {
    ($query:expr, $scope:expr) => {{
        let (scope, query): (&domain::role::Scope, _) = ($scope, $query);
        if scope.can(domain::role::Permission::ReadCases) {
            query.filter($crate::complaints::case_is_known!(
                $crate::schema::complaints::id,
                scope
            ))
        } else {
            // No id is empty.
            query.filter($crate::schema::complaints::id.eq(""))
        }
    }};
}
pub(crate) use only_known;

/// [`only_known`] of the cases themselves.
pub(crate) fn known_to<'a>(query: Query<'a>, scope: &Scope) -> Query<'a> {
    only_known!(query, scope)
}

/// Keeps a new case with everything that belongs to its first moment, the first line of its history included, and
/// reads nothing: on PostgreSQL two filings that look at the same page of an index cannot both be kept.
///
/// # Errors
/// [`StoreError::Conflict`] when number, receipt or key are taken.
pub fn insert(
    tx: &mut Tx<'_>,
    record: &Record,
    keys: &Keys,
    identity: Option<&SealedIdentity>,
    first: &EventRow,
    rules: &Rules<'_>,
) -> Result<Marks, StoreError> {
    let Record { case, filing } = record;
    diesel::insert_into(complaints::table)
        .values((
            (
                complaints::id.eq(case.id.as_str()),
                complaints::number.eq(&case.number),
                complaints::receipt_mac.eq(&keys.receipt_mac),
                complaints::idempotency_mac.eq(&keys.idempotency_mac),
                complaints::body_sha256.eq(&keys.body_sha256),
                complaints::filed_view.eq(&keys.filed_view),
                complaints::kind.eq(case.kind.as_str()),
                complaints::region_code.eq(case.region.as_str()),
                complaints::category.eq(&case.category),
                complaints::about.eq(&filing.about),
                complaints::about_id.eq(&filing.about_id),
                complaints::text.eq(&filing.text),
                complaints::text_folded.eq(&filing.text_folded),
                complaints::identity_mode.eq(filing.identity_mode.as_str()),
                complaints::filed_by.eq(filing.filed_by.as_str()),
                complaints::may_publish_answer.eq(filing.may_publish_answer),
            ),
            (
                complaints::state.eq(case.state.name().as_str()),
                complaints::facts.eq(facts_of(case)?),
                complaints::round.eq(rows::to_i32(case.round)),
                complaints::level.eq(case.level),
                complaints::version.eq(case.version),
                complaints::revision.eq(1),
                complaints::supervised.eq(case.supervised),
                complaints::supervising_id.eq(case.supervising.as_str()),
                complaints::responsible_id.eq(case.responsible().map(OrganisationId::as_str)),
                complaints::assignee_id.eq(case.assignee.as_ref().map(StaffId::as_str)),
                complaints::received_at.eq(case.received_at.micros()),
                complaints::next_due_at.eq(rows::next_due(case)),
                complaints::channel.eq(filing.channel.as_str()),
                complaints::acknowledging_id.eq(acknowledging(case)),
            ),
        ))
        .execute(tx.0)?;
    insert_targets(tx, case)?;
    insert_units(tx, case, rules.now)?;
    let marks = timers::insert(tx, case, rules)?;
    insert_event(tx, &case.id, first)?;
    if let Some(identity) = identity {
        diesel::insert_into(complaint_identities::table)
            .values((
                complaint_identities::complaint_id.eq(case.id.as_str()),
                complaint_identities::county_code.eq(&identity.county_code),
                complaint_identities::key_id.eq(&identity.key_id),
                complaint_identities::sealed.eq(&identity.sealed),
            ))
            .execute(tx.0)?;
    }
    Ok(marks)
}

/// Keeps a changed case, if nobody else changed it since it was read.
///
/// # Errors
/// [`StoreError::Stale`] when somebody did.
pub fn save(
    tx: &mut Tx<'_>,
    case: &Case,
    seen_version: i32,
    rules: &Rules<'_>,
) -> Result<Marks, StoreError> {
    let changed = diesel::update(
        complaints::table
            .find(case.id.as_str())
            .filter(complaints::version.eq(seen_version)),
    )
    .set((
        complaints::state.eq(case.state.name().as_str()),
        complaints::facts.eq(facts_of(case)?),
        complaints::round.eq(rows::to_i32(case.round)),
        complaints::level.eq(case.level),
        complaints::version.eq(case.version),
        complaints::revision.eq(complaints::revision + 1),
        complaints::supervised.eq(case.supervised),
        complaints::supervising_id.eq(case.supervising.as_str()),
        complaints::responsible_id.eq(case.responsible().map(OrganisationId::as_str)),
        complaints::assignee_id.eq(case.assignee.as_ref().map(StaffId::as_str)),
        complaints::next_due_at.eq(rows::next_due(case)),
        complaints::acknowledging_id.eq(acknowledging(case)),
    ))
    .kept()
    .run(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    replace_units(tx, case, rules.now)?;
    merges::save(tx, case)?;
    keep_rating(tx, case)?;
    timers::save(tx, case, rules)
}

/// The organ above that has still to say that it has seen the case.
fn acknowledging(case: &Case) -> Option<&str> {
    let waiting = case.tally.unacknowledged.as_ref();
    waiting.map(|waiting| waiting.organ.as_str())
}

/// Keeps the rating in force beside the case, whose next answer will forget it.
fn keep_rating(tx: &mut Tx<'_>, case: &Case) -> Result<(), StoreError> {
    let Some(rating) = &case.tally.rating else {
        return Ok(());
    };
    let values = (
        complaint_ratings::complaint_id.eq(case.id.as_str()),
        complaint_ratings::rated_at.eq(rating.rated_at.micros()),
        complaint_ratings::rating.eq(rating.rating.as_str()),
    );
    on_backend!(tx, c =>
        diesel::insert_into(complaint_ratings::table).values(values).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Writes anew which units take part in a case, after a proposal about it was made or ended.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn units_changed(tx: &mut Tx<'_>, id: &str, now: Timestamp) -> Result<(), StoreError> {
    match find_for_worker(tx, id)? {
        Some(record) => replace_units(tx, &record.case, now),
        None => Ok(()),
    }
}

/// A case this person may know of.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_for(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ComplaintId,
) -> Result<Option<Known>, StoreError> {
    let query =
        known_to(complaints::table.into_boxed(), scope).filter(complaints::id.eq(id.as_str()));
    let row: Option<ComplaintRow> = query.get_result(tx.0).optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let record = one(tx, row)?;
    // The same predicate once more, in the domain's words: SQL alone never decides.
    let standing = standing(scope, record.case.accused(), &record.case.units());
    Ok(standing.map(|standing| Known { record, standing }))
}

/// The same for reading alone: also one of which a clock cannot be read. It then has none, and the answer says so; what
/// is to be done to a case is found by [`find_for`].
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_to_read(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ComplaintId,
) -> Result<Option<(Known, bool)>, StoreError> {
    let query =
        known_to(complaints::table.into_boxed(), scope).filter(complaints::id.eq(id.as_str()));
    let Some(found) = rows::load(tx, query)?.pop() else {
        return Ok(None);
    };
    let record = found.record;
    let standing = standing(scope, record.case.accused(), &record.case.units());
    Ok(standing.map(|standing| (Known { record, standing }, found.is_broken)))
}

/// The ids of the next open or answered cases of a region (`None`: of all) after an id, in their order, for
/// a worker that goes through all of them: their clocks may run.
///
/// # Errors
/// [`StoreError`].
pub fn unfinished_after(
    tx: &mut Tx<'_>,
    region: Option<&RegionCode>,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let query = unfinished(complaints::table.into_boxed(), region, after, limit);
    Ok(query.select(complaints::id).load(tx.0)?)
}

/// The same cases, whole, as far as a person may know of them; without those whose clocks cannot be read.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn unfinished_for(
    tx: &mut Tx<'_>,
    scope: &Scope,
    region: Option<&RegionCode>,
    after: &str,
    limit: i64,
) -> Result<Vec<Record>, StoreError> {
    let known = known_to(complaints::table.into_boxed(), scope);
    let found = rows::load(tx, unfinished(known, region, after, limit))?;
    let whole = found.into_iter().filter(|row| !row.is_broken);
    Ok(whole.map(|row| row.record).collect())
}

fn unfinished<'a>(
    query: Query<'a>,
    region: Option<&RegionCode>,
    after: &str,
    limit: i64,
) -> Query<'a> {
    let running = StateName::ALL
        .iter()
        .filter(|state| state.is_open() || **state == StateName::Answered);
    let names: Vec<&str> = running.map(|state| state.as_str()).collect();
    let mut query = query
        .filter(complaints::id.gt(after.to_owned()))
        .filter(complaints::state.eq_any(names));
    if let Some(region) = region {
        query = query.filter(complaints::region_code.like(format!("{}%", region.prefix())));
    }
    query.order(complaints::id.asc()).limit(limit)
}

/// A case by the HMAC of its receipt.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_by_receipt(tx: &mut Tx<'_>, receipt_mac: &str) -> Result<Option<Record>, StoreError> {
    let row: Option<ComplaintRow> = complaints::table
        .filter(complaints::receipt_mac.eq(receipt_mac))
        .get_result(tx.0)
        .optional()?;
    row.map(|row| one(tx, row)).transpose()
}

/// A case for the worker, which acts for nobody.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_for_worker(tx: &mut Tx<'_>, id: &str) -> Result<Option<Record>, StoreError> {
    let row: Option<ComplaintRow> = complaints::table.find(id).get_result(tx.0).optional()?;
    row.map(|row| one(tx, row)).transpose()
}

fn one(tx: &mut Tx<'_>, row: ComplaintRow) -> Result<Record, StoreError> {
    let id = row.id.clone();
    assemble(tx, vec![row])?
        .pop()
        .ok_or(StoreError::Corrupt("complaints", id))
}

/// What an earlier filing with this key left.
///
/// # Errors
/// [`StoreError`].
pub fn replay(tx: &mut Tx<'_>, idempotency_mac: &str) -> Result<Option<Replay>, StoreError> {
    let row: Option<(String, String, String, String)> = complaints::table
        .filter(complaints::idempotency_mac.eq(idempotency_mac))
        .select((
            complaints::id,
            complaints::body_sha256,
            complaints::filed_view,
            complaints::receipt_mac,
        ))
        .get_result(tx.0)
        .optional()?;
    row.map(|(id, body_sha256, filed_view, receipt_mac)| {
        let id = ComplaintId::try_from(id)
            .map_err(|_| StoreError::Corrupt("complaints", "id".into()))?;
        Ok(Replay {
            id,
            body_sha256,
            filed_view,
            receipt_mac,
        })
    })
    .transpose()
}

/// The HMAC of the receipt code in force. The caller has found the case for somebody.
///
/// # Errors
/// [`StoreError`].
pub fn receipt_mac(tx: &mut Tx<'_>, id: &ComplaintId) -> Result<String, StoreError> {
    Ok(complaints::table
        .find(id.as_str())
        .select(complaints::receipt_mac)
        .get_result(tx.0)?)
}

/// Another receipt code from now on; the one before is dead. The caller has found the case for somebody.
///
/// # Errors
/// [`StoreError::Conflict`] when some case has that code.
pub fn replace_receipt(
    tx: &mut Tx<'_>,
    id: &ComplaintId,
    receipt_mac: &str,
) -> Result<(), StoreError> {
    diesel::update(complaints::table.find(id.as_str()))
        .set(complaints::receipt_mac.eq(receipt_mac))
        .execute(tx.0)?;
    Ok(())
}

/// Adds a line to a case's history; its number.
///
/// # Errors
/// [`StoreError`].
pub fn tell(tx: &mut Tx<'_>, id: &ComplaintId, event: &EventRow) -> Result<i32, StoreError> {
    let last: Option<i32> = complaint_events::table
        .filter(complaint_events::complaint_id.eq(id.as_str()))
        .select(max(complaint_events::seq))
        .get_result(tx.0)?;
    let seq = last.unwrap_or(0) + 1;
    insert_event(
        tx,
        id,
        &EventRow {
            seq,
            ..event.clone()
        },
    )?;
    Ok(seq)
}

fn insert_event(tx: &mut Tx<'_>, id: &ComplaintId, event: &EventRow) -> Result<(), StoreError> {
    diesel::insert_into(complaint_events::table)
        .values((
            complaint_events::complaint_id.eq(id.as_str()),
            complaint_events::seq.eq(event.seq),
            complaint_events::at.eq(event.at.micros()),
            complaint_events::action.eq(&event.action),
            complaint_events::actor.eq(&event.actor),
            complaint_events::staff_id.eq(&event.staff_id),
            complaint_events::organisation_id.eq(&event.organisation_id),
            complaint_events::public_note.eq(&event.public_note),
            complaint_events::internal_note.eq(&event.internal_note),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// A case's history, the oldest first. The caller has found the case for somebody.
///
/// # Errors
/// [`StoreError`].
pub fn history(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<EventRow>, StoreError> {
    type Row = (
        i32,
        i64,
        String,
        String,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let rows: Vec<Row> = complaint_events::table
        .filter(complaint_events::complaint_id.eq(case.id.as_str()))
        .order(complaint_events::seq)
        .select((
            complaint_events::seq,
            complaint_events::at,
            complaint_events::action,
            complaint_events::actor,
            complaint_events::staff_id,
            complaint_events::organisation_id,
            complaint_events::public_note,
            complaint_events::internal_note,
        ))
        .load(tx.0)?;
    let event =
        |(seq, at, action, actor, staff_id, organisation_id, public_note, internal_note): Row| {
            EventRow {
                seq,
                at: Timestamp::from_micros(at),
                action,
                actor,
                staff_id,
                organisation_id,
                public_note,
                internal_note,
            }
        };
    Ok(rows.into_iter().map(event).collect())
}

/// What ties the retries of words together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsTie {
    /// The keyed digest of the `Idempotency-Key`.
    pub mac: String,
    /// What was sent under it.
    pub body_sha256: String,
}

/// Adds words between the complainant and the units; their number.
///
/// # Errors
/// [`StoreError`].
pub fn say(
    tx: &mut Tx<'_>,
    id: &ComplaintId,
    staff: Option<&StaffId>,
    text: &str,
    tie: Option<&WordsTie>,
    now: Timestamp,
) -> Result<i32, StoreError> {
    let last: Option<i32> = complaint_messages::table
        .filter(complaint_messages::complaint_id.eq(id.as_str()))
        .select(max(complaint_messages::seq))
        .get_result(tx.0)?;
    let seq = last.unwrap_or(0) + 1;
    diesel::insert_into(complaint_messages::table)
        .values((
            complaint_messages::complaint_id.eq(id.as_str()),
            complaint_messages::seq.eq(seq),
            complaint_messages::at.eq(now.micros()),
            complaint_messages::author.eq(if staff.is_some() {
                "staff"
            } else {
                "complainant"
            }),
            complaint_messages::staff_id.eq(staff.map(StaffId::as_str)),
            complaint_messages::text.eq(text),
            complaint_messages::idempotency_mac.eq(tie.map(|tie| tie.mac.as_str())),
            complaint_messages::body_sha256.eq(tie.map(|tie| tie.body_sha256.as_str())),
        ))
        .execute(tx.0)?;
    Ok(seq)
}

/// The digest of what was said under a key before, if anything was.
///
/// # Errors
/// [`StoreError`].
pub fn said(tx: &mut Tx<'_>, id: &ComplaintId, mac: &str) -> Result<Option<String>, StoreError> {
    let found: Option<Option<String>> = complaint_messages::table
        .filter(complaint_messages::complaint_id.eq(id.as_str()))
        .filter(complaint_messages::idempotency_mac.eq(mac))
        .select(complaint_messages::body_sha256)
        .first(tx.0)
        .optional()?;
    Ok(found.flatten())
}

/// The words so far, the oldest first. The caller has found the case for somebody.
///
/// # Errors
/// [`StoreError`].
pub fn messages(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<MessageRow>, StoreError> {
    let rows: Vec<(i32, i64, String, String)> = complaint_messages::table
        .filter(complaint_messages::complaint_id.eq(case.id.as_str()))
        .order(complaint_messages::seq)
        .select((
            complaint_messages::seq,
            complaint_messages::at,
            complaint_messages::author,
            complaint_messages::text,
        ))
        .load(tx.0)?;
    Ok(rows
        .into_iter()
        .map(|(seq, at, author, text)| MessageRow {
            seq,
            at: Timestamp::from_micros(at),
            author,
            text,
        })
        .collect())
}
