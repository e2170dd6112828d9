//! Power lists as the API shows them.

use domain::id::PowerId;
use domain::power::PowerItem;
use domain::region::{Level, RegionCode};
use domain::time::Timestamp;
use serde::Serialize;
use store::powers::Power;
use utoipa::ToSchema;

/// An item in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PowerSummary {
    /// Its id, the same through all versions.
    pub id: PowerId,
    /// Whose list it is in: the region asked for, or one above it.
    pub region_code: RegionCode,
    /// The level of that region.
    pub level: Level,
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
    /// The version in force.
    pub version: i32,
    /// When that was published.
    pub published_at: Timestamp,
    /// SHA-256 over the canonical JSON (RFC 8785) of the item, in hexadecimal.
    pub content_sha256: String,
}

impl From<Power> for PowerSummary {
    fn from(power: Power) -> Self {
        let item = power.content.item;
        Self {
            id: power.id,
            level: power.region_code.level(),
            region_code: power.region_code,
            code: item.code,
            name: item.name,
            category: item.category,
            responsible_org: item.responsible_org,
            plain_language: item.plain_language,
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

impl From<Power> for PowerView {
    fn from(power: Power) -> Self {
        Self {
            id: power.id,
            level: power.region_code.level(),
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
}

impl From<Power> for PowerVersion {
    fn from(power: Power) -> Self {
        Self {
            version: power.version,
            published_at: power.published_at,
            content_sha256: power.content_sha256,
        }
    }
}
