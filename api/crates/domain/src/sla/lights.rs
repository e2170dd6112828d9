//! The lights of a timer, and how many days are left.

use serde::{Deserialize, Serialize};

use super::Timer;
use crate::calendar::WorkCalendar;
use crate::deadline::{Unit, plus_days};
use crate::time::{Day, Timestamp};

/// How much time is left, the worst last: `Green < Blue < Yellow < Red`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Enough.
    Green,
    /// Nothing has happened for half of the time.
    Blue,
    /// The last third, at most three days.
    Yellow,
    /// Late.
    Red,
}

impl Light {
    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// Reads [`Light::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "green" => Self::Green,
            "blue" => Self::Blue,
            "yellow" => Self::Yellow,
            "red" => Self::Red,
            _ => return None,
        })
    }
}

impl Timer {
    /// The light at `now`; `None` when the clock does not run or the stage has no lights.
    #[must_use]
    pub fn light(&self, now: Timestamp) -> Option<Light> {
        let since = |at: Option<Timestamp>| at.is_some_and(|at| now >= at);
        (self.stage.is_watched() && self.is_running()).then(|| {
            if now >= self.due_at {
                Light::Red
            } else if since(self.yellow_at) {
                Light::Yellow
            } else if since(self.blue_at) {
                Light::Blue
            } else {
                Light::Green
            }
        })
    }

    /// Counts anew when the lights change.
    pub(super) fn set_lights(&mut self, cal: &WorkCalendar) {
        (self.blue_at, self.yellow_at) = if self.stage.is_watched() {
            (self.blue(cal), Some(self.yellow(cal)))
        } else {
            (None, None)
        };
    }

    /// The opening of the office on the k-th last day (see [`Warnings`](crate::policy::Warnings)) for units of
    /// days; when the last part of the time begins, for units of hours.
    fn yellow(&self, cal: &WorkCalendar) -> Timestamp {
        let last_days = self.warnings.yellow_days(self.limit.amount);
        let limit = self.limit.micros().unwrap_or(0);
        let last_part = self.warnings.yellow_last.micros(limit);
        match self.limit.unit {
            Unit::WorkingDay => cal.opening(cal.nth_last_working_day(self.due_date, last_days)),
            Unit::CalendarDay => {
                let back = chrono::Days::new(u64::from(last_days - 1));
                let day = self
                    .due_date
                    .checked_sub_days(back)
                    .unwrap_or(self.due_date);
                let opening = cal.opening(cal.on_or_after(day));
                // Without a roll the last days may all be rest days: then warn before them.
                if opening < self.due_at {
                    opening
                } else {
                    let before = cal.opening(cal.nth_last_working_day(self.due_date, 1));
                    before.max(self.started_at)
                }
            }
            Unit::Hour | Unit::Minute => {
                let whole = cal.office_micros(self.started_at, self.due_at);
                let at = cal.add_office_micros(self.started_at, whole - last_part);
                cal.next_office_instant(at).min(self.due_at)
            }
            Unit::ClockHour => self.due_at.plus_micros(-last_part),
        }
    }

    /// After a part of the limit without an action: for units of days the opening of the office on the day
    /// after that many of them (none for N = 1), for units of hours that part of the time.
    fn blue(&self, cal: &WorkCalendar) -> Option<Timestamp> {
        let idle_from = self.last_action_at.max(self.started_at);
        let days = self.warnings.blue_after.floor(self.limit.amount) + 1;
        let idle = self
            .warnings
            .blue_after
            .micros(self.limit.micros().unwrap_or(0));
        match self.limit.unit {
            Unit::WorkingDay | Unit::CalendarDay if self.limit.amount < 2 => None,
            Unit::WorkingDay => Some(cal.opening(cal.working_day_after(idle_from.day(), days))),
            Unit::CalendarDay => {
                Some(cal.opening(cal.on_or_after(plus_days(idle_from.day(), days))))
            }
            Unit::Hour | Unit::Minute => {
                Some(cal.next_office_instant(cal.add_office_micros(idle_from, idle)))
            }
            Unit::ClockHour => Some(idle_from.plus_micros(idle)),
        }
    }
}

/// The worst light of the running timers; `None` when none runs. `rate` and `supplement` show nothing.
#[must_use]
pub fn worst_light(timers: &[Timer], now: Timestamp) -> Option<Light> {
    timers.iter().filter_map(|timer| timer.light(now)).max()
}

/// Working days left from the day of `now` (not counted) to the due date: 0 on the due date, negative when
/// late, already on the first late day, whether people work on it or not.
#[must_use]
pub fn working_days_left(cal: &WorkCalendar, timer: &Timer, now: Timestamp) -> i64 {
    let (today, last) = (now.day(), timer.due_date);
    let count = |first: Day, last: Day| match (first.succ_opt(), last.succ_opt()) {
        (Some(first), Some(last)) => i64::from(cal.working_days_between(first, last)),
        _ => 0,
    };
    match today.cmp(&last) {
        std::cmp::Ordering::Less => count(today, last),
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => -count(last, today).max(1),
    }
}
