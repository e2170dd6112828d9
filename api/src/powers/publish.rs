//! What publishing a version of an item is, however it came about.

use domain::id::PowerId;
use domain::power::{ListKind, PowerItem, VersionChange};
use domain::region::RegionCode;
use domain::time::Timestamp;
use store::Tx;
use store::audit::{self, Actor, Entry};
use store::powers::{Content, Overridden, Power};

use crate::app::App;
use crate::error::ServiceError;
use crate::ports::ids::Ids;

/// Who publishes, and when.
pub struct By {
    ids: Ids,
    actor: Actor,
    /// Case time.
    pub now: Timestamp,
    wall: Timestamp,
}

impl By {
    /// Somebody, now.
    pub fn now(app: &App, actor: Actor) -> Self {
        Self {
            ids: app.ids,
            actor,
            now: app.clocks.case(),
            wall: app.clocks.wall(),
        }
    }
}

/// What a version is known by.
///
/// # Errors
/// None that these types can cause.
pub fn digest(item: &PowerItem) -> Result<String, ServiceError> {
    item.content_sha256()
        .map_err(|error| ServiceError::Broken(error.to_string()))
}

/// The item above that a version stands in for, as it is now.
#[must_use]
pub fn overridden(over: Option<&Power>) -> Option<Overridden> {
    over.map(|power| Overridden {
        id: power.id.clone(),
        version: power.version,
    })
}

/// The version after `current`, or the first.
///
/// # Errors
/// None that these types can cause.
pub fn next(
    region: &RegionCode,
    list: ListKind,
    current: Option<&Power>,
    content: Content,
    by: &By,
    change: VersionChange,
) -> Result<Power, ServiceError> {
    let (id, version): (PowerId, i32) = match current {
        Some(power) => (power.id.clone(), power.version + 1),
        None => (by.ids.make(), 1),
    };
    Ok(Power {
        id,
        region_code: region.clone(),
        list,
        in_force: change == VersionChange::Published,
        version,
        content_sha256: digest(&content.item)?,
        content,
        published_at: by.now,
        change,
        reason: None,
    })
}

/// Writes down who published what.
///
/// # Errors
/// The store's.
pub fn record(
    tx: &mut Tx<'_>,
    by: &By,
    action: &str,
    object_id: String,
    after: String,
) -> Result<(), ServiceError> {
    let entry = Entry {
        id: by.ids.id(),
        case_at: by.now,
        wall_at: by.wall,
        actor: by.actor.clone(),
        action: action.to_owned(),
        object: "power",
        object_id,
        reason: None,
        before_sha256: None,
        after_sha256: Some(after),
    };
    Ok(audit::record(tx, &entry)?)
}
