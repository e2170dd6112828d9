//! Accounts, as an administrator of their region makes, changes and ends them. Roles that read cases or hand out others
//! take a second person ([`Role::takes_two_persons`]); what that second person approved is done in [`super::grants`].
//! Nobody does anything to his own account, under whatever name.

use std::sync::Arc;

use domain::id::{OrganisationId, PersonId, StaffId};
use domain::organisation::Organisation;
use domain::proposal::StaffMatter;
use domain::region::RegionCode;
use domain::role::{Permission, Role, Scope, can};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::accounts::enrolments;
use store::accounts::people::{self, Change, Filter, Person, Stage};
use store::accounts::staff::{self, Obstacle};
use store::audit::{self, Actor, Entry};
use store::{StoreError, Tx, organisations, timers};

use super::enrolment::{self, LINK_SECONDS};
use super::grants;
use super::hiring::{self, Wanted};
use super::notice::{self, Alone, Notice};
use super::people_views::{AccountView, AddStaff};
use super::service::{NewStaff, entry};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::office::still_in_office;
use crate::propose::{self, ProposedView};

/// What is to be done with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Another role, unit or region; what is not named stays.
    Change(Changed),
    /// Take password and phone away and hand out a new one-time link.
    Reset,
    /// Hand out a new one-time link to somebody who has not enrolled; the one before is worth nothing.
    Link,
    /// End it.
    Disable,
}

/// What becomes of an account; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The role.
    pub role: Option<Role>,
    /// The unit; its region is the account's then, where none is named.
    pub organisation_id: Option<OrganisationId>,
    /// The region.
    pub region_code: Option<RegionCode>,
}

/// A one-time link, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub address: String,
    /// It dies unused at this instant of wall time.
    pub expires_at: Timestamp,
}

/// What came of it.
pub enum Outcome {
    /// Done, with the link to hand over where there is one.
    Done(Box<AccountView>, Option<Link>),
    /// A second person is asked for.
    Proposed(ProposedView),
}

/// A page of the accounts of one's region, with each one's place.
///
/// # Errors
/// The store's.
pub async fn list(
    app: &Arc<App>,
    scope: &Scope,
    filter: Filter,
) -> Result<Vec<(AccountView, i64, String)>, ServiceError> {
    let scope = scope.clone();
    app.db
        .read(move |tx| {
            people::list(tx, &scope, &filter)?
                .into_iter()
                .map(|person| {
                    let place = person.created_at.micros();
                    let id = person.profile.id.to_string();
                    Ok((AccountView::of(tx, person, &scope)?, place, id))
                })
                .collect()
        })
        .await
}

/// One account of one's region.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn one(app: &Arc<App>, scope: &Scope, id: StaffId) -> Result<AccountView, ServiceError> {
    let scope = scope.clone();
    app.db
        .read(move |tx| {
            let person = people::find(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            Ok(AccountView::of(tx, person, &scope)?)
        })
        .await
}

/// What may be done with an account as far as that.
#[must_use]
pub fn legal(stage: Stage) -> Vec<&'static str> {
    match stage {
        Stage::Invited => vec!["change", "link", "disable"],
        Stage::Active => vec!["change", "reset", "disable"],
        Stage::Disabled => Vec::new(),
    }
}

/// After an account that had this role was ended or got another: somebody must be left to give roles.
///
/// # Errors
/// [`Code::LastAdministrator`], upon which nothing of the transaction stays.
pub fn not_the_last(tx: &mut Tx<'_>, role_before: Role) -> Result<(), ServiceError> {
    if role_before == Role::Administrator && people::administrators(tx)? == 0 {
        return Err(ServiceError::Rule(Code::LastAdministrator));
    }
    Ok(())
}

/// Nobody works in a unit that is closed.
fn still_there(unit: &Organisation) -> Result<(), ServiceError> {
    if unit.is_closed() {
        return Err(ServiceError::at("/organisation_id", Code::UnitClosed));
    }
    Ok(())
}

/// The account that is asked for, held against the unit; `within` is the administrator's region.
pub(super) fn asked_for(
    tx: &mut Tx<'_>,
    body: &AddStaff,
    within: Option<&RegionCode>,
) -> Result<NewStaff, ServiceError> {
    let unit = organisations::find(tx, &body.organisation_id)?
        .filter(|unit| within.is_none_or(|region| region.covers(&unit.region_code)))
        .ok_or_else(|| ServiceError::at("/organisation_id", Code::UnitUnknown))?;
    still_there(&unit)?;
    let wanted = Wanted {
        username: body.username.clone(),
        display_name: body.display_name.clone(),
        role: body.role,
        region: body.region_code.clone(),
        email: body.email.clone(),
        posts: body.posts.clone(),
    };
    Ok(hiring::read(wanted, &unit)?)
}

