//! The bodies complainants send. Unknown fields are refused.

use domain::complaint::intake::{AboutType, Channel, FiledBy, IdentityMode};
use domain::complaint::rating::RatingValue;
use domain::complaint::target::Group;
use domain::policy::Kind;
use domain::region::RegionCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// What a complaint is about, pinned to the version seen.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutRequest {
    /// Of what type.
    #[serde(rename = "type")]
    pub kind: AboutType,
    /// Its id.
    pub id: String,
}

/// How a target is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetType {
    /// A unit of `GET /regions/{code}/organisations`.
    Organisation,
    /// A post of the same list.
    Post,
    /// The people of a level.
    Group,
    /// In words.
    Other,
}

/// Whom it is about (您反映的是谁?).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetRequest {
    /// How it is named.
    #[serde(rename = "type")]
    pub kind: TargetType,
    /// With `organisation` and `post`.
    pub id: Option<String>,
    /// With `group`.
    pub group: Option<Group>,
    /// With `other`.
    pub text: Option<String>,
}

/// Who the complainant is; sealed before anything is stored.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityRequest {
    /// How much is shown.
    pub mode: IdentityMode,
    /// The name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
}

/// A complaint, question, suggestion or request for help.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingRequest {
    /// What it is.
    pub kind: Kind,
    /// Where: a village, township or county.
    pub region_code: RegionCode,
    /// A code of `GET /categories` without `redirect`.
    pub category: String,
    /// What it is about, if something published.
    pub about: Option<AboutRequest>,
    /// The words, 5 to 4000 characters.
    #[schema(min_length = 5, max_length = 4000)]
    pub text: String,
    /// Whom it is about; may be empty.
    pub targets: Vec<TargetRequest>,
    /// Tokens of photos, at most six.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// Who the complainant is.
    pub identity: IdentityRequest,
    /// Who pressed the keys.
    #[serde(default = "myself")]
    pub filed_by: FiledBy,
    /// Whether a written answer may be shown to everybody.
    #[serde(default)]
    pub may_publish_answer: bool,
}

/// What somebody said by telephone, by letter or at the counter. Only documents the shape: `channel` is read
/// first, the rest as a filing.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the contract")]
pub struct IntakeRequest {
    /// `phone`, `letter` or `counter`.
    channel: Channel,
    #[serde(flatten)]
    filing: FilingRequest,
}

fn myself() -> FiledBy {
    FiledBy::Myself
}

/// Words, with photos.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsRequest {
    /// 1 to 4000 characters.
    pub text: String,
    /// Tokens of photos; a case takes six in all.
    #[serde(default)]
    pub attachments: Vec<String>,
}

/// A rating.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingRequest {
    /// The choice.
    pub rating: RatingValue,
    /// Up to 1000 characters.
    pub comment: Option<String>,
}

/// A dispute.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeRequest {
    /// 1 to 2000 characters.
    pub reason: String,
}

/// A withdrawal.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRequest {
    /// Up to 2000 characters.
    pub reason: Option<String>,
}

/// Whom a case is about, in place of what was said before.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetsRequest {
    /// Up to ten; none when it is about nobody.
    pub targets: Vec<TargetRequest>,
    /// Why, for colleagues; 1 to 2000 characters.
    pub reason: String,
}
