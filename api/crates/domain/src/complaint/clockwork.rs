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
/// overdue (that one climbs), and comes early when the organ called before has not acknowledged.
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
        return match (timer.is_running(), timer.is_late(rules.now)) {
            (false, _) => Ask::Nothing,
            (true, true) => Ask::Now(wake, timer.due_at),
            (true, false) => Ask::Later(wake, timer.due_at),
        };
    }
    let Some((step, at)) = next_step(timer, rules.calendar, rules.policy) else {
        return Ask::Nothing;
    };
    match due_step(&case.timers, index, rules.calendar, rules.policy, rules.now) {
        Due::Fire(step, at) => Ask::Now(Wake::Step(step), at),
        Due::Deferred | Due::Nothing => Ask::Nothing,
        Due::NotYet(_) => {
            let early = case
                .tally
                .unacknowledged
                .as_ref()
                .filter(|_| step.climbs() && timer.fired >= Some(Step::Red))
                .map_or(at, |open| open.due_at.min(at));
            if early <= rules.now {
                Ask::Now(Wake::Step(step), early)
            } else {
                Ask::Later(Wake::Step(step), early)
            }
        }
    }
}
