use proptest::prelude::*;

use super::*;
use crate::calendar::tests::{at, real};
use crate::deadline::{Roll, Unit};
use crate::policy::{Kind, Stage};

fn timer(stage: Stage, from: &str) -> Timer {
    let limit = Policy::default_policy().limit(stage, Kind::Complaint);
    Timer::start(limit, stage, 1, &real(), at(from))
}

fn due(timers: &[Timer], index: usize, now: &str) -> Due {
    due_step(timers, index, &real(), &Policy::default_policy(), at(now))
}

#[test]
fn words_read_back() {
    assert!(
        Step::ALL
            .iter()
            .all(|step| Step::parse(step.as_str()) == Some(*step))
    );
    assert_eq!(Step::parse("x"), None);
    assert!(Step::ALL.is_sorted());
}

#[test]
fn t21_all_steps_in_order_once_each_with_their_true_times() {
    let mut timers = [timer(Stage::Handle, "2026-11-02 10:00")];
    assert_eq!(
        due(&timers, 0, "2026-11-12 08:59"),
        Due::NotYet(at("2026-11-12 09:00"))
    );
    // Switched off until long after.
    for (step, time) in [
        (Step::Remind, "2026-11-12 09:00"),
        (Step::Warn, "2026-11-19 09:00"),
        (Step::Red, "2026-11-24 00:00"),
        // Due on Monday 23: the county after three working days more, the city after five.
        (Step::County, "2026-11-27 00:00"),
        (Step::City, "2026-12-01 00:00"),
    ] {
        assert_eq!(
            due(&timers, 0, "2026-12-31 10:00"),
            Due::Fire(step, at(time))
        );
        timers[0].record_fired(step);
    }
    assert_eq!(due(&timers, 0, "2026-12-31 10:00"), Due::Nothing);
    assert_eq!(due(&timers, 1, "2026-12-31 10:00"), Due::Nothing);
}

#[test]
fn no_steps_while_the_clock_does_not_run_or_for_stages_of_the_complainant() {
    let mut handle = timer(Stage::Handle, "2026-11-02 10:00");
    handle.pause(at("2026-11-03 10:00"));
    assert_eq!(due(&[handle.clone()], 0, "2026-12-31 10:00"), Due::Nothing);
    handle.stop(at("2026-11-04 10:00"));
    assert_eq!(due(&[handle], 0, "2026-12-31 10:00"), Due::Nothing);
    for stage in [Stage::Rate, Stage::Supplement] {
        assert_eq!(
            due(&[timer(stage, "2026-11-02 10:00")], 0, "2026-12-31 10:00"),
            Due::Nothing
        );
    }
}

#[test]
fn one_day_has_no_reminder() {
    let accept = timer(Stage::Accept, "2026-11-02 10:00");
    let next = next_step(&accept, &real(), &Policy::default_policy());
    assert_eq!(next, Some((Step::Warn, at("2026-11-03 09:00"))));
    // Two days have one, in the same minute as the warning.
    let review = timer(Stage::Review, "2026-11-02 10:00");
    let next = next_step(&review, &real(), &Policy::default_policy());
    assert_eq!(next, Some((Step::Remind, at("2026-11-04 09:00"))));
}

#[test]
fn an_action_close_to_the_end_makes_the_reminder_needless() {
    let mut handle = timer(Stage::Handle, "2026-11-02 10:00");
    handle.act(&real(), at("2026-11-11 10:00"));
    let next = next_step(&handle, &real(), &Policy::default_policy());
    assert_eq!(next, Some((Step::Warn, at("2026-11-19 09:00"))));
}

#[test]
fn a_policy_without_a_rung_takes_no_such_step() {
    let mut policy = Policy::default_policy();
    policy
        .ladder
        .retain(|rung| rung.step != Step::Remind && rung.step != Step::City);
    let mut handle = timer(Stage::Handle, "2026-11-02 10:00");
    let next = |timer: &Timer| next_step(timer, &real(), &policy).map(|(step, _)| step);
    assert_eq!(next(&handle), Some(Step::Warn));
    handle.record_fired(Step::County);
    assert_eq!(next(&handle), None);
}

#[test]
fn t6_only_the_earliest_overdue_stage_climbs() {
    let from = "2026-11-02 10:00";
    let mut timers = [timer(Stage::Handle, from), timer(Stage::Accept, from)];
    let now = "2026-12-31 10:00";
    // Both are late; words about the later one still go out, its case climbs with the earlier one.
    assert_eq!(
        due(&timers, 0, now),
        Due::Fire(Step::Remind, at("2026-11-12 09:00"))
    );
    timers[0].record_fired(Step::Red);
    assert_eq!(due(&timers, 0, now), Due::Deferred);
    timers[1].record_fired(Step::Red);
    assert_eq!(
        due(&timers, 1, now),
        Due::Fire(Step::County, at("2026-11-07 00:00"))
    );
    // A clock that stands still climbs nowhere, so it holds nobody back either.
    let mut paused = timers.clone();
    paused[1].pause(at("2026-12-01 10:00"));
    assert_eq!(
        due(&paused, 0, now),
        Due::Fire(Step::County, at("2026-11-27 00:00"))
    );
    timers[1].stop(at(now));
    assert_eq!(
        due(&timers, 0, now),
        Due::Fire(Step::County, at("2026-11-27 00:00"))
    );
    // Of two with one due time, exactly one climbs.
    let mut twins = [timer(Stage::Handle, from), timer(Stage::Handle, from)];
    twins
        .iter_mut()
        .for_each(|timer| timer.record_fired(Step::Red));
    assert_eq!(
        due(&twins, 0, now),
        Due::Fire(Step::County, at("2026-11-27 00:00"))
    );
    assert_eq!(due(&twins, 1, now), Due::Deferred);
}

#[test]
fn t8_begun_again_takes_no_step_twice() {
    let mut review = timer(Stage::Review, "2026-11-02 10:00");
    review.record_fired(Step::Red);
    review.restart(&real(), at("2026-11-09 10:00"));
    let next = next_step(&review, &real(), &Policy::default_policy());
    // Due on Wednesday 11; three working days later is Monday 16.
    assert_eq!(next, Some((Step::County, at("2026-11-17 00:00"))));
}

const UNITS: [Unit; 5] = [
    Unit::WorkingDay,
    Unit::CalendarDay,
    Unit::Hour,
    Unit::Minute,
    Unit::ClockHour,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn steps_are_in_order(
        amount in 1..40_u32, unit in prop::sample::select(UNITS.to_vec()), rolls in any::<bool>(), minutes in 0..400_000_i64,
        idle in 0..20_000_i64, paused in 0..20_000_i64,
    ) {
        let roll = if rolls { Roll::NextWorkingDay } else { Roll::None };
        let limit = Limit { amount, unit, roll };
        let (cal, policy) = (real(), Policy::default_policy());
        let from = at("2026-01-01 00:00").plus_seconds(60 * minutes);
        let mut timer = Timer::start(limit, Stage::Handle, 1, &cal, from);
        timer.pause(from.plus_seconds(60 * idle));
        timer.resume(&cal, from.plus_seconds(60 * (idle + paused)));
        let times: Vec<_> =
            Step::ALL.iter().filter_map(|step| step_at(&timer, &cal, &policy, *step)).collect();
        prop_assert!(times.is_sorted(), "{times:?}");
        prop_assert!(times.len() >= 4);
    }
}
