//! What the accounts feature reads and answers.

use domain::id::{OrganisationId, StaffId};
use domain::region::RegionCode;
use domain::role::Role;
use serde::{Deserialize, Serialize};
use store::accounts::staff::Profile;
use utoipa::ToSchema;

/// Who logs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    /// The account's name; case does not matter.
    pub username: String,
    /// The password.
    pub password: String,
    /// Six digits of the authenticator app; each is taken once.
    pub totp_code: Option<String>,
    /// In its place, one of the account's recovery codes; each is taken once.
    pub recovery_code: Option<String>,
}

/// An open session.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// For the header `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds the access token lives.
    expires_in: i64,
    /// Whose it is.
    staff: StaffView,
}

impl SessionView {
    /// A session with its access token, which lives `expires_in` seconds.
    #[must_use]
    pub fn new(access_token: String, expires_in: i64, profile: Profile) -> Self {
        Self {
            access_token,
            token_type: "Bearer",
            expires_in,
            staff: profile.into(),
        }
    }
}

/// A fresh code of the authenticator app.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepUpRequest {
    /// Six digits; each is taken once, the one of the login too.
    pub totp_code: String,
}

/// Another password for one's own account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    /// The one it has.
    pub current_password: String,
    /// The one it gets: 12 to 128 characters, administrators 15.
    pub new_password: String,
}

/// The same session, sure of its owner.
#[derive(Serialize, ToSchema)]
pub struct SteppedUpView {
    /// In the place of the token before, for the header `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds the access token lives.
    pub expires_in: i64,
    /// Seconds in which it may do what asks for a fresh code.
    pub step_up_expires_in: i64,
}

/// Whose access token this is.
#[derive(Serialize, ToSchema)]
pub struct MeView {
    /// Who.
    #[serde(flatten)]
    pub staff: StaffView,
    /// Recovery codes that are left.
    pub recovery_codes_left: i64,
}

/// Recovery codes, shown now and never again: each opens the door once in the place of the phone's code.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodesView {
    /// Ten; to be printed or copied.
    pub recovery_codes: Vec<String>,
}

/// Somebody who works here.
#[derive(Serialize, ToSchema)]
pub struct StaffView {
    /// The account.
    id: StaffId,
    /// What they work as.
    role: Role,
    /// The region they work for.
    #[schema(value_type = String)]
    region_code: RegionCode,
    /// The unit they work in.
    organisation_id: OrganisationId,
    /// Their name.
    display_name: String,
}

impl From<Profile> for StaffView {
    fn from(profile: Profile) -> Self {
        Self {
            id: profile.id,
            role: profile.role,
            region_code: profile.region,
            organisation_id: profile.organisation,
            display_name: profile.display_name,
        }
    }
}

/// An enrolment link: alone it shows what the phone needs; with password and code it is used up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// What stands behind `#token=` in the link.
    pub token: String,
    /// A name that the page or app makes up at random and keeps until it has finished: 22 to 64 of `A-Z a-z 0-9 - _`.
    /// Each has a secret of its own, so that whoever looked at the link before has nothing. Send the same one when
    /// finishing.
    #[schema(min_length = 22, max_length = 64, pattern = "^[A-Za-z0-9_-]+$")]
    pub device: Option<String>,
    /// The password chosen: 12 to 128 characters, administrators 15.
    pub password: Option<String>,
    /// The first code the phone shows.
    pub totp_code: Option<String>,
}

/// What the phone needs.
#[derive(Serialize, ToSchema)]
pub struct EnrolmentView {
    /// The name to log in with.
    pub username: String,
    /// Whose account it is.
    pub display_name: String,
    /// To be typed into an authenticator app by hand (base32).
    pub totp_secret: String,
    /// To be shown as a QR code.
    pub otpauth_uri: String,
}
