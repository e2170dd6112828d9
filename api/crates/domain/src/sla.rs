//! The timer of one stage in one round: when it is due, what light it shows, and what it remembers.
//!
//! A timer moves by life-cycle actions only; comments, edits and attachments have no function here. A
//! breach, once it happened, is never taken back.

use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::deadline::{Deadline, Limit, Pause, deadline};
use crate::escalation::Step;
use crate::policy::{Stage, Warnings};
use crate::time::{Day, Timestamp};

mod explain;
mod lights;
pub use explain::{Explained, explain};
pub use lights::{Light, working_days_left, worst_light};

/// Why a due date moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    /// The calendar changed.
    Calendar,
    /// A pause ended.
    Pause,
    /// More time was granted.
    Extension,
    /// Its stage began again within the round.
    Restart,
}

/// A due date it had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// When it moved.
    pub at: Timestamp,
    /// Why.
    pub reason: MoveReason,
    /// The first late instant until then.
    pub due_at: Timestamp,
    /// The last day in time until then.
    #[serde(with = "crate::calendar::day_text")]
    pub due_date: Day,
    /// Whether that date could still move.
    pub provisional: bool,
    /// The calendar it was counted with.
    pub calendar_version: i32,
}

/// More time, once granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// When.
    pub at: Timestamp,
    /// How much of the limit's unit.
    pub by: u32,
}

/// The timer of one stage in one round of a case. It carries its own limit, so that a policy changed later
/// changes nothing here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// What it measures.
    pub stage: Stage,
    /// 1, then one more with each reopening of the case.
    pub round: u32,
    /// How long it runs; extensions are already in it.
    pub limit: Limit,
    /// When it warns.
    #[serde(default)]
    pub warnings: Warnings,
    /// When it began, or began again within its round.
    pub started_at: Timestamp,
    /// The last life-cycle action; the blue light counts from it.
    pub last_action_at: Timestamp,
    /// Every pause, in order; only the last may be open.
    pub pauses: Vec<Pause>,
    /// The first instant that is late.
    pub due_at: Timestamp,
    /// The last day that is in time.
    #[serde(with = "crate::calendar::day_text")]
    pub due_date: Day,
    /// The date may move: a year on the way has no announced calendar.
    pub provisional: bool,
    /// The calendar the due date was last counted with.
    pub calendar_version: i32,
    /// From when it is blue; `None` for stages without lights and for limits of one day.
    pub blue_at: Option<Timestamp>,
    /// From when it is yellow; `None` for stages without lights.
    pub yellow_at: Option<Timestamp>,
    /// When its stage ended.
    pub stopped_at: Option<Timestamp>,
    /// The first instant of the first lateness. Stays for ever.
    pub breached_at: Option<Timestamp>,
    /// The longest lateness at a stop, in microseconds of wall time without pauses. Stays for ever.
    pub overrun_micros: Option<i64>,
    /// The last step of the ladder that was taken.
    pub fired: Option<Step>,
    /// Every extension, in order; they are in the limit.
    #[serde(default)]
    pub granted: Vec<Granted>,
    /// The due dates it had before, the oldest first.
    #[serde(default)]
    pub moved: Vec<Moved>,
}

impl Timer {
    /// A timer that begins at `now` and warns as the shipped policy says.
    #[must_use]
    pub fn start(
        limit: Limit,
        stage: Stage,
        round: u32,
        cal: &WorkCalendar,
        now: Timestamp,
    ) -> Self {
        Self::start_warned(limit, Warnings::default(), stage, round, cal, now)
    }

    /// A timer that begins at `now`.
    #[must_use]
    pub fn start_warned(
        limit: Limit,
        warnings: Warnings,
        stage: Stage,
        round: u32,
        cal: &WorkCalendar,
        now: Timestamp,
    ) -> Self {
        let due = deadline(cal, now, &limit, &[]);
        let mut timer = Self {
            stage,
            round,
            limit,
            warnings,
            started_at: now,
            last_action_at: now,
            pauses: Vec::new(),
            due_at: due.due_at,
            due_date: due.due_date,
            provisional: due.provisional,
            calendar_version: due.calendar_version,
            blue_at: None,
            yellow_at: None,
            stopped_at: None,
            breached_at: None,
            overrun_micros: None,
            fired: None,
            granted: Vec::new(),
            moved: Vec::new(),
        };
        timer.set_lights(cal);
        timer
    }

