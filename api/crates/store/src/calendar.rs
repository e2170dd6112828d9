//! Calendars: each change is a whole new version; nothing is edited. The State's days are kept whole for
//! each of its versions, what a region lays over them as rows that count from their version on.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use diesel::dsl::max;
use diesel::prelude::*;
use domain::calendar::{
    CalendarChange, CalendarDay, DayKind, Layers, OfficeHours, Own, WorkCalendar,
};
use domain::region::RegionCode;
use domain::time::{Timestamp, parse_day};

use crate::Tx;
use crate::conn::on_backend;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::schema::{calendar_days, calendar_hours, calendar_overrides, calendar_versions};

pub mod recounts;

/// The calendars in force, kept while their version stands: reading seven hundred days for every action
/// would cost more than the action.
#[derive(Default)]
pub struct CalendarCache(Mutex<Option<Kept>>);

struct Kept {
    layers: Arc<Layers>,
    /// By the regions whose own rows count: villages without any share one.
    made: HashMap<Vec<RegionCode>, Arc<WorkCalendar>>,
}

/// A version, as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub version: i32,
    /// For which region; `None` for the whole country.
    pub region: Option<RegionCode>,
    /// Where it is from.
    pub source: String,
    /// Since when.
    pub imported_at: Timestamp,
    /// How many days it brought.
    pub day_count: i32,
}

/// The newest version of all; 0 before the first.
///
/// # Errors
/// [`StoreError`].
pub fn newest(tx: &mut Tx<'_>) -> Result<i32, StoreError> {
    let newest = directory::known(tx, Question::Calendar, |tx| {
        let newest: Option<i32> = calendar_versions::table
            .select(max(calendar_versions::version))
            .get_result(tx.0)?;
        Ok(newest.unwrap_or(0))
    })?;
    Ok(*newest)
}

/// The calendar of a region in force; before the first import, plain weeks without any announced year.
///
/// Not to be asked in a transaction that has itself changed the calendar: it may still be undone.
///
/// # Errors
/// [`StoreError`].
pub fn current(
    tx: &mut Tx<'_>,
    cache: &CalendarCache,
    region: &RegionCode,
) -> Result<Arc<WorkCalendar>, StoreError> {
    let version = newest(tx)?;
    let mut kept = cache
        .0
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let known = kept.take().filter(|kept| kept.layers.version == version);
    let mut now = match known {
        Some(known) => known,
        None => Kept {
            layers: Arc::new(load(tx, version)?),
            made: HashMap::new(),
        },
    };
    let layers = Arc::clone(&now.layers);
    let made = now.made.entry(layers.above(region));
    let calendar = Arc::clone(made.or_insert_with(|| Arc::new(layers.of(region))));
    *kept = Some(now);
    Ok(calendar)
}

/// The newest version made for this very region (`None`: for the whole country); 0 before the first.
///
/// # Errors
/// [`StoreError`].
pub fn newest_of(tx: &mut Tx<'_>, region: Option<&RegionCode>) -> Result<i32, StoreError> {
    let of = calendar_versions::table.select(max(calendar_versions::version));
    let newest: Option<i32> = match region {
        None => of
            .filter(calendar_versions::region_code.is_null())
            .first(tx.0)?,
        Some(region) => of
            .filter(calendar_versions::region_code.eq(region.as_str()))
            .first(tx.0)?,
    };
    Ok(newest.unwrap_or(0))
}

/// Every region's calendar in force.
///
/// # Errors
/// [`StoreError`].
pub fn layers(tx: &mut Tx<'_>) -> Result<Layers, StoreError> {
    let version = newest(tx)?;
    load(tx, version)
}

/// The calendar of a region as it was in a version, for explaining a date that was counted with it.
///
/// # Errors
/// [`StoreError`].
pub fn as_of(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    version: i32,
) -> Result<WorkCalendar, StoreError> {
    Ok(load(tx, version)?.of(region))
}

fn corrupt(version: i32, what: &str) -> StoreError {
    StoreError::Corrupt("calendar_days", format!("{version}/{what}"))
}

fn hours_of(version: i32, text: &str) -> Result<OfficeHours, StoreError> {
    serde_json::from_str(text).map_err(|_| corrupt(version, "office_hours"))
}

fn day_of(
    version: i32,
    (day, kind, name): (String, String, String),
) -> Result<CalendarDay, StoreError> {
    Ok(CalendarDay {
        kind: DayKind::parse(&kind).ok_or_else(|| corrupt(version, &day))?,
        day: parse_day(&day).ok_or_else(|| corrupt(version, &day))?,
        name,
    })
}

fn load(tx: &mut Tx<'_>, version: i32) -> Result<Layers, StoreError> {
    let national: Option<(i32, String)> = calendar_versions::table
        .filter(calendar_versions::version.le(version))
        .filter(calendar_versions::region_code.is_null())
        .order(calendar_versions::version.desc())
        .select((calendar_versions::version, calendar_versions::office_hours))
        .first(tx.0)
        .optional()?;
    let (from, hours) = match national {
        Some((from, text)) => (from, hours_of(version, &text)?),
        None => (0, OfficeHours::default()),
    };
    let rows: Vec<(String, String, String)> = calendar_days::table
        .filter(calendar_days::version.eq(from))
        .order(calendar_days::day)
        .select((calendar_days::day, calendar_days::kind, calendar_days::name))
        .load(tx.0)?;
    let days = rows.into_iter().map(|row| day_of(version, row));
    Ok(Layers {
        version,
        days: days.collect::<Result<_, _>>()?,
        hours,
        own: load_own(tx, version)?,
    })
}

