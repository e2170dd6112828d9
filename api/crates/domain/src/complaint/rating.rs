//! What the complainant thinks of the answer. No rating is never counted as a good one.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// 非常满意, 满意, 基本满意, 不满意
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RatingValue {
    /// 非常满意
    VerySatisfied,
    /// 满意
    Satisfied,
    /// 基本满意
    BasicallySatisfied,
    /// 不满意
    Dissatisfied,
}

impl RatingValue {
    /// All, the best first.
    pub const ALL: [Self; 4] = [
        Self::VerySatisfied,
        Self::Satisfied,
        Self::BasicallySatisfied,
        Self::Dissatisfied,
    ];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerySatisfied => "very_satisfied",
            Self::Satisfied => "satisfied",
            Self::BasicallySatisfied => "basically_satisfied",
            Self::Dissatisfied => "dissatisfied",
        }
    }

    /// Reads [`RatingValue::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// A rating as kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The choice.
    pub rating: RatingValue,
    /// The complainant's words.
    pub comment: Option<String>,
    /// When.
    pub rated_at: Timestamp,
    /// After the case had closed by itself.
    pub late: bool,
}
