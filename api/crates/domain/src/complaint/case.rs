//! A case: everything about a complaint that rules decide on, and its clocks.

use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::id::{ComplaintId, OrganisationId, PersonId, ProposalId, StaffId};
use crate::policy::{Kind, Policy, Stage};
use crate::proposal::CaseMatter;
use crate::region::{Level, RegionCode};
use crate::sla::{self, Light, Timer};
use crate::time::{Day, Timestamp};

use super::access::Capacity;
use super::merge::Followed;
use super::rating::Rating;
use super::routing::{Organs, rung};
use super::state::{Answer, State};
use super::target::{Accused, Target};

/// What rules are decided with: the calendar and policy in force for the case, the organs above its
/// region, and the time.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The region's calendar.
    pub calendar: &'a WorkCalendar,
    /// The case's policy.
    pub policy: &'a Policy,
    /// The discipline organs above the case's region that may supervise it.
    pub organs: &'a Organs,
    /// The organs of the zone's other townships that the county may hand the supervising work to.
    pub neighbours: &'a [OrganisationId],
    /// Case time.
    pub now: Timestamp,
}

/// An answer the complainant has been given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenAnswer {
    /// The words.
    pub answer: Answer,
    /// When it was approved.
    pub answered_at: Timestamp,
}

/// An organ above must say that it has seen the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unacknowledged {
    /// The organ.
    pub organ: OrganisationId,
    /// After this the next step of the ladder fires early.
    pub due_at: Timestamp,
}

/// A formal order from above (督办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// The letter.
    pub note: String,
    /// Its own due date.
    pub due_at: Timestamp,
    /// The organ that ordered it.
    pub by: OrganisationId,
}

/// A proposal about the case that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The proposal.
    pub proposal: ProposalId,
    /// What is proposed.
    pub matter: CaseMatter,
    /// From here on it is void.
    pub expires_at: Timestamp,
    /// The organs it is offered to.
    pub organs: Vec<OrganisationId>,
}

/// What happened so far, as far as rules ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Times more was asked of the complainant.
    pub supplements: u32,
    /// Times the work was given to a unit; before the first the case may still be declined.
    #[serde(default)]
    pub dispatches: u32,
    /// Times a unit said "not ours".
    pub returns: u32,
    /// `dissatisfied` ratings.
    pub dissatisfied: u32,
    /// Times the handling was extended.
    #[serde(default)]
    pub extensions: u32,
    /// A dispute was raised; there is one in a case's life.
    pub disputed: bool,
    /// People who handled it; none of them may approve.
    pub handled_by: Vec<PersonId>,
    /// The answer in force.
    pub answer: Option<GivenAnswer>,
    /// The rating in force.
    pub rating: Option<Rating>,
    /// A formal order in force.
    pub supervision: Option<Supervision>,
    /// An organ that has not yet acknowledged.
    pub unacknowledged: Option<Unacknowledged>,
    /// When it rose to its level; `None` for one that has it from its filing, or from before this was kept.
    #[serde(default)]
    pub risen_at: Option<Timestamp>,
}

/// What a case begins as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Its id, for staff.
    pub id: ComplaintId,
    /// Its number, for everybody who has it.
    pub number: String,
    /// What it is.
    pub kind: Kind,
    /// Where.
    pub region: RegionCode,
    /// About what.
    pub category: String,
    /// About whom.
    pub targets: Vec<Target>,
    /// The people the targets are today.
    pub accused: Vec<PersonId>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id, for staff.
    pub id: ComplaintId,
    /// Its number, for everybody who has it.
    pub number: String,
    /// Complaint, question, suggestion or request for help.
    pub kind: Kind,
    /// Where.
    pub region: RegionCode,
    /// About what.
    pub category: String,
    /// About whom.
    pub targets: Vec<Target>,
    /// The people the targets were when it was filed or they were last changed.
    pub accused: Vec<PersonId>,
    /// When it was filed.
    pub received_at: Timestamp,
    /// The supervising unit.
    pub supervising: OrganisationId,
    /// The supervising unit's level.
    pub supervising_level: Level,
    /// Organs above to which it has come.
    pub uppers: Vec<OrganisationId>,
    /// Proposals that wait for a second person. Kept by themselves, not with the case.
    pub waiting: Vec<Waiting>,
    /// For a merged case: what it knows of the one it follows. Read with the case, not kept with it.
    pub follows: Option<Followed>,
    /// The person of the unit who has it in hand.
    pub assignee: Option<StaffId>,
    /// The state.
    pub state: State,
    /// 1, then one more with each reopening.
    pub round: u32,
    /// The highest level reached: 1 township, 2 county, 3 city. Never falls.
    pub level: i32,
    /// Changes with what others may rely on (state, round, units, assignee, targets, due times).
    pub version: i32,
    /// A formal order from above is in force.
    pub supervised: bool,
    /// What happened so far.
    pub tally: Tally,
    /// The version of its county's policy that it keeps to its end.
    pub policy_version: i32,
    /// Every timer of every round.
    pub timers: Vec<Timer>,
}

