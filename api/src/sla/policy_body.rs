//! A policy as somebody proposes it: words and numbers as they come, every fault named at its place.

use std::collections::{BTreeMap, BTreeSet};

use domain::deadline::{Limit, Roll, Unit};
use domain::escalation::Step;
use domain::policy::{
    Extension, FlawKind, Kind, Part, Policy, Recipient, Rung, Stage, Supplement, Warnings, flaws,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};

/// How long a stage may take.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitBody {
    #[schema(minimum = 1, maximum = 400)]
    amount: i64,
    unit: Unit,
    #[serde(default)]
    roll: Roll,
}

/// When a clock warns.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WarningsBody {
    /// The last part of a limit, in which it is yellow.
    #[schema(example = "1/3")]
    yellow_last: String,
    /// At most so many days of yellow.
    #[schema(minimum = 1, maximum = 30)]
    yellow_days_at_most: i64,
    /// The part of a limit after which an idle case is blue.
    #[schema(example = "1/2")]
    blue_after: String,
}

/// How far a handling may be extended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionBody {
    #[schema(minimum = 0, maximum = 10)]
    at_most: i64,
    /// Calendar days from filing; 信访工作条例 Art. 34 allows 60 + 30.
    #[schema(minimum = 1, maximum = 90)]
    within_days: i64,
}

/// What a complainant may be asked to add.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplementBody {
    limit: LimitBody,
    #[schema(minimum = 0, maximum = 10)]
    at_most: i64,
}

/// One rung of the ladder.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RungBody {
    #[schema(value_type = Step)]
    step: String,
    /// For `county` and `city`: working days after the due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 60)]
    after_working_days: Option<i64>,
    #[schema(value_type = Vec<Recipient>)]
    to: Vec<String>,
}

/// A policy.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyBody {
    /// The version it was made from, if that is to be checked: 412 when there is a newer one.
    #[serde(default)]
    pub version: Option<i32>,
    /// Why, for the second person.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// The limit of every stage but `supplement`.
    #[schema(value_type = BTreeMap<Stage, LimitBody>)]
    stages: BTreeMap<String, LimitBody>,
    /// Where a kind of matter differs.
    #[serde(default)]
    #[schema(value_type = BTreeMap<Kind, BTreeMap<Stage, LimitBody>>)]
    per_kind: BTreeMap<String, BTreeMap<String, LimitBody>>,
    warnings: WarningsBody,
    /// The stages that stand still while the case awaits a supplement.
    #[schema(value_type = Vec<Stage>)]
    pause: Vec<String>,
    extension: ExtensionBody,
    supplement: SupplementBody,
    /// Working days after a dispatch within which a unit may say "not ours".
    #[schema(minimum = 1, maximum = 60)]
    return_days: i64,
    /// How often a case may be returned in all; as before without.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10)]
    returns_at_most: Option<i64>,
    /// Days a disclosure must stay posted; 村民委员会组织法 Art. 35 wants 15.
    #[schema(minimum = 15, maximum = 3650)]
    posting_days: i64,
    /// Calendar days after an answer within which it may be disputed; as before without.
    #[serde(default)]
    #[schema(minimum = 30, maximum = 3650)]
    dispute_days: Option<i64>,
    /// Days after the end of a case until its sealed identity is erased.
    #[schema(minimum = 1, maximum = 36500)]
    retention_days: i64,
    ladder: Vec<RungBody>,
}

/// The faults found so far.
#[derive(Default)]
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, pointer: impl Into<String>, code: Code) {
        self.0.push(FieldFault::new(pointer, code));
    }

    fn keep<T>(&mut self, pointer: impl Into<String>, code: Code, read: Option<T>) -> Option<T> {
        if read.is_none() {
            self.add(pointer, code);
        }
        read
    }

    /// What no policy takes (negative, enormous) is named here; narrower bounds are the domain's.
    fn number(&mut self, pointer: &str, value: i64) -> u32 {
        let read = u32::try_from(value).ok();
        self.keep(pointer, Code::OutOfRange, read)
            .unwrap_or_default()
    }

    fn limit(&mut self, pointer: &str, body: &LimitBody) -> Option<Limit> {
        let amount = u32::try_from(body.amount).ok();
        let read = amount.and_then(|amount| Limit::new(amount, body.unit, body.roll).ok());
        self.keep(format!("{pointer}/amount"), Code::OutOfRange, read)
    }

    fn limits(
        &mut self,
        pointer: &str,
        stages: &BTreeMap<String, LimitBody>,
    ) -> BTreeMap<Stage, Limit> {
        let mut read = BTreeMap::new();
        for (word, body) in stages {
            let place = format!("{pointer}/{}", escaped(word));
            let stage = self.keep(&place, Code::StageUnknown, Stage::parse(word));
            let limit = self.limit(&place, body);
            read.extend(stage.zip(limit));
        }
        read
    }
}

