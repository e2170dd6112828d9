//! Staying logged in, and what the rooms of this feature share. All times here are wall time.

use std::sync::Arc;

use domain::canon::sha256_hex;
use domain::id::{OrganisationId, PersonId, PostId, StaffId};
use domain::region::RegionCode;
use domain::role::Role;
use domain::time::{Day, Timestamp};
use store::accounts::sessions::{self, NewToken, Rotation};
use store::accounts::staff::{self, Profile};
use store::audit::{Actor, Entry};

use super::notice::{self, Notice};
use super::totp::{SECRET_BYTES, TotpSecret};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// Seconds a refresh token lives unused.
pub(super) const IDLE_SECONDS: i64 = 8 * 3600;
/// Seconds after a login in which it can be refreshed at all.
const FAMILY_SECONDS: i64 = 24 * 3600;

/// An open session.
pub struct Session {
    /// Whose.
    pub profile: Profile,
    /// The token to fetch the next one with; nothing else knows it.
    pub refresh_token: String,
    /// Seconds it lives unused.
    pub refresh_seconds: i64,
}

/// The one form of a name, however it was typed.
#[must_use]
pub fn fold(username: &str) -> String {
    username.trim().to_lowercase()
}

/// The first refresh token of a session that begins now, and the row to keep for it.
pub(super) fn family(app: &App, of: &StaffId, now: Timestamp) -> (String, NewToken) {
    let token = app.ids.token();
    let row = NewToken {
        sha256: sha256_hex(token.as_bytes()),
        family: app.ids.id(),
        staff: of.clone(),
        issued_at: now,
        idle_until: now.plus_seconds(IDLE_SECONDS),
        family_until: now.plus_seconds(FAMILY_SECONDS),
    };
    (token, row)
}

/// An audit row about an account.
pub(super) fn entry(app: &App, actor: Actor, action: &str, of: &StaffId, now: Timestamp) -> Entry {
    Entry {
        id: app.ids.id(),
        case_at: app.clocks.case(),
        wall_at: now,
        actor,
        action: action.to_owned(),
        object: "staff",
        object_id: of.to_string(),
        reason: None,
        before_sha256: None,
        after_sha256: None,
    }
}

/// Spends a refresh token for the next one. A token that was spent before ends the session for whoever
/// holds it, and every access token of the account.
///
/// # Errors
/// `refresh_failed`, whatever was wrong with it.
pub async fn refresh(app: &Arc<App>, token: &str) -> Result<Session, ServiceError> {
    let now = app.clocks.wall();
    let spent = sha256_hex(token.as_bytes());
    let refresh_token = app.ids.token();
    let fresh = sha256_hex(refresh_token.as_bytes());
    let audit_id = app.ids.id();
    let case_at = app.clocks.case();
    let inner = Arc::clone(app);
    let rotation = app
        .db
        .write(move |tx| {
            let rotation = sessions::rotate(tx, &spent, &fresh, now, IDLE_SECONDS)?;
            if let Rotation::Reused(owner, family) = &rotation {
                let row = Entry {
                    id: audit_id.clone(),
                    case_at,
                    wall_at: now,
                    actor: Actor::Staff(owner.clone()),
                    action: "refresh_reused".into(),
                    object: "session",
                    object_id: family.clone(),
                    reason: None,
                    before_sha256: None,
                    after_sha256: None,
                };
                store::audit::record(tx, &row)?;
                if let Some(owner) = staff::find(tx, owner)? {
                    notice::write(tx, &inner, &owner, &Notice::SessionStolen)?;
                }
            }
            Ok::<_, ServiceError>(rotation)
        })
        .await?;
    match rotation {
        Rotation::Rotated(profile, until) => Ok(Session {
            profile: *profile,
            refresh_token,
            refresh_seconds: until.micros_since(now) / 1_000_000,
        }),
        Rotation::Reused(owner, family) => {
            tracing::warn!(staff = %owner, family, "a spent refresh token came back; its session was ended");
            Err(ServiceError::Rule(Code::RefreshFailed))
        }
        Rotation::Dead => Err(ServiceError::Rule(Code::RefreshFailed)),
    }
}

