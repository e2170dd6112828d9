use super::*;
use crate::time::parse_day;

const DATA: &str = include_str!("../../../../data/holidays-cn.csv");

pub(crate) fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

/// `2026-11-27 16:30` in China.
pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(&format!("{}:00+08:00", text.replace(' ', "T"))).unwrap()
}

/// What China announced for 2004-2026, offices open 09-17.
pub(crate) fn real() -> WorkCalendar {
    WorkCalendar::new(1, parse_holidays_csv(DATA).unwrap(), OfficeHours::default())
}

/// The same with a lunch break.
pub(crate) fn with_lunch() -> WorkCalendar {
    let hours = OfficeHours::parse(&[["09:00", "12:00"], ["13:30", "17:00"]]).unwrap();
    WorkCalendar::new(1, parse_holidays_csv(DATA).unwrap(), hours)
}

/// A calendar and one row more, in the next version.
pub(crate) fn with_row(cal: &WorkCalendar, day: Day, kind: DayKind) -> WorkCalendar {
    let row = CalendarDay {
        day,
        kind,
        name: "节".to_owned(),
    };
    let days = cal.days().cloned().chain([row]).collect();
    WorkCalendar::new(cal.version() + 1, days, cal.hours().clone())
}

#[test]
fn t15_make_up_days_count_and_the_weekdays_they_pay_for_do_not() {
    let cal = real();
    assert!(
        cal.is_working_day(day("2026-02-14")),
        "a Saturday that pays for Spring Festival"
    );
    assert!(
        cal.is_working_day(day("2026-09-20")),
        "a Sunday that pays for National Day"
    );
    assert!(
        !cal.is_working_day(day("2026-10-07")),
        "a Wednesday of National Day"
    );
    assert!(!cal.is_working_day(day("2026-11-28")), "a Saturday");
    assert!(cal.is_working_day(day("2026-11-30")), "a Monday");
}

#[test]
fn says_why_a_day_is_a_rest_day() {
    let cal = real();
    let reason = |text| cal.rest_reason(day(text));
    assert_eq!(
        reason("2026-10-03"),
        Some(RestReason::Holiday("国庆节".to_owned()))
    );
    assert_eq!(reason("2026-11-28"), Some(RestReason::Weekend));
    assert_eq!(reason("2026-09-20"), None);
    assert_eq!(reason("2026-11-30"), None);
}

#[test]
fn a_year_is_announced_by_a_row_before_december() {
    let cal = real();
    assert!((2004..=2026).all(|year| cal.is_announced(year)));
    assert!(!cal.is_announced(2003) && !cal.is_announced(2027));
    // The notice for 2019 brought days of December 2018.
    let row = |text, kind| CalendarDay {
        day: day(text),
        kind,
        name: "元旦".to_owned(),
    };
    let rows = vec![
        row("2018-12-29", DayKind::Work),
        row("2018-12-31", DayKind::Off),
    ];
    assert!(!WorkCalendar::new(1, rows, OfficeHours::default()).is_announced(2018));
}

#[test]
fn the_last_of_two_rows_for_a_day_counts() {
    let cal = with_row(&real(), day("2026-10-10"), DayKind::Off);
    assert!(!cal.is_working_day(day("2026-10-10")));
    assert_eq!(cal.version(), 2);
}

#[test]
fn a_regions_own_day_rests_and_announces_nothing() {
    let local = CalendarDay {
        day: day("2027-03-05"),
        kind: DayKind::Off,
        name: "建区纪念日".to_owned(),
    };
    let cal = real().with_local([local.clone()]);
    assert!(!cal.is_working_day(local.day) && !cal.is_announced(2027));
    let both = cal.with_local([CalendarDay {
        kind: DayKind::Work,
        ..local.clone()
    }]);
    assert!(both.is_working_day(local.day));
}

#[test]
fn a_calendar_without_working_days_ends_all_the_same() {
    let first = day("2026-01-01");
    let row = |day| CalendarDay {
        day,
        kind: DayKind::Off,
        name: "休".to_owned(),
    };
    let days = first.iter_days().take(9_000).map(row).collect();
    let cal = WorkCalendar::new(1, days, OfficeHours::default());
    let after = cal.working_day_after(first, 1);
    assert_eq!((after - first).num_days(), 4_001);
    assert!(cal.add_office_micros(Timestamp::start_of(first), 1).day() > first);
    let end = Timestamp::from_micros(i64::MAX);
    assert_eq!(cal.add_office_micros(end, 1), end);
    assert_eq!(cal.next_office_instant(end), end);
}

