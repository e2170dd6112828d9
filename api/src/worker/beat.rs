//! What is to be done every so often, whatever else there is to do.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// When something is to be done again, by [`crate::ports::clock::Clocks::passed`]; at first at once.
#[derive(Debug, Default)]
pub struct Beat(AtomicU64);

impl Beat {
    /// Whether its time has come.
    pub(super) fn is_due(&self, passed: u64) -> bool {
        passed >= self.0.load(Ordering::Relaxed)
    }

    /// It was done now, and is to be done again after `pause`.
    pub(super) fn done(&self, passed: u64, pause: Duration) {
        let pause = u64::try_from(pause.as_nanos()).unwrap_or(u64::MAX);
        self.0
            .store(passed.saturating_add(pause), Ordering::Relaxed);
    }

    /// It is to be done again at once.
    pub(super) fn again(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}
