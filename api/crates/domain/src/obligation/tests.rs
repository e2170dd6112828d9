//! Vectors of `domain.md` 8 and of China's calendar, and laws that hold for every rule.

use std::sync::Arc;

use proptest::prelude::*;

use super::catalogue::{Catalogue, FlawKind, InForce, Item, Layer, in_force};
use super::grow::{Grown, grown, next_opening};
use super::rule::{Count, DueRule, Frequency, missing_after};
use super::shipped::catalogue;
use super::*;
use crate::calendar::tests::{day, real as china};
use crate::deadline::{Limit, Roll, Unit};
use crate::disclosure::period::{Period, PeriodKind};
use crate::region::RegionCode;
use crate::time::Day;

const VILLAGE: &str = "230104111204";
const COUNTY: &str = "230104000000";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn on(months_after: i32, day: u32, roll: Roll) -> DueRule {
    DueRule::DayOfMonth {
        months_after,
        day,
        roll,
    }
}

fn due(rule: &DueRule, text: &str) -> String {
    rule.count(period(text))
        .unwrap()
        .deadline(&china())
        .due_date
        .to_string()
}

#[test]
fn the_fifteenth_and_the_twentieth_move_off_rest_days() {
    let fifteenth = on(1, 15, Roll::NextWorkingDay);
    for (of, last_day) in [
        // The fifteenth of February 2026 is the first day off of the Spring Festival: back at work on the 24th.
        ("2026-01", "2026-02-24"),
        ("2026-02", "2026-03-16"),
        ("2026-08", "2026-09-15"),
        ("2026-09", "2026-10-15"),
        // A Sunday.
        ("2026-10", "2026-11-16"),
    ] {
        assert_eq!(due(&fifteenth, of), last_day, "{of}");
    }
    let twentieth = on(1, 20, Roll::NextWorkingDay);
    // The 20th of September 2026 is a Sunday on which people work for the holidays: it stays.
    assert_eq!(due(&twentieth, "2026-08"), "2026-09-20");
    assert_eq!(due(&twentieth, "2026-Q3"), "2026-10-20");
    assert_eq!(due(&on(1, 15, Roll::None), "2026-01"), "2026-02-15");
}

#[test]
fn a_month_that_is_too_short_ends_on_its_last_day() {
    assert_eq!(due(&on(3, 31, Roll::NextWorkingDay), "2025"), "2026-03-31");
    assert_eq!(due(&on(1, 31, Roll::None), "2026-01"), "2026-02-28");
    assert_eq!(due(&on(1, 30, Roll::None), "2024-01"), "2024-02-29");
}

#[test]
fn what_is_planned_is_due_before_its_period_and_opens_with_that_month() {
    let planned = on(-1, 25, Roll::NextWorkingDay);
    assert_eq!(
        due(&planned, "2026-11"),
        "2026-10-26",
        "the 25th is a Sunday"
    );
    assert_eq!(planned.opens_on(period("2026-11")), Some(day("2026-10-01")));
    let usual = on(1, 15, Roll::NextWorkingDay);
    assert_eq!(usual.opens_on(period("2026-11")), Some(day("2026-11-01")));
    assert_eq!(usual.opens_on(period("2026")), Some(day("2026-01-01")));
}

#[test]
fn days_after_an_event_are_the_vectors_of_every_deadline() {
    let working = |amount| DueRule::AfterEvent {
        amount,
        unit: Unit::WorkingDay,
        roll: Roll::NextWorkingDay,
    };
    for (event, amount, last_day) in [
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-09-19", 1, "2026-09-20"),
    ] {
        let count = working(amount).count_from(day(event)).unwrap();
        let counted = count.deadline(&china());
        assert_eq!(counted.due_date.to_string(), last_day, "{event} + {amount}");
    }
    let fifteen = DueRule::AfterEvent {
        amount: 15,
        unit: Unit::CalendarDay,
        roll: Roll::NextWorkingDay,
    };
    let count = fifteen.count_from(day("2026-02-01")).unwrap();
    let counted = count.deadline(&china());
    assert_eq!(counted.due_date, day("2026-02-24"));
    assert!(!counted.skipped.is_empty(), "each day off is named");
    assert_eq!(
        missing_after(day("2026-02-24")),
        at("2026-03-27T00:00:00+08:00")
    );
    assert_eq!(fifteen.count(period("2026-01")), None);
    assert_eq!(on(1, 15, Roll::None).count_from(day("2026-02-01")), None);
}

