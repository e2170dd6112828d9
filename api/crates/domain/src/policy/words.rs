//! What is timed, and for what kind of matter.

use serde::{Deserialize, Serialize};

/// What a timer measures.
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
pub enum Stage {
    /// 受理: from filing until it is accepted or declined.
    Accept,
    /// 转办: from each entry into `accepted` until a responsible unit has it.
    Dispatch,
    /// 办理: from filing until the answer is approved; what the villager was told.
    Handle,
    /// 审核: from the draft of an answer until it is approved or sent back.
    Review,
    /// 重办: from a dissatisfied rating or a dispute until the new answer is approved.
    Rework,
    /// 评价: from the answer until it is rated. Nobody is late here: no light, no ladder.
    Rate,
    /// 补正: from the question for more until the complainant gives it. No light, no ladder.
    Supplement,
}

impl Stage {
    /// All, in the order of a case's life.
    pub const ALL: [Self; 7] = [
        Self::Accept,
        Self::Dispatch,
        Self::Handle,
        Self::Review,
        Self::Rework,
        Self::Rate,
        Self::Supplement,
    ];

    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Dispatch => "dispatch",
            Self::Handle => "handle",
            Self::Review => "review",
            Self::Rework => "rework",
            Self::Rate => "rate",
            Self::Supplement => "supplement",
        }
    }

    /// Reads [`Stage::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }

    /// Whether lateness here is a unit's: then it has lights and climbs the ladder. While the complainant
    /// has the word (`rate`, `supplement`) it has neither.
    #[must_use]
    pub fn is_watched(self) -> bool {
        !matches!(self, Self::Rate | Self::Supplement)
    }
}

/// What a citizen brings.
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
pub enum Kind {
    /// 投诉
    Complaint,
    /// 咨询
    Question,
    /// 建议
    Suggestion,
    /// 求助
    Help,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Complaint,
        Self::Question,
        Self::Suggestion,
        Self::Help,
    ];

    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Question => "question",
            Self::Suggestion => "suggestion",
            Self::Help => "help",
        }
    }

    /// Reads [`Kind::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
