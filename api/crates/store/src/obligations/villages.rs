//! The villages that take part. One does from its first clerk or committee member, or from its first publication, on,
//! and for ever: whoever has begun to disclose cannot stop by closing an account.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::region::{Level, RegionCode};
use domain::role::Role;
use domain::time::{Day, Timestamp, parse_day};

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::{obligation_villages, staff};

/// A village that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Village {
    /// Which.
    pub region: RegionCode,
    /// Since when.
    pub since: Timestamp,
    /// The day up to which its obligations are written; `None` before the first time.
    pub grown_to: Option<Day>,
}

type Row = (String, i64, Option<String>);

const COLUMNS: (
    obligation_villages::region_code,
    obligation_villages::since,
    obligation_villages::grown_to,
) = (
    obligation_villages::region_code,
    obligation_villages::since,
    obligation_villages::grown_to,
);

fn read((code, since, grown_to): Row) -> Result<Village, StoreError> {
    let corrupt = || StoreError::Corrupt("obligation_villages", code.clone());
    let grown_to = match &grown_to {
        Some(day) => Some(parse_day(day).ok_or_else(corrupt)?),
        None => None,
    };
    Ok(Village {
        region: RegionCode::try_from(code.as_str()).map_err(|_| corrupt())?,
        since: Timestamp::from_micros(since),
        grown_to,
    })
}

/// Villages with a clerk or a committee member that do not take part yet.
///
/// # Errors
/// [`StoreError`].
pub fn strangers(tx: &mut Tx<'_>) -> Result<Vec<RegionCode>, StoreError> {
    let roles = [Role::VillageClerk, Role::CommitteeMember].map(Role::as_str);
    let rows: Vec<String> = staff::table
        .left_join(
            obligation_villages::table.on(obligation_villages::region_code.eq(staff::region_code)),
        )
        .filter(staff::role.eq_any(roles))
        .filter(obligation_villages::region_code.nullable().is_null())
        .select(staff::region_code)
        .distinct()
        .load(tx.0)?;
    let codes = rows.into_iter().map(|code| {
        RegionCode::try_from(code.as_str()).map_err(|_| StoreError::Corrupt("staff", code))
    });
    let all = codes.collect::<Result<Vec<_>, _>>()?;
    // An account that was given a wider region than its role has makes no village.
    Ok(all
        .into_iter()
        .filter(|code| code.level() == Level::Village)
        .collect())
}

/// A village takes part from `at` on; nothing changes when it did.
///
/// # Errors
/// [`StoreError`].
pub fn join(tx: &mut Tx<'_>, region: &RegionCode, at: Timestamp) -> Result<(), StoreError> {
    let values = (
        obligation_villages::region_code.eq(region.as_str()),
        obligation_villages::since.eq(at.micros()),
        obligation_villages::grown_to.eq(None::<String>),
        obligation_villages::next_open.eq(""),
    );
    on_backend!(tx, c => diesel::insert_into(obligation_villages::table)
        .values(values).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The same, in a transaction that has a publication: looked for first, because on PostgreSQL a row that is written in
/// vain stands in the way of others too.
pub(super) fn joins(tx: &mut Tx<'_>, region: &RegionCode, at: Timestamp) -> Result<(), StoreError> {
    if region.level() != Level::Village || village(tx, region)?.is_some() {
        return Ok(());
    }
    join(tx, region, at)
}

/// One village; `None` while it does not take part.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn village(tx: &mut Tx<'_>, region: &RegionCode) -> Result<Option<Village>, StoreError> {
    let row: Option<Row> = obligation_villages::table
        .find(region.as_str())
        .select(COLUMNS)
        .get_result(tx.0)
        .optional()?;
    row.map(read).transpose()
}

/// Villages in which something may open by `today`, in the order of their codes.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn opening(tx: &mut Tx<'_>, today: Day, limit: i64) -> Result<Vec<Village>, StoreError> {
    let rows: Vec<Row> = obligation_villages::table
        .filter(obligation_villages::next_open.le(today.to_string()))
        .order((
            obligation_villages::next_open,
            obligation_villages::region_code,
        ))
        .limit(limit)
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter().map(read).collect()
}

/// Its obligations are written up to a day; the next may open on another.
///
/// # Errors
/// [`StoreError`].
pub fn grown_to(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    today: Day,
    next_open: Day,
) -> Result<(), StoreError> {
    diesel::update(obligation_villages::table.find(region.as_str()))
        .set((
            obligation_villages::grown_to.eq(today.to_string()),
            obligation_villages::next_open.eq(next_open.to_string()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Its obligations could not be written: not before another day.
///
/// # Errors
/// [`StoreError`].
pub fn put_off_opening(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    next_open: Day,
) -> Result<(), StoreError> {
    diesel::update(obligation_villages::table.find(region.as_str()))
        .set(obligation_villages::next_open.eq(next_open.to_string()))
        .execute(tx.0)?;
    Ok(())
}

/// The villages of a region that take part.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn taking_part(
    tx: &mut Tx<'_>,
    region: &RegionCode,
) -> Result<BTreeSet<RegionCode>, StoreError> {
    let rows: Vec<String> = obligation_villages::table
        .filter(obligation_villages::region_code.like(format!("{}%", region.prefix())))
        .select(obligation_villages::region_code)
        .load(tx.0)?;
    rows.into_iter()
        .map(|code| {
            RegionCode::try_from(code.as_str())
                .map_err(|_| StoreError::Corrupt("obligation_villages", code))
        })
        .collect()
}
