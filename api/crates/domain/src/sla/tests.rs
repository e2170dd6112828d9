use proptest::prelude::*;

use super::*;
use crate::calendar::DayKind;
use crate::calendar::tests::{at, day, real, with_lunch, with_row};
use crate::deadline::{Roll, Unit};

const HOUR: i64 = 3_600_000_000;

fn timer(amount: u32, unit: Unit, from: &str) -> Timer {
    let limit = Limit::new(amount, unit, Roll::NextWorkingDay).unwrap();
    Timer::start(limit, Stage::Handle, 1, &real(), at(from))
}

/// When a timer left alone is blue and yellow.
fn lights(amount: u32, unit: Unit, from: &str) -> (Option<Timestamp>, Option<Timestamp>) {
    let timer = timer(amount, unit, from);
    (timer.blue_at, timer.yellow_at)
}

#[test]
fn lights_of_fifteen_working_days() {
    // Monday 2 November; 15 working days end on Monday 23 November.
    let mut timer = timer(15, Unit::WorkingDay, "2026-11-02 10:00");
    assert_eq!(timer.due_date, day("2026-11-23"));
    for (now, light) in [
        ("2026-11-02 10:00", Light::Green),
        // Seven working days (3 to 11) pass without an action.
        ("2026-11-12 08:59", Light::Green),
        ("2026-11-12 09:00", Light::Blue),
        // The third last working day is Thursday 19.
        ("2026-11-19 08:59", Light::Blue),
        ("2026-11-19 09:00", Light::Yellow),
        ("2026-11-23 23:59", Light::Yellow),
        ("2026-11-24 00:00", Light::Red),
    ] {
        assert_eq!(timer.light(at(now)), Some(light), "{now}");
    }
    timer.act(&real(), at("2026-11-10 15:00"));
    assert_eq!(timer.blue_at, Some(at("2026-11-20 09:00")));
    assert_eq!(timer.light(at("2026-11-18 10:00")), Some(Light::Green));
    assert_eq!(timer.light(at("2026-11-20 10:00")), Some(Light::Yellow));
}

#[test]
fn lights_of_short_limits() {
    let monday = "2026-11-02 10:00";
    let days = |n| lights(n, Unit::WorkingDay, monday);
    let morning = |text: &str| Some(at(&format!("{text} 09:00")));
    assert_eq!(days(1), (None, morning("2026-11-03")));
    assert_eq!(days(2), (morning("2026-11-04"), morning("2026-11-04")));
    assert_eq!(days(3), (morning("2026-11-04"), morning("2026-11-05")));
    assert_eq!(days(7), (morning("2026-11-06"), morning("2026-11-09")));
    // Across National Day: due 10 October, k = 2.
    let days = lights(5, Unit::WorkingDay, "2026-09-28 10:00");
    assert_eq!(days, (morning("2026-10-08"), morning("2026-10-09")));
    // Calendar days: due Tuesday 17 November; the third last is Sunday, so Monday.
    let days = lights(15, Unit::CalendarDay, monday);
    assert_eq!(days, (morning("2026-11-10"), morning("2026-11-16")));
}

#[test]
fn a_warning_without_roll_still_comes_before_the_end() {
    // Friday and one day, not rolled: Saturday. Monday would be too late to warn.
    let limit = Limit::new(1, Unit::CalendarDay, Roll::None).unwrap();
    let timer = Timer::start(limit, Stage::Handle, 1, &real(), at("2026-11-27 08:00"));
    assert_eq!(timer.due_date, day("2026-11-28"));
    assert_eq!(timer.yellow_at, Some(at("2026-11-27 09:00")));
}

