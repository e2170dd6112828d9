//! Timers as rows: the truth that a queue may forget. Each carries the time of the next thing it asks for,
//! so that a sweep finds what is due with one index.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::complaint::case::{Case, Rules};
use domain::complaint::clockwork::{Ask, Wake, ask};
use domain::complaint::state::StateName;
use domain::id::OrganisationId;
use domain::policy::Stage;
use domain::sla::Timer;
use domain::time::Timestamp;

use crate::Tx;
use crate::conn::{of_these, on_backend};
use crate::error::StoreError;
use crate::prepared::Keep as _;
use crate::schema::{complaints, timers};

/// Failures after which a timer is dead: visible, resumable, never in the way of others.
pub const ATTEMPTS: i32 = 5;
/// Times it may be taken in hand without a word of what became of it, before it is dead as well: a timer
/// that takes its worker down each time is one, a worker that was stopped five times while others waited
/// behind it is none.
pub const CLAIMS: i32 = 30;

/// Wall seconds for which a timer may be spoken for: more than any lease or pause the worker gives. What lies beyond
/// was written while a machine's clock was ahead; believed, it would stop a timer until that day.
const LONGEST_HOLD_SECONDS: i64 = 3600;

/// The last instant (µs of wall time) up to which a timer can be spoken for.
const fn believable(wall_now: i64) -> i64 {
    wall_now.saturating_add(LONGEST_HOLD_SECONDS * 1_000_000)
}

/// Nobody has it in hand, and it is not put off.
#[diesel::dsl::auto_type]
fn free(wall_now: i64) -> _ {
    let latest: i64 = believable(wall_now);
    timers::claimed_until
        .le(wall_now)
        .or(timers::claimed_until.gt(latest))
}

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

/// Timers, and when the queue is to wake for each.
pub type Marks = Vec<(Key, Option<Timestamp>)>;

/// Keeps every timer of a case, each with what it asks for next.
///
/// # Errors
/// [`StoreError`].
pub fn save(tx: &mut Tx<'_>, case: &Case, rules: &Rules<'_>) -> Result<Marks, StoreError> {
    keep(tx, case, rules, false)
}

/// The same for a case that is kept for the first time. Nothing is looked for: on PostgreSQL the look alone would
/// stand in the way of other filings.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn insert(tx: &mut Tx<'_>, case: &Case, rules: &Rules<'_>) -> Result<Marks, StoreError> {
    keep(tx, case, rules, true)
}

fn keep(
    tx: &mut Tx<'_>,
    case: &Case,
    rules: &Rules<'_>,
    is_new: bool,
) -> Result<Marks, StoreError> {
    let mut marks = Marks::new();
    for (index, timer) in case.timers.iter().enumerate() {
        let body = serde_json::to_string(timer)
            .map_err(|_| StoreError::Corrupt("timers", case.id.to_string()))?;
        let next = match ask(case, index, rules) {
            Ask::Now(wake, at) | Ask::Later(wake, at) => Some((word(wake), at)),
            Ask::Nothing => None,
        };
        let key = Key {
            complaint: case.id.to_string(),
            stage: timer.stage,
            round: timer.round,
        };
        marks.push((key, next.map(|(_, at)| at)));
        let values = (
            timers::body.eq(body),
            timers::running.eq(timer.is_running()),
            timers::lit.eq(timer.stage.is_watched()),
            timers::blue_at.eq(timer.blue_at.map(Timestamp::micros)),
            timers::yellow_at.eq(timer.yellow_at.map(Timestamp::micros)),
            timers::due_at.eq(timer.due_at.micros()),
            timers::next_step.eq(next.map(|(step, _)| step)),
            timers::next_at.eq(next.map(|(_, at)| at.micros())),
            timers::attempts.eq(0),
            timers::claims.eq(0),
            timers::last_error.eq(None::<String>),
            timers::claimed_until.eq(0),
            timers::breached_at.eq(timer.breached_at.map(Timestamp::micros)),
        );
        let round = i32::try_from(timer.round).unwrap_or(i32::MAX);
        let row = timers::table.find((case.id.as_str(), timer.stage.as_str(), round));
        let is_there = !is_new && diesel::update(row).set(values.clone()).kept().run(tx.0)? > 0;
        if !is_there {
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
    Ok(marks)
}

/// The timers of cases.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    /// Each case's, in the order they began.
    pub of: HashMap<String, Vec<Timer>>,
    /// Cases with a row that cannot be read: none of their timers is above, because the others alone would tell
    /// another story.
    pub unreadable: HashSet<String>,
}

/// The timers of cases.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn of(tx: &mut Tx<'_>, ids: &[String]) -> Result<Clocks, StoreError> {
    let rows: Vec<(String, String)> = of_these!(timers::table, timers::complaint_id, ids)
        .select((timers::complaint_id, timers::body))
        .load(tx.0)?;
    let mut clocks = Clocks::default();
    for (id, body) in rows {
        match serde_json::from_str(&body) {
            Ok(timer) => clocks.of.entry(id).or_default().push(timer),
            Err(_) => {
                clocks.unreadable.insert(id);
            }
        }
    }
    clocks.of.retain(|id, _| !clocks.unreadable.contains(id));
    for list in clocks.of.values_mut() {
        list.sort_by_key(|timer| (timer.round, timer.stage));
    }
    Ok(clocks)
}

