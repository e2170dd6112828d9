//! Deadlines and policies as the API shows them.

use domain::calendar::{CalendarDay, OfficeHours};
use domain::complaint::case::Case;
use domain::deadline::{Deadline, Lang};
use domain::policy::{Policy, Stage};
use domain::region::RegionCode;
use domain::sla::Timer;
use domain::time::{Day, Timestamp};
use serde::Serialize;
use store::calendar::Version;
use utoipa::ToSchema;

use crate::propose::ProposedView;

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

/// A policy that a county has or had.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PolicyVersionView {
    /// Its number; 1 is the one that is shipped.
    pub version: i32,
    /// Cases that began from then on keep it; null for the shipped one.
    pub begun_at: Option<Timestamp>,
    /// Who proposed it.
    pub proposed_by: Option<String>,
    /// The second person.
    pub decided_by: Option<String>,
    /// The policy.
    pub policy: Policy,
}

/// A county's policy and every one it had.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PolicyHistoryView {
    /// The county.
    pub county_code: RegionCode,
    /// The version in force; also the `ETag`.
    pub version: i32,
    /// The policy in force.
    pub policy: Policy,
    /// Every version, the newest first.
    pub history: Vec<PolicyVersionView>,
}

/// A version of the calendar, as it was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarVersionView {
    /// Its number.
    pub version: i32,
    /// For which region; null for the whole country.
    pub region_code: Option<RegionCode>,
    /// Where it is from.
    pub source: String,
    /// Since when.
    pub imported_at: Timestamp,
    /// How many days it brought.
    pub day_count: i32,
}

impl From<Version> for CalendarVersionView {
    fn from(version: Version) -> Self {
        Self {
            version: version.version,
            region_code: version.region,
            source: version.source,
            imported_at: version.imported_at,
            day_count: version.day_count,
        }
    }
}

/// The calendar of a region.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarView {
    /// The region.
    pub region_code: RegionCode,
    /// The version in force; rises with every change anywhere.
    pub version: i32,
    /// When the office is open on a working day.
    pub office_hours: OfficeHours,
    /// The years whose notice is in; dates that reach into another one are provisional.
    pub announced_years: Vec<i32>,
    /// The year of `days`.
    pub year: i32,
    /// The days of that year that are not as the week has them, with the region's own.
    pub days: Vec<CalendarDay>,
    /// The versions that say something about this region, the newest first.
    pub versions: Vec<CalendarVersionView>,
}

/// A clock that a change of the calendar would move.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MovedCaseView {
    complaint_id: String,
    number: String,
    region_code: RegionCode,
    stage: Stage,
    round: u32,
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    due_date_before: Day,
    due_at_before: Timestamp,
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    due_date_after: Day,
    due_at_after: Timestamp,
    /// Whether the date could still move after it.
    provisional_after: bool,
}

impl MovedCaseView {
    /// A clock of a case as it was and as it would be.
    #[must_use]
    pub fn new(case: &Case, was: &Timer, is: &Timer) -> Self {
        Self {
            complaint_id: case.id.to_string(),
            number: case.number.clone(),
            region_code: case.region.clone(),
            stage: is.stage,
            round: is.round,
            due_date_before: was.due_date,
            due_at_before: was.due_at,
            due_date_after: is.due_date,
            due_at_after: is.due_at,
            provisional_after: is.provisional,
        }
    }
}

/// Whom a change would move, of the cases that this reader may know of; nobody else's show, not even as a
/// number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarPreview {
    /// At most a hundred clocks.
    pub moved: Vec<MovedCaseView>,
    /// There are more.
    pub more: bool,
}

/// A change that waits for a second person, with whom it would move.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarProposedView {
    /// The proposal.
    #[serde(flatten)]
    pub proposed: ProposedView,
    /// Whom it would move.
    pub preview: CalendarPreview,
}
