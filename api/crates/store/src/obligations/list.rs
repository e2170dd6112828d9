//! Reading obligations: one, a page of a region's, and how many of each village stand how.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::disclosure::period::Period;
use domain::id::ObligationId;
use domain::obligation::{Counts, Standing, Status};
use domain::region::RegionCode;
use domain::time::Timestamp;

use super::Record;
use super::rows::{self, COLUMNS, Row};
use crate::Tx;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::schema::{disclosures, obligations};

type Backend = <Conn as diesel::Connection>::Backend;

/// A place in a list: when it is due, and the id.
pub type Place = (i64, String);

/// Which obligations to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// That stand like this.
    pub status: Option<Status>,
    /// Of exactly this period.
    pub period: Option<Period>,
    /// Of this matter.
    pub item: Option<String>,
    /// Due at this instant or later.
    pub due_from: Option<Timestamp>,
    /// After this place, from the latest due date on.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: i64,
}

/// The publication that settles an obligation, while it stands.
macro_rules! with_what_stands {
    () => {
        obligations::table.left_join(
            disclosures::table.on(disclosures::id
                .nullable()
                .eq(obligations::disclosure_id)
                .and(disclosures::state.eq("published"))),
        )
    };
}

/// One obligation.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find(tx: &mut Tx<'_>, id: &ObligationId) -> Result<Option<Record>, StoreError> {
    let row: Option<(Row, Option<String>)> = with_what_stands!()
        .filter(obligations::id.eq(id.as_str()))
        .select((COLUMNS, disclosures::id.nullable()))
        .get_result(tx.0)
        .optional()?;
    row.map(|(row, stands)| rows::record(row, stands))
        .transpose()
}

/// The obligations of a region and of what lies in it, the latest due date first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn list(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    filter: &Filter,
    now: Timestamp,
) -> Result<Vec<Record>, StoreError> {
    let mut query = with_what_stands!()
        .filter(obligations::region_code.like(format!("{}%", region.prefix())))
        .order((obligations::due_at.desc(), obligations::id.desc()))
        .limit(filter.limit)
        .select((COLUMNS, disclosures::id.nullable()))
        .into_boxed::<Backend>();
    if let Some(period) = filter.period {
        query = query.filter(obligations::period.eq(period.to_string()));
    }
    if let Some(item) = &filter.item {
        query = query.filter(obligations::item.eq(item.clone()));
    }
    if let Some(from) = filter.due_from {
        query = query.filter(obligations::due_at.ge(from.micros()));
    }
    if let Some((due, id)) = &filter.after {
        query = query.filter(
            obligations::due_at.lt(*due).or(obligations::due_at
                .eq(*due)
                .and(obligations::id.lt(id.clone()))),
        );
    }
    let micros = now.micros();
    let due = obligations::due_at;
    query = match filter.status {
        None => query,
        Some(Status::OnTime) => query
            .filter(disclosures::id.nullable().is_not_null())
            .filter(obligations::settled_at.lt(due.nullable())),
        Some(Status::Late) => query
            .filter(disclosures::id.nullable().is_not_null())
            .filter(obligations::settled_at.ge(due.nullable())),
        Some(Status::Due) => query
            .filter(disclosures::id.nullable().is_null())
            .filter(obligations::struck_at.is_null())
            .filter(due.gt(micros)),
        Some(Status::Overdue) => query
            .filter(disclosures::id.nullable().is_null())
            .filter(obligations::struck_at.is_null())
            .filter(due.le(micros))
            .filter(obligations::missing_at.gt(micros)),
        Some(Status::Missing) => query
            .filter(disclosures::id.nullable().is_null())
            .filter(obligations::struck_at.is_null())
            .filter(due.le(micros))
            .filter(obligations::missing_at.le(micros)),
        Some(Status::Struck) => query.filter(obligations::struck_at.is_not_null()),
    };
    let found: Vec<(Row, Option<String>)> = query.load(tx.0)?;
    let mut records = found
        .into_iter()
        .map(|(row, stands)| rows::record(row, stands))
        .collect::<Result<Vec<_>, _>>()?;
    // The same rule once more, in the domain's words: SQL alone never decides.
    if let Some(wanted) = filter.status {
        records.retain(|record| record.standing().status(now) == wanted);
    }
    Ok(records)
}

/// How many obligations of each village of a region stand how at `now`, of those due at `from` or later; without what was
/// struck.
///
/// # Errors
/// [`StoreError`].
pub fn counts(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    period: Option<Period>,
    from: Timestamp,
    now: Timestamp,
) -> Result<BTreeMap<String, Counts>, StoreError> {
    type Short = (String, i64, i64, Option<i64>, Option<String>);
    let mut query = with_what_stands!()
        .filter(obligations::region_code.like(format!("{}%", region.prefix())))
        .filter(obligations::due_at.ge(from.micros()))
        .filter(obligations::struck_at.is_null())
        .select((
            obligations::region_code,
            obligations::due_at,
            obligations::missing_at,
            obligations::settled_at,
            disclosures::id.nullable(),
        ))
        .into_boxed::<Backend>();
    if let Some(period) = period {
        query = query.filter(obligations::period.eq(period.to_string()));
    }
    let rows: Vec<Short> = query.load(tx.0)?;
    let mut all: BTreeMap<String, Counts> = BTreeMap::new();
    for (code, due, missing, settled, stands) in rows {
        let standing = Standing {
            due_at: Timestamp::from_micros(due),
            missing_at: Timestamp::from_micros(missing),
            settled_at: stands.and(settled).map(Timestamp::from_micros),
            is_struck: false,
        };
        all.entry(code).or_default().add(standing.status(now));
    }
    Ok(all)
}

/// What a village has not published though it was due: how many, and the one that is late for the longest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub oldest: Record,
}

/// Those of one village; `None` when nothing is late.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn unmet_since(
    tx: &mut Tx<'_>,
    village: &RegionCode,
    now: Timestamp,
) -> Result<Option<Told>, StoreError> {
    let found: Vec<(Row, Option<String>)> = with_what_stands!()
        .filter(obligations::region_code.eq(village.as_str()))
        .filter(obligations::due_at.le(now.micros()))
        .filter(obligations::struck_at.is_null())
        .filter(disclosures::id.nullable().is_null())
        .order((obligations::due_at.asc(), obligations::id.asc()))
        .select((COLUMNS, disclosures::id.nullable()))
        .load(tx.0)?;
    let count = found.len();
    let oldest = found.into_iter().next();
    let oldest = oldest.map(|(row, stands)| rows::record(row, stands));
    Ok(oldest.transpose()?.map(|oldest| Told { count, oldest }))
}

/// The obligation that a village has for the same matter and period, or event. None that was struck: an event that was
/// written down by mistake may happen all the same.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn same(tx: &mut Tx<'_>, record: &Record) -> Result<Option<Record>, StoreError> {
    let event = record.event.as_ref().map_or("", |event| event.id.as_str());
    let row: Option<(Row, Option<String>)> = with_what_stands!()
        .filter(obligations::region_code.eq(record.region.as_str()))
        .filter(obligations::item.eq(&record.item))
        .filter(obligations::period.eq(record.period.to_string()))
        .filter(obligations::event.eq(event))
        .filter(obligations::struck_at.is_null())
        .select((COLUMNS, disclosures::id.nullable()))
        .first(tx.0)
        .optional()?;
    row.map(|(row, stands)| rows::record(row, stands))
        .transpose()
}