/// Cases with a timer whose next mark has passed and that nobody has in hand, the longest overdue first.
///
/// # Errors
/// [`StoreError`].
pub fn due(
    tx: &mut Tx<'_>,
    case_now: Timestamp,
    wall_now: Timestamp,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let ids: Vec<String> = timers::table
        .filter(timers::next_at.le(case_now.micros()))
        .filter(free(wall_now.micros()))
        .filter(timers::attempts.lt(ATTEMPTS))
        .filter(timers::claims.lt(CLAIMS))
        .order((timers::next_at.asc(), timers::complaint_id.asc()))
        .limit(limit)
        .select(timers::complaint_id)
        .load(tx.0)?;
    Ok(ids)
}

/// Has the clocks of the open cases that a unit supervises come at once: who works there has changed, and whether it may
/// keep them is looked at when they do.
///
/// # Errors
/// [`StoreError`].
pub fn wake_cases_of(
    tx: &mut Tx<'_>,
    unit: &OrganisationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let open = StateName::ALL.iter().filter(|state| state.is_open());
    let open: Vec<&str> = open.map(|state| state.as_str()).collect();
    let cases: Vec<String> = complaints::table
        .filter(complaints::supervising_id.eq(unit.as_str()))
        .filter(complaints::state.eq_any(open))
        .select(complaints::id)
        .load(tx.0)?;
    for some in cases.chunks(500) {
        diesel::update(timers::table.filter(timers::complaint_id.eq_any(some)))
            .filter(
                timers::next_at
                    .is_null()
                    .or(timers::next_at.assume_not_null().gt(now.micros())),
            )
            .set(timers::next_at.eq(Some(now.micros())))
            .execute(tx.0)?;
    }
    Ok(())
}

/// What a worker claims at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Timers of these cases, no others.
    pub cases: Vec<String>,
    /// Until then the due ones among them are its own, in wall time; to the microsecond, which tells its claim from
    /// another worker's.
    pub until: Timestamp,
}

/// The one claim: leases the due timers of these cases that nobody has in hand, the longest overdue first.
/// Of two workers that ask for the same, one statement finds them free and the other does not.
///
/// # Errors
/// [`StoreError`].
pub fn claim(
    tx: &mut Tx<'_>,
    lease: &Lease,
    case_now: Timestamp,
    wall_now: Timestamp,
) -> Result<Vec<Key>, StoreError> {
    let mut rows: Vec<(Option<i64>, String, String, i32)> = on_backend!(tx, c => {
        diesel::update(
            timers::table
                .filter(timers::complaint_id.eq_any(&lease.cases))
                .filter(timers::next_at.le(case_now.micros()))
                .filter(free(wall_now.micros()))
                .filter(timers::attempts.lt(ATTEMPTS))
                .filter(timers::claims.lt(CLAIMS)),
        )
        .set((
            timers::claimed_until.eq(lease.until.micros()),
            timers::claims.eq(timers::claims + 1),
        ))
        .returning((
            timers::next_at,
            timers::complaint_id,
            timers::stage,
            timers::round,
        ))
        .get_results(c)?
    });
    rows.sort();
    rows.into_iter()
        .map(|(_, complaint, stage, round)| key(complaint, &stage, round))
        .collect()
}

