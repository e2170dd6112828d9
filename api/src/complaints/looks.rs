//! Who of the staff looked at a case: one row of the audit for each account, case and hour, written down before anything
//! is shown, as it is with photos, vouchers and identities. The reading itself stays a reading: the row is a transaction
//! of its own, and only the first look of an hour makes one.
//!
//! Several processes write the same row, under the same id; what one remembers only spares it asking again.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use domain::canon::sha256_hex;
use domain::id::ComplaintId;
use domain::role::Scope;
use domain::time::Timestamp;
use store::audit::{self, Actor, Entry};

use crate::app::App;
use crate::error::ServiceError;

const HOUR_SECONDS: i64 = 3600;
/// Looks remembered; beyond it all are forgotten, and their rows are found to be there.
const MOST: usize = 50_000;

/// The looks of this hour that this process has written down.
#[derive(Default)]
pub struct Looks(Mutex<(i64, HashSet<String>)>);

impl Looks {
    fn knows(&self, hour: i64, id: &str) -> bool {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 == hour && kept.1.contains(id)
    }

    fn keep(&self, hour: i64, id: String) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != hour || kept.1.len() >= MOST {
            *kept = (hour, HashSet::new());
        }
        kept.1.insert(id);
    }
}

/// Writes down that somebody looks at a case he may know of.
///
/// # Errors
/// The store's; then it is not shown.
pub(super) async fn note(app: &App, scope: &Scope, case: &ComplaintId) -> Result<(), ServiceError> {
    let (now, wall): (Timestamp, Timestamp) = (app.clocks.case(), app.clocks.wall());
    let hour = wall.micros().div_euclid(HOUR_SECONDS * 1_000_000);
    let text = format!("look {} {} {hour}", scope.staff, case);
    let id: String = sha256_hex(text.as_bytes()).chars().take(32).collect();
    if app.looks.knows(hour, &id) {
        return Ok(());
    }
    let entry = Entry {
        id: id.clone(),
        case_at: now,
        wall_at: wall,
        actor: Actor::Staff(scope.staff.clone()),
        action: "look_at_case".to_owned(),
        object: "complaint",
        object_id: case.to_string(),
        reason: None,
        before_sha256: None,
        after_sha256: None,
    };
    app.db
        .write(move |tx| audit::record_once(tx, &entry))
        .await?;
    app.looks.keep(hour, id);
    Ok(())
}
