//! A case is routed anew when whom it is about changes, or when a post, a declared relation or a zone does:
//! who must not know of it any longer loses it at once, and no clock begins again.

use crate::id::PersonId;
use crate::policy::Stage;
use crate::region::Level;

use super::action::ActionName;
use super::case::{Case, Rules};
use super::routing::{NoRoute, lowest_level};
use super::target::Target;
use super::transition::Event;

/// Other targets than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retarget {
    /// About whom.
    pub targets: Vec<Target>,
    /// The people the targets are today.
    pub accused: Vec<PersonId>,
    /// Why, for colleagues.
    pub reason: String,
}

/// Who may keep the seat they have in the case, by the facts of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    /// The supervising unit: strictly above the targets, or of the zone; no target, not related.
    pub supervising: bool,
    /// The responsible unit, where there is one.
    pub responsible: bool,
    /// The person who has it in hand, where there is one.
    pub assignee: bool,
}

impl Seats {
    /// Everybody may stay.
    #[must_use]
    pub fn all_kept(self) -> bool {
        self.supervising && self.responsible && self.assignee
    }
}

impl Case {
    /// Gives away every seat that may not be kept. `rules.organs` are the organs that may supervise it with
    /// the targets as they are after the change.
    ///
    /// The supervising work never goes down by itself: an organ above keeps what has come to it.
    ///
    /// # Errors
    /// [`NoRoute`] when nobody here may supervise it; the case as it was is dropped.
    pub fn route_anew(
        mut self,
        retarget: Option<Retarget>,
        seats: Seats,
        rules: &Rules<'_>,
    ) -> Result<(Self, Event), NoRoute> {
        let before = self.fingerprint();
        let mut event = Event {
            action: ActionName::RouteAnew,
            public_note: None,
            internal_note: None,
        };
        if let Some(retarget) = retarget {
            self.targets = retarget.targets;
            self.accused = retarget.accused;
            event.action = ActionName::ChangeTargets;
            event.internal_note = Some(retarget.reason);
        }
        let lowest = lowest_level(&self.targets).ok_or(NoRoute::AboveTheCity)?;
        if !seats.supervising {
            // A neighbour's seat was given by the county and goes back to it.
            let home = rules.organs.get(&self.supervising_level) == Some(&self.supervising);
            let visiting = !home && self.supervising_level == Level::Township;
            let from = match visiting {
                true => Level::County.max(lowest),
                false => lowest.max(self.supervising_level),
            };
            let (level, organ) = rules
                .organs
                .range(from..=Level::City)
                .find(|(_, organ)| **organ != self.supervising)
                .map(|(level, organ)| (*level, organ.clone()))
                .ok_or(NoRoute::NoOrgan)?;
            self.supervise_by(level, organ, rules.now);
            self.assignee = None;
        }
        let may = |organ: &crate::id::OrganisationId| {
            let mut organs = rules.organs.iter();
            organs.any(|(level, other)| other == organ && *level >= lowest)
        };
        self.uppers.retain(may);
        if let Some(open) = &self.tally.unacknowledged
            && !self.uppers.contains(&open.organ)
        {
            self.tally.unacknowledged = None;
        }
        if !seats.assignee {
            self.assignee = None;
        }
        if !seats.responsible && self.responsible().is_some() && self.state.name().is_open() {
            self.stop(&[Stage::Review], rules.now);
            self.enter_accepted(rules);
        }
        if self.fingerprint() != before {
            self.version += 1;
        }
        Ok((self, event))
    }
}
