use super::*;
use crate::calendar::tests::{at, day, real, with_lunch, with_row};
use crate::calendar::{DayKind, RestReason, WorkCalendar};

mod properties;

fn limit(amount: u32, unit: Unit) -> Limit {
    Limit::new(amount, unit, Roll::NextWorkingDay).unwrap()
}

fn pause(from: &str, to: &str) -> Pause {
    Pause {
        from: at(from),
        to: Some(at(to)),
    }
}

fn due(cal: &WorkCalendar, from: &str, amount: u32, unit: Unit, pauses: &[Pause]) -> Deadline {
    deadline(cal, at(from), &limit(amount, unit), pauses)
}

/// The skipped days as `2026-11-28 周末`.
fn skipped(deadline: &Deadline) -> Vec<String> {
    let text = |skip: &SkippedDay| format!("{} {}", skip.date, skip.reason.reason_text(Lang::Zh));
    deadline.skipped.iter().map(text).collect()
}

#[test]
fn the_vectors_of_the_domain_notes() {
    let cal = real();
    for (from, amount, date) in [
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 15, "2026-03-12"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-09-30", 15, "2026-10-27"),
        ("2026-09-19", 1, "2026-09-20"),
    ] {
        for time in ["00:00", "10:00", "23:59"] {
            let due = due(
                &cal,
                &format!("{from} {time}"),
                amount,
                Unit::WorkingDay,
                &[],
            );
            assert_eq!(due.due_date, day(date), "{from} {time} + {amount}");
            assert!(!due.provisional);
        }
    }
}

#[test]
fn calendar_days_roll_off_a_rest_day_unless_told_not_to() {
    let cal = real();
    let rolled = due(&cal, "2026-02-01 10:00", 15, Unit::CalendarDay, &[]);
    assert_eq!(rolled.due_date, day("2026-02-24"));
    assert_eq!(rolled.skipped.len(), 8, "{:?}", skipped(&rolled));
    assert_eq!(skipped(&rolled).first().unwrap(), "2026-02-16 春节");
    let posted = Limit::new(15, Unit::CalendarDay, Roll::None).unwrap();
    let due = deadline(&cal, at("2026-04-10 10:00"), &posted, &[]);
    assert_eq!(
        (due.due_date, due.due_at),
        (day("2026-04-25"), at("2026-04-26 00:00"))
    );
    assert_eq!(due.skipped, []);
}

#[test]
fn t1_a_holiday_in_the_window_moves_the_deadline_later() {
    let cal = real();
    let holiday = with_row(&cal, day("2026-11-26"), DayKind::Off);
    for unit in [Unit::WorkingDay, Unit::Hour, Unit::Minute] {
        let amount = if unit == Unit::Minute { 400 } else { 16 };
        let from = if unit == Unit::Minute {
            "2026-11-25 16:00"
        } else {
            "2026-11-24 16:00"
        };
        let before = due(&cal, from, amount, unit, &[]);
        let after = due(&holiday, from, amount, unit, &[]);
        assert!(after.due_at > before.due_at, "{unit:?}");
        assert_eq!(after.calendar_version, before.calendar_version + 1);
    }
}

#[test]
fn t9_friday_half_past_four_and_an_hour_is_monday_half_past_nine() {
    let monday = due(&real(), "2026-11-27 16:30", 1, Unit::Hour, &[]);
    assert_eq!(monday.due_at, at("2026-11-30 09:30"));
    assert_eq!(monday.due_date, day("2026-11-30"));
    assert_eq!(skipped(&monday), ["2026-11-28 周末", "2026-11-29 周末"]);
    // Exactly at closing is closing, and that day.
    let friday = due(&real(), "2026-11-27 16:30", 30, Unit::Minute, &[]);
    assert_eq!(
        (friday.due_at, friday.due_date),
        (at("2026-11-27 17:00"), day("2026-11-27"))
    );
    assert_eq!(friday.skipped, []);
    // The wall clock knows no weekend.
    let wall = due(&real(), "2026-11-27 16:30", 24, Unit::ClockHour, &[]);
    assert_eq!(
        (wall.due_at, wall.skipped),
        (at("2026-11-28 16:30"), vec![])
    );
}

#[test]
fn t10_two_ranges_a_day() {
    let cal = with_lunch();
    let due = |from, amount| due(&cal, from, amount, Unit::Hour, &[]).due_at;
    assert_eq!(due("2026-11-27 11:30", 1), at("2026-11-27 14:00"));
    assert_eq!(due("2026-11-27 12:30", 1), at("2026-11-27 14:30"));
    assert_eq!(due("2026-11-27 16:30", 4), at("2026-11-30 14:00"));
    assert_eq!(due("2026-11-28 12:00", 3), at("2026-11-30 12:00"));
}

#[test]
fn t13_a_pause_across_holidays_counts_working_time_once() {
    let cal = real();
    let from = "2026-09-28 10:00";
    assert_eq!(
        due(&cal, from, 5, Unit::WorkingDay, &[]).due_date,
        day("2026-10-10")
    );
    // 30 September and 8 October are all that a pause to the 9th takes.
    let once = [pause("2026-09-30 11:00", "2026-10-09 11:00")];
    let paused = due(&cal, from, 5, Unit::WorkingDay, &once);
    assert_eq!(paused.due_date, day("2026-10-13"));
    let mut reasons = skipped(&paused);
    reasons.retain(|text| text.ends_with("暂停"));
    assert_eq!(reasons, ["2026-09-30 暂停", "2026-10-08 暂停"]);
    // The same time twice, and in pieces that overlap.
    let twice = [once, once].concat();
    assert_eq!(due(&cal, from, 5, Unit::WorkingDay, &twice), paused);
    let pieces = [
        pause("2026-10-03 08:00", "2026-10-09 11:00"),
        pause("2026-09-30 11:00", "2026-10-05 08:00"),
    ];
    assert_eq!(due(&cal, from, 5, Unit::WorkingDay, &pieces), paused);
    // In office time: Wednesday 11-17 and Thursday 9-17 and 9-11.
    let hours = due(&cal, "2026-09-30 10:00", 2, Unit::Hour, &once);
    assert_eq!(hours.due_at, at("2026-10-09 12:00"));
}

