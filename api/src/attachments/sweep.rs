//! What nobody used is forgotten after a week; once a day files and rows are held against each other. The row goes
//! first, so that a crash leaves a file without a row, which the next day finds, and never the other way round.

use std::sync::Arc;
use std::time::Duration;

use domain::id::AttachmentId;
use store::{attachments, daily};

use super::service::discard;
use crate::app::App;
use crate::error::ServiceError;
use crate::ports::files::{Files, Found};

/// Time between two looks for what has expired.
const PAUSE: Duration = Duration::from_secs(60);
/// Pictures looked at in one query.
const BATCH: usize = 500;
/// What is done once a day, as its mark is called.
const MARK: &str = "attachments";

/// Sweeps until the program is told to stop.
pub async fn run(app: Arc<App>) {
    while !app.stopping.is_set() {
        // Nobody's deadline hangs on it.
        if let Err(error) = step(&app).await {
            tracing::error!(%error, "attachments could not be swept");
        }
        tokio::select! {
            () = app.stopping.wait() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Forgets what has expired, and once a day of wall time looks for what has lost its other half; how many pictures
/// are gone.
///
/// # Errors
/// The store's.
pub async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    let mut gone = 0;
    loop {
        let now = app.clocks.wall();
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let ids = app
            .db
            .read(move |tx| attachments::expired(tx, now, limit))
            .await?;
        if ids.is_empty() {
            break;
        }
        for id in ids {
            if app.stopping.is_set() {
                return Ok(gone);
            }
            let row = id.clone();
            let forgotten = app
                .db
                .write(move |tx| attachments::forget(tx, &row, now))
                .await?;
            if forgotten {
                discard(app, id).await;
                gone += 1;
            }
        }
    }
    let today = app.clocks.wall().day();
    let last = app.db.read(move |tx| daily::last(tx, MARK, today)).await?;
    if last.is_some_and(|last| last >= today) {
        return Ok(gone);
    }
    let is_ours = app
        .db
        .write(move |tx| daily::begin(tx, MARK, today))
        .await?;
    if is_ours {
        gone += strangers(app).await?;
        missing(app).await?;
    }
    Ok(gone)
}

/// Takes away files that no row knows, and what was never finished.
async fn strangers(app: &Arc<App>) -> Result<usize, ServiceError> {
    let files = app.files.clone();
    let found = match tokio::task::spawn_blocking(move || files.settled()).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => {
            tracing::error!(%error, "the attachments could not be looked through");
            return Ok(0);
        }
        Err(error) => return Err(ServiceError::Broken(error.to_string())),
    };
    let mut gone = 0;
    for batch in found.chunks(BATCH) {
        // Another day finds the rest.
        if app.stopping.is_set() {
            break;
        }
        let ids: Vec<AttachmentId> = batch
            .iter()
            .filter_map(|found| match found {
                Found::File(id, _) => Some(id.clone()),
                Found::Part(_) => None,
            })
            .collect();
        let known = app.db.read(move |tx| attachments::known(tx, &ids)).await?;
        let unknown = batch.iter().filter(|found| match found {
            Found::File(id, _) => !known.contains(id.as_str()),
            Found::Part(_) => true,
        });
        for found in unknown.cloned().collect::<Vec<_>>() {
            let cleared = tokio::task::spawn_blocking(move || Files::clear(&found)).await;
            match cleared {
                Ok(Ok(())) => gone += 1,
                Ok(Err(error)) => {
                    tracing::error!(%error, "an attachment nobody knows could not be removed");
                }
                Err(error) => return Err(ServiceError::Broken(error.to_string())),
            }
        }
    }
    if gone > 0 {
        tracing::warn!(count = gone, "attachments without a row were removed");
    }
    Ok(gone)
}

/// Tells operators of pictures whose file is not there: a folder that was not mounted, or a backup put back without
/// it. Nothing is forgotten for it; the file may come back.
async fn missing(app: &Arc<App>) -> Result<(), ServiceError> {
    let (mut after, mut lost) = (String::new(), 0);
    loop {
        let from = after.clone();
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let ids: Vec<AttachmentId> = app
            .db
            .read(move |tx| attachments::after(tx, &from, limit))
            .await?;
        let Some(last) = ids.last().filter(|_| !app.stopping.is_set()) else {
            break;
        };
        after = last.to_string();
        let files = app.files.clone();
        lost += tokio::task::spawn_blocking(move || {
            let is_lost = |id: &&AttachmentId| !files.has(id).unwrap_or(false);
            ids.iter().filter(is_lost).count()
        })
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))?;
    }
    if lost > 0 {
        tracing::error!(count = lost, "attachments have lost their files");
    }
    Ok(())
}
