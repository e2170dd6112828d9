//! Erased stays erased: what the list outside the database says is erased again in a database that travelled back in
//! time, before anything is served from it; and what the database has erased is in the list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::id::ComplaintId;
use store::audit::{self, Actor, Entry};
use store::{Tx, identities};

use crate::app::App;
use crate::error::ServiceError;
use crate::ports::erasures::Erased;

/// Erased in one transaction.
const BATCH: usize = 100;

fn broken(why: &dyn std::fmt::Display) -> ServiceError {
    ServiceError::Broken(why.to_string())
}

async fn listed(app: &App) -> Result<Vec<Erased>, ServiceError> {
    let list = app.erasures.clone();
    let read = tokio::task::spawn_blocking(move || {
        list.read()
            .map_err(|error| format!("{}: {error}", list.path().display()))
    });
    let read = read.await.map_err(|error| broken(&error))?;
    read.map_err(|why| broken(&why))
}

/// Puts erasures into the list; on the disk when this returns. Comes before the erasure itself: broken off between the
/// two, it is done at the next start or the next round.
///
/// # Errors
/// One sentence for the operator.
pub async fn write_down(app: &App, erased: Vec<Erased>) -> Result<(), ServiceError> {
    let list = app.erasures.clone();
    let written = tokio::task::spawn_blocking(move || {
        list.add(&erased)
            .map_err(|error| format!("{}: {error}", list.path().display()))
    });
    let written = written.await.map_err(|error| broken(&error))?;
    written.map_err(|why| broken(&why))
}

/// Erases one identity and leaves the audit row.
///
/// # Errors
/// The store's.
pub fn erase(
    tx: &mut Tx<'_>,
    app: &App,
    (id, at): &Erased,
    reason: Option<&str>,
) -> Result<(), ServiceError> {
    if identities::erase(tx, id, *at)? {
        let entry = Entry {
            id: app.ids.id(),
            case_at: app.clocks.case(),
            wall_at: app.clocks.wall(),
            actor: Actor::Timer,
            action: "identity_erased".into(),
            object: "identity",
            object_id: id.to_string(),
            reason: reason.map(str::to_owned),
            before_sha256: None,
            after_sha256: None,
        };
        audit::record_in_case(tx, &entry, id)?;
    }
    Ok(())
}

/// Erases what the list says and this database does not remember having erased; how many that were. For every start,
/// before anything is served.
///
/// # Errors
/// The store's, or one sentence about the list.
pub async fn again(app: &Arc<App>) -> Result<usize, ServiceError> {
    let listed = listed(app).await?;
    if listed.is_empty() {
        return Ok(0);
    }
    let known: BTreeSet<ComplaintId> = known(app).await?.into_keys().collect();
    let missing: Vec<Erased> = listed
        .into_iter()
        .filter(|(id, _)| !known.contains(id))
        .collect();
    for batch in missing.chunks(BATCH) {
        let (batch, inner) = (batch.to_vec(), Arc::clone(app));
        app.db
            .write(move |tx| {
                for one in &batch {
                    erase(tx, &inner, one, Some("restored from before it was erased"))?;
                }
                Ok::<_, ServiceError>(())
            })
            .await?;
    }
    if !missing.is_empty() {
        app.db.erased();
        tracing::warn!(
            count = missing.len(),
            "a backup had brought erased identities back: they are erased again"
        );
    }
    Ok(missing.len())
}

async fn known(app: &App) -> Result<BTreeMap<ComplaintId, domain::time::Timestamp>, ServiceError> {
    let erased = app
        .db
        .read(|tx| Ok::<_, ServiceError>(identities::erased(tx)?))
        .await?;
    Ok(erased.into_iter().collect())
}

/// Puts into the list what the database remembers and the list does not: one of another machine, or an older one.
///
/// # Errors
/// The store's, or one sentence about the list.
pub async fn keep(app: &App) -> Result<(), ServiceError> {
    let known = known(app).await?;
    if known.is_empty() {
        return Ok(());
    }
    let listed: BTreeSet<ComplaintId> = listed(app).await?.into_iter().map(|(id, _)| id).collect();
    let missing = known.into_iter().filter(|(id, _)| !listed.contains(id));
    write_down(app, missing.collect()).await
}
