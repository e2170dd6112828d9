//! What the worker asks for, and the steps of the ladder that were taken.

use diesel::prelude::*;
use domain::escalation::Step;
use domain::id::{ObligationId, OrganisationId};
use domain::time::Timestamp;

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::{obligation_steps, obligations};

/// One step taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub step: Step,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was taken.
    pub fired_at: Timestamp,
    /// To whom; of two addressees the upper.
    pub organisation: Option<OrganisationId>,
}

/// Writes a step; `false` when it was taken before. It is never dated before a step that was written before it: the
/// clocks of two machines differ by milliseconds.
///
/// # Errors
/// [`StoreError`].
pub fn record_step(tx: &mut Tx<'_>, id: &ObligationId, taken: &Taken) -> Result<bool, StoreError> {
    let last: Option<i64> = obligation_steps::table
        .filter(obligation_steps::obligation_id.eq(id.as_str()))
        .select(diesel::dsl::max(obligation_steps::fired_at))
        .get_result(tx.0)?;
    let fired_at = taken.fired_at.micros().max(last.unwrap_or(i64::MIN));
    let values = (
        obligation_steps::obligation_id.eq(id.as_str()),
        obligation_steps::step.eq(taken.step.as_str()),
        obligation_steps::due_at.eq(taken.due_at.micros()),
        obligation_steps::fired_at.eq(fired_at),
        obligation_steps::organisation_id
            .eq(taken.organisation.as_ref().map(OrganisationId::as_str)),
    );
    let written = on_backend!(tx, c =>
        diesel::insert_into(obligation_steps::table).values(values).on_conflict_do_nothing().execute(c))?;
    Ok(written == 1)
}

/// The steps taken for an obligation, in order.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn steps_of(tx: &mut Tx<'_>, id: &ObligationId) -> Result<Vec<Taken>, StoreError> {
    type Row = (String, i64, i64, Option<String>);
    let rows: Vec<Row> = obligation_steps::table
        .filter(obligation_steps::obligation_id.eq(id.as_str()))
        .select((
            obligation_steps::step,
            obligation_steps::due_at,
            obligation_steps::fired_at,
            obligation_steps::organisation_id,
        ))
        .load(tx.0)?;
    let mut steps = rows
        .into_iter()
        .map(|(step, due_at, fired_at, organisation)| {
            Some(Taken {
                step: Step::parse(&step)?,
                due_at: Timestamp::from_micros(due_at),
                fired_at: Timestamp::from_micros(fired_at),
                organisation: organisation
                    .map(OrganisationId::try_from)
                    .transpose()
                    .ok()?,
            })
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| StoreError::Corrupt("obligation_steps", id.to_string()))?;
    steps.sort_by_key(|taken| taken.step);
    Ok(steps)
}

/// What is still owed: nobody looks at what was struck.
macro_rules! owed {
    () => {
        obligations::table.filter(obligations::struck_at.is_null())
    };
}

/// Obligations whose mark has passed and that are not put off, the longest first.
///
/// # Errors
/// [`StoreError`].
pub fn due(
    tx: &mut Tx<'_>,
    case_now: Timestamp,
    wall_now: Timestamp,
    limit: i64,
) -> Result<Vec<ObligationId>, StoreError> {
    let rows: Vec<String> = owed!()
        .filter(obligations::next_at.le(case_now.micros()))
        .filter(obligations::held_until.le(wall_now.micros()))
        .order((obligations::next_at.asc(), obligations::id.asc()))
        .limit(limit)
        .select(obligations::id)
        .load(tx.0)?;
    ids(rows)
}

/// Open obligations that were counted with an older calendar than `newest`.
///
/// # Errors
/// [`StoreError`].
pub fn outdated(
    tx: &mut Tx<'_>,
    newest: i32,
    wall_now: Timestamp,
    limit: i64,
) -> Result<Vec<ObligationId>, StoreError> {
    let rows: Vec<String> = owed!()
        .filter(obligations::counted_with.lt(newest))
        .filter(obligations::held_until.le(wall_now.micros()))
        .order((obligations::counted_with.asc(), obligations::id.asc()))
        .limit(limit)
        .select(obligations::id)
        .load(tx.0)?;
    ids(rows)
}

pub(super) fn ids(rows: Vec<String>) -> Result<Vec<ObligationId>, StoreError> {
    rows.into_iter()
        .map(|id| {
            ObligationId::try_from(id.clone()).map_err(|_| StoreError::Corrupt("obligations", id))
        })
        .collect()
}

/// Whether its mark says that its publication was taken back.
///
/// # Errors
/// [`StoreError`].
pub fn is_marked_reopened(tx: &mut Tx<'_>, id: &ObligationId) -> Result<bool, StoreError> {
    let mark: Option<Option<String>> = obligations::table
        .find(id.as_str())
        .select(obligations::next_step)
        .get_result(tx.0)
        .optional()?;
    Ok(mark.flatten().as_deref() == Some(super::REOPENED))
}

/// It failed: not again before a while, longer each time, and never given up; nobody else waits for it.
///
/// # Errors
/// [`StoreError`].
pub fn put_off(tx: &mut Tx<'_>, id: &ObligationId, wall_now: Timestamp) -> Result<(), StoreError> {
    let tried: Option<i32> = obligations::table
        .find(id.as_str())
        .select(obligations::attempts)
        .get_result(tx.0)
        .optional()?;
    let tried = tried.unwrap_or_default();
    let pause = 2_i64 << tried.clamp(0, 10);
    diesel::update(obligations::table.find(id.as_str()))
        .set((
            obligations::attempts.eq(tried.saturating_add(1)),
            obligations::held_until.eq(wall_now.plus_seconds(pause).micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}
