//! Counting, once for each closed month, and what may be shown of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::disclosure::period::{Period, PeriodKind};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::statistics::{Row, Table, shown};
use domain::time::Timestamp;
use store::complaints::{Counts, Filter, Wanted};
use store::regions::Part;
use store::statistics::{self, OpenCase, Span, Which};
use store::{StoreError, Tx, calendar, complaints, organisations, regions};

use super::views::{
    DashboardView, Line, Places, RegionLine, StatsRow, StatsView, UnitLine, is_late,
};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// The statistics of a county or a township in a closed month or quarter.
///
/// # Errors
/// [`ServiceError::NotFound`] without the region, or a fault at a parameter.
pub async fn of_region(
    app: &Arc<App>,
    region: RegionCode,
    period: Period,
) -> Result<StatsView, ServiceError> {
    let county = match region.level() {
        Level::Village => return Err(ServiceError::at("/region", Code::RegionTooNarrow)),
        Level::City | Level::Province => {
            return Err(ServiceError::at("/region", Code::RegionTooWide));
        }
        Level::Township | Level::County => region.at(Level::County),
    };
    let county = county.ok_or_else(|| ServiceError::at("/region", Code::RegionTooWide))?;
    if period.kind() == PeriodKind::Year {
        return Err(ServiceError::at("/period", Code::InvalidPeriod));
    }
    let now = app.clocks.case();
    if period.last_day() >= now.day() {
        return Err(ServiceError::at("/period", Code::PeriodOpen));
    }
    let names = names(app, &region, &county).await?;
    let months = months(app, &county, period, now).await?;
    Ok(view(&region, &county, period, &months, &names))
}

/// More townships than any county has.
const TOWNSHIPS: i64 = 500;

type Names = BTreeMap<String, String>;

/// The names of the county and its townships; not found without the region.
async fn names(
    app: &Arc<App>,
    region: &RegionCode,
    county: &RegionCode,
) -> Result<Names, ServiceError> {
    let (region, county) = (region.clone(), county.clone());
    app.db
        .read(move |tx| {
            if !regions::exists(tx, &region)? {
                return Err(ServiceError::NotFound);
            }
            let mut names = Names::new();
            for known in regions::path(tx, &county)? {
                names.insert(known.region.code.to_string(), known.short_name);
            }
            for known in regions::list(tx, &Part::EverInside(county.clone()), None, TOWNSHIPS)? {
                names.insert(known.region.code.to_string(), known.short_name);
            }
            Ok(names)
        })
        .await
}

/// The period's months, each counted once and then kept.
async fn months(
    app: &Arc<App>,
    county: &RegionCode,
    period: Period,
    now: Timestamp,
) -> Result<Vec<Table>, ServiceError> {
    let mut months = Vec::new();
    for month in months_of(period) {
        let (name, of, inner) = (month.to_string(), county.clone(), Arc::clone(app));
        let span = Span::of(month);
        let (kept, table) = app
            .db
            .read(move |tx| {
                if let Some(table) = statistics::closed(tx, &of, &name)? {
                    return Ok((true, table));
                }
                let calendar = calendar::current(tx, &inner.calendar, &of)?;
                let table = statistics::count(tx, Which::County(&of), span, &calendar)?;
                Ok::<_, ServiceError>((false, table))
            })
            .await?;
        if !kept {
            let (name, of, copy) = (month.to_string(), county.clone(), table.clone());
            app.db
                .write(move |tx| statistics::close(tx, &of, &name, &copy, now))
                .await?;
        }
        months.push(table);
    }
    Ok(months)
}

fn months_of(period: Period) -> Vec<Period> {
    let first = Period::containing(PeriodKind::Month, period.first_day());
    std::iter::successors(first, |month| month.next())
        .take_while(|month| month.first_day() <= period.last_day())
        .collect()
}

