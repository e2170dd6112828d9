//! Keeping a sheet: a short one in one transaction, a long one in many small ones with complaints in between. The last
//! one makes it whole, with whatever is made of it; when that cannot be, nothing of it stays.

use std::sync::Arc;

use domain::id::PreviewId;
use store::disclosures::{self, NewSheet, Sheet, staged};
use store::{StoreError, Tx};

use crate::app::App;
use crate::error::ServiceError;

/// Lines in one transaction: fewer than a hundred milliseconds of the writer. Beside others at a file of SQLite a process begins
/// its groups 50 ms apart (`store::turn`), so that many small ones would take as long as their number.
const LINES: usize = 8_000;
/// Seconds after which a sheet that was begun and not made whole is nobody's any more.
const GIVEN_UP: i64 = 3_600;

/// Keeps a sheet; `last` is run with it in its last transaction.
///
/// # Errors
/// Those of `last`, and the store's; nothing was kept then.
pub async fn keep<T, F>(app: &App, new: NewSheet, last: F) -> Result<T, ServiceError>
where
    T: Send + 'static,
    F: Fn(&mut Tx<'_>, &Sheet) -> Result<T, ServiceError> + Send + Sync + 'static,
{
    if new.lines.len() <= LINES {
        return app
            .db
            .write(move |tx| {
                disclosures::keep_sheet(tx, &new)?;
                last(tx, &new.sheet)
            })
            .await;
    }
    let id = new.sheet.id.clone();
    let kept = stage(app, Arc::new(new), last).await;
    if kept.is_err() {
        // The worker finds it when this fails, too.
        let _ = give_up(app, id).await;
    }
    kept
}

async fn stage<T, F>(app: &App, new: Arc<NewSheet>, last: F) -> Result<T, ServiceError>
where
    T: Send + 'static,
    F: Fn(&mut Tx<'_>, &Sheet) -> Result<T, ServiceError> + Send + Sync + 'static,
{
    let (sheet, now) = (Arc::clone(&new), app.clocks.wall());
    app.db
        .write(move |tx| staged::begin(tx, &sheet, now))
        .await?;
    for from in (0..new.lines.len()).step_by(LINES) {
        let sheet = Arc::clone(&new);
        app.db
            .write(move |tx| {
                let some = sheet.lines.get(from..).unwrap_or_default();
                staged::add(tx, &sheet, some.get(..LINES).unwrap_or(some))
            })
            .await?;
    }
    app.db
        .write(move |tx| {
            staged::end(tx, &new)?;
            last(tx, &new.sheet)
        })
        .await
}

/// Takes away what was begun and given up; how many sheets.
///
/// # Errors
/// The store's.
pub async fn sweep(app: &App) -> Result<usize, ServiceError> {
    let before = app.clocks.wall().plus_seconds(-GIVEN_UP);
    let left = app.db.read(move |tx| staged::left(tx, before)).await?;
    let count = left.len();
    for id in left {
        give_up(app, id).await?;
    }
    Ok(count)
}

async fn give_up(app: &App, id: PreviewId) -> Result<(), StoreError> {
    let limit = i64::try_from(LINES).unwrap_or(i64::MAX);
    loop {
        let id = id.clone();
        let more = app.db.write(move |tx| staged::give_up(tx, &id, limit));
        if !more.await? {
            return Ok(());
        }
    }
}
