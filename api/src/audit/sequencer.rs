//! Links audit rows behind the transactions that wrote them (`security.md` 1.7). Business transactions leave their
//! rows waiting, so that none of them holds the chain's end through its commit; whoever works here takes what waits
//! in batches. Two at once are harmless: the end is compared and set, and the one that comes second goes home.

use std::sync::Arc;
use std::time::Duration;

use domain::audit::link;
use store::StoreError;
use store::audit::{chain, unlinked};

use super::watch;
use crate::app::App;
use crate::error::ServiceError;

/// Rows linked in one transaction: a few ms of the writer's time.
const BATCH: usize = 500;
/// Batches of one round, so that clocks and letters are not kept waiting after a first start.
const BATCHES: usize = 40;
/// Time between two looks: each costs one query.
const LOOK: Duration = Duration::from_secs(1);
/// Batches after the program was told to stop; what is left then waits for whoever works next.
const LAST_BATCHES: usize = 4;
/// Looks between two questions how the chain stands.
const LOOKS: u32 = 15;

/// Links what waits, as much as one round may; how many rows.
///
/// # Errors
/// The store's.
pub async fn step(app: &App) -> Result<usize, ServiceError> {
    let mut linked = 0;
    for done in 0..BATCHES {
        if done >= LAST_BATCHES && app.stopping.is_set() {
            break;
        }
        match batch(app).await? {
            0 => break,
            more => linked += more,
        }
    }
    Ok(linked)
}

/// Links one batch; none when nothing waits, or when somebody else was faster.
async fn batch(app: &App) -> Result<usize, StoreError> {
    let made = app
        .db
        .read(|tx| {
            let rows = unlinked::waiting(tx, BATCH)?;
            if rows.is_empty() {
                return Ok::<_, StoreError>(None);
            }
            let head = chain::head(tx)?;
            let mut prev = head.hash;
            let mut links = Vec::with_capacity(rows.len());
            for row in rows {
                prev =
                    link(&prev, &row).map_err(|_| StoreError::Corrupt("audit", row.id.clone()))?;
                links.push((row.id, prev));
            }
            Ok(Some((head, links)))
        })
        .await?;
    let Some((head, links)) = made else {
        return Ok(0);
    };
    let added = links.len();
    let kept = app
        .db
        .write_apart(move |tx| chain::append(tx, &head, &links))
        .await?;
    Ok(if kept { added } else { 0 })
}

/// Links, and watches over what is linked, until the program is told to stop; beside the worker's other rounds, so
/// that neither waits for the other.
pub async fn run(app: Arc<App>) {
    futures_util::future::join(link_on(&app), watch::run(&app)).await;
}

async fn link_on(app: &App) {
    let mut looks: u32 = 0;
    let mut told = Vec::new();
    while !app.stopping.is_set() {
        if let Err(error) = step(app).await {
            tracing::error!(%error, "audit rows could not be linked");
        }
        if looks.is_multiple_of(LOOKS) {
            told = alarm(app, told).await;
        }
        looks = looks.wrapping_add(1);
        tokio::select! {
            () = app.stopping.wait() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    // What the last requests left.
    if let Err(error) = step(app).await {
        tracing::error!(%error, "audit rows could not be linked");
    }
}

/// Says what is wrong with the chain, once for each thing; what was said.
async fn alarm(app: &App, told: Vec<String>) -> Vec<String> {
    // A database that is away is told of elsewhere.
    let Ok(condition) = app.db.read(chain::condition).await else {
        return told;
    };
    let reasons = watch::reasons(&condition, app.clocks.wall());
    for reason in reasons.iter().filter(|reason| !told.contains(reason)) {
        tracing::error!(%reason, "the audit is not as it must be");
    }
    reasons
}
