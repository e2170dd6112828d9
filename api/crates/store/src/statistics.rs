//! What statistics are counted from: histories, clocks and ratings, by when things happened. And the closed
//! months, counted once and kept.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use domain::calendar::WorkCalendar;
use domain::complaint::rating::RatingValue;
use domain::disclosure::period::Period;
use domain::policy::Stage;
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::statistics::{DESK_DAYS, Number, Row, Table};
use domain::time::Timestamp;

use crate::Tx;
use crate::complaints::{self as cases, only_known};
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::{closed_statistics, complaint_events, complaint_ratings, complaints, timers};

/// Of which cases.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// Everything in a county.
    County(&'a RegionCode),
    /// What a person may know of.
    KnownTo(&'a Scope),
}

/// Those of a boxed query in which `complaints` takes part.
macro_rules! only {
    ($query:expr, $which:expr) => {{
        let query = $query.into_boxed();
        match $which {
            Which::County(county) => {
                query.filter(complaints::region_code.like(format!("{}%", county.prefix())))
            }
            Which::KnownTo(scope) => only_known!(query, scope),
        }
    }};
}

/// From this instant to before that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first instant counted.
    pub from: Timestamp,
    /// The first that is not.
    pub until: Timestamp,
}

impl Span {
    /// All days of a period.
    #[must_use]
    pub fn of(period: Period) -> Self {
        let after = period.next().map_or(period.last_day(), Period::first_day);
        Self {
            from: Timestamp::start_of(period.first_day()),
            until: Timestamp::start_of(after),
        }
    }

    /// The last [`DESK_DAYS`] days before today, and today up to now.
    #[must_use]
    pub fn of_desk(now: Timestamp) -> Self {
        Self {
            from: Timestamp::start_of(now.day()).plus_seconds(-DESK_DAYS * 86_400),
            until: now.plus_micros(1),
        }
    }

    fn holds(self, micros: i64) -> bool {
        (self.from.micros()..self.until.micros()).contains(&micros)
    }
}

/// The stages whose clocks are promises to the complainant.
const PROMISES: [&str; 2] = ["handle", "rework"];
/// What histories call the steps that are counted.
const COUNTED: [&str; 8] = [
    "approve",
    "rate_lapsed",
    "decline",
    "withdraw",
    "merge",
    "dispute",
    "request_supplement",
    "extend",
];

/// A promise's clock, as far as it is counted.
struct Promise {
    round: i32,
    is_handle: bool,
    breached_at: Option<i64>,
    stopped_at: Option<i64>,
}

/// Counts what happened in a span of time.
///
/// # Errors
/// [`StoreError`].
pub fn count(
    tx: &mut Tx<'_>,
    which: Which<'_>,
    span: Span,
    calendar: &WorkCalendar,
) -> Result<Table, StoreError> {
    let mut table = Table::default();
    each(tx, which, span, calendar, &mut |case, add| {
        // A case of the county itself is counted at the county.
        let township = RegionCode::try_from(case.region)
            .ok()
            .and_then(|code| code.at(Level::Township).or(Some(code)))
            .map_or_else(|| case.region.to_owned(), String::from);
        table.count(&township, case.category, add);
    })?;
    Ok(table)
}

/// The ids of the cases behind one of the numbers that [`count`] counts in the same span.
///
/// # Errors
/// [`StoreError`].
pub fn behind(
    tx: &mut Tx<'_>,
    which: Which<'_>,
    span: Span,
    calendar: &WorkCalendar,
    number: Number,
) -> Result<Vec<String>, StoreError> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    each(tx, which, span, calendar, &mut |case, add| {
        add(rows.entry(case.id.to_owned()).or_default());
    })?;
    rows.retain(|_, row| number.of(row) > 0);
    Ok(rows.into_keys().collect())
}

/// The case to which something happened.
struct Of<'a> {
    id: &'a str,
    region: &'a str,
    category: &'a str,
}

type Place = (
    complaints::id,
    complaints::region_code,
    complaints::category,
);
/// What of a case says where it is counted.
const PLACE: Place = (
    complaints::id,
    complaints::region_code,
    complaints::category,
);

fn of((id, region, category): &(String, String, String)) -> Of<'_> {
    Of {
        id,
        region,
        category,
    }
}

/// Takes note of one thing that happened: to which case, and what it adds to a row.
type Note<'a> = dyn FnMut(Of<'_>, &dyn Fn(&mut Row)) + 'a;

/// Tells everything that is counted, one by one.
fn each(
    tx: &mut Tx<'_>,
    which: Which<'_>,
    span: Span,
    calendar: &WorkCalendar,
    note: &mut Note<'_>,
) -> Result<(), StoreError> {
    filed(tx, which, span, note)?;
    happened(tx, which, span, calendar, note)?;
    overdue(tx, which, span, note)?;
    rated(tx, which, span, note)
}

