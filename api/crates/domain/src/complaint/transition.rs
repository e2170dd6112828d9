//! The transitions: each consumes the case and gives it back changed, or says why not. Nothing here knows
//! a database or a clock.

use crate::deadline::{Limit, deadline, plus_days};
use crate::id::OrganisationId;
use crate::policy::Stage;
use crate::region::Level;

use super::action::{Action, ActionName, By, above_reached, allowed, is_legal, is_permitted};
use super::case::{Case, GivenAnswer, Rules, Supervision, Unacknowledged};
use super::decline::Declined;
use super::state::{State, Work};

/// What happened, for the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub action: ActionName,
    /// What the complainant reads.
    pub public_note: Option<String>,
    /// What only staff read.
    pub internal_note: Option<String>,
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not for this person in this case.
    NotPermitted,
    /// Not in this state; these are.
    Illegal(Vec<ActionName>),
    /// The organ named is not above the supervising one.
    NotAbove,
    /// More than the stage's own limit at once.
    ExtensionTooLong,
    /// Past the last day that any extension may reach.
    ExtensionTooFar,
    /// A due date of a formal order must lie ahead.
    DueInThePast,
}

/// What the complainant reads of what happens by itself.
const SUPPLEMENT_LAPSED: &str = "规定时间内没有收到补充材料，按已有内容继续办理。";
const RATE_LAPSED: &str = "规定时间内没有评价，事项自动办结；仍可补充评价，也可在期限内提出不服。";
const UNMERGED: &str = "所并入的事项已经撤回或不予受理，您反映的事项恢复单独办理，原定期限不变。";

/// Every stage that an open case can have running.
pub(super) const WORKING: [Stage; 6] = [
    Stage::Accept,
    Stage::Dispatch,
    Stage::Handle,
    Stage::Review,
    Stage::Rework,
    Stage::Supplement,
];

impl Case {
    /// Does one thing.
    ///
    /// # Errors
    /// [`Refusal`]; the case as it was is dropped, so that nobody goes on with half a change.
    pub fn act(
        mut self,
        by: &By,
        action: Action,
        rules: &Rules<'_>,
    ) -> Result<(Self, Event), Refusal> {
        let name = action.name();
        if !is_permitted(by, name, &self) {
            return Err(Refusal::NotPermitted);
        }
        if !is_legal(name, &self, rules) {
            return Err(Refusal::Illegal(allowed(by, &self, rules)));
        }
        let before = self.fingerprint();
        if name.is_life_cycle() {
            for timer in &mut self.timers {
                timer.act(rules.calendar, rules.now);
            }
        }
        let mut event = Event {
            action: name,
            public_note: None,
            internal_note: None,
        };
        self.apply(by, action, rules, &mut event)?;
        if self.fingerprint() != before {
            self.version += 1;
        }
        Ok((self, event))
    }

    fn apply(
        &mut self,
        by: &By,
        action: Action,
        rules: &Rules<'_>,
        event: &mut Event,
    ) -> Result<(), Refusal> {
        let now = rules.now;
        let action_lapsed = action == Action::SupplementLapsed;
        match action {
            Action::RequestSupplement { note } => {
                self.tally.supplements += 1;
                self.state = State::AwaitingSupplement {
                    asked: note.clone(),
                };
                event.public_note = Some(note);
                self.pause(rules);
                self.begin(Stage::Supplement, rules);
            }
            Action::Supplement { .. } | Action::SupplementLapsed => {
                if action_lapsed {
                    event.public_note = Some(SUPPLEMENT_LAPSED.to_owned());
                }
                self.stop(&[Stage::Supplement], now);
                self.resume(rules);
                self.state = State::Submitted;
            }
            Action::Accept => {
                self.stop(&[Stage::Supplement], now);
                self.resume(rules);
                self.stop(&[Stage::Accept], now);
                self.enter_accepted(rules);
            }
            Action::Decline {
                reason,
                redirect,
                note,
            } => {
                self.stop(&WORKING, now);
                self.tally.unacknowledged = None;
                self.assignee = None;
                event.public_note = Some(note.clone());
                self.state = State::Declined {
                    declined: Declined {
                        reason,
                        redirect: redirect.or_else(|| reason.door().map(str::to_owned)),
                        note,
                        declined_at: now,
                    },
                };
            }
            Action::Dispatch {
                organisation,
                brief,
                share,
                note,
            } => {
                self.stop(&[Stage::Dispatch], now);
                self.tally.dispatches += 1;
                self.assignee = None;
                self.state = State::Dispatched {
                    work: Work {
                        responsible: organisation,
                        brief,
                        photos: share.numbers(),
                        dispatched_at: now,
                    },
                };
                event.internal_note = note;
            }
            Action::Return { reason } => {
                self.tally.returns += 1;
                event.internal_note = Some(reason);
                self.enter_accepted(rules);
            }
            Action::Start => {
                if let State::Dispatched { work } = &self.state {
                    self.state = State::Handling { work: work.clone() };
                }
                self.remember_handler(by);
            }
            Action::Assign { staff } => self.assignee = Some(staff),
            Action::Note { text } => event.internal_note = Some(text),
            Action::Message { .. } => {}
            Action::Extend {
                working_days,
                reason,
            } => {
                self.extend(working_days, rules)?;
                event.public_note = Some(reason);
            }
            Action::SubmitAnswer { answer } => {
                if let State::Handling { work } = &self.state {
                    self.state = State::UnderReview {
                        work: work.clone(),
                        draft: answer,
                    };
                }
                self.remember_handler(by);
                self.begin(Stage::Review, rules);
            }
            Action::SendBack { note } => {
                if let State::UnderReview { work, .. } = &self.state {
                    self.state = State::Handling { work: work.clone() };
                }
                event.internal_note = Some(note);
                self.stop(&[Stage::Review], now);
            }
            Action::Approve { note, .. } => {
                if let State::UnderReview { work, draft } = &self.state {
                    self.tally.answer = Some(GivenAnswer {
                        answer: draft.clone(),
                        answered_at: now,
                    });
                    self.tally.rating = None;
                    self.state = State::Answered {
                        work: work.clone(),
                        answered_at: now,
                    };
                }
                event.internal_note = note;
                self.tally.unacknowledged = None;
                self.stop(&[Stage::Review, Stage::Handle, Stage::Rework], now);
                self.begin(Stage::Rate, rules);
            }
            Action::Transfer {
                organisation,
                reason,
            } => {
                self.transfer(by, &organisation, rules)?;
                event.internal_note = Some(reason);
            }
            Action::Merge { into, reason } => {
                self.merge(into, now);
                event.internal_note = Some(reason);
            }
            Action::Unmerge => {
                self.unmerge(rules);
                event.public_note = Some(UNMERGED.to_owned());
            }
            Action::Supervise { note, due_at } => {
                if due_at <= now {
                    return Err(Refusal::DueInThePast);
                }
                if let By::Staff { organisation, .. } = by {
                    self.tally.supervision = Some(Supervision {
                        note: note.clone(),
                        due_at,
                        by: organisation.clone(),
                    });
                }
                self.supervised = true;
                event.internal_note = Some(note);
            }
            Action::Escalate { reason } => {
                if let Some((level, organ)) = above_reached(self, rules) {
                    self.rise(level, organ, rules);
                }
                event.internal_note = Some(reason);
            }
            Action::Acknowledge => self.tally.unacknowledged = None,
            Action::Rate { rating, comment } => self.rate(rating, comment, rules),
            Action::RateLapsed => {
                self.stop(&[Stage::Rate], now);
                self.close(rules);
                event.public_note = Some(RATE_LAPSED.to_owned());
            }
            Action::Dispute { reason } => {
                self.dispute(rules);
                event.internal_note = Some(reason);
            }
            Action::Withdraw { reason } => {
                self.stop(&WORKING, now);
                self.tally.unacknowledged = None;
                self.assignee = None;
                self.state = State::Withdrawn { withdrawn_at: now };
                event.internal_note = reason;
            }
        }
        Ok(())
    }

