//! The three lists of a region, and what a red line is about.

use serde::{Deserialize, Serialize};

/// Which list an item belongs to.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
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
#[schema(as = PowerListKind)]
pub enum ListKind {
    /// 小微权力清单: what cadres may do, step by step.
    #[default]
    Power,
    /// 责任清单: what they have to do.
    Duty,
    /// 负面清单: what they must not do.
    Negative,
}

impl ListKind {
    /// All lists, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Power, Self::Duty, Self::Negative];

    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Duty => "duty",
            Self::Negative => "negative",
        }
    }

    /// Reads [`ListKind::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.as_str() == text)
    }

    pub(super) fn is_power(&self) -> bool {
        *self == Self::Power
    }
}

/// What a version of an item did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PowerVersionChange)]
pub enum VersionChange {
    /// It came into force as it is written.
    Published,
    /// It was taken out of force; its words are those of the version before.
    Removed,
}

impl VersionChange {
    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Removed => "removed",
        }
    }

    /// Reads [`VersionChange::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Published, Self::Removed]
            .into_iter()
            .find(|change| change.as_str() == text)
    }
}

/// What a red line is about: the bans of the 农村基层干部廉洁履行职责规定 of 2025, as `domain.md` 2.8 sums them up.
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
pub enum RedLineKind {
    /// 拉票贿选、宗族干扰
    VoteBuying,
    /// 虚报冒领、截留挪用补贴
    SubsidyFraud,
    /// “小金库”、低价处置集体资产
    OffBookFunds,
    /// 虚假招标、违规发包
    ShamBidding,
    /// 优亲厚友、雁过拔毛
    Favouritism,
    /// 执法管理中滥用权力
    EnforcementAbuse,
    /// None of these: a rule of the item itself, such as one about stamps or about personal data.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for list in ListKind::ALL {
            assert_eq!(ListKind::parse(list.as_str()), Some(list));
            assert_eq!(serde_json::to_value(list).unwrap(), list.as_str());
        }
        assert_eq!(ListKind::parse("powers"), None);
    }
}