fn filed(
    tx: &mut Tx<'_>,
    which: Which<'_>,
    span: Span,
    note: &mut Note<'_>,
) -> Result<(), StoreError> {
    let rows: Vec<(String, String, String)> = only!(complaints::table, which)
        .filter(complaints::received_at.ge(span.from.micros()))
        .filter(complaints::received_at.lt(span.until.micros()))
        .select(PLACE)
        .load(tx.0)?;
    for row in &rows {
        note(of(row), &|row| row.filed += 1);
    }
    Ok(())
}

fn happened(
    tx: &mut Tx<'_>,
    which: Which<'_>,
    span: Span,
    calendar: &WorkCalendar,
    note: &mut Note<'_>,
) -> Result<(), StoreError> {
    type Happened = (String, String, i64, String, String, i64);
    let events: Vec<Happened> = only!(
        complaint_events::table
            .inner_join(complaints::table.on(complaints::id.eq(complaint_events::complaint_id))),
        which
    )
    .filter(complaint_events::at.ge(span.from.micros()))
    .filter(complaint_events::at.lt(span.until.micros()))
    .filter(complaint_events::action.eq_any(COUNTED))
    .select((
        complaint_events::complaint_id,
        complaint_events::action,
        complaint_events::at,
        complaints::region_code,
        complaints::category,
        complaints::received_at,
    ))
    .load(tx.0)?;
    let answered: Vec<&str> = events
        .iter()
        .filter(|event| event.1 == "approve")
        .map(|event| event.0.as_str())
        .collect();
    let promises = promises_of(tx, &answered)?;
    for (id, action, at, region, category, received_at) in &events {
        let kept = promises.get(id).and_then(|promises| {
            promises
                .iter()
                .find(|promise| promise.stopped_at == Some(*at))
        });
        let first = kept.is_some_and(|promise| promise.is_handle && promise.round == 1);
        let case = Of {
            id,
            region,
            category,
        };
        note(case, &|row| match action.as_str() {
            "approve" => {
                row.answered += 1;
                if kept.is_some_and(|promise| promise.breached_at.is_none()) {
                    row.on_time += 1;
                }
                if first {
                    let day = |micros| Timestamp::from_micros(micros).day();
                    let after = |day: domain::time::Day| day.succ_opt().unwrap_or(day);
                    let days =
                        calendar.working_days_between(after(day(*received_at)), after(day(*at)));
                    *row.days.entry(days).or_default() += 1;
                }
            }
            "rate_lapsed" => row.unrated += 1,
            "decline" => row.declines += 1,
            "withdraw" => row.withdrawals += 1,
            "merge" => row.merges += 1,
            "dispute" => row.disputes += 1,
            "request_supplement" => row.pauses += 1,
            _ => row.extensions += 1,
        });
    }
    Ok(())
}

/// Ids asked for at once; both engines take far more, but not any number.
const CHUNK: usize = 500;

fn promises_of(tx: &mut Tx<'_>, ids: &[&str]) -> Result<HashMap<String, Vec<Promise>>, StoreError> {
    let mut found: HashMap<String, Vec<Promise>> = HashMap::new();
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(String, String)> = timers::table
            .filter(timers::complaint_id.eq_any(chunk))
            .filter(timers::stage.eq_any(PROMISES))
            .select((timers::complaint_id, timers::body))
            .load(tx.0)?;
        for (id, body) in rows {
            let timer: domain::sla::Timer = serde_json::from_str(&body)
                .map_err(|_| StoreError::Corrupt("timers", id.clone()))?;
            found.entry(id).or_default().push(Promise {
                round: i32::try_from(timer.round).unwrap_or(i32::MAX),
                is_handle: timer.stage == Stage::Handle,
                breached_at: timer.breached_at.map(Timestamp::micros),
                stopped_at: timer.stopped_at.map(Timestamp::micros),
            });
        }
    }
    Ok(found)
}

