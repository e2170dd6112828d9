//! The audit rows of what is done to a disclosure.

use domain::proposal::DISCLOSURE;
use store::audit::{Actor, Entry};
use store::disclosures::Record;
use store::{StoreError, Tx};

use crate::app::App;
use crate::ports::ids::Ids;

/// Who does something, for the audit.
pub(super) struct Log {
    ids: Ids,
    template: Entry,
}

impl Log {
    pub(super) fn new(app: &App, actor: Actor) -> Self {
        Self {
            ids: app.ids,
            template: entry(app, actor, "", ""),
        }
    }

    /// Writes down what was done to a disclosure: why, and the digests of its content before and after.
    pub(super) fn write(
        &self,
        tx: &mut Tx<'_>,
        action: &str,
        record: &Record,
        reason: Option<&str>,
        [before, after]: [Option<&String>; 2],
    ) -> Result<(), StoreError> {
        let entry = Entry {
            id: self.ids.id(),
            action: action.to_owned(),
            object_id: record.id.to_string(),
            reason: reason.map(str::to_owned),
            ..self.template.clone()
        };
        store::audit::record(tx, &digests(&entry, before, after))
    }
}

/// An audit row about a disclosure, without its digests.
pub(super) fn entry(app: &App, actor: Actor, action: &str, id: &str) -> Entry {
    Entry {
        id: app.ids.id(),
        case_at: app.clocks.case(),
        wall_at: app.clocks.wall(),
        actor,
        action: action.to_owned(),
        object: DISCLOSURE,
        object_id: id.to_owned(),
        reason: None,
        before_sha256: None,
        after_sha256: None,
    }
}

/// The row with the digests of the content before and after.
pub(super) fn digests(entry: &Entry, before: Option<&String>, after: Option<&String>) -> Entry {
    Entry {
        before_sha256: before.cloned(),
        after_sha256: after.cloned(),
        ..entry.clone()
    }
}