/// A key as a part of a JSON pointer (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl PolicyBody {
    /// The policy that follows `current`.
    ///
    /// # Errors
    /// Every fault, at its place.
    pub fn after(&self, current: &Policy) -> Result<Policy, ServiceError> {
        let mut faults = Faults::default();
        let supplement = faults.limit("/supplement/limit", &self.supplement.limit);
        let policy = Policy {
            version: current.version + 1,
            stages: faults.limits("/stages", &self.stages),
            per_kind: self.kinds(&mut faults),
            warnings: self.warnings(&mut faults),
            pause: self.pause(&mut faults),
            extension: Extension {
                at_most: faults.number("/extension/at_most", self.extension.at_most),
                within_days: faults.number("/extension/within_days", self.extension.within_days),
            },
            supplement: Supplement {
                limit: supplement.unwrap_or(current.supplement.limit),
                at_most: faults.number("/supplement/at_most", self.supplement.at_most),
            },
            return_days: faults.number("/return_days", self.return_days),
            returns_at_most: self
                .returns_at_most
                .map_or(current.returns_at_most, |most| {
                    faults.number("/returns_at_most", most)
                }),
            posting_days: faults.number("/posting_days", self.posting_days),
            dispute_days: self.dispute_days.map_or(current.dispute_days, |days| {
                faults.number("/dispute_days", days)
            }),
            retention_days: faults.number("/retention_days", self.retention_days),
            ladder: self.ladder(&mut faults),
        };
        // A rung that cannot be read is not there for the domain, whose places would be others.
        let unread = faults.0.iter().any(|fault| fault.code == Code::StepUnknown);
        for flaw in flaws(&policy) {
            if unread && flaw.pointer.starts_with("/ladder") {
                continue;
            }
            // What could not be read is named already, at the place itself or inside it.
            let inside = format!("{}/", flaw.pointer);
            let named = |fault: &FieldFault| {
                fault.pointer == flaw.pointer || fault.pointer.starts_with(&inside)
            };
            if !faults.0.iter().any(named) {
                faults.add(flaw.pointer, code(flaw.kind));
            }
        }
        if faults.0.is_empty() {
            Ok(policy)
        } else {
            Err(ServiceError::Invalid(faults.0))
        }
    }

    fn kinds(&self, faults: &mut Faults) -> BTreeMap<Kind, BTreeMap<Stage, Limit>> {
        let mut read = BTreeMap::new();
        for (word, stages) in &self.per_kind {
            let place = format!("/per_kind/{}", escaped(word));
            let limits = faults.limits(&place, stages);
            let kind = faults.keep(place, Code::KindUnknown, Kind::parse(word));
            read.extend(kind.map(|kind| (kind, limits)));
        }
        read
    }

    fn warnings(&self, faults: &mut Faults) -> Warnings {
        let mut part = |field: &str, text: &str| {
            let read = Part::parse(text).ok();
            faults.keep(format!("/warnings/{field}"), Code::OutOfRange, read)
        };
        let default = Warnings::default();
        let yellow_last = part("yellow_last", &self.warnings.yellow_last);
        let blue_after = part("blue_after", &self.warnings.blue_after);
        let most = self.warnings.yellow_days_at_most;
        Warnings {
            yellow_last: yellow_last.unwrap_or(default.yellow_last),
            yellow_days_at_most: faults.number("/warnings/yellow_days_at_most", most),
            blue_after: blue_after.unwrap_or(default.blue_after),
        }
    }

    fn pause(&self, faults: &mut Faults) -> BTreeSet<Stage> {
        let mut read = BTreeSet::new();
        for (index, word) in self.pause.iter().enumerate() {
            let place = format!("/pause/{index}");
            match Stage::parse(word) {
                None => faults.add(place, Code::StageUnknown),
                Some(stage) if !stage.is_watched() => faults.add(place, Code::StageUnfit),
                Some(stage) if !read.insert(stage) => faults.add(place, Code::NamedTwice),
                Some(_) => {}
            }
        }
        read
    }

    fn ladder(&self, faults: &mut Faults) -> Vec<Rung> {
        let mut rungs = Vec::new();
        for (index, rung) in self.ladder.iter().enumerate() {
            let place = |field: &str| format!("/ladder/{index}/{field}");
            let step = faults.keep(place("step"), Code::StepUnknown, Step::parse(&rung.step));
            let mut to = Vec::new();
            for (at, word) in rung.to.iter().enumerate() {
                let pointer = format!("{}/{at}", place("to"));
                match Recipient::parse(word) {
                    None => faults.add(pointer, Code::RecipientUnknown),
                    Some(one) if to.contains(&one) => faults.add(pointer, Code::NamedTwice),
                    Some(one) => to.push(one),
                }
            }
            let after_working_days = rung
                .after_working_days
                .map(|days| faults.number(&place("after_working_days"), days));
            rungs.extend(step.map(|step| Rung {
                step,
                after_working_days,
                to,
            }));
        }
        rungs
    }
}