/// Ends a lease before its time: what is still held by it is free from `wall_now` on, and named. What was fired, moved
/// or put off since, or is another worker's by now, is left as it is. The claim stays counted: a timer that takes its
/// worker or its database down with it must come to an end.
///
/// # Errors
/// [`StoreError`].
pub fn end_lease(
    tx: &mut Tx<'_>,
    lease: &Lease,
    wall_now: Timestamp,
) -> Result<Vec<Key>, StoreError> {
    let rows: Vec<(String, String, i32)> = on_backend!(tx, c => {
        diesel::update(
            timers::table
                .filter(timers::complaint_id.eq_any(&lease.cases))
                .filter(timers::claimed_until.eq(lease.until.micros())),
        )
        .set(timers::claimed_until.eq(wall_now.micros()))
        .returning((timers::complaint_id, timers::stage, timers::round))
        .get_results(c)?
    });
    rows.into_iter()
        .map(|(complaint, stage, round)| key(complaint, &stage, round))
        .collect()
}

fn key(complaint: String, stage: &str, round: i32) -> Result<Key, StoreError> {
    match Stage::parse(stage).zip(u32::try_from(round).ok()) {
        Some((stage, round)) => Ok(Key {
            complaint,
            stage,
            round,
        }),
        None => Err(StoreError::Corrupt("timers", complaint)),
    }
}

/// What is true of a timer, for a queue that handed it out in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub key: Key,
    /// Its next mark; `None` when it asks for nothing more or is dead.
    pub next: Option<Timestamp>,
    /// Whether some worker has it; its lease says when it comes back.
    pub in_hand: bool,
}

