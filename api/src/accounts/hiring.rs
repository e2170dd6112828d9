//! Whether an account can be what somebody asks for: names, unit, role and region. One set of rules for the command
//! line and the staff web.

use domain::id::PostId;
use domain::organisation::{Organisation, OrganisationKind};
use domain::region::{Level, RegionCode};
use domain::role::Role;
use domain::text;

use super::service::{NewStaff, fold};
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};

/// What does not fit: where, and in words for somebody at a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The field, as the API names it.
    pub field: &'static str,
    /// The code of the fault.
    pub code: Code,
    /// In English, without the field.
    pub words: String,
}

impl Unfit {
    fn new(field: &'static str, code: Code, words: impl Into<String>) -> Self {
        Self {
            field,
            code,
            words: words.into(),
        }
    }
}

impl From<Unfit> for ServiceError {
    fn from(unfit: Unfit) -> Self {
        Self::Invalid(vec![FieldFault::new(
            format!("/{}", unfit.field),
            unfit.code,
        )])
    }
}

/// An account as it is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What will be typed to log in, as typed.
    pub username: String,
    /// The person's name.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The region to work for; the unit's own when not given.
    pub region: Option<RegionCode>,
    /// Where notices go.
    pub email: Option<String>,
    /// Posts the person holds.
    pub posts: Vec<PostId>,
}

/// The account that was asked for, in this unit.
///
/// # Errors
/// What does not fit.
pub fn read(wanted: Wanted, unit: &Organisation) -> Result<NewStaff, Unfit> {
    let username = fold(&wanted.username);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if !(2..=32).contains(&username.len()) || !username.chars().all(plain) {
        let words = "2 to 32 of a-z, 0-9, '.', '_' and '-'";
        return Err(Unfit::new("username", Code::UsernameInvalid, words));
    }
    let region = place(wanted.role, unit, wanted.region)?;
    let email = match wanted.email.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(address) if text::is_mail_address(address) => Some(address.to_owned()),
        Some(address) => {
            let words = format!("{address:?} is no mail address");
            return Err(Unfit::new("email", Code::InvalidEmail, words));
        }
    };
    Ok(NewStaff {
        username,
        display_name: text::line(&wanted.display_name, 1, 64)
            .map_err(|why| Unfit::new("display_name", Code::InvalidText, why.to_string()))?,
        role: wanted.role,
        region,
        organisation: unit.id.clone(),
        email,
        posts: wanted.posts,
        since: None,
    })
}

/// The region that a role in a unit works for: the unit's own where none is asked for.
///
/// # Errors
/// What does not fit.
pub fn place(
    role: Role,
    unit: &Organisation,
    region: Option<RegionCode>,
) -> Result<RegionCode, Unfit> {
    let region = region.unwrap_or_else(|| unit.region_code.clone());
    if !unit.region_code.covers(&region) {
        let words = format!(
            "{region} is outside {}, for which {} works",
            unit.region_code, unit.id
        );
        return Err(Unfit::new("region_code", Code::RegionOutsideUnit, words));
    }
    fits(role, unit, &region)?;
    Ok(region)
}

/// Roles belong to units: who supervises sits in a discipline organ, who handles does not.
fn fits(role: Role, unit: &Organisation, region: &RegionCode) -> Result<(), Unfit> {
    let (well, wants) = match role {
        Role::Triage => (
            unit.kind.supervises() && unit.level == Level::Township,
            "a township's discipline organ",
        ),
        Role::Supervisor => (
            unit.kind.supervises() && unit.level > Level::Township,
            "a county's or city's discipline organ",
        ),
        Role::Handler => (
            unit.kind.may_handle(),
            "a unit that handles cases: no discipline organ, no supervision committee",
        ),
        Role::CommitteeMember => (
            unit.kind == OrganisationKind::SupervisionCommittee,
            "a village's supervision committee",
        ),
        Role::VillageClerk => (region.level() == Level::Village, "a village as its region"),
        Role::Publisher | Role::Auditor | Role::Administrator => (true, ""),
    };
    if well {
        Ok(())
    } else {
        let words = format!("{} needs {wants}; {} is not that", role.as_str(), unit.id);
        Err(Unfit::new("role", Code::RoleUnfit, words))
    }
}
