//! The life of cases, told as people would, and what holds for any life.

use proptest::prelude::*;

use super::access::{Standing, is_recused, standing};
use super::action::{Action, ActionName, By, allowed};
use super::case::{Case, NewCase, Rules};
use super::clockwork::{Ask, Wake, ask};
use super::rating::RatingValue;
use super::reroute::{Retarget, Seats};
use super::routing::{self, NotResponsible, Organs, Reach, may_handle, supervising};
use super::state::{Answer, AnswerResult, StateName};
use super::target::{Accused, Group, Target, Unit};
use super::transition::Refusal;
use crate::attachment::Share;
use crate::calendar::{OfficeHours, WorkCalendar};
use crate::escalation::Step;
use crate::id::{ComplaintId, OrganisationId, PersonId, PostId, StaffId};
use crate::policy::{Kind, Policy, Stage};
use crate::region::{Level, RegionCode};
use crate::role::{HeldPost, Role, Scope};
use crate::time::Timestamp;

#[path = "zone_tests.rs"]
mod zone_tests;

fn unit(name: &str) -> OrganisationId {
    OrganisationId::try_from(name).unwrap()
}

fn village() -> RegionCode {
    RegionCode::try_from("230104111204").unwrap()
}

struct World {
    calendar: WorkCalendar,
    policy: Policy,
    organs: Organs,
    neighbours: Vec<OrganisationId>,
    now: Timestamp,
}

impl World {
    /// A plain week: Monday 2026-11-23, 10:00.
    fn new() -> Self {
        Self {
            calendar: WorkCalendar::new(1, Vec::new(), OfficeHours::default()),
            policy: Policy::default_policy(),
            organs: Organs::from([
                (Level::Township, unit("town")),
                (Level::County, unit("county")),
                (Level::City, unit("city")),
            ]),
            neighbours: Vec::new(),
            now: Timestamp::parse("2026-11-23T10:00:00+08:00").unwrap(),
        }
    }

    fn rules(&self) -> Rules<'_> {
        Rules {
            calendar: &self.calendar,
            policy: &self.policy,
            organs: &self.organs,
            neighbours: &self.neighbours,
            now: self.now,
        }
    }

    fn later(&mut self, days: i64) {
        self.now = self.now.plus_seconds(days * 86_400);
    }

    fn file(&self, targets: Vec<Target>) -> Case {
        let organ = supervising(&targets, &self.organs).unwrap();
        let new = NewCase {
            id: ComplaintId::try_from("c1").unwrap(),
            number: "AAAA-BBBB".into(),
            kind: Kind::Complaint,
            region: village(),
            category: "accounts".into(),
            targets,
            accused: Vec::new(),
        };
        Case::file(new, organ, &self.rules())
    }
}

fn staff(person: &str, organisation: &str, standing: Standing) -> By {
    By::Staff {
        person: PersonId::try_from(person).unwrap(),
        organisation: unit(organisation),
        standing,
    }
}

fn triage() -> By {
    staff(
        "triage",
        "town",
        Standing {
            supervising: true,
            ..Standing::default()
        },
    )
}

fn handler() -> By {
    staff(
        "handler",
        "government",
        Standing {
            responsible: true,
            ..Standing::default()
        },
    )
}

fn dispatch() -> Action {
    Action::Dispatch {
        organisation: unit("government"),
        brief: "核实一笔支出".into(),
        share: Share::default(),
        note: None,
    }
}

fn answer() -> Action {
    Action::SubmitAnswer {
        answer: Answer {
            facts: "已核实".into(),
            basis: "财务公开规定".into(),
            result: AnswerResult::Explained,
            remedy: "补充公开".into(),
        },
    }
}

fn dissatisfied() -> Action {
    Action::Rate {
        rating: RatingValue::Dissatisfied,
        comment: None,
    }
}

fn does(case: Case, by: &By, action: Action, world: &World) -> Case {
    case.act(by, action, &world.rules())
        .map(|(case, _)| case)
        .unwrap()
}

