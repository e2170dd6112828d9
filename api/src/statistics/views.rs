//! Shapes of the answers.

use std::collections::BTreeMap;

use domain::region::RegionCode;
use domain::statistics::{Ratings, Row};
use domain::time::{Day, Timestamp};
use serde::Serialize;
use store::complaints::Counts;
use store::statistics::OpenCase;
use utoipa::ToSchema;

/// What happened in a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StatsRow {
    /// Filed in the period.
    pub filed: u32,
    /// Answers given in the period.
    pub answered: u32,
    /// Promises (first handling or rework) kept by an answer in the period.
    pub on_time: u32,
    /// Promises that fell due unanswered in the period, whatever became of them later.
    pub overdue: u32,
    /// Broken promises still open at the end of the period.
    pub overdue_at_end: u32,
    /// Kept among all promises decided in the period, 0 to 1; null when none was.
    pub on_time_rate: Option<f64>,
    /// Working days from filing to the first answer, the median; pauses are not taken off.
    pub median_working_days: Option<f64>,
    /// Nine of ten first answers came within so many working days.
    pub p90_working_days: Option<u32>,
    /// Ratings given in the period.
    pub ratings: RatingsView,
    /// Closed because nobody rated: never counted as satisfied.
    pub unrated: u32,
    /// Clocks stopped because more was asked of the complainant.
    pub pauses: u32,
    /// Extensions granted.
    pub extensions: u32,
    /// Taken back by the complainant.
    pub withdrawals: u32,
    /// Disputed.
    pub disputes: u32,
    /// Declined.
    pub declines: u32,
    /// Merged into another case.
    pub merges: u32,
}

/// Ratings by value; who did not rate is in none of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RatingsView {
    very_satisfied: u32,
    satisfied: u32,
    basically_satisfied: u32,
    dissatisfied: u32,
}

impl From<Ratings> for RatingsView {
    fn from(ratings: Ratings) -> Self {
        Self {
            very_satisfied: ratings.very_satisfied,
            satisfied: ratings.satisfied,
            basically_satisfied: ratings.basically_satisfied,
            dissatisfied: ratings.dissatisfied,
        }
    }
}

impl From<&Row> for StatsRow {
    fn from(row: &Row) -> Self {
        Self {
            filed: row.filed,
            answered: row.answered,
            on_time: row.on_time,
            overdue: row.overdue,
            overdue_at_end: row.overdue_at_end,
            on_time_rate: row.on_time_rate(),
            median_working_days: row.median_days(),
            p90_working_days: row.p90_days(),
            ratings: row.ratings.into(),
            unrated: row.unrated,
            pauses: row.pauses,
            extensions: row.extensions,
            withdrawals: row.withdrawals,
            disputes: row.disputes,
            declines: row.declines,
            merges: row.merges,
        }
    }
}

/// A row with its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Line {
    /// A township's code (the county's own for what concerns the county itself) or a category's.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The numbers.
    #[serde(flatten)]
    pub row: StatsRow,
}

/// The statistics of a county or a township in a closed period. Rows with fewer than five cases are folded
/// into the county, together with a second one, so that no subtraction brings one back.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatsView {
    /// Where.
    pub region_code: RegionCode,
    /// What people call it.
    pub region_name: String,
    /// `2026-10` or `2026-Q4`.
    #[schema(example = "2026-10")]
    pub period: String,
    /// The first day counted.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    pub first_day: Day,
    /// The last day counted.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    pub last_day: Day,
    /// The township's numbers are folded into the county's.
    pub is_folded: bool,
    /// All of it; null when folded.
    pub total: Option<StatsRow>,
    /// By township; empty for a township.
    pub by_township: Vec<Line>,
    /// By category; empty for a township.
    pub by_category: Vec<Line>,
    /// Townships with something to count that are only in the total.
    pub folded_townships: usize,
    /// Categories with something to count that are only in the total.
    pub folded_categories: usize,
}

