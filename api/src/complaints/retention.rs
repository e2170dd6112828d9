//! At the end of a policy's `retention_days` after the end of a case its sealed identity is erased (`security.md`
//! 1.4.2). Looked at once a day of case time. The list outside the database comes first: what it says is erased again
//! whatever becomes of this transaction (`operations::erasures`).

use std::sync::Arc;

use domain::complaint::case::Case;
use domain::complaint::identity::erased_at;
use domain::complaint::state::State;
use domain::id::ComplaintId;
use domain::time::Timestamp;
use store::{StoreError, Tx, complaints, daily, identities, policies};

use crate::app::App;
use crate::error::ServiceError;
use crate::operations::erasures;

/// Looked at in one transaction.
const BATCH: i64 = 100;
/// What is done once a day, as its mark is called.
const MARK: &str = "retention";

/// Erases what is due today and was not looked at yet; how many that were.
///
/// # Errors
/// The store's, or one sentence about the list.
pub async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    let now = app.clocks.case();
    let today = now.day();
    let last = app.db.read(move |tx| daily::last(tx, MARK, today)).await?;
    if last.is_some_and(|last| last >= today) {
        return Ok(0);
    }
    // What an earlier round left undone is in the list.
    erasures::again(app).await?;
    let gone = round(app, now).await?;
    app.db
        .write(move |tx| identities::forget_shown(tx, now))
        .await?;
    erasures::keep(app).await?;
    // Last: two who do all this at once do no harm, and one that was broken off is done again.
    app.db
        .write(move |tx| daily::begin(tx, MARK, today))
        .await?;
    Ok(gone)
}

async fn round(app: &Arc<App>, now: Timestamp) -> Result<usize, ServiceError> {
    // Dates for what has ended since.
    loop {
        let ids = app
            .db
            .read(move |tx| identities::undated(tx, BATCH))
            .await?;
        if ids.is_empty() {
            break;
        }
        let inner = Arc::clone(app);
        app.db
            .write(move |tx| {
                for id in &ids {
                    date(tx, &inner, id, now)?;
                }
                Ok::<_, ServiceError>(())
            })
            .await?;
    }
    let mut gone = 0;
    loop {
        let ids = app
            .db
            .read(move |tx| identities::due(tx, now, BATCH))
            .await?;
        if ids.is_empty() {
            return Ok(gone);
        }
        let inner = Arc::clone(app);
        // A case that was reopened, or ended anew, has another date now.
        let over: Vec<ComplaintId> = app
            .db
            .write(move |tx| {
                let mut over = Vec::new();
                for id in &ids {
                    if let Some((id, at)) = date(tx, &inner, id, now)?
                        && at <= now
                    {
                        over.push(id);
                    }
                }
                Ok::<_, ServiceError>(over)
            })
            .await?;
        let over: Vec<_> = over.into_iter().map(|id| (id, now)).collect();
        erasures::write_down(app, over.clone()).await?;
        gone += over.len();
        let inner = Arc::clone(app);
        app.db
            .write(move |tx| {
                for one in &over {
                    erasures::erase(tx, &inner, one, None)?;
                }
                Ok::<_, ServiceError>(())
            })
            .await?;
        app.db.erased();
    }
}

/// Writes down when a case's identity is to be erased, and gives it back; `None` while the case goes on.
fn date(
    tx: &mut Tx<'_>,
    app: &App,
    id: &str,
    now: Timestamp,
) -> Result<Option<(ComplaintId, Timestamp)>, ServiceError> {
    let found = complaints::find_for_worker(tx, id)?
        .ok_or_else(|| StoreError::Corrupt("complaint_identities", id.to_owned()))?;
    let case = found.case;
    let at = match over(tx, &case)? {
        Some(ended) => {
            let policy =
                policies::of_version(tx, &app.policies, &case.region, case.policy_version)?;
            Some(erased_at(ended, policy.retention_days))
        }
        // It follows one that goes on, and may come back: looked at again tomorrow.
        None if case.state.name().is_final() => Some(now.plus_seconds(86_400)),
        None => None,
    };
    identities::date(tx, &case.id, at)?;
    Ok(at.map(|at| (case.id, at)))
}

/// When a case was over; one that follows another not before that one was. `None` while it goes on.
fn over(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Timestamp>, StoreError> {
    if !case.state.name().is_final() {
        return Ok(None);
    }
    let own = identities::ended_at(tx, case)?.unwrap_or(case.received_at);
    let State::Merged { into, .. } = &case.state else {
        return Ok(Some(own));
    };
    let Some(target) = complaints::find_for_worker(tx, into.as_str())? else {
        return Ok(Some(own));
    };
    if !target.case.state.name().is_final() {
        return Ok(None);
    }
    let theirs = identities::ended_at(tx, &target.case)?;
    Ok(Some(theirs.map_or(own, |theirs| theirs.max(own))))
}
