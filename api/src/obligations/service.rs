//! Reading obligations: for everybody, and for staff within their region.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Months;
use domain::calendar::WorkCalendar;
use domain::id::{ObligationId, OrganisationId};
use domain::obligation::Counts;
use domain::obligation::catalogue::{InForce, Item, in_force};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::sla::{Explained, explain};
use domain::time::{Day, Timestamp};
use store::obligations::{self, Filter, Record, Taken};
use store::regions::{NamedRegion, Part};
use store::{StoreError, Tx, calendar, catalogues, organisations, regions};

use super::striking;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// Months of due dates that are counted, before today; what is still ahead counts too.
const COUNTED_MONTHS: u32 = 12;
/// More regions than lie in any.
const REGIONS: i64 = 5_000;

/// An obligation with what explains it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// It.
    pub record: Record,
    /// The village.
    pub village: String,
    /// The matter, as the catalogue that asks for it has it.
    pub item: Item,
    /// How its date was counted.
    pub explained: Explained,
    /// How it stands is asked for this instant.
    pub now: Timestamp,
}

/// A region inside the one that is shown, and how what lies in it stands.
#[derive(Debug, Clone)]
pub struct Inside {
    /// The region.
    pub region: NamedRegion,
    /// How many stand how.
    pub counts: Counts,
    /// How many villages of it take part.
    pub taking_part: usize,
}

/// A page of a region's obligations.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The region.
    pub region: NamedRegion,
    /// When it was looked at.
    pub now: Timestamp,
    /// The first day whose due dates are counted; `None`: all of the period that was asked for.
    pub counted_from: Option<Day>,
    /// How many stand how.
    pub counts: Counts,
    /// The regions inside it: villages of a county or township, counties of a city.
    pub parts: Vec<Inside>,
    /// Since when a village takes part.
    pub since: Option<Timestamp>,
    /// The page, one row more than asked for.
    pub rows: Vec<Shown>,
}

/// A region's obligations.
///
/// # Errors
/// [`ServiceError::NotFound`] without such a region.
pub async fn shelf(
    app: &Arc<App>,
    region: RegionCode,
    filter: Filter,
) -> Result<Shelf, ServiceError> {
    let inner = Arc::clone(app);
    app.db
        .read(move |tx| {
            let now = inner.clocks.case();
            let named = regions::find(tx, &region)?.ok_or(ServiceError::NotFound)?;
            let first = now.day().checked_sub_months(Months::new(COUNTED_MONTHS));
            let counted_from = first.filter(|_| filter.period.is_none());
            let from = counted_from.map_or(Timestamp::from_micros(0), Timestamp::start_of);
            let by_village = obligations::counts(tx, &region, filter.period, from, now)?;
            let rows = obligations::list(tx, &region, &filter, now)?;
            let since = obligations::village(tx, &region)?.map(|village| village.since);
            Ok(Shelf {
                now,
                counted_from,
                counts: sum(by_village.values()),
                parts: parts(tx, &region, &by_village)?,
                since,
                rows: show(tx, &inner, rows, now)?,
                region: named,
            })
        })
        .await
}

fn sum<'a>(all: impl Iterator<Item = &'a Counts>) -> Counts {
    all.fold(Counts::default(), |sum, one| sum.plus(*one))
}

/// The regions inside one, each with its counts, in the order of their codes.
fn parts(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    by_village: &BTreeMap<String, Counts>,
) -> Result<Vec<Inside>, StoreError> {
    let level = match region.level() {
        Level::Village => return Ok(Vec::new()),
        Level::Township | Level::County => Level::Village,
        Level::City => Level::County,
        Level::Province => Level::City,
    };
    let inside = Part::Level(level, Some(region.clone()));
    let inside = regions::list(tx, &inside, None, REGIONS)?;
    let mut takes: BTreeMap<RegionCode, usize> = BTreeMap::new();
    for village in obligations::taking_part(tx, region)? {
        *takes
            .entry(village.at(level).unwrap_or(village))
            .or_default() += 1;
    }
    Ok(inside
        .into_iter()
        .map(|named| {
            let prefix = named.region.code.prefix();
            // Codes are in order, and what lies inside begins with the same digits.
            let within = by_village
                .range(prefix.to_owned()..)
                .take_while(|(code, _)| code.starts_with(prefix));
            Inside {
                counts: sum(within.map(|(_, counts)| counts)),
                taking_part: takes.get(&named.region.code).copied().unwrap_or_default(),
                region: named,
            }
        })
        .collect())
}

