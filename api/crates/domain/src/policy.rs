//! How long each stage may take and who is told when: data, versioned, per county. A case keeps the
//! version it began under.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::deadline::Limit;
use crate::escalation::Step;

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
    /// The policy of a county that has set none. The numbers and where they come from (`domain.md`):
    ///
    /// - `accept` 1 working day: Neijiang accepts within 24 h, Huaibei before the day ends (1.3);
    /// - `dispatch` 2, a question 1: stricter than Yingzhou's blue card after 3 working days (1.3);
    /// - `handle` complaint 15, suggestion and help 7, question 3: the 12345 rules of Sichuan, 2026 (1.3);
    /// - `review` 2: our choice, so that three stages fit into the villager's one;
    /// - `rework` 7: Yingzhou's week (1.3);
    /// - `rate` 15 calendar days: our choice; the case then closes unrated;
    /// - `supplement` 5 working days, twice: our choice, after the five days in which an organ decides on
    ///   acceptance in Zhejiang (1.3);
    /// - `extension` twice within 60 + 30 calendar days: 信访工作条例 Art. 34 (2.1), Yingzhou's red card
    ///   for more than two (1.3);
    /// - `return_days` 5: 信访工作条例 Art. 23 (2.1); twice in all: our choice;
    /// - `posting_days` 15: the 15 days of the 36-item standards (1.8);
    /// - `dispute_days` 30: 信访工作条例 Art. 35 (2.1);
    /// - `retention_days` 1095: our choice, three years;
    /// - the county 3 and the city 5 working days after the due date: over 5 working days late is public
    ///   criticism under a city's 12345 rule (1.3).
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
            version: 1,
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
#[expect(clippy::unwrap_used, reason = "a test may stop where it breaks")]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_contract() {
        let policy = Policy::default_policy();
        let amount = |stage, kind| policy.limit(stage, kind).amount;
        for (kind, dispatch, handle) in [
            (Kind::Complaint, 2, 15),
            (Kind::Question, 1, 3),
            (Kind::Suggestion, 2, 7),
            (Kind::Help, 2, 7),
        ] {
            assert_eq!(amount(Stage::Accept, kind), 1);
            assert_eq!(amount(Stage::Dispatch, kind), dispatch);
            assert_eq!(amount(Stage::Handle, kind), handle);
            assert_eq!(amount(Stage::Review, kind), 2);
            assert_eq!(amount(Stage::Rework, kind), 7);
            assert_eq!(amount(Stage::Rate, kind), 15);
            assert_eq!(amount(Stage::Supplement, kind), 5);
        }
        assert_eq!(policy.rung(Step::City).unwrap().after_working_days, Some(5));
    }

    #[test]
    fn survives_json_and_refuses_a_limit_of_nothing() {
        let policy = Policy::default_policy();
        let json = serde_json::to_value(&policy).unwrap();
        assert_eq!(
            json.pointer("/per_kind/question/handle").unwrap(),
            &serde_json::json!({"amount": 3, "unit": "working_day", "roll": "next_working_day"})
        );
        assert_eq!(serde_json::from_value::<Policy>(json).unwrap(), policy);
        for amount in [0, 401] {
            let text = format!(r#"{{"amount":{amount},"unit":"hour"}}"#);
            assert!(serde_json::from_str::<Limit>(&text).is_err(), "{amount}");
        }
    }

    #[test]
    fn words_read_back() {
        assert!(
            Stage::ALL
                .iter()
                .all(|stage| Stage::parse(stage.as_str()) == Some(*stage))
        );
        assert!(
            Kind::ALL
                .iter()
                .all(|kind| Kind::parse(kind.as_str()) == Some(*kind))
        );
        assert_eq!((Stage::parse("x"), Kind::parse("x")), (None, None));
    }
}