#[test]
fn an_unannounced_year_is_provisional() {
    let count = on(1, 15, Roll::NextWorkingDay)
        .count(period("2026-12"))
        .unwrap();
    assert!(count.deadline(&china()).provisional);
    let count = on(1, 15, Roll::NextWorkingDay)
        .count(period("2026-10"))
        .unwrap();
    assert!(!count.deadline(&china()).provisional);
}

#[test]
fn it_stands_as_it_was_published() {
    let due_at = at("2026-11-17T00:00:00+08:00");
    let standing = |settled: Option<&str>| Standing {
        due_at,
        missing_at: at("2026-12-16T00:00:00+08:00"),
        settled_at: settled.map(at),
        is_struck: false,
    };
    let open = standing(None);
    for (now, status, days) in [
        ("2026-11-16T23:59:59+08:00", Status::Due, 0),
        ("2026-11-17T00:00:00+08:00", Status::Overdue, 1),
        ("2026-12-15T23:59:59+08:00", Status::Overdue, 29),
        ("2026-12-16T00:00:00+08:00", Status::Missing, 30),
    ] {
        assert_eq!(
            (open.status(at(now)), open.days_late(at(now))),
            (status, days),
            "{now}"
        );
    }
    let years_later = at("2030-01-01T00:00:00+08:00");
    let in_time = standing(Some("2026-11-16T23:59:59+08:00"));
    assert_eq!(in_time.status(years_later), Status::OnTime);
    assert_eq!(in_time.days_late(years_later), 0);
    let late = standing(Some("2026-11-20T10:00:00+08:00"));
    assert_eq!(late.status(years_later), Status::Late);
    assert_eq!(late.days_late(years_later), 4, "its overrun is frozen");
}

#[test]
fn what_was_struck_is_owed_by_nobody_and_counted_nowhere() {
    let struck = Standing {
        due_at: at("2026-11-17T00:00:00+08:00"),
        missing_at: at("2026-12-16T00:00:00+08:00"),
        settled_at: None,
        is_struck: true,
    };
    for now in [
        "2026-11-16T23:59:59+08:00",
        "2026-11-17T00:00:00+08:00",
        "2026-12-16T00:00:00+08:00",
        "2030-01-01T00:00:00+08:00",
    ] {
        assert_eq!(struck.status(at(now)), Status::Struck, "{now}");
        assert_eq!(struck.days_late(at(now)), 0, "{now}");
    }
    let mut counts = Counts::default();
    for status in Status::ALL {
        assert_eq!(Status::parse(status.as_str()), Some(status));
        counts.add(status);
    }
    let all = [
        counts.on_time,
        counts.due,
        counts.overdue,
        counts.missing,
        counts.late,
    ];
    assert_eq!(all, [1; 5]);
}

#[test]
fn the_shipped_catalogue_is_sound_and_says_what_it_rests_on() {
    assert_eq!(catalogue().flaws(&[]), []);
    assert_eq!(catalogue().clone().tidied(), *catalogue());
    for item in &catalogue().items {
        assert!(!item.basis.is_empty(), "{}", item.code);
    }
    let due_of = |code: &str, of: &str| due(&catalogue().item(code).unwrap().due, of);
    assert_eq!(due_of("ledger", "2026-10"), "2026-11-16");
    assert_eq!(due_of("summary", "2026-Q3"), "2026-10-20");
    assert_eq!(due_of("balance-sheet", "2025"), "2026-03-31");
}

fn layer(region: &str, version: i32, begun: &str, items: Vec<Item>) -> Layer {
    Layer {
        region: RegionCode::try_from(region).unwrap(),
        version,
        begun_at: at(begun),
        catalogue: Arc::new(Catalogue { items }),
    }
}

fn ledger_on(day: u32) -> Item {
    let ledger = catalogue().item("ledger").unwrap();
    Item {
        due: on(1, day, Roll::NextWorkingDay),
        ..ledger.clone()
    }
}

fn words(all: &[Grown]) -> Vec<String> {
    let mut words: Vec<String> = all
        .iter()
        .map(|one| {
            let last = one.due_at.plus_micros(-1).day();
            format!("{} {} {last}", one.matter.item.code, one.period)
        })
        .collect();
    words.sort();
    words
}

