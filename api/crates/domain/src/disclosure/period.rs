//! The span of days an account speaks about: a month, a quarter or a year. Busy villages disclose monthly,
//! every village at least quarterly (农村集体经济组织财务公开规定, 2011).

use std::fmt;

use chrono::{Datelike as _, Months};
use serde::{Deserialize, Serialize};

use crate::time::Day;

/// The years a period may lie in; wide enough for old books, narrow enough to catch a slip of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 1949..=2199;

/// How long a period is.
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
pub enum PeriodKind {
    /// `2026-10`
    Month,
    /// `2026-Q4`
    Quarter,
    /// `2026`
    Year,
}

impl PeriodKind {
    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// A month, a quarter or a year. Ordered by its first day, the shorter first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    first: Day,
    kind: PeriodKind,
}

/// The text is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period is a month 2026-10, a quarter 2026-Q4 or a year 2026")]
pub struct BadPeriod;

impl Period {
    fn new(kind: PeriodKind, year: i32, number: u32) -> Option<Self> {
        let month = number.checked_sub(1)?.checked_mul(kind.months())? + 1;
        let first = Day::from_ymd_opt(year, month, 1)?;
        YEARS.contains(&year).then_some(Self { first, kind })
    }

    /// Reads `2026-10`, `2026-Q4` or `2026`, exactly that.
    ///
    /// # Errors
    /// [`BadPeriod`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, BadPeriod> {
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        let year = digits(year, 4).ok_or(BadPeriod)?;
        let year = i32::try_from(year).map_err(|_| BadPeriod)?;
        let period = match rest {
            None => Self::new(PeriodKind::Year, year, 1),
            Some(rest) => match rest.strip_prefix('Q') {
                Some(quarter) => {
                    digits(quarter, 1).and_then(|q| Self::new(PeriodKind::Quarter, year, q))
                }
                None => digits(rest, 2).and_then(|m| Self::new(PeriodKind::Month, year, m)),
            },
        };
        period.ok_or(BadPeriod)
    }

    /// Reads a period as people write it on a sheet: also `2026年10月`, `2026/10`, `2026年第4季度`,
    /// `2026年四季度`, `2026年度`.
    ///
    /// # Errors
    /// [`BadPeriod`] when no period can be seen in it.
    pub fn parse_loosely(text: &str) -> Result<Self, BadPeriod> {
        use unicode_normalization::UnicodeNormalization as _;
        let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let plain = plain.to_uppercase().replace(['/', '.', '年'], "-");
        let (year, rest) = plain.split_once('-').unwrap_or((&plain, ""));
        let rest = rest.trim_end_matches("份").trim_end_matches('度');
        let rest = rest.trim_matches('-');
        if rest.is_empty() {
            return Self::parse(year);
        }
        let quarter = rest
            .strip_suffix('季')
            .map(|rest| rest.trim_start_matches('第'))
            .or_else(|| rest.strip_prefix('Q'));
        if let Some(quarter) = quarter {
            let number = match quarter {
                "1" | "一" => 1,
                "2" | "二" => 2,
                "3" | "三" => 3,
                "4" | "四" => 4,
                _ => return Err(BadPeriod),
            };
            return Self::parse(&format!("{year}-Q{number}"));
        }
        let month = rest.strip_suffix('月').unwrap_or(rest);
        Self::parse(&format!("{year}-{month:0>2}"))
    }

    /// The month, quarter or year that `day` lies in; `None` outside 1949 to 2199.
    #[must_use]
    pub fn containing(kind: PeriodKind, day: Day) -> Option<Self> {
        Self::new(kind, day.year(), day.month0() / kind.months() + 1)
    }

    /// Month, quarter or year.
    #[must_use]
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// The year it lies in.
    #[must_use]
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Day {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        (self.first + Months::new(self.kind.months()))
            .pred_opt()
            .unwrap_or(self.first)
    }

    /// Whether `day` lies in it.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        (self.first..=self.last_day()).contains(&day)
    }

    /// Whether a day lies in both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other.first) || other.contains(self.first)
    }

    /// The period of the same kind before this one; `None` before 1949.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::containing(self.kind, self.first.pred_opt()?)
    }

    /// The same month, quarter or year a year before; `None` before 1949.
    #[must_use]
    pub fn a_year_before(self) -> Option<Self> {
        Self::containing(self.kind, self.first.checked_sub_months(Months::new(12))?)
    }

    /// The periods that end on the day before this one begins, its own kind first: a village may go over
    /// from months to quarters, and its balance goes with it.
    #[must_use]
    pub fn ending_before(self) -> Vec<Self> {
        let Some(eve) = self.first.pred_opt() else {
            return Vec::new();
        };
        let fits = |period: &Self| period.last_day() == eve;
        self.kinds()
            .filter_map(|kind| Self::containing(kind, eve).filter(fits))
            .collect()
    }

    /// The periods that begin on the day after this one ends, its own kind first.
    #[must_use]
    pub fn beginning_after(self) -> Vec<Self> {
        let Some(morrow) = self.last_day().succ_opt() else {
            return Vec::new();
        };
        let fits = |period: &Self| period.first == morrow;
        self.kinds()
            .filter_map(|kind| Self::containing(kind, morrow).filter(fits))
            .collect()
    }

    /// All kinds, this one's first.
    fn kinds(self) -> impl Iterator<Item = PeriodKind> {
        let all = [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year];
        let others = all.into_iter().filter(move |kind| *kind != self.kind);
        std::iter::once(self.kind).chain(others)
    }

    /// As people write it in a title: 2026年10月, 2026年第4季度, 2026年度.
    #[must_use]
    pub fn in_words(self) -> String {
        let (year, month) = (self.first.year(), self.first.month0());
        match self.kind {
            PeriodKind::Month => format!("{year}年{}月", month + 1),
            PeriodKind::Quarter => format!("{year}年第{}季度", month / 3 + 1),
            PeriodKind::Year => format!("{year}年度"),
        }
    }

    /// The period of the same kind after this one; `None` after 2199.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::containing(self.kind, self.last_day().succ_opt()?)
    }
}

