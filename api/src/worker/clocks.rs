//! Clocks that have come to their mark: ids from the queue, what the queue does not know from the sweep, and
//! for both the one claim in the database.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::policy::Stage;
use domain::time::Timestamp;
use futures_util::{FutureExt as _, StreamExt as _};
use store::StoreError;
use store::timers::{self, Key, Lease};

use crate::app::App;
use crate::complaints::clock::fire;
use crate::complaints::settle::{Marks, schedule};
use crate::error::ServiceError;
use crate::ports::queue::{TimerId, Wanted};

use super::interval;

/// Seconds of wall time a claimed timer stays with the worker that claimed it.
const LEASE_SECONDS: i64 = 60;
/// Timers taken at once, at least: what is claimed must be fired well within the lease, also after those before it.
const BATCH: usize = 96;
/// Where much is due, workers of several processes take one of the first so many hands each: all at the first would claim
/// the same, and all but one of them nothing.
const HANDS: usize = 4;
/// The pause after a first failure, in seconds of wall time; doubled each time.
const PAUSE_SECONDS: i64 = 2;

/// What came of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Went {
    /// Effects of clocks.
    pub fired: usize,
    /// Whether more may be due.
    pub more: bool,
}

/// Clocks that this worker has claimed and not fired yet.
struct InHand {
    lease: Lease,
    keys: Vec<Key>,
}

/// Does what clocks ask for now, and takes no more in hand after `limit`, or once the program was told to stop. While
/// some are fired the next are claimed: on SQLite every write waits for a turn, and a claim on a turn of its own would
/// leave the clocks of a crowd half the turns.
pub(super) async fn round(app: &Arc<App>, limit: Option<Duration>) -> Result<Went, ServiceError> {
    let begun = Instant::now();
    let goes_on = || !app.stopping.is_set() && limit.is_none_or(|limit| begun.elapsed() < limit);
    let mut fired = 0;
    end_held_leases(app).await;
    let mut hand = take(app).await?;
    while let Some(now) = hand {
        if !goes_on() {
            fired += fire_all(app, now).await;
            let more = !app.stopping.is_set();
            return Ok(Went { fired, more });
        }
        let (done, next) = tokio::join!(fire_all(app, now), take(app));
        fired += done;
        hand = match next? {
            // What fell due meanwhile, or was put into nobody's hand by what was fired.
            None if goes_on() => {
                end_held_leases(app).await;
                take(app).await?
            }
            next => next,
        };
    }
    Ok(Went { fired, more: false })
}

/// Does what the clocks longest due ask for, as many as are taken at once; `None` when none is due.
///
/// # Errors
/// The store's.
pub async fn some_clocks(app: &Arc<App>) -> Result<Option<usize>, ServiceError> {
    end_held_leases(app).await;
    Ok(match take(app).await? {
        Some(hand) => Some(fire_all(app, hand).await),
        None => None,
    })
}

/// Claims what is due: what the queue hands out, on the beat with what it should have handed out before, or else what no
/// queue named; `None` when nothing is.
async fn take(app: &Arc<App>) -> Result<Option<InHand>, ServiceError> {
    Ok(match take_handed_out(app).await? {
        None => swept(app).await?,
        some => some,
    })
}

/// Timers taken at once: where more share a commit ([`store::Db::at_once`]) than [`BATCH`], as many as those, so that the
/// last few of a hand wait for no turn of their own.
fn batch(app: &App) -> usize {
    app.db.at_once(usize::MAX).max(BATCH)
}

/// Does what the queue hands out; `None` when it has nothing due, or does not answer.
///
/// # Errors
/// The store's.
pub(super) async fn handed_out(app: &Arc<App>) -> Result<Option<usize>, ServiceError> {
    Ok(match take_handed_out(app).await? {
        Some(hand) => Some(fire_all(app, hand).await),
        None => None,
    })
}

/// Claims what the queue hands out, and on the beat what it left out.
async fn take_handed_out(app: &Arc<App>) -> Result<Option<InHand>, ServiceError> {
    let wanted = Wanted {
        now: app.clocks.case(),
        lease_until: in_case_time(app, LEASE_SECONDS),
        limit: batch(app),
    };
    // Away: the queue said so itself, and the sweep works alone.
    let Ok(ids) = app.queue.take_due(wanted).await else {
        return Ok(None);
    };
    if ids.is_empty() {
        return Ok(None);
    }
    let mut cases: HashSet<String> = ids.iter().map(|id| id.complaint.clone()).collect();
    cases.extend(left_out(app, &cases).await?);
    let cases: Vec<String> = cases.into_iter().collect();
    let hand = claim(app, cases).await?;
    let known: HashSet<&Key> = hand.keys.iter().collect();
    let idle: Vec<TimerId> = ids
        .into_iter()
        .filter(|id| key(id).is_none_or(|key| !known.contains(&key)))
        .collect();
    if !idle.is_empty()
        && let Err(error) = correct(app, hand.lease.cases.clone(), idle).await
    {
        hold(app, hand.lease);
        return Err(error);
    }
    Ok(Some(hand))
}

