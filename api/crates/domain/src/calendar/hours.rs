//! When an office is open on a working day.

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// The ranges of a day in which an office is open: one or more, in order, none overlapping. As JSON pairs of
/// `HH:MM`: `[["09:00","12:00"],["13:30","17:00"]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "Vec<[String; 2]>", into = "Vec<[String; 2]>")]
#[schema(value_type = Vec<Vec<String>>, example = json!([["09:00", "12:00"], ["13:30", "17:00"]]))]
pub struct OfficeHours(Vec<(NaiveTime, NaiveTime)>);

/// Why ranges are no office hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    /// No range at all: the office would never open.
    #[error("at least one range of office hours")]
    Empty,
    /// Not a time of day.
    #[error("not a time of day such as 09:00: {0}")]
    NotATime(String),
    /// A range ends before or when it begins.
    #[error("a range must end after it begins: {0}")]
    Backwards(String),
    /// A range begins before the one before it has ended.
    #[error("ranges must be in order and must not overlap: {0}")]
    Overlap(String),
}

impl OfficeHours {
    /// Ranges of begin (open) and end (closed).
    ///
    /// # Errors
    /// [`BadHours`] names what is wrong.
    pub fn new(ranges: Vec<(NaiveTime, NaiveTime)>) -> Result<Self, BadHours> {
        if ranges.is_empty() {
            return Err(BadHours::Empty);
        }
        let mut closed = None;
        for (begin, end) in &ranges {
            if end <= begin {
                return Err(BadHours::Backwards(begin.format("%H:%M").to_string()));
            }
            if closed.is_some_and(|closed| *begin < closed) {
                return Err(BadHours::Overlap(begin.format("%H:%M").to_string()));
            }
            closed = Some(*end);
        }
        Ok(Self(ranges))
    }

    /// Reads pairs of `HH:MM`.
    ///
    /// # Errors
    /// [`BadHours`] names what is wrong.
    pub fn parse<S: AsRef<str>>(pairs: &[[S; 2]]) -> Result<Self, BadHours> {
        let time = |text: &str| {
            NaiveTime::parse_from_str(text, "%H:%M")
                .ok()
                .filter(|_| text.len() == 5)
                .ok_or_else(|| BadHours::NotATime(text.to_owned()))
        };
        let ranges: Result<Vec<_>, _> = pairs
            .iter()
            .map(|[begin, end]| Ok((time(begin.as_ref())?, time(end.as_ref())?)))
            .collect();
        Self::new(ranges?)
    }

    /// The ranges, the earliest first.
    #[must_use]
    pub fn ranges(&self) -> &[(NaiveTime, NaiveTime)] {
        &self.0
    }

    /// When the office opens.
    #[must_use]
    pub fn opening(&self) -> NaiveTime {
        self.0.first().map_or(NaiveTime::MIN, |(begin, _)| *begin)
    }
}

impl Default for OfficeHours {
    /// 09:00 to 17:00 without a break.
    fn default() -> Self {
        let hour = |hours| {
            NaiveTime::MIN
                .overflowing_add_signed(TimeDelta::hours(hours))
                .0
        };
        Self(vec![(hour(9), hour(17))])
    }
}

impl TryFrom<Vec<[String; 2]>> for OfficeHours {
    type Error = BadHours;
    fn try_from(pairs: Vec<[String; 2]>) -> Result<Self, BadHours> {
        Self::parse(&pairs)
    }
}

impl From<OfficeHours> for Vec<[String; 2]> {
    fn from(hours: OfficeHours) -> Self {
        let text = |time: NaiveTime| time.format("%H:%M").to_string();
        hours
            .0
            .into_iter()
            .map(|(begin, end)| [text(begin), text(end)])
            .collect()
    }
}
