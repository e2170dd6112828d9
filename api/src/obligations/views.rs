//! Obligations and catalogues as the API shows them.

use domain::deadline::Lang;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::escalation::Step;
use domain::id::ObligationId;
use domain::obligation::catalogue::{Basis, InForce, Item};
use domain::obligation::rule::{DueRule, Frequency};
use domain::obligation::{Counts, Status};
use domain::region::{Level, RegionCode};
use domain::time::{Day, Timestamp};
use serde::Serialize;
use store::catalogues::Version;
use utoipa::ToSchema;

use super::service::{Climbed, Inside, Shelf, Shown};
use crate::http::page::{Page, Want};

/// A day that did not count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RestDayView {
    /// The day in China.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date, example = "2026-11-15")]
    date: Day,
    /// Why, in words: `周末`, or the holiday's name.
    reason: String,
}

/// A due date that was told before.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EarlierDateView {
    /// When it moved.
    moved_at: Timestamp,
    /// The last day in time until then.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    due_date: Day,
}

/// That the event was written down by mistake, as two persons found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StruckView {
    /// When it was struck.
    at: Timestamp,
    /// Why.
    reason: String,
}

/// Why this date.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ObligationExplained {
    /// The rule of the catalogue.
    due: DueRule,
    /// The day from which it is counted; itself not counted.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    counted_from: Day,
    /// The days that did not count, in order.
    skipped: Vec<RestDayView>,
    /// The calendar it was counted with.
    calendar_version: i32,
    /// A later calendar would have given an earlier date; the one told before was kept.
    kept: bool,
    /// Due dates that were told before a calendar moved them, the oldest first.
    moved: Vec<EarlierDateView>,
    /// The region whose catalogue asks for it; null for the one that is shipped.
    catalogue_region_code: Option<RegionCode>,
    /// That catalogue's version.
    catalogue_version: i32,
}

/// What one village must publish for one period, or after one event.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ObligationView {
    id: ObligationId,
    /// The village.
    region_code: RegionCode,
    /// The name people say.
    region_name: String,
    /// What people call it: 东风村2026年10月财务收支逐笔公开.
    title: String,
    /// The matter's code in the catalogue.
    item: String,
    /// 公开事项
    name: String,
    /// The kind of disclosure that answers it.
    kind: DisclosureKind,
    frequency: Frequency,
    /// For what; of an event its month.
    period: Period,
    /// The day of the event, where it must be published at once.
    #[schema(value_type = Option<String>, format = Date)]
    event_on: Option<String>,
    /// 公开主体
    responsible: String,
    status: Status,
    /// The first instant that is late.
    due_at: Timestamp,
    /// The last day in time: the one people see.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date, example = "2026-11-16")]
    due_date: Day,
    /// Some year on the way has no announced calendar yet: the date may still move, never to an earlier one.
    provisional: bool,
    /// The first day on which it is missing, if it is not published by then.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    missing_from: Day,
    /// Days from the due date to its publication, or to today; 0 in time, and of what was struck. Stays for ever once it is published.
    days_late: i64,
    /// When the publication that stands was first there; null while there is none.
    published_at: Option<Timestamp>,
    /// The publication; null while there is none.
    disclosure_id: Option<String>,
    /// When a publication was last taken back.
    reopened_at: Option<Timestamp>,
    /// That its event was written down by mistake (误记注销): nothing is owed, and no count has it. Null otherwise.
    struck: Option<StruckView>,
    /// Rises with every date that was told.
    version: i32,
    explanation: ObligationExplained,
}

impl ObligationView {
    /// In a language.
    #[must_use]
    pub fn in_lang(shown: Shown, lang: Lang) -> Self {
        let Shown {
            record,
            village,
            item,
            explained,
            now,
        } = shown;
        let standing = record.standing();
        let skipped = explained.skipped.into_iter().map(|day| RestDayView {
            date: day.date,
            reason: day.reason.reason_text(lang),
        });
        let moved = record.clock.moved.iter().map(|moved| EarlierDateView {
            moved_at: moved.at,
            due_date: moved.due_date,
        });
        Self {
            status: standing.status(now),
            days_late: standing.days_late(now),
            version: record.told_version(),
            explanation: ObligationExplained {
                due: item.due,
                counted_from: record.clock.started_at.day(),
                skipped: skipped.collect(),
                calendar_version: record.clock.calendar_version,
                kept: explained.kept,
                moved: moved.collect(),
                catalogue_region_code: record.catalogue_region.clone(),
                catalogue_version: record.catalogue_version,
            },
            due_at: record.clock.due_at,
            due_date: record.clock.due_date,
            provisional: record.clock.provisional,
            missing_from: record.missing_at.day(),
            published_at: record.settled.as_ref().map(|settled| settled.at),
            disclosure_id: record.settled.map(|settled| settled.disclosure.to_string()),
            reopened_at: record.reopened_at,
            struck: record.struck.map(|struck| StruckView {
                at: struck.at,
                reason: struck.reason,
            }),
            event_on: record.event.map(|event| event.on.to_string()),
            id: record.id,
            region_code: record.region,
            region_name: village,
            title: record.title,
            item: record.item,
            name: item.name,
            kind: record.kind,
            frequency: item.frequency,
            period: record.period,
            responsible: item.responsible,
        }
    }
}

/// A region inside the one that is shown.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegionObligationsView {
    code: RegionCode,
    /// The name people say.
    name: String,
    level: Level,
    /// Villages of it that take part (of a village: 1 or 0).
    taking_part: usize,
    counts: Counts,
}