/// Cases longest overdue that are not among those handed out, looked for on the beat: a queue that lost them has others to
/// hand out as long as it is busy. Where it lost none it hands out the very ones that are found, and nothing is added.
async fn left_out(app: &App, handed_out: &HashSet<String>) -> Result<Vec<String>, ServiceError> {
    let passed = app.clocks.passed();
    if !app.sweeps.is_due(passed) {
        return Ok(Vec::new());
    }
    app.sweeps.done(passed, interval(app.clocks.speed()));
    let mut cases = overdue(app, batch(app)).await?;
    cases.retain(|case| !handed_out.contains(case));
    if !cases.is_empty() {
        // There may be more than fit in a hand, and they are older than what the queue has.
        app.sweeps.again();
    }
    Ok(cases)
}

/// Claims what is due of some cases. Where nobody can say whether the claim was written, it is held as if it was.
async fn claim(app: &App, cases: Vec<String>) -> Result<InHand, ServiceError> {
    let (now, wall) = (app.clocks.case(), app.clocks.wall());
    let until = wall.plus_seconds(LEASE_SECONDS);
    let lease = Lease { cases, until };
    let asked = lease.clone();
    let claimed = app
        .db
        .write(move |tx| timers::claim(tx, &asked, now, wall))
        .await;
    match claimed {
        Ok(keys) => Ok(InHand { lease, keys }),
        Err(error) => {
            if matches!(error, StoreError::OutcomeUnknown(_)) {
                hold(app, lease);
            }
            Err(error.into())
        }
    }
}

/// The queue handed out what is not due, or not free: it learns what is true.
async fn correct(
    app: &Arc<App>,
    cases: Vec<String>,
    idle: Vec<TimerId>,
) -> Result<(), ServiceError> {
    let wall = app.clocks.wall();
    let known = app
        .db
        .read(move |tx| timers::standing(tx, &cases, wall))
        .await?;
    let mut marks = Vec::new();
    for id in idle {
        let key = key(&id);
        match known.iter().find(|timer| Some(&timer.key) == key.as_ref()) {
            Some(timer) if timer.in_hand => {}
            Some(timer) => marks.push((id, timer.next)),
            None => marks.push((id, None)),
        }
    }
    app.queue.schedule(marks);
    Ok(())
}

/// Case time after so many seconds of wall time.
fn in_case_time(app: &App, seconds: i64) -> Timestamp {
    let seconds = seconds.saturating_mul(app.clocks.speed());
    app.clocks.case().plus_seconds(seconds)
}

/// Fires the clocks of a lease in their order, those of one case one after the other; one that fails stops nobody
/// else's. Once the database is away, or the program was told to stop, no other is begun, and the lease is ended as soon
/// as the database answers.
async fn fire_all(app: &Arc<App>, InHand { lease, keys }: InHand) -> usize {
    let unfinished = &AtomicBool::new(false);
    let is_away = &AtomicBool::new(false);
    let mut cases: Vec<Vec<Key>> = Vec::new();
    for key in keys {
        let same = |case: &&mut Vec<Key>| {
            case.first()
                .is_some_and(|first| first.complaint == key.complaint)
        };
        match cases.iter_mut().find(same) {
            Some(case) => case.push(key),
            None => cases.push(vec![key]),
        }
    }
    let at_once = app.db.at_once(cases.len());
    let work = cases.into_iter().map(|case| async move {
        let mut fired = 0;
        for key in case {
            if app.stopping.is_set() || is_away.load(Ordering::Relaxed) {
                unfinished.store(true, Ordering::Relaxed);
                break;
            }
            // A panic is this clock's own failure, counted like one; the hook has logged where.
            let done = AssertUnwindSafe(fire(app, key.clone()))
                .catch_unwind()
                .await;
            match done.unwrap_or(Err(ServiceError::Store(StoreError::Panicked))) {
                Ok(true) => {
                    // At once: a round ends only when nothing is due any more, and is watched until then.
                    app.metrics.clock_fired();
                    fired += 1;
                }
                Ok(false) => {}
                Err(error) => {
                    is_away.fetch_or(is_database_away(&error), Ordering::Relaxed);
                    if !put_off(app, key, &error).await {
                        unfinished.store(true, Ordering::Relaxed);
                    }
                }
            }
        }
        fired
    });
    let fired = futures_util::stream::iter(work)
        .buffer_unordered(at_once)
        .fold(0, |sum, fired| async move { sum + fired })
        .await;
    if unfinished.load(Ordering::Relaxed) {
        hold(app, lease);
        end_held_leases(app).await;
    }
    fired
}