fn answered(world: &World) -> Case {
    let case = world.file(Vec::new());
    let case = does(case, &triage(), Action::Accept, world);
    let case = does(case, &triage(), dispatch(), world);
    let case = does(case, &handler(), Action::Start, world);
    let case = does(case, &handler(), answer(), world);
    does(
        case,
        &triage(),
        Action::Approve {
            note: None,
            public_answer: None,
        },
        world,
    )
}

#[test]
fn clocks_start_by_themselves() {
    let case = World::new().file(Vec::new());
    assert_eq!(
        case.timer(Stage::Accept).unwrap().due_date.to_string(),
        "2026-11-24"
    );
    assert_eq!(
        case.timer(Stage::Handle).unwrap().due_date.to_string(),
        "2026-12-14"
    );
    assert_eq!(case.level, 1);
}

#[test]
fn supervision_is_strictly_above_every_target() {
    let world = World::new();
    let group = |group, at| Target::Group {
        group,
        region: village().at(at).unwrap(),
    };
    for (targets, organ) in [
        (vec![], "town"),
        (vec![group(Group::Village, Level::Village)], "town"),
        (vec![group(Group::Township, Level::Township)], "county"),
        (
            vec![Target::Other {
                text: "姓李的".into(),
            }],
            "county",
        ),
        (vec![group(Group::County, Level::County)], "city"),
        (
            vec![
                group(Group::Village, Level::Village),
                group(Group::Township, Level::Township),
            ],
            "county",
        ),
    ] {
        assert_eq!(
            world.file(targets.clone()).supervising,
            unit(organ),
            "{targets:?}"
        );
    }
    let city = Target::Organisation {
        id: unit("city"),
        level: Level::City,
    };
    assert_eq!(
        supervising(&[city], &world.organs),
        Err(routing::NoRoute::AboveTheCity)
    );
}

#[test]
fn the_accused_and_whom_they_lead_never_handle() {
    let town = village().at(Level::Township).unwrap();
    let agency = Unit {
        id: unit("agency"),
        level: Level::Township,
        region: town.clone(),
        is_discipline_organ: false,
        is_village_committee: false,
        led_by: vec![unit("government")],
        leader_keys: vec![],
        related_keys: vec![],
    };
    let here = village();
    let reach = Reach {
        region: &here,
        zone: &[],
        county: false,
    };
    let government = Target::Organisation {
        id: unit("government"),
        level: Level::Township,
    };
    let mayor = Target::Post {
        id: PostId::try_from("mayor").unwrap(),
        organisation: unit("government"),
        level: Level::Township,
        leads: true,
    };
    let clerk = Target::Post {
        id: PostId::try_from("clerk").unwrap(),
        organisation: unit("government"),
        level: Level::Township,
        leads: false,
    };
    let group = Target::Group {
        group: Group::Township,
        region: town,
    };
    for touched in [government, mayor, group] {
        assert_eq!(
            may_handle(&agency, std::slice::from_ref(&touched), "service", reach),
            Err(NotResponsible::Touched),
            "{touched:?}"
        );
    }
    assert_eq!(may_handle(&agency, &[clerk], "service", reach), Ok(()));
    let committee = Unit {
        is_village_committee: true,
        level: Level::Village,
        region: village(),
        led_by: vec![],
        ..agency
    };
    assert_eq!(may_handle(&committee, &[], "environment", reach), Ok(()));
    assert_eq!(
        may_handle(&committee, &[], "accounts", reach),
        Err(NotResponsible::VillageCommittee)
    );
}

