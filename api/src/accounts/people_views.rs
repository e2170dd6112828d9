//! What an administrator reads and says about accounts.

use domain::id::{OrganisationId, PostId, StaffId};
use domain::region::RegionCode;
use domain::role::{Role, Scope};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::accounts::people::{Person, Stage};
use store::{StoreError, Tx, regions};
use utoipa::ToSchema;

use super::people::{Act, Changed, Link, legal};
use crate::codes::Code;
use crate::http::body::from_value;
use crate::http::problem::Problem;
use crate::http::words::some_words;

/// How far an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// 待开通: its owner has not followed the one-time link yet, or has to again.
    Invited,
    /// 在用
    Active,
    /// 已停用
    Disabled,
}

impl From<Stage> for AccountState {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Invited => Self::Invited,
            Stage::Active => Self::Active,
            Stage::Disabled => Self::Disabled,
        }
    }
}

impl From<AccountState> for Stage {
    fn from(state: AccountState) -> Self {
        match state {
            AccountState::Invited => Self::Invited,
            AccountState::Active => Self::Active,
            AccountState::Disabled => Self::Disabled,
        }
    }
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    id: StaffId,
    username: String,
    display_name: String,
    role: Role,
    region_code: RegionCode,
    /// What people call that region.
    region_name: String,
    organisation_id: OrganisationId,
    /// What people call that unit.
    organisation_name: String,
    email: Option<String>,
    state: AccountState,
    /// Wall time.
    created_at: Timestamp,
    /// Wall time.
    disabled_at: Option<Timestamp>,
    /// For `If-Match`.
    pub version: i32,
    /// The account of this reader, or another of the same person: nobody changes his own.
    is_own: bool,
    /// What this reader may do with it now: `change`, `reset`, `link`, `disable`.
    legal_actions: Vec<&'static str>,
}

impl AccountView {
    /// The account as this reader sees it.
    ///
    /// # Errors
    /// The store's.
    pub fn of(tx: &mut Tx<'_>, person: Person, reader: &Scope) -> Result<Self, StoreError> {
        let profile = person.profile;
        let region = regions::find(tx, &profile.region)?;
        let is_own = person.person == reader.person;
        Ok(Self {
            id: profile.id,
            username: profile.username,
            display_name: profile.display_name,
            role: profile.role,
            region_name: region
                .map_or_else(|| profile.region.to_string(), |region| region.short_name),
            region_code: profile.region,
            organisation_id: profile.organisation,
            organisation_name: person.organisation_name,
            email: person.email,
            state: person.stage.into(),
            created_at: person.created_at,
            disabled_at: person.disabled_at,
            version: person.version,
            is_own,
            legal_actions: if is_own {
                Vec::new()
            } else {
                legal(person.stage)
            },
        })
    }
}

/// An account, and the link to hand over where one was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedView {
    /// The account.
    pub account: AccountView,
    /// The one-time link with which its owner chooses a password and connects a phone. Shown now and never again.
    enrolment_link: Option<String>,
    /// It dies unused at this instant of wall time.
    enrolment_expires_at: Option<Timestamp>,
}

impl HandedView {
    /// Both.
    #[must_use]
    pub fn new(account: AccountView, link: Option<Link>) -> Self {
        let expires_at = link.as_ref().map(|link| link.expires_at);
        Self {
            account,
            enrolment_link: link.map(|link| link.address),
            enrolment_expires_at: expires_at,
        }
    }
}

/// An account to be made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddStaff {
    /// What will be typed to log in: 2 to 32 of a-z, 0-9, `.`, `_` and `-`.
    pub username: String,
    /// The person's name, 1 to 64 characters.
    pub display_name: String,
    /// triage, supervisor, auditor and administrator take a second person.
    pub role: Role,
    /// The unit to work in.
    pub organisation_id: OrganisationId,
    /// The region to work for; the unit's own when left out.
    #[serde(default)]
    pub region_code: Option<RegionCode>,
    /// Where notices go.
    #[serde(default)]
    pub email: Option<String>,
    /// Posts the person holds: a complaint about one of them recuses its holder.
    #[serde(default)]
    pub posts: Vec<PostId>,
    /// For somebody who comes back: an earlier account, disabled, of the same natural person.
    #[serde(default)]
    pub person_of: Option<StaffId>,
    /// Why, for the second person and the audit; up to 2000 characters.
    #[serde(default)]
    pub reason: String,
}

/// `{"action":"change","role","organisation_id","region_code","reason"}` (what is left out stays) ·
/// `{"action":"reset","reason"}` · `{"action":"link","reason"}` · `{"action":"disable","reason"}`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum StaffAction {
    /// Another role, unit or region.
    Change(ChangeStaff),
    /// A new one-time link in the place of password and phone; a new link alone; the end of the account.
    Plain(PlainStaffAction),
}

/// Another role, unit or region; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeStaff {
    /// `change`
    #[schema(pattern = "^change$")]
    #[serde(rename = "action")]
    _action: String,
    /// The role.
    role: Option<Role>,
    /// The unit; its region is the account's then, where none is named.
    organisation_id: Option<OrganisationId>,
    /// The region.
    region_code: Option<RegionCode>,
    /// Why, up to 2000 characters.
    reason: Option<String>,
}

/// A new one-time link in the place of password and phone; a new link alone; the end of the account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlainStaffAction {
    /// `reset`, `link` or `disable`
    #[schema(pattern = "^(reset|link|disable)$")]
    #[serde(rename = "action")]
    _action: String,
    /// Why, up to 2000 characters.
    reason: Option<String>,
}

/// Reads an action and its reason.
///
/// # Errors
/// A problem that names the place.
pub fn read_action(body: Value) -> Result<(Act, String), Problem> {
    let at = |code| crate::error::ServiceError::at("/action", code).into();
    let word = match body.get("action") {
        None => return Err(at(Code::Required)),
        Some(Value::String(word)) => word.clone(),
        Some(_) => return Err(at(Code::WrongType)),
    };
    let (act, reason) = match word.as_str() {
        "change" => {
            let body: ChangeStaff = from_value(body)?;
            let changed = Changed {
                role: body.role,
                organisation_id: body.organisation_id,
                region_code: body.region_code,
            };
            (Act::Change(changed), body.reason)
        }
        plain => {
            let act = match plain {
                "reset" => Act::Reset,
                "link" => Act::Link,
                "disable" => Act::Disable,
                _ => return Err(at(Code::UnknownAction)),
            };
            let PlainStaffAction { reason, .. } = from_value(body)?;
            (act, reason)
        }
    };
    let reason = some_words("/reason", reason.as_deref(), 2000)?;
    Ok((act, reason.unwrap_or_default()))
}

/// A page of accounts.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the contract; pages are written by http::page"
)]
pub struct AccountPage {
    items: Vec<AccountView>,
    next_cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_action_is_read_first_and_then_its_own_body() {
        let read = |body| read_action(body).ok();
        assert_eq!(
            read(json!({ "action": "disable", "reason": "离岗" })),
            Some((Act::Disable, "离岗".to_owned()))
        );
        assert_eq!(
            read(json!({ "action": "change", "role": "handler" })),
            Some((
                Act::Change(Changed {
                    role: Some(Role::Handler),
                    ..Changed::default()
                }),
                String::new()
            ))
        );
        for body in [
            json!({}),
            json!({ "action": 1 }),
            json!({ "action": "promote" }),
            json!({ "action": "reset", "role": "handler" }),
            json!({ "action": "change", "role": "king" }),
            json!({ "action": "change", "password": "x" }),
        ] {
            assert_eq!(read(body.clone()), None, "{body}");
        }
    }
}
