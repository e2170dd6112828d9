//! Regions as the API shows them.

use domain::id::{OrganisationId, PostId};
use domain::region::{Level, RegionCode};
use domain::time::{Day, Timestamp};
use serde::Serialize;
use store::regions::NamedRegion;
use utoipa::ToSchema;

use super::service::{Contact, Detail, Listed};

/// A region on the way from the province down.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegionName {
    /// Its code.
    pub code: RegionCode,
    /// Its official name, such as 东风村村委会.
    pub name: String,
    /// The name people say, such as 东风村.
    pub short_name: String,
    /// Its level.
    pub level: Level,
}

impl From<NamedRegion> for RegionName {
    fn from(named: NamedRegion) -> Self {
        Self {
            code: named.region.code,
            name: named.region.name,
            short_name: named.short_name,
            level: named.region.level,
        }
    }
}

/// A region in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegionView {
    /// Its code.
    pub code: RegionCode,
    /// Its official name, such as 东风村村委会.
    pub name: String,
    /// The name people say, such as 东风村.
    pub short_name: String,
    /// Its level.
    pub level: Level,
    /// The region it lies in; null for a province.
    pub parent_code: Option<RegionCode>,
    /// Whether other regions lie in it.
    pub has_children: bool,
    /// The last day of a region that is no more: merged into another, or given up. It stays with all that was published and
    /// filed there; null for one that is.
    pub valid_until: Option<String>,
    /// The region that it was merged into, where that is known.
    pub succeeded_by: Option<RegionCode>,
    /// What it was called before, and what those were called that were merged into it.
    pub formerly: Vec<String>,
    /// From the province down to the region itself: it tells two villages of one name apart.
    pub path: Vec<RegionName>,
}

impl From<Listed> for RegionView {
    fn from(listed: Listed) -> Self {
        let ended = listed.region.ended;
        Self {
            valid_until: ended.as_ref().map(|end| end.until.to_string()),
            succeeded_by: ended.and_then(|end| end.successor),
            formerly: listed.formerly,
            code: listed.region.region.code,
            name: listed.region.region.name,
            short_name: listed.region.short_name,
            level: listed.region.region.level,
            parent_code: listed.region.region.parent,
            has_children: listed.has_children,
            path: listed.path.into_iter().map(RegionName::from).collect(),
        }
    }
}

/// A post to turn to; never a person's name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ContactRole {
    /// The post's id.
    pub post_id: PostId,
    /// What its holder is called, such as 纪委书记.
    pub title: String,
    /// Its unit's id.
    pub organisation_id: OrganisationId,
    /// Its unit's name.
    pub organisation_name: String,
    /// Its unit's level.
    pub level: Level,
}

impl From<Contact> for ContactRole {
    fn from(contact: Contact) -> Self {
        Self {
            post_id: contact.post.id,
            title: contact.post.title,
            organisation_id: contact.organisation.id,
            organisation_name: contact.organisation.name,
            level: contact.organisation.level,
        }
    }
}

/// How fresh a region's published ledgers are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisclosureFreshness {
    /// The latest published period, such as `2026-10`.
    pub latest_period: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// What a village has not published though it was due.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnmetObligations {
    /// How many.
    pub count: usize,
    /// The one that is late for the longest, as people call it.
    pub title: String,
    /// The last day on which it was in time.
    #[serde(with = "domain::calendar::day_text")]
    #[schema(value_type = String, format = Date)]
    pub due_date: Day,
    /// Days since then.
    pub days_late: i64,
}

/// A region with its path, contact roles and the freshness of its disclosures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegionDetail {
    #[serde(flatten)]
    region: RegionView,
    /// The posts that lead the organs which watch here: the village's supervision committee, then the
    /// discipline organs above it.
    contact_roles: Vec<ContactRole>,
    /// The latest published ledger; null when there is none.
    disclosures: Option<DisclosureFreshness>,
    /// The region that this one was merged into; null for one that has not ended, and where it is not known.
    successor: Option<RegionName>,
    /// The regions that were merged into this one, the latest first: what was published there stays there.
    predecessors: Vec<RegionName>,
    /// What the village has not published though it was due; null when nothing is late.
    unmet_obligations: Option<UnmetObligations>,
}

impl From<Detail> for RegionDetail {
    fn from(detail: Detail) -> Self {
        Self {
            region: detail.listed.into(),
            successor: detail.successor.map(RegionName::from),
            predecessors: detail
                .predecessors
                .into_iter()
                .map(RegionName::from)
                .collect(),
            contact_roles: detail.contacts.into_iter().map(ContactRole::from).collect(),
            disclosures: detail.freshness.map(|fresh| DisclosureFreshness {
                latest_period: fresh.latest_period,
                published_at: fresh.published_at,
            }),
            unmet_obligations: detail.unmet.map(|(told, now)| UnmetObligations {
                count: told.count,
                days_late: told.oldest.standing().days_late(now),
                due_date: told.oldest.clock.due_date,
                title: told.oldest.title,
            }),
        }
    }
}
