//! The queue: what a person may know of, filtered and in order, a page at a time.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::complaint::access::standing;
use domain::complaint::state::StateName;
use domain::region::RegionCode;
use domain::role::{Permission, Scope};
use domain::sla::Light;
use domain::time::Timestamp;

use super::{Known, known_to, rows};
use crate::Tx;
use crate::error::StoreError;
use crate::schema::{complaint_ratings, complaints, timers};

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// What falls due first comes first.
    #[default]
    DueAt,
    /// What came in last comes first.
    Newest,
}

/// Which states to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// This one.
    State(StateName),
    /// Every open one.
    Open,
}

/// How many cases have which light now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub total: i64,
    /// Late.
    pub red: i64,
    /// Due soon.
    pub yellow: i64,
    /// Nothing done for half the time.
    pub blue: i64,
    /// In time.
    pub green: i64,
}

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<Wanted>,
    /// With this light now.
    pub light: Option<Light>,
    /// In this region or inside it.
    pub region: Option<RegionCode>,
    /// About this.
    pub category: Option<String>,
    /// In this person's hands.
    pub assignee: Option<String>,
    /// Number or words, folded.
    pub words: Option<String>,
    /// Due before.
    pub due_before: Option<Timestamp>,
    /// That came in from then on.
    pub received_from: Option<Timestamp>,
    /// That came in before.
    pub received_until: Option<Timestamp>,
    /// In this unit's hands: it does the work, or supervises where nobody does yet.
    pub unit: Option<String>,
    /// Due at this moment or later.
    pub due_from: Option<Timestamp>,
    /// One of these; of more than 32,000 no more than that are looked at.
    pub among: Option<Vec<String>>,
    /// Rated so, at this moment or later.
    pub rating: Option<(String, Timestamp)>,
    /// That this unit has still to acknowledge.
    pub acknowledging: Option<String>,
    /// That have reached this level, 1 to 3.
    pub level: Option<i32>,
    /// In what order.
    pub sort: Sort,
    /// After this place.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: i64,
}

/// SQLite takes no more than 32,766 values in one statement, and the others need theirs.
const AMONG_MOST: usize = 32_000;

/// A case of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The case, as the reader knows it.
    pub known: Known,
    /// Its place in the order.
    pub place: i64,
    /// A clock of it cannot be read: what its clocks say is not known, and nothing can be done to it.
    pub is_broken: bool,
}

/// Escapes what LIKE takes for a pattern.
pub(crate) fn like(words: &str) -> String {
    let plain = words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{plain}%")
}

/// The cases a person may know of, each with the place it has in the order. One whose clock cannot be read is among
/// them.
///
/// # Errors
/// [`StoreError`].
pub fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    let mut query = filtered(scope, filter);
    if let Some(light) = filter.light {
        query = lit(query, light, now);
    }
    query = match (filter.sort, &filter.after) {
        (Sort::DueAt, Some((due, id))) => query.filter(
            complaints::next_due_at.gt(*due).or(complaints::next_due_at
                .eq(*due)
                .and(complaints::id.gt(id.clone()))),
        ),
        (Sort::Newest, Some((received, id))) => query.filter(
            complaints::received_at
                .lt(*received)
                .or(complaints::received_at
                    .eq(*received)
                    .and(complaints::id.lt(id.clone()))),
        ),
        (_, None) => query,
    };
    query = match filter.sort {
        Sort::DueAt => query.order((complaints::next_due_at.asc(), complaints::id.asc())),
        Sort::Newest => query.order((complaints::received_at.desc(), complaints::id.desc())),
    };
    let found = rows::load(tx, query.limit(filter.limit))?;
    let listed = found.into_iter().filter_map(|row| {
        let place = match filter.sort {
            Sort::DueAt => row.due,
            Sort::Newest => row.received,
        };
        let case = &row.record.case;
        let standing = standing(scope, case.accused(), &case.units())?;
        Some(Listed {
            known: Known {
                record: row.record,
                standing,
            },
            place,
            is_broken: row.is_broken,
        })
    });
    Ok(listed.collect())
}

/// How many cases a person may know of, by light; of the filter, light, order and place mean nothing here.
///
/// # Errors
/// [`StoreError`].
pub fn counts(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    now: Timestamp,
) -> Result<Counts, StoreError> {
    let total: i64 = filtered(scope, filter).count().get_result(tx.0)?;
    let mut of = |light| {
        lit(filtered(scope, filter), light, now)
            .count()
            .get_result::<i64>(tx.0)
    };
    let (red, yellow) = (of(Light::Red)?, of(Light::Yellow)?);
    let (blue, green) = (of(Light::Blue)?, of(Light::Green)?);
    Ok(Counts {
        total,
        red,
        yellow,
        blue,
        green,
    })
}

