//! Which version is shown to whom, and what one changed against another.

use domain::disclosure::diff::Diff;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::publish::State;
use domain::disclosure::takedown::unpublish_at;
use domain::id::DisclosureId;
use domain::time::Timestamp;
use serde::Deserialize;
use store::disclosures::{self, Past, Record};
use store::{StoreError, Tx};
use utoipa::IntoParams;

use super::lines::Lines;
use super::sight::{Eyes, Sight};
use super::views::VersionView;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::page::Page;

/// The version wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionQuery {
    /// This version; the present one when not said.
    pub version: Option<i32>,
}

/// Which versions to compare.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CompareQuery {
    /// Compare with this version, where `to` says which: only `to` is listed then.
    pub from: Option<i32>,
    /// Only this version, compared with `from`, or with the one before it.
    pub to: Option<i32>,
}

/// A version that everybody may know of, and the number of the present one.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub fn public(
    tx: &mut Tx<'_>,
    id: &DisclosureId,
    version: Option<i32>,
) -> Result<(Record, i32), ServiceError> {
    let found = disclosures::find_public(tx, id)?.ok_or(ServiceError::NotFound)?;
    let current = found.version;
    let wanted = version.unwrap_or(current);
    let record = disclosures::find_version(tx, &found, wanted)?;
    Ok((record.ok_or(ServiceError::NotFound)?, current))
}

/// Whether its lines are still shown to everybody.
///
/// # Errors
/// [`Code::DisclosureWithdrawn`], [`Code::LinesTakenDown`].
pub fn readable(record: &Record, now: Timestamp) -> Result<(), ServiceError> {
    if record.progress.state() == State::Withdrawn {
        return Err(ServiceError::Rule(Code::DisclosureWithdrawn));
    }
    let published = record.progress.published();
    let gone = published
        .and_then(|published| unpublish_at(record.sheet.kind, published.posting_until))
        .is_some_and(|day| now.day() >= day);
    if gone {
        return Err(ServiceError::Rule(Code::LinesTakenDown));
    }
    Ok(())
}

/// A version whose lines everybody may read.
///
/// # Errors
/// [`ServiceError::NotFound`]; what [`readable`] says.
pub fn public_lines(
    tx: &mut Tx<'_>,
    id: &DisclosureId,
    version: Option<i32>,
    now: Timestamp,
) -> Result<Record, ServiceError> {
    let (record, _) = public(tx, id, version)?;
    readable(&record, now)?;
    Ok(record)
}

/// The versions of a disclosure that was found for somebody, the newest first, each with what it changed. For those
/// who work here the one on its way is among them.
///
/// # Errors
/// [`ServiceError::NotFound`] where a version that is named does not exist.
pub fn listed(
    tx: &mut Tx<'_>,
    record: &Record,
    eyes: Eyes,
    compare: CompareQuery,
    now: Timestamp,
) -> Result<Page<VersionView>, ServiceError> {
    let mut all = disclosures::past(tx, record)?;
    if eyes == Eyes::Staff && record.progress.published().is_none() {
        all.push(Past {
            record: record.clone(),
            reason: None,
        });
    }
    if let Some(next) = record.correction.as_ref().filter(|_| eyes == Eyes::Staff) {
        all.push(Past {
            record: record.to_come(),
            reason: Some(next.reason.clone()),
        });
    }
    let find = |version: i32| {
        let place = all.iter().position(|one| one.record.version == version);
        place.ok_or(ServiceError::NotFound)
    };
    let wanted: Vec<(usize, Option<usize>)> = match (compare.from, compare.to) {
        (None, None) => (0..all.len())
            .rev()
            .map(|place| (place, place.checked_sub(1)))
            .collect(),
        (from, to) => {
            let to = to.map_or(Ok(all.len().saturating_sub(1)), &find)?;
            let from = from.map(&find).transpose()?;
            vec![(to, from.or(to.checked_sub(1)))]
        }
    };
    let mut items = Vec::with_capacity(wanted.len());
    for (place, other) in wanted {
        let Some(past) = all.get(place) else {
            return Err(ServiceError::NotFound);
        };
        let other = other.and_then(|other| all.get(other));
        let shown = |one: &Record| eyes == Eyes::Staff || readable(one, now).is_ok();
        let against = match other.filter(|other| shown(&other.record) && shown(&past.record)) {
            Some(other) => {
                let diff = between(tx, &other.record, &past.record, eyes)?;
                Some((other.record.version, diff))
            }
            None => None,
        };
        items.push(VersionView::of(past, against, eyes));
    }
    Ok(Page {
        items,
        next_cursor: None,
    })
}

/// What one version changed against another, showing what these eyes may see.
pub(super) fn between(
    tx: &mut Tx<'_>,
    before: &Record,
    after: &Record,
    eyes: Eyes,
) -> Result<Diff, StoreError> {
    // Whom one of them hides, the other does not tell.
    let sight = Sight::of(tx, &before.sheet, eyes)?.and(&Sight::of(tx, &after.sheet, eyes)?);
    let mut rows = |of| {
        let lines = Lines::seen(tx, of, None, i64::MAX, sight.clone())?;
        Ok::<_, StoreError>(lines.compared())
    };
    let diff = Diff::between(&rows(before)?, &rows(after)?);
    if after.sheet.kind != DisclosureKind::Ledger {
        return Ok(diff);
    }
    let balances = |of: &Record| [of.sheet.opening, of.sheet.closing];
    Ok(diff.with_balances(balances(before), balances(after)))
}
