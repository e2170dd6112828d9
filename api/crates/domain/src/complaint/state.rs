//! The states of a case. Each carries the facts that are true only in it, so that no answer under review
//! exists without the unit that wrote it.

use serde::{Deserialize, Serialize};

use crate::id::{ComplaintId, OrganisationId};
use crate::time::Timestamp;

use super::decline::Declined;

/// The state's name in the API.
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
pub enum StateName {
    /// 已提交
    Submitted,
    /// 待补正
    AwaitingSupplement,
    /// 已受理
    Accepted,
    /// 不予受理
    Declined,
    /// 已分办
    Dispatched,
    /// 办理中
    Handling,
    /// 审核中
    UnderReview,
    /// 已答复
    Answered,
    /// 已办结
    Closed,
    /// 已撤回
    Withdrawn,
    /// 已并案
    Merged,
}

impl StateName {
    /// All, in the order of a case's life.
    pub const ALL: [Self; 11] = [
        Self::Submitted,
        Self::AwaitingSupplement,
        Self::Accepted,
        Self::Declined,
        Self::Dispatched,
        Self::Handling,
        Self::UnderReview,
        Self::Answered,
        Self::Closed,
        Self::Withdrawn,
        Self::Merged,
    ];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::AwaitingSupplement => "awaiting_supplement",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Dispatched => "dispatched",
            Self::Handling => "handling",
            Self::UnderReview => "under_review",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
        }
    }

    /// Reads [`StateName::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody here still owes the complainant something.
    #[must_use]
    pub fn is_open(self) -> bool {
        self != Self::Answered && !self.is_final()
    }

    /// Whether it ends the case, unless somebody reopens it. `answered` does not: a rating is awaited.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Declined | Self::Withdrawn | Self::Merged
        )
    }
}

/// What was given to the responsible unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The responsible unit.
    pub responsible: OrganisationId,
    /// The text it sees instead of the complainant's own, without what betrays the writer.
    pub brief: String,
    /// The numbers of the photos it may see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<i32>,
    /// When it was given; "not ours" counts from here.
    pub dispatched_at: Timestamp,
}

/// How an answer ends. Closed is not solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerResult {
    /// 已解决
    Resolved,
    /// 部分解决
    Partly,
    /// 解释说明
    Explained,
    /// 不支持
    NotSupported,
}

/// An answer: what was found, on what ground, with what result, and what was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// 查明的事实
    pub facts: String,
    /// 依据
    pub basis: String,
    /// 结果
    pub result: AnswerResult,
    /// 处理措施
    pub remedy: String,
}

/// The state of a case, with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum State {
    /// Filed; nobody has taken it up.
    Submitted,
    /// The complainant was asked for more.
    AwaitingSupplement {
        /// What is missing.
        asked: String,
    },
    /// Taken up; no unit has the work yet.
    Accepted,
    /// Not taken, with the right door.
    Declined {
        /// Why, and where to go.
        declined: Declined,
    },
    /// A unit has the work and has not begun.
    Dispatched {
        /// What it was given.
        work: Work,
    },
    /// A unit works on it.
    Handling {
        /// What it was given.
        work: Work,
    },
    /// An answer waits for the supervising unit.
    UnderReview {
        /// Who wrote it.
        work: Work,
        /// The answer.
        draft: Answer,
    },
    /// The complainant has the answer and may rate it.
    Answered {
        /// Who wrote it.
        work: Work,
        /// When it was approved.
        answered_at: Timestamp,
    },
    /// Rated, or fifteen days without a rating.
    Closed {
        /// Who wrote the answer.
        work: Work,
        /// When the answer was approved.
        answered_at: Timestamp,
        /// When it closed.
        closed_at: Timestamp,
    },
    /// Taken back by the complainant.
    Withdrawn {
        /// When.
        withdrawn_at: Timestamp,
    },
    /// Follows another case of the region about the same thing.
    Merged {
        /// Which.
        into: ComplaintId,
        /// Since when.
        merged_at: Timestamp,
    },
}

impl State {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> StateName {
        match self {
            Self::Submitted => StateName::Submitted,
            Self::AwaitingSupplement { .. } => StateName::AwaitingSupplement,
            Self::Accepted => StateName::Accepted,
            Self::Declined { .. } => StateName::Declined,
            Self::Dispatched { .. } => StateName::Dispatched,
            Self::Handling { .. } => StateName::Handling,
            Self::UnderReview { .. } => StateName::UnderReview,
            Self::Answered { .. } => StateName::Answered,
            Self::Closed { .. } => StateName::Closed,
            Self::Withdrawn { .. } => StateName::Withdrawn,
            Self::Merged { .. } => StateName::Merged,
        }
    }

    /// What the responsible unit was given, in the states that have one.
    #[must_use]
    pub fn work(&self) -> Option<&Work> {
        match self {
            Self::Dispatched { work }
            | Self::Handling { work }
            | Self::UnderReview { work, .. }
            | Self::Answered { work, .. }
            | Self::Closed { work, .. } => Some(work),
            Self::Submitted
            | Self::AwaitingSupplement { .. }
            | Self::Accepted
            | Self::Declined { .. }
            | Self::Withdrawn { .. }
            | Self::Merged { .. } => None,
        }
    }
}
