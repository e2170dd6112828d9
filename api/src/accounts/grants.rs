//! Roles that take two persons: asked for by an administrator, given when somebody of the region's discipline organs
//! has approved (`contract.md` 4). A reset of such an account is one of them: whoever holds the new link is the account.
//! The link is fetched by the administrator afterwards, so that the second person never holds it.

use domain::complaint::target::Accused;
use domain::id::{PersonId, StaffId};
use domain::proposal::{Proposal, StaffMatter, Subject, VoidReason, organs_of_region};
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::Timestamp;
use serde_json::Value;
use store::accounts::people::{self, Change, Person};
use store::accounts::staff;
use store::{StoreError, Tx, calendar, organisations, proposals};

use super::people::{Changed, asked_for, changes, free, record, resets};
use super::people_views::AddStaff;
use super::service::fold;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose::{self, New, ProposedView};

/// What a second person is asked about.
pub(super) struct Asked<'a> {
    /// The account; of a new one the id it will have.
    pub(super) staff: StaffId,
    /// What is to be done with it.
    pub(super) matter: StaffMatter,
    /// The region whose organs decide: the one the account will work for.
    pub(super) region: RegionCode,
    /// The account's version.
    pub(super) version: i32,
    /// What will be read again.
    pub(super) body: Option<Value>,
    /// Why.
    pub(super) reason: &'a str,
}

/// In what is asked, beside the account to be made: name and user name of the earlier one of somebody who comes back, for
/// whoever decides.
const EARLIER: &str = "earlier";

/// A new account as it is asked for.
pub(super) fn asked_body(body: &AddStaff, earlier: Option<String>) -> Option<Value> {
    let mut asked = serde_json::to_value(body).ok()?;
    if let Some(earlier) = earlier {
        asked
            .as_object_mut()?
            .insert(EARLIER.into(), earlier.into());
    }
    Some(asked)
}

/// Asks.
pub(super) fn propose(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    asked: Asked<'_>,
) -> Result<ProposedView, ServiceError> {
    let body = asked.body.ok_or_else(|| {
        ServiceError::Broken("a proposal about an account cannot be written".into())
    })?;
    let calendar = calendar::current(tx, &app.calendar, &asked.region)?;
    let new = New {
        subject: Subject::Staff {
            staff: asked.staff,
            matter: asked.matter,
        },
        offered: organs_of_region(&organisations::organs(tx, &asked.region)?),
        region: asked.region,
        version: asked.version,
        body: &body,
        reason: asked.reason.to_owned(),
        accused: Accused::default(),
    };
    let made = propose::propose(tx, app, scope, new, &calendar, app.clocks.case())?;
    Ok(ProposedView::from(&made))
}

/// Whether another account may be given to a natural person by somebody: not to oneself, and one at a time.
///
/// # Errors
/// [`Code::OwnAccount`], [`Code::PersonHasAccount`].
pub(super) fn may_be_given_to(
    tx: &mut Tx<'_>,
    person: &PersonId,
    by: &Scope,
) -> Result<(), ServiceError> {
    if *person == by.person {
        return Err(ServiceError::Rule(Code::OwnAccount));
    }
    if people::has_account(tx, person)? {
        return Err(ServiceError::Rule(Code::PersonHasAccount));
    }
    Ok(())
}

/// Does what was approved.
///
/// # Errors
/// [`Code::OwnAccount`] when it is about the second person, [`Code::ProposalVoid`] when the account has changed since,
/// [`Code::UsernameTaken`], or what no longer fits.
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    id: &StaffId,
    matter: StaffMatter,
) -> Result<(), ServiceError> {
    let wall = app.clocks.wall();
    match matter {
        StaffMatter::Add => adds(tx, app, second, proposal, id)?,
        StaffMatter::Change => {
            let person = seen(tx, second, proposal, id)?;
            let changed: Changed = read(&proposal.body)?;
            let (Some(role), Some(organisation), Some(region)) =
                (changed.role, changed.organisation_id, changed.region_code)
            else {
                return Err(unreadable());
            };
            if organisations::find(tx, &organisation)?.is_none_or(|unit| unit.is_closed()) {
                return Err(ServiceError::Rule(Code::ProposalVoid));
            }
            let to = Change {
                role,
                region,
                organisation,
            };
            changes(tx, app, &person, &to)?;
            record(tx, app, second, "staff_changed", id, &proposal.reason)?;
        }
        StaffMatter::Reset => {
            let person = seen(tx, second, proposal, id)?;
            resets(tx, app, &person, wall)?;
            record(tx, app, second, "staff_reset", id, &proposal.reason)?;
        }
    }
    let now: Timestamp = app.clocks.case();
    Ok(propose::void_changed(
        tx,
        app,
        "staff",
        id.as_str(),
        |_| false,
        now,
    )?)
}

fn adds(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    id: &StaffId,
) -> Result<(), ServiceError> {
    let mut asked: Value = read(&proposal.body)?;
    if let Some(asked) = asked.as_object_mut() {
        asked.remove(EARLIER);
    }
    let body: AddStaff = serde_json::from_value(asked).map_err(|_| unreadable())?;
    let asked = asked_for(tx, &body, None)?;
    let person = match &body.person_of {
        None => app.ids.make(),
        Some(earlier) => {
            let known = people::proposed(tx, earlier)?.ok_or_else(unreadable)?;
            may_be_given_to(tx, &known.person, second)?;
            known.person
        }
    };
    let new = asked.row(app, id.clone(), person);
    free(staff::obstacle(tx, &new)?)?;
    create(tx, app, &new)?;
    Ok(record(
        tx,
        app,
        second,
        "staff_created",
        id,
        &proposal.reason,
    )?)
}

/// Makes an account. What waits for a second person and can never be approved beside it is void at once: an account of the
/// same user name, or of the same natural person.
///
/// # Errors
/// The store's.
pub(super) fn create(tx: &mut Tx<'_>, app: &App, new: &staff::NewStaff) -> Result<(), StoreError> {
    staff::create(tx, new)?;
    let add = StaffMatter::Add.as_str();
    for found in proposals::waiting_to(tx, "staff", add)? {
        let proposal = &found.proposal;
        let Ok(asked) = serde_json::from_str::<Value>(&proposal.body) else {
            continue;
        };
        let text = |name: &str| asked.get(name).and_then(Value::as_str);
        let same_name = text("username").is_some_and(|name| fold(name) == new.username);
        let same_person = match text("person_of").map(StaffId::try_from) {
            Some(Ok(earlier)) => {
                people::proposed(tx, &earlier)?.is_some_and(|known| known.person == new.person)
            }
            _ => false,
        };
        if same_name || same_person {
            let now = app.clocks.case();
            propose::void(tx, app, proposal, VoidReason::VersionChanged, now)?;
        }
    }
    Ok(())
}

/// The account as it was when somebody proposed, and not the second person's own.
fn seen(
    tx: &mut Tx<'_>,
    second: &Scope,
    proposal: &Proposal,
    id: &StaffId,
) -> Result<Person, ServiceError> {
    let void = || ServiceError::Rule(Code::ProposalVoid);
    let person = people::proposed(tx, id)?.ok_or_else(void)?;
    if person.person == second.person {
        return Err(ServiceError::Rule(Code::OwnAccount));
    }
    if person.version != proposal.version || person.profile.disabled {
        return Err(void());
    }
    Ok(person)
}

fn read<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, ServiceError> {
    serde_json::from_str(body).map_err(|_| unreadable())
}

fn unreadable() -> ServiceError {
    ServiceError::Broken("a proposal about an account cannot be read".into())
}