#[test]
fn whoever_handled_it_may_not_approve_it() {
    let world = World::new();
    let case = world.file(Vec::new());
    let case = does(case, &triage(), Action::Accept, &world);
    let case = does(case, &triage(), dispatch(), &world);
    let both = staff(
        "two-hats",
        "town",
        Standing {
            supervising: true,
            responsible: true,
            ..Standing::default()
        },
    );
    let case = does(case, &both, Action::Start, &world);
    let case = does(case, &handler(), answer(), &world);
    assert_eq!(
        case.clone().act(
            &both,
            Action::Approve {
                note: None,
                public_answer: None
            },
            &world.rules()
        ),
        Err(Refusal::NotPermitted)
    );
    assert_eq!(
        does(
            case,
            &triage(),
            Action::Approve {
                note: None,
                public_answer: None
            },
            &world
        )
        .state
        .name(),
        StateName::Answered
    );
}

#[test]
fn a_pause_moves_the_promise_by_the_days_it_took() {
    let mut world = World::new();
    let case = world.file(Vec::new());
    let case = does(
        case,
        &triage(),
        Action::RequestSupplement {
            note: "请说明哪一笔".into(),
        },
        &world,
    );
    assert!(case.timer(Stage::Handle).unwrap().is_paused());
    assert_eq!(case.light(world.now), None);
    world.later(3);
    let case = does(
        case,
        &By::Complainant,
        Action::Supplement {
            text: "第二笔".into(),
        },
        &world,
    );
    assert_eq!(
        case.timer(Stage::Handle).unwrap().due_date.to_string(),
        "2026-12-17"
    );
    assert_eq!(case.state.name(), StateName::Submitted);
}

#[test]
fn a_supplement_that_never_comes_lets_the_case_go_on() {
    let mut world = World::new();
    let case = world.file(Vec::new());
    let case = does(
        case,
        &triage(),
        Action::RequestSupplement {
            note: "请说明".into(),
        },
        &world,
    );
    let index = case
        .timers
        .iter()
        .position(|timer| timer.stage == Stage::Supplement)
        .unwrap();
    world.later(7);
    assert!(matches!(
        ask(&case, index, &world.rules()),
        Ask::Later(Wake::SupplementLapsed, _)
    ));
    world.later(1);
    assert!(matches!(
        ask(&case, index, &world.rules()),
        Ask::Now(Wake::SupplementLapsed, _)
    ));
    let case = does(case, &By::Timer, Action::SupplementLapsed, &world);
    assert_eq!(case.state.name(), StateName::Submitted);
    assert!(case.timer(Stage::Accept).unwrap().is_running());
}

#[test]
fn not_ours_counts_five_working_days_and_twice() {
    let mut world = World::new();
    let mut case = does(world.file(Vec::new()), &triage(), Action::Accept, &world);
    for _ in 0..2 {
        case = does(case, &triage(), dispatch(), &world);
        case = does(
            case,
            &handler(),
            Action::Return {
                reason: "不属于本单位".into(),
            },
            &world,
        );
        assert_eq!(case.state.name(), StateName::Accepted);
    }
    let thrice = does(case.clone(), &triage(), dispatch(), &world);
    let refused = thrice.act(
        &handler(),
        Action::Return {
            reason: "又".into(),
        },
        &world.rules(),
    );
    assert!(matches!(refused, Err(Refusal::Illegal(_))));
    let fresh = does(world.file(Vec::new()), &triage(), Action::Accept, &world);
    let fresh = does(fresh, &triage(), dispatch(), &world);
    world.later(8);
    let late = fresh.act(
        &handler(),
        Action::Return {
            reason: "晚了".into(),
        },
        &world.rules(),
    );
    assert!(matches!(late, Err(Refusal::Illegal(legal)) if !legal.contains(&ActionName::Return)));
}

