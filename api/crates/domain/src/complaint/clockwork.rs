//! What the clocks of a case ask for: the next step of a ladder, or the end of a wait. Pure; the worker
//! asks here and writes what it is told.

use crate::escalation::{Due, Step, due_step, next_step};
use crate::policy::Stage;
use crate::time::Timestamp;

use super::case::{Case, Rules};

/// What happens when a clock comes to its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// A step of the ladder.
    Step(Step),
    /// A step that climbs before its date, because the organ called before has not acknowledged. The
    /// ladder's own steps keep their dates.
    Early(Step),
    /// Nobody supplemented: the case goes on without.
    SupplementLapsed,
    /// Nobody rated: the case closes, unrated.
    RateLapsed,
}

/// What a timer asks for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// This, which was due then.
    Now(Wake, Timestamp),
    /// This, at a time ahead.
    Later(Wake, Timestamp),
    /// Nothing until something else happens to the case.
    Nothing,
}

/// What the timer at `index` asks for. A step that climbs waits while an earlier stage of the same case is
/// overdue (that one climbs); the case's first running clock also carries the early step of an organ that
/// does not acknowledge.
#[must_use]
pub fn ask(case: &Case, index: usize, rules: &Rules<'_>) -> Ask {
    let Some(timer) = case.timers.get(index) else {
        return Ask::Nothing;
    };
    let lapse = match timer.stage {
        Stage::Supplement => Some(Wake::SupplementLapsed),
        Stage::Rate => Some(Wake::RateLapsed),
        _ => None,
    };
    if let Some(wake) = lapse {
        return if timer.is_running() {
            at(wake, timer.due_at, rules.now)
        } else {
            Ask::Nothing
        };
    }
    let due = due_step(&case.timers, index, rules.calendar, rules.policy, rules.now);
    let ladder = match due {
        Due::Deferred | Due::Nothing => None,
        Due::Fire(..) | Due::NotYet(_) => next_step(timer, rules.calendar, rules.policy),
    };
    let early = early_step(case, index).filter(|(step, _)| rules.policy.rung(*step).is_some());
    match (ladder, early) {
        (Some((step, due)), Some((_, early))) if due <= early => {
            at(Wake::Step(step), due, rules.now)
        }
        (_, Some((step, early))) => at(Wake::Early(step), early, rules.now),
        (Some((step, due)), None) => at(Wake::Step(step), due, rules.now),
        (None, None) => Ask::Nothing,
    }
}

fn at(wake: Wake, due: Timestamp, now: Timestamp) -> Ask {
    if due <= now {
        Ask::Now(wake, due)
    } else {
        Ask::Later(wake, due)
    }
}

/// The step that an organ's silence brings early, with its time, on the clock that carries it: the running
/// one that falls due first.
fn early_step(case: &Case, index: usize) -> Option<(Step, Timestamp)> {
    let open = case.tally.unacknowledged.as_ref()?;
    let step = match case.level {
        1 => Step::County,
        2 => Step::City,
        _ => return None,
    };
    let first = case
        .timers
        .iter()
        .enumerate()
        .filter(|(_, timer)| timer.stage.is_watched() && timer.is_running())
        .min_by_key(|(place, timer)| (timer.due_at, *place))
        .map(|(place, _)| place);
    (first == Some(index)).then_some((step, open.due_at))
}
