//! The worker: wakes when something is due or when it is nudged, and sweeps for what the queue does not
//! know. Its step is a function that a test can call.

mod daily;
mod deliver;

use std::sync::Arc;
use std::time::Duration;

use domain::policy::Stage;
use futures_util::StreamExt as _;
use store::timers::{self, Key};

use crate::app::App;
use crate::complaints::clock::fire;
use crate::complaints::recount;
use crate::decisions::lapse;
use crate::error::ServiceError;
use crate::ports::queue::TimerId;

/// Seconds of wall time a claimed timer stays with the worker that claimed it.
const LEASE_SECONDS: i64 = 60;
/// Timers taken at once.
const BATCH: usize = 100;
/// Time between sweeps at normal speed.
const SWEEP: Duration = Duration::from_secs(5);
/// The shortest time between sweeps, however fast case time runs.
const SHORTEST: Duration = Duration::from_millis(50);

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Clocks that a new calendar moved.
    pub recounted: usize,
    /// Effects of clocks.
    pub fired: usize,
    /// Letters sent.
    pub sent: usize,
}

/// Does everything that is due now: first a new calendar reaches the open cases, then clocks, then letters.
///
/// # Errors
/// The store's, when the database is away; one failing timer or letter stops nobody else's.
pub async fn step(app: &Arc<App>) -> Result<Done, ServiceError> {
    // What a calendar cannot reach now it reaches at the next step; clocks do not wait for it.
    let recounted = match recount::finish(app).await {
        Ok(moves) => moves.values().sum(),
        Err(error) => {
            tracing::error!(%error, "a calendar could not be carried to the open cases");
            0
        }
    };
    let fired = clocks(app).await?;
    lapse::step(app).await?;
    daily::step(app).await?;
    let sent = deliver::step(app).await?;
    Ok(Done {
        recounted,
        fired,
        sent,
    })
}

/// Does everything that clocks ask for now; how many effects there were.
async fn clocks(app: &Arc<App>) -> Result<usize, ServiceError> {
    let mut fired = 0;
    while let Some(more) = some_clocks(app).await? {
        fired += more;
    }
    Ok(fired)
}

/// Does what the clocks longest due ask for, as many as are taken at once; `None` when none is due.
///
/// # Errors
/// The store's.
pub async fn some_clocks(app: &Arc<App>) -> Result<Option<usize>, ServiceError> {
    let known = app.queue.take_due(app.clocks.case(), BATCH);
    let mut keys: Vec<Key> = known.into_iter().filter_map(key).collect();
    if keys.is_empty() {
        keys = claim(app).await?;
    }
    if keys.is_empty() {
        return Ok(None);
    }
    Ok(Some(fire_all(app, keys).await))
}

/// Cases whose clocks are worked on at once: enough that commits are shared, and few enough to leave the
/// database to people.
const AT_ONCE: usize = 16;

/// Fires clocks in their order, those of one case one after the other; one that fails stops nobody else's.
async fn fire_all(app: &Arc<App>, keys: Vec<Key>) -> usize {
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
    let work = cases.into_iter().map(|case| async move {
        let mut fired = 0;
        for key in case {
            let name = key.complaint.clone();
            match fire(app, key).await {
                Ok(happened) => fired += usize::from(happened),
                Err(error) => {
                    tracing::error!(complaint = %name, %error, "a timer could not be fired");
                }
            }
        }
        fired
    });
    futures_util::stream::iter(work)
        .buffer_unordered(AT_ONCE)
        .fold(0, |sum, fired| async move { sum + fired })
        .await
}

fn key(id: TimerId) -> Option<Key> {
    Some(Key {
        complaint: id.complaint,
        stage: Stage::parse(&id.stage)?,
        round: u32::try_from(id.round).ok()?,
    })
}

/// The sweep: due timers of the database, leased and counted.
async fn claim(app: &Arc<App>) -> Result<Vec<Key>, ServiceError> {
    let (case_now, wall_now) = (app.clocks.case(), app.clocks.wall());
    let due = app.db.read(timers::next_mark).await?;
    // Most sweeps find nothing; they should not take the writer's time.
    if due.is_none_or(|at| at > case_now) {
        return Ok(Vec::new());
    }
    let limit = i64::try_from(BATCH).unwrap_or(100);
    Ok(app
        .db
        .write(move |tx| timers::claim_due(tx, case_now, wall_now, LEASE_SECONDS, limit))
        .await?)
}

/// Time between sweeps at a speed.
fn interval(speed: i64) -> Duration {
    let speed = u32::try_from(speed.max(1)).unwrap_or(u32::MAX);
    (SWEEP / speed).max(SHORTEST)
}

/// Writes down how far a demo's case time has run, so that a restart goes on from there.
pub async fn remember_case_time(app: &App) {
    if !app.clocks.has_base() {
        return;
    }
    let now = app.clocks.case();
    if let Err(error) = app
        .db
        .write(move |tx| store::installation::saw_case_time(tx, now))
        .await
    {
        tracing::error!(%error, "case time could not be remembered");
    }
}

/// Works until the program ends.
pub async fn run(app: Arc<App>) {
    let pause = interval(app.clocks.speed());
    let mut seen = app.clocks.wall();
    loop {
        if let Err(error) = step(&app).await {
            tracing::error!(%error, "the worker's step failed");
        }
        let wall = app.clocks.wall();
        if app.clocks.has_base() && wall.micros_since(seen) >= 1_000_000 {
            seen = wall;
            remember_case_time(&app).await;
        }
        let _ = tokio::time::timeout(pause, app.nudge.notified()).await;
    }
}