#[test]
fn twice_dissatisfied_goes_one_level_up() {
    let world = World::new();
    let case = does(answered(&world), &By::Complainant, dissatisfied(), &world);
    assert_eq!((case.state.name(), case.round), (StateName::Handling, 2));
    assert!(case.timer(Stage::Rework).unwrap().is_running());
    let case = does(case, &handler(), answer(), &world);
    let case = does(
        case,
        &triage(),
        Action::Approve {
            note: None,
            public_answer: None,
        },
        &world,
    );
    let case = does(case, &By::Complainant, dissatisfied(), &world);
    assert_eq!(
        (case.state.name(), case.round, case.level),
        (StateName::Accepted, 3, 2)
    );
    assert_eq!(case.supervising, unit("county"));
    let county = staff(
        "c",
        "county",
        Standing {
            supervising: true,
            county: true,
            ..Standing::default()
        },
    );
    let case = does(case, &county, dispatch(), &world);
    let case = does(case, &handler(), Action::Start, &world);
    let case = does(case, &handler(), answer(), &world);
    let case = does(
        case,
        &county,
        Action::Approve {
            note: None,
            public_answer: None,
        },
        &world,
    );
    let case = does(case, &By::Complainant, dissatisfied(), &world);
    assert_eq!(case.state.name(), StateName::Closed);
    assert_eq!(case.tally.rating.unwrap().rating, RatingValue::Dissatisfied);
}

#[test]
fn unrated_closes_by_itself_and_a_late_rating_is_kept_as_late() {
    let mut world = World::new();
    let case = answered(&world);
    let index = case
        .timers
        .iter()
        .position(|timer| timer.stage == Stage::Rate)
        .unwrap();
    world.later(20);
    assert!(matches!(
        ask(&case, index, &world.rules()),
        Ask::Now(Wake::RateLapsed, _)
    ));
    let case = does(case, &By::Timer, Action::RateLapsed, &world);
    assert_eq!(
        (case.state.name(), case.tally.rating.clone()),
        (StateName::Closed, None)
    );
    let case = does(case, &By::Complainant, dissatisfied(), &world);
    assert_eq!(case.state.name(), StateName::Closed);
    assert!(case.tally.rating.unwrap().late);
}

#[test]
fn one_dispute_within_thirty_days_while_somebody_is_above() {
    let mut world = World::new();
    let reason = || Action::Dispute {
        reason: "与事实不符".into(),
    };
    let case = does(answered(&world), &By::Complainant, reason(), &world);
    assert_eq!(
        (case.state.name(), case.round, case.level),
        (StateName::Accepted, 2, 2)
    );
    assert!(case.timer(Stage::Rework).unwrap().is_running());
    assert!(!allowed(&By::Complainant, &case, &world.rules()).contains(&ActionName::Dispute));
    let case = answered(&world);
    world.later(30);
    assert!(allowed(&By::Complainant, &case, &world.rules()).contains(&ActionName::Dispute));
    world.later(1);
    assert!(!allowed(&By::Complainant, &case, &world.rules()).contains(&ActionName::Dispute));
    world.organs = Organs::from([(Level::Township, unit("town"))]);
    let at_the_top = answered(&world);
    assert!(!allowed(&By::Complainant, &at_the_top, &world.rules()).contains(&ActionName::Dispute));
}

