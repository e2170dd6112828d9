//! Why this date: the count of a timer once more, with every day that did not count.

use super::Timer;
use crate::calendar::WorkCalendar;
use crate::deadline::{SkippedDay, deadline};

/// The count behind a due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The days between start and due date that did not count, in order, each with its reason.
    pub skipped: Vec<SkippedDay>,
    /// The calendar alone would give an earlier date, but the one told before was kept.
    pub kept: bool,
}

/// Counts a timer once more with the calendar that its due date was counted with.
#[must_use]
pub fn explain(timer: &Timer, calendar: &WorkCalendar) -> Explained {
    let counted = deadline(calendar, timer.started_at, &timer.limit, &timer.pauses);
    Explained {
        kept: counted.due_at < timer.due_at,
        skipped: counted.skipped,
    }
}
