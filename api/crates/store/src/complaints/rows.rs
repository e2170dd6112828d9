//! Rows of a case and the case made of them. A row that the rules say cannot be is an alarm, never a
//! default.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::complaint::access::Capacity;
use domain::complaint::case::{Case, Tally, Waiting};
use domain::complaint::intake::{Channel, FiledBy, IdentityMode};
use domain::complaint::merge::Followed;
use domain::complaint::state::State;
use domain::complaint::state::StateName;
use domain::complaint::target::Target;
use domain::id::{ComplaintId, OrganisationId, PersonId, StaffId};
use domain::policy::Kind;
use domain::region::{Level, RegionCode};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Filing, Record, merges};
use crate::Tx;
use crate::conn::{of_these, on_backend};
use crate::error::StoreError;
use crate::schema::{complaint_recusals, complaint_targets, complaint_units, complaints};
use crate::{proposals, timers};

#[derive(Queryable)]
#[expect(
    dead_code,
    reason = "the row is read whole; some columns only serve look-ups"
)]
pub(super) struct ComplaintRow {
    pub id: String,
    pub number: String,
    receipt_mac: String,
    idempotency_mac: String,
    body_sha256: String,
    filed_view: String,
    kind: String,
    region_code: String,
    category: String,
    about: Option<String>,
    about_id: Option<String>,
    text: String,
    text_folded: String,
    identity_mode: String,
    filed_by: String,
    may_publish_answer: bool,
    state: String,
    facts: String,
    round: i32,
    level: i32,
    version: i32,
    revision: i32,
    supervised: bool,
    supervising_id: String,
    responsible_id: Option<String>,
    assignee_id: Option<String>,
    pub received_at: i64,
    pub next_due_at: i64,
    channel: String,
    acknowledging_id: Option<String>,
}

/// The facts that only rules read, in one JSON column.
#[derive(Serialize, Deserialize)]
pub(super) struct Facts {
    pub state: State,
    pub tally: Tally,
    supervising_level: Level,
    /// Cases from before there were policies of a county's own have the shipped one.
    #[serde(default = "shipped")]
    policy_version: i32,
}

fn shipped() -> i32 {
    domain::policy::SHIPPED
}

pub(super) fn facts_of(case: &Case) -> Result<String, StoreError> {
    let facts = Facts {
        state: case.state.clone(),
        tally: case.tally.clone(),
        supervising_level: case.supervising_level,
        policy_version: case.policy_version,
    };
    serde_json::to_string(&facts)
        .map_err(|_| StoreError::Corrupt("complaints", case.id.to_string()))
}

pub(super) fn to_i32(round: u32) -> i32 {
    i32::try_from(round).unwrap_or(i32::MAX)
}

/// The column that queues are sorted by; cases without a running clock come last on both engines.
pub(super) fn next_due(case: &Case) -> i64 {
    case.next_due_at().map_or(i64::MAX, Timestamp::micros)
}

pub(super) fn insert_targets(tx: &mut Tx<'_>, case: &Case) -> Result<(), StoreError> {
    for (seq, target) in (1..).zip(&case.targets) {
        let body = serde_json::to_string(target)
            .map_err(|_| StoreError::Corrupt("complaint_targets", case.id.to_string()))?;
        diesel::insert_into(complaint_targets::table)
            .values((
                complaint_targets::complaint_id.eq(case.id.as_str()),
                complaint_targets::seq.eq(seq),
                complaint_targets::body.eq(body),
                complaint_targets::target_key.eq(target.key()),
            ))
            .execute(tx.0)?;
    }
    for person in &case.accused {
        diesel::insert_into(complaint_recusals::table)
            .values((
                complaint_recusals::complaint_id.eq(case.id.as_str()),
                complaint_recusals::person_id.eq(person.as_str()),
            ))
            .execute(tx.0)?;
    }
    Ok(())
}

/// The units that take part in a new case.
pub(super) fn insert_units(tx: &mut Tx<'_>, case: &Case, now: Timestamp) -> Result<(), StoreError> {
    for (unit, capacity) in case.units() {
        insert_unit(tx, case, unit.as_str(), capacity.as_str(), now)?;
    }
    Ok(())
}