impl From<Inside> for RegionObligationsView {
    fn from(inside: Inside) -> Self {
        Self {
            code: inside.region.region.code,
            name: inside.region.short_name,
            level: inside.region.region.level,
            taking_part: inside.taking_part,
            counts: inside.counts,
        }
    }
}

/// What must be published when in a region, and what became of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ObligationsView {
    region_code: RegionCode,
    /// The name people say.
    region_name: String,
    level: Level,
    /// The day on which it stands like this.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    as_of: Day,
    /// Due dates from this day on are counted; null where one period was asked for, of which all are.
    #[schema(value_type = Option<String>, format = Date)]
    counted_from: Option<String>,
    counts: Counts,
    /// Of a village: since when it takes part (its first account or publication); null while it does not, and then it
    /// has no obligations here.
    takes_part_since: Option<Timestamp>,
    /// The villages of a township or county, the counties of a city; empty for a village.
    regions: Vec<RegionObligationsView>,
    /// The latest due date first.
    items: Vec<ObligationView>,
    next_cursor: Option<String>,
}

impl ObligationsView {
    /// A page in a language, and the address of the next.
    #[must_use]
    pub fn page(
        shelf: Shelf,
        want: &Want,
        lang: Lang,
        (path, query): (&str, &str),
    ) -> (Self, Option<String>) {
        let page = Page::cut(
            shelf.rows,
            want,
            |row| (row.record.clock.due_at.micros(), row.record.id.to_string()),
            |row| ObligationView::in_lang(row, lang),
        );
        let link = page.link(path, query);
        let view = Self {
            region_code: shelf.region.region.code,
            region_name: shelf.region.short_name,
            level: shelf.region.region.level,
            as_of: shelf.now.day(),
            counted_from: shelf.counted_from.map(|day| day.to_string()),
            counts: shelf.counts,
            takes_part_since: shelf.since,
            regions: shelf
                .parts
                .into_iter()
                .map(RegionObligationsView::from)
                .collect(),
            items: page.items,
            next_cursor: page.next_cursor,
        };
        (view, link)
    }
}

/// A step of the ladder that was taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ObligationStepView {
    step: Step,
    /// When it was due.
    due_at: Timestamp,
    /// When it was taken.
    fired_at: Timestamp,
    /// To whom; of two addressees the upper.
    to_organisation_id: Option<String>,
    /// Its name.
    to_organisation_name: Option<String>,
}

/// An obligation as staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ObligationDetail {
    #[serde(flatten)]
    obligation: ObligationView,
    /// The steps of the ladder that were taken, each once.
    escalations: Vec<ObligationStepView>,
    /// The first instant at which the proposal to strike it is void; null while none waits.
    strike_waits_until: Option<Timestamp>,
}

impl ObligationDetail {
    /// In a language.
    #[must_use]
    pub fn in_lang(climbed: Climbed, lang: Lang) -> Self {
        let steps = climbed.steps.into_iter().map(|(taken, name)| {
            let id = taken.organisation.map(|id| id.to_string());
            ObligationStepView {
                step: taken.step,
                due_at: taken.due_at,
                fired_at: taken.fired_at,
                to_organisation_id: id,
                to_organisation_name: name,
            }
        });
        Self {
            escalations: steps.collect(),
            strike_waits_until: climbed.strike_waits_until,
            obligation: ObligationView::in_lang(climbed.shown, lang),
        }
    }
}

/// A matter that is in force: a row of the public catalogue (公开目录).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MatterView {
    code: String,
    /// 公开事项
    name: String,
    kind: DisclosureKind,
    /// 公开依据; what is no law says so.
    basis: Vec<Basis>,
    /// 公开时限: how often.
    frequency: Frequency,
    /// 公开时限: until when.
    due: DueRule,
    /// 公开主体
    responsible: String,
    /// 公开渠道
    channel: String,
    /// 公开层级
    level: Level,
    /// The region whose catalogue has it; null for the one that is shipped.
    catalogue_region_code: Option<RegionCode>,
    /// That catalogue's version.
    catalogue_version: i32,
}

impl From<InForce> for MatterView {
    fn from(matter: InForce) -> Self {
        let Item {
            code,
            name,
            kind,
            basis,
            frequency,
            due,
            responsible,
            channel,
            level,
        } = matter.item;
        Self {
            code,
            name,
            kind,
            basis,
            frequency,
            due,
            responsible,
            channel,
            level,
            catalogue_region_code: matter.region,
            catalogue_version: matter.version,
        }
    }
}

/// The catalogue in force in a region.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CatalogueView {
    /// The region asked for.
    pub region_code: RegionCode,
    /// Its matters, by code.
    pub items: Vec<MatterView>,
}

/// A version that a region has set.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CatalogueVersionView {
    version: i32,
    /// For what opens from then on.
    begun_at: Timestamp,
    /// Who proposed it.
    proposed_by: Option<String>,
    /// The second person.
    decided_by: Option<String>,
    items: Vec<Item>,
}

impl CatalogueVersionView {
    /// With the names of the two.
    #[must_use]
    pub fn new(version: Version, proposed_by: Option<String>, decided_by: Option<String>) -> Self {
        Self {
            version: version.layer.version,
            begun_at: version.layer.begun_at,
            proposed_by,
            decided_by,
            items: version.layer.catalogue.items.clone(),
        }
    }
}

/// A region's catalogue and every one it had.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CatalogueHistoryView {
    /// The region.
    pub region_code: RegionCode,
    /// The version of its own that is in force; also the `ETag`. 1 for a county that has set none (the shipped one), 0
    /// for a township or village that adds nothing.
    pub version: i32,
    /// What is in force there, with what is inherited.
    pub in_force: Vec<MatterView>,
    /// Its own versions, the newest first.
    pub history: Vec<CatalogueVersionView>,
}
