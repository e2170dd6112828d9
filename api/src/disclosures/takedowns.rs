//! Once a day: lines about people whose time is over leave the web. The day itself hides them from its first moment on;
//! this writes down that it happened, for the audit and for whoever keeps what was public.

use std::sync::Arc;

use domain::proposal::DISCLOSURE;
use store::audit::{self, Actor, Entry};
use store::{daily, disclosures};

use crate::app::App;
use crate::error::ServiceError;

/// Taken down in one transaction.
const BATCH: i64 = 500;
/// The row of each day.
const MARK: &str = "takedowns";

/// Takes down what is due today; how many versions.
///
/// # Errors
/// The store's.
pub async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    let now = app.clocks.case();
    let today = now.day();
    let last = app.db.read(move |tx| daily::last(tx, MARK, today)).await?;
    if last.is_some_and(|last| last >= today) {
        return Ok(0);
    }
    let inner = Arc::clone(app);
    app.db
        .write(move |tx| {
            let gone = disclosures::take_down(tx, now, BATCH)?;
            for (id, version) in &gone {
                let entry = Entry {
                    id: inner.ids.id(),
                    case_at: now,
                    wall_at: inner.clocks.wall(),
                    actor: Actor::Timer,
                    action: "take_down".to_owned(),
                    object: DISCLOSURE,
                    object_id: id.clone(),
                    reason: Some(format!("version {version}")),
                    before_sha256: None,
                    after_sha256: None,
                };
                audit::record(tx, &entry)?;
            }
            // Where there were as many as fit, the next round goes on.
            if i64::try_from(gone.len()).is_ok_and(|count| count < BATCH) {
                daily::begin(tx, MARK, today)?;
            }
            Ok(gone.len())
        })
        .await
}