fn held(app: &App) -> MutexGuard<'_, Vec<Lease>> {
    app.held_leases
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

/// Remembers a lease that is to be ended.
fn hold(app: &App, lease: Lease) {
    held(app).push(lease);
}

/// Whether the next timer would fare no better.
const fn is_database_away(error: &ServiceError) -> bool {
    matches!(
        error,
        ServiceError::Store(StoreError::Unavailable(_) | StoreError::OutcomeUnknown(_))
    )
}

/// What this worker claimed and cannot finish is free for everybody at once, and not only when the lease has run out; while
/// the database does not answer it is tried again at each look.
async fn end_held_leases(app: &Arc<App>) {
    let leases = std::mem::take(&mut *held(app));
    for lease in leases {
        let (now, wall, ended) = (app.clocks.case(), app.clocks.wall(), lease.clone());
        let done = app
            .db
            .write(move |tx| timers::end_lease(tx, &ended, wall))
            .await;
        match done {
            Ok(keys) => schedule(app, keys.into_iter().map(|key| (key, Some(now))).collect()),
            // By then it has run out by itself.
            Err(_) if lease.until <= app.clocks.wall() => {}
            Err(error) => {
                tracing::warn!(%error, "a lease could not be ended yet");
                hold(app, lease);
            }
        }
    }
}

/// A clock failed: later again, and dead when it was its own fault too often. Whether that could be written.
async fn put_off(app: &Arc<App>, key: Key, error: &ServiceError) -> bool {
    let away = matches!(error, ServiceError::Store(error) if error.is_passing());
    tracing::error!(complaint = %key.complaint, stage = key.stage.as_str(), %error, "a timer could not be fired");
    let (why, failed, wall) = (error.to_string(), key.clone(), app.clocks.wall());
    let put_off = app
        .db
        .write(move |tx| {
            let attempts = timers::attempts(tx, &failed)?;
            let pause = PAUSE_SECONDS << attempts.clamp(0, 10);
            timers::failed(tx, &failed, wall.plus_seconds(pause), &why, !away)?;
            Ok::<_, StoreError>((attempts + i32::from(!away) < timers::ATTEMPTS).then_some(pause))
        })
        .await;
    match put_off {
        Ok(pause) => {
            let again = pause.map(|pause| in_case_time(app, pause));
            schedule(app, Marks::from([(key, again)]));
            true
        }
        Err(error) => {
            tracing::error!(%error, "a failed timer could not be put off");
            false
        }
    }
}

fn key(id: &TimerId) -> Option<Key> {
    Some(Key {
        complaint: id.complaint.clone(),
        stage: Stage::parse(&id.stage)?,
        round: u32::try_from(id.round).ok()?,
    })
}

/// Claims what is due and no queue named; `None` when nothing is.
async fn swept(app: &Arc<App>) -> Result<Option<InHand>, ServiceError> {
    let passed = app.clocks.passed();
    app.sweeps.done(passed, interval(app.clocks.speed()));
    let batch = batch(app);
    let cases = overdue(app, batch * HANDS).await?;
    let hands: Vec<&[String]> = cases.chunks(batch).collect();
    let [dice] = app.ids.bytes::<1>();
    let Some(one) = usize::from(dice).checked_rem(hands.len()) else {
        return Ok(None);
    };
    let hand = hands.get(one).copied().unwrap_or_default();
    Ok(Some(claim(app, hand.to_vec()).await?))
}

/// Cases with clocks that are due and that nobody has in hand, the longest overdue first.
async fn overdue(app: &App, limit: usize) -> Result<Vec<String>, ServiceError> {
    let (now, wall) = (app.clocks.case(), app.clocks.wall());
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    // Most sweeps find nothing; they should not take the writer's time.
    let cases = app
        .db
        .read(move |tx| timers::due(tx, now, wall, limit))
        .await?;
    Ok(cases)
}
