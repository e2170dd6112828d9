//! The one case time of a demo: all processes on its database run from one base, and while any of them lives nobody sets
//! another.

use std::sync::Arc;
use std::time::Duration;

use domain::time::Timestamp;
use store::installation::{self, ClockBase};
use store::{StoreError, Tx};

use crate::app::App;
use crate::ports::clock::{Base, Clocks};

/// How often each process writes down how far case time has run.
const BEAT: Duration = Duration::from_secs(1);
/// Wall seconds within which a running demo has done so.
pub(super) const ALIVE_SECONDS: i64 = 3;

/// How long whoever starts beside others waits for his turn: at a hurried pace they hardly leave a file of SQLite alone.
const PATIENCE: Duration = Duration::from_secs(30);
/// Time between two tries.
const AGAIN: Duration = Duration::from_millis(500);

/// Asks again while the database has no turn for it.
///
/// # Errors
/// The store's, as it was asked last.
pub(super) async fn patiently<T, F>(ask: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    let began = tokio::time::Instant::now();
    loop {
        match ask().await {
            Err(error) if error.is_passing() && began.elapsed() < PATIENCE => {
                tokio::time::sleep(AGAIN).await;
            }
            done => return done,
        }
    }
}

/// The base to run from: that of whoever runs this demo, else one of its own, which goes on from where the clock stood,
/// or from `start` in a new demo. In one transaction with the look: of several that start at once the first sets it.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    start: Timestamp,
    speed: Option<i64>,
) -> Result<Base, StoreError> {
    let known = installation::clock_base(tx)?;
    let wall = Clocks::wall_clock().wall();
    if let Some(known) = &known
        && is_kept(known, wall)
    {
        return Ok(base(known));
    }
    let case = match &known {
        // Never back: what was done before a kill was done before what comes now.
        Some(known) => installation::latest_in_cases(tx)?
            .map_or(known.last_case, |latest| latest.max(known.last_case)),
        None => start,
    };
    let speed = speed.or(known.map(|known| known.speed)).unwrap_or(1);
    let base = Base { case, wall, speed };
    set(tx, base, case)?;
    Ok(base)
}

/// Whether some process keeps the clock: its last case time is fresh.
fn is_kept(known: &ClockBase, wall: Timestamp) -> bool {
    let passed = wall.micros_since(known.wall).saturating_mul(known.speed);
    let behind = known.case.plus_micros(passed).micros_since(known.last_case);
    behind
        <= ALIVE_SECONDS
            .saturating_mul(1_000_000)
            .saturating_mul(known.speed)
}

fn base(known: &ClockBase) -> Base {
    Base {
        case: known.case,
        wall: known.wall,
        speed: known.speed,
    }
}

fn set(tx: &mut Tx<'_>, base: Base, last_case: Timestamp) -> Result<(), StoreError> {
    let Base { case, wall, speed } = base;
    let known = ClockBase {
        case,
        wall,
        last_case,
        speed,
    };
    installation::set_clock_base(tx, &known)
}

/// Keeps the clock of a demo for as long as the process lives, whatever it does beside: who starts meanwhile runs from
/// the same base.
pub async fn keep(app: Arc<App>) {
    loop {
        remember(&app).await;
        tokio::time::sleep(BEAT).await;
    }
}

/// Writes down how far a demo's case time has run, so that a restart goes on from there.
pub async fn remember(app: &App) {
    let Some(ours) = app.clocks.base() else {
        return;
    };
    let wall = app.clocks.wall();
    match app.db.write(move |tx| agree(tx, ours, wall)).await {
        Ok(agreed) if agreed == ours => {}
        Ok(agreed) => {
            app.clocks.run_from(agreed);
            tracing::warn!("another process set the base of case time: this one runs from it now");
        }
        Err(error) => tracing::error!(%error, "case time could not be remembered"),
    }
}

/// The base that all go on with. A process that was held up, or had no database, for longer than a living one is silent
/// may find that another has begun anew from where it was heard last: the clock that is further on is everybody's, so
/// that nobody's goes back.
fn agree(tx: &mut Tx<'_>, ours: Base, wall: Timestamp) -> Result<Base, StoreError> {
    let theirs = installation::clock_base(tx)?.as_ref().map_or(ours, base);
    let (now, their_now) = (ours.case_at(wall), theirs.case_at(wall));
    if theirs == ours || their_now > now {
        installation::saw_case_time(tx, their_now)?;
        return Ok(theirs);
    }
    set(tx, ours, now)?;
    Ok(ours)
}
