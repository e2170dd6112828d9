//! When a matter is due: how often, and which day of which month, or how many days after what.

use chrono::{Datelike as _, Months};
use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::deadline::{Deadline, Limit, Roll, Unit, deadline};
use crate::disclosure::period::{Period, PeriodKind};
use crate::time::{Day, Timestamp};

/// Calendar days after its due date from which a matter that was to be published at once counts as missing: it has no
/// next period to be overtaken by. Our choice.
pub const MISSING_AFTER_DAYS: u32 = 30;

/// How often a matter is to be published.
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
pub enum Frequency {
    /// 每月
    Monthly,
    /// 每季度
    Quarterly,
    /// 每年
    Yearly,
    /// 随时: after an event that staff write down.
    AtOnce,
}

impl Frequency {
    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
            Self::AtOnce => "at_once",
        }
    }

    /// The periods it goes by; `None` for what is published after an event.
    #[must_use]
    pub fn period(self) -> Option<PeriodKind> {
        match self {
            Self::Monthly => Some(PeriodKind::Month),
            Self::Quarterly => Some(PeriodKind::Quarter),
            Self::Yearly => Some(PeriodKind::Year),
            Self::AtOnce => None,
        }
    }
}

/// When it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum DueRule {
    /// On a day of a month, counted from the month in which the period ends.
    DayOfMonth {
        /// 0: that month itself, 1: the following one, -1: the one before (what is planned is shown before it is done).
        #[schema(minimum = -3, maximum = 12)]
        months_after: i32,
        /// 1 to 31; in a shorter month its last day.
        #[schema(minimum = 1, maximum = 31)]
        day: u32,
        /// Whether it moves off a rest day.
        #[serde(default)]
        roll: Roll,
    },
    /// So many days after the last day of the period.
    AfterEnd {
        /// How many.
        #[schema(minimum = 1, maximum = 400)]
        amount: u32,
        /// `working_day` or `calendar_day`.
        unit: Unit,
        /// Whether calendar days move off a rest day.
        #[serde(default)]
        roll: Roll,
    },
    /// So many days after the event.
    AfterEvent {
        /// How many.
        #[schema(minimum = 1, maximum = 400)]
        amount: u32,
        /// `working_day` or `calendar_day`.
        unit: Unit,
        /// Whether calendar days move off a rest day.
        #[serde(default)]
        roll: Roll,
    },
}

/// What the days are counted from, and how many: what [`deadline`] takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The day that is itself not counted.
    pub from: Day,
    /// How many days, and whether the end moves off a rest day.
    pub limit: Limit,
}

impl Count {
    /// The due date.
    #[must_use]
    pub fn deadline(&self, cal: &WorkCalendar) -> Deadline {
        deadline(cal, Timestamp::start_of(self.from), &self.limit, &[])
    }
}

impl DueRule {
    /// Whether it fits matters of this frequency.
    #[must_use]
    pub fn fits(&self, frequency: Frequency) -> bool {
        matches!(self, Self::AfterEvent { .. }) == (frequency == Frequency::AtOnce)
    }

    /// Whether its numbers can be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        match *self {
            Self::DayOfMonth {
                months_after, day, ..
            } => (-3..=12).contains(&months_after) && (1..=31).contains(&day),
            Self::AfterEnd { amount, unit, .. } | Self::AfterEvent { amount, unit, .. } => {
                (1..=Limit::MOST).contains(&amount)
                    && matches!(unit, Unit::WorkingDay | Unit::CalendarDay)
            }
        }
    }

    /// The count for a period; `None` for a rule that counts from an event, and beyond the calendar.
    #[must_use]
    pub fn count(&self, period: Period) -> Option<Count> {
        match *self {
            Self::DayOfMonth {
                months_after,
                day,
                roll,
            } => {
                let month = first_of_month(period.last_day(), months_after)?;
                let last = (month + Months::new(1)).pred_opt()?.day();
                Some(Count {
                    from: month.pred_opt()?,
                    limit: Limit {
                        amount: day.clamp(1, last),
                        unit: Unit::CalendarDay,
                        roll,
                    },
                })
            }
            Self::AfterEnd { amount, unit, roll } => Some(Count {
                from: period.last_day(),
                limit: Limit { amount, unit, roll },
            }),
            Self::AfterEvent { .. } => None,
        }
    }

    /// The count for an event; `None` for a rule that goes by periods.
    #[must_use]
    pub fn count_from(&self, event: Day) -> Option<Count> {
        match *self {
            Self::AfterEvent { amount, unit, roll } => Some(Count {
                from: event,
                limit: Limit { amount, unit, roll },
            }),
            Self::DayOfMonth { .. } | Self::AfterEnd { .. } => None,
        }
    }

    /// The day from which on the matter of a period stands among what is to be done: the first of the period, or of the
    /// month in which it is due where that lies before.
    #[must_use]
    pub fn opens_on(&self, period: Period) -> Option<Day> {
        let counted = self.count(period)?;
        let due_month = counted.from.succ_opt()?.with_day(1)?;
        Some(period.first_day().min(due_month))
    }

    /// The first instant at which what was not published for a period is missing: when the next period's is due.
    #[must_use]
    pub fn missing_at(&self, period: Period, cal: &WorkCalendar) -> Option<Timestamp> {
        let next = period.next()?;
        Some(self.count(next)?.deadline(cal).due_at)
    }
}

/// The first instant at which what was to be published at once is missing.
#[must_use]
pub fn missing_after(due_date: Day) -> Timestamp {
    let last = crate::deadline::plus_days(due_date, MISSING_AFTER_DAYS);
    Timestamp::start_of(last.succ_opt().unwrap_or(Day::MAX))
}

/// The first day of the month so many months after that of `day`.
fn first_of_month(day: Day, months: i32) -> Option<Day> {
    let first = day.with_day(1)?;
    let by = Months::new(months.unsigned_abs());
    if months < 0 {
        first.checked_sub_months(by)
    } else {
        first.checked_add_months(by)
    }
}
