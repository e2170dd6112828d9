//! The table of the state machine, found by asking it: from a filing on, everybody tries everything in every
//! case that can be reached. The documentation prints this, so that it cannot say anything else than what
//! the machine does.

use std::collections::BTreeSet;

use crate::attachment::Share;
use crate::calendar::{OfficeHours, WorkCalendar};
use crate::id::{ComplaintId, OrganisationId, PersonId, StaffId};
use crate::policy::{Kind, Policy, Stage};
use crate::region::{Level, RegionCode};
use crate::sla::Timer;
use crate::time::Timestamp;

use super::access::Standing;
use super::action::{Action, ActionName, By};
use super::case::{Case, GivenAnswer, NewCase, Rules};
use super::decline::DeclineReason;
use super::merge::Followed;
use super::rating::RatingValue;
use super::routing::Organs;
use super::state::{Answer, AnswerResult, StateName};

/// Who acts, as the table names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// 监督单位: the supervising unit.
    Supervising,
    /// 承办单位: the responsible unit.
    Responsible,
    /// 上级: an organ above to which the case has come.
    Upper,
    /// 反映人: whoever holds the receipt.
    Complainant,
    /// 计时器: a clock.
    Timer,
}

impl Actor {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Supervising,
        Self::Responsible,
        Self::Upper,
        Self::Complainant,
        Self::Timer,
    ];
}

/// One thing that somebody may do in a state, and the state it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Move {
    /// What.
    pub action: ActionName,
    /// Who.
    pub actor: Actor,
    /// Where from.
    pub from: StateName,
    /// Where to.
    pub to: StateName,
}

/// What the machine does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Everything that can be done.
    pub moves: BTreeSet<Move>,
    /// Which action sets which clock going; `accept` and `handle` go from the filing on as well.
    pub starts: BTreeSet<(Stage, ActionName)>,
    /// Which action stops which clock for good.
    pub stops: BTreeSet<(Stage, ActionName)>,
}

/// A place of the search: what decides which actions are possible, without what only counts up.
type Place = (StateName, i32, [u32; 5], bool, bool);

/// The table. A follower is asked while the case it follows has an answer that stands.
#[must_use]
pub fn table() -> Table {
    let (mut found, mut seen) = (Table::default(), BTreeSet::new());
    let Some(world) = World::new() else {
        return found;
    };
    let mut waiting = vec![world.filed()];
    while let Some(case) = waiting.pop() {
        if !seen.insert(place(&case)) {
            continue;
        }
        for actor in Actor::ALL {
            let by = world.by(actor, &case);
            for action in world.actions(&case) {
                let name = action.name();
                let from = case.state.name();
                let Ok((mut after, _)) = case.clone().act(&by, action, &world.rules()) else {
                    continue;
                };
                let to = after.state.name();
                found.moves.insert(Move {
                    action: name,
                    actor,
                    from,
                    to,
                });
                for stage in Stage::ALL {
                    match (runs(&case, stage), runs(&after, stage)) {
                        (false, true) => found.starts.insert((stage, name)),
                        (true, false) => found.stops.insert((stage, name)),
                        _ => false,
                    };
                }
                if to == StateName::Merged {
                    after.follows = Some(world.followed());
                }
                waiting.push(after);
            }
        }
    }
    found
}

fn runs(case: &Case, stage: Stage) -> bool {
    let of_stage = |timer: &&Timer| timer.stage == stage && timer.stopped_at.is_none();
    case.timers.iter().any(|timer| of_stage(&timer))
}

fn place(case: &Case) -> Place {
    let tally = &case.tally;
    (
        case.state.name(),
        case.level,
        [
            tally.supplements.min(1),
            tally.dispatches.min(1),
            tally.returns.min(1),
            tally.dissatisfied.min(2),
            tally.extensions.min(1),
        ],
        tally.disputed,
        tally.unacknowledged.is_some(),
    )
}

/// A village under a township, a county and a city, on a plain Monday.
struct World {
    calendar: WorkCalendar,
    policy: Policy,
    organs: Organs,
    now: Timestamp,
    region: RegionCode,
    case: ComplaintId,
    person: PersonId,
    colleague: StaffId,
    unit: OrganisationId,
}

