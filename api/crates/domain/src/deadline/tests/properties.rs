//! What holds for every calendar, limit and pause, and a second way to count that shares no code.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::calendar::{CalendarDay, OfficeHours};

const MINUTE: i64 = 60_000_000;
/// Days in which rows, starts and pauses lie.
const SPAN: i64 = 60;

fn first() -> Day {
    day("2026-01-01")
}

/// Any day of the span.
fn any_day() -> impl Strategy<Value = Day> {
    (0..SPAN).prop_map(|n| plus_days(first(), u32::try_from(n).unwrap()))
}

/// Any full minute of the span.
fn any_instant() -> impl Strategy<Value = Timestamp> {
    (0..SPAN * 1_440).prop_map(|n| Timestamp::start_of(first()).plus_micros(n * MINUTE))
}

fn any_calendar() -> impl Strategy<Value = WorkCalendar> {
    let row = (any_day(), prop::bool::weighted(0.7)).prop_map(|(day, off)| CalendarDay {
        day,
        kind: if off { DayKind::Off } else { DayKind::Work },
        name: "节".to_owned(),
    });
    (prop::collection::vec(row, 0..20), any::<bool>()).prop_map(|(days, lunch)| {
        let lunch_hours = [["09:00", "12:00"], ["13:30", "17:00"]];
        let hours = if lunch {
            OfficeHours::parse(&lunch_hours).unwrap()
        } else {
            OfficeHours::default()
        };
        WorkCalendar::new(1, days, hours)
    })
}

fn any_limit() -> impl Strategy<Value = Limit> {
    let unit = prop::sample::select(vec![
        Unit::WorkingDay,
        Unit::CalendarDay,
        Unit::Hour,
        Unit::Minute,
        Unit::ClockHour,
    ]);
    let roll = prop::sample::select(vec![Roll::NextWorkingDay, Roll::None]);
    (1..40_u32, unit, roll).prop_map(|(amount, unit, roll)| Limit { amount, unit, roll })
}

fn any_pauses() -> impl Strategy<Value = Vec<Pause>> {
    let pause =
        (any_instant(), prop::option::weighted(0.9, 0..12_000_i64)).prop_map(|(from, minutes)| {
            Pause {
                from,
                to: minutes.map(|n| from.plus_micros(n * MINUTE)),
            }
        });
    prop::collection::vec(pause, 0..4)
}

/// The day of the week without chrono: 1970-01-01 was a Thursday.
fn naive_works(rows: &BTreeMap<Day, DayKind>, day: Day) -> bool {
    let weekday = (Timestamp::start_of(day).seconds() / 86_400 + 1 + 3) % 7;
    rows.get(&day)
        .map_or(weekday < 5, |kind| *kind == DayKind::Work)
}

