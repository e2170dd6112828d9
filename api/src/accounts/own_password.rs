//! Another password for one's own account: whoever changes it knows the one before and holds the phone. Every other
//! session of the account ends with it, and its owner gets a letter. All times here are wall time.

use std::sync::Arc;

use domain::role::Scope;
use store::StoreError;
use store::accounts::{sessions, staff, tries as counted};
use store::audit::Actor;

use super::login::credentials;
use super::notice::{self, Notice};
use super::passwords;
use super::service::{IDLE_SECONDS, Session, entry, family, places};
use super::tries;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::office::still_in_office;

/// Changes it; the caller has asked for a fresh code of the phone. The session that comes back is the only one left.
///
/// # Errors
/// Faults at `/current_password` (counted with the failed logins) and `/new_password`; a pause after many failures;
/// [`StoreError::Stale`] when it was changed meanwhile; [`Code::NotPermitted`] when the account was.
pub async fn change(
    app: &Arc<App>,
    scope: &Scope,
    current: &str,
    new: &str,
) -> Result<Session, ServiceError> {
    let found = credentials(app, &scope.staff).await?;
    let unfit = |code| ServiceError::at("/new_password", code);
    let places = places(app, &found.profile.region).await?;
    let profile = &found.profile;
    passwords::check(new, &profile.username, profile.role, &places).map_err(unfit)?;
    if passwords::same(current, new) {
        return Err(unfit(Code::NothingToChange));
    }
    let old_hash = found.password_hash.unwrap_or_default();
    let slot = app.secrets.pepper().tries_slot(&found.profile.username);
    let turn = app.hashing.turn().await?;
    tries::count(app, slot, app.clocks.wall()).await?;
    let (turn, fits) = turn.verify(current, &old_hash).await?;
    if !fits {
        return Err(ServiceError::at("/current_password", Code::PasswordWrong));
    }
    let new_hash = turn.hash(new, app.ids).await?;
    let now = app.clocks.wall();
    let (refresh_token, first) = family(app, &scope.staff, now);
    let by = Actor::Staff(scope.staff.clone());
    let row = entry(app, by, "password_changed", &scope.staff, now);
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let profile = app
        .db
        .write(move |tx| {
            still_in_office(tx, &scope)?;
            if !staff::change_password(tx, &scope.staff, &old_hash, &new_hash, now)? {
                return Err(StoreError::Stale.into());
            }
            sessions::keep(tx, &first)?;
            counted::clear(tx, slot)?;
            let profile = staff::find(tx, &scope.staff)?.ok_or(ServiceError::NotFound)?;
            notice::write(tx, &inner, &profile, &Notice::PasswordChanged)?;
            store::audit::record(tx, &row)?;
            Ok::<_, ServiceError>(profile)
        })
        .await?;
    Ok(Session {
        profile,
        refresh_token,
        refresh_seconds: IDLE_SECONDS,
    })
}
