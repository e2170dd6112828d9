//! Enrolling: the owner of an account follows a one-time link, connects a phone and chooses a password that
//! nobody else has seen. All times here are wall time.

use std::sync::Arc;

use domain::canon::sha256_hex;
use domain::id::StaffId;
use domain::time::Timestamp;
use store::accounts::enrolments::{self, NewEnrolment};
use store::accounts::staff::{self, Profile};
use store::accounts::tries;
use store::audit::Actor;

use super::notice::{self, Notice};
use super::passwords;
use super::recovery;
use super::service::{entry, places};
use super::totp::TotpSecret;
use super::views::EnrolmentView;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// Characters of the name that a device gives itself: enough of them that nobody guesses it.
const DEVICE: std::ops::RangeInclusive<usize> = 22..=64;
/// Seconds a link lives.
pub(super) const LINK_SECONDS: i64 = 72 * 3600;

/// A link for an account, and the row to keep for it.
pub(super) fn roll(
    app: &App,
    owner: &StaffId,
    now: Timestamp,
) -> Result<(String, NewEnrolment), ServiceError> {
    let token = app.ids.token();
    let secret = TotpSecret::roll(app.ids);
    let row = NewEnrolment {
        sha256: sha256_hex(token.as_bytes()),
        staff: owner.clone(),
        totp_sealed: secret.seal(app.secrets.totp_key(), owner, app.ids)?,
        expires_at: now.plus_seconds(LINK_SECONDS),
    };
    // Behind `#`, so that neither server logs nor referrers ever see it.
    let link = format!("{}/admin/enrol#token={token}", app.config.admin_url);
    Ok((link, row))
}

struct Open {
    sha256: String,
    profile: Profile,
    seed: TotpSecret,
}

async fn open(app: &App, token: &str, now: Timestamp) -> Result<Open, ServiceError> {
    let sha256 = sha256_hex(token.as_bytes());
    let wanted = sha256.clone();
    let (profile, sealed) = app
        .db
        .read(move |tx| {
            enrolments::open(tx, &wanted, now)?.ok_or(ServiceError::Rule(Code::EnrolmentInvalid))
        })
        .await?;
    Ok(Open {
        sha256,
        seed: TotpSecret::open(app.secrets.totp_key(), &profile.id, &sealed)?,
        profile,
    })
}

/// What the phone needs; may be asked for until the link is used up. Each `device` is shown a secret of its own, the same
/// one each time: whoever handed the link on and looked first knows no code of the account, and a page that the phone
/// dropped and loads again shows what was scanned.
///
/// # Errors
/// `enrolment_invalid` for a link that is not good; a fault at `/device`.
pub async fn show(
    app: &App,
    token: &str,
    device: Option<&str>,
) -> Result<EnrolmentView, ServiceError> {
    let open = open(app, token, app.clocks.wall()).await?;
    let secret = open.seed.of_device(named(device)?)?;
    Ok(EnrolmentView {
        totp_secret: secret.base32(),
        otpauth_uri: secret.uri(&open.profile.username)?,
        username: open.profile.username,
        display_name: open.profile.display_name,
    })
}

/// The name that a device gave itself; without one it is whoever has none.
fn named(device: Option<&str>) -> Result<&str, ServiceError> {
    let Some(device) = device else { return Ok("") };
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if DEVICE.contains(&device.len()) && device.chars().all(known) {
        Ok(device)
    } else {
        Err(ServiceError::at("/device", Code::InvalidText))
    }
}

/// Uses the link up: the account has this password and this phone from now on. Its recovery codes, which nobody is
/// shown again.
///
/// # Errors
/// `enrolment_invalid` for a link that is not good; faults at `/device`, `/password` and `/totp_code`.
pub async fn finish(
    app: &Arc<App>,
    token: &str,
    device: Option<&str>,
    password: &str,
    totp_code: &str,
) -> Result<Vec<String>, ServiceError> {
    let now = app.clocks.wall();
    let open = open(app, token, now).await?;
    let profile = open.profile;
    let places = places(app, &profile.region).await?;
    passwords::check(password, &profile.username, profile.role, &places)
        .map_err(|code| ServiceError::at("/password", code))?;
    let secret = open.seed.of_device(named(device)?)?;
    let step = secret
        .step_of(totp_code, now)
        .ok_or_else(|| ServiceError::at("/totp_code", Code::TotpWrong))?;
    let hash = app.hashing.turn().await?.hash(password, app.ids).await?;
    let slot = app.secrets.pepper().tries_slot(&profile.username);
    let (codes, kept) = recovery::roll(app.ids);
    let id = profile.id.clone();
    let sealed = secret.seal(app.secrets.totp_key(), &id, app.ids)?;
    let row = entry(app, Actor::Staff(id.clone()), "staff_enrolled", &id, now);
    let inner = Arc::clone(app);
    app.db
        .write(move |tx| {
            if !enrolments::spend(tx, &open.sha256, now)? {
                return Err(ServiceError::Rule(Code::EnrolmentInvalid));
            }
            staff::set_credentials(tx, &id, &hash, &sealed, step, now)?;
            store::accounts::recovery::replace(tx, &id, &kept, now)?;
            notice::write(tx, &inner, &profile, &Notice::Enrolled)?;
            tries::clear(tx, slot)?;
            Ok(store::audit::record(tx, &row)?)
        })
        .await?;
    Ok(codes)
}