/// Day by day, and for hours minute by minute: a tick counts when it is work and not paused.
fn naive(cal: &WorkCalendar, from: Timestamp, limit: &Limit, pauses: &[Pause]) -> Timestamp {
    let rows: BTreeMap<_, _> = cal.days().map(|row| (row.day, row.kind)).collect();
    let spans: Vec<_> = pauses
        .iter()
        .filter_map(|pause| pause.to.map(|to| (pause.from.max(from), to)))
        .filter(|(begin, end)| begin < end)
        .collect();
    if limit.micros().is_some() {
        let each = if limit.unit == Unit::Minute { 1 } else { 60 };
        let (mut left, mut now) = (limit.amount * each, from);
        while left > 0 {
            let open = cal.hours().ranges().iter().any(|(begin, end)| {
                (Timestamp::at(now.day(), *begin)..Timestamp::at(now.day(), *end)).contains(&now)
            });
            let works = limit.unit == Unit::ClockHour || (open && naive_works(&rows, now.day()));
            let paused = spans
                .iter()
                .any(|(begin, end)| (*begin..*end).contains(&now));
            left -= u32::from(works && !paused);
            now = now.plus_micros(MINUTE);
        }
        return now;
    }
    let counts = |day: Day| limit.unit == Unit::CalendarDay || naive_works(&rows, day);
    let mut paused = BTreeSet::new();
    for (begin, end) in spans {
        let mut day = begin.day();
        while day < end.day() {
            paused.insert(day);
            day = day.succ_opt().unwrap();
        }
    }
    let mut day = from.day();
    let mut left = limit.amount + u32::from(counts(day) && paused.contains(&day));
    while left > 0 {
        day = day.succ_opt().unwrap();
        left -= u32::from(counts(day) && !paused.contains(&day));
    }
    let rolls = limit.unit == Unit::CalendarDay && limit.roll == Roll::NextWorkingDay;
    while rolls && !naive_works(&rows, day) {
        day = day.succ_opt().unwrap();
    }
    Timestamp::start_of(day.succ_opt().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn equals_counting_day_by_day(
        cal in any_calendar(), from in any_instant(), limit in any_limit(), pauses in any_pauses(),
    ) {
        let due = deadline(&cal, from, &limit, &pauses);
        // A pause that begins while a calendar-day deadline is rolling is the one case where the two
        // differ in form: the walk has ended, the rule has not.
        let rolling = limit.unit == Unit::CalendarDay && limit.roll == Roll::NextWorkingDay;
        if rolling && !pauses.is_empty() {
            prop_assert!(due.due_at >= deadline(&cal, from, &limit, &[]).due_at);
        } else {
            prop_assert_eq!(due.due_at, naive(&cal, from, &limit, &pauses));
        }
        prop_assert_eq!(due.due_date, due.due_at.plus_micros(-1).day());
    }

    #[test]
    fn every_working_day_on_the_way_is_counted_or_explained(
        cal in any_calendar(), from in any_instant(), amount in 1..40_u32, pauses in any_pauses(),
    ) {
        let limit = Limit::working_days(amount);
        let due = deadline(&cal, from, &limit, &pauses);
        prop_assert!(cal.is_working_day(due.due_date));
        let days = (due.due_date - from.day()).num_days();
        prop_assert_eq!(days, i64::from(amount) + i64::try_from(due.skipped.len()).unwrap());
    }

    #[test]
    fn t1_a_holiday_never_shortens_and_a_make_up_day_never_prolongs(
        cal in any_calendar(), from in any_instant(), limit in any_limit(), pauses in any_pauses(),
        changed in any_day(),
    ) {
        // The start day itself counts only while paused; whether it is work is no matter of the window.
        prop_assume!(changed != from.day());
        let off = deadline(&with_row(&cal, changed, DayKind::Off), from, &limit, &pauses);
        let on = deadline(&with_row(&cal, changed, DayKind::Work), from, &limit, &pauses);
        let due = deadline(&cal, from, &limit, &pauses);
        prop_assert!(on.due_at <= due.due_at && due.due_at <= off.due_at);
    }

    #[test]
    fn more_is_later_and_later_is_later(
        cal in any_calendar(), from in any_instant(), limit in any_limit(), minutes in 0..9_000_i64,
    ) {
        let due = deadline(&cal, from, &limit, &[]).due_at;
        let more = Limit { amount: limit.amount + 1, ..limit };
        prop_assert!(deadline(&cal, from, &more, &[]).due_at >= due);
        let later = from.plus_micros(minutes * MINUTE);
        prop_assert!(deadline(&cal, later, &limit, &[]).due_at >= due);
    }

    #[test]
    fn a_pause_never_shortens(
        cal in any_calendar(), from in any_instant(), limit in any_limit(), pauses in any_pauses(),
        another in any_pauses(),
    ) {
        let due = deadline(&cal, from, &limit, &pauses).due_at;
        prop_assert!(due >= deadline(&cal, from, &limit, &[]).due_at);
        let all = [pauses, another].concat();
        prop_assert!(deadline(&cal, from, &limit, &all).due_at >= due);
    }
}
