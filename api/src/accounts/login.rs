//! Opening a session, and proving within one that it is still its owner who asks. All times here are wall time.

use std::sync::Arc;

use domain::id::StaffId;
use domain::role::Scope;
use domain::time::Timestamp;
use domain::tries::Slot;
use store::accounts::sessions;
use store::accounts::staff::{self, Credentials};
use store::accounts::{recovery, tries as counted};
use store::audit::Actor;

use super::notice::{self, Notice};
use super::recovery::digest;
use super::service::{IDLE_SECONDS, Session, entry, family, fold};
use super::totp::TotpSecret;
use super::tries;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// What shows, beside the password, that it is the owner.
pub enum Proof {
    /// The code on the phone.
    Phone(String),
    /// One of the recovery codes.
    Paper(String),
}

/// A proof that was held against the account and fits.
enum Shown {
    /// The step of the phone's code.
    Step(i64),
    /// The digest of the recovery code.
    Paper(String),
}

/// Opens a session. An unknown name, a wrong password, a wrong code of either kind, a disabled account and one that was
/// never enrolled are the same answer after the same work.
///
/// # Errors
/// `login_failed`; `totp_used` when all was right but the code was taken before, which is counted as a failure too; a
/// pause after many failures; [`ServiceError::Store`] when the queue of hashes is full.
pub async fn login(
    app: &Arc<App>,
    username: &str,
    password: &str,
    proof: Proof,
) -> Result<Session, ServiceError> {
    let username = fold(username);
    let slot = app.secrets.pepper().tries_slot(&username);
    let now = app.clocks.wall();
    let paper = match &proof {
        Proof::Paper(typed) => Some(digest(typed)),
        Proof::Phone(_) => None,
    };
    let shown = paper.clone();
    let (found, paper_fits) = app
        .db
        .read(move |tx| {
            tries::may_try(tx, slot, now)?;
            let found = staff::credentials(tx, &username)?;
            let fits = match (&found, &shown) {
                (Some(found), Some(sha256)) => recovery::is_good(tx, &found.profile.id, sha256)?,
                _ => false,
            };
            Ok::<_, ServiceError>((found, fits))
        })
        .await?;
    let hash = found
        .as_ref()
        .and_then(|found| found.password_hash.as_deref())
        .unwrap_or(app.hashing.nobody());
    let turn = app.hashing.turn().await?;
    // Asked again and counted in one, now that others may have failed: guesses sent all at once gain nothing.
    tries::count(app, slot, app.clocks.wall()).await?;
    let (turn, fits) = turn.verify(password, hash).await?;
    let now = app.clocks.wall();
    let shown = match (&found, proof, paper) {
        (Some(found), Proof::Phone(code), _) => step_of(app, found, &code, now)?.map(Shown::Step),
        (Some(_), Proof::Paper(_), Some(sha256)) if paper_fits => Some(Shown::Paper(sha256)),
        _ => None,
    };
    let known = found.filter(|found| fits && !found.profile.disabled);
    let (Some(found), Some(shown)) = (known, shown) else {
        return Err(ServiceError::Rule(Code::LoginFailed));
    };
    let outgrown = found
        .password_hash
        .as_deref()
        .is_some_and(|hash| app.hashing.is_outgrown(hash));
    let rehashed = if outgrown {
        Some(turn.hash(password, app.ids).await?)
    } else {
        drop(turn);
        None
    };
    open(app, found, shown, rehashed, slot, now).await
}

fn step_of(
    app: &App,
    found: &Credentials,
    code: &str,
    now: Timestamp,
) -> Result<Option<i64>, ServiceError> {
    let Some(sealed) = &found.totp_sealed else {
        return Ok(None);
    };
    let secret = TotpSecret::open(app.secrets.totp_key(), &found.profile.id, sealed)?;
    Ok(secret.step_of(code, now))
}

async fn open(
    app: &Arc<App>,
    found: Credentials,
    shown: Shown,
    rehashed: Option<String>,
    slot: Slot,
    now: Timestamp,
) -> Result<Session, ServiceError> {
    let profile = found.profile;
    let newest = TotpSecret::newest_step(now);
    let hash = found.password_hash.unwrap_or_default();
    let (refresh_token, token) = family(app, &profile.id, now);
    let word = match shown {
        Shown::Step(_) => "login",
        Shown::Paper(_) => "login_recovery",
    };
    let by = Actor::Staff(profile.id.clone());
    let row = entry(app, by, word, &profile.id, now);
    let (inner, owner) = (Arc::clone(app), profile.clone());
    app.db
        .write(move |tx| {
            match &shown {
                Shown::Step(step) => {
                    if !staff::spend_step(tx, &token.staff, &hash, *step, newest)? {
                        return Err(ServiceError::Rule(Code::TotpUsed));
                    }
                }
                Shown::Paper(sha256) => {
                    if !recovery::spend(tx, &token.staff, &hash, sha256, now)? {
                        return Err(ServiceError::Rule(Code::LoginFailed));
                    }
                    let left = recovery::left(tx, &token.staff)?;
                    notice::write(tx, &inner, &owner, &Notice::RecoveryUsed(left))?;
                }
            }
            if let Some(rehashed) = &rehashed {
                staff::rehash(tx, &token.staff, &hash, rehashed)?;
            }
            counted::clear(tx, slot)?;
            sessions::keep(tx, &token)?;
            Ok(store::audit::record(tx, &row)?)
        })
        .await?;
    Ok(Session {
        profile,
        refresh_token,
        refresh_seconds: IDLE_SECONDS,
    })
}

/// What somebody who is logged in is held against.
///
/// # Errors
/// [`ServiceError::NotFound`] when the account is gone.
pub(super) async fn credentials(app: &App, id: &StaffId) -> Result<Credentials, ServiceError> {
    let id = id.clone();
    app.db
        .read(move |tx| {
            let profile = staff::find(tx, &id)?.ok_or(ServiceError::NotFound)?;
            let found = staff::credentials(tx, &profile.username)?;
            found.ok_or(ServiceError::NotFound)
        })
        .await
}

/// Proves with a fresh code of the phone that it is still the account's owner who holds the session; the instant from
/// which that counts. Wrong codes are counted with the failed logins.
///
/// # Errors
/// `totp_wrong` or `totp_used` at `/totp_code`; a pause after many failures.
pub async fn step_up(app: &Arc<App>, scope: &Scope, code: &str) -> Result<Timestamp, ServiceError> {
    let found = credentials(app, &scope.staff).await?;
    let slot = app.secrets.pepper().tries_slot(&found.profile.username);
    let now = app.clocks.wall();
    tries::count(app, slot, now).await?;
    let wrong = |code| ServiceError::at("/totp_code", code);
    let step = step_of(app, &found, code, now)?.ok_or_else(|| wrong(Code::TotpWrong))?;
    let newest = TotpSecret::newest_step(now);
    let id = found.profile.id.clone();
    let hash = found.password_hash.unwrap_or_default();
    let row = entry(app, Actor::Staff(id.clone()), "step_up", &id, now);
    let spent = app
        .db
        .write(move |tx| {
            if !staff::spend_step(tx, &id, &hash, step, newest)? {
                return Ok(false);
            }
            counted::clear(tx, slot)?;
            store::audit::record(tx, &row)?;
            Ok::<_, ServiceError>(true)
        })
        .await?;
    if spent {
        Ok(now)
    } else {
        Err(wrong(Code::TotpUsed))
    }
}
