//! Micro-power lists: each item with all its versions. A version is never changed; the next one follows it.

use diesel::prelude::*;
use domain::id::PowerId;
use domain::power::{ListKind, PowerItem, VersionChange};
use domain::region::RegionCode;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{power_versions, powers};

pub mod drafts;

/// What a version says: the item, and what its file says about all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The place in its list, counted from 1.
    pub no: u32,
    /// Who made the list from what.
    pub source: String,
    /// Under which terms others may use it.
    pub licence: String,
    /// The item; the digest of the version is over this.
    pub item: PowerItem,
    /// Of an item that stands in for one of a list above: which, and in which version when this was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Overridden>,
}

/// An item of a list above, in the version that somebody saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// Its id.
    pub id: PowerId,
    /// The version.
    pub version: i32,
}

/// A power in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Power {
    /// Its id, the same through all versions.
    pub id: PowerId,
    /// Whose list it is in.
    pub region_code: RegionCode,
    /// Which list.
    pub list: ListKind,
    /// Whether its latest version is in force.
    pub in_force: bool,
    /// The version.
    pub version: i32,
    /// What it says.
    pub content: Content,
    /// SHA-256 over the canonical JSON of the item, in hexadecimal.
    pub content_sha256: String,
    /// When the version was published, in case time.
    pub published_at: Timestamp,
    /// What the version did.
    pub change: VersionChange,
    /// Why, in words for everybody, where somebody said.
    pub reason: Option<String>,
}

type Row = (
    String,
    String,
    String,
    bool,
    i32,
    String,
    String,
    i64,
    String,
    Option<String>,
);

const COLUMNS: (
    powers::id,
    powers::region_code,
    powers::list,
    powers::in_force,
    power_versions::version,
    power_versions::body,
    power_versions::content_sha256,
    power_versions::published_at,
    power_versions::change,
    power_versions::reason,
) = (
    powers::id,
    powers::region_code,
    powers::list,
    powers::in_force,
    power_versions::version,
    power_versions::body,
    power_versions::content_sha256,
    power_versions::published_at,
    power_versions::change,
    power_versions::reason,
);

fn power(
    (id, region, list, in_force, version, body, content_sha256, at, change, reason): Row,
) -> Result<Power, StoreError> {
    let corrupt = || StoreError::Corrupt("power_versions", format!("{id}/{version}"));
    Ok(Power {
        region_code: RegionCode::try_from(region).map_err(|_| corrupt())?,
        list: ListKind::parse(&list).ok_or_else(corrupt)?,
        change: VersionChange::parse(&change).ok_or_else(corrupt)?,
        in_force,
        reason,
        content: serde_json::from_str(&body).map_err(|_| corrupt())?,
        id: PowerId::try_from(id.clone()).map_err(|_| corrupt())?,
        version,
        content_sha256,
        published_at: Timestamp::from_micros(at),
    })
}

/// The items of all lists of all these regions, each in its latest version, in force or not, the highest region first.
///
/// # Errors
/// [`StoreError`].
pub fn of_regions(tx: &mut Tx<'_>, regions: &[RegionCode]) -> Result<Vec<Power>, StoreError> {
    let codes: Vec<&str> = regions.iter().map(RegionCode::as_str).collect();
    let rows: Vec<Row> = powers::table
        .inner_join(
            power_versions::table.on(power_versions::power_id
                .eq(powers::id)
                .and(power_versions::version.eq(powers::version))),
        )
        .filter(powers::region_code.eq_any(codes))
        .order((powers::region_code, powers::code))
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter().map(power).collect()
}

/// One item, in its current version or in a given one.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    tx: &mut Tx<'_>,
    id: &PowerId,
    version: Option<i32>,
) -> Result<Option<Power>, StoreError> {
    let mut query = powers::table
        .inner_join(power_versions::table.on(power_versions::power_id.eq(powers::id)))
        .filter(powers::id.eq(id.as_str()))
        .select(COLUMNS)
        .into_boxed();
    query = match version {
        Some(version) => query.filter(power_versions::version.eq(version)),
        None => query.filter(power_versions::version.eq(powers::version)),
    };
    let row: Option<Row> = query.first(tx.0).optional()?;
    row.map(power).transpose()
}

/// A page of an item's versions, the newest first, those before `before`; empty when there is no such item.
///
/// # Errors
/// [`StoreError`].
pub fn versions(
    tx: &mut Tx<'_>,
    id: &PowerId,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<Power>, StoreError> {
    let mut query = powers::table
        .inner_join(power_versions::table.on(power_versions::power_id.eq(powers::id)))
        .filter(powers::id.eq(id.as_str()))
        .order(power_versions::version.desc())
        .limit(limit)
        .select(COLUMNS)
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(power_versions::version.lt(before));
    }
    let rows: Vec<Row> = query.load(tx.0)?;
    rows.into_iter().map(power).collect()
}

/// Publishes a version: the first of a new item, or the next of one that is there.
///
/// # Errors
/// [`StoreError::Stale`] when the item has moved on meanwhile.
pub fn publish(tx: &mut Tx<'_>, new: &Power) -> Result<(), StoreError> {
    let corrupt = || StoreError::Corrupt("power_versions", new.id.to_string());
    if new.version == 1 {
        diesel::insert_into(powers::table)
            .values((
                powers::id.eq(new.id.as_str()),
                powers::region_code.eq(new.region_code.as_str()),
                powers::code.eq(&new.content.item.code),
                powers::version.eq(new.version),
                powers::list.eq(new.list.as_str()),
                powers::in_force.eq(new.in_force),
            ))
            .execute(tx.0)?;
    } else {
        let moved = diesel::update(
            powers::table
                .find(new.id.as_str())
                .filter(powers::version.eq(new.version - 1)),
        )
        .set((
            powers::version.eq(new.version),
            powers::in_force.eq(new.in_force),
        ))
        .execute(tx.0)?;
        if moved == 0 {
            return Err(StoreError::Stale);
        }
    }
    let body = domain::canon::canonical_json(&new.content).map_err(|_| corrupt())?;
    diesel::insert_into(power_versions::table)
        .values((
            power_versions::power_id.eq(new.id.as_str()),
            power_versions::version.eq(new.version),
            power_versions::body.eq(String::from_utf8(body).map_err(|_| corrupt())?),
            power_versions::content_sha256.eq(&new.content_sha256),
            power_versions::published_at.eq(new.published_at.micros()),
            power_versions::change.eq(new.change.as_str()),
            power_versions::reason.eq(&new.reason),
        ))
        .execute(tx.0)?;
    Ok(())
}
