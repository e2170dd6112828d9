//! Timers as rows: the truth that a queue may forget. Each carries the time of the next thing it asks for,
//! so that a sweep finds what is due with one index.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::complaint::case::{Case, Rules};
use domain::complaint::clockwork::{Ask, Wake, ask};
use domain::policy::Stage;
use domain::sla::Timer;
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::timers;

/// Tries after which a timer is dead: visible, resumable, never in the way of others.
pub const ATTEMPTS: i32 = 5;

/// A timer's key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The case.
    pub complaint: String,
    /// The stage.
    pub stage: Stage,
    /// The round.
    pub round: u32,
}

fn word(wake: Wake) -> &'static str {
    match wake {
        Wake::Step(step) | Wake::Early(step) => step.as_str(),
        Wake::SupplementLapsed => "supplement_lapsed",
        Wake::RateLapsed => "rate_lapsed",
    }
}

/// Keeps every timer of a case, each with what it asks for next.
///
/// # Errors
/// [`StoreError`].
pub fn save(tx: &mut Tx<'_>, case: &Case, rules: &Rules<'_>) -> Result<(), StoreError> {
    for (index, timer) in case.timers.iter().enumerate() {
        let body = serde_json::to_string(timer)
            .map_err(|_| StoreError::Corrupt("timers", case.id.to_string()))?;
        let next = match ask(case, index, rules) {
            Ask::Now(wake, at) | Ask::Later(wake, at) => Some((word(wake), at.micros())),
            Ask::Nothing => None,
        };
        let values = (
            timers::body.eq(body),
            timers::running.eq(timer.is_running()),
            timers::lit.eq(timer.stage.is_watched()),
            timers::blue_at.eq(timer.blue_at.map(Timestamp::micros)),
            timers::yellow_at.eq(timer.yellow_at.map(Timestamp::micros)),
            timers::due_at.eq(timer.due_at.micros()),
            timers::next_step.eq(next.map(|(step, _)| step)),
            timers::next_at.eq(next.map(|(_, at)| at)),
            timers::attempts.eq(0),
            timers::claimed_until.eq(0),
            timers::breached_at.eq(timer.breached_at.map(Timestamp::micros)),
        );
        let round = i32::try_from(timer.round).unwrap_or(i32::MAX);
        let row = timers::table.find((case.id.as_str(), timer.stage.as_str(), round));
        let changed = diesel::update(row).set(values.clone()).execute(tx.0)?;
        if changed == 0 {
            let key = (
                timers::complaint_id.eq(case.id.as_str()),
                timers::stage.eq(timer.stage.as_str()),
                timers::round.eq(round),
            );
            diesel::insert_into(timers::table)
                .values((key, values))
                .execute(tx.0)?;
        }
    }
    Ok(())
}

/// The timers of cases, each case's in the order they began.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    ids: &[String],
) -> Result<HashMap<String, Vec<Timer>>, StoreError> {
    let rows: Vec<(String, String)> = timers::table
        .filter(timers::complaint_id.eq_any(ids))
        .select((timers::complaint_id, timers::body))
        .load(tx.0)?;
    let mut clocks: HashMap<String, Vec<Timer>> = HashMap::new();
    for (id, body) in rows {
        let timer =
            serde_json::from_str(&body).map_err(|_| StoreError::Corrupt("timers", id.clone()))?;
        clocks.entry(id).or_default().push(timer);
    }
    for list in clocks.values_mut() {
        list.sort_by_key(|timer| (timer.round, timer.stage));
    }
    Ok(clocks)
}

/// Leases up to `limit` timers whose next mark has passed, the longest overdue first, and counts the try.
///
/// # Errors
/// [`StoreError`].
pub fn claim_due(
    tx: &mut Tx<'_>,
    case_now: Timestamp,
    wall_now: Timestamp,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<Key>, StoreError> {
    let due: Vec<(String, String, i32)> = timers::table
        .filter(timers::next_at.le(case_now.micros()))
        .filter(timers::claimed_until.le(wall_now.micros()))
        .filter(timers::attempts.lt(ATTEMPTS))
        .order((timers::next_at.asc(), timers::complaint_id.asc()))
        .limit(limit)
        .select((timers::complaint_id, timers::stage, timers::round))
        .load(tx.0)?;
    let until = wall_now.plus_seconds(lease_seconds).micros();
    let mut claimed = Vec::with_capacity(due.len());
    for (complaint, stage, round) in due {
        // The condition once more: on PostgreSQL another worker may have come in between.
        let won = diesel::update(
            timers::table
                .find((&complaint, &stage, round))
                .filter(timers::claimed_until.le(wall_now.micros())),
        )
        .set((
            timers::claimed_until.eq(until),
            timers::attempts.eq(timers::attempts + 1),
        ))
        .execute(tx.0)?;
        if won == 1 {
            let key = Stage::parse(&stage).zip(u32::try_from(round).ok());
            let (stage, round) =
                key.ok_or_else(|| StoreError::Corrupt("timers", complaint.clone()))?;
            claimed.push(Key {
                complaint,
                stage,
                round,
            });
        }
    }
    Ok(claimed)
}

/// The next mark of every timer of a case, for the queue.
///
/// # Errors
/// [`StoreError`].
pub fn marks(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<(Key, Option<Timestamp>)>, StoreError> {
    let rows: Vec<(String, i32, Option<i64>)> = timers::table
        .filter(timers::complaint_id.eq(case.id.as_str()))
        .select((timers::stage, timers::round, timers::next_at))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(stage, round, at)| {
            let key = Stage::parse(&stage).zip(u32::try_from(round).ok());
            let (stage, round) =
                key.ok_or_else(|| StoreError::Corrupt("timers", case.id.to_string()))?;
            let key = Key {
                complaint: case.id.to_string(),
                stage,
                round,
            };
            Ok((key, at.map(Timestamp::from_micros)))
        })
        .collect()
}

/// The earliest mark ahead of any timer: how long the worker may sleep.
///
/// # Errors
/// [`StoreError`].
pub fn next_mark(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<Option<i64>> = timers::table
        .filter(timers::attempts.lt(ATTEMPTS))
        .select(diesel::dsl::min(timers::next_at))
        .first(tx.0)
        .optional()?;
    Ok(at.flatten().map(Timestamp::from_micros))
}
