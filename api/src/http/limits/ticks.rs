//! The time that rates are counted in: it only ever passes. A machine's clock that is set forward and back must not
//! hold anybody up for the difference; in tests it is the wall clock that somebody steps.

use governor::clock::Clock;
use governor::nanos::Nanos;

use crate::ports::clock::Clocks;

/// Nanoseconds since some moment.
#[derive(Clone)]
pub struct Ticks(Clocks);

impl Ticks {
    /// Those of the program's clocks.
    #[must_use]
    pub fn of(clocks: &Clocks) -> Self {
        Self(clocks.clone())
    }
}

impl Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.passed())
    }
}
