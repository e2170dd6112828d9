//! How long something may take, and in what it is counted.

use serde::{Deserialize, Serialize};

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

    /// So many days, in this limit's own unit: an office day has eight hours, one on the wall clock
    /// twenty-four.
    #[must_use]
    pub fn of_days(&self, days: u32) -> u32 {
        match self.unit {
            Unit::WorkingDay | Unit::CalendarDay => days,
            Unit::Hour => days.saturating_mul(8),
            Unit::Minute => days.saturating_mul(8 * 60),
            Unit::ClockHour => days.saturating_mul(24),
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
