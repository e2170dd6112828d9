//! Zones, declared relations, leaders of two houses, and cases routed anew.

use super::*;

fn town_unit(id: &str, township: &str) -> Unit {
    Unit {
        id: unit(id),
        level: Level::Township,
        region: RegionCode::try_from(township).unwrap(),
        is_discipline_organ: false,
        is_village_committee: false,
        led_by: vec![],
        leader_keys: vec![],
        related_keys: vec![],
    }
}

const NEIGHBOUR: &str = "230104112000";

fn government() -> Target {
    Target::Organisation {
        id: unit("government"),
        level: Level::Township,
    }
}

#[test]
fn only_the_county_reaches_into_the_zone() {
    let (here, zone) = (village(), [RegionCode::try_from(NEIGHBOUR).unwrap()]);
    let reach = |zone: &'static [RegionCode], county| Reach {
        region: Box::leak(Box::new(here.clone())),
        zone,
        county,
    };
    let zone: &'static [RegionCode] = Box::leak(Box::new(zone));
    let next_door = town_unit("next-door", NEIGHBOUR);
    let may = |reach| may_handle(&next_door, &[government()], "conduct", reach);
    assert_eq!(may(reach(zone, true)), Ok(()));
    assert_eq!(may(reach(zone, false)), Err(NotResponsible::Elsewhere));
    assert_eq!(may(reach(&[], true)), Err(NotResponsible::Elsewhere));
}

#[test]
fn who_declared_a_relation_or_is_led_by_the_accused_does_not_handle() {
    let here = village();
    let reach = Reach {
        region: &here,
        zone: &[],
        county: false,
    };
    let mut agency = town_unit("agency", "230104111000");
    agency.related_keys = vec![government().key()];
    assert_eq!(
        may_handle(&agency, &[government()], "service", reach),
        Err(NotResponsible::Related)
    );
    agency.related_keys.clear();
    agency.leader_keys = vec!["post:member".into()];
    let member = Target::Post {
        id: PostId::try_from("member").unwrap(),
        organisation: unit("committee"),
        level: Level::Village,
        leads: false,
    };
    assert_eq!(
        may_handle(&agency, &[member], "service", reach),
        Err(NotResponsible::Touched)
    );
}

#[test]
fn a_relation_and_a_post_of_that_day_recuse() {
    let mut related = scope("town", Level::Township, vec![]);
    let targets = [government()];
    fn accused<'a>(targets: &'a [Target], persons: &'a [PersonId]) -> Accused<'a> {
        Accused { targets, persons }
    }
    assert!(!is_recused(&related, accused(&targets, &[])));
    let then = [related.person.clone()];
    assert!(is_recused(&related, accused(&targets, &then)));
    related.related = vec![government().key()];
    assert!(is_recused(&related, accused(&targets, &[])));
}

fn county() -> By {
    staff(
        "county-person",
        "county",
        Standing {
            upper: true,
            county: true,
            ..Standing::default()
        },
    )
}

#[test]
fn the_county_hands_it_to_a_neighbour_and_nobody_else_does() {
    let mut world = World::new();
    world.neighbours = vec![unit("next-door")];
    let case = does(world.file(vec![]), &triage(), Action::Accept, &world);
    let to = || Action::Transfer {
        organisation: unit("next-door"),
        reason: "交叉监督".into(),
    };
    let refused = case.clone().act(&triage(), to(), &world.rules());
    assert_eq!(refused, Err(Refusal::NotAbove));
    let promised = case.promised().cloned();
    let case = does(case, &county(), to(), &world);
    assert_eq!(case.supervising, unit("next-door"));
    assert_eq!(case.supervising_level, Level::Township);
    assert_eq!(case.uppers, [unit("county")]);
    assert_eq!(
        case.promised().cloned().map(|t| t.due_at),
        promised.map(|t| t.due_at)
    );
    assert_eq!(
        case.rungs(&world.organs).get(&Level::Township),
        Some(&unit("next-door"))
    );
    // The zone is gone: the county takes it back, not the township it was taken from.
    let gone = Seats {
        supervising: false,
        responsible: true,
        assignee: true,
    };
    world.neighbours.clear();
    let (case, event) = case.route_anew(None, gone, &world.rules()).unwrap();
    assert_eq!(case.supervising, unit("county"));
    assert_eq!(event.action, ActionName::RouteAnew);
    assert!(case.uppers.is_empty());
}

