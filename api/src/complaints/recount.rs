//! A new calendar reaches the open cases: their clocks are counted anew, batch by batch, each case with its
//! event, its version and its marks in one transaction. No date once told becomes earlier.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::sla::Timer;
use domain::time::{Day, Timestamp};
use store::calendar::recounts::{self, Recount};
use store::{StoreError, Tx, complaints};

use super::settle::{Facts, Marks, Who, record, schedule, stage_words, tell};
use crate::app::App;
use crate::error::ServiceError;

/// Cases of one transaction.
const BATCH: i64 = 100;
/// The event's word.
pub const CHANGED: &str = "calendar_changed";

/// Due dates before and after, and how many clocks went that way. A date that only became certain stays.
pub type Moves = BTreeMap<(Day, Day), usize>;

/// Works off one batch; `None` when no calendar waits to reach anybody.
///
/// # Errors
/// The store's; nothing of the batch was kept then.
pub async fn step(app: &Arc<App>) -> Result<Option<Moves>, ServiceError> {
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
            batch(tx, &inner, &job, now).map(|(moves, marks)| (Some(moves), marks))
        })
        .await?;
    schedule(app, marks);
    Ok(done)
}

/// Works off all that waits, until the program is told to stop; what moved.
///
/// # Errors
/// The store's; what was done stays done, and the worker goes on with the rest.
pub async fn finish(app: &Arc<App>) -> Result<Moves, ServiceError> {
    let mut all = Moves::new();
    while !app.stopping.is_set()
        && let Some(moves) = step(app).await?
    {
        for (way, clocks) in moves {
            *all.entry(way).or_default() += clocks;
        }
    }
    Ok(all)
}

fn batch(
    tx: &mut Tx<'_>,
    app: &App,
    job: &Recount,
    now: Timestamp,
) -> Result<(Moves, Marks), ServiceError> {
    let ids = complaints::unfinished_after(tx, job.region.as_ref(), &job.after, BATCH)?;
    let (mut told, mut moves, mut marks) = (0, Moves::new(), Marks::new());
    for id in &ids {
        // One case that makes no sense stops nobody else's.
        let done = match tx.savepoint(|tx| recounted(tx, app, id, now)) {
            Err(StoreError::Corrupt(table, row)) => {
                tracing::error!(table, row, "a case could not be counted anew");
                continue;
            }
            done => done?,
        };
        let Recounted(changes, mut ahead) = done;
        told += i32::from(!changes.is_empty());
        marks.append(&mut ahead);
        for way in changes {
            *moves.entry(way).or_default() += 1;
        }
    }
    let last = ids.last().map_or("", String::as_str);
    let ended = ids.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
    recounts::advance(tx, job, last, told, ended.then_some(now))?;
    Ok((moves, marks))
}

/// Due dates of which the complainant was told, before and after, and the marks of clocks that changed.
struct Recounted(Vec<(Day, Day)>, Marks);

/// Counts a case anew.
fn recounted(
    tx: &mut Tx<'_>,
    app: &App,
    id: &str,
    now: Timestamp,
) -> Result<Recounted, StoreError> {
    let unchanged = Recounted(Vec::new(), Marks::new());
    let Some(known) = complaints::find_for_worker(tx, id)? else {
        return Ok(unchanged);
    };
    let before = known.case;
    let facts = Facts::of(tx, app, &before)?;
    let rules = facts.rules(now);
    let mut case = before.clone();
    let told = case.recount(&rules);
    if case == before {
        return Ok(unchanged);
    }
    // What waits for a second person goes on waiting: nobody has done anything in the case, and it is decided with the
    // facts of the moment anyway. One holiday more would otherwise end every decision of a county without a word.
    let marks = complaints::save(tx, &case, before.version, &rules)?;
    let changes: Vec<_> = told
        .iter()
        .filter_map(|was| Some((was, case.clock(was.stage, was.round)?)))
        .collect();
    if !changes.is_empty() {
        let note: Vec<String> = changes.iter().map(|(was, is)| words(was, is)).collect();
        let note = Some(note.join("；"));
        tell(tx, &case, CHANGED, note, None, &Who::Timer, now)?;
        let who = Who::Timer;
        record(tx, app, CHANGED, Some(&before), &case, &who, None, now)?;
    }
    let ways = changes.iter().map(|(was, is)| (was.due_date, is.due_date));
    // Without words only lights moved, with the opening of the office.
    Ok(Recounted(ways.collect(), marks))
}

/// What the complainant reads: the date as it was and as it is.
fn words(was: &Timer, is: &Timer) -> String {
    let (stage, _) = stage_words(was.stage);
    if is.due_date != was.due_date {
        format!("{stage}：{} → {}", was.due_date, is.due_date)
    } else if is.provisional {
        format!("{stage}：{}（暂定）", is.due_date)
    } else {
        format!("{stage}：{}（日期确定，不变）", is.due_date)
    }
}