#[test]
fn t11_lights_of_hours_honour_the_ranges() {
    let limit = Limit::new(3, Unit::Hour, Roll::NextWorkingDay).unwrap();
    let timer = Timer::start(
        limit,
        Stage::Accept,
        1,
        &with_lunch(),
        at("2026-11-27 16:30"),
    );
    // Half an hour on Friday, the rest on Monday: one hour before the end is 10:30, not midnight.
    assert_eq!(timer.due_at, at("2026-11-30 11:30"));
    assert_eq!(timer.yellow_at, Some(at("2026-11-30 10:30")));
    assert_eq!(timer.blue_at, Some(at("2026-11-30 10:00")));
    // Two thirds end at closing: the light changes when the office opens again.
    assert_eq!(
        lights(3, Unit::Hour, "2026-11-27 15:00"),
        (Some(at("2026-11-27 16:30")), Some(at("2026-11-30 09:00")))
    );
    assert_eq!(
        lights(24, Unit::ClockHour, "2026-11-27 15:00"),
        (Some(at("2026-11-28 03:00")), Some(at("2026-11-28 07:00")))
    );
}

#[test]
fn t2_an_action_moves_no_due_date() {
    let cal = real();
    let mut acted = timer(15, Unit::WorkingDay, "2026-11-02 10:00");
    let before = acted.clone();
    acted.act(&cal, at("2026-11-05 10:00"));
    acted.act(&cal, at("2026-11-24 10:00"));
    assert_eq!(
        (acted.due_at, acted.due_date),
        (before.due_at, before.due_date)
    );
    assert_eq!(acted.yellow_at, before.yellow_at);
    assert_eq!(
        acted.breached_at,
        Some(before.due_at),
        "the late action was seen"
    );
}

#[test]
fn t8_a_breach_and_its_overrun_stay() {
    let cal = real();
    let mut timer = timer(1, Unit::WorkingDay, "2026-11-26 10:00");
    let due = at("2026-11-28 00:00");
    timer.stop(at("2026-11-28 05:00"));
    assert_eq!(
        (timer.breached_at, timer.overrun_micros),
        (Some(due), Some(5 * HOUR))
    );
    timer.record_fired(Step::Red);
    timer.stop(at("2026-12-05 00:00"));
    assert_eq!(timer.overrun_micros, Some(5 * HOUR), "frozen");
    assert_eq!(
        (timer.light(at("2026-12-05 00:00")), timer.is_late(due)),
        (None, false)
    );
    timer.restart(&cal, at("2026-12-07 10:00"));
    assert_eq!(timer.due_date, day("2026-12-08"));
    assert_eq!(timer.light(at("2026-12-07 11:00")), Some(Light::Green));
    timer.record_fired(Step::Warn);
    timer.stop(at("2026-12-08 10:00"));
    assert_eq!(
        (timer.breached_at, timer.overrun_micros),
        (Some(due), Some(5 * HOUR))
    );
    assert_eq!(timer.fired, Some(Step::Red));
    // Late again: the first breach stays, and the longer overrun.
    timer.restart(&cal, at("2026-12-09 10:00"));
    timer.stop(at("2026-12-11 08:00"));
    assert_eq!(
        (timer.breached_at, timer.overrun_micros),
        (Some(due), Some(8 * HOUR))
    );
}

#[test]
fn t22_the_first_late_instant_is_late() {
    for (now, late) in [("2026-11-27 23:59", false), ("2026-11-28 00:00", true)] {
        let mut timer = timer(1, Unit::WorkingDay, "2026-11-26 10:00");
        assert_eq!(timer.is_late(at(now)), late);
        timer.stop(at(now));
        assert_eq!(timer.breached_at.is_some(), late, "{now}");
    }
}

#[test]
fn an_undone_merge_lets_the_clock_run_on() {
    let mut timer = timer(1, Unit::WorkingDay, "2026-11-26 10:00");
    timer.stop(at("2026-11-27 12:00"));
    timer.run_on();
    assert!(timer.is_late(at("2026-11-30 00:00")));
    timer.stop(at("2026-11-30 00:00"));
    assert_eq!(timer.overrun_micros, Some(48 * HOUR));
}

#[test]
fn a_pause_gives_its_days_and_shows_no_light() {
    let cal = real();
    let mut timer = timer(5, Unit::WorkingDay, "2026-11-27 10:00");
    timer.pause(at("2026-12-01 10:00"));
    assert_eq!(timer.light(at("2026-12-02 10:00")), None);
    assert!(
        !timer.is_late(at("2026-12-20 10:00")),
        "it stood still before it was due"
    );
    timer.resume(&cal, at("2026-12-03 10:00"));
    assert_eq!(timer.due_date, day("2026-12-08"));
    assert_eq!(timer.yellow_at, Some(at("2026-12-07 09:00")));
    assert_eq!(
        timer.blue_at,
        Some(at("2026-12-08 09:00")),
        "counted from the resumption"
    );
    assert_eq!(timer.light(at("2026-12-03 10:00")), Some(Light::Green));
    timer.resume(&cal, at("2026-12-20 10:00"));
    assert_eq!(timer.due_date, day("2026-12-08"), "it did not stand still");
}

