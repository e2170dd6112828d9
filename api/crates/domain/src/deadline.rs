//! From a limit ("15 working days") to the last day people see and the first instant that is late, with
//! every day that was skipped on the way.

use std::collections::BTreeMap;

use chrono::Days;
use serde::{Deserialize, Serialize};

use crate::calendar::{RestReason, WorkCalendar};
use crate::time::{Day, Timestamp};

const MINUTE_MICROS: i64 = 60 * 1_000_000;
const HOUR_MICROS: i64 = 60 * MINUTE_MICROS;

/// What a limit counts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working days of the calendar; the start day is not counted (民法典 Art. 201).
    WorkingDay,
    /// Days; the start day is not counted.
    CalendarDay,
    /// Hours of office time, from the start at once.
    Hour,
    /// Minutes of office time, from the start at once.
    Minute,
    /// Hours on the wall clock, from the start at once.
    ClockHour,
}

impl Unit {
    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WorkingDay => "working_day",
            Self::CalendarDay => "calendar_day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::ClockHour => "clock_hour",
        }
    }

    /// Reads [`Unit::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "working_day" => Self::WorkingDay,
            "calendar_day" => Self::CalendarDay,
            "hour" => Self::Hour,
            "minute" => Self::Minute,
            "clock_hour" => Self::ClockHour,
            _ => return None,
        })
    }
}

/// What happens to calendar days that end on a rest day. Means nothing for the other units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// The end moves to the next working day (民法典 Art. 203).
    #[default]
    NextWorkingDay,
    /// The end stays where it is.
    None,
}

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "AnyLimit")]
pub struct Limit {
    /// How many of the unit, 1 to 400.
    #[schema(minimum = 1, maximum = 400)]
    pub amount: u32,
    /// What is counted.
    pub unit: Unit,
    /// For calendar days that end on a rest day.
    pub roll: Roll,
}

/// The amount is not 1 to 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount must be 1 to 400")]
pub struct BadLimit;

#[derive(Deserialize)]
struct AnyLimit {
    amount: u32,
    unit: Unit,
    #[serde(default)]
    roll: Roll,
}

impl TryFrom<AnyLimit> for Limit {
    type Error = BadLimit;
    fn try_from(any: AnyLimit) -> Result<Self, BadLimit> {
        Self::new(any.amount, any.unit, any.roll)
    }
}

impl Limit {
    /// The largest amount, in any unit.
    pub const MOST: u32 = 400;

    /// A limit from outside.
    ///
    /// # Errors
    /// [`BadLimit`] when the amount is not 1 to 400.
    pub fn new(amount: u32, unit: Unit, roll: Roll) -> Result<Self, BadLimit> {
        if (1..=Self::MOST).contains(&amount) {
            Ok(Self { amount, unit, roll })
        } else {
            Err(BadLimit)
        }
    }

    /// So many working days.
    #[must_use]
    pub const fn working_days(amount: u32) -> Self {
        Self {
            amount,
            unit: Unit::WorkingDay,
            roll: Roll::NextWorkingDay,
        }
    }

    /// The length in microseconds (of office time or of the wall clock); `None` for units of days.
    #[must_use]
    pub fn micros(&self) -> Option<i64> {
        let each = match self.unit {
            Unit::WorkingDay | Unit::CalendarDay => return None,
            Unit::Hour | Unit::ClockHour => HOUR_MICROS,
            Unit::Minute => MINUTE_MICROS,
        };
        Some(i64::from(self.amount) * each)
    }
}

/// A time in which the clock stands still, because the complainant has the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When it ended; `None` while it lasts.
    pub to: Option<Timestamp>,
}

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// Why a day did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// Nobody works on it.
    Rest(RestReason),
    /// The clock stood still.
    Paused,
}

