//! From a limit ("15 working days") to the last day people see and the first instant that is late, with
//! every day that was skipped on the way.

use std::collections::BTreeMap;

use chrono::Days;
use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::time::{Day, Timestamp};

mod limit;
mod reason;
pub use limit::{BadLimit, Limit, Roll, Unit};
pub use reason::{Lang, SkipReason};

/// A time in which the clock stands still, because the complainant has the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When it ended; `None` while it lasts.
    pub to: Option<Timestamp>,
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