#[test]
fn a_pause_forgives_no_breach_and_is_no_overrun() {
    let cal = real();
    let mut timer = timer(1, Unit::WorkingDay, "2026-11-26 10:00");
    timer.pause(at("2026-11-28 10:00"));
    assert_eq!(timer.breached_at, Some(at("2026-11-28 00:00")));
    let mut stopped = timer.clone();
    stopped.stop(at("2026-12-20 10:00"));
    assert_eq!(stopped.overrun_micros, Some(10 * HOUR));
    timer.resume(&cal, at("2026-12-10 10:00"));
    assert_eq!(timer.due_date, day("2026-11-27"));
    timer.stop(at("2026-12-10 11:00"));
    assert_eq!(timer.overrun_micros, Some(11 * HOUR));
}

#[test]
fn t14_a_new_calendar_prolongs_and_never_shortens() {
    let cal = real();
    let mut timer = timer(5, Unit::WorkingDay, "2026-11-27 10:00");
    let holiday = with_row(&cal, day("2026-12-02"), DayKind::Off);
    assert!(timer.recalculate(&holiday, at("2026-11-30 10:00")));
    assert_eq!(
        (timer.due_date, timer.calendar_version),
        (day("2026-12-07"), 2)
    );
    assert_eq!(timer.yellow_at, Some(at("2026-12-04 09:00")));
    let work = with_row(&holiday, day("2026-12-02"), DayKind::Work);
    assert!(!timer.recalculate(&work, at("2026-11-30 11:00")));
    assert_eq!(
        (timer.due_date, timer.calendar_version),
        (day("2026-12-07"), 2)
    );
    let moved: Vec<_> = timer
        .moved
        .iter()
        .map(|moved| (moved.reason, moved.due_date, moved.calendar_version))
        .collect();
    assert_eq!(moved, [(MoveReason::Calendar, day("2026-12-04"), 1)]);
    assert!(explain(&timer, &work).kept);
    timer.stop(at("2026-12-01 10:00"));
    assert!(!timer.recalculate(
        &with_row(&work, day("2026-12-01"), DayKind::Off),
        at("2026-12-01 11:00")
    ));
}

#[test]
fn t20_provisional_until_the_calendar_arrives() {
    let cal = real();
    let mut timer = timer(15, Unit::WorkingDay, "2026-12-25 10:00");
    assert!(timer.provisional);
    let told = timer.due_date;
    let notice = with_row(&cal, day("2027-01-01"), DayKind::Off);
    assert!(timer.recalculate(
        &with_row(&notice, day("2027-10-01"), DayKind::Off),
        at("2026-12-26 10:00")
    ));
    assert!(!timer.provisional && timer.due_date > told);
}

#[test]
fn an_extension_adds_to_the_limit() {
    let cal = real();
    let mut timer = timer(5, Unit::WorkingDay, "2026-11-27 10:00");
    timer.extend(&cal, 5, at("2026-12-03 10:00"));
    assert_eq!(
        (timer.limit.amount, timer.due_date),
        (10, day("2026-12-11"))
    );
    timer.extend(&cal, u32::MAX, at("2026-12-03 10:00"));
    assert_eq!(timer.limit.amount, Limit::MOST);
    let granted: Vec<u32> = timer.granted.iter().map(|one| one.by).collect();
    assert_eq!(granted, [5, Limit::MOST - 10]);
    assert_eq!(timer.moved[0].due_date, day("2026-12-04"));
    assert_eq!(timer.moved[1].reason, MoveReason::Extension);
}