impl SkipReason {
    /// The reason in words: `周末`, `国庆节`, `暂停`; `weekend`, `National Day`, `paused`. A holiday
    /// without a known translation keeps its own name.
    #[must_use]
    pub fn reason_text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Rest(RestReason::Weekend), Lang::Zh) => "周末".to_owned(),
            (Self::Rest(RestReason::Weekend), Lang::En) => "weekend".to_owned(),
            (Self::Rest(RestReason::Holiday(name)), Lang::Zh) => name.clone(),
            (Self::Rest(RestReason::Holiday(name)), Lang::En) => {
                let parts: Vec<&str> = name.split(['、', '，', '/']).map(english).collect();
                parts.join(", ")
            }
            (Self::Paused, Lang::Zh) => "暂停".to_owned(),
            (Self::Paused, Lang::En) => "paused".to_owned(),
        }
    }
}

/// A holiday's name in English, with or without the final 节.
fn english(name: &str) -> &str {
    match name.trim() {
        "元旦" | "元旦节" => "New Year's Day",
        "春节" => "Spring Festival",
        "清明" | "清明节" => "Tomb-Sweeping Day",
        "劳动" | "劳动节" => "Labour Day",
        "端午" | "端午节" => "Dragon Boat Festival",
        "中秋" | "中秋节" => "Mid-Autumn Festival",
        "国庆" | "国庆节" => "National Day",
        "中秋国庆" | "国庆中秋" => "National Day, Mid-Autumn Festival",
        "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日" => {
            "70th anniversary of victory in the War of Resistance"
        }
        other => other,
    }
}

/// A day between start and end that did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedDay {
    /// The day in China.
    pub date: Day,
    /// Why.
    pub reason: SkipReason,
}

/// The end of a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The first instant that is late; for units of days 00:00 of the day after `due_date`.
    pub due_at: Timestamp,
    /// The last day that is in time: the one people see.
    pub due_date: Day,
    /// Some year on the way has no announced calendar yet: the date may still move.
    pub provisional: bool,
    /// The calendar it was counted with.
    pub calendar_version: i32,
    /// The days that did not count, in order: rest days after the start day (for calendar days only those
    /// rolled over; none for the wall clock) and the days that pauses added.
    pub skipped: Vec<SkippedDay>,
}

/// Counts `limit` from `from`.
///
/// For units of days the start day is not counted; units of hours begin at once. A pause that began before
/// the deadline adds what it covers of the unit, in days from its first (counted) to its last (not counted),
/// and what two pauses cover counts once. An open pause adds nothing yet, a pause of a clock that had
/// already run out nothing ever, and what lies before `from` (for days: before its day) nothing either.
#[must_use]
pub fn deadline(cal: &WorkCalendar, from: Timestamp, limit: &Limit, pauses: &[Pause]) -> Deadline {
    let count = Count { cal, from, limit };
    let (mut due_at, mut paused, mut counted) = (count.end(0), 0, Vec::new());
    for pause in closed_pauses(from, pauses) {
        if pause.0 >= due_at {
            break;
        }
        paused += count.covered(pause);
        counted.push(pause);
        due_at = count.end(paused);
    }
    let due_date = due_at.plus_micros(-1).day();
    Deadline {
        due_at,
        due_date,
        provisional: !cal.is_announced_throughout(from.day(), due_date),
        calendar_version: cal.version(),
        skipped: count.skipped(due_date, paused, &counted),
    }
}

/// The closed pauses after `from`, in order, none overlapping.
fn closed_pauses(from: Timestamp, pauses: &[Pause]) -> Vec<(Timestamp, Timestamp)> {
    let mut spans: Vec<_> = pauses
        .iter()
        .filter_map(|pause| pause.to.map(|to| (pause.from.max(from), to)))
        .filter(|(begin, end)| begin < end)
        .collect();
    spans.sort_unstable();
    let mut apart: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (begin, end) in spans {
        match apart.last_mut() {
            Some(last) if begin <= last.1 => last.1 = last.1.max(end),
            _ => apart.push((begin, end)),
        }
    }
    apart
}