fn view(
    region: &RegionCode,
    county: &RegionCode,
    period: Period,
    months: &[Table],
    names: &Names,
) -> StatsView {
    let whole = Table::of_months(months);
    let visible = |of: fn(&Table) -> &BTreeMap<String, Row>| -> Vec<String> {
        let parts: Vec<_> = months.iter().map(of).collect();
        shown(&parts).into_iter().map(str::to_owned).collect()
    };
    let townships = visible(|table| &table.townships);
    let categories = visible(|table| &table.categories);
    let is_county = region == county;
    let lines =
        |rows: &BTreeMap<String, Row>, visible: &[String], named: &dyn Fn(&str) -> String| {
            rows.iter()
                .filter(|(key, _)| visible.contains(key))
                .map(|(key, row)| Line {
                    code: key.clone(),
                    name: named(key),
                    row: StatsRow::from(row),
                })
                .collect::<Vec<_>>()
        };
    let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| code.to_owned());
    let total = if is_county {
        Some(StatsRow::from(&whole.total()))
    } else if townships.iter().any(|code| code == region.as_str()) {
        whole.townships.get(region.as_str()).map(StatsRow::from)
    } else {
        None
    };
    let (by_township, by_category) = if is_county {
        let category = |code: &str| {
            domain::category::find(code).map_or_else(|| code.to_owned(), |c| c.name_zh.to_owned())
        };
        (
            lines(&whole.townships, &townships, &name),
            lines(&whole.categories, &categories, &category),
        )
    } else {
        (Vec::new(), Vec::new())
    };
    StatsView {
        region_code: region.clone(),
        region_name: name(region.as_str()),
        period: period.to_string(),
        first_day: period.first_day(),
        last_day: period.last_day(),
        is_folded: total.is_none(),
        total,
        folded_townships: if is_county {
            whole.townships.len() - by_township.len()
        } else {
            0
        },
        folded_categories: if is_county {
            whole.categories.len() - by_category.len()
        } else {
            0
        },
        by_township,
        by_category,
    }
}

/// A desk's own work: everything the queue would show this person, and nothing else.
///
/// # Errors
/// The store's.
pub async fn dashboard(app: &Arc<App>, scope: &Scope) -> Result<DashboardView, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .read(move |tx| {
            let filter = Filter {
                state: Some(Wanted::Open),
                ..Filter::default()
            };
            let lights: Counts = complaints::counts(tx, &scope, &filter, now)?;
            let open = statistics::open_cases(tx, &scope)?;
            let span = Span::of_desk(now);
            let calendar = calendar::current(tx, &inner.calendar, &scope.region)?;
            let recent = statistics::count(tx, Which::KnownTo(&scope), span, &calendar)?.total();
            let places = Places {
                units: by_unit(tx, &open, now)?,
                townships: by_township(tx, &open, now)?,
            };
            Ok(DashboardView::new(now, lights, &open, places, &recent))
        })
        .await
}

fn by_unit(
    tx: &mut Tx<'_>,
    open: &[OpenCase],
    now: Timestamp,
) -> Result<Vec<UnitLine>, StoreError> {
    let mut units: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in open {
        let working = case.responsible.as_deref().unwrap_or(&case.supervising);
        let (count, late) = units.entry(working).or_default();
        *count += 1;
        *late += usize::from(is_late(case, now));
    }
    let mut lines = Vec::new();
    for (id, (count, overdue)) in units {
        let found = domain::id::OrganisationId::try_from(id)
            .ok()
            .map(|id| organisations::find(tx, &id))
            .transpose()?
            .flatten();
        lines.push(UnitLine {
            id: id.to_owned(),
            name: found.map(|unit| unit.name).unwrap_or_default(),
            open: count,
            overdue,
        });
    }
    Ok(lines)
}

/// By township; what belongs to a county or a city itself stands under that.
fn by_township(
    tx: &mut Tx<'_>,
    open: &[OpenCase],
    now: Timestamp,
) -> Result<Vec<RegionLine>, StoreError> {
    let mut places: BTreeMap<RegionCode, (usize, usize)> = BTreeMap::new();
    for case in open {
        let place = case.region.at(Level::Township);
        let (count, late) = places
            .entry(place.unwrap_or_else(|| case.region.clone()))
            .or_default();
        *count += 1;
        *late += usize::from(is_late(case, now));
    }
    let mut lines = Vec::new();
    for (code, (open, overdue)) in places {
        let name = regions::short_name(tx, &code)?;
        lines.push(RegionLine {
            name: name.unwrap_or_else(|| code.to_string()),
            code,
            open,
            overdue,
        });
    }
    Ok(lines)
}
