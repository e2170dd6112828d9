//! What a valid filing is. Every fault is named at its place, all of them at once.

use serde::{Deserialize, Serialize};

use crate::category;
use crate::policy::Kind;
use crate::region::{Level, RegionCode};
use crate::text;

/// How much of themselves the complainant shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IdentityMode {
    /// Nothing: the receipt code is the only tie.
    Anonymous,
    /// Known to the county's vault only.
    Confidential,
    /// Willing to be named; still opened only by the vault.
    Named,
}

impl IdentityMode {
    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Confidential => "confidential",
            Self::Named => "named",
        }
    }

    /// Reads [`IdentityMode::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Anonymous, Self::Confidential, Self::Named]
            .into_iter()
            .find(|mode| mode.as_str() == text)
    }
}

/// Who pressed the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FiledBy {
    /// The complainant.
    #[serde(rename = "self")]
    Myself,
    /// A child, a neighbour, an integrity observer (代办).
    Agent,
}

impl FiledBy {
    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Myself => "self",
            Self::Agent => "agent",
        }
    }
}

/// How a filing came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The complainant, or somebody for them, filled in the form.
    Web,
    /// 电话
    Phone,
    /// 来信
    Letter,
    /// 来访
    Counter,
}

impl Channel {
    /// All.
    pub const ALL: [Self; 4] = [Self::Web, Self::Phone, Self::Letter, Self::Counter];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Phone => "phone",
            Self::Letter => "letter",
            Self::Counter => "counter",
        }
    }

    /// Reads [`Channel::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What a complaint is about, as filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AboutType {
    /// One line of a ledger.
    DisclosureLine,
    /// A whole disclosure.
    Disclosure,
    /// An item of the power list.
    PowerItem,
    /// What was to be published.
    Obligation,
}

/// Who the complainant is, in clear; sealed before anything is stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A fault of a filing, at a place of its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer into the body.
    pub pointer: &'static str,
    /// A code of the one table of codes.
    pub code: &'static str,
}

/// Fewest characters of a complaint: enough to say what happened.
pub const TEXT_MIN: usize = 5;
/// Most characters of a complaint.
pub const TEXT_MAX: usize = 4000;

/// The parts of a filing that need no database to be judged.
pub struct Draft<'a> {
    /// What it is.
    pub kind: Kind,
    /// Where.
    pub region: &'a RegionCode,
    /// About what.
    pub category: &'a str,
    /// The words, as typed.
    pub text: &'a str,
    /// How much of themselves the complainant shows.
    pub mode: IdentityMode,
    /// Name, phone, mail.
    pub identity: &'a Identity,
}

/// Every fault of a filing; none means it may be taken.
#[must_use]
pub fn faults(draft: &Draft<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |pointer, code| faults.push(Fault { pointer, code });
    if draft.region.level() > Level::County {
        fault("/region_code", "region_too_wide");
    }
    match category::find(draft.category) {
        None => fault("/category", "category_unknown"),
        Some(found) if found.redirect.is_some() => fault("/category", "belongs_elsewhere"),
        Some(_) => {}
    }
    match text::body(draft.text, TEXT_MIN, TEXT_MAX) {
        Err(text::BadText::TooShort(_)) => fault("/text", "too_short"),
        Err(text::BadText::TooLong(_)) => fault("/text", "too_long"),
        Err(text::BadText::Control) => fault("/text", "control_character"),
        Ok(_) => {}
    }
    let Identity { name, phone, email } = draft.identity;
    let given = name.is_some() || phone.is_some() || email.is_some();
    match draft.mode {
        IdentityMode::Anonymous if given => fault("/identity", "anonymous_with_identity"),
        IdentityMode::Confidential | IdentityMode::Named if !given => {
            fault("/identity", "identity_missing")
        }
        IdentityMode::Named if name.is_none() => fault("/identity/name", "identity_missing"),
        _ => {}
    }
    if name
        .as_deref()
        .is_some_and(|name| text::line(name, 1, 60).is_err())
    {
        fault("/identity/name", "invalid_text");
    }
    if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        fault("/identity/phone", "invalid_phone");
    }
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        fault("/identity/email", "invalid_email");
    }
    faults
}

/// Digits with the usual separators, 7 to 15 of them.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && text.len() <= 30
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'+' | b'(' | b')'))
}

/// One @ with something on both sides; whether mail arrives is found out by sending it.
fn is_email(text: &str) -> bool {
    let plain = text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    plain
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && host.contains('.') && !host.contains('@')
        })
}