    /// Whether its stage goes on and the clock does not stand still.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.stopped_at.is_none() && !self.is_paused()
    }

    /// Whether the clock stands still.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// Whether its stage goes on and is late. A clock that stands still was late before or is not.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        let open = self.pauses.last().filter(|pause| pause.to.is_none());
        let shown = open.map_or(now, |pause| pause.from.min(now));
        self.stopped_at.is_none() && shown >= self.due_at
    }

    /// The clock stands still from `now` on.
    pub fn pause(&mut self, now: Timestamp) {
        if self.is_running() {
            self.note_breach(now);
            self.pauses.push(Pause {
                from: now,
                to: None,
            });
        }
    }

    /// The clock runs on, with what the pause gave; an action, so the blue light begins anew.
    pub fn resume(&mut self, cal: &WorkCalendar, now: Timestamp) {
        if !self.is_paused() {
            return;
        }
        if let Some(open) = self.pauses.last_mut() {
            open.to = Some(now.max(open.from));
        }
        self.last_action_at = now;
        self.count_anew(cal, MoveReason::Pause, now);
    }

    /// A life-cycle action happened: the blue light moves, the due date does not.
    pub fn act(&mut self, cal: &WorkCalendar, now: Timestamp) {
        if self.stopped_at.is_none() {
            self.note_breach(now);
            self.last_action_at = self.last_action_at.max(now);
            self.set_lights(cal);
        }
    }

    /// Its stage ended; an overrun is frozen.
    pub fn stop(&mut self, now: Timestamp) {
        if self.stopped_at.is_some() {
            return;
        }
        self.note_breach(now);
        if self.is_late(now) {
            let overrun = now.micros_since(self.due_at) - self.paused_since_due(now);
            self.overrun_micros = self.overrun_micros.max(Some(overrun));
        }
        self.stopped_at = Some(now);
    }

    /// The stop is undone (a merge taken back): the clock runs on as if it had never stopped.
    pub fn run_on(&mut self) {
        self.stopped_at = None;
    }

    /// Begun again within its round (after `return` or `send_back`): a new due date; breach, overrun and
    /// taken steps stay.
    pub fn restart(&mut self, cal: &WorkCalendar, now: Timestamp) {
        self.stop(now);
        if let Some(Pause {
            from,
            to: to @ None,
        }) = self.pauses.last_mut()
        {
            *to = Some(now.max(*from));
        }
        self.stopped_at = None;
        self.started_at = now;
        self.last_action_at = now;
        let due = deadline(cal, now, &self.limit, &self.pauses);
        self.set_due(due, MoveReason::Restart, now);
        self.set_lights(cal);
    }

    /// `by` more of the limit's unit, at most up to [`Limit::MOST`]. Whether it may be granted (in time,
    /// how often, how far) is for the caller to ask; no breach is erased.
    pub fn extend(&mut self, cal: &WorkCalendar, by: u32, now: Timestamp) {
        self.note_breach(now);
        let amount = self.limit.amount.saturating_add(by).min(Limit::MOST);
        self.granted.push(Granted {
            at: now,
            by: amount - self.limit.amount.min(amount),
        });
        self.limit.amount = amount;
        self.last_action_at = self.last_action_at.max(now);
        self.count_anew(cal, MoveReason::Extension, now);
    }

    /// Counts anew with another calendar. The due date may become later and never earlier: it was told to a
    /// citizen. Returns whether people see a difference: another date, or one that is now certain. When they
    /// see none, the calendar version it was told with stays too. A stopped timer stays as it is; a lateness
    /// that nothing had recorded is recorded first, for the new due date may lie after now.
    pub fn recalculate(&mut self, cal: &WorkCalendar, now: Timestamp) -> bool {
        if self.stopped_at.is_some() {
            return false;
        }
        let (told, certain) = (self.due_at, !self.provisional);
        let version = self.calendar_version;
        self.note_breach(now);
        self.count_anew(cal, MoveReason::Calendar, now);
        let seen = self.due_at != told || certain == self.provisional;
        if !seen {
            self.calendar_version = version;
        }
        seen
    }

    /// Counts anew; the due date may become later and never earlier.
    fn count_anew(&mut self, cal: &WorkCalendar, reason: MoveReason, now: Timestamp) {
        let counted = deadline(cal, self.started_at, &self.limit, &self.pauses);
        let due = Deadline {
            provisional: !cal.is_announced_throughout(
                self.started_at.day(),
                counted.due_date.max(self.due_date),
            ),
            due_at: counted.due_at.max(self.due_at),
            due_date: counted.due_date.max(self.due_date),
            ..counted
        };
        self.set_due(due, reason, now);
        self.set_lights(cal);
    }

    /// Records the breach when the running clock is late at `now`.
    pub fn note_breach(&mut self, now: Timestamp) {
        if self.breached_at.is_none() && self.is_late(now) {
            self.breached_at = Some(self.due_at);
        }
    }

    /// Records that a step was taken; an earlier one changes nothing.
    pub fn record_fired(&mut self, step: Step) {
        self.fired = self.fired.max(Some(step));
    }

    /// Microseconds since the due time in which the clock stood still.
    fn paused_since_due(&self, now: Timestamp) -> i64 {
        let spans = self.pauses.iter().map(|pause| {
            let (from, to) = (
                pause.from.max(self.due_at),
                pause.to.unwrap_or(now).min(now),
            );
            to.micros_since(from).max(0)
        });
        spans.sum()
    }

    fn set_due(&mut self, due: Deadline, reason: MoveReason, at: Timestamp) {
        if due.due_at != self.due_at {
            self.moved.push(Moved {
                at,
                reason,
                due_at: self.due_at,
                due_date: self.due_date,
                provisional: self.provisional,
                calendar_version: self.calendar_version,
            });
        }
        self.due_at = due.due_at;
        self.due_date = due.due_date;
        self.provisional = due.provisional;
        self.calendar_version = due.calendar_version;
    }
}

#[cfg(test)]
mod tests;
