//! The working-day calendar of China and the office hours of a county.
//!
//! Monday to Friday are working days unless a row says otherwise: the State Council Office announces the
//! days off and the make-up working days of a year in the November before it, and a region may add its own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Weekday};
use serde::{Deserialize, Serialize};

use crate::time::{Day, Timestamp};

mod csv;
mod hours;
mod layers;
pub use csv::{CsvProblem, parse_holidays_csv};
pub use hours::{BadHours, OfficeHours};
pub use layers::{CalendarChange, Layers, Own};

/// Rest days in a row after which a calendar is taken to be broken: the day after them counts as a working
/// day, so that no walk hangs. No calendar of this world comes near.
const LONGEST_REST_DAYS: u32 = 4_000;
/// The last year an instant of this system lies in.
const LAST_YEAR: i32 = 9_999;
/// December: its last days may be announced with the next year, so a row there announces nothing.
const LAST_MONTH: u32 = 12;

/// What a row of the calendar makes of its day.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A day off, whatever day of the week.
    Off,
    /// A make-up working day (调休), whatever day of the week.
    Work,
}

impl DayKind {
    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Work => "work",
        }
    }

    /// Reads [`DayKind::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "off" => Self::Off,
            "work" => Self::Work,
            _ => return None,
        })
    }
}

/// One announced day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CalendarDay {
    /// The day in China.
    #[serde(rename = "date", with = "crate::calendar::day_text")]
    #[schema(value_type = String, example = "2026-10-01")]
    pub day: Day,
    /// Off or working.
    pub kind: DayKind,
    /// The holiday it belongs to, in Chinese: `国庆节`.
    pub name: String,
}

/// Why a day is no working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestReason {
    /// Saturday or Sunday without a row.
    Weekend,
    /// An announced day off, with its name.
    Holiday(String),
}

/// The calendar of a region in one version. A value: loaded once per transaction, then only asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    version: i32,
    days: BTreeMap<Day, CalendarDay>,
    announced: BTreeSet<i32>,
    hours: OfficeHours,
}

impl WorkCalendar {
    /// A calendar of rows; of two rows for a day the later one counts, so that a region's own rows may
    /// follow those of the State.
    #[must_use]
    pub fn new(version: i32, days: Vec<CalendarDay>, hours: OfficeHours) -> Self {
        let days: BTreeMap<_, _> = days.into_iter().map(|row| (row.day, row)).collect();
        let announced = days
            .values()
            .filter(|row| row.day.month() != LAST_MONTH)
            .map(|row| row.day.year())
            .collect();
        Self {
            version,
            days,
            announced,
            hours,
        }
    }

    /// The same with a region's own days laid over it, later rows over earlier ones. They announce no year:
    /// only the State's notice makes a date certain.
    #[must_use]
    pub fn with_local(mut self, days: impl IntoIterator<Item = CalendarDay>) -> Self {
        self.days.extend(days.into_iter().map(|row| (row.day, row)));
        self
    }

    /// The same with other office hours.
    #[must_use]
    pub fn with_hours(mut self, hours: OfficeHours) -> Self {
        self.hours = hours;
        self
    }

    /// The years whose notice is in.
    pub fn announced(&self) -> impl Iterator<Item = i32> {
        self.announced.iter().copied()
    }

