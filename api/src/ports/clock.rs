//! The two clocks. *Case time* runs everything a complaint is promised (a demo runs it fast); *wall time*
//! runs tokens, codes and retries. The only place that asks the operating system what time it is.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use std::time::Instant;

use domain::time::Timestamp;
use store::watch;

/// How case time runs against wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// Case time at the base.
    pub case: Timestamp,
    /// Wall time at the base.
    pub wall: Timestamp,
    /// Case seconds in a wall second.
    pub speed: i64,
}

impl Base {
    /// Case time at an instant of wall time.
    #[must_use]
    pub fn case_at(&self, wall: Timestamp) -> Timestamp {
        let passed = wall.micros_since(self.wall).max(0);
        self.case.plus_micros(passed.saturating_mul(self.speed))
    }
}

fn read(base: &RwLock<Base>) -> Base {
    *base.read().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Clone)]
enum Source {
    /// Both clocks are the wall's.
    Wall,
    /// Case time runs from a base (demo), which the processes of one database share.
    Fast(Arc<RwLock<Base>>),
    /// Both stand still until somebody steps them (tests, and the demo while it is made).
    Stepped {
        case: Arc<AtomicI64>,
        wall: Arc<AtomicI64>,
        /// Microseconds that passed: a clock set back takes nothing from them.
        passed: Arc<AtomicI64>,
    },
}

/// Both clocks.
#[derive(Clone)]
pub struct Clocks(Source);

#[expect(
    clippy::disallowed_methods,
    reason = "the one adapter that may ask the operating system"
)]
fn wall_now() -> Timestamp {
    Timestamp::from_micros(chrono::Utc::now().timestamp_micros())
}

/// Seconds by which wall time may run away from the time that passed before somebody must look: ten minutes.
pub const JUMP_SECONDS: i64 = 600;

/// When the process first asked, by both of the machine's clocks.
static FIRST: LazyLock<(Timestamp, Instant)> = LazyLock::new(|| (wall_now(), Instant::now()));

/// Seconds by which wall time has moved beside the time that has passed since the process began: near 0 unless
/// somebody set the machine's clock. A machine that slept has jumped as well.
#[must_use]
pub fn wall_jump_seconds() -> i64 {
    let (wall, instant) = *FIRST;
    let passed = i64::try_from(instant.elapsed().as_micros()).unwrap_or(i64::MAX);
    wall_now().micros_since(wall).saturating_sub(passed) / 1_000_000
}

impl Clocks {
    /// Case time is wall time.
    #[must_use]
    pub fn wall_clock() -> Self {
        Self(Source::Wall)
    }

    /// Case time runs from a base.
    #[must_use]
    pub fn fast(base: Base) -> Self {
        Self(Source::Fast(Arc::new(RwLock::new(base))))
    }

    /// Both clocks stand at the given times until stepped.
    #[must_use]
    pub fn stepped(case: Timestamp, wall: Timestamp) -> Self {
        Self(Source::Stepped {
            case: Arc::new(AtomicI64::new(case.micros())),
            wall: Arc::new(AtomicI64::new(wall.micros())),
            passed: Arc::default(),
        })
    }

    /// Case time.
    #[must_use]
    pub fn case(&self) -> Timestamp {
        // Of a public read somebody wants to know it.
        watch::note();
        match &self.0 {
            Source::Wall => wall_now(),
            Source::Fast(base) => read(base).case_at(wall_now()),
            Source::Stepped { case, .. } => Timestamp::from_micros(case.load(Ordering::SeqCst)),
        }
    }

    /// Wall time.
    #[must_use]
    pub fn wall(&self) -> Timestamp {
        match &self.0 {
            Source::Wall | Source::Fast(_) => wall_now(),
            Source::Stepped { wall, .. } => Timestamp::from_micros(wall.load(Ordering::SeqCst)),
        }
    }

    /// Nanoseconds that have passed since the program began, whatever became of the machine's clock; on stepped
    /// clocks those by which wall time was moved on.
    #[must_use]
    pub fn passed(&self) -> u64 {
        match &self.0 {
            Source::Wall | Source::Fast(_) => {
                u64::try_from(FIRST.1.elapsed().as_nanos()).unwrap_or(u64::MAX)
            }
            Source::Stepped { passed, .. } => {
                let micros = u64::try_from(passed.load(Ordering::SeqCst)).unwrap_or_default();
                micros.saturating_mul(1_000)
            }
        }
    }

    /// Case seconds in a wall second.
    #[must_use]
    pub fn speed(&self) -> i64 {
        match &self.0 {
            Source::Fast(base) => read(base).speed,
            Source::Wall | Source::Stepped { .. } => 1,
        }
    }

    /// The base that case time runs from and that a restart must find again, where there is one.
    #[must_use]
    pub fn base(&self) -> Option<Base> {
        match &self.0 {
            Source::Fast(base) => Some(read(base)),
            Source::Wall | Source::Stepped { .. } => None,
        }
    }

    /// Case time runs from another base from now on; clocks without one go on as they are.
    pub fn run_from(&self, other: Base) {
        if let Source::Fast(base) = &self.0 {
            *base.write().unwrap_or_else(PoisonError::into_inner) = other;
        }
    }

    /// Sets case time on stepped clocks; others go on as they are. Never backwards.
    pub fn step_case_to(&self, to: Timestamp) {
        if let Source::Stepped { case, .. } = &self.0 {
            case.fetch_max(to.micros(), Ordering::SeqCst);
        }
    }

    /// Moves wall time on, on stepped clocks.
    pub fn step_wall_by(&self, seconds: i64) {
        if let Source::Stepped { wall, passed, .. } = &self.0 {
            let micros = seconds.saturating_mul(1_000_000);
            wall.fetch_add(micros, Ordering::SeqCst);
            passed.fetch_add(micros.max(0), Ordering::SeqCst);
        }
    }
}
