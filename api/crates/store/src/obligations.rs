//! What villages must publish, as rows: each with the date that was told, the publication that settles it, and the mark
//! at which the ladder asks for its next step, so that a sweep finds what is due with one index. Only a publication that
//! stands counts: what is read is held against the disclosure itself.

mod list;
mod rows;
mod steps;
mod strike;
mod told;
mod villages;

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::escalation::Step;
use domain::id::{DisclosureId, ObligationId};
use domain::obligation::Standing;
use domain::region::RegionCode;
use domain::sla::Timer;
use domain::time::{Day, Timestamp};

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::{disclosures, obligations};

pub use list::{Filter, Place, Told, counts, find, list, same, unmet_since};
pub use steps::{Taken, due, is_marked_reopened, outdated, put_off, record_step, steps_of};
pub use strike::{answered_by, strike};
pub use villages::{
    Village, grown_to, join, opening, put_off_opening, strangers, taking_part, village,
};

/// The event of an obligation that must be met at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// The day.
    pub on: Day,
}

/// The publication that settles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// When it was first published.
    pub at: Timestamp,
    /// What was published.
    pub disclosure: DisclosureId,
}

/// That its event was struck as a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Struck {
    /// When, in case time.
    pub at: Timestamp,
    /// Why, in words that everybody reads.
    pub reason: String,
}

/// An obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: ObligationId,
    /// The village.
    pub region: RegionCode,
    /// The matter's code.
    pub item: String,
    /// The kind of disclosure that answers it.
    pub kind: DisclosureKind,
    /// For what; of an event its month.
    pub period: Period,
    /// The event, where it must be met at once.
    pub event: Option<Event>,
    /// What people call it.
    pub title: String,
    /// The region whose catalogue asks for it; `None`: the shipped one.
    pub catalogue_region: Option<RegionCode>,
    /// That catalogue's version.
    pub catalogue_version: i32,
    /// The version of the county's policy, whose ladder it climbs.
    pub policy_version: i32,
    /// Its due date, with what moved it, and the steps it has climbed.
    pub clock: Timer,
    /// The first instant at which it is missing.
    pub missing_at: Timestamp,
    /// The publication that stands.
    pub settled: Option<Settled>,
    /// When its publication was last taken back.
    pub reopened_at: Option<Timestamp>,
    /// Rises with every change.
    pub edition: i32,
    /// When it was written.
    pub created_at: Timestamp,
    /// That its event was written down by mistake; then it is owed no more.
    pub struck: Option<Struck>,
}

impl Record {
    /// What its status is computed from.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            due_at: self.clock.due_at,
            missing_at: self.missing_at,
            settled_at: self.settled.as_ref().map(|settled| settled.at),
            is_struck: self.struck.is_some(),
        }
    }

    /// The version that people saw: another one with every date that was told.
    #[must_use]
    pub fn told_version(&self) -> i32 {
        i32::try_from(self.clock.moved.len()).map_or(i32::MAX, |moves| moves.saturating_add(1))
    }
}

/// What the sweep looks at next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The step that the ladder asks for then, and when; `None` when it asks for nothing more.
    pub next: Option<(Step, Timestamp)>,
    /// The newest calendar that was asked, while a calendar can still move the date.
    pub counted_with: Option<i32>,
}

fn body(record: &Record) -> Result<String, StoreError> {
    serde_json::to_string(&record.clock)
        .map_err(|_| StoreError::Corrupt("obligations", record.id.to_string()))
}

