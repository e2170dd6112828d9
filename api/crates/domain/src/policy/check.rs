//! What a policy must be before it may be proposed: every fault at its place, all at once.

use crate::deadline::{Limit, Unit};
use crate::escalation::Step;

use super::{Policy, Recipient, Stage};

/// Calendar days within which 信访工作条例 Art. 34 wants a matter closed, with its one prolongation: 60 + 30.
const LONGEST_CASE_DAYS: u32 = 90;
/// Days that 村民委员会组织法 Art. 35 wants a disclosure posted.
const SHORTEST_POSTING_DAYS: u32 = 15;
/// Days that 信访工作条例 Art. 35 gives for a 复查, which a dispute here may not undercut.
const SHORTEST_DISPUTE_DAYS: u32 = 30;
/// Working days within which the later steps of a ladder may be put.
const LATEST_STEP: u32 = 60;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlawKind {
    /// Something that must be there is not.
    Missing,
    /// Outside what is sensible, or what a law sets.
    OutOfRange,
    /// A policy counts hours of the office or of the wall clock, never both.
    MixedUnits,
    /// This stage belongs to the complainant, or has its limit elsewhere.
    StageUnfit,
    /// The steps of a ladder go up, each once.
    LadderOrder,
    /// Only `county` and `city` come some days after the due date.
    DelayUnfit,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// JSON pointer into the policy.
    pub pointer: String,
    /// What is wrong.
    pub kind: FlawKind,
}

#[derive(Default)]
struct Flaws(Vec<Flaw>);

impl Flaws {
    fn add(&mut self, pointer: impl Into<String>, kind: FlawKind) {
        self.0.push(Flaw {
            pointer: pointer.into(),
            kind,
        });
    }

    fn within(&mut self, pointer: &str, value: u32, least: u32, most: u32) {
        if !(least..=most).contains(&value) {
            self.add(pointer, FlawKind::OutOfRange);
        }
    }
}

/// Everything wrong with a policy.
#[must_use]
pub fn flaws(policy: &Policy) -> Vec<Flaw> {
    let mut found = Flaws::default();
    stages(policy, &mut found);
    units(policy, &mut found);
    for stage in &policy.pause {
        if !stage.is_watched() {
            found.add("/pause", FlawKind::StageUnfit);
        }
    }
    let warned = policy.warnings.yellow_days_at_most;
    found.within("/warnings/yellow_days_at_most", warned, 1, 30);
    found.within("/extension/at_most", policy.extension.at_most, 0, 10);
    let longest = policy.extension.within_days;
    found.within("/extension/within_days", longest, 1, LONGEST_CASE_DAYS);
    found.within("/supplement/at_most", policy.supplement.at_most, 0, 10);
    found.within("/return_days", policy.return_days, 1, 60);
    found.within("/returns_at_most", policy.returns_at_most, 0, 10);
    let posting = policy.posting_days;
    found.within("/posting_days", posting, SHORTEST_POSTING_DAYS, 3_650);
    let dispute = policy.dispute_days;
    found.within("/dispute_days", dispute, SHORTEST_DISPUTE_DAYS, 3_650);
    found.within("/retention_days", policy.retention_days, 1, 36_500);
    ladder(policy, &mut found);
    found.0
}

fn stages(policy: &Policy, found: &mut Flaws) {
    for stage in Stage::ALL {
        let has = policy.stages.contains_key(&stage);
        let pointer = format!("/stages/{}", stage.as_str());
        match (stage, has) {
            (Stage::Supplement, true) => found.add(pointer, FlawKind::StageUnfit),
            (Stage::Supplement, false) | (_, true) => {}
            (_, false) => found.add(pointer, FlawKind::Missing),
        }
    }
    for (kind, stages) in &policy.per_kind {
        if stages.contains_key(&Stage::Supplement) {
            let pointer = format!("/per_kind/{}/supplement", kind.as_str());
            found.add(pointer, FlawKind::StageUnfit);
        }
    }
}

/// Every limit with its place.
fn limits(policy: &Policy) -> impl Iterator<Item = (String, Limit)> {
    let of_all = policy
        .stages
        .iter()
        .map(|(stage, limit)| (format!("/stages/{}", stage.as_str()), *limit));
    let of_kinds = policy.per_kind.iter().flat_map(|(kind, stages)| {
        stages.iter().map(|(stage, limit)| {
            let pointer = format!("/per_kind/{}/{}", kind.as_str(), stage.as_str());
            (pointer, *limit)
        })
    });
    let supplement = ("/supplement/limit".to_owned(), policy.supplement.limit);
    of_all.chain(of_kinds).chain([supplement])
}

/// Hours of the office beside hours of the wall clock confuse everybody who reads two dates.
fn units(policy: &Policy, found: &mut Flaws) {
    let office = |unit| matches!(unit, Unit::Hour | Unit::Minute);
    if limits(policy).any(|(_, limit)| office(limit.unit)) {
        for (pointer, limit) in limits(policy) {
            if limit.unit == Unit::ClockHour {
                found.add(format!("{pointer}/unit"), FlawKind::MixedUnits);
            }
        }
    }
}

fn ladder(policy: &Policy, found: &mut Flaws) {
    if policy.ladder.is_empty() {
        found.add("/ladder", FlawKind::Missing);
    }
    let mut below: Option<(Step, u32)> = None;
    for (index, rung) in policy.ladder.iter().enumerate() {
        let place = |field: &str| format!("/ladder/{index}/{field}");
        // Where the case itself goes up, the organ it goes up to is told.
        let organ = match rung.step {
            Step::County => Some(Recipient::County),
            Step::City => Some(Recipient::City),
            Step::Remind | Step::Warn | Step::Red => None,
        };
        if rung.to.is_empty() || organ.is_some_and(|organ| !rung.to.contains(&organ)) {
            found.add(place("to"), FlawKind::Missing);
        }
        if below.is_some_and(|(step, _)| rung.step <= step) {
            found.add(place("step"), FlawKind::LadderOrder);
        }
        let delay = place("after_working_days");
        match (rung.step.climbs(), rung.after_working_days) {
            (true, None) => found.add(delay, FlawKind::Missing),
            (true, Some(days)) => {
                found.within(&delay, days, 1, LATEST_STEP);
                if below.is_some_and(|(_, earlier)| days <= earlier) {
                    found.add(delay, FlawKind::LadderOrder);
                }
            }
            (false, Some(_)) => found.add(delay, FlawKind::DelayUnfit),
            (false, None) => {}
        }
        below = Some((rung.step, rung.after_working_days.unwrap_or(0)));
    }
}
