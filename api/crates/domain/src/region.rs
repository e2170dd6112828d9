//! The tree of regions: province, city, county, township, village, by 12-digit codes after GB/T 2260 and
//! the statistical division codes (2+2+2+3+3 digits).

use std::fmt;

use serde::{Deserialize, Serialize};

pub mod search;
pub mod typed;

/// Levels of the tree, the lowest first: `Village < Township < County < City < Province`.
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
pub enum Level {
    /// 村 or 社区
    Village,
    /// 乡, 镇 or 街道
    Township,
    /// 县, 区 or 县级市
    County,
    /// 地级市
    City,
    /// 省
    Province,
}

impl Level {
    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Township => "township",
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
        }
    }

    /// Reads [`Level::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "village" => Self::Village,
            "township" => Self::Township,
            "county" => Self::County,
            "city" => Self::City,
            "province" => Self::Province,
            _ => return None,
        })
    }

    /// The next level up; `None` above the province.
    #[must_use]
    pub fn above(self) -> Option<Self> {
        match self {
            Self::Village => Some(Self::Township),
            Self::Township => Some(Self::County),
            Self::County => Some(Self::City),
            Self::City => Some(Self::Province),
            Self::Province => None,
        }
    }

    /// How many digits of a code say which region of this level it is.
    fn digits(self) -> usize {
        match self {
            Self::Province => 2,
            Self::City => 4,
            Self::County => 6,
            Self::Township => 9,
            Self::Village => 12,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is no 12-digit region code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a region code has 12 digits, such as 230104111204")]
pub struct BadRegionCode;

/// A 12-digit region code; what a code covers is its non-zero prefix.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "230104111204", pattern = "^[0-9]{12}$")]
pub struct RegionCode(String);

impl RegionCode {
    /// The twelve digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level its digits say: `230104111000` is a township, `230104111204` a village.
    #[must_use]
    pub fn level(&self) -> Level {
        [Level::Province, Level::City, Level::County, Level::Township]
            .into_iter()
            .find(|level| self.0.bytes().skip(level.digits()).all(|b| b == b'0'))
            .unwrap_or(Level::Village)
    }

    /// The region of `level` that this one lies in (itself, when it is of that level); `None` when this
    /// one is higher.
    #[must_use]
    pub fn at(&self, level: Level) -> Option<Self> {
        if self.level() > level {
            return None;
        }
        let mut code: String = self.0.chars().take(level.digits()).collect();
        while code.len() < 12 {
            code.push('0');
        }
        Some(Self(code))
    }

    /// The digits that every region inside this one begins with.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.get(..self.level().digits()).unwrap_or(&self.0)
    }

    /// Whether `other` is this region or lies inside it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(self.prefix())
    }

    /// This region and all it lies in, the lowest first.
    #[must_use]
    pub fn and_above(&self) -> Vec<Self> {
        [
            Level::Village,
            Level::Township,
            Level::County,
            Level::City,
            Level::Province,
        ]
        .into_iter()
        .filter_map(|level| self.at(level))
        .collect()
    }
}

impl TryFrom<String> for RegionCode {
    type Error = BadRegionCode;
    fn try_from(text: String) -> Result<Self, BadRegionCode> {
        let digits = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        if digits && !text.starts_with("00") {
            Ok(Self(text))
        } else {
            Err(BadRegionCode)
        }
    }
}

impl TryFrom<&str> for RegionCode {
    type Error = BadRegionCode;
    fn try_from(text: &str) -> Result<Self, BadRegionCode> {
        Self::try_from(text.to_owned())
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> Self {
        code.0
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One region as the tree knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its official name, such as 东风村村委会.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The region it lies in; `None` for a province.
    pub parent: Option<RegionCode>,
}

/// The name people say: 东风村村委会 is the office of 东风村.
#[must_use]
pub fn short_name(name: &str) -> &str {
    for suffix in ["村村委会", "村村民委员会", "村委会", "村民委员会"] {
        if let Some(stem) = name.strip_suffix(suffix).filter(|stem| !stem.is_empty()) {
            // Keep the 村 that belongs to the place's own name.
            return name
                .get(
                    ..stem.len()
                        + if stem.ends_with('村') {
                            0
                        } else {
                            "村".len()
                        },
                )
                .unwrap_or(name);
        }
    }
    name.strip_suffix("居委会")
        .or_else(|| name.strip_suffix("居民委员会"))
        .filter(|stem| !stem.is_empty())
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::try_from(text).unwrap()
    }

    #[test]
    fn digits_say_the_level() {
        for (text, level) in [
            ("230000000000", Level::Province),
            ("230100000000", Level::City),
            ("230104000000", Level::County),
            ("230104111000", Level::Township),
            ("230104111204", Level::Village),
        ] {
            assert_eq!(code(text).level(), level);
        }
    }

    #[test]
    fn a_prefix_is_no_neighbour() {
        let county = code("230110000000");
        assert!(county.covers(&code("230110020206")));
        assert!(!county.covers(&code("230111000000")));
        assert!(!county.covers(&code("230100000000")));
        assert!(!code("230104111204").covers(&code("230104111000")));
    }

    #[test]
    fn walks_up() {
        let path: Vec<String> = code("230104111204")
            .and_above()
            .into_iter()
            .map(String::from)
            .collect();
        assert_eq!(
            path,
            [
                "230104111204",
                "230104111000",
                "230104000000",
                "230100000000",
                "230000000000"
            ]
        );
        assert_eq!(code("230104000000").at(Level::Township), None);
    }

    #[test]
    fn names_people_say() {
        for (name, short) in [
            ("东风村村委会", "东风村"),
            ("团结村委会", "团结村"),
            ("兴旺社区居委会", "兴旺社区"),
            ("团结镇", "团结镇"),
            ("村委会", "村委会"),
        ] {
            assert_eq!(short_name(name), short);
        }
    }

    #[test]
    fn refuses_what_is_no_code() {
        for text in [
            "",
            "23010411120",
            "2301041112044",
            "23010411120x",
            "001041112040",
        ] {
            assert_eq!(RegionCode::try_from(text), Err(BadRegionCode));
        }
    }
}