#[test]
fn an_organ_that_does_not_acknowledge_brings_the_next_step_early() {
    let mut world = World::new();
    let mut case = world.file(Vec::new());
    let index = case
        .timers
        .iter()
        .position(|timer| timer.stage == Stage::Accept)
        .unwrap();
    // Due Tuesday 24; county after three more working days, city after five.
    world.now = Timestamp::parse("2026-11-28T00:00:00+08:00").unwrap();
    for step in [Step::Warn, Step::Red, Step::County] {
        assert!(
            matches!(ask(&case, index, &world.rules()), Ask::Now(Wake::Step(found), _) if found == step),
            "{step:?}"
        );
        case.timers[index].record_fired(step);
    }
    let city = |case: &Case| match ask(case, index, &world.rules()) {
        Ask::Later(Wake::Step(Step::City) | Wake::Early(Step::City), at) => at.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(city(&case), "2026-12-02T00:00:00+08:00");
    case.rise(Level::County, unit("county"), &world.rules());
    assert_eq!(case.level, 2);
    assert_eq!(city(&case), "2026-12-01T00:00:00+08:00");
    let county = staff(
        "c",
        "county",
        Standing {
            upper: true,
            county: true,
            ..Standing::default()
        },
    );
    let case = does(case, &county, Action::Acknowledge, &world);
    assert_eq!(city(&case), "2026-12-02T00:00:00+08:00");
}

#[test]
fn what_rose_to_a_level_today_has_it_from_tomorrow_on() {
    let mut world = World::new();
    let mut case = world.file(Vec::new());
    let (filed, tomorrow) = (world.now.day(), |now: Timestamp| {
        now.plus_seconds(86_400).day()
    });
    assert!(case.has_its_level_before(filed), "nothing rose");
    world.later(1);
    case.rise(Level::City, unit("city"), &world.rules());
    assert!(!case.has_its_level_before(world.now.day()));
    assert!(case.has_its_level_before(tomorrow(world.now)));
    // Called there once more, or from further below: that day stays.
    let risen = case.tally.risen_at;
    world.later(3);
    case.rise(Level::County, unit("county"), &world.rules());
    case.rise(Level::City, unit("city"), &world.rules());
    assert_eq!((case.level, case.tally.risen_at), (3, risen));
}

#[test]
fn a_silent_city_brings_nothing_early_and_a_later_clock_never_climbs_first() {
    let mut world = World::new();
    let mut case = world.file(Vec::new());
    case.rise(Level::County, unit("county"), &world.rules());
    case.rise(Level::City, unit("city"), &world.rules());
    let index = |stage| {
        case.timers
            .iter()
            .position(|timer| timer.stage == stage)
            .unwrap()
    };
    let (accept, handle) = (index(Stage::Accept), index(Stage::Handle));
    case.timers[accept].record_fired(Step::City);
    case.timers[handle].record_fired(Step::Red);
    // Long after every date: accept is still overdue, so handle climbs nowhere.
    world.later(60);
    assert_eq!(ask(&case, accept, &world.rules()), Ask::Nothing);
    assert_eq!(ask(&case, handle, &world.rules()), Ask::Nothing);
}

#[test]
fn notes_and_messages_change_no_version_and_no_clock() {
    let mut world = World::new();
    let case = world.file(Vec::new());
    world.later(1);
    for action in [
        Action::Note { text: "x".into() },
        Action::Message { text: "y".into() },
    ] {
        let after = does(case.clone(), &triage(), action, &world);
        assert_eq!(after.version, case.version);
        assert_eq!(after.timers, case.timers);
    }
}

fn scope(organisation: &str, level: Level, posts: Vec<HeldPost>) -> Scope {
    Scope {
        staff: StaffId::try_from("s").unwrap(),
        person: PersonId::try_from("p").unwrap(),
        role: Role::Triage,
        organisation: unit(organisation),
        level,
        region: village().at(level).unwrap(),
        posts,
        related: Vec::new(),
    }
}

#[test]
fn a_second_post_recuses_as_much_as_the_first() {
    let world = World::new();
    let committee = Target::Organisation {
        id: unit("committee"),
        level: Level::Village,
    };
    let case = world.file(vec![committee]);
    let plain = scope("town", Level::Township, vec![]);
    assert!(standing(&plain, case.accused(), &case.units()).is_some());
    let also_in_the_village = scope(
        "town",
        Level::Township,
        vec![HeldPost {
            post: PostId::try_from("member").unwrap(),
            organisation: unit("committee"),
            level: Level::Village,
            region: village(),
        }],
    );
    assert_eq!(
        standing(&also_in_the_village, case.accused(), &case.units()),
        None
    );
    // Working in the county opens nothing by itself.
    assert_eq!(
        standing(
            &scope("county", Level::County, vec![]),
            case.accused(),
            &case.units()
        ),
        None
    );
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::Accept),
        Just(Action::RequestSupplement { note: "?".into() }),
        Just(Action::Supplement { text: "!".into() }),
        Just(Action::SupplementLapsed),
        Just(dispatch()),
        Just(Action::Return { reason: "r".into() }),
        Just(Action::Start),
        Just(answer()),
        Just(Action::SendBack { note: "n".into() }),
        Just(Action::Approve {
            note: None,
            public_answer: None
        }),
        Just(dissatisfied()),
        Just(Action::Rate {
            rating: RatingValue::Satisfied,
            comment: None
        }),
        Just(Action::RateLapsed),
        Just(Action::Dispute { reason: "d".into() }),
        Just(Action::Withdraw { reason: None }),
        Just(Action::Transfer {
            organisation: unit("county"),
            reason: "t".into()
        }),
        Just(Action::Transfer {
            organisation: unit("city"),
            reason: "t".into()
        }),
        Just(Action::Escalate { reason: "e".into() }),
        Just(Action::Acknowledge),
        Just(Action::Note { text: "n".into() }),
    ]
}

