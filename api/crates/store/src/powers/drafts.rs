//! Versions that are being written: one for an item of a region at a time.

use diesel::prelude::*;
use domain::id::{PowerDraftId, StaffId};
use domain::power::ListKind;
use domain::region::RegionCode;
use domain::time::Timestamp;

use super::Content;
use crate::Tx;
use crate::error::StoreError;
use crate::schema::power_drafts;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: PowerDraftId,
    /// Whose list it is for.
    pub region_code: RegionCode,
    /// Which list.
    pub list: ListKind,
    /// The item's code within the list.
    pub code: String,
    /// The item as it is to be; `None` takes the region's own item out of force.
    pub content: Option<Content>,
    /// The version of the region's own item that it follows; 0 where there is none.
    pub based_on: i32,
    /// Who wrote it last.
    pub staff: StaffId,
    /// When, in case time.
    pub updated_at: Timestamp,
    /// Rises with every change.
    pub version: i32,
}

type Row = (
    String,
    String,
    String,
    String,
    Option<String>,
    i32,
    String,
    i64,
    i32,
);

fn draft(
    (id, region, list, code, body, based_on, staff, updated_at, version): Row,
) -> Result<Draft, StoreError> {
    let corrupt = || StoreError::Corrupt("power_drafts", id.clone());
    Ok(Draft {
        region_code: RegionCode::try_from(region).map_err(|_| corrupt())?,
        list: ListKind::parse(&list).ok_or_else(corrupt)?,
        content: body
            .map(|body| serde_json::from_str(&body))
            .transpose()
            .map_err(|_| corrupt())?,
        staff: StaffId::try_from(staff).map_err(|_| corrupt())?,
        updated_at: Timestamp::from_micros(updated_at),
        id: PowerDraftId::try_from(id.clone()).map_err(|_| corrupt())?,
        code,
        based_on,
        version,
    })
}

/// One draft.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, id: &PowerDraftId) -> Result<Option<Draft>, StoreError> {
    let row: Option<Row> = power_drafts::table
        .find(id.as_str())
        .get_result(tx.0)
        .optional()?;
    row.map(draft).transpose()
}

/// The drafts of a list of a region, by the items' codes.
///
/// # Errors
/// [`StoreError`].
pub fn of(tx: &mut Tx<'_>, region: &RegionCode, list: ListKind) -> Result<Vec<Draft>, StoreError> {
    let rows: Vec<Row> = power_drafts::table
        .filter(power_drafts::region_code.eq(region.as_str()))
        .filter(power_drafts::list.eq(list.as_str()))
        .order(power_drafts::code)
        .load(tx.0)?;
    rows.into_iter().map(draft).collect()
}

/// Whether somebody is writing at an item of a region already.
///
/// # Errors
/// [`StoreError`].
pub fn is_open(tx: &mut Tx<'_>, region: &RegionCode, code: &str) -> Result<bool, StoreError> {
    let one = power_drafts::table
        .filter(power_drafts::region_code.eq(region.as_str()))
        .filter(power_drafts::code.eq(code));
    Ok(diesel::select(diesel::dsl::exists(one)).get_result(tx.0)?)
}

/// Keeps a draft: the first version of it, or the next. `draft.version` is the one it gets.
///
/// # Errors
/// [`StoreError::Conflict`] when the item has another draft, [`StoreError::Stale`] when this one is not at the version
/// before.
pub fn put(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), StoreError> {
    let corrupt = || StoreError::Corrupt("power_drafts", draft.id.to_string());
    let body = draft
        .content
        .as_ref()
        .map(|content| {
            let bytes = domain::canon::canonical_json(content).map_err(|_| corrupt())?;
            String::from_utf8(bytes).map_err(|_| corrupt())
        })
        .transpose()?;
    let values = (
        power_drafts::body.eq(body),
        power_drafts::based_on.eq(draft.based_on),
        power_drafts::staff_id.eq(draft.staff.as_str()),
        power_drafts::updated_at.eq(draft.updated_at.micros()),
        power_drafts::version.eq(draft.version),
    );
    if draft.version == 1 {
        diesel::insert_into(power_drafts::table)
            .values((
                power_drafts::id.eq(draft.id.as_str()),
                power_drafts::region_code.eq(draft.region_code.as_str()),
                power_drafts::list.eq(draft.list.as_str()),
                power_drafts::code.eq(&draft.code),
                values,
            ))
            .execute(tx.0)?;
        return Ok(());
    }
    let seen = power_drafts::table
        .find(draft.id.as_str())
        .filter(power_drafts::version.eq(draft.version - 1));
    match diesel::update(seen).set(values).execute(tx.0)? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// The draft is published, or thrown away.
///
/// # Errors
/// [`StoreError::Stale`] when it is not at this version.
pub fn end(tx: &mut Tx<'_>, id: &PowerDraftId, version: i32) -> Result<(), StoreError> {
    let seen = power_drafts::table
        .find(id.as_str())
        .filter(power_drafts::version.eq(version));
    match diesel::delete(seen).execute(tx.0)? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}
