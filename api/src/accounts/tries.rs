//! Failed logins of all processes together: counted in the database, by the rules of [`domain::tries`].

use domain::time::Timestamp;
use domain::tries::{Slot, Tries};
use store::accounts::tries;
use store::{Tx, daily};

use crate::app::App;
use crate::error::ServiceError;

/// Whether a try may be made now. A question and no more: what is turned away here costs no hash and no write.
///
/// # Errors
/// [`ServiceError::TooManyTries`] when not; the store's.
pub(super) fn may_try(tx: &mut Tx<'_>, slot: Slot, now: Timestamp) -> Result<(), ServiceError> {
    match tries::of(tx, slot)?.and_then(|tries| tries.wait(now)) {
        Some(seconds) => Err(ServiceError::TooManyTries(seconds)),
        None => Ok(()),
    }
}

/// Counts a try before it is made, one row changed: until it has succeeded it has failed.
///
/// # Errors
/// [`ServiceError::TooManyTries`] when it may not be made, and then it is not counted; the store's.
pub(super) async fn count(app: &App, slot: Slot, now: Timestamp) -> Result<(), ServiceError> {
    app.db
        .write(move |tx| {
            let counted = Tries::count(tries::of(tx, slot)?, now);
            let counted = counted.map_err(ServiceError::TooManyTries)?;
            Ok(tries::keep(tx, slot, counted)?)
        })
        .await
}

/// Once a day, what is forgotten is taken away.
///
/// # Errors
/// The store's.
pub async fn sweep(app: &App) -> Result<bool, ServiceError> {
    const NAME: &str = "login_tries";
    let now = app.clocks.wall();
    let today = now.day();
    let last = app.db.read(move |tx| daily::last(tx, NAME, today)).await?;
    if last.is_some_and(|last| last >= today) {
        return Ok(false);
    }
    app.db
        .write(move |tx| {
            let begun = daily::begin(tx, NAME, today)?;
            if begun {
                tries::forget(tx, Tries::forgotten_before(now))?;
            }
            Ok(begun)
        })
        .await
}