impl World {
    fn new() -> Option<Self> {
        let organ = |name: &str| OrganisationId::try_from(name).ok();
        Some(Self {
            calendar: WorkCalendar::new(1, Vec::new(), OfficeHours::default()),
            policy: Policy::default_policy(),
            organs: Organs::from([
                (Level::Township, organ("township")?),
                (Level::County, organ("county")?),
                (Level::City, organ("city")?),
            ]),
            now: Timestamp::parse("2026-11-23T10:00:00+08:00").ok()?,
            region: RegionCode::try_from("230104111204").ok()?,
            case: ComplaintId::try_from("case").ok()?,
            person: PersonId::try_from("person").ok()?,
            colleague: StaffId::try_from("colleague").ok()?,
            unit: organ("unit")?,
        })
    }

    fn rules(&self) -> Rules<'_> {
        Rules {
            calendar: &self.calendar,
            policy: &self.policy,
            organs: &self.organs,
            neighbours: &[],
            now: self.now,
        }
    }

    fn filed(&self) -> Case {
        let new = NewCase {
            id: self.case.clone(),
            number: String::new(),
            kind: Kind::Complaint,
            region: self.region.clone(),
            category: "service".into(),
            targets: Vec::new(),
            accused: Vec::new(),
        };
        let organ = (Level::Township, self.organ(Level::Township));
        Case::file(new, organ, &self.rules())
    }

    fn organ(&self, level: Level) -> OrganisationId {
        let found = self.organs.get(&level);
        found.cloned().unwrap_or_else(|| self.unit.clone())
    }

    fn answer() -> Answer {
        Answer {
            facts: "…".into(),
            basis: "…".into(),
            result: AnswerResult::Resolved,
            remedy: "…".into(),
        }
    }

    fn followed(&self) -> Followed {
        Followed {
            state: StateName::Answered,
            answer: Some(GivenAnswer {
                answer: Self::answer(),
                answered_at: self.now,
            }),
        }
    }

    fn by(&self, actor: Actor, case: &Case) -> By {
        let none = Standing::default();
        let (standing, organisation) = match actor {
            Actor::Complainant => return By::Complainant,
            Actor::Timer => return By::Timer,
            Actor::Supervising => (
                Standing {
                    supervising: true,
                    ..none
                },
                case.supervising.clone(),
            ),
            Actor::Responsible => (
                Standing {
                    responsible: true,
                    ..none
                },
                self.unit.clone(),
            ),
            Actor::Upper => {
                let open = case.tally.unacknowledged.as_ref();
                let organ = open.map_or_else(|| self.organ(Level::City), |open| open.organ.clone());
                (
                    Standing {
                        upper: true,
                        ..none
                    },
                    organ,
                )
            }
        };
        // Another person each time, so that only the standing decides.
        let person = match actor {
            Actor::Responsible => self.person.clone(),
            _ => PersonId::try_from("another").unwrap_or_else(|_| self.person.clone()),
        };
        By::Staff {
            person,
            organisation,
            standing,
        }
    }

    /// One of each, and of those that lead to several states one for each.
    fn actions(&self, case: &Case) -> Vec<Action> {
        let words = || "…".to_owned();
        let rate = |rating| Action::Rate {
            rating,
            comment: None,
        };
        let above = super::routing::next_above(case.supervising_level, &self.organs);
        let mut all = vec![
            Action::RequestSupplement { note: words() },
            Action::Supplement { text: words() },
            Action::SupplementLapsed,
            Action::Accept,
            Action::Decline {
                reason: DeclineReason::Court,
                redirect: None,
                note: words(),
            },
            Action::Dispatch {
                organisation: self.unit.clone(),
                brief: words(),
                share: Share::default(),
                note: None,
            },
            Action::Return { reason: words() },
            Action::Start,
            Action::Assign {
                staff: self.colleague.clone(),
            },
            Action::Note { text: words() },
            Action::Message { text: words() },
            Action::Extend {
                working_days: 1,
                reason: words(),
            },
            Action::SubmitAnswer {
                answer: Self::answer(),
            },
            Action::SendBack { note: words() },
            Action::Approve {
                note: None,
                public_answer: None,
            },
            rate(RatingValue::Satisfied),
            rate(RatingValue::Dissatisfied),
            Action::RateLapsed,
            Action::Dispute { reason: words() },
            Action::Withdraw { reason: None },
            Action::Merge {
                into: self.case.clone(),
                reason: words(),
            },
            Action::Unmerge,
            Action::Supervise {
                note: words(),
                due_at: self.now.plus_seconds(86_400),
            },
            Action::Escalate { reason: words() },
            Action::Acknowledge,
        ];
        if let Some((_, organisation)) = above {
            all.push(Action::Transfer {
                organisation,
                reason: words(),
            });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(action: ActionName) -> BTreeSet<(Actor, StateName, StateName)> {
        let of = table().moves.into_iter().filter(|one| one.action == action);
        of.map(|one| (one.actor, one.from, one.to)).collect()
    }

    #[test]
    fn every_state_is_reached_and_every_action_is_possible_somewhere() {
        let moves = table().moves;
        for state in StateName::ALL {
            let reached = moves.iter().any(|one| one.to == state || one.from == state);
            assert!(reached, "{state:?}");
        }
        let names = ActionName::STAFF.iter().chain(&ActionName::COMPLAINANT);
        for name in names {
            assert!(moves.iter().any(|one| one.action == *name), "{name:?}");
        }
    }

    #[test]
    fn it_says_what_the_contract_says() {
        use StateName as S;
        let from = |action, to| -> BTreeSet<S> {
            let ways = ways(action).into_iter();
            ways.filter(|way| way.2 == to).map(|way| way.1).collect()
        };
        assert_eq!(
            from(ActionName::Decline, S::Declined),
            BTreeSet::from([S::Submitted, S::AwaitingSupplement, S::Accepted])
        );
        assert_eq!(
            from(ActionName::Dispute, S::Submitted),
            BTreeSet::from([S::Declined])
        );
        assert_eq!(
            from(ActionName::Dispute, S::Accepted),
            BTreeSet::from([S::Answered, S::Closed, S::Withdrawn, S::Merged])
        );
        assert_eq!(
            from(ActionName::Return, S::Accepted),
            BTreeSet::from([S::Dispatched, S::Handling])
        );
        let open: BTreeSet<S> = S::ALL.into_iter().filter(|state| state.is_open()).collect();
        assert_eq!(from(ActionName::Withdraw, S::Withdrawn), open);
        assert_eq!(from(ActionName::Merge, S::Merged), open);
    }

    #[test]
    fn clocks_go_and_stop_as_the_contract_says() {
        use ActionName as A;
        let table = table();
        let of = |set: &BTreeSet<(Stage, A)>, stage| -> BTreeSet<A> {
            let of_stage = set.iter().filter(|(of, _)| *of == stage);
            of_stage.map(|(_, action)| *action).collect()
        };
        assert_eq!(of(&table.starts, Stage::Review), [A::SubmitAnswer].into());
        assert_eq!(
            of(&table.stops, Stage::Review),
            [A::SendBack, A::Approve, A::Transfer, A::Withdraw, A::Merge].into()
        );
        assert_eq!(of(&table.starts, Stage::Rate), [A::Approve].into());
        assert_eq!(of(&table.starts, Stage::Accept), [A::Dispute].into());
        assert_eq!(
            of(&table.stops, Stage::Handle),
            [A::Decline, A::Approve, A::Withdraw, A::Merge].into()
        );
        // An undone merge lets it run on.
        assert_eq!(
            of(&table.starts, Stage::Rework),
            [A::Rate, A::Dispute, A::Unmerge].into()
        );
    }

    #[test]
    fn nothing_leads_out_of_what_is_final_but_the_complainant_and_a_lost_target() {
        let out = table().moves.into_iter().filter(|one| {
            one.from.is_final() && one.to != one.from && one.action != ActionName::Unmerge
        });
        for one in out {
            assert_eq!(one.actor, Actor::Complainant, "{one:?}");
        }
    }
}
