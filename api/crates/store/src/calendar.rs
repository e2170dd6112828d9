//! Calendars: each import is a whole new version; nothing is edited.

use std::sync::{Arc, Mutex};

use diesel::dsl::max;
use diesel::prelude::*;
use domain::calendar::{CalendarDay, DayKind, OfficeHours, WorkCalendar};
use domain::time::{Timestamp, parse_day};

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::{calendar_days, calendar_versions};

/// The calendar in force, kept while its version stands: reading seven hundred days for every action
/// would cost more than the action.
#[derive(Default)]
pub struct CalendarCache(Mutex<Option<Arc<WorkCalendar>>>);

/// The calendar in force; before the first import, plain weeks without any announced year.
///
/// # Errors
/// [`StoreError`].
pub fn current(tx: &mut Tx<'_>, cache: &CalendarCache) -> Result<Arc<WorkCalendar>, StoreError> {
    let newest: Option<i32> = calendar_versions::table
        .select(max(calendar_versions::version))
        .first(tx.0)?;
    let version = newest.unwrap_or(0);
    let mut kept = cache
        .0
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(calendar) = kept
        .as_ref()
        .filter(|calendar| calendar.version() == version)
    {
        return Ok(Arc::clone(calendar));
    }
    let calendar = Arc::new(load(tx, version)?);
    *kept = Some(Arc::clone(&calendar));
    Ok(calendar)
}

fn load(tx: &mut Tx<'_>, version: i32) -> Result<WorkCalendar, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt("calendar_days", format!("{version}/{what}"));
    let hours: Option<String> = calendar_versions::table
        .find(version)
        .select(calendar_versions::office_hours)
        .first(tx.0)
        .optional()?;
    let hours = match hours {
        Some(text) => serde_json::from_str(&text).map_err(|_| corrupt("office_hours"))?,
        None => OfficeHours::default(),
    };
    let rows: Vec<(String, String, String)> = calendar_days::table
        .filter(calendar_days::version.eq(version))
        .order(calendar_days::day)
        .select((calendar_days::day, calendar_days::kind, calendar_days::name))
        .load(tx.0)?;
    let days = rows
        .into_iter()
        .map(|(day, kind, name)| {
            let kind = match kind.as_str() {
                "off" => DayKind::Off,
                "work" => DayKind::Work,
                _ => return Err(corrupt(&day)),
            };
            Ok(CalendarDay {
                day: parse_day(&day).ok_or_else(|| corrupt(&day))?,
                kind,
                name,
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(WorkCalendar::new(version, days, hours))
}

/// Adds announced days to those known and makes the whole the version in force. A day named again takes
/// the new word.
///
/// # Errors
/// [`StoreError`].
pub fn import(
    tx: &mut Tx<'_>,
    days: &[CalendarDay],
    source: &str,
    now: Timestamp,
) -> Result<i32, StoreError> {
    let newest: Option<i32> = calendar_versions::table
        .select(max(calendar_versions::version))
        .first(tx.0)?;
    let known = load(tx, newest.unwrap_or(0))?;
    let version = newest.unwrap_or(0) + 1;
    let hours = serde_json::to_string(known.hours())
        .map_err(|_| StoreError::Corrupt("calendar_versions", "office_hours".into()))?;
    diesel::insert_into(calendar_versions::table)
        .values((
            calendar_versions::version.eq(version),
            calendar_versions::imported_at.eq(now.micros()),
            calendar_versions::source.eq(source),
            calendar_versions::office_hours.eq(hours),
        ))
        .execute(tx.0)?;
    let merged = WorkCalendar::new(
        version,
        known.days().chain(days).cloned().collect(),
        known.hours().clone(),
    );
    let rows: Vec<_> = merged
        .days()
        .map(|day| {
            (
                calendar_days::version.eq(version),
                calendar_days::day.eq(day.day.to_string()),
                calendar_days::kind.eq(match day.kind {
                    DayKind::Off => "off",
                    DayKind::Work => "work",
                }),
                calendar_days::name.eq(day.name.clone()),
            )
        })
        .collect();
    for chunk in rows.chunks(500) {
        on_backend!(tx, c => diesel::insert_into(calendar_days::table).values(chunk).execute(c))?;
    }
    Ok(version)
}