fn code(kind: FlawKind) -> Code {
    match kind {
        FlawKind::Missing => Code::Required,
        FlawKind::OutOfRange => Code::OutOfRange,
        FlawKind::MixedUnits => Code::UnitsMixed,
        FlawKind::StageUnfit => Code::StageUnfit,
        FlawKind::LadderOrder => Code::LadderOrder,
        FlawKind::DelayUnfit => Code::DelayUnfit,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn body(change: impl FnOnce(&mut Value)) -> PolicyBody {
        let mut value = serde_json::to_value(Policy::default_policy()).unwrap();
        change(&mut value);
        serde_json::from_value(value).unwrap()
    }

    fn faults(change: impl FnOnce(&mut Value)) -> Vec<(String, Code)> {
        match body(change).after(&Policy::default_policy()) {
            Ok(policy) => panic!("{policy:?}"),
            Err(ServiceError::Invalid(faults)) => faults
                .into_iter()
                .map(|fault| (fault.pointer, fault.code))
                .collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn one(pointer: &str, code: Code) -> Vec<(String, Code)> {
        vec![(pointer.to_owned(), code)]
    }

    #[test]
    fn what_is_shown_may_be_proposed_again() {
        let default = Policy::default_policy();
        let next = body(|_| ()).after(&default).unwrap();
        assert_eq!(
            next,
            Policy {
                version: 2,
                ..default
            }
        );
    }

    #[test]
    fn every_fault_is_named_once_at_its_place() {
        let set = |pointer: &'static str, to: Value| {
            move |policy: &mut Value| *policy.pointer_mut(pointer).unwrap() = to
        };
        for (pointer, to, at, code) in [
            (
                "/stages/accept/amount",
                json!(0),
                "/stages/accept/amount",
                Code::OutOfRange,
            ),
            (
                "/per_kind/help/handle/amount",
                json!(401),
                "/per_kind/help/handle/amount",
                Code::OutOfRange,
            ),
            (
                "/pause",
                json!(["accept", "nap"]),
                "/pause/1",
                Code::StageUnknown,
            ),
            ("/pause", json!(["rate"]), "/pause/0", Code::StageUnfit),
            (
                "/warnings/yellow_last",
                json!("3/3"),
                "/warnings/yellow_last",
                Code::OutOfRange,
            ),
            (
                "/posting_days",
                json!(14),
                "/posting_days",
                Code::OutOfRange,
            ),
            ("/return_days", json!(-1), "/return_days", Code::OutOfRange),
            ("/ladder/2/to", json!([]), "/ladder/2/to", Code::Required),
            (
                "/ladder/2/to",
                json!(["mayor"]),
                "/ladder/2/to/0",
                Code::RecipientUnknown,
            ),
            (
                "/ladder/3/step",
                json!("province"),
                "/ladder/3/step",
                Code::StepUnknown,
            ),
            (
                "/ladder/4/after_working_days",
                json!(2),
                "/ladder/4/after_working_days",
                Code::LadderOrder,
            ),
        ] {
            assert_eq!(faults(set(pointer, to)), one(at, code), "{pointer}");
        }
        let stages = |policy: &mut Value| {
            let stages = policy["stages"].as_object_mut().unwrap();
            stages.remove("review");
            stages.insert("nap".into(), json!({ "amount": 1, "unit": "hour" }));
        };
        assert_eq!(
            faults(stages),
            [
                ("/stages/nap".to_owned(), Code::StageUnknown),
                ("/stages/review".to_owned(), Code::Required)
            ]
        );
    }
}
