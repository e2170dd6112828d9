//! Power lists as those who write them see them, and what they send.

use domain::id::PowerDraftId;
use domain::power::{Change, ListKind, PowerItem};
use domain::region::RegionCode;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::powers::drafts::Draft;
use utoipa::ToSchema;

use super::drafting::{Beside, Desk};
use super::import::{Imported, ImportedItem};
use super::service::{InForce, One};
use super::views::{PowerSummary, PowerView};

/// A draft in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PowerDraftSummary {
    /// Its id.
    pub id: PowerDraftId,
    /// The item's code.
    pub code: String,
    /// The item's name; null where it is to be taken out of force.
    pub name: Option<String>,
    /// Whether it takes the region's own item out of force.
    pub removes: bool,
    /// When it was written last.
    pub updated_at: Timestamp,
    /// For `If-Match`.
    pub version: i32,
}

impl From<Draft> for PowerDraftSummary {
    fn from(draft: Draft) -> Self {
        Self {
            id: draft.id,
            code: draft.code,
            removes: draft.content.is_none(),
            name: draft.content.map(|content| content.item.name),
            updated_at: draft.updated_at,
            version: draft.version,
        }
    }
}

/// An item in force, with what is being written at it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PowerDeskItem {
    /// The item as everybody sees it in the list.
    #[serde(flatten)]
    pub item: PowerSummary,
    /// Whether the item above has a newer version than the one that this one was written over.
    pub template_moved: bool,
    /// The draft for it; null where there is none.
    pub draft: Option<PowerDraftSummary>,
}

/// A list of a region, as whoever writes it sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PowerDesk {
    /// Whose list.
    pub region_code: RegionCode,
    /// Which list.
    pub list: ListKind,
    /// Whether the reader may write it.
    pub may_edit: bool,
    /// The items in force, in the order of the list.
    pub items: Vec<PowerDeskItem>,
    /// Drafts of items that are not in force yet.
    pub new_drafts: Vec<PowerDraftSummary>,
}

impl PowerDesk {
    /// A list with its drafts beside the items.
    #[must_use]
    pub fn of(region: RegionCode, list: ListKind, may_edit: bool, desk: Desk) -> Self {
        let mut drafts = desk.drafts;
        let items = desk.items.into_iter().map(|one| {
            let code = one.power.content.item.code.clone();
            let at = drafts.iter().position(|draft| draft.code == code);
            PowerDeskItem {
                template_moved: has_moved(&one),
                draft: at.map(|at| drafts.remove(at).into()),
                item: PowerSummary::in_list_of(&region, one),
            }
        });
        let items = items.collect();
        Self {
            items,
            new_drafts: drafts.into_iter().map(PowerDraftSummary::from).collect(),
            region_code: region,
            list,
            may_edit,
        }
    }
}

fn has_moved(one: &InForce) -> bool {
    match (&one.over, &one.power.content.overrides) {
        (Some(over), Some(seen)) => over.id != seen.id || over.version != seen.version,
        _ => false,
    }
}

/// A draft, beside what is in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct PowerDraftView {
    /// The draft.
    #[serde(flatten)]
    pub summary: PowerDraftSummary,
    /// Whose list it is for.
    pub region_code: RegionCode,
    /// Which list.
    pub list: ListKind,
    /// The item as it is to be; null where the region's own is to be taken out of force.
    pub item: Option<PowerItem>,
    /// What is in force now: the region's own, or one above; null for a new item.
    pub in_force: Option<PowerView>,
    /// What will be other, field by field.
    pub changes: Vec<Change>,
    /// The item above: what it stands in for, or what will stand again; null where there is none.
    pub above: Option<PowerView>,
}

impl From<Beside> for PowerDraftView {
    fn from(beside: Beside) -> Self {
        let view = |power| PowerView::from(One { power, over: None });
        Self {
            region_code: beside.draft.region_code.clone(),
            list: beside.draft.list,
            item: beside
                .draft
                .content
                .as_ref()
                .map(|content| content.item.clone()),
            in_force: beside.in_force.map(view),
            above: beside.above.map(view),
            changes: beside.changes,
            summary: beside.draft.into(),
        }
    }
}

/// What a draft begins with: `item`, or `remove` with the code of an item of the region's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPowerDraft {
    /// Whose list: a county, a township or a village of one's region.
    pub region_code: RegionCode,
    /// Which list; the powers, where nothing is said.
    #[serde(default)]
    pub list: ListKind,
    /// The item as it is to be.
    pub item: Option<PowerItem>,
    /// The code of the region's own item that is to be taken out of force, so that the one above stands again.
    pub remove: Option<String>,
    /// Who made it from what; taken over from the version before, or the item above, where there is one.
    pub source: Option<String>,
    /// Under which terms others may use it; likewise.
    pub licence: Option<String>,
}

/// The item as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PowerDraftBody {
    /// The item, under the same code.
    pub item: PowerItem,
}

/// Why it is published, in words for everybody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPowerBody {
    /// 1 to 300 characters; shown beside the version.
    pub reason: String,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct PowerImportView {
    /// Whether it was done: false for a look.
    pub imported: bool,
    /// Items that were not there.
    pub new: usize,
    /// Items of which there is a new version.
    pub changed: usize,
    /// Items that stay as they are.
    pub unchanged: usize,
    /// What becomes of each.
    pub items: Vec<ImportedItem>,
}

impl PowerImportView {
    /// What came of a file.
    #[must_use]
    pub fn of(done: Imported, imported: bool) -> Self {
        Self {
            imported,
            new: done.new,
            changed: done.changed,
            unchanged: done.unchanged,
            items: done.items,
        }
    }
}
