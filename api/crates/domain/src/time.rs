//! Instants and days. One time zone for every county: China has had a single one, without summer time,
//! since 1991, so it is a fixed offset and the server's own zone changes nothing.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Seconds that Asia/Shanghai is ahead of UTC.
const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;
/// The instants this system takes part in: 1970 to 9999. Beyond, RFC 3339 has no form.
const LAST_MICROS: i64 = 253_402_271_999_999_999;

/// A calendar day in China.
pub type Day = NaiveDate;

/// An instant in UTC, cut to microseconds (PostgreSQL keeps no more, and a hash over a row read back must
/// equal the hash over the row written). Shown and read as RFC 3339 with `+08:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is no RFC 3339 instant between 1970 and 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time between 1970 and 9999, such as 2026-11-27T09:30:00+08:00")]
pub struct BadTime;

fn china() -> FixedOffset {
    // The offset is a constant within range; `Utc` is what the type system wants as the other arm.
    FixedOffset::east_opt(CHINA_OFFSET_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

impl Timestamp {
    /// The last instant there is here. Arithmetic that would go beyond ends at it.
    pub const MAX: Self = Self(LAST_MICROS);

    /// Microseconds since 1970-01-01T00:00:00Z, clamped to what RFC 3339 can show.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(micros.clamp(0, LAST_MICROS))
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0 / 1_000_000
    }

    /// Reads RFC 3339 with any offset.
    ///
    /// # Errors
    /// [`BadTime`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, BadTime> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| BadTime)?;
        let micros = at.timestamp_micros();
        if (0..=LAST_MICROS).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err(BadTime)
        }
    }

    fn local(self) -> DateTime<FixedOffset> {
        DateTime::from_timestamp_micros(self.0)
            .unwrap_or(DateTime::UNIX_EPOCH)
            .with_timezone(&china())
    }

    /// The day in China.
    #[must_use]
    pub fn day(self) -> Day {
        self.local().date_naive()
    }

    /// The time of day in China.
    #[must_use]
    pub fn time_of_day(self) -> NaiveTime {
        self.local().time()
    }

    /// `time` on `day`, in China.
    #[must_use]
    pub fn at(day: Day, time: NaiveTime) -> Self {
        let utc = day.and_time(time) - TimeDelta::seconds(i64::from(CHINA_OFFSET_SECONDS));
        Self::from_micros(utc.and_utc().timestamp_micros())
    }

    /// The first instant of `day` in China.
    #[must_use]
    pub fn start_of(day: Day) -> Self {
        Self::at(day, NaiveTime::MIN)
    }

    /// This instant and `micros` more (or less), clamped.
    #[must_use]
    pub fn plus_micros(self, micros: i64) -> Self {
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// This instant and `seconds` more (or less), clamped.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds from `earlier` to this instant; negative when `earlier` is later.
    #[must_use]
    pub fn micros_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = if self.0 % 1_000_000 == 0 {
            SecondsFormat::Secs
        } else {
            SecondsFormat::Micros
        };
        f.write_str(&self.local().to_rfc3339_opts(form, false))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(
                utoipa::openapi::KnownFormat::DateTime,
            )))
            .description(Some("RFC 3339, shown with +08:00"))
            .into()
    }
}

impl utoipa::ToSchema for Timestamp {}

/// Reads `YYYY-MM-DD`, exactly that.
#[must_use]
pub fn parse_day(text: &str) -> Option<Day> {
    if text.len() != 10 {
        return None;
    }
    let day = Day::parse_from_str(text, "%Y-%m-%d").ok()?;
    // `-026-11-23` and ` 026-11-23` are ten characters too.
    (day.to_string() == text).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_china_time_and_reads_any_offset() {
        let at = Timestamp::parse("2026-11-27T16:00:00Z").unwrap();
        assert_eq!(at.to_string(), "2026-11-28T00:00:00+08:00");
        assert_eq!(at.day().to_string(), "2026-11-28");
        assert_eq!(Timestamp::parse("2026-11-28T00:00:00+08:00").unwrap(), at);
        assert_eq!(Timestamp::start_of(at.day()), at);
    }

    #[test]
    fn nanoseconds_are_cut() {
        let at = Timestamp::parse("2026-11-27T16:00:00.123456789Z").unwrap();
        assert_eq!(at.micros() % 1_000_000, 123_456);
    }

    #[test]
    fn a_day_is_written_in_one_way() {
        let day = parse_day("2026-11-23").unwrap();
        assert_eq!(day.to_string(), "2026-11-23");
        for text in [
            "-026-11-23",
            "+026-11-23",
            " 026-11-23",
            "12026-1-23",
            "2026-1-023",
            "2026-02-30",
            "2026-11-2",
            "+12026-11-23",
        ] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_what_has_no_rfc_3339_form() {
        for text in [
            "",
            "2026-11-27",
            "2026-11-27 16:00:00",
            "1950-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), Err(BadTime), "{text}");
        }
    }
}