fn load_own(tx: &mut Tx<'_>, version: i32) -> Result<BTreeMap<RegionCode, Own>, StoreError> {
    type Row = (String, (String, String, String));
    let code = |text: String| RegionCode::try_from(text).map_err(|_| corrupt(version, "region"));
    let mut own: BTreeMap<RegionCode, Own> = BTreeMap::new();
    let days: Vec<Row> = calendar_overrides::table
        .filter(calendar_overrides::version.le(version))
        .order((calendar_overrides::region_code, calendar_overrides::version))
        .select((
            calendar_overrides::region_code,
            (
                calendar_overrides::day,
                calendar_overrides::kind,
                calendar_overrides::name,
            ),
        ))
        .load(tx.0)?;
    for (region, row) in days {
        let day = day_of(version, row)?;
        own.entry(code(region)?).or_default().days.push(day);
    }
    let hours: Vec<(String, String)> = calendar_hours::table
        .filter(calendar_hours::version.le(version))
        .order((calendar_hours::region_code, calendar_hours::version))
        .select((calendar_hours::region_code, calendar_hours::office_hours))
        .load(tx.0)?;
    for (region, text) in hours {
        own.entry(code(region)?).or_default().hours = Some(hours_of(version, &text)?);
    }
    Ok(own)
}

/// Makes a change the version in force, and leaves word that the open cases it reaches are to be counted
/// anew ([`recounts`]); its number. What the cache knows by that number is from a transaction that came to
/// nothing.
///
/// # Errors
/// [`StoreError`].
pub fn change(
    tx: &mut Tx<'_>,
    cache: &CalendarCache,
    change: &CalendarChange,
    now: Timestamp,
) -> Result<i32, StoreError> {
    directory::changes(tx);
    let after = layers(tx)?.changed(change);
    let version = after.version;
    let text = |hours: &OfficeHours| {
        serde_json::to_string(hours).map_err(|_| corrupt(version, "office_hours"))
    };
    let region = change.region.as_ref().map(RegionCode::as_str);
    let day_count = i32::try_from(change.days.len()).unwrap_or(i32::MAX);
    diesel::insert_into(calendar_versions::table)
        .values((
            calendar_versions::version.eq(version),
            calendar_versions::imported_at.eq(now.micros()),
            calendar_versions::source.eq(&change.source),
            calendar_versions::office_hours.eq(text(&after.hours)?),
            calendar_versions::region_code.eq(region),
            calendar_versions::day_count.eq(day_count),
        ))
        .execute(tx.0)?;
    match region {
        None => insert_days(tx, version, &after)?,
        Some(region) => {
            insert_own(tx, version, region, &change.days)?;
            if let Some(hours) = &change.hours {
                diesel::insert_into(calendar_hours::table)
                    .values((
                        calendar_hours::region_code.eq(region),
                        calendar_hours::version.eq(version),
                        calendar_hours::office_hours.eq(text(hours)?),
                    ))
                    .execute(tx.0)?;
            }
        }
    }
    recounts::begin(tx, version, region)?;
    *cache
        .0
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    Ok(version)
}

/// The whole of the State's days, each once.
fn insert_days(tx: &mut Tx<'_>, version: i32, after: &Layers) -> Result<(), StoreError> {
    let merged = WorkCalendar::new(version, after.days.clone(), after.hours.clone());
    let rows: Vec<_> = merged
        .days()
        .map(|day| {
            (
                calendar_days::version.eq(version),
                calendar_days::day.eq(day.day.to_string()),
                calendar_days::kind.eq(day.kind.as_str()),
                calendar_days::name.eq(day.name.clone()),
            )
        })
        .collect();
    for chunk in rows.chunks(500) {
        on_backend!(tx, c => diesel::insert_into(calendar_days::table).values(chunk).execute(c))?;
    }
    Ok(())
}

fn insert_own(
    tx: &mut Tx<'_>,
    version: i32,
    region: &str,
    days: &[CalendarDay],
) -> Result<(), StoreError> {
    let rows: Vec<_> = days
        .iter()
        .map(|day| {
            (
                calendar_overrides::region_code.eq(region.to_owned()),
                calendar_overrides::day.eq(day.day.to_string()),
                calendar_overrides::version.eq(version),
                calendar_overrides::kind.eq(day.kind.as_str()),
                calendar_overrides::name.eq(day.name.clone()),
            )
        })
        .collect();
    for chunk in rows.chunks(500) {
        on_backend!(tx, c => diesel::insert_into(calendar_overrides::table).values(chunk).execute(c))?;
    }
    Ok(())
}

/// The newest versions that say something about a region, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn versions(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    limit: i64,
) -> Result<Vec<Version>, StoreError> {
    let above = region.and_above();
    let codes: Vec<&str> = above.iter().map(RegionCode::as_str).collect();
    let rows: Vec<(i32, Option<String>, String, i64, i32)> = calendar_versions::table
        .filter(
            calendar_versions::region_code
                .is_null()
                .or(calendar_versions::region_code.eq_any(codes)),
        )
        .order(calendar_versions::version.desc())
        .limit(limit)
        .select((
            calendar_versions::version,
            calendar_versions::region_code,
            calendar_versions::source,
            calendar_versions::imported_at,
            calendar_versions::day_count,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(version, region, source, at, day_count)| {
            let region = region.map(RegionCode::try_from).transpose();
            Ok(Version {
                version,
                region: region.map_err(|_| corrupt(version, "region"))?,
                source,
                imported_at: Timestamp::from_micros(at),
                day_count,
            })
        })
        .collect()
}
