//! How long each stage may take and who is told when: data, versioned, per county. A case keeps the
//! version it began under.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::deadline::Limit;
use crate::escalation::Step;

mod check;
pub mod sources;
mod warnings;
mod words;
pub use check::{Flaw, FlawKind, flaws};
pub use warnings::{BadPart, Part, Warnings};
pub use words::{Kind, Stage};

/// The version of the policy that is shipped, in force wherever a county has set none of its own. A
/// release that changes its numbers must keep them under this version and begin another.
pub const SHIPPED: i32 = 1;

/// Who is told of a step.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The unit whose turn it is: the responsible one once dispatched, else the supervising one.
    Unit,
    /// The supervising unit of the case.
    Supervising,
    /// The lead organisation of the zone (片区).
    ZoneLead,
    /// The county's discipline organ.
    County,
    /// The city's discipline organ.
    City,
}

impl Recipient {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Unit,
        Self::Supervising,
        Self::ZoneLead,
        Self::County,
        Self::City,
    ];

    /// The word used in files, tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Supervising => "supervising",
            Self::ZoneLead => "zone_lead",
            Self::County => "county",
            Self::City => "city",
        }
    }

    /// Reads [`Recipient::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// One rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Rung {
    /// Which.
    pub step: Step,
    /// For `county` and `city`: working days after the due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_working_days: Option<u32>,
    /// Who is told.
    pub to: Vec<Recipient>,
}

/// How far a handling may be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Extension {
    /// How often; each time by at most the stage's own limit.
    pub at_most: u32,
    /// Calendar days from filing that no extension may pass.
    pub within_days: u32,
}

/// What a complainant may be asked to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Supplement {
    /// How long the complainant has.
    pub limit: Limit,
    /// How often it may be asked.
    pub at_most: u32,
}

/// The policy of a county in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Policy {
    /// Rises with every change.
    pub version: i32,
    /// The limit of each stage.
    pub stages: BTreeMap<Stage, Limit>,
    /// Where a kind of matter differs from `stages`.
    pub per_kind: BTreeMap<Kind, BTreeMap<Stage, Limit>>,
    /// From when a clock shows yellow and blue.
    #[serde(default)]
    pub warnings: Warnings,
    /// The stages that stand still while the case awaits a supplement.
    pub pause: BTreeSet<Stage>,
    /// How far a handling may be extended.
    pub extension: Extension,
    /// What a complainant may be asked to add.
    pub supplement: Supplement,
    /// Working days after a dispatch within which a unit may say "not ours".
    pub return_days: u32,
    /// How often a case may be returned in all.
    pub returns_at_most: u32,
    /// Days a disclosure must stay posted.
    pub posting_days: u32,
    /// Calendar days after an answer within which it may be disputed.
    pub dispute_days: u32,
    /// Days after the end of a case until its sealed identity is erased.
    pub retention_days: u32,
    /// The rungs, the lowest first. A step that is missing here is never taken.
    pub ladder: Vec<Rung>,
}

impl Policy {
    /// The policy of a county that has set none. Where its numbers come from is said in [`sources`].
    #[must_use]
    pub fn default_policy() -> Self {
        let days = Limit::working_days;
        let rung = |step, after_working_days, to: &[Recipient]| Rung {
            step,
            after_working_days,
            to: to.to_vec(),
        };
        let rate = Limit {
            unit: crate::deadline::Unit::CalendarDay,
            ..days(15)
        };
        Self {
            version: SHIPPED,
            stages: BTreeMap::from([
                (Stage::Accept, days(1)),
                (Stage::Dispatch, days(2)),
                (Stage::Handle, days(15)),
                (Stage::Review, days(2)),
                (Stage::Rework, days(7)),
                (Stage::Rate, rate),
            ]),
            per_kind: BTreeMap::from([
                (
                    Kind::Question,
                    BTreeMap::from([(Stage::Dispatch, days(1)), (Stage::Handle, days(3))]),
                ),
                (Kind::Suggestion, BTreeMap::from([(Stage::Handle, days(7))])),
                (Kind::Help, BTreeMap::from([(Stage::Handle, days(7))])),
            ]),
            warnings: Warnings::default(),
            pause: BTreeSet::from([Stage::Accept, Stage::Handle]),
            extension: Extension {
                at_most: 2,
                within_days: 60 + 30,
            },
            supplement: Supplement {
                limit: days(5),
                at_most: 2,
            },
            return_days: 5,
            returns_at_most: 2,
            posting_days: 15,
            dispute_days: 30,
            retention_days: 1_095,
            ladder: vec![
                rung(Step::Remind, None, &[Recipient::Unit]),
                rung(Step::Warn, None, &[Recipient::Unit, Recipient::Supervising]),
                rung(
                    Step::Red,
                    None,
                    &[Recipient::Supervising, Recipient::ZoneLead],
                ),
                rung(Step::County, Some(3), &[Recipient::County]),
                rung(Step::City, Some(5), &[Recipient::City]),
            ],
        }
    }

    /// The limit of a stage for a kind of matter; the default policy's where this one is silent.
    #[must_use]
    pub fn limit(&self, stage: Stage, kind: Kind) -> Limit {
        self.own_limit(stage, kind)
            .or_else(|| Self::default_policy().own_limit(stage, kind))
            .unwrap_or(self.supplement.limit)
    }

    fn own_limit(&self, stage: Stage, kind: Kind) -> Option<Limit> {
        if stage == Stage::Supplement {
            return Some(self.supplement.limit);
        }
        let own = self
            .per_kind
            .get(&kind)
            .and_then(|stages| stages.get(&stage));
        own.or_else(|| self.stages.get(&stage)).copied()
    }

    /// The rung of a step, if this policy has it.
    #[must_use]
    pub fn rung(&self, step: Step) -> Option<&Rung> {
        self.ladder.iter().find(|rung| rung.step == step)
    }
}

#[cfg(test)]
mod tests;