fn insert_unit(
    tx: &mut Tx<'_>,
    case: &Case,
    unit: &str,
    capacity: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    diesel::insert_into(complaint_units::table)
        .values((
            complaint_units::complaint_id.eq(case.id.as_str()),
            complaint_units::organisation_id.eq(unit),
            complaint_units::capacity.eq(capacity),
            complaint_units::since.eq(now.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

pub(super) fn replace_units(
    tx: &mut Tx<'_>,
    case: &Case,
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = case.id.as_str();
    let known: Vec<(String, String)> = complaint_units::table
        .filter(complaint_units::complaint_id.eq(id))
        .select((complaint_units::organisation_id, complaint_units::capacity))
        .load(tx.0)?;
    let wanted: Vec<(String, String)> = case
        .units()
        .into_iter()
        .map(|(unit, capacity)| (String::from(unit), capacity.as_str().to_owned()))
        .collect();
    for (unit, capacity) in known.iter().filter(|row| !wanted.contains(row)) {
        diesel::delete(complaint_units::table.find((id, unit, capacity))).execute(tx.0)?;
    }
    for (unit, capacity) in wanted.iter().filter(|row| !known.contains(row)) {
        insert_unit(tx, case, unit, capacity, now)?;
    }
    Ok(())
}

/// Makes records of rows, with a few queries for any number of them.
pub(super) fn assemble(
    tx: &mut Tx<'_>,
    rows: Vec<ComplaintRow>,
) -> Result<Vec<Record>, StoreError> {
    let (records, unreadable) = assemble_all(tx, rows)?;
    // A case without its clocks would be taken for one whose clocks have stopped.
    match unreadable.into_iter().next() {
        Some(id) => Err(StoreError::Corrupt("timers", id)),
        None => Ok(records),
    }
}

/// The same where one bad row must not hide the others: a case of which a clock cannot be read has none, and its id
/// stands beside the records.
fn assemble_all(
    tx: &mut Tx<'_>,
    rows: Vec<ComplaintRow>,
) -> Result<(Vec<Record>, HashSet<String>), StoreError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let targets: Vec<(String, String)> = on_backend!(tx, c => of_these!(complaint_targets::table, complaint_targets::complaint_id, &ids[..])
        .order((complaint_targets::complaint_id, complaint_targets::seq))
        .select((complaint_targets::complaint_id, complaint_targets::body))
        .load(c))?;
    let uppers: Vec<(String, String)> = of_these!(
        complaint_units::table,
        complaint_units::complaint_id,
        &ids[..]
    )
    .filter(complaint_units::capacity.eq(Capacity::Upper.as_str()))
    .order((complaint_units::since, complaint_units::organisation_id))
    .select((
        complaint_units::complaint_id,
        complaint_units::organisation_id,
    ))
    .load(tx.0)?;
    let mut waiting_of: HashMap<String, Vec<Waiting>> = HashMap::new();
    for proposal in proposals::of_cases(tx, &ids)? {
        if let Some((complaint, matter)) = proposal.subject.case() {
            let complaint = complaint.to_string();
            let one = Waiting {
                proposal: proposal.id,
                matter,
                expires_at: proposal.expires_at,
                organs: proposal.offered,
            };
            waiting_of.entry(complaint).or_default().push(one);
        }
    }
    // Only merged cases follow another.
    let merged: Vec<String> = rows
        .iter()
        .filter(|row| row.state == StateName::Merged.as_str())
        .map(|row| row.id.clone())
        .collect();
    let mut followed = match merged.is_empty() {
        true => HashMap::new(),
        false => merges::followed(tx, &merged)?,
    };
    let recused: Vec<(String, String)> = of_these!(
        complaint_recusals::table,
        complaint_recusals::complaint_id,
        &ids[..]
    )
    .order((
        complaint_recusals::complaint_id,
        complaint_recusals::person_id,
    ))
    .select((
        complaint_recusals::complaint_id,
        complaint_recusals::person_id,
    ))
    .load(tx.0)?;
    let mut clocks = timers::of(tx, &ids)?;
    let mut targets_of: HashMap<String, Vec<Target>> = HashMap::new();
    for (id, body) in targets {
        let target = serde_json::from_str(&body)
            .map_err(|_| StoreError::Corrupt("complaint_targets", id.clone()))?;
        targets_of.entry(id).or_default().push(target);
    }
    let mut accused_of: HashMap<String, Vec<PersonId>> = HashMap::new();
    for (id, person) in recused {
        let person = PersonId::try_from(person)
            .map_err(|_| StoreError::Corrupt("complaint_recusals", id.clone()))?;
        accused_of.entry(id).or_default().push(person);
    }
    let mut uppers_of: HashMap<String, Vec<OrganisationId>> = HashMap::new();
    for (id, unit) in uppers {
        let unit = OrganisationId::try_from(unit)
            .map_err(|_| StoreError::Corrupt("complaint_units", id.clone()))?;
        uppers_of.entry(id).or_default().push(unit);
    }
    let records: Result<Vec<Record>, StoreError> = rows
        .into_iter()
        .map(|row| {
            let id = row.id.clone();
            let parts = (
                targets_of.remove(&id).unwrap_or_default(),
                accused_of.remove(&id).unwrap_or_default(),
                uppers_of.remove(&id).unwrap_or_default(),
                waiting_of.remove(&id).unwrap_or_default(),
                followed.remove(&id),
                clocks.of.remove(&id).unwrap_or_default(),
            );
            record(row, parts).ok_or(StoreError::Corrupt("complaints", id))
        })
        .collect();
    Ok((records?, clocks.unreadable))
}

type Parts = (
    Vec<Target>,
    Vec<PersonId>,
    Vec<OrganisationId>,
    Vec<Waiting>,
    Option<Followed>,
    Vec<domain::sla::Timer>,
);

/// `None` when the row cannot be.
fn record(
    row: ComplaintRow,
    (targets, accused, uppers, waiting, follows, timers): Parts,
) -> Option<Record> {
    let facts: Facts = serde_json::from_str(&row.facts).ok()?;
    if facts.state.name().as_str() != row.state {
        return None;
    }
    let case = Case {
        id: ComplaintId::try_from(row.id).ok()?,
        number: row.number,
        kind: Kind::parse(&row.kind)?,
        region: RegionCode::try_from(row.region_code).ok()?,
        category: row.category,
        targets,
        accused,
        received_at: Timestamp::from_micros(row.received_at),
        supervising: OrganisationId::try_from(row.supervising_id).ok()?,
        supervising_level: facts.supervising_level,
        uppers,
        waiting,
        follows,
        assignee: row.assignee_id.map(StaffId::try_from).transpose().ok()?,
        state: facts.state,
        round: u32::try_from(row.round).ok()?,
        level: row.level,
        version: row.version,
        supervised: row.supervised,
        tally: facts.tally,
        policy_version: facts.policy_version,
        timers,
    };
    if case.responsible().map(OrganisationId::as_str) != row.responsible_id.as_deref() {
        return None;
    }
    let filing = Filing {
        text: row.text,
        text_folded: row.text_folded,
        about: row.about,
        about_id: row.about_id,
        identity_mode: IdentityMode::parse(&row.identity_mode)?,
        filed_by: if row.filed_by == "agent" {
            FiledBy::Agent
        } else {
            FiledBy::Myself
        },
        may_publish_answer: row.may_publish_answer,
        channel: Channel::parse(&row.channel)?,
    };
    Some(Record { case, filing })
}

/// A row of a list.
pub(super) struct Loaded {
    /// The case and what was filed.
    pub record: Record,
    /// The column that queues are sorted by.
    pub due: i64,
    /// When it came in.
    pub received: i64,
    /// A clock of it cannot be read: the record has none.
    pub is_broken: bool,
}

/// Rows of a query, made into records in the same order; one bad clock hides nobody else's case.
pub(super) fn load(tx: &mut Tx<'_>, query: super::Query<'_>) -> Result<Vec<Loaded>, StoreError> {
    let rows: Vec<ComplaintRow> = query.select(complaints::all_columns).load(tx.0)?;
    let keys: Vec<(i64, i64)> = rows
        .iter()
        .map(|row| (row.next_due_at, row.received_at))
        .collect();
    let (records, unreadable) = assemble_all(tx, rows)?;
    let loaded = records.into_iter().zip(keys);
    Ok(loaded
        .map(|(record, (due, received))| Loaded {
            is_broken: unreadable.contains(record.case.id.as_str()),
            record,
            due,
            received,
        })
        .collect())
}
