//! Steps of the ladder that were taken: one row each, unique by (case, stage, round, step). The row is the
//! fence that keeps a step from happening twice, whatever crashes.

use diesel::prelude::*;
use domain::complaint::case::Case;
use domain::escalation::Step;
use domain::id::{ComplaintId, OrganisationId};
use domain::policy::Stage;
use domain::time::Timestamp;

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::escalations;

/// One step taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// Whose clock.
    pub stage: Stage,
    /// In which round.
    pub round: u32,
    /// Which step.
    pub step: Step,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was taken.
    pub fired_at: Timestamp,
    /// To whom; of two addressees the upper.
    pub organisation: Option<OrganisationId>,
}

/// Writes a step and says how it is dated; `None` when it was taken before. It is never dated before a step that was
/// written before it: the clocks of two machines differ by milliseconds.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    tx: &mut Tx<'_>,
    case: &ComplaintId,
    taken: &Escalation,
) -> Result<Option<Timestamp>, StoreError> {
    let last: Option<i64> = escalations::table
        .filter(escalations::complaint_id.eq(case.as_str()))
        .select(diesel::dsl::max(escalations::fired_at))
        .get_result(tx.0)?;
    let fired_at = taken.fired_at.micros().max(last.unwrap_or(i64::MIN));
    let values = (
        escalations::complaint_id.eq(case.as_str()),
        escalations::stage.eq(taken.stage.as_str()),
        escalations::round.eq(i32::try_from(taken.round).unwrap_or(i32::MAX)),
        escalations::step.eq(taken.step.as_str()),
        escalations::due_at.eq(taken.due_at.micros()),
        escalations::fired_at.eq(fired_at),
        escalations::organisation_id.eq(taken.organisation.as_ref().map(OrganisationId::as_str)),
    );
    let written = on_backend!(tx, c =>
        diesel::insert_into(escalations::table).values(values).on_conflict_do_nothing().execute(c))?;
    Ok((written == 1).then(|| Timestamp::from_micros(fired_at)))
}

/// The steps taken in a case, in order. The caller has found the case for somebody.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn of(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Escalation>, StoreError> {
    type Row = (String, i32, String, i64, i64, Option<String>);
    let rows: Vec<Row> = escalations::table
        .filter(escalations::complaint_id.eq(case.id.as_str()))
        .order((
            escalations::fired_at,
            escalations::due_at,
            escalations::stage,
            escalations::step,
        ))
        .select((
            escalations::stage,
            escalations::round,
            escalations::step,
            escalations::due_at,
            escalations::fired_at,
            escalations::organisation_id,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(stage, round, step, due_at, fired_at, organisation)| {
            Some(Escalation {
                stage: Stage::parse(&stage)?,
                round: u32::try_from(round).ok()?,
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
        .ok_or_else(|| StoreError::Corrupt("escalations", case.id.to_string()))
}