/// Makes an account, or proposes it; the one-time link is shown when it is there.
///
/// # Errors
/// The faults of the body, [`Code::UsernameTaken`], [`Code::PersonHasAccount`], [`Code::OwnAccount`].
pub async fn add(app: &Arc<App>, scope: &Scope, body: AddStaff) -> Result<Outcome, ServiceError> {
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let (now, id) = (app.clocks.wall(), app.ids.make::<StaffId>());
    let fresh: PersonId = app.ids.make();
    let (address, row) = enrolment::roll(app, &id, now)?;
    let link = Link {
        address,
        expires_at: row.expires_at,
    };
    app.db
        .write(move |tx| {
            still_in_office(tx, &scope)?;
            let asked = asked_for(tx, &body, Some(&scope.region))?;
            // Whoever decides is told who comes back.
            let mut who = None;
            let person = match &body.person_of {
                None => fresh.clone(),
                Some(earlier) => {
                    let known = people::find(tx, &scope, earlier)?
                        .ok_or_else(|| ServiceError::at("/person_of", Code::StaffUnknown))?;
                    grants::may_be_given_to(tx, &known.person, &scope)?;
                    let profile = &known.profile;
                    who = Some(format!("{}（{}）", profile.display_name, profile.username));
                    known.person
                }
            };
            let new = asked.row(&inner, id.clone(), person);
            free(staff::obstacle(tx, &new)?)?;
            if new.role.takes_two_persons() {
                let proposed = grants::propose(
                    tx,
                    &inner,
                    &scope,
                    grants::Asked {
                        staff: id.clone(),
                        matter: StaffMatter::Add,
                        region: new.region.clone(),
                        version: 0,
                        body: grants::asked_body(&body, who),
                        reason: &body.reason,
                    },
                )?;
                return Ok(Outcome::Proposed(proposed));
            }
            grants::create(tx, &inner, &new)?;
            enrolments::keep(tx, &row)?;
            record(tx, &inner, &scope, "staff_created", &id, &body.reason)?;
            watched(tx, &inner, &scope, &id, Alone::Added)?;
            done(tx, &scope, &id, Some(link.clone()))
        })
        .await
}

/// What the table says against a new account, as a fault of the request.
pub(super) fn free(obstacle: Option<Obstacle>) -> Result<(), ServiceError> {
    match obstacle {
        None => Ok(()),
        Some(Obstacle::UsernameTaken) => Err(ServiceError::Rule(Code::UsernameTaken)),
        Some(Obstacle::NoRegion) => Err(ServiceError::at("/region_code", Code::RegionUnknown)),
        Some(Obstacle::NoPost(_)) => Err(ServiceError::at("/posts", Code::PostUnknown)),
    }
}