/// Keeps a new obligation; `false` when the village has one for this matter and period (or event) already.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, record: &Record, mark: Mark) -> Result<bool, StoreError> {
    let event = record.event.as_ref();
    let values = (
        (
            obligations::id.eq(record.id.as_str()),
            obligations::region_code.eq(record.region.as_str()),
            obligations::item.eq(&record.item),
            obligations::kind.eq(record.kind.as_str()),
            obligations::period.eq(record.period.to_string()),
            obligations::event.eq(event.map_or("", |event| event.id.as_str())),
            obligations::event_on.eq(event.map(|event| event.on.to_string())),
            obligations::title.eq(&record.title),
            obligations::catalogue_region
                .eq(record.catalogue_region.as_ref().map(RegionCode::as_str)),
            obligations::catalogue_version.eq(record.catalogue_version),
            obligations::policy_version.eq(record.policy_version),
            obligations::body.eq(body(record)?),
        ),
        (
            obligations::due_at.eq(record.clock.due_at.micros()),
            obligations::missing_at.eq(record.missing_at.micros()),
            obligations::settled_at.eq(record.settled.as_ref().map(|settled| settled.at.micros())),
            obligations::disclosure_id.eq(record
                .settled
                .as_ref()
                .map(|settled| settled.disclosure.as_str())),
            obligations::next_step.eq(mark.next.map(|(step, _)| step.as_str())),
            obligations::next_at.eq(mark.next.map(|(_, at)| at.micros())),
            obligations::held_until.eq(0_i64),
            obligations::attempts.eq(0),
            obligations::counted_with.eq(mark.counted_with),
            obligations::edition.eq(record.edition),
            obligations::created_at.eq(record.created_at.micros()),
        ),
    );
    let written = on_backend!(tx, c =>
        diesel::insert_into(obligations::table).values(values).on_conflict_do_nothing().execute(c))?;
    Ok(written == 1)
}

