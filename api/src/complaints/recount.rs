//! A new calendar reaches the open cases: their clocks are counted anew, batch by batch, each case with its
//! event, its version and its marks in one transaction. No date once told becomes earlier.

use std::sync::Arc;

use domain::complaint::case::Case;
use domain::sla::Timer;
use domain::time::Timestamp;
use store::calendar::recounts::{self, Recount};
use store::complaints::Record;
use store::{StoreError, Tx, complaints, timers};

use super::settle::{Facts, Marks, Who, record, schedule, stage_words, tell};
use crate::app::App;
use crate::error::ServiceError;
use crate::propose::void_changed;

/// Cases of one transaction.
const BATCH: i64 = 100;
/// The event's word.
pub const CHANGED: &str = "calendar_changed";

/// What a batch did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Cases looked at.
    pub seen: usize,
    /// Cases whose complainants were told.
    pub moved: usize,
}

/// Works off one batch; `None` when no calendar waits to reach anybody.
///
/// # Errors
/// The store's; nothing of the batch was kept then.
pub async fn step(app: &Arc<App>) -> Result<Option<Done>, ServiceError> {
    let waits = app.db.read(recounts::next).await?;
    if waits.is_none() {
        return Ok(None);
    }
    let (now, inner) = (app.clocks.case(), Arc::clone(app));
    let (done, marks) = app
        .db
        .write(move |tx| {
            // Another worker may have been faster.
            let Some(job) = recounts::next(tx)? else {
                return Ok((None, Marks::new()));
            };
            batch(tx, &inner, &job, now).map(|(done, marks)| (Some(done), marks))
        })
        .await?;
    schedule(app, marks);
    Ok(done)
}

/// Works off all that waits; how many cases moved.
///
/// # Errors
/// The store's; what was done stays done, and the worker goes on with the rest.
pub async fn finish(app: &Arc<App>) -> Result<usize, ServiceError> {
    let mut moved = 0;
    while let Some(done) = step(app).await? {
        moved += done.moved;
    }
    Ok(moved)
}

fn batch(
    tx: &mut Tx<'_>,
    app: &App,
    job: &Recount,
    now: Timestamp,
) -> Result<(Done, Marks), ServiceError> {
    let cases = complaints::unfinished_after(tx, job.region.as_ref(), &job.after, BATCH)?;
    let (mut moved, mut marks) = (0, Marks::new());
    for known in &cases {
        let case = known.case.clone();
        let (told, mut one) = recounted(tx, app, case, now)?;
        moved += usize::from(told);
        marks.append(&mut one);
    }
    let last = cases
        .last()
        .map_or("", |Record { case, .. }| case.id.as_str());
    let ended = cases.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
    let told = i32::try_from(moved).unwrap_or(i32::MAX);
    recounts::advance(tx, job, last, told, ended.then_some(now))?;
    let seen = cases.len();
    Ok((Done { seen, moved }, marks))
}

/// Counts a case anew: whether its complainant was told of a difference, and the marks of its clocks if any
/// of them changed.
fn recounted(
    tx: &mut Tx<'_>,
    app: &App,
    before: Case,
    now: Timestamp,
) -> Result<(bool, Marks), StoreError> {
    let facts = Facts::of(tx, app, &before)?;
    let rules = facts.rules(now);
    let mut case = before.clone();
    let told = case.recount(&rules);
    if case == before {
        return Ok((false, Marks::new()));
    }
    complaints::save(tx, &case, before.version, &rules)?;
    if case.version != before.version {
        void_changed(tx, app, "complaint", case.id.as_str(), |_| false, now)?;
    }
    if told.is_empty() {
        // Only lights moved, with the opening of the office.
        return Ok((false, timers::marks(tx, &case)?));
    }
    let note = words(&told, &case);
    tell(tx, &case, CHANGED, Some(note), None, &Who::Timer, now)?;
    record(
        tx,
        app,
        CHANGED,
        Some(&before),
        &case,
        &Who::Timer,
        None,
        now,
    )?;
    Ok((true, timers::marks(tx, &case)?))
}

/// What the complainant reads: each date as it was and as it is.
fn words(told: &[Timer], case: &Case) -> String {
    let lines = told.iter().filter_map(|was| {
        let same = |timer: &&Timer| timer.stage == was.stage && timer.round == was.round;
        let is = case.timers.iter().find(same)?;
        let (stage, _) = stage_words(was.stage);
        Some(if is.due_date == was.due_date && is.provisional {
            format!("{stage}：{}（暂定）", is.due_date)
        } else if is.due_date == was.due_date {
            format!("{stage}：{}（日期确定，不变）", is.due_date)
        } else {
            format!("{stage}：{} → {}", was.due_date, is.due_date)
        })
    });
    lines.collect::<Vec<_>>().join("；")
}