/// Does something with an account, or proposes it. `seen` is the version the administrator saw.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`Code::OwnAccount`], [`ServiceError::Illegal`],
/// [`Code::LastAdministrator`], [`Code::NothingToChange`], [`Code::ProposalWaiting`], or the faults of the change.
pub async fn act(
    app: &Arc<App>,
    scope: &Scope,
    id: StaffId,
    seen: i32,
    act: Act,
    reason: String,
) -> Result<Outcome, ServiceError> {
    let (scope, inner, now) = (scope.clone(), Arc::clone(app), app.clocks.wall());
    let (address, row) = enrolment::roll(app, &id, now)?;
    let link = Link {
        address,
        expires_at: now.plus_seconds(LINK_SECONDS),
    };
    app.db
        .write(move |tx| {
            still_in_office(tx, &scope)?;
            let person = people::find(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            if person.person == scope.person {
                return Err(ServiceError::Rule(Code::OwnAccount));
            }
            if person.version != seen {
                return Err(StoreError::Stale.into());
            }
            let (word, matter) = match &act {
                Act::Change(_) => ("change", Some(StaffMatter::Change)),
                Act::Reset => ("reset", Some(StaffMatter::Reset)),
                Act::Link => ("link", None),
                Act::Disable => ("disable", None),
            };
            let legal = legal(person.stage);
            if !legal.contains(&word) {
                let legal = legal.into_iter().map(str::to_owned).collect();
                return Err(ServiceError::Illegal(legal));
            }
            let change = match &act {
                Act::Change(changed) => Some(becomes(tx, &scope, &person, changed)?),
                _ => None,
            };
            let role = change.as_ref().map_or(person.profile.role, |to| to.role);
            if let Some(matter) = matter
                && role.takes_two_persons()
            {
                let region = match &change {
                    Some(to) => to.region.clone(),
                    None => person.profile.region.clone(),
                };
                let body = match &change {
                    Some(to) => serde_json::to_value(named(to)).ok(),
                    None => Some(serde_json::json!({})),
                };
                let asked = grants::Asked {
                    staff: id.clone(),
                    matter,
                    region,
                    version: person.version,
                    body,
                    reason: &reason,
                };
                let proposed = grants::propose(tx, &inner, &scope, asked)?;
                return Ok(Outcome::Proposed(proposed));
            }
            let handed = match &act {
                Act::Change(_) => {
                    if let Some(to) = &change {
                        changes(tx, &inner, &person, to)?;
                    }
                    record(tx, &inner, &scope, "staff_changed", &id, &reason)?;
                    watched(tx, &inner, &scope, &id, Alone::Changed)?;
                    None
                }
                Act::Reset => {
                    resets(tx, &inner, &person, now)?;
                    enrolments::keep(tx, &row)?;
                    record(tx, &inner, &scope, "staff_reset", &id, &reason)?;
                    watched(tx, &inner, &scope, &id, Alone::Reset)?;
                    Some(link.clone())
                }
                Act::Link => {
                    enrolments::cancel(tx, &id, now)?;
                    enrolments::keep(tx, &row)?;
                    record(tx, &inner, &scope, "staff_link", &id, &reason)?;
                    Some(link.clone())
                }
                Act::Disable => {
                    staff::disable(tx, &id, now)?;
                    leaves(tx, &inner, &person)?;
                    not_the_last(tx, person.profile.role)?;
                    record(tx, &inner, &scope, "staff_disabled", &id, &reason)?;
                    None
                }
            };
            if !matches!(act, Act::Link) {
                // What was proposed about it was proposed about something else.
                let (at, object) = (inner.clocks.case(), id.as_str());
                propose::void_changed(tx, &inner, "staff", object, |_| false, at)?;
            }
            done(tx, &scope, &id, handed)
        })
        .await
}

/// The account that is to be, held against its unit.
fn becomes(
    tx: &mut Tx<'_>,
    scope: &Scope,
    person: &Person,
    changed: &Changed,
) -> Result<Change, ServiceError> {
    let now = &person.profile;
    let unit = changed.organisation_id.as_ref();
    let unit = organisations::find(tx, unit.unwrap_or(&now.organisation))?
        .filter(|unit| scope.region.covers(&unit.region_code))
        .ok_or_else(|| ServiceError::at("/organisation_id", Code::UnitUnknown))?;
    still_there(&unit)?;
    let stays = unit.id == now.organisation;
    let region = changed
        .region_code
        .clone()
        .or_else(|| stays.then(|| now.region.clone()));
    let role = changed.role.unwrap_or(now.role);
    let region = hiring::place(role, &unit, region)?;
    if !store::regions::exists(tx, &region)? {
        return Err(ServiceError::at("/region_code", Code::RegionUnknown));
    }
    if stays && region == now.region && role == now.role {
        return Err(ServiceError::Rule(Code::NothingToChange));
    }
    Ok(Change {
        role,
        region,
        organisation: unit.id,
    })
}

fn named(to: &Change) -> Changed {
    Changed {
        role: Some(to.role),
        organisation_id: Some(to.organisation.clone()),
        region_code: Some(to.region.clone()),
    }
}

/// Gives an account another role, unit or region: its tokens die, and its owner is told.
pub(super) fn changes(
    tx: &mut Tx<'_>,
    app: &App,
    person: &Person,
    to: &Change,
) -> Result<(), ServiceError> {
    people::change(tx, &person.profile.id, person.version, to)?;
    not_the_last(tx, person.profile.role)?;
    leaves(tx, app, person)?;
    Ok(notice::write(tx, app, &person.profile, &Notice::Changed)?)
}

/// Somebody who supervised cases does so no more, or elsewhere: where all who are left are recused from one, it goes to
/// the organ above. The worker sees to it.
fn leaves(tx: &mut Tx<'_>, app: &App, person: &Person) -> Result<(), StoreError> {
    if !can(person.profile.role, Permission::SuperviseCases) {
        return Ok(());
    }
    timers::wake_cases_of(tx, &person.profile.organisation, app.clocks.case())
}

/// Takes password, phone and recovery codes away, and tells the owner.
pub(super) fn resets(
    tx: &mut Tx<'_>,
    app: &App,
    person: &Person,
    now: Timestamp,
) -> Result<(), ServiceError> {
    staff::clear_credentials(tx, &person.profile.id, now)?;
    Ok(notice::write(tx, app, &person.profile, &Notice::Reset)?)
}

pub(super) fn record(
    tx: &mut Tx<'_>,
    app: &App,
    by: &Scope,
    action: &str,
    of: &StaffId,
    reason: &str,
) -> Result<(), StoreError> {
    let actor = Actor::Staff(by.staff.clone());
    let row = Entry {
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        ..entry(app, actor, action, of, app.clocks.wall())
    };
    audit::record(tx, &row)
}

/// Those who watch over the region hear of what was done alone.
fn watched(
    tx: &mut Tx<'_>,
    app: &App,
    by: &Scope,
    id: &StaffId,
    what: Alone,
) -> Result<(), ServiceError> {
    let person = people::find(tx, by, id)?.ok_or(ServiceError::NotFound)?;
    Ok(notice::tell_watchers(tx, app, by, &person, what)?)
}

fn done(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &StaffId,
    link: Option<Link>,
) -> Result<Outcome, ServiceError> {
    let person = people::find(tx, scope, id)?.ok_or(ServiceError::NotFound)?;
    let view = AccountView::of(tx, person, scope)?;
    Ok(Outcome::Done(Box::new(view), link))
}
