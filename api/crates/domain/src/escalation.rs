//! The ladder of a late stage: remind, warn, red, county, city. Times only; who stands on a rung, and what
//! happens when nobody does, is for the caller.

use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::deadline::{Limit, deadline};
use crate::policy::Policy;
use crate::sla::{Light, Timer};
use crate::time::Timestamp;

/// A step, taken once per case, stage and round, in this order.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[schema(as = LadderStep)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 提醒: the light turned blue.
    Remind,
    /// 预警: the light turned yellow.
    Warn,
    /// 督办: late.
    Red,
    /// To the county.
    County,
    /// To the city.
    City,
}

impl Step {
    /// All, the lowest first.
    pub const ALL: [Self; 5] = [
        Self::Remind,
        Self::Warn,
        Self::Red,
        Self::County,
        Self::City,
    ];

    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::Warn => "warn",
            Self::Red => "red",
            Self::County => "county",
            Self::City => "city",
        }
    }

    /// Reads [`Step::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == text)
    }

    /// The light that it comes with; the higher steps count from the due date instead.
    #[must_use]
    pub fn light(self) -> Option<Light> {
        match self {
            Self::Remind => Some(Light::Blue),
            Self::Warn => Some(Light::Yellow),
            Self::Red => Some(Light::Red),
            Self::County | Self::City => None,
        }
    }

    /// Whether the case itself goes up, and not just a word about it.
    #[must_use]
    pub fn climbs(self) -> bool {
        matches!(self, Self::County | Self::City)
    }
}

/// What a timer's ladder asks for at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Take this step; it was due then.
    Fire(Step, Timestamp),
    /// A step is due, but an earlier stage of the case is overdue too, and that one climbs.
    Deferred,
    /// The next step is due then.
    NotYet(Timestamp),
    /// No step is left, or the clock does not run.
    Nothing,
}

/// When a step of this timer is due; `None` when it has no such step.
#[must_use]
pub fn step_at(
    timer: &Timer,
    cal: &WorkCalendar,
    policy: &Policy,
    step: Step,
) -> Option<Timestamp> {
    if !timer.stage.is_watched() {
        return None;
    }
    let rung = policy.rung(step)?;
    match step {
        // An action moved blue past yellow: nobody needs reminding of what he is warned of.
        Step::Remind => timer
            .blue_at
            .filter(|blue| timer.yellow_at.is_none_or(|yellow| *blue <= yellow)),
        Step::Warn => timer.yellow_at,
        Step::Red => Some(timer.due_at),
        Step::County | Step::City => {
            let limit = Limit::working_days(rung.after_working_days?);
            let due = deadline(cal, Timestamp::start_of(timer.due_date), &limit, &[]);
            Some(due.due_at)
        }
    }
}

/// The next step after those taken, with its time, which may be long past; `None` when none is left or the
/// clock does not run.
#[must_use]
pub fn next_step(timer: &Timer, cal: &WorkCalendar, policy: &Policy) -> Option<(Step, Timestamp)> {
    if !timer.is_running() {
        return None;
    }
    Step::ALL
        .into_iter()
        .filter(|step| Some(*step) > timer.fired)
        .find_map(|step| step_at(timer, cal, policy, step).map(|at| (step, at)))
}

/// What the timer at `index` of a case's `timers` asks for at `now`. Of several overdue stages only the
/// earliest climbs to the county and the city (of two with the same due time the first in the list).
#[must_use]
pub fn due_step(
    timers: &[Timer],
    index: usize,
    cal: &WorkCalendar,
    policy: &Policy,
    now: Timestamp,
) -> Due {
    let Some(timer) = timers.get(index) else {
        return Due::Nothing;
    };
    let Some((step, at)) = next_step(timer, cal, policy) else {
        return Due::Nothing;
    };
    if at > now {
        return Due::NotYet(at);
    }
    let earlier_is_overdue = timers.iter().enumerate().any(|(other_index, other)| {
        other.stage.is_watched()
            && other.is_running()
            && other.is_late(now)
            && (other.due_at, other_index) < (timer.due_at, index)
    });
    if step.climbs() && earlier_is_overdue {
        Due::Deferred
    } else {
        Due::Fire(step, at)
    }
}

#[cfg(test)]
mod tests;