/// Those that are open.
pub(crate) fn only_open(query: super::Query<'_>) -> super::Query<'_> {
    let open = StateName::ALL.iter().filter(|state| state.is_open());
    let names: Vec<&str> = open.map(|state| state.as_str()).collect();
    query.filter(complaints::state.eq_any(names))
}

/// Whether this is a case number and nothing else: two groups of four.
fn is_number(words: &str) -> bool {
    let group =
        |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    words
        .split_once('-')
        .is_some_and(|(first, second)| group(first) && group(second))
}

/// What a person may know of, by everything in the filter but the light.
fn filtered<'a>(scope: &Scope, filter: &Filter) -> super::Query<'a> {
    let mut query = known_to(complaints::table.into_boxed(), scope);
    match filter.state {
        Some(Wanted::State(state)) => query = query.filter(complaints::state.eq(state.as_str())),
        Some(Wanted::Open) => query = only_open(query),
        None => {}
    }
    if let Some(region) = &filter.region {
        query = query.filter(complaints::region_code.like(format!("{}%", region.prefix())));
    }
    if let Some(category) = &filter.category {
        query = query.filter(complaints::category.eq(category.clone()));
    }
    if let Some(assignee) = &filter.assignee {
        query = query.filter(complaints::assignee_id.eq(assignee.clone()));
    }
    if let Some(before) = filter.due_before {
        query = query.filter(complaints::next_due_at.lt(before.micros()));
    }
    if let Some(from) = filter.received_from {
        query = query.filter(complaints::received_at.ge(from.micros()));
    }
    if let Some(until) = filter.received_until {
        query = query.filter(complaints::received_at.lt(until.micros()));
    }
    if let Some(unit) = &filter.unit {
        let works = complaints::responsible_id.eq(unit.clone());
        let waits = complaints::responsible_id
            .is_null()
            .and(complaints::supervising_id.eq(unit.clone()));
        query = query.filter(waits.or(works));
    }
    if let Some(from) = filter.due_from {
        query = query.filter(complaints::next_due_at.ge(from.micros()));
    }
    if let Some(ids) = &filter.among {
        let some: Vec<String> = ids.iter().take(AMONG_MOST).cloned().collect();
        query = query.filter(complaints::id.eq_any(some));
    }
    if let Some((rating, from)) = &filter.rating {
        query = query.filter(exists(
            complaint_ratings::table
                .filter(complaint_ratings::complaint_id.eq(complaints::id))
                .filter(complaint_ratings::rating.eq(rating.clone()))
                .filter(complaint_ratings::rated_at.ge(from.micros())),
        ));
    }
    if let Some(unit) = &filter.acknowledging {
        query = query.filter(complaints::acknowledging_id.eq(unit.clone()));
    }
    if let Some(level) = filter.level {
        query = query.filter(complaints::level.eq(level));
    }
    if let Some(words) = &filter.words {
        let number = words.trim().to_uppercase();
        if is_number(&number) {
            // A whole number is one case, found at once among any number of them.
            return query.filter(complaints::number.eq(number));
        }
        let number = like(&number);
        // Who sees only a brief must not find out the text by searching it.
        query = if scope.can(Permission::SuperviseCases) {
            query.filter(
                complaints::number
                    .like(number)
                    .escape('\\')
                    .or(complaints::text_folded.like(like(words)).escape('\\')),
            )
        } else {
            query.filter(complaints::number.like(number).escape('\\'))
        };
    }
    query
}

/// Running, watched timers of the case whose mark has passed.
macro_rules! passed {
    ($column:ident, $now:expr) => {
        exists(
            timers::table
                .filter(timers::complaint_id.eq(complaints::id))
                .filter(timers::running.eq(true))
                .filter(timers::lit.eq(true))
                .filter(timers::$column.le($now)),
        )
    };
}

/// The light of a case in SQL, as `domain::sla::worst_light` has it.
fn lit<'a>(query: super::Query<'a>, light: Light, now: Timestamp) -> super::Query<'a> {
    let now = now.micros();
    match light {
        Light::Red => query.filter(passed!(due_at, now)),
        Light::Yellow => query
            .filter(not(passed!(due_at, now)))
            .filter(passed!(yellow_at, now)),
        Light::Blue => query
            .filter(not(passed!(due_at, now)))
            .filter(not(passed!(yellow_at, now)))
            .filter(passed!(blue_at, now)),
        Light::Green => query
            .filter(not(passed!(due_at, now)))
            .filter(not(passed!(yellow_at, now)))
            .filter(not(passed!(blue_at, now)))
            .filter(passed!(due_at, i64::MAX)),
    }
}