/// `text` as a number, when it is exactly `count` ASCII digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month0());
        match self.kind {
            PeriodKind::Month => write!(f, "{year:04}-{:02}", month + 1),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{}", month / 3 + 1),
            PeriodKind::Year => write!(f, "{year:04}"),
        }
    }
}

impl std::str::FromStr for Period {
    type Err = BadPeriod;
    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Period {
    type Error = BadPeriod;
    fn try_from(text: String) -> Result<Self, BadPeriod> {
        Self::parse(&text)
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl utoipa::PartialSchema for Period {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$"))
            .examples(["2026-10"])
            .description(Some("A month 2026-10, a quarter 2026-Q4 or a year 2026"))
            .into()
    }
}

impl utoipa::ToSchema for Period {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_days_and_neighbours() {
        for (text, first, last, previous, next) in [
            ("2026-02", "2026-02-01", "2026-02-28", "2026-01", "2026-03"),
            ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2024-03"),
            ("2026-12", "2026-12-01", "2026-12-31", "2026-11", "2027-01"),
            ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4", "2026-Q2"),
            ("2026-Q4", "2026-10-01", "2026-12-31", "2026-Q3", "2027-Q1"),
            ("2026", "2026-01-01", "2026-12-31", "2025", "2027"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.first_day().to_string(), first);
            assert_eq!(period.last_day().to_string(), last);
            assert_eq!(period.previous().unwrap().to_string(), previous);
            assert_eq!(period.next().unwrap().to_string(), next);
        }
        assert_eq!(Period::parse("2199").unwrap().next(), None);
        assert_eq!(Period::parse("1949-01").unwrap().previous(), None);
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "26-10",
            "2026-1",
            "2026-13",
            "2026-00",
            "2026-Q5",
            "2026-Q0",
            "2026-q1",
            "2026-10-01",
            "2026-",
            "1900",
            "+026",
            "２０２６",
        ] {
            assert_eq!(Period::parse(text), Err(BadPeriod), "{text}");
        }
    }

    #[test]
    fn reads_what_people_write() {
        for (text, period) in [
            ("2026年10月", "2026-10"),
            ("2026年1月份", "2026-01"),
            ("２０２６／３", "2026-03"),
            ("2026.3", "2026-03"),
            ("2026年第4季度", "2026-Q4"),
            ("2026年 四季度", "2026-Q4"),
            ("2026-q2", "2026-Q2"),
            ("2026年度", "2026"),
            ("2026年", "2026"),
            ("2026-Q3", "2026-Q3"),
        ] {
            assert_eq!(
                Period::parse_loosely(text).unwrap().to_string(),
                period,
                "{text}"
            );
        }
        for text in [
            "",
            "十月",
            "2026年13月",
            "2026年五季度",
            "2026-10-03",
            "2026-2028",
        ] {
            assert_eq!(Period::parse_loosely(text), Err(BadPeriod), "{text}");
        }
    }

    #[test]
    fn knows_its_neighbours_of_every_kind() {
        let words = |periods: Vec<Period>| {
            let texts: Vec<String> = periods.iter().map(Period::to_string).collect();
            texts.join(" ")
        };
        let period = |text| Period::parse(text).unwrap();
        assert_eq!(words(period("2026-10").ending_before()), "2026-09 2026-Q3");
        assert_eq!(words(period("2026-11").ending_before()), "2026-10");
        assert_eq!(
            words(period("2027-Q1").ending_before()),
            "2026-Q4 2026-12 2026"
        );
        assert_eq!(
            words(period("2026-12").beginning_after()),
            "2027-01 2027-Q1 2027"
        );
        assert_eq!(period("2026-Q3").a_year_before(), Some(period("2025-Q3")));
        assert_eq!(period("2026-03").in_words(), "2026年3月");
        assert_eq!(period("2026-Q4").in_words(), "2026年第4季度");
    }

    #[test]
    fn knows_with_whom_it_shares_a_day() {
        let period = |text| Period::parse(text).unwrap();
        for (one, other, shares) in [
            ("2026-10", "2026-10", true),
            ("2026-10", "2026-Q4", true),
            ("2026", "2026-10", true),
            ("2026-09", "2026-Q4", false),
            ("2026-Q4", "2027", false),
        ] {
            assert_eq!(period(one).overlaps(period(other)), shares, "{one} {other}");
            assert_eq!(period(other).overlaps(period(one)), shares, "{other} {one}");
        }
    }

    #[test]
    fn travels_as_text() {
        let period: Period = serde_json::from_str(r#""2026-Q4""#).unwrap();
        assert_eq!(serde_json::to_string(&period).unwrap(), r#""2026-Q4""#);
        assert!(serde_json::from_str::<Period>(r#""Q4""#).is_err());
    }
}