#[test]
fn a_village_owes_what_is_not_yet_due_when_it_begins_and_then_period_by_period() {
    let own = [layer(
        COUNTY,
        2,
        "2026-01-01T00:00:00+08:00",
        vec![ledger_on(15)],
    )];
    let since = at("2026-11-02T09:00:00+08:00");
    let grow =
        |to: Option<&str>, today| words(&grown(&own, &china(), since, to.map(day), day(today)));
    assert_eq!(
        grow(None, "2026-11-02"),
        ["ledger 2026-10 2026-11-16", "ledger 2026-11 2026-12-15"]
    );
    assert!(grow(Some("2026-11-02"), "2026-11-30").is_empty());
    assert_eq!(
        grow(Some("2026-11-02"), "2027-01-01"),
        ["ledger 2026-12 2027-01-15", "ledger 2027-01 2027-02-15"]
    );
    assert_eq!(next_opening(day("2026-11-02")), day("2026-12-01"));
    assert_eq!(next_opening(day("2026-12-01")), day("2027-01-01"));
}

#[test]
fn a_change_counts_for_what_opens_after_it() {
    let since = at("2026-10-20T09:00:00+08:00");
    let own = [
        layer(COUNTY, 2, "2026-01-01T00:00:00+08:00", vec![ledger_on(15)]),
        layer(COUNTY, 3, "2026-11-10T10:00:00+08:00", vec![ledger_on(5)]),
        layer(VILLAGE, 1, "2026-12-10T10:00:00+08:00", vec![ledger_on(3)]),
    ];
    assert_eq!(
        words(&grown(&own, &china(), since, None, day("2027-01-01"))),
        [
            "ledger 2026-10 2026-11-16",
            "ledger 2026-11 2026-12-15",
            "ledger 2026-12 2027-01-05",
            "ledger 2027-01 2027-02-03",
        ]
    );
    let at_once = |at: &str| {
        let matters = in_force(&own, super::tests::at(at));
        matters
            .into_iter()
            .map(
                |InForce {
                     region, version, ..
                 }| (region.map(String::from), version),
            )
            .collect::<Vec<_>>()
    };
    assert_eq!(
        at_once("2026-12-01T00:00:00+08:00"),
        [(Some(COUNTY.into()), 3)]
    );
    assert_eq!(
        at_once("2026-12-11T00:00:00+08:00"),
        [(Some(VILLAGE.into()), 1)]
    );
    let before = in_force(&own, at("2025-01-01T00:00:00+08:00"));
    assert_eq!(before.len(), catalogue().items.len(), "the shipped one");
}

#[test]
fn below_the_county_one_may_ask_for_more_and_not_for_less() {
    let above = &catalogue().items;
    let flaws = |items: Vec<Item>| -> Vec<(String, FlawKind)> {
        let flaws = Catalogue { items }.flaws(above);
        flaws
            .into_iter()
            .map(|flaw| (flaw.pointer, flaw.kind))
            .collect()
    };
    assert_eq!(flaws(vec![ledger_on(10)]), []);
    assert_eq!(
        flaws(vec![ledger_on(16)]),
        [("/items/0/due".into(), FlawKind::Looser)]
    );
    let rarer = Item {
        frequency: Frequency::Quarterly,
        ..ledger_on(10)
    };
    assert_eq!(
        flaws(vec![rarer]),
        [("/items/0/due".into(), FlawKind::Looser)]
    );
    let double = Item {
        code: "ledger-again".into(),
        ..ledger_on(10)
    };
    assert_eq!(
        flaws(vec![double]),
        [("/items/0/kind".into(), FlawKind::Twice)]
    );
    let odd = Item {
        code: "Ä".into(),
        name: " ".into(),
        basis: Vec::new(),
        frequency: Frequency::AtOnce,
        ..ledger_on(10)
    };
    let kinds: Vec<FlawKind> = flaws(vec![odd]).into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(
        kinds,
        [
            FlawKind::Code,
            FlawKind::Text,
            FlawKind::Range,
            FlawKind::Rule
        ]
    );
}