fn whoever_may(action: &Action, case: &Case) -> By {
    let all = Standing {
        supervising: true,
        responsible: true,
        upper: true,
        asked: false,
        county: true,
    };
    let name = action.name();
    if ActionName::COMPLAINANT.contains(&name) && name != ActionName::Message {
        By::Complainant
    } else if matches!(name, ActionName::SupplementLapsed | ActionName::RateLapsed) {
        By::Timer
    } else if name == ActionName::Approve {
        staff("approver", case.supervising.as_str(), all)
    } else {
        let organ = case
            .tally
            .unacknowledged
            .as_ref()
            .map_or("town", |open| open.organ.as_str());
        staff("worker", organ, all)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever people do in whatever order: levels and rounds never fall, a breach stays, versions move
    /// exactly when they should, open cases have a running promise, final ones have none.
    #[test]
    fn any_life_keeps_its_promises(steps in prop::collection::vec((any_action(), 0_i64..4), 1..40)) {
        let mut world = World::new();
        let mut case = world.file(Vec::new());
        for (action, days) in steps {
            world.later(days);
            let by = whoever_may(&action, &case);
            let legal = super::action::is_legal(action.name(), &case, &world.rules());
            let before = case.clone();
            match case.act(&by, action.clone(), &world.rules()) {
                Ok((after, event)) => {
                    prop_assert!(legal);
                    prop_assert_eq!(event.action, action.name());
                    prop_assert!(after.level >= before.level);
                    prop_assert!(after.round >= before.round && after.round <= before.round + 1);
                    prop_assert!(after.version == before.version || after.version == before.version + 1);
                    for old in &before.timers {
                        let same = |new: &&crate::sla::Timer| new.stage == old.stage && new.round == old.round;
                        let new = after.timers.iter().find(same).unwrap();
                        prop_assert!(old.breached_at.is_none() || new.breached_at == old.breached_at);
                        prop_assert!(old.fired <= new.fired);
                    }
                    case = after;
                }
                Err(Refusal::Illegal(legal_actions)) => {
                    prop_assert!(!legal);
                    prop_assert!(!legal_actions.contains(&action.name()));
                    case = before;
                }
                Err(Refusal::NotAbove) => case = before,
                Err(other) => return Err(TestCaseError::fail(format!("{other:?} for {action:?}"))),
            }
            let running = |stage: Stage| case.timers.iter().any(|timer| timer.stage == stage && timer.stopped_at.is_none());
            if case.state.name().is_open() {
                prop_assert!(running(Stage::Handle) || running(Stage::Rework), "{:?}", case.state);
                prop_assert!(!running(Stage::Rate));
            } else {
                prop_assert!(case.next_due_at().is_none(), "{:?}", case.state);
                prop_assert_eq!(running(Stage::Rate), case.state.name() == StateName::Answered);
            }
            prop_assert_eq!(running(Stage::Supplement), case.state.name() == StateName::AwaitingSupplement);
            prop_assert_eq!(running(Stage::Dispatch), case.state.name() == StateName::Accepted);
            prop_assert_eq!(running(Stage::Review), case.state.name() == StateName::UnderReview);
        }
    }
}
