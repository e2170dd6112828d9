//! Deadlines and policies as the API shows them.

use domain::deadline::{Deadline, Lang};
use domain::policy::Policy;
use domain::region::RegionCode;
use domain::time::{Day, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A day that did not count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SkippedView {
    /// The day in China.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date, example = "2026-10-01")]
    pub date: Day,
    /// Why, in words: `周末`, the holiday's name, or `暂停`.
    pub reason: String,
}

/// The end of a limit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeadlineView {
    /// The first instant that is late.
    pub due_at: Timestamp,
    /// The last day that is in time: the one people see.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date, example = "2026-11-27")]
    pub due_date: Day,
    /// Some year on the way has no announced calendar yet: the date may still move.
    pub provisional: bool,
    /// The calendar it was counted with.
    pub calendar_version: i32,
    /// The days that did not count, in order; the start day is not among them.
    pub skipped: Vec<SkippedView>,
}

impl DeadlineView {
    /// In a language.
    #[must_use]
    pub fn in_lang(deadline: Deadline, lang: Lang) -> Self {
        Self {
            due_at: deadline.due_at,
            due_date: deadline.due_date,
            provisional: deadline.provisional,
            calendar_version: deadline.calendar_version,
            skipped: deadline
                .skipped
                .into_iter()
                .map(|day| SkippedView {
                    date: day.date,
                    reason: day.reason.reason_text(lang),
                })
                .collect(),
        }
    }
}

/// The policy in force in a region.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PolicyView {
    /// The region asked for.
    pub region_code: RegionCode,
    /// How long each stage may take and who is told when.
    pub policy: Policy,
    /// The calendar it is counted with.
    pub calendar_version: i32,
}