    /// The case comes to an organ above, which must acknowledge within one working day. State, units,
    /// assignee and clocks stay.
    pub fn rise(&mut self, level: Level, organ: OrganisationId, rules: &Rules<'_>) {
        self.reach(level, rules.now);
        if organ == self.supervising {
            return;
        }
        if !self.uppers.contains(&organ) {
            self.uppers.push(organ.clone());
        }
        let due_at = deadline(rules.calendar, rules.now, &Limit::working_days(1), &[]).due_at;
        self.tally.unacknowledged = Some(Unacknowledged { organ, due_at });
    }

    /// More time, at most the stage's own limit, ending within the policy's days from filing.
    fn extend(&mut self, days: u32, rules: &Rules<'_>) -> Result<(), Refusal> {
        let (received_at, kind) = (self.received_at, self.kind);
        let Some(place) = self
            .running_promise()
            .and_then(|promise| self.timers.iter().position(|timer| timer == promise))
        else {
            return Ok(());
        };
        let Some(timer) = self.timers.get_mut(place) else {
            return Ok(());
        };
        let by = timer.limit.of_days(days);
        if by > rules.policy.limit(timer.stage, kind).amount {
            return Err(Refusal::ExtensionTooLong);
        }
        timer.extend(rules.calendar, by, rules.now);
        if timer.due_date > plus_days(received_at.day(), rules.policy.extension.within_days) {
            return Err(Refusal::ExtensionTooFar);
        }
        self.tally.extensions += 1;
        Ok(())
    }

    pub(super) fn enter_accepted(&mut self, rules: &Rules<'_>) {
        self.assignee = None;
        self.state = State::Accepted;
        self.begin(Stage::Dispatch, rules);
    }

    fn remember_handler(&mut self, by: &By) {
        if let By::Staff { person, .. } = by
            && !self.tally.handled_by.contains(person)
        {
            self.tally.handled_by.push(person.clone());
        }
    }

    fn transfer(&mut self, by: &By, to: &OrganisationId, rules: &Rules<'_>) -> Result<(), Refusal> {
        let above = rules
            .organs
            .iter()
            .find(|(level, id)| *id == to && **level > self.supervising_level)
            .map(|(level, _)| *level);
        let by_county = matches!(by, By::Staff { standing, .. } if standing.county);
        match above {
            Some(level) => self.supervise_by(level, to.clone(), rules.now),
            None if by_county && rules.neighbours.contains(to) && *to != self.supervising => {
                self.go_sideways(to.clone(), rules);
            }
            None => return Err(Refusal::NotAbove),
        }
        self.stop(&[Stage::Review], rules.now);
        match self.state {
            State::Submitted | State::AwaitingSupplement { .. } => self.assignee = None,
            // Already there: its clock runs on.
            State::Accepted => self.assignee = None,
            _ => self.enter_accepted(rules),
        }
        Ok(())
    }

    /// To another township of the zone. The county that hands it over keeps seeing it.
    fn go_sideways(&mut self, to: OrganisationId, rules: &Rules<'_>) {
        self.supervise_by(Level::Township, to, rules.now);
        if let Some(county) = rules.organs.get(&Level::County)
            && !self.uppers.contains(county)
        {
            self.uppers.push(county.clone());
        }
        self.reach(Level::County, rules.now);
    }
}
