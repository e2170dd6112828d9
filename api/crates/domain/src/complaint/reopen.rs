//! What the complainant does with an answer, a refusal or a withdrawal: rate it, or go one level up.

use crate::id::OrganisationId;
use crate::policy::Stage;
use crate::region::Level;
use crate::time::Timestamp;

use super::case::{Case, Rules};
use super::rating::{Rating, RatingValue};
use super::routing::next_above;
use super::state::{State, StateName};

impl Case {
    /// From when the thirty days of a dispute count: the answer, the refusal or the withdrawal; `None`
    /// where there is nothing to dispute.
    pub(super) fn disputable_since(&self) -> Option<Timestamp> {
        match &self.state {
            State::Answered { answered_at, .. } | State::Closed { answered_at, .. } => {
                Some(*answered_at)
            }
            State::Withdrawn { withdrawn_at } => Some(*withdrawn_at),
            State::Declined { declined } => Some(declined.declined_at),
            State::Merged { .. } => self.followed_answer().map(|given| given.answered_at),
            _ => None,
        }
    }

    /// Whether there is an answer to rate: an open one, one that closed unrated, or that of the case
    /// followed, once for each answer.
    pub(super) fn is_ratable(&self) -> bool {
        match &self.state {
            State::Answered { .. } => true,
            State::Closed { .. } => self.tally.rating.is_none(),
            State::Merged { .. } => self.followed_answer().is_some_and(|given| {
                let rating = self.tally.rating.as_ref();
                rating.is_none_or(|rating| rating.rated_at < given.answered_at)
            }),
            _ => false,
        }
    }

    pub(super) fn close(&mut self, rules: &Rules<'_>) {
        if let State::Answered { work, answered_at } = &self.state {
            self.state = State::Closed {
                work: work.clone(),
                answered_at: *answered_at,
                closed_at: rules.now,
            };
        }
    }

    pub(super) fn rate(&mut self, rating: RatingValue, comment: Option<String>, rules: &Rules<'_>) {
        let follows_closed = self
            .follows
            .as_ref()
            .is_some_and(|target| target.state == StateName::Closed);
        let late = match self.state {
            State::Closed { .. } => true,
            State::Merged { .. } => follows_closed,
            _ => false,
        };
        self.tally.rating = Some(Rating {
            rating,
            comment,
            rated_at: rules.now,
            late,
        });
        if late {
            return;
        }
        self.stop(&[Stage::Rate], rules.now);
        if rating != RatingValue::Dissatisfied {
            self.close(rules);
            return;
        }
        self.tally.dissatisfied += 1;
        match self.tally.dissatisfied {
            1 => {
                self.round += 1;
                self.begin(Stage::Rework, rules);
                match &self.state {
                    State::Answered { work, .. } => {
                        self.state = State::Handling { work: work.clone() };
                    }
                    // A follower goes its own way from here on; nobody has its work in hand yet.
                    _ => self.enter_accepted(rules),
                }
            }
            2 => {
                self.round += 1;
                self.one_level_up(rules);
                self.begin(Stage::Rework, rules);
                self.enter_accepted(rules);
            }
            // Kept with the closing: a dispute is the way on.
            _ => self.close(rules),
        }
    }

    pub(super) fn dispute(&mut self, rules: &Rules<'_>) {
        self.stop(&[Stage::Rate], rules.now);
        self.tally.disputed = true;
        self.round += 1;
        self.one_level_up(rules);
        match self.state {
            // What was refused is filed once more, with what a filing is promised.
            State::Declined { .. } => {
                self.state = State::Submitted;
                self.begin(Stage::Accept, rules);
                self.begin(Stage::Handle, rules);
            }
            State::Withdrawn { .. } => {
                self.begin(Stage::Handle, rules);
                self.enter_accepted(rules);
            }
            _ => {
                self.begin(Stage::Rework, rules);
                self.enter_accepted(rules);
            }
        }
    }

    pub(super) fn supervise_by(&mut self, level: Level, organ: OrganisationId, now: Timestamp) {
        self.uppers.retain(|upper| *upper != organ);
        if self
            .tally
            .unacknowledged
            .as_ref()
            .is_some_and(|open| open.organ == organ)
        {
            self.tally.unacknowledged = None;
        }
        self.supervising = organ;
        self.supervising_level = level;
        self.reach(level, now);
    }

    /// The supervising work goes one level up, as far as there is one.
    fn one_level_up(&mut self, rules: &Rules<'_>) {
        if let Some((level, organ)) = next_above(self.supervising_level, rules.organs) {
            self.supervise_by(level, organ, rules.now);
        }
    }
}
