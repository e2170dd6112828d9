//! The worker: wakes when something is due or when it is nudged, and sweeps for what the queue does not
//! know. Clocks and letters have a round each, because letters wait for somebody else's server. A step of both is a
//! function that a test can call.

mod beat;
mod clocks;
mod daily;
mod letters;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::App;
use crate::attachments::sweep;
use crate::audit::sequencer;
use crate::complaints::recount;
use crate::decisions::lapse;
use crate::error::ServiceError;
use crate::obligations::sweep as obligations;
use crate::ports::clock::{JUMP_SECONDS, wall_jump_seconds};

use clocks::Went;

pub use beat::Beat;
pub use clocks::some_clocks;

/// Time between sweeps at normal speed.
const SWEEP: Duration = Duration::from_secs(5);
/// Time between two looks into the queue at normal speed: they cost a round trip and no query.
const LOOK: Duration = Duration::from_millis(500);
/// After so long a round ends, though more may be due, and the next one begins: what stands beside the clocks, as the
/// machine's own, is looked at however much there is to do.
const ROUND: Duration = Duration::from_secs(1);
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
    /// Audit rows linked.
    pub linked: usize,
}

/// Does everything that is due now, one after the other: first a new calendar reaches the open cases, then clocks,
/// then letters, then photos that nobody used. (The running worker does the last beside the rest: [`run`].)
///
/// # Errors
/// The store's, when the database is away; one failing timer or letter stops nobody else's.
pub async fn step(app: &Arc<App>) -> Result<Done, ServiceError> {
    let (recounted, went) = round(app, None).await?;
    let sent = letters::step(app).await?;
    let linked = sequencer::step(app).await?;
    sweep::step(app).await?;
    Ok(Done {
        recounted,
        fired: went.fired,
        sent,
        linked,
    })
}

/// What a step does before letters: clocks that a calendar moved, and effects of clocks, for about as long as `limit`.
async fn round(app: &Arc<App>, limit: Option<Duration>) -> Result<(usize, Went), ServiceError> {
    let begun = Instant::now();
    // What a calendar cannot reach now it reaches at the next step; clocks do not wait for it.
    let recounted = match recount::finish(app).await {
        Ok(moves) => moves.values().sum(),
        Err(error) => {
            tracing::error!(%error, "a calendar could not be carried to the open cases");
            0
        }
    };
    let mut went = clocks::round(app, limit).await?;
    // What villages must publish waits for no complaint's clock, and no complaint's clock for it.
    match obligations::step(app, limit).await {
        Ok(more) => went.more |= more,
        Err(error) => tracing::error!(%error, "what must be published could not be looked through"),
    }
    if !app.stopping.is_set() {
        lapse::step(app).await?;
        daily::step(app).await?;
    }
    app.metrics.stepped(begun.elapsed());
    Ok((recounted, went))
}

/// Time between sweeps at a speed.
fn interval(speed: i64) -> Duration {
    let speed = u32::try_from(speed.max(1)).unwrap_or(u32::MAX);
    (SWEEP / speed).max(SHORTEST)
}

/// Works until the program is told to stop; what is in hand then is finished. Clocks, letters and the audit's
/// chain go their rounds side by side: a mail server that hangs holds up letters and no clock.
pub async fn run(app: Arc<App>) {
    let pause = interval(app.clocks.speed());
    let posting = tokio::spawn(letters::run(Arc::clone(&app), pause));
    let linking = tokio::spawn(sequencer::run(Arc::clone(&app)));
    // A folder of a million files takes a while to look through.
    let sweeping = tokio::spawn(sweep::run(Arc::clone(&app)));
    watch(&app, pause).await;
    for (round, name) in [(posting, "letters"), (linking, "the audit")] {
        if let Err(error) = round.await {
            tracing::error!(%error, place = name, "a round ended before its time");
        }
    }
    if let Err(error) = sweeping.await {
        tracing::error!(%error, "the round of photos ended before its time");
    }
    // What was settled last should not come back to another worker as a lease run out.
    app.queue.settled().await;
}

/// The round of clocks.
async fn watch(app: &Arc<App>, pause: Duration) {
    let mut jump = wall_jump_seconds();
    while !app.stopping.is_set() {
        let more = match round(app, Some(ROUND)).await {
            Ok((_, went)) => went.more,
            Err(error) => {
                tracing::error!(%error, "the worker's step failed");
                false
            }
        };
        // Whatever woke this round, a filing or a step of the ladder, may have written letters.
        app.letters.notify_one();
        let jumped = wall_jump_seconds();
        if (jumped - jump).abs() > JUMP_SECONDS {
            jump = jumped;
            // Nothing fired is taken back, and nothing fires twice; but deadlines were judged by this clock.
            tracing::error!(
                count = jumped,
                "the machine's clock was moved by so many seconds"
            );
        }
        if !more {
            rest(app, pause).await;
        }
    }
}

/// Rests until the next sweep, or until there is something to do: a nudge from this process, an id due in
/// the queue (whoever put it there), or the end.
async fn rest(app: &Arc<App>, pause: Duration) {
    let speed = u32::try_from(app.clocks.speed().max(1)).unwrap_or(u32::MAX);
    let look = (LOOK / speed).max(SHORTEST).min(pause);
    let ends = tokio::time::Instant::now() + pause;
    while tokio::time::Instant::now() < ends {
        tokio::select! {
            () = app.nudge.notified() => return,
            () = app.stopping.wait() => return,
            () = tokio::time::sleep(look) => {}
        }
        match clocks::handed_out(app).await {
            Ok(None) => {}
            Ok(Some(_)) => return,
            Err(error) => {
                tracing::error!(%error, "what the queue handed out could not be claimed");
                return;
            }
        }
    }
}
