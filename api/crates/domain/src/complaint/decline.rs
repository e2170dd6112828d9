//! Why a case is not taken, and the right door. Never a bare refusal: the reason is one of nine, the door
//! is named, and words are written. (信访工作条例 Art. 31 and 36, 纪检监察机关处理检举控告工作规则 Art. 13;
//! `domain.md` 1.6.)

use serde::{Deserialize, Serialize};

use crate::category::CATEGORIES;
use crate::time::Timestamp;

/// The reason a case is declined for.
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
pub enum DeclineReason {
    /// 违纪违法检举，由纪检监察机关受理
    #[serde(rename = "discipline_12388")]
    Discipline,
    /// 应当或者已经诉讼
    Court,
    /// 应当或者已经仲裁
    Arbitration,
    /// 应当或者已经行政复议
    AdministrativeReview,
    /// 属于其他机关职权
    OtherOrgan,
    /// 同一事项已在办理
    Duplicate,
    /// 已有终结性意见
    FinalDecision,
    /// 没有可以核实的具体内容
    InsufficientFacts,
    /// 紧急情况，应当立即求助
    Emergency,
}

impl DeclineReason {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Discipline,
        Self::Court,
        Self::Arbitration,
        Self::AdministrativeReview,
        Self::OtherOrgan,
        Self::Duplicate,
        Self::FinalDecision,
        Self::InsufficientFacts,
        Self::Emergency,
    ];

    /// The word in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discipline => "discipline_12388",
            Self::Court => "court",
            Self::Arbitration => "arbitration",
            Self::AdministrativeReview => "administrative_review",
            Self::OtherOrgan => "other_organ",
            Self::Duplicate => "duplicate",
            Self::FinalDecision => "final_decision",
            Self::InsufficientFacts => "insufficient_facts",
            Self::Emergency => "emergency",
        }
    }

    /// The right door, where the list of categories names one for this reason.
    #[must_use]
    pub fn door(self) -> Option<&'static str> {
        CATEGORIES
            .iter()
            .filter_map(|category| category.redirect.as_ref())
            .find(|redirect| redirect.code == self.as_str())
            .map(|redirect| redirect.text_zh)
    }
}

/// How and why a case was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// Why.
    pub reason: DeclineReason,
    /// The right door.
    pub redirect: Option<String>,
    /// Words to the complainant.
    pub note: String,
    /// When.
    pub declined_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_api() {
        for reason in DeclineReason::ALL {
            let written = serde_json::to_value(reason).ok();
            assert_eq!(written, Some(reason.as_str().into()));
        }
        assert!(DeclineReason::Discipline.door().is_some());
    }
}
