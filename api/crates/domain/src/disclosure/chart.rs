//! Which chart of accounts the codes of a sheet belong to: that of 2004 (村集体经济组织会计制度) or that of 2024
//! (农村集体经济组织会计制度, 财会〔2023〕14号, from 2024-01-01). The same digits mean different things in them: 511 is
//! 经营支出 in the one and 发包及上交收入 in the other.

use serde::{Deserialize, Serialize};

use super::period::Period;

/// A chart of accounts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, utoipa::ToSchema,
)]
pub enum ChartVersion {
    /// The chart of 2004, for the books of 2023 and before.
    #[serde(rename = "2004")]
    V2004,
    /// The chart in force since 2024-01-01.
    #[default]
    #[serde(rename = "2024")]
    V2024,
}

/// On which side of the year's result an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Money earned.
    Income,
    /// Money spent.
    Expense,
}

impl ChartVersion {
    /// Both.
    pub const ALL: [Self; 2] = [Self::V2004, Self::V2024];

    /// The year it is called by, as tables and the API write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2004 => "2004",
            Self::V2024 => "2024",
        }
    }

    /// Reads [`ChartVersion::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chart| chart.as_str() == text)
    }

    /// Reads it as people write it on a sheet: `2004年村集体经济组织会计制度`, `2024版`, `财会〔2023〕14号`.
    #[must_use]
    pub fn parse_loosely(text: &str) -> Option<Self> {
        use unicode_normalization::UnicodeNormalization as _;
        let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let old = plain.contains("2004");
        let new = plain.contains("2024") || plain.contains("2023");
        match (old, new) {
            (true, false) => Some(Self::V2004),
            (false, true) => Some(Self::V2024),
            _ => None,
        }
    }

    /// The chart in force in a period.
    #[must_use]
    pub fn of(period: Period) -> Self {
        if period.year() < 2024 {
            Self::V2004
        } else {
            Self::V2024
        }
    }

    /// The side of the account that `code` belongs to; `None` for what is neither earned nor spent.
    #[must_use]
    pub fn side(self, code: &str) -> Option<Side> {
        let (income, expense): (&[&str], &[&str]) = match self {
            Self::V2024 => (
                &["501", "502", "503", "504"],
                &["511", "512", "513", "514", "515", "521"],
            ),
            Self::V2004 => (
                &["501", "511", "521", "522", "531", "561"],
                &["502", "541", "551"],
            ),
        };
        let belongs = |list: &[&str]| list.iter().any(|account| code.starts_with(account));
        match (belongs(income), belongs(expense)) {
            (true, _) => Some(Side::Income),
            (_, true) => Some(Side::Expense),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_says_which_unless_somebody_does() {
        let of = |text| ChartVersion::of(Period::parse(text).unwrap());
        assert_eq!(of("2023-12"), ChartVersion::V2004);
        assert_eq!(of("2024-01"), ChartVersion::V2024);
        assert_eq!(of("2024"), ChartVersion::V2024);
        for (text, chart) in [
            ("2004", Some(ChartVersion::V2004)),
            (
                "２００４年村集体经济组织会计制度",
                Some(ChartVersion::V2004),
            ),
            ("2024版", Some(ChartVersion::V2024)),
            ("财会〔2023〕14号", Some(ChartVersion::V2024)),
            ("2004和2024", None),
            ("新制度", None),
        ] {
            assert_eq!(ChartVersion::parse_loosely(text), chart, "{text}");
        }
        for chart in ChartVersion::ALL {
            assert_eq!(ChartVersion::parse(chart.as_str()), Some(chart));
            let json = serde_json::to_string(&chart).unwrap();
            assert_eq!(json, format!("\"{}\"", chart.as_str()));
        }
    }

    #[test]
    fn the_same_digits_stand_on_different_sides() {
        assert_eq!(ChartVersion::V2024.side("51101"), Some(Side::Expense));
        assert_eq!(ChartVersion::V2004.side("511"), Some(Side::Income));
        assert_eq!(ChartVersion::V2004.side("541"), Some(Side::Expense));
        assert_eq!(ChartVersion::V2024.side("101"), None);
    }
}