#[test]
fn other_targets_move_the_case_up_and_begin_no_clock_again() {
    let mut world = World::new();
    let case = does(world.file(vec![]), &triage(), Action::Accept, &world);
    let case = does(case, &triage(), dispatch(), &world);
    let case = does(case, &handler(), Action::Start, &world);
    let before = case.clone();
    world.later(2);
    let retarget = Retarget {
        targets: vec![government()],
        accused: vec![],
        reason: "补正后才知道反映的是镇里".into(),
    };
    let seats = Seats {
        supervising: false,
        responsible: false,
        assignee: false,
    };
    let (case, event) = case
        .route_anew(Some(retarget), seats, &world.rules())
        .unwrap();
    assert_eq!(event.action, ActionName::ChangeTargets);
    assert_eq!(case.supervising, unit("county"));
    assert_eq!(case.responsible(), None);
    assert_eq!(case.state.name(), StateName::Accepted);
    assert_eq!(case.version, before.version + 1);
    let handle = |case: &Case| case.timer(Stage::Handle).cloned();
    assert_eq!(handle(&case), handle(&before));
    // Targets of the city: nobody here.
    let retarget = Retarget {
        targets: vec![Target::Organisation {
            id: unit("city"),
            level: Level::City,
        }],
        accused: vec![],
        reason: "x".into(),
    };
    assert_eq!(
        case.route_anew(Some(retarget), seats, &world.rules()),
        Err(routing::NoRoute::AboveTheCity)
    );
}

fn any_target() -> impl Strategy<Value = Target> {
    let level = prop_oneof![
        Just(Level::Village),
        Just(Level::Township),
        Just(Level::County)
    ];
    let group = prop_oneof![
        Just(Group::Village),
        Just(Group::Township),
        Just(Group::County)
    ];
    prop_oneof![
        (0..4_u8, level.clone()).prop_map(|(id, level)| Target::Organisation {
            id: unit(&format!("u{id}")),
            level,
        }),
        (0..4_u8, 0..4_u8, level, any::<bool>()).prop_map(|(id, at, level, leads)| Target::Post {
            id: PostId::try_from(format!("p{id}")).unwrap(),
            organisation: unit(&format!("u{at}")),
            level,
            leads,
        }),
        group.prop_map(|group| Target::Group {
            group,
            region: village().at(group.level()).unwrap(),
        }),
        Just(Target::Other {
            text: "某人".into()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Whoever supervises is strictly above every target; whoever may handle is touched by none; whoever is
    /// recused has no standing in whatever unit.
    #[test]
    fn nobody_touched_gets_a_seat(
        targets in prop::collection::vec(any_target(), 0..4),
        unit_no in 0..4_u8,
        level in prop_oneof![Just(Level::Village), Just(Level::Township), Just(Level::County)],
        post_no in 0..4_u8,
        led_by in prop::collection::vec(0..4_u8, 0..3),
    ) {
        let world = World::new();
        if let Ok((organ_level, _)) = supervising(&targets, &world.organs) {
            prop_assert!(targets.iter().all(|target| organ_level > target.level()));
        }
        let here = village();
        let reach = Reach { region: &here, zone: &[], county: true };
        let one = Unit {
            id: unit(&format!("u{unit_no}")),
            level,
            region: village().at(level).unwrap(),
            is_discipline_organ: false,
            is_village_committee: false,
            led_by: led_by.iter().map(|id| unit(&format!("u{id}"))).collect(),
            leader_keys: vec![format!("post:p{post_no}")],
            related_keys: vec![],
        };
        let own_post = format!("p{post_no}");
        if may_handle(&one, &targets, "service", reach).is_ok() {
            for target in &targets {
                match target {
                    Target::Organisation { id, .. } => {
                        prop_assert!(*id != one.id && !one.led_by.contains(id));
                    }
                    Target::Post { id, organisation, leads, .. } => {
                        prop_assert_ne!(id.as_str(), own_post.as_str());
                        prop_assert!(!leads || (*organisation != one.id && !one.led_by.contains(organisation)));
                    }
                    Target::Group { group, region } => {
                        prop_assert!(group.level() != one.level || *region != one.region);
                    }
                    Target::Other { .. } => {}
                }
            }
        }
        let held = vec![HeldPost {
            post: PostId::try_from(format!("p{post_no}")).unwrap(),
            organisation: unit(&format!("u{unit_no}")),
            level,
            region: village().at(level).unwrap(),
        }];
        let person = scope("town", Level::Township, held);
        let named = targets.iter().any(|target| match target {
            Target::Organisation { id, .. } => id.as_str() == format!("u{unit_no}") || id.as_str() == "town",
            Target::Post { id, .. } => id.as_str() == format!("p{post_no}"),
            Target::Group { group, region } => {
                group.level() == level && *region == village().at(level).unwrap()
                    || *group == Group::Township
            }
            Target::Other { .. } => false,
        });
        let accused = Accused { targets: &targets, persons: &[] };
        let everywhere = [
            (unit("town"), crate::complaint::access::Capacity::Supervising),
            (unit("town"), crate::complaint::access::Capacity::Upper),
        ];
        prop_assert_eq!(standing(&person, accused, &everywhere).is_none(), named);
    }
}