#[test]
fn what_was_taken_back_late_climbs_from_that_day() {
    let policy = Policy::default_policy();
    let (cal, count) = (
        china(),
        on(1, 15, Roll::NextWorkingDay).count(period("2026-09")),
    );
    let clock = clock(&count.unwrap(), &policy, &cal);
    assert_eq!(clock.due_date, day("2026-10-15"));
    let step = |reopened: Option<&str>| next_step(&clock, reopened.map(at), &cal, &policy);
    assert_eq!(step(None).map(|(step, _)| step), Some(Step::Remind));
    let reopened = "2026-11-02T09:00:00+08:00";
    assert_eq!(step(Some(reopened)), Some((Step::Red, at(reopened))));
    assert_eq!(
        step(Some("2026-10-01T09:00:00+08:00")),
        step(None),
        "in time: as before"
    );
    let mut fired = clock.clone();
    fired.record_fired(Step::Red);
    assert_eq!(
        next_step(&fired, Some(at(reopened)), &cal, &policy),
        Some((Step::County, at("2026-11-06T00:00:00+08:00")))
    );
}

fn rules() -> impl Strategy<Value = DueRule> {
    let roll = prop_oneof![Just(Roll::NextWorkingDay), Just(Roll::None)];
    let unit = prop_oneof![Just(Unit::WorkingDay), Just(Unit::CalendarDay)];
    prop_oneof![
        (-3..=12_i32, 1..=31_u32, roll.clone()).prop_map(|(months_after, day, roll)| {
            DueRule::DayOfMonth {
                months_after,
                day,
                roll,
            }
        }),
        (1..=60_u32, unit, roll).prop_map(|(amount, unit, roll)| DueRule::AfterEnd {
            amount,
            unit,
            roll
        }),
    ]
}

fn periods() -> impl Strategy<Value = Period> {
    let kind = prop_oneof![
        Just(PeriodKind::Month),
        Just(PeriodKind::Quarter),
        Just(PeriodKind::Year)
    ];
    (kind, 0..4000_u32).prop_map(|(kind, days)| {
        let day = crate::deadline::plus_days(day("2016-01-01"), days);
        Period::containing(kind, day).unwrap()
    })
}

proptest! {
    #[test]
    fn a_due_date_is_a_day_people_work_on_unless_it_may_not_move(rule in rules(), period in periods()) {
        let cal = china();
        let Count { from, limit } = rule.count(period).unwrap();
        let counted = rule.count(period).unwrap().deadline(&cal);
        prop_assert!(counted.due_date > from);
        prop_assert_eq!(counted.due_at, Timestamp::start_of(counted.due_date.succ_opt().unwrap()));
        if limit.unit == Unit::WorkingDay || limit.roll == Roll::NextWorkingDay {
            prop_assert!(cal.is_working_day(counted.due_date));
        }
        prop_assert!(limit.amount <= Limit::MOST);
        // Every day between the plain date and the rolled one is named.
        if limit.unit == Unit::CalendarDay {
            let plain = crate::deadline::plus_days(from, limit.amount);
            let moved = (counted.due_date - plain).num_days();
            prop_assert_eq!(moved, i64::try_from(counted.skipped.len()).unwrap());
        }
    }

    #[test]
    fn later_periods_are_due_no_earlier_and_missing_comes_after_due(rule in rules(), period in periods()) {
        let cal = china();
        let due_at = rule.count(period).unwrap().deadline(&cal).due_at;
        prop_assert!(rule.missing_at(period, &cal).unwrap() >= due_at);
        prop_assert!(rule.opens_on(period).unwrap() <= period.first_day());
        prop_assert!(Timestamp::start_of(rule.opens_on(period).unwrap()) <= due_at);
    }

    #[test]
    fn growing_in_steps_is_growing_at_once(days in proptest::collection::vec(1..200_u32, 1..6)) {
        let own = [
            layer(COUNTY, 2, "2025-01-10T10:00:00+08:00", vec![ledger_on(15)]),
            layer(COUNTY, 3, "2025-08-10T10:00:00+08:00", catalogue().items.clone()),
        ];
        let (cal, since) = (china(), at("2024-11-20T08:00:00+08:00"));
        let (mut steps, mut to, mut today): (Vec<Grown>, Option<Day>, Day) = (Vec::new(), None, since.day());
        for more in days {
            today = crate::deadline::plus_days(today, more);
            steps.extend(grown(&own, &cal, since, to, today));
            to = Some(today);
        }
        let once = grown(&own, &cal, since, None, today);
        prop_assert_eq!(words(&steps), words(&once));
        prop_assert!(once.iter().all(|one| one.due_at > since));
    }
}