#[test]
fn walks_working_days_both_ways() {
    let cal = real();
    assert_eq!(
        cal.working_day_after(day("2026-09-30"), 1),
        day("2026-10-08")
    );
    assert_eq!(
        cal.working_day_after(day("2026-09-30"), 0),
        day("2026-09-30")
    );
    assert_eq!(
        cal.nth_last_working_day(day("2026-10-10"), 3),
        day("2026-10-08")
    );
    assert_eq!(
        cal.nth_last_working_day(day("2026-10-07"), 1),
        day("2026-09-30")
    );
    assert_eq!(cal.on_or_after(day("2026-10-01")), day("2026-10-08"));
    assert_eq!(cal.on_or_after(day("2026-10-08")), day("2026-10-08"));
    assert_eq!(
        cal.working_days_between(day("2026-09-30"), day("2026-10-11")),
        4
    );
}

#[test]
fn t10_office_time_leaves_lunch_out() {
    let cal = with_lunch();
    let hour = 3_600_000_000;
    let (monday, tuesday) = (at("2026-11-30 11:00"), at("2026-12-01 09:30"));
    assert_eq!(cal.office_micros(monday, tuesday), 5 * hour);
    assert_eq!(cal.office_micros(tuesday, monday), 0);
    assert_eq!(cal.add_office_micros(monday, 5 * hour), tuesday);
    assert_eq!(cal.add_office_micros(monday, hour), at("2026-11-30 12:00"));
    assert_eq!(
        cal.add_office_micros(monday, hour + 1),
        at("2026-11-30 13:30").plus_micros(1)
    );
    assert_eq!(cal.add_office_micros(monday, 0), monday);
}

#[test]
fn t16_the_next_office_instant_is_within_office_hours() {
    let cal = with_lunch();
    for (from, next) in [
        ("2026-11-30 10:00", "2026-11-30 10:00"),
        ("2026-11-30 03:00", "2026-11-30 09:00"),
        ("2026-11-30 12:00", "2026-11-30 13:30"),
        ("2026-11-27 17:00", "2026-11-30 09:00"),
        ("2026-09-30 18:00", "2026-10-08 09:00"),
        ("2026-09-19 12:00", "2026-09-20 09:00"),
    ] {
        assert_eq!(cal.next_office_instant(at(from)), at(next), "{from}");
    }
    assert_eq!(cal.opening(day("2026-11-30")), at("2026-11-30 09:00"));
}

#[test]
fn office_hours_must_make_sense() {
    let parse = |pairs: &[[&str; 2]]| OfficeHours::parse(pairs);
    let text = |text: &str| text.to_owned();
    assert_eq!(parse(&[]), Err(BadHours::Empty));
    assert_eq!(
        parse(&[["9:00", "17:00"]]),
        Err(BadHours::NotATime(text("9:00")))
    );
    assert_eq!(
        parse(&[["09:00", "25:00"]]),
        Err(BadHours::NotATime(text("25:00")))
    );
    assert_eq!(
        parse(&[["09:00", "09:00"]]),
        Err(BadHours::Backwards(text("09:00")))
    );
    let overlap = parse(&[["09:00", "12:00"], ["11:59", "17:00"]]);
    assert_eq!(overlap, Err(BadHours::Overlap(text("11:59"))));
    let json = r#"[["09:00","12:00"],["13:30","17:00"]]"#;
    let hours: OfficeHours = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&hours).unwrap(), json);
    assert!(serde_json::from_str::<OfficeHours>("[]").is_err());
}

#[test]
fn reads_the_table_of_announced_days() {
    assert_eq!(real().days().count(), DATA.lines().count() - 1);
    let windows = "\u{feff}date,kind,name\r\n2026-10-01, off ,国庆节\r\n\r\n";
    let days = parse_holidays_csv(windows).unwrap();
    let json = serde_json::to_value(&days).unwrap();
    assert_eq!(
        json,
        serde_json::json!([{"date": "2026-10-01", "kind": "off", "name": "国庆节"}])
    );
}

#[test]
fn names_every_bad_line_of_the_table() {
    let text = "date,kind,name\n2026-02-30,off,x\n2026-10-01,rest,\n2026-10-02,off,国庆节\n\
                2026-10-02,work,国庆节\n2026-10-03,off\n2026-10-04,off,a,b\n";
    let problems = parse_holidays_csv(text).unwrap_err();
    let found: Vec<_> = problems.iter().map(|p| (p.row, p.column, p.code)).collect();
    assert_eq!(
        found,
        [
            (2, "date", "bad_date"),
            (3, "kind", "bad_kind"),
            (3, "name", "bad_name"),
            (5, "date", "duplicate_date"),
            (6, "", "wrong_column_count"),
            (7, "", "wrong_column_count"),
        ]
    );
    let problems = parse_holidays_csv("2026-10-01,off,国庆节\n").unwrap_err();
    assert_eq!(problems.first().map(|p| p.code), Some("bad_header"));
    assert!(parse_holidays_csv("").is_err());
}