#[test]
fn the_worst_light_of_those_that_run() {
    let cal = real();
    let now = at("2026-11-30 10:00");
    let mut late = timer(1, Unit::WorkingDay, "2026-11-26 10:00");
    let fresh = timer(15, Unit::WorkingDay, "2026-11-27 10:00");
    let limit = Limit::new(1, Unit::CalendarDay, Roll::None).unwrap();
    let rate = Timer::start(limit, Stage::Rate, 1, &cal, at("2026-11-02 10:00"));
    assert_eq!(
        (rate.light(now), rate.blue_at, rate.yellow_at),
        (None, None, None)
    );
    let worst = |late: &Timer| worst_light(&[fresh.clone(), late.clone(), rate.clone()], now);
    assert_eq!(worst(&late), Some(Light::Red));
    late.stop(now);
    assert_eq!(worst(&late), Some(Light::Green));
    assert_eq!(worst_light(&[late, rate], now), None);
    assert!(
        Light::Red > Light::Yellow && Light::Yellow > Light::Blue && Light::Blue > Light::Green
    );
}

#[test]
fn working_days_left_as_people_say_it() {
    let cal = real();
    let timer = timer(5, Unit::WorkingDay, "2026-11-20 10:00");
    assert_eq!(timer.due_date, day("2026-11-27"));
    for (now, left) in [
        ("2026-11-20 23:00", 5),
        ("2026-11-22 12:00", 5),
        ("2026-11-26 12:00", 1),
        ("2026-11-27 23:59", 0),
        ("2026-11-28 00:00", -1),
        ("2026-11-30 12:00", -1),
        ("2026-12-01 12:00", -2),
    ] {
        assert_eq!(working_days_left(&cal, &timer, at(now)), left, "{now}");
    }
}

#[test]
fn survives_json() {
    let mut timer = timer(5, Unit::WorkingDay, "2026-11-20 10:00");
    timer.pause(at("2026-11-23 10:00"));
    let json = serde_json::to_value(&timer).unwrap();
    assert_eq!(json.pointer("/due_date").unwrap(), "2026-11-27");
    assert_eq!(serde_json::from_value::<Timer>(json).unwrap(), timer);
}

fn any_timer() -> impl Strategy<Value = Timer> {
    let unit = prop::sample::select(vec![
        Unit::WorkingDay,
        Unit::CalendarDay,
        Unit::Hour,
        Unit::Minute,
        Unit::ClockHour,
    ]);
    let roll = prop::sample::select(vec![Roll::NextWorkingDay, Roll::None]);
    (1..30_u32, unit, roll, 0..400_000_i64).prop_map(|(amount, unit, roll, minutes)| {
        let from = at("2026-01-01 00:00").plus_seconds(60 * minutes);
        Timer::start(
            Limit { amount, unit, roll },
            Stage::Handle,
            1,
            &real(),
            from,
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn lights_only_get_worse(timer in any_timer(), minutes in prop::collection::vec(0..60_000_i64, 2..20)) {
        let mut minutes = minutes;
        minutes.sort_unstable();
        let seen: Vec<_> = minutes
            .iter()
            .map(|n| timer.light(timer.started_at.plus_seconds(60 * n)))
            .collect();
        prop_assert!(seen.is_sorted(), "{seen:?}");
        prop_assert!(timer.yellow_at.unwrap() < timer.due_at);
        prop_assert!(timer.yellow_at.unwrap() >= timer.started_at);
    }

    #[test]
    fn nothing_that_happens_to_a_timer_brings_its_due_date_forward(
        timer in any_timer(), steps in prop::collection::vec((0..4_u8, 1..6_000_i64), 1..8),
    ) {
        let cal = real();
        let (mut timer, mut now) = (timer.clone(), timer.started_at);
        for (what, minutes) in steps {
            now = now.plus_seconds(60 * minutes);
            let before = timer.clone();
            match what {
                0 => timer.act(&cal, now),
                1 => timer.pause(now),
                2 => timer.resume(&cal, now),
                _ => { timer.recalculate(&with_row(&cal, now.day(), DayKind::Work), now); }
            }
            prop_assert!(timer.due_at >= before.due_at && timer.due_date >= before.due_date);
            prop_assert!(what != 0 || timer.due_at == before.due_at);
            prop_assert!(before.breached_at.is_none() || timer.breached_at == before.breached_at);
        }
    }
}
