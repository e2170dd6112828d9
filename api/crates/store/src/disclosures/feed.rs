//! What happened to the disclosures of a region, for those who follow it.

use diesel::prelude::*;
use domain::disclosure::kind::DisclosureKind;
use domain::id::DisclosureId;
use domain::region::RegionCode;
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{disclosure_versions, disclosure_withdrawals, disclosures};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// The first version was published.
    Published,
    /// Another version took its place.
    Corrected,
    /// It was taken back.
    Withdrawn,
}

/// Something that happened to a disclosure, in public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub what: EventKind,
    /// To which.
    pub disclosure: DisclosureId,
    /// Which version.
    pub version: i32,
    /// Where.
    pub region: RegionCode,
    /// Of which kind.
    pub kind: DisclosureKind,
    /// What stands above it on the board.
    pub title: String,
    /// Its period, as the API says it.
    pub period: String,
    /// Why, where it is a correction or a withdrawal.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

type Row = (
    String,
    i32,
    Option<String>,
    i64,
    String,
    String,
    String,
    String,
);

fn event(row: Row, withdrawn: bool) -> Result<Event, StoreError> {
    let (id, version, reason, at, region, kind, title, period) = row;
    let corrupt = || StoreError::Corrupt("disclosures", id.clone());
    Ok(Event {
        what: match (withdrawn, version) {
            (true, _) => EventKind::Withdrawn,
            (false, 1) => EventKind::Published,
            (false, _) => EventKind::Corrected,
        },
        region: RegionCode::try_from(region).map_err(|_| corrupt())?,
        kind: DisclosureKind::parse(&kind).ok_or_else(corrupt)?,
        disclosure: DisclosureId::try_from(id.as_str()).map_err(|_| corrupt())?,
        version,
        title,
        period,
        reason,
        at: Timestamp::from_micros(at),
    })
}

/// The newest publications, corrections and withdrawals in a region or inside it, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn events(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    limit: usize,
) -> Result<Vec<Event>, StoreError> {
    let inside = format!("{}%", region.prefix());
    let rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let published: Vec<Row> = disclosure_versions::table
        .inner_join(disclosures::table.on(disclosures::id.eq(disclosure_versions::disclosure_id)))
        .filter(disclosures::region_code.like(inside.clone()))
        .order((
            disclosure_versions::published_at.desc(),
            disclosure_versions::disclosure_id.desc(),
        ))
        .limit(rows)
        .select((
            disclosure_versions::disclosure_id,
            disclosure_versions::version,
            disclosure_versions::reason,
            disclosure_versions::published_at,
            disclosures::region_code,
            disclosures::kind,
            disclosure_versions::title,
            disclosures::period,
        ))
        .load(tx.0)?;
    let withdrawn: Vec<Row> = disclosure_withdrawals::table
        .inner_join(
            disclosures::table.on(disclosures::id.eq(disclosure_withdrawals::disclosure_id)),
        )
        .filter(disclosures::region_code.like(inside))
        .order((
            disclosure_withdrawals::at.desc(),
            disclosure_withdrawals::disclosure_id.desc(),
        ))
        .limit(rows)
        .select((
            disclosure_withdrawals::disclosure_id,
            disclosure_withdrawals::version,
            disclosure_withdrawals::reason.nullable(),
            disclosure_withdrawals::at,
            disclosures::region_code,
            disclosures::kind,
            disclosures::title,
            disclosures::period,
        ))
        .load(tx.0)?;
    let mut events = Vec::with_capacity(published.len() + withdrawn.len());
    for (rows, is_withdrawal) in [(published, false), (withdrawn, true)] {
        for row in rows {
            events.push(event(row, is_withdrawal)?);
        }
    }
    // Of one instant, what happened later in a life comes first.
    events.sort_by(|a, b| {
        let place = |one: &Event| (one.at, one.version, one.what, one.disclosure.clone());
        place(b).cmp(&place(a))
    });
    events.truncate(limit);
    Ok(events)
}