/// Obligations with what explains each: the matter of its catalogue, and the count with the calendar of its date.
pub(super) fn show(
    tx: &mut Tx<'_>,
    app: &App,
    records: Vec<Record>,
    now: Timestamp,
) -> Result<Vec<Shown>, StoreError> {
    let mut calendars: BTreeMap<(RegionCode, i32), Arc<WorkCalendar>> = BTreeMap::new();
    let mut names: BTreeMap<RegionCode, String> = BTreeMap::new();
    records
        .into_iter()
        .map(|record| {
            let region = &record.region;
            let from = (record.catalogue_region.as_ref(), record.catalogue_version);
            let item = catalogues::item(tx, &app.catalogues, from, &record.item)?;
            let key = (region.clone(), record.clock.calendar_version);
            if !calendars.contains_key(&key) {
                let current = calendar::current(tx, &app.calendar, region)?;
                let counted = match current.version() == key.1 {
                    true => current,
                    false => Arc::new(calendar::as_of(tx, region, key.1)?),
                };
                calendars.insert(key.clone(), counted);
            }
            if !names.contains_key(region) {
                let name = regions::short_name(tx, region)?;
                names.insert(region.clone(), name.unwrap_or_else(|| region.to_string()));
            }
            let counted = calendars.get(&key).map(|cal| explain(&record.clock, cal));
            Ok(Shown {
                village: names.get(region).cloned().unwrap_or_default(),
                explained: counted.unwrap_or(Explained {
                    skipped: Vec::new(),
                    kept: false,
                }),
                item,
                now,
                record,
            })
        })
        .collect()
}

/// The matters in force in a region now.
///
/// # Errors
/// [`ServiceError::NotFound`] without such a region; a fault where no catalogue is made.
pub async fn matters(
    app: &Arc<App>,
    region: RegionCode,
) -> Result<(NamedRegion, Vec<InForce>), ServiceError> {
    let inner = Arc::clone(app);
    app.db
        .read(move |tx| {
            let named = regions::find(tx, &region)?.ok_or(ServiceError::NotFound)?;
            let layers = catalogues::layers(tx, &inner.catalogues, &region)?;
            Ok((named, in_force(&layers, inner.clocks.case())))
        })
        .await
}

/// Staff see the villages of their own region.
///
/// # Errors
/// [`ServiceError::NotFound`] for a region outside it.
pub async fn shelf_for(
    app: &Arc<App>,
    scope: &Scope,
    region: Option<RegionCode>,
    filter: Filter,
) -> Result<Shelf, ServiceError> {
    let region = region.unwrap_or_else(|| scope.region.clone());
    if !scope.region.covers(&region) {
        return Err(ServiceError::NotFound);
    }
    shelf(app, region, filter).await
}

/// An obligation as staff see it: with the steps it has climbed.
#[derive(Debug, Clone)]
pub struct Climbed {
    /// It.
    pub shown: Shown,
    /// The steps, each with the name of the unit that was told.
    pub steps: Vec<(Taken, Option<String>)>,
    /// The first instant at which the proposal to strike it is void; `None` while none waits.
    pub strike_waits_until: Option<Timestamp>,
}

/// One obligation, for staff of its region.
///
/// # Errors
/// [`ServiceError::NotFound`], also for what lies outside one's region.
pub async fn one_for(
    app: &Arc<App>,
    scope: &Scope,
    id: ObligationId,
) -> Result<Climbed, ServiceError> {
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    app.db
        .read(move |tx| {
            let found = obligations::find(tx, &id)?;
            let record = found
                .filter(|record| scope.region.covers(&record.region))
                .ok_or(ServiceError::NotFound)?;
            let taken = obligations::steps_of(tx, &record.id)?;
            let mut steps = Vec::with_capacity(taken.len());
            for one in taken {
                let name = unit_name(tx, one.organisation.as_ref())?;
                steps.push((one, name));
            }
            let now = inner.clocks.case();
            let strike_waits_until = striking::waits_until(tx, &record, now)?;
            let shown = show(tx, &inner, vec![record], now)?.pop();
            Ok(Climbed {
                shown: shown.ok_or(ServiceError::NotFound)?,
                steps,
                strike_waits_until,
            })
        })
        .await
}

fn unit_name(tx: &mut Tx<'_>, id: Option<&OrganisationId>) -> Result<Option<String>, StoreError> {
    match id {
        Some(id) => Ok(organisations::find(tx, id)?.map(|unit| unit.name)),
        None => Ok(None),
    }
}

/// No matter's code is longer, characters.
const LONGEST_CODE: usize = 40;

/// The query's words about which obligations, for both lists.
///
/// # Errors
/// Faults at `status` and `period`.
pub fn filter(
    status: Option<&str>,
    period: Option<&str>,
    item: Option<&str>,
) -> Result<Filter, ServiceError> {
    let status = status
        .map(|text| domain::obligation::Status::parse(text).ok_or(Code::StatusUnknown))
        .transpose()
        .map_err(|code| ServiceError::at("status", code))?;
    let period = period
        .map(domain::disclosure::period::Period::parse)
        .transpose()
        .map_err(|_| ServiceError::at("period", Code::InvalidPeriod))?;
    if item.is_some_and(|code| code.chars().count() > LONGEST_CODE) {
        return Err(ServiceError::at("item", Code::OutOfRange));
    }
    Ok(Filter {
        status,
        period,
        item: item.map(str::to_owned),
        ..Filter::default()
    })
}