impl Case {
    /// A new case: the clocks of `accept` and `handle` start by themselves.
    #[must_use]
    pub fn file(new: NewCase, supervising: (Level, OrganisationId), rules: &Rules<'_>) -> Self {
        let (supervising_level, supervising) = supervising;
        let mut case = Self {
            id: new.id,
            number: new.number,
            kind: new.kind,
            region: new.region,
            category: new.category,
            targets: new.targets,
            accused: new.accused,
            received_at: rules.now,
            supervising,
            supervising_level,
            uppers: Vec::new(),
            waiting: Vec::new(),
            follows: None,
            assignee: None,
            state: State::Submitted,
            round: 1,
            level: rung(supervising_level),
            version: 1,
            supervised: false,
            tally: Tally::default(),
            policy_version: rules.policy.version,
            timers: Vec::new(),
        };
        case.begin(Stage::Accept, rules);
        case.begin(Stage::Handle, rules);
        case
    }

    /// The responsible unit, once dispatched.
    #[must_use]
    pub fn responsible(&self) -> Option<&OrganisationId> {
        self.state.work().map(|work| &work.responsible)
    }

    /// Who it is about.
    #[must_use]
    pub fn accused(&self) -> Accused<'_> {
        Accused {
            targets: &self.targets,
            persons: &self.accused,
        }
    }

    /// The organs of this case's ladder: the region's, but its own supervising one at its own level.
    #[must_use]
    pub fn rungs(&self, organs: &Organs) -> Organs {
        let mut rungs = organs.clone();
        rungs.insert(self.supervising_level, self.supervising.clone());
        rungs
    }

    /// It is at this level now, at least.
    pub(super) fn reach(&mut self, level: Level, now: Timestamp) {
        if rung(level) > self.level {
            self.level = rung(level);
            self.tally.risen_at = Some(now);
        }
    }

    /// Whether it stood at its level before this day began. What is told once a day of a level's cases begins with
    /// the day after: on the day itself there is a letter of its own, and it does not matter whether the step or the
    /// daily word came first.
    #[must_use]
    pub fn has_its_level_before(&self, today: Day) -> bool {
        self.tally.risen_at.is_none_or(|at| at.day() < today)
    }

    /// Every unit that takes part, and in what.
    #[must_use]
    pub fn units(&self) -> Vec<(OrganisationId, Capacity)> {
        let mut units = vec![(self.supervising.clone(), Capacity::Supervising)];
        units.extend(
            self.responsible()
                .map(|id| (id.clone(), Capacity::Responsible)),
        );
        units.extend(self.uppers.iter().map(|id| (id.clone(), Capacity::Upper)));
        for organ in self.waiting.iter().flat_map(|one| &one.organs) {
            let asked = (organ.clone(), Capacity::Asked);
            if *organ != self.supervising && !units.contains(&asked) {
                units.push(asked);
            }
        }
        units
    }

    /// Whether a proposal of this kind waits.
    #[must_use]
    pub fn waits_for(&self, matter: CaseMatter, now: Timestamp) -> bool {
        self.waiting
            .iter()
            .any(|one| one.matter == matter && now < one.expires_at)
    }

    /// The running clock of what the complainant was promised.
    #[must_use]
    pub fn running_promise(&self) -> Option<&Timer> {
        self.promised().filter(|timer| timer.is_running())
    }

    /// The light of the whole case; `None` when no watched clock runs.
    #[must_use]
    pub fn light(&self, now: Timestamp) -> Option<Light> {
        sla::worst_light(&self.timers, now)
    }

    /// The timer of a stage in this round.
    #[must_use]
    pub fn timer(&self, stage: Stage) -> Option<&Timer> {
        self.timers
            .iter()
            .find(|timer| timer.stage == stage && timer.round == self.round)
    }

    /// The timer of a stage in any round.
    #[must_use]
    pub fn clock(&self, stage: Stage, round: u32) -> Option<&Timer> {
        let same = |timer: &&Timer| timer.stage == stage && timer.round == round;
        self.timers.iter().find(same)
    }

    /// The clock a complainant watches: `rework` once there is one, else `handle`.
    #[must_use]
    pub fn promised(&self) -> Option<&Timer> {
        let promise = |timer: &&Timer| matches!(timer.stage, Stage::Handle | Stage::Rework);
        let running = |timer: &&Timer| timer.stopped_at.is_none();
        let by_round = |timer: &&Timer| timer.round;
        self.timers
            .iter()
            .filter(promise)
            .filter(running)
            .max_by_key(by_round)
            .or_else(|| self.timers.iter().filter(promise).max_by_key(by_round))
    }

    /// The earliest due time of a watched clock that runs.
    #[must_use]
    pub fn next_due_at(&self) -> Option<Timestamp> {
        self.timers
            .iter()
            .filter(|timer| timer.stage.is_watched() && timer.is_running())
            .map(|timer| timer.due_at)
            .min()
    }

    /// What `version` stands for: when this changes, it does.
    pub(super) fn fingerprint(&self) -> impl PartialEq + use<> {
        let due: Vec<_> = self
            .timers
            .iter()
            .map(|timer| {
                (
                    timer.stage,
                    timer.round,
                    timer.due_at,
                    timer.is_paused(),
                    timer.stopped_at.is_some(),
                )
            })
            .collect();
        (
            self.state.name(),
            self.round,
            self.supervising.clone(),
            self.responsible().cloned(),
            self.assignee.clone(),
            self.targets.clone(),
            due,
        )
    }

    /// Starts a stage's clock in this round, or begins it again within the round.
    pub(super) fn begin(&mut self, stage: Stage, rules: &Rules<'_>) {
        let round = self.round;
        let same = |timer: &&mut Timer| timer.stage == stage && timer.round == round;
        if let Some(timer) = self.timers.iter_mut().find(same) {
            timer.restart(rules.calendar, rules.now);
            return;
        }
        let limit = rules.policy.limit(stage, self.kind);
        let warnings = rules.policy.warnings;
        let (calendar, now) = (rules.calendar, rules.now);
        self.timers.push(Timer::start_warned(
            limit, warnings, stage, round, calendar, now,
        ));
    }

    /// Counts every clock anew that has not stopped, with a calendar that has changed. Gives back the clocks
    /// whose date moved or became certain, as they were before: the complainant is told of each.
    pub fn recount(&mut self, rules: &Rules<'_>) -> Vec<Timer> {
        let before = self.fingerprint();
        let mut told = Vec::new();
        for timer in &mut self.timers {
            let was = timer.clone();
            if timer.recalculate(rules.calendar, rules.now) {
                told.push(was);
            }
        }
        if self.fingerprint() != before {
            self.version += 1;
        }
        told
    }

    /// Stops every running clock of the given stages.
    pub(super) fn stop(&mut self, stages: &[Stage], now: Timestamp) {
        for timer in &mut self.timers {
            if stages.contains(&timer.stage) {
                timer.stop(now);
            }
        }
    }

    /// The clock stands still while the complainant is asked for more.
    pub(super) fn pause(&mut self, rules: &Rules<'_>) {
        for timer in &mut self.timers {
            if timer.stopped_at.is_none() && rules.policy.pause.contains(&timer.stage) {
                timer.pause(rules.now);
            }
        }
    }

    /// The clock runs on.
    pub(super) fn resume(&mut self, rules: &Rules<'_>) {
        for timer in &mut self.timers {
            if timer.stopped_at.is_none() {
                timer.resume(rules.calendar, rules.now);
            }
        }
    }
}
