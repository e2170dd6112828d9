//! Power lists as the API shows them.

use domain::id::PowerId;
use domain::power::{Change, ListKind, PowerItem, VersionChange};
use domain::region::{Level, RegionCode};
use domain::time::Timestamp;
use serde::Serialize;
use store::powers::Power;
use utoipa::ToSchema;

use super::service::{Compared, InForce, One};

/// An item of a list above.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PowerRef {
    /// Its id.
    pub id: PowerId,
    /// Whose list it is in.
    pub region_code: RegionCode,
    /// Its latest version.
    pub version: i32,
}

impl From<&Power> for PowerRef {
    fn from(power: &Power) -> Self {
        Self {
            id: power.id.clone(),
            region_code: power.region_code.clone(),
            version: power.version,
        }
    }
}

/// An item of a list above in the version that was in force when an item that stands in for it was published.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WrittenOver {
    /// The id of the item above.
    pub id: PowerId,
    /// The version of that item. Where a later one is in force now, whoever published this had not seen it.
    pub version: i32,
}

impl WrittenOver {
    fn of(power: &Power) -> Option<Self> {
        let over = power.content.overrides.as_ref()?;
        Some(Self {
            id: over.id.clone(),
            version: over.version,
        })
    }
}

/// An item in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PowerSummary {
    /// Its id, the same through all versions.
    pub id: PowerId,
    /// Whose list it is in: the region asked for, or one above it.
    pub region_code: RegionCode,
    /// The level of that region.
    pub level: Level,
    /// Which list.
    pub list: ListKind,
    /// The region above whose item this is; null for the region's own.
    pub inherited_from: Option<RegionCode>,
    /// Whether it stands in for an item of a list above, with words of its own.
    pub overridden: bool,
    /// That item; null where there is none.
    pub overrides: Option<PowerRef>,
    /// Which version of it was in force when this one was published; null where there is none.
    pub written_over: Option<WrittenOver>,
    /// Its code within the list.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The area it belongs to.
    pub category: String,
    /// Who exercises it.
    pub responsible_org: String,
    /// The whole of it in plain words.
    pub plain_language: String,
    /// Who made the list from what: whether it is a template that nobody has adapted yet, for one.
    pub source: String,
    /// The version in force.
    pub version: i32,
    /// When that was published.
    pub published_at: Timestamp,
    /// SHA-256 over the canonical JSON (RFC 8785) of the item, in hexadecimal.
    pub content_sha256: String,
}

impl PowerSummary {
    /// An item as the list of a region shows it.
    #[must_use]
    pub fn in_list_of(region: &RegionCode, one: InForce) -> Self {
        let power = one.power;
        let inherited = power.region_code != *region;
        let overrides = one.over.as_ref().map(PowerRef::from);
        let written_over = WrittenOver::of(&power);
        let item = power.content.item;
        Self {
            id: power.id,
            level: power.region_code.level(),
            list: power.list,
            inherited_from: inherited.then(|| power.region_code.clone()),
            overridden: overrides.is_some(),
            overrides,
            written_over,
            region_code: power.region_code,
            code: item.code,
            name: item.name,
            category: item.category,
            responsible_org: item.responsible_org,
            plain_language: item.plain_language,
            source: power.content.source,
            version: power.version,
            published_at: power.published_at,
            content_sha256: power.content_sha256,
        }
    }
}

/// An item in one version.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PowerView {
    /// Its id, the same through all versions.
    pub id: PowerId,
    /// Whose list it is in.
    pub region_code: RegionCode,
    /// The level of that region.
    pub level: Level,
    /// Which list.
    pub list: ListKind,
    /// Whether its latest version is in force; what was taken out of force stays to be read.
    pub in_force: bool,
    /// The item of a list above under the same code, which this one stands in for, or which stands again since this one was
    /// taken out of force; null where there is none.
    pub overrides: Option<PowerRef>,
    /// Which item above this version was written over, and in which version; null where it was written over none.
    pub written_over: Option<WrittenOver>,
    /// The version shown.
    pub version: i32,
    /// When it was published.
    pub published_at: Timestamp,
    /// SHA-256 over the canonical JSON (RFC 8785) of the item, in hexadecimal.
    pub content_sha256: String,
    /// Who made the list from what.
    pub source: String,
    /// Under which terms others may use it.
    pub licence: String,
    /// The item itself.
    #[serde(flatten)]
    pub item: PowerItem,
}

impl From<One> for PowerView {
    fn from(one: One) -> Self {
        let power = one.power;
        let written_over = WrittenOver::of(&power);
        Self {
            id: power.id,
            level: power.region_code.level(),
            list: power.list,
            in_force: power.in_force,
            overrides: one.over.as_ref().map(PowerRef::from),
            written_over,
            region_code: power.region_code,
            version: power.version,
            published_at: power.published_at,
            content_sha256: power.content_sha256,
            source: power.content.source,
            licence: power.content.licence,
            item: power.content.item,
        }
    }
}

/// A version of an item.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PowerVersion {
    /// Its number, from 1.
    pub version: i32,
    /// When it was published.
    pub published_at: Timestamp,
    /// SHA-256 over the canonical JSON (RFC 8785) of the item, in hexadecimal.
    pub content_sha256: String,
    /// What it did.
    pub change: VersionChange,
    /// Why, where somebody said.
    pub reason: Option<String>,
    /// Which item above it was written over, and in which version; null where it was written over none.
    pub written_over: Option<WrittenOver>,
    /// The version it is held against: the one before it, or the one asked for. The first version of an item that
    /// stands in for one of a list above is held against that one; null for any other first.
    pub compared_with: Option<i32>,
    /// The item of the list above whose version `compared_with` is; null where it is this item's own.
    pub compared_with_item: Option<PowerId>,
    /// What is other than in that version, field by field.
    pub changes: Vec<Change>,
}

impl From<Compared> for PowerVersion {
    fn from(one: Compared) -> Self {
        Self {
            written_over: WrittenOver::of(&one.power),
            version: one.power.version,
            published_at: one.power.published_at,
            content_sha256: one.power.content_sha256,
            change: one.power.change,
            reason: one.power.reason,
            compared_with: one.with,
            compared_with_item: one.above,
            changes: one.changes,
        }
    }
}