/// Whether a watched clock of the case is past its time.
pub(super) fn is_late(case: &OpenCase, now: Timestamp) -> bool {
    case.next_due_at.is_some_and(|due| due <= now)
}

/// Open cases by light.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lights {
    red: i64,
    yellow: i64,
    blue: i64,
    green: i64,
    /// No watched clock runs.
    none: i64,
}

/// Open cases in a unit's hands: the responsible unit's once dispatched, else the supervising one's.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLine {
    /// The unit.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Open cases.
    pub open: usize,
    /// Late ones among them.
    pub overdue: usize,
}

/// Open cases of a township.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionLine {
    /// The township; the county's or the city's own code for what concerns that.
    pub code: RegionCode,
    /// What people call it.
    pub name: String,
    /// Open cases.
    pub open: usize,
    /// Late ones among them.
    pub overdue: usize,
}

/// Open cases by where they are.
pub struct Places {
    /// By unit.
    pub units: Vec<UnitLine>,
    /// By township.
    pub townships: Vec<RegionLine>,
}

/// Open cases of a category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryLine {
    /// The category.
    code: String,
    /// Open cases.
    open: usize,
    /// Late ones among them.
    overdue: usize,
}

/// Open cases by the calendar days since they were filed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgeLine {
    /// The fewest days.
    from_days: i64,
    /// The most days; null: any number.
    to_days: Option<i64>,
    /// Open cases.
    open: usize,
}

/// A desk's own work: what the queue would show this person, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DashboardView {
    /// Case time of the count.
    at: Timestamp,
    /// Open cases.
    open: i64,
    /// A watched clock runs out before the day ends.
    due_today: usize,
    /// A watched clock has run out.
    overdue: usize,
    /// By light.
    lights: Lights,
    /// By the unit in whose hands they are.
    by_unit: Vec<UnitLine>,
    /// By township.
    by_township: Vec<RegionLine>,
    /// By category.
    by_category: Vec<CategoryLine>,
    /// By age.
    backlog: Vec<AgeLine>,
    /// What happened in the last thirty days, in the same numbers as the public statistics.
    last_30_days: StatsRow,
}

/// The first day of each age of the backlog.
const AGES: [i64; 5] = [0, 4, 8, 16, 31];

impl DashboardView {
    /// Counts.
    #[must_use]
    pub fn new(
        now: Timestamp,
        lights: Counts,
        open: &[OpenCase],
        places: Places,
        recent: &Row,
    ) -> Self {
        let tonight = now.day().succ_opt().map_or(now, Timestamp::start_of);
        let due_today = open.iter().filter(|case| {
            case.next_due_at
                .is_some_and(|due| now < due && due <= tonight)
        });
        let late = open.iter().filter(|case| is_late(case, now));
        let mut categories: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for case in open {
            let (count, overdue) = categories.entry(&case.category).or_default();
            *count += 1;
            *overdue += usize::from(is_late(case, now));
        }
        let age = |case: &&OpenCase| (now.day() - case.received_at.day()).num_days();
        let backlog = AGES.iter().enumerate().map(|(index, from)| {
            let to = AGES.get(index + 1).map(|next| next - 1);
            let within = |days: i64| days >= *from && to.is_none_or(|to| days <= to);
            AgeLine {
                from_days: *from,
                to_days: to,
                open: open.iter().filter(|case| within(age(case))).count(),
            }
        });
        let lit = lights.red + lights.yellow + lights.blue + lights.green;
        Self {
            at: now,
            open: lights.total,
            due_today: due_today.count(),
            overdue: late.count(),
            lights: Lights {
                red: lights.red,
                yellow: lights.yellow,
                blue: lights.blue,
                green: lights.green,
                none: lights.total - lit,
            },
            by_unit: places.units,
            by_township: places.townships,
            by_category: categories
                .into_iter()
                .map(|(code, (open, overdue))| CategoryLine {
                    code: code.to_owned(),
                    open,
                    overdue,
                })
                .collect(),
            backlog: backlog.collect(),
            last_30_days: recent.into(),
        }
    }
}
