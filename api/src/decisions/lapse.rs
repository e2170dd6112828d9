//! Proposals that nobody decided in time, or whose proposer has gone: the worker ends them, so that the
//! organs asked no longer see what they were asked about.

use std::sync::Arc;

use domain::proposal::State;
use store::proposals;

use crate::app::App;
use crate::error::ServiceError;
use crate::propose;

/// Ended in one transaction.
const BATCH: i64 = 100;

/// Ends what has lapsed; how many.
///
/// # Errors
/// The store's.
pub async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    let now = app.clocks.case();
    // Most sweeps find nothing; they should not take the writer's time.
    let any = app.db.read(move |tx| proposals::lapsed(tx, now, 1)).await?;
    if any.is_empty() {
        return Ok(0);
    }
    let inner = Arc::clone(app);
    app.db
        .write(move |tx| {
            let lapsed = proposals::lapsed(tx, now, BATCH)?;
            for found in &lapsed {
                if let (State::Void, Some(reason)) = found.state(now) {
                    propose::void(tx, &inner, &found.proposal, reason, now)?;
                }
            }
            Ok(lapsed.len())
        })
        .await
}
