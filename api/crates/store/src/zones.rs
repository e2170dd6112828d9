//! Zones (片区): townships of a county that may look into each other's affairs.

use std::sync::Arc;

use diesel::prelude::*;
use domain::id::{OrganisationId, ZoneId};
use domain::region::{Level, RegionCode};

use crate::Tx;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::schema::{zone_townships, zones};

/// A zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its id.
    pub id: ZoneId,
    /// The county it belongs to.
    pub county: RegionCode,
    /// What people call it.
    pub name: String,
    /// The organisation that leads it and is told of what is late.
    pub lead: OrganisationId,
    /// Its townships.
    pub townships: Vec<RegionCode>,
    /// Rises with every change.
    pub version: i32,
}

type Row = (String, String, String, String, i32);

const COLUMNS: (
    zones::id,
    zones::county_code,
    zones::name,
    zones::lead_organisation_id,
    zones::version,
) = (
    zones::id,
    zones::county_code,
    zones::name,
    zones::lead_organisation_id,
    zones::version,
);

fn read(tx: &mut Tx<'_>, (id, county, name, lead, version): Row) -> Result<Zone, StoreError> {
    let corrupt = || StoreError::Corrupt("zones", id.clone());
    let codes: Vec<String> = zone_townships::table
        .filter(zone_townships::zone_id.eq(&id))
        .order(zone_townships::township_code)
        .select(zone_townships::township_code)
        .load(tx.0)?;
    Ok(Zone {
        county: RegionCode::try_from(county).map_err(|_| corrupt())?,
        lead: OrganisationId::try_from(lead).map_err(|_| corrupt())?,
        townships: codes
            .into_iter()
            .map(|code| RegionCode::try_from(code).map_err(|_| corrupt()))
            .collect::<Result<_, _>>()?,
        id: ZoneId::try_from(id.clone()).map_err(|_| corrupt())?,
        name,
        version,
    })
}

/// One zone.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, id: &ZoneId) -> Result<Option<Zone>, StoreError> {
    let row: Option<Row> = zones::table
        .find(id.as_str())
        .select(COLUMNS)
        .get_result(tx.0)
        .optional()?;
    row.map(|row| read(tx, row)).transpose()
}

/// The zones of the counties in a region.
///
/// # Errors
/// [`StoreError`].
pub fn within(tx: &mut Tx<'_>, region: &RegionCode) -> Result<Vec<Zone>, StoreError> {
    let rows: Vec<Row> = zones::table
        .filter(zones::county_code.like(format!("{}%", region.prefix())))
        .order((zones::county_code, zones::id))
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter().map(|row| read(tx, row)).collect()
}

/// The zone that a region lies in.
///
/// # Errors
/// [`StoreError`].
pub fn of(tx: &mut Tx<'_>, region: &RegionCode) -> Result<Option<Zone>, StoreError> {
    let Some(township) = region.at(Level::Township) else {
        return Ok(None);
    };
    let question = Question::Zone(township.to_string());
    directory::known(tx, question, |tx| read_of(tx, &township)).map(Arc::unwrap_or_clone)
}

fn read_of(tx: &mut Tx<'_>, township: &RegionCode) -> Result<Option<Zone>, StoreError> {
    let id: Option<String> = zone_townships::table
        .find(township.as_str())
        .select(zone_townships::zone_id)
        .get_result(tx.0)
        .optional()?;
    match id.map(ZoneId::try_from) {
        None => Ok(None),
        Some(Ok(id)) => find(tx, &id),
        Some(Err(_)) => Err(StoreError::Corrupt("zone_townships", township.to_string())),
    }
}

/// Founds a zone, or gives it another name, lead and townships. `zone.version` is the one it gets.
///
/// # Errors
/// [`StoreError::Stale`] when it is not at the version before, [`StoreError::Conflict`] when a township
/// belongs to another zone.
pub fn put(tx: &mut Tx<'_>, zone: &Zone) -> Result<(), StoreError> {
    directory::changes(tx);
    let id = zone.id.as_str();
    if zone.version == 1 {
        diesel::insert_into(zones::table)
            .values((
                zones::id.eq(id),
                zones::county_code.eq(zone.county.as_str()),
                zones::name.eq(&zone.name),
                zones::lead_organisation_id.eq(zone.lead.as_str()),
                zones::version.eq(1),
            ))
            .execute(tx.0)?;
    } else {
        let changed = diesel::update(
            zones::table
                .find(id)
                .filter(zones::version.eq(zone.version - 1)),
        )
        .set((
            zones::name.eq(&zone.name),
            zones::lead_organisation_id.eq(zone.lead.as_str()),
            zones::version.eq(zone.version),
        ))
        .execute(tx.0)?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        diesel::delete(zone_townships::table.filter(zone_townships::zone_id.eq(id)))
            .execute(tx.0)?;
    }
    for township in &zone.townships {
        diesel::insert_into(zone_townships::table)
            .values((
                zone_townships::township_code.eq(township.as_str()),
                zone_townships::zone_id.eq(id),
            ))
            .execute(tx.0)?;
    }
    Ok(())
}
