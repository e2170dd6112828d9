//! What a village must publish when (公开目录, T10 of `domain.md`): a catalogue of matters with their rules, the
//! obligations that grow out of it period by period, and how each of them stands at an instant.
//!
//! A catalogue is data, versioned as policies are: a county's, laid over by townships and villages that ask for more.
//! An obligation keeps the rule of the catalogue that was in force when it opened, so that no change of a catalogue
//! touches a date that was told.

pub mod catalogue;
pub mod grow;
pub mod rule;
pub mod shipped;
mod status;
pub mod tightness;

pub use status::{Counts, Standing, Status};

use crate::calendar::WorkCalendar;
use crate::escalation::{self, Step};
use crate::policy::{Policy, Stage};
use crate::sla::Timer;
use crate::time::Timestamp;

use rule::Count;

/// The clock of an obligation: that of a stage of a case, with the catalogue's limit. Lights, ladder, and "a date once
/// told never becomes earlier" are the same there and here; which stage it is called by says nothing.
#[must_use]
pub fn clock(count: &Count, policy: &Policy, cal: &WorkCalendar) -> Timer {
    let from = Timestamp::start_of(count.from);
    Timer::start_warned(count.limit, policy.warnings, Stage::Handle, 1, cal, from)
}

/// The next step of the ladder after those taken, with its time, which may be long past. What was taken back after its
/// due date is late from then on: its ladder counts from the day on which it became open again, and nobody is reminded
/// of what he is called to account for.
#[must_use]
pub fn next_step(
    clock: &Timer,
    reopened_at: Option<Timestamp>,
    cal: &WorkCalendar,
    policy: &Policy,
) -> Option<(Step, Timestamp)> {
    let Some(at) = reopened_at.filter(|at| *at > clock.due_at) else {
        return escalation::next_step(clock, cal, policy);
    };
    let late_again = Timer {
        due_at: at,
        due_date: at.day(),
        blue_at: None,
        yellow_at: None,
        ..clock.clone()
    };
    escalation::next_step(&late_again, cal, policy)
}

#[cfg(test)]
mod tests;
