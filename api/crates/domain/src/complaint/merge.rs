//! Cases that follow another: several people told of the same thing, one case is worked on, and everybody
//! reads its state and answer, rates and disputes for themselves. A follower never ends because its target
//! does: withdrawn or declined there, it is back where it was, its clock running on as if it had never
//! stopped.

use crate::id::ComplaintId;
use crate::policy::Stage;
use crate::time::Timestamp;

use super::case::{Case, GivenAnswer, Rules};
use super::state::{State, StateName};

/// What a follower knows of the case it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The target's state.
    pub state: StateName,
    /// The answer that was given there.
    pub answer: Option<GivenAnswer>,
}

impl Followed {
    /// The answer that stands: none while the target is worked on, also again.
    #[must_use]
    pub fn standing_answer(&self) -> Option<&GivenAnswer> {
        self.answer
            .as_ref()
            .filter(|_| matches!(self.state, StateName::Answered | StateName::Closed))
    }
}

impl Case {
    /// The answer the complainant has: the case's own, or that of the case it follows.
    #[must_use]
    pub fn given_answer(&self) -> Option<&GivenAnswer> {
        match (&self.state, &self.follows) {
            (State::Merged { .. }, Some(target)) => target.answer.as_ref(),
            _ => self.tally.answer.as_ref(),
        }
    }

    /// For a follower: the answer it may rate or dispute now.
    pub(super) fn followed_answer(&self) -> Option<&GivenAnswer> {
        match self.state {
            State::Merged { .. } => self.follows.as_ref()?.standing_answer(),
            _ => None,
        }
    }

    /// Follows another case: every clock stops, and may run on later.
    pub(super) fn merge(&mut self, into: ComplaintId, now: Timestamp) {
        self.stop(&super::transition::WORKING, now);
        self.tally.unacknowledged = None;
        self.tally.rating = None;
        self.assignee = None;
        self.state = State::Merged {
            into,
            merged_at: now,
        };
    }

    /// The target was merged itself: the same case is followed at one remove less.
    pub fn follow(&mut self, target: &ComplaintId) {
        if let State::Merged { into, .. } = &mut self.state {
            *into = target.clone();
            self.version += 1;
        }
    }

    /// No target any more: back to `accepted`, and what the complainant was promised runs on as if it had
    /// never stopped.
    pub(super) fn unmerge(&mut self, rules: &Rules<'_>) {
        let State::Merged { merged_at, .. } = self.state else {
            return;
        };
        for timer in &mut self.timers {
            let promise = matches!(timer.stage, Stage::Handle | Stage::Rework);
            if promise && timer.stopped_at == Some(merged_at) {
                timer.run_on();
                timer.resume(rules.calendar, rules.now);
                timer.recalculate(rules.calendar, rules.now);
            }
        }
        self.enter_accepted(rules);
    }
}