/// Keeps a changed clock and its next mark, if nobody else changed the obligation since it was read.
///
/// # Errors
/// [`StoreError::Stale`] when somebody did, also when it was struck.
pub fn save(tx: &mut Tx<'_>, record: &Record, mark: Mark) -> Result<(), StoreError> {
    let changed = diesel::update(
        obligations::table
            .find(record.id.as_str())
            .filter(obligations::edition.eq(record.edition))
            .filter(obligations::struck_at.is_null()),
    )
    .set((
        obligations::body.eq(body(record)?),
        obligations::due_at.eq(record.clock.due_at.micros()),
        obligations::missing_at.eq(record.missing_at.micros()),
        obligations::reopened_at.eq(record.reopened_at.map(Timestamp::micros)),
        obligations::next_step.eq(mark.next.map(|(step, _)| step.as_str())),
        obligations::next_at.eq(mark.next.map(|(_, at)| at.micros())),
        obligations::held_until.eq(0_i64),
        obligations::attempts.eq(0),
        obligations::counted_with.eq(mark.counted_with),
        obligations::edition.eq(record.edition + 1),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    Ok(())
}

/// The first publication that stands for a matter of a village: of its period, or after its event and with a row of its
/// day that answers no other event.
///
/// # Errors
/// [`StoreError`].
pub fn answer_to(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
    event: Option<Day>,
) -> Result<Option<Settled>, StoreError> {
    let mut query = disclosures::table
        .filter(disclosures::region_code.eq(region.as_str()))
        .filter(disclosures::kind.eq(kind.as_str()))
        .filter(disclosures::state.eq("published"))
        .filter(disclosures::published_at.is_not_null())
        .order((disclosures::published_at.asc(), disclosures::id.asc()))
        .select((
            disclosures::id,
            disclosures::sheet_id,
            disclosures::published_at.assume_not_null(),
        ))
        .into_boxed();
    query = match event {
        None => query.filter(disclosures::period.eq(period.to_string())),
        Some(day) => {
            let texts: Vec<String> = around(day).collect();
            let from = Timestamp::start_of(day).micros();
            query
                .filter(disclosures::period.eq_any(texts))
                .filter(disclosures::published_at.ge(from))
        }
    };
    let rows: Vec<(String, String, i64)> = query.load(tx.0)?;
    for (id, sheet, at) in rows {
        if let Some(day) = event
            && let Some(days) = told::days_told(tx, &sheet, kind)?
        {
            let others = obligations::table
                .filter(obligations::disclosure_id.eq(&id))
                .filter(obligations::event_on.eq(day.to_string()))
                .count()
                .get_result::<i64>(tx.0)?;
            let rows = days.get(&day).copied().unwrap_or(0);
            if usize::try_from(others).is_ok_and(|others| others >= rows) {
                continue;
            }
        }
        let disclosure = DisclosureId::try_from(id.clone())
            .map_err(|_| StoreError::Corrupt("disclosures", id))?;
        return Ok(Some(Settled {
            at: Timestamp::from_micros(at),
            disclosure,
        }));
    }
    Ok(None)
}

/// The month, the quarter and the year that a day lies in.
fn around(day: Day) -> impl Iterator<Item = String> {
    use domain::disclosure::period::PeriodKind as Kind;
    [Kind::Month, Kind::Quarter, Kind::Year]
        .into_iter()
        .filter_map(move |kind| Period::containing(kind, day))
        .map(|period| period.to_string())
}

/// A disclosure was kept as it is now: what it answers is settled, and what it no longer answers is open again. It answers
/// what its period asks for, and those events of whose day its sheet has a row, one row one event in the order in which
/// they were written down: a table about something else answers none. Part of every transaction that changes what is
/// published.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    disclosure: &DisclosureId,
    (region, kind, period, sheet): (&RegionCode, DisclosureKind, Period, &str),
    published_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let Some(at) = published_at else {
        return reopen(tx, disclosure);
    };
    villages::joins(tx, region, at)?;
    let open = || {
        obligations::table
            .filter(obligations::region_code.eq(region.as_str()))
            .filter(obligations::kind.eq(kind.as_str()))
            .filter(obligations::settled_at.is_null())
            .filter(obligations::struck_at.is_null())
    };
    let settled = (
        obligations::settled_at.eq(at.micros()),
        obligations::disclosure_id.eq(disclosure.as_str()),
        obligations::next_step.eq(None::<String>),
        obligations::next_at.eq(None::<i64>),
        obligations::counted_with.eq(None::<i32>),
        obligations::edition.eq(obligations::edition + 1),
    );
    diesel::update(
        open()
            .filter(obligations::event.eq(""))
            .filter(obligations::period.eq(period.to_string())),
    )
    .set(settled.clone())
    .execute(tx.0)?;
    let last = period.last_day().min(at.day());
    let events: Vec<Dated> = open()
        .filter(obligations::event.ne(""))
        .filter(obligations::event_on.ge(period.first_day().to_string()))
        .filter(obligations::event_on.le(last.to_string()))
        .order((obligations::created_at.asc(), obligations::id.asc()))
        .select((obligations::id, obligations::event_on))
        .load(tx.0)?;
    let before: Vec<Dated> = obligations::table
        .filter(obligations::disclosure_id.eq(disclosure.as_str()))
        .filter(obligations::event.ne(""))
        .order((obligations::created_at.asc(), obligations::id.asc()))
        .select((obligations::id, obligations::event_on))
        .load(tx.0)?;
    if events.is_empty() && before.is_empty() {
        return Ok(());
    }
    // Those of before come first: the new version may have no row for some of them any more.
    let mut rows = told::days_told(tx, sheet, kind)?.map(by_text);
    let untold: Vec<String> = before
        .into_iter()
        .filter(|(_, on)| !take_row(&mut rows, on.as_deref()))
        .map(|(id, _)| id)
        .collect();
    reopen_these(tx, &untold)?;
    let answered: Vec<String> = events
        .into_iter()
        .filter(|(_, on)| take_row(&mut rows, on.as_deref()))
        .map(|(id, _)| id)
        .collect();
    diesel::update(open().filter(obligations::id.eq_any(answered)))
        .set(settled)
        .execute(tx.0)?;
    Ok(())
}

/// The mark of what is open again: the worker looks at it at once, and writes down when.
pub const REOPENED: &str = "reopened";

fn reopen(tx: &mut Tx<'_>, disclosure: &DisclosureId) -> Result<(), StoreError> {
    let ids = obligations::table
        .filter(obligations::disclosure_id.eq(disclosure.as_str()))
        .select(obligations::id)
        .load(tx.0)?;
    reopen_these(tx, &ids)
}

fn reopen_these(tx: &mut Tx<'_>, ids: &[String]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let owed = obligations::table
        .filter(obligations::id.eq_any(ids))
        .filter(obligations::struck_at.is_null());
    diesel::update(owed)
        .set((
            obligations::settled_at.eq(None::<i64>),
            obligations::disclosure_id.eq(None::<String>),
            obligations::next_step.eq(REOPENED),
            obligations::next_at.eq(0_i64),
            obligations::edition.eq(obligations::edition + 1),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// How many rows a sheet has of each day, for days as they are kept.
fn by_text(days: BTreeMap<Day, usize>) -> BTreeMap<String, usize> {
    days.into_iter()
        .map(|(day, rows)| (day.to_string(), rows))
        .collect()
}

/// Uses a row of a day up: whether there was one left. A kind whose rows have no days never runs out of them.
fn take_row(rows: &mut Option<BTreeMap<String, usize>>, on: Option<&str>) -> bool {
    let Some(rows) = rows else { return true };
    match on.and_then(|on| rows.get_mut(on)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    }
}

/// An obligation and the day of its event.
type Dated = (String, Option<String>);