/// How these cases' timers stand.
///
/// # Errors
/// [`StoreError`].
pub fn standing(
    tx: &mut Tx<'_>,
    cases: &[String],
    wall_now: Timestamp,
) -> Result<Vec<Standing>, StoreError> {
    type Row = (String, String, i32, Option<i64>, i32, i32, i64);
    let rows: Vec<Row> = timers::table
        .filter(timers::complaint_id.eq_any(cases))
        .select((
            timers::complaint_id,
            timers::stage,
            timers::round,
            timers::next_at,
            timers::attempts,
            timers::claims,
            timers::claimed_until,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(complaint, stage, round, at, attempts, claims, until)| {
            let dead = attempts >= ATTEMPTS || claims >= CLAIMS;
            Ok(Standing {
                key: key(complaint, &stage, round)?,
                next: at.filter(|_| !dead).map(Timestamp::from_micros),
                in_hand: until > wall_now.micros() && until <= believable(wall_now.micros()),
            })
        })
        .collect()
}

/// Writes down that a timer failed, and when it may be tried again, in wall time. `counts` is false where
/// it was not its own fault (the database was away).
///
/// # Errors
/// [`StoreError`].
pub fn failed(
    tx: &mut Tx<'_>,
    key: &Key,
    again: Timestamp,
    why: &str,
    counts: bool,
) -> Result<(), StoreError> {
    let round = i32::try_from(key.round).unwrap_or(i32::MAX);
    let row = timers::table.find((key.complaint.as_str(), key.stage.as_str(), round));
    diesel::update(row)
        .set((
            timers::claimed_until.eq(again.micros()),
            timers::attempts.eq(timers::attempts + i32::from(counts)),
            timers::last_error.eq(why),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Failures of a timer so far.
///
/// # Errors
/// [`StoreError`].
pub fn attempts(tx: &mut Tx<'_>, key: &Key) -> Result<i32, StoreError> {
    let round = i32::try_from(key.round).unwrap_or(i32::MAX);
    let found = timers::table
        .find((key.complaint.as_str(), key.stage.as_str(), round))
        .select(timers::attempts)
        .get_result(tx.0)
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// A timer that failed too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadTimer {
    /// Which.
    pub key: Key,
    /// The case time of the mark it could not meet.
    pub due_at: Timestamp,
    /// Failures.
    pub attempts: i32,
    /// What the last one met.
    pub last_error: Option<String>,
}

/// Timers that are dead, the longest overdue first, after a place: the mark of a timer, and which one it is. (Two
/// clocks of one case may have one mark.)
///
/// # Errors
/// [`StoreError`].
pub fn dead(
    tx: &mut Tx<'_>,
    after: Option<(Timestamp, Key)>,
    limit: i64,
) -> Result<Vec<DeadTimer>, StoreError> {
    type Row = (String, String, i32, Option<i64>, i32, Option<String>);
    let is_dead = timers::attempts.ge(ATTEMPTS).or(timers::claims.ge(CLAIMS));
    let mut query = timers::table
        .filter(is_dead)
        .filter(timers::next_at.is_not_null())
        .order((
            timers::next_at.asc(),
            timers::complaint_id.asc(),
            timers::stage.asc(),
            timers::round.asc(),
        ))
        .limit(limit)
        .select((
            timers::complaint_id,
            timers::stage,
            timers::round,
            timers::next_at,
            timers::attempts,
            timers::last_error,
        ))
        .into_boxed();
    if let Some((at, key)) = after {
        let (at, stage) = (at.micros(), key.stage.as_str());
        let round = i32::try_from(key.round).unwrap_or(i32::MAX);
        let later_round = timers::stage.eq(stage).and(timers::round.gt(round));
        let later_clock = timers::stage.gt(stage).or(later_round);
        let same_case = timers::complaint_id.eq(key.complaint.clone());
        let later = timers::complaint_id
            .gt(key.complaint)
            .or(same_case.and(later_clock));
        query = query.filter(timers::next_at.gt(at).or(timers::next_at.eq(at).and(later)));
    }
    let rows: Vec<Row> = query.load(tx.0)?;
    rows.into_iter()
        .map(|(complaint, stage, round, at, attempts, last_error)| {
            Ok(DeadTimer {
                key: key(complaint, &stage, round)?,
                due_at: Timestamp::from_micros(at.unwrap_or_default()),
                attempts,
                last_error,
            })
        })
        .collect()
}

/// Lets the dead timers of a case be tried again from the beginning; `None` without such a case, `false`
/// when none of its timers is dead.
///
/// # Errors
/// [`StoreError`].
pub fn resume(tx: &mut Tx<'_>, complaint: &str) -> Result<Option<bool>, StoreError> {
    let is_dead = timers::attempts.ge(ATTEMPTS).or(timers::claims.ge(CLAIMS));
    let changed = diesel::update(
        timers::table
            .filter(timers::complaint_id.eq(complaint))
            .filter(is_dead),
    )
    .set((
        timers::attempts.eq(0),
        timers::claims.eq(0),
        timers::claimed_until.eq(0),
    ))
    .execute(tx.0)?;
    if changed > 0 {
        return Ok(Some(true));
    }
    let there: i64 = timers::table
        .filter(timers::complaint_id.eq(complaint))
        .count()
        .get_result(tx.0)?;
    Ok((there > 0).then_some(false))
}

/// How late the worker is, and how much it has before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Timers whose mark has passed.
    pub due: i64,
    /// The mark longest overdue.
    pub oldest: Option<Timestamp>,
    /// Timers that are dead.
    pub dead: i64,
}

/// Counts it.
///
/// # Errors
/// [`StoreError`].
pub fn backlog(tx: &mut Tx<'_>, case_now: Timestamp) -> Result<Backlog, StoreError> {
    let waiting = timers::table
        .filter(timers::next_at.le(case_now.micros()))
        .filter(timers::attempts.lt(ATTEMPTS))
        .filter(timers::claims.lt(CLAIMS));
    let (due, oldest): (i64, Option<i64>) = waiting
        .select((
            diesel::dsl::count(timers::complaint_id),
            diesel::dsl::min(timers::next_at),
        ))
        .get_result(tx.0)?;
    let is_dead = timers::attempts.ge(ATTEMPTS).or(timers::claims.ge(CLAIMS));
    let dead = timers::table
        .filter(is_dead)
        .filter(timers::next_at.is_not_null())
        .count()
        .get_result(tx.0)?;
    Ok(Backlog {
        due,
        oldest: oldest.map(Timestamp::from_micros),
        dead,
    })
}

/// The earliest mark of any timer that nobody has in hand: asked before the writer is troubled.
///
/// # Errors
/// [`StoreError`].
pub fn next_mark(tx: &mut Tx<'_>, wall_now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<Option<i64>> = timers::table
        .filter(timers::next_at.is_not_null())
        .filter(free(wall_now.micros()))
        .filter(timers::attempts.lt(ATTEMPTS))
        .filter(timers::claims.lt(CLAIMS))
        .order(timers::next_at.asc())
        .limit(1)
        .select(timers::next_at)
        .first(tx.0)
        .optional()?;
    Ok(at.flatten().map(Timestamp::from_micros))
}