    /// Rises with every change.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.version
    }

    /// The office hours of every working day.
    #[must_use]
    pub fn hours(&self) -> &OfficeHours {
        &self.hours
    }

    /// The announced days, the earliest first.
    pub fn days(&self) -> impl Iterator<Item = &CalendarDay> {
        self.days.values()
    }

    /// Whether people work on `day`: its row, else Monday to Friday.
    #[must_use]
    pub fn is_working_day(&self, day: Day) -> bool {
        self.days
            .get(&day)
            .map_or_else(|| !is_weekend(day), |row| row.kind == DayKind::Work)
    }

    /// Whether the notice for `year` is in: it has a row before December. Rows for the end of December may
    /// have come with the next year's notice and announce nothing.
    #[must_use]
    pub fn is_announced(&self, year: i32) -> bool {
        self.announced.contains(&year)
    }

    /// Whether every year from the one of `first` to the one of `last` is announced.
    #[must_use]
    pub fn is_announced_throughout(&self, first: Day, last: Day) -> bool {
        (first.year()..=last.year()).all(|year| self.is_announced(year))
    }

    /// Why `day` is a rest day; `None` for a working day.
    #[must_use]
    pub fn rest_reason(&self, day: Day) -> Option<RestReason> {
        match self.days.get(&day) {
            Some(row) => (row.kind == DayKind::Off).then(|| RestReason::Holiday(row.name.clone())),
            None => is_weekend(day).then_some(RestReason::Weekend),
        }
    }

    /// The `n`th working day after `day`, which itself is not counted; `day` for `n` = 0.
    #[must_use]
    pub fn working_day_after(&self, day: Day, n: u32) -> Day {
        let (mut left, mut rested, mut reached) = (n, 0, day);
        for next in day.iter_days().skip(1) {
            if left == 0 {
                break;
            }
            reached = next;
            if self.is_working_day(next) || rested >= LONGEST_REST_DAYS {
                (left, rested) = (left - 1, 0);
            } else {
                rested += 1;
            }
        }
        reached
    }

    /// The `n`th last working day up to `day`, which is itself the last when people work on it; `day` for
    /// `n` = 0.
    #[must_use]
    pub fn nth_last_working_day(&self, day: Day, n: u32) -> Day {
        let (mut left, mut rested, mut reached) = (n, 0, day);
        for next in std::iter::successors(Some(day), Day::pred_opt) {
            if left == 0 {
                break;
            }
            reached = next;
            if self.is_working_day(next) || rested >= LONGEST_REST_DAYS {
                (left, rested) = (left - 1, 0);
            } else {
                rested += 1;
            }
        }
        reached
    }

    /// `day`, or the next working day when it is a rest day.
    #[must_use]
    pub fn on_or_after(&self, day: Day) -> Day {
        day.pred_opt()
            .map_or(day, |before| self.working_day_after(before, 1))
    }

    /// How many working days lie from `first` (counted) to `last` (not counted); 0 when `last` is earlier.
    #[must_use]
    pub fn working_days_between(&self, first: Day, last: Day) -> u32 {
        let days = first.iter_days().take_while(|day| *day < last);
        days.fold(0, |count, day| count + u32::from(self.is_working_day(day)))
    }

    /// When the office opens on `day`; whether people work on it is not asked.
    #[must_use]
    pub fn opening(&self, day: Day) -> Timestamp {
        Timestamp::at(day, self.hours.opening())
    }

    /// The first instant from `at` on in office hours: `at` itself within them.
    #[must_use]
    pub fn next_office_instant(&self, at: Timestamp) -> Timestamp {
        self.office_ranges(at)
            .find(|(_, closes)| *closes > at)
            .map_or(at, |(opens, _)| opens.max(at))
    }

    /// Microseconds of office time between two instants; 0 when `to` is not later.
    #[must_use]
    pub fn office_micros(&self, from: Timestamp, to: Timestamp) -> i64 {
        self.office_ranges(from)
            .take_while(|(opens, _)| *opens < to)
            .map(|(opens, closes)| closes.min(to).micros_since(opens.max(from)).max(0))
            .sum()
    }

    /// The instant after `micros` of office time from `from`; [`Timestamp::MAX`] when there is not so much
    /// left. Time that ends exactly at closing ends at closing, not at the next opening.
    #[must_use]
    pub fn add_office_micros(&self, from: Timestamp, micros: i64) -> Timestamp {
        let (mut left, mut reached) = (micros.max(0), from);
        for (opens, closes) in self.office_ranges(from) {
            if left == 0 {
                break;
            }
            let opens = opens.max(from);
            let available = closes.micros_since(opens).max(0);
            reached = opens.plus_micros(left.min(available)).max(reached);
            left -= left.min(available);
        }
        // The years have run out before the time has.
        if left > 0 { Timestamp::MAX } else { reached }
    }

    /// The ranges of office time from the day of `at` on.
    fn office_ranges(&self, at: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let first = self.on_or_after(at.day());
        std::iter::successors(Some(first), |day| Some(self.working_day_after(*day, 1)))
            .take_while(|day| day.year() <= LAST_YEAR)
            .flat_map(|day| {
                let ranges = self.hours.ranges().iter();
                ranges
                    .map(move |(begin, end)| (Timestamp::at(day, *begin), Timestamp::at(day, *end)))
            })
    }
}

fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// `YYYY-MM-DD` for serde: `#[serde(with = "crate::calendar::day_text")]`.
pub mod day_text {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::time::{Day, parse_day};

    /// Writes `YYYY-MM-DD`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    /// Reads `YYYY-MM-DD`, exactly that.
    ///
    /// # Errors
    /// When the text is something else.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_day(&text).ok_or_else(|| D::Error::custom("not a day such as 2026-11-27"))
    }
}

#[cfg(test)]
pub(crate) mod tests;
