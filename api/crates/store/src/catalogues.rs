//! Catalogues of what must be published when: each region's versions, each kept whole. The shipped one is version 1 of
//! every county and stands in no row.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::dsl::max;
use diesel::prelude::*;
use domain::id::StaffId;
use domain::obligation::catalogue::{Catalogue, Item, Layer, SHIPPED};
use domain::obligation::shipped;
use domain::region::{Level, RegionCode};
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::catalogues;

type Known = HashMap<(RegionCode, i32), Arc<Catalogue>>;

/// Versions read before: they never change. Clones share what they know.
#[derive(Clone, Default)]
pub struct CatalogueCache(Arc<Mutex<Known>>);

impl CatalogueCache {
    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A version that a region has set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// It.
    pub layer: Layer,
    /// Who proposed it.
    pub proposed_by: Option<String>,
    /// Who decided it.
    pub decided_by: Option<String>,
}

fn corrupt(region: &str, version: i32) -> StoreError {
    StoreError::Corrupt("catalogues", format!("{region}/{version}"))
}

/// Every version that counts in a region: its own and those of the township and the county it lies in.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn layers(
    tx: &mut Tx<'_>,
    cache: &CatalogueCache,
    region: &RegionCode,
) -> Result<Vec<Layer>, StoreError> {
    let place: Vec<String> = region
        .and_above()
        .into_iter()
        .filter(|above| above.level() <= Level::County)
        .map(String::from)
        .collect();
    let rows: Vec<(String, i32, i64)> = catalogues::table
        .filter(catalogues::region_code.eq_any(place))
        .order((catalogues::region_code, catalogues::version))
        .select((
            catalogues::region_code,
            catalogues::version,
            catalogues::begun_at,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(code, version, begun)| {
            let region = RegionCode::try_from(code).map_err(|_| corrupt("", version))?;
            Ok(Layer {
                catalogue: of_version(tx, cache, &region, version)?,
                region,
                version,
                begun_at: Timestamp::from_micros(begun),
            })
        })
        .collect()
}

/// A region's catalogue in one of the versions it has set.
///
/// # Errors
/// [`StoreError::Corrupt`] when that version was never set.
pub fn of_version(
    tx: &mut Tx<'_>,
    cache: &CatalogueCache,
    region: &RegionCode,
    version: i32,
) -> Result<Arc<Catalogue>, StoreError> {
    let key = (region.clone(), version);
    if let Some(known) = cache.lock().get(&key) {
        return Ok(Arc::clone(known));
    }
    let body: Option<String> = catalogues::table
        .find((region.as_str(), version))
        .select(catalogues::body)
        .get_result(tx.0)
        .optional()?;
    let read = body.and_then(|body| serde_json::from_str(&body).ok());
    let catalogue: Arc<Catalogue> =
        Arc::new(read.ok_or_else(|| corrupt(region.as_str(), version))?);
    cache.lock().insert(key, Arc::clone(&catalogue));
    Ok(catalogue)
}

/// A matter as an obligation keeps it: by the catalogue it is from.
///
/// # Errors
/// [`StoreError::Corrupt`] when that catalogue has no such matter.
pub fn item(
    tx: &mut Tx<'_>,
    cache: &CatalogueCache,
    (region, version): (Option<&RegionCode>, i32),
    code: &str,
) -> Result<Item, StoreError> {
    let found = match region {
        None => shipped::catalogue().item(code).cloned(),
        Some(region) => of_version(tx, cache, region, version)?.item(code).cloned(),
    };
    found.ok_or_else(|| corrupt(region.map_or("shipped", RegionCode::as_str), version))
}

/// The newest version of a region's own: of a county that has set none the shipped one's, of others 0.
///
/// # Errors
/// [`StoreError`].
pub fn newest(tx: &mut Tx<'_>, region: &RegionCode) -> Result<i32, StoreError> {
    let newest: Option<i32> = catalogues::table
        .filter(catalogues::region_code.eq(region.as_str()))
        .select(max(catalogues::version))
        .get_result(tx.0)?;
    let before = match region.level() {
        Level::County => SHIPPED,
        _ => 0,
    };
    Ok(newest.unwrap_or(before))
}

/// The versions a region has set, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn history(
    tx: &mut Tx<'_>,
    cache: &CatalogueCache,
    region: &RegionCode,
) -> Result<Vec<Version>, StoreError> {
    type Row = (i32, i64, Option<String>, Option<String>);
    let rows: Vec<Row> = catalogues::table
        .filter(catalogues::region_code.eq(region.as_str()))
        .order(catalogues::version.desc())
        .select((
            catalogues::version,
            catalogues::begun_at,
            catalogues::proposed_by,
            catalogues::decided_by,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(version, begun, proposed_by, decided_by)| {
            Ok(Version {
                layer: Layer {
                    region: region.clone(),
                    version,
                    begun_at: Timestamp::from_micros(begun),
                    catalogue: of_version(tx, cache, region, version)?,
                },
                proposed_by,
                decided_by,
            })
        })
        .collect()
}

/// Makes a catalogue the region's newest. Its number must be the next one; what the cache knows by that number is from a
/// transaction that came to nothing.
///
/// # Errors
/// [`StoreError::Conflict`] when the number is taken.
pub fn set(
    tx: &mut Tx<'_>,
    cache: &CatalogueCache,
    layer: &Layer,
    proposed_by: Option<&StaffId>,
    decided_by: Option<&StaffId>,
) -> Result<(), StoreError> {
    let (region, version) = (layer.region.as_str(), layer.version);
    let body = serde_json::to_string(&*layer.catalogue).map_err(|_| corrupt(region, version))?;
    diesel::insert_into(catalogues::table)
        .values((
            catalogues::region_code.eq(region),
            catalogues::version.eq(version),
            catalogues::body.eq(body),
            catalogues::begun_at.eq(layer.begun_at.micros()),
            catalogues::proposed_by.eq(proposed_by.map(StaffId::as_str)),
            catalogues::decided_by.eq(decided_by.map(StaffId::as_str)),
        ))
        .execute(tx.0)?;
    cache.lock().remove(&(layer.region.clone(), version));
    Ok(())
}