/// One count, before the pauses are known to it. Extra amounts are days for units of days, else
/// microseconds.
struct Count<'a> {
    cal: &'a WorkCalendar,
    from: Timestamp,
    limit: &'a Limit,
}

impl Count<'_> {
    /// The first late instant of the limit and `extra`.
    fn end(&self, extra: i64) -> Timestamp {
        let start = self.from.day();
        let days = self
            .limit
            .amount
            .saturating_add(u32::try_from(extra).unwrap_or(u32::MAX));
        let micros = self.limit.micros().unwrap_or(0).saturating_add(extra);
        match self.limit.unit {
            Unit::WorkingDay => end_of(self.cal.working_day_after(start, days)),
            Unit::CalendarDay => {
                let landed = plus_days(start, days);
                end_of(match self.limit.roll {
                    Roll::NextWorkingDay => self.cal.on_or_after(landed),
                    Roll::None => landed,
                })
            }
            Unit::Hour | Unit::Minute => self.cal.add_office_micros(self.from, micros),
            Unit::ClockHour => self.from.plus_micros(micros),
        }
    }

    /// How much of the unit a pause covers.
    fn covered(&self, (begin, end): (Timestamp, Timestamp)) -> i64 {
        match self.limit.unit {
            Unit::WorkingDay => self.cal.working_days_between(begin.day(), end.day()).into(),
            Unit::CalendarDay => (end.day() - begin.day()).num_days(),
            Unit::Hour | Unit::Minute => self.cal.office_micros(begin, end),
            Unit::ClockHour => end.micros_since(begin),
        }
    }

    /// The days that did not count, up to `due_date`.
    fn skipped(
        &self,
        due_date: Day,
        paused: i64,
        pauses: &[(Timestamp, Timestamp)],
    ) -> Vec<SkippedDay> {
        let unit = self.limit.unit;
        let days = |first: Day, last: Day| first.iter_days().take_while(move |day| *day <= last);
        let mut skipped = BTreeMap::new();
        for (begin, end) in pauses {
            // Days are paused whole; of hours, every day that lost some is named.
            let last = match unit {
                Unit::WorkingDay | Unit::CalendarDay => end.day().pred_opt(),
                Unit::Hour | Unit::Minute | Unit::ClockHour => Some(end.plus_micros(-1).day()),
            };
            let any_day = matches!(unit, Unit::CalendarDay | Unit::ClockHour);
            for day in last.into_iter().flat_map(|last| days(begin.day(), last)) {
                if any_day || self.cal.is_working_day(day) {
                    skipped.insert(day, SkipReason::Paused);
                }
            }
        }
        let rest_from = match unit {
            Unit::WorkingDay | Unit::Hour | Unit::Minute => self.from.day().succ_opt(),
            Unit::CalendarDay => {
                let landed = i64::from(self.limit.amount).saturating_add(paused);
                let landed = u32::try_from(landed).unwrap_or(u32::MAX);
                Some(plus_days(self.from.day(), landed)).filter(|_| self.limit.roll != Roll::None)
            }
            Unit::ClockHour => None,
        };
        for day in rest_from
            .into_iter()
            .flat_map(|first| days(first, due_date))
        {
            if let Some(reason) = self.cal.rest_reason(day) {
                skipped.entry(day).or_insert(SkipReason::Rest(reason));
            }
        }
        skipped
            .into_iter()
            .map(|(date, reason)| SkippedDay { date, reason })
            .collect()
    }
}

/// `day` and `days` more, at most the end of the calendar.
pub(crate) fn plus_days(day: Day, days: u32) -> Day {
    day.checked_add_days(Days::new(days.into()))
        .unwrap_or(Day::MAX)
}

/// The first instant after `day`.
fn end_of(day: Day) -> Timestamp {
    Timestamp::start_of(day.succ_opt().unwrap_or(Day::MAX))
}

#[cfg(test)]
mod tests;