#[test]
fn a_pause_adds_its_days_from_the_first_to_the_day_before_the_last() {
    let cal = real();
    for (pauses, date) in [
        (vec![], "2026-12-04"),
        (
            vec![pause("2026-12-01 09:00", "2026-12-01 16:00")],
            "2026-12-04",
        ),
        (
            vec![pause("2026-12-01 16:00", "2026-12-02 09:00")],
            "2026-12-07",
        ),
        (
            vec![pause("2026-12-04 16:00", "2026-12-07 09:00")],
            "2026-12-07",
        ),
        // From the start day on: what was left when it began is left when it ends.
        (
            vec![pause("2026-11-27 16:00", "2026-12-01 09:00")],
            "2026-12-08",
        ),
        (
            vec![pause("2026-11-20 16:00", "2026-11-26 09:00")],
            "2026-12-04",
        ),
        // The clock had run out before: what is late stays late.
        (
            vec![pause("2026-12-05 00:00", "2026-12-09 09:00")],
            "2026-12-04",
        ),
        (
            vec![Pause {
                from: at("2026-12-01 09:00"),
                to: None,
            }],
            "2026-12-04",
        ),
    ] {
        let due = due(&cal, "2026-11-27 10:00", 5, Unit::WorkingDay, &pauses);
        assert_eq!(due.due_date, day(date), "{pauses:?}");
    }
    let weekend = [pause("2026-11-28 09:00", "2026-11-30 09:00")];
    let days = due(&cal, "2026-11-27 10:00", 5, Unit::CalendarDay, &weekend);
    assert_eq!(days.due_date, day("2026-12-04"));
    assert_eq!(skipped(&days), ["2026-11-28 暂停", "2026-11-29 暂停"]);
    let wall = due(&cal, "2026-11-27 10:00", 24, Unit::ClockHour, &weekend);
    assert_eq!(wall.due_at, at("2026-11-30 10:00"));
}

#[test]
fn t17_late_from_the_first_instant_of_the_next_date() {
    let due = due(&real(), "2026-11-26 10:00", 1, Unit::WorkingDay, &[]);
    assert_eq!(due.due_date, day("2026-11-27"));
    assert_eq!(due.due_at.to_string(), "2026-11-28T00:00:00+08:00");
}

/// Nothing here asks the machine for its zone: an instant becomes a day by a fixed +08:00. A case filed at
/// 16:30 UTC was filed the next day in China, whatever `TZ` says, and in whatever offset it was written.
#[test]
fn t18_the_zone_of_the_server_changes_nothing() {
    let limit = limit(1, Unit::WorkingDay);
    for text in [
        "2026-11-26T16:30:00Z",
        "2026-11-27T00:30:00+08:00",
        "2026-11-26T11:30:00-05:00",
    ] {
        let from = Timestamp::parse(text).unwrap();
        let due = deadline(&real(), from, &limit, &[]);
        assert_eq!(due.due_date, day("2026-11-30"), "{text}");
    }
}

#[test]
fn t20_a_year_without_a_calendar_makes_the_date_provisional() {
    let cal = real();
    let due_in =
        |cal: &WorkCalendar, amount| due(cal, "2026-12-29 10:00", amount, Unit::WorkingDay, &[]);
    let (last, next) = (due_in(&cal, 2), due_in(&cal, 3));
    assert_eq!(
        (last.due_date, last.provisional),
        (day("2026-12-31"), false)
    );
    assert_eq!((next.due_date, next.provisional), (day("2027-01-01"), true));
    // The notice arrives.
    let announced = with_row(&cal, day("2027-10-01"), DayKind::Off);
    let announced = with_row(&announced, day("2027-01-01"), DayKind::Off);
    let moved = due_in(&announced, 3);
    assert_eq!(
        (moved.due_date, moved.provisional),
        (day("2027-01-04"), false)
    );
    // The start day counts as a date on the way, too.
    let old = due(&cal, "2003-12-31 10:00", 1, Unit::WorkingDay, &[]);
    assert!(old.provisional);
}

#[test]
fn says_why_in_two_languages() {
    let text =
        |name: &str, lang| SkipReason::Rest(RestReason::Holiday(name.to_owned())).reason_text(lang);
    assert_eq!(text("国庆节", Lang::Zh), "国庆节");
    assert_eq!(
        text("国庆节、中秋节", Lang::En),
        "National Day, Mid-Autumn Festival"
    );
    assert_eq!(text("古尔邦节", Lang::En), "古尔邦节");
    assert_eq!(SkipReason::Paused.reason_text(Lang::En), "paused");
    assert_eq!(
        SkipReason::Rest(RestReason::Weekend).reason_text(Lang::En),
        "weekend"
    );
    // Every announced name has an English one.
    for row in real().days() {
        assert!(text(&row.name, Lang::En).is_ascii(), "{}", row.name);
    }
}
