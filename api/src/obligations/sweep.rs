//! The worker's round of obligations: villages that begin, months that open, a calendar that moves dates, and steps of
//! the ladder. Each is found with one index, and most rounds find nothing. Whatever is done twice, by two workers or
//! after a crash, changes nothing the second time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::id::ObligationId;
use domain::region::RegionCode;
use futures_util::StreamExt as _;
use store::obligations::{self, Village};
use store::{StoreError, calendar};

use super::{grow, ladder};
use crate::app::App;
use crate::error::ServiceError;

/// Villages whose obligations are written in one transaction.
const VILLAGES: i64 = 25;
/// Obligations looked at before the round asks anew what there is to do.
const BATCH: i64 = 100;

/// What there is to do now.
struct Work {
    strangers: Vec<RegionCode>,
    opening: Vec<Village>,
    outdated: Vec<ObligationId>,
    due: Vec<ObligationId>,
}

/// Does what is to be done now, for about as long as `limit`; whether more may be.
///
/// # Errors
/// The store's, when the database is away; one village or obligation that makes no sense stops nobody else's.
pub async fn step(app: &Arc<App>, limit: Option<Duration>) -> Result<bool, ServiceError> {
    let begun = Instant::now();
    while !app.stopping.is_set() {
        if limit.is_some_and(|limit| begun.elapsed() >= limit) {
            return Ok(true);
        }
        let work = look(app).await?;
        if work.strangers.is_empty()
            && work.opening.is_empty()
            && work.outdated.is_empty()
            && work.due.is_empty()
        {
            return Ok(false);
        }
        if !work.strangers.is_empty() || !work.opening.is_empty() {
            grow::some(app, work.strangers, work.opening).await?;
        }
        each(app, work.outdated).await;
        each(app, work.due).await;
    }
    Ok(false)
}

async fn look(app: &Arc<App>) -> Result<Work, ServiceError> {
    let (now, wall) = (app.clocks.case(), app.clocks.wall());
    Ok(app
        .db
        .read(move |tx| {
            let newest = calendar::newest(tx)?;
            Ok::<_, StoreError>(Work {
                strangers: obligations::strangers(tx)?,
                opening: obligations::opening(tx, now.day(), VILLAGES)?,
                outdated: obligations::outdated(tx, newest, wall, BATCH)?,
                due: obligations::due(tx, now, wall, BATCH)?,
            })
        })
        .await?)
}

/// Looks at obligations side by side, each in its own transaction.
async fn each(app: &Arc<App>, ids: Vec<ObligationId>) {
    let at_once = app.db.at_once(ids.len());
    let work = ids.into_iter().map(|id| async move {
        if app.stopping.is_set() {
            return;
        }
        if let Err(error) = ladder::look_at(app, id.clone()).await {
            put_off(app, id, &error).await;
        }
    });
    futures_util::stream::iter(work)
        .buffer_unordered(at_once)
        .collect::<()>()
        .await;
}

/// It failed: later again.
async fn put_off(app: &Arc<App>, id: ObligationId, error: &ServiceError) {
    tracing::error!(other = %id, %error, "what must be published could not be looked at");
    let wall = app.clocks.wall();
    let done = app
        .db
        .write(move |tx| obligations::put_off(tx, &id, wall))
        .await;
    if let Err(error) = done {
        tracing::error!(%error, "an obligation that failed could not be put off");
    }
}