/// Ends the session a refresh token belongs to.
///
/// # Errors
/// The store's.
pub async fn logout(app: &App, token: &str) -> Result<(), ServiceError> {
    let now = app.clocks.wall();
    let sha256 = sha256_hex(token.as_bytes());
    app.db
        .write(move |tx| Ok(sessions::end(tx, &sha256, now)?))
        .await
}

/// One account.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is gone.
pub async fn profile(app: &App, id: &StaffId) -> Result<Profile, ServiceError> {
    let id = id.clone();
    app.db
        .read(move |tx| staff::find(tx, &id)?.ok_or(ServiceError::NotFound))
        .await
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// What is typed to log in.
    pub username: String,
    /// The person's name, as colleagues see it.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The region the account works for.
    pub region: RegionCode,
    /// The unit it works in.
    pub organisation: OrganisationId,
    /// Where notices go.
    pub email: Option<String>,
    /// The posts the person holds: a complaint about one of them recuses its holder.
    pub posts: Vec<PostId>,
    /// The first day of holding them; `None` means today, in case time.
    pub since: Option<Day>,
}

impl NewStaff {
    /// The row to be, under new ids.
    pub(super) fn rolled(self, app: &App) -> staff::NewStaff {
        let (id, person) = (app.ids.make(), app.ids.make());
        self.row(app, id, person)
    }

    /// The row to be.
    pub(super) fn row(self, app: &App, id: StaffId, person: PersonId) -> staff::NewStaff {
        staff::NewStaff {
            id,
            person,
            username: fold(&self.username),
            display_name: self.display_name,
            role: self.role,
            region: self.region,
            organisation: self.organisation,
            email: self.email,
            posts: self.posts,
            since: self.since.unwrap_or_else(|| app.clocks.case().day()),
            created_at: app.clocks.wall(),
        }
    }
}

/// Makes an account that can log in at once, for a demo and for tests: nobody else may know a password or
/// a secret but its owner. The rules for passwords are the caller's business here.
///
/// # Errors
/// The store's, when the name is taken or the unit, region or a post is unknown.
pub async fn create_ready(
    app: &App,
    new: NewStaff,
    password: &str,
    totp_secret: [u8; SECRET_BYTES],
) -> Result<StaffId, ServiceError> {
    let hash = app.hashing.turn().await?.hash(password, app.ids).await?;
    let new = new.rolled(app);
    let id = new.id.clone();
    let sealed = TotpSecret::new(totp_secret).seal(app.secrets.totp_key(), &id, app.ids)?;
    let now = new.created_at;
    let row = entry(app, Actor::Operator, "staff_created", &id, now);
    app.db
        .write(move |tx| {
            staff::create(tx, &new)?;
            staff::set_credentials(tx, &new.id, &hash, &sealed, 0, now)?;
            Ok::<_, ServiceError>(store::audit::record(tx, &row)?)
        })
        .await?;
    Ok(id)
}

/// How names of places end in pinyin; the longer first.
const KINDS_OF_PLACES: [&str; 8] = [
    "jiedao", "xiang", "sheng", "zhen", "xian", "cun", "shi", "qu",
];

/// Names of places near whoever chooses, in pinyin, as people type them: with and without 村, 镇, 区.
///
/// # Errors
/// The store's.
pub async fn places(app: &App, region: &RegionCode) -> Result<Vec<String>, ServiceError> {
    let near = region.and_above();
    let names = app
        .db
        .read(move |tx| store::regions::pinyin(tx, &near))
        .await?;
    let stems: Vec<String> = names
        .iter()
        .filter_map(|name| {
            KINDS_OF_PLACES
                .iter()
                .find_map(|kind| name.strip_suffix(kind))
        })
        .map(ToOwned::to_owned)
        .collect();
    Ok([names, stems].concat())
}
