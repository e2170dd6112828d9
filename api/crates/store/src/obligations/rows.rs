//! Rows of obligations and the records made of them.

use diesel::prelude::*;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::id::{DisclosureId, ObligationId};
use domain::region::RegionCode;
use domain::time::{Timestamp, parse_day};

use super::{Event, Record, Settled, Struck};
use crate::error::StoreError;
use crate::schema::obligations;

/// The columns of a record, in the order of [`Row`].
pub(super) type Columns = (
    obligations::id,
    obligations::region_code,
    obligations::item,
    obligations::kind,
    obligations::period,
    obligations::event,
    obligations::event_on,
    obligations::title,
    obligations::catalogue_region,
    obligations::catalogue_version,
    obligations::policy_version,
    obligations::body,
    obligations::missing_at,
    obligations::settled_at,
    obligations::reopened_at,
    obligations::edition,
    obligations::created_at,
    obligations::struck_at,
    obligations::struck_reason,
);

pub(super) const COLUMNS: Columns = (
    obligations::id,
    obligations::region_code,
    obligations::item,
    obligations::kind,
    obligations::period,
    obligations::event,
    obligations::event_on,
    obligations::title,
    obligations::catalogue_region,
    obligations::catalogue_version,
    obligations::policy_version,
    obligations::body,
    obligations::missing_at,
    obligations::settled_at,
    obligations::reopened_at,
    obligations::edition,
    obligations::created_at,
    obligations::struck_at,
    obligations::struck_reason,
);

#[derive(Queryable)]
pub(super) struct Row {
    id: String,
    region_code: String,
    item: String,
    kind: String,
    period: String,
    event: String,
    event_on: Option<String>,
    title: String,
    catalogue_region: Option<String>,
    catalogue_version: i32,
    policy_version: i32,
    body: String,
    missing_at: i64,
    settled_at: Option<i64>,
    reopened_at: Option<i64>,
    edition: i32,
    created_at: i64,
    struck_at: Option<i64>,
    struck_reason: Option<String>,
}

/// The record of a row and of the publication that stands for it.
pub(super) fn record(row: Row, stands: Option<String>) -> Result<Record, StoreError> {
    let id = row.id.clone();
    read(row, stands).ok_or(StoreError::Corrupt("obligations", id))
}

fn read(row: Row, stands: Option<String>) -> Option<Record> {
    let event = match row.event_on {
        Some(day) => Some(Event {
            id: row.event,
            on: parse_day(&day)?,
        }),
        None => None,
    };
    // What was taken back settles nothing, whatever the row still says.
    let settled = match (row.settled_at, stands) {
        (Some(at), Some(disclosure)) => Some(Settled {
            at: Timestamp::from_micros(at),
            disclosure: DisclosureId::try_from(disclosure).ok()?,
        }),
        _ => None,
    };
    Some(Record {
        id: ObligationId::try_from(row.id).ok()?,
        region: RegionCode::try_from(row.region_code).ok()?,
        item: row.item,
        kind: DisclosureKind::parse(&row.kind)?,
        period: Period::parse(&row.period).ok()?,
        event,
        title: row.title,
        catalogue_region: row
            .catalogue_region
            .map(RegionCode::try_from)
            .transpose()
            .ok()?,
        catalogue_version: row.catalogue_version,
        policy_version: row.policy_version,
        clock: serde_json::from_str(&row.body).ok()?,
        missing_at: Timestamp::from_micros(row.missing_at),
        settled,
        reopened_at: row.reopened_at.map(Timestamp::from_micros),
        edition: row.edition,
        created_at: Timestamp::from_micros(row.created_at),
        struck: row.struck_at.map(|at| Struck {
            at: Timestamp::from_micros(at),
            reason: row.struck_reason.unwrap_or_default(),
        }),
    })
}