/// Promises broken in the span, and those broken before its end and still open then.
fn overdue(
    tx: &mut Tx<'_>,
    which: Which<'_>,
    span: Span,
    note: &mut Note<'_>,
) -> Result<(), StoreError> {
    type Late = (String, (String, String, String));
    let noted: Vec<Late> = only!(
        timers::table.inner_join(complaints::table.on(complaints::id.eq(timers::complaint_id))),
        which
    )
    .filter(timers::breached_at.lt(span.until.micros()))
    .filter(timers::stage.eq_any(PROMISES))
    .select((timers::body, PLACE))
    .load(tx.0)?;
    // Late by the clock, though nothing has looked at it since: the worker may be behind.
    let unnoted: Vec<Late> = only!(
        timers::table.inner_join(complaints::table.on(complaints::id.eq(timers::complaint_id))),
        which
    )
    .filter(complaints::next_due_at.lt(span.until.micros()))
    .filter(timers::breached_at.is_null())
    .filter(timers::running.eq(true))
    .filter(timers::due_at.lt(span.until.micros()))
    .filter(timers::stage.eq_any(PROMISES))
    .select((timers::body, PLACE))
    .load(tx.0)?;
    for (body, case) in noted.into_iter().chain(unnoted) {
        let timer: domain::sla::Timer = serde_json::from_str(&body)
            .map_err(|_| StoreError::Corrupt("timers", "body".into()))?;
        let broken = timer.breached_at.unwrap_or(timer.due_at).micros();
        let open_then = timer.stopped_at.is_none_or(|stopped| stopped >= span.until);
        note(of(&case), &|row| {
            row.overdue += u32::from(span.holds(broken));
            row.overdue_at_end += u32::from(open_then);
        });
    }
    Ok(())
}

fn rated(
    tx: &mut Tx<'_>,
    which: Which<'_>,
    span: Span,
    note: &mut Note<'_>,
) -> Result<(), StoreError> {
    let rows: Vec<(String, (String, String, String))> = only!(
        complaint_ratings::table
            .inner_join(complaints::table.on(complaints::id.eq(complaint_ratings::complaint_id))),
        which
    )
    .filter(complaint_ratings::rated_at.ge(span.from.micros()))
    .filter(complaint_ratings::rated_at.lt(span.until.micros()))
    .select((complaint_ratings::rating, PLACE))
    .load(tx.0)?;
    for (rating, case) in rows {
        let rating = RatingValue::parse(&rating)
            .ok_or_else(|| StoreError::Corrupt("complaint_ratings", rating.clone()))?;
        note(of(&case), &|row| row.ratings.add(rating));
    }
    Ok(())
}

/// A closed month as it was counted, if it was.
///
/// # Errors
/// [`StoreError`].
pub fn closed(
    tx: &mut Tx<'_>,
    county: &RegionCode,
    month: &str,
) -> Result<Option<Table>, StoreError> {
    let body: Option<String> = closed_statistics::table
        .find((county.as_str(), month))
        .select(closed_statistics::body)
        .get_result(tx.0)
        .optional()?;
    body.map(|body| {
        serde_json::from_str(&body)
            .map_err(|_| StoreError::Corrupt("closed_statistics", format!("{county}/{month}")))
    })
    .transpose()
}

/// Keeps a closed month; what was kept before stays.
///
/// # Errors
/// [`StoreError`].
pub fn close(
    tx: &mut Tx<'_>,
    county: &RegionCode,
    month: &str,
    table: &Table,
    now: Timestamp,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(table)
        .map_err(|_| StoreError::Corrupt("closed_statistics", month.to_owned()))?;
    let values = (
        closed_statistics::county_code.eq(county.as_str()),
        closed_statistics::period.eq(month),
        closed_statistics::body.eq(body),
        closed_statistics::counted_at.eq(now.micros()),
    );
    on_backend!(tx, c =>
        diesel::insert_into(closed_statistics::table).values(values).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// What an open case adds to a dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCase {
    /// Its supervising unit.
    pub supervising: String,
    /// The unit that does the work, once there is one.
    pub responsible: Option<String>,
    /// Where it belongs.
    pub region: RegionCode,
    /// Its category.
    pub category: String,
    /// When it was filed.
    pub received_at: Timestamp,
    /// The earliest due time of a watched clock that runs.
    pub next_due_at: Option<Timestamp>,
}

/// The open cases a person may know of.
///
/// # Errors
/// [`StoreError`].
pub fn open_cases(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<OpenCase>, StoreError> {
    type Open = (String, Option<String>, String, String, i64, i64);
    let rows: Vec<Open> = cases::only_open(cases::known_to(complaints::table.into_boxed(), scope))
        .select((
            complaints::supervising_id,
            complaints::responsible_id,
            complaints::region_code,
            complaints::category,
            complaints::received_at,
            complaints::next_due_at,
        ))
        .load(tx.0)?;
    let open = |(supervising, responsible, region, category, received_at, due): Open| {
        Ok(OpenCase {
            supervising,
            responsible,
            region: RegionCode::try_from(region)
                .map_err(|_| StoreError::Corrupt("complaints", "region_code".into()))?,
            category,
            received_at: Timestamp::from_micros(received_at),
            next_due_at: (due != i64::MAX).then(|| Timestamp::from_micros(due)),
        })
    };
    rows.into_iter().map(open).collect()
}
