//! Accounts as an administrator sees and changes them: those of the region the administrator works for.

use std::sync::Arc;

use diesel::prelude::*;
use domain::complaint::access::is_recused;
use domain::complaint::target::Accused;
use domain::id::{OrganisationId, PersonId, StaffId};
use domain::region::RegionCode;
use domain::role::{Permission, Role, Scope, can};
use domain::time::{Day, Timestamp};

use super::staff::Profile;
use crate::Tx;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::schema::{organisations, staff};

type Backend = <crate::conn::Conn as diesel::Connection>::Backend;

/// How far an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its owner has not followed the one-time link yet, or has to again.
    Invited,
    /// It can log in.
    Active,
    /// It was ended.
    Disabled,
}

/// An account with all that an administrator may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What colleagues see.
    pub profile: Profile,
    /// The natural person.
    pub person: PersonId,
    /// Where notices go.
    pub email: Option<String>,
    /// What people call the unit.
    pub organisation_name: String,
    /// How far it is.
    pub stage: Stage,
    /// When it was made, in wall time.
    pub created_at: Timestamp,
    /// When it was ended, in wall time.
    pub disabled_at: Option<Timestamp>,
    /// Rises with every change.
    pub version: i32,
}

/// Which accounts to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// With this role.
    pub role: Option<Role>,
    /// As far as this.
    pub stage: Option<Stage>,
    /// With this in name or user name.
    pub words: Option<String>,
    /// After this place, counted back in time.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: i64,
}

#[derive(Queryable)]
struct Row {
    id: String,
    username: String,
    display_name: String,
    role: String,
    region: String,
    organisation: String,
    organisation_name: String,
    person: String,
    email: Option<String>,
    password_hash: Option<String>,
    token_version: i32,
    version: i32,
    created_at: i64,
    disabled_at: Option<i64>,
}

fn read(row: Row) -> Result<Person, StoreError> {
    let id = row.id.clone();
    let corrupt = || StoreError::Corrupt("staff", id.clone());
    let disabled = row.disabled_at.is_some();
    Ok(Person {
        stage: match (disabled, row.password_hash.is_some()) {
            (true, _) => Stage::Disabled,
            (false, true) => Stage::Active,
            (false, false) => Stage::Invited,
        },
        profile: Profile {
            id: StaffId::try_from(row.id).map_err(|_| corrupt())?,
            username: row.username,
            display_name: row.display_name,
            role: Role::parse(&row.role).ok_or_else(corrupt)?,
            region: RegionCode::try_from(row.region).map_err(|_| corrupt())?,
            organisation: OrganisationId::try_from(row.organisation).map_err(|_| corrupt())?,
            token_version: row.token_version,
            disabled,
        },
        person: PersonId::try_from(row.person).map_err(|_| corrupt())?,
        email: row.email,
        organisation_name: row.organisation_name,
        created_at: Timestamp::from_micros(row.created_at),
        disabled_at: row.disabled_at.map(Timestamp::from_micros),
        version: row.version,
    })
}

/// Accounts with their units.
macro_rules! everybody {
    () => {
        staff::table
            .inner_join(organisations::table.on(organisations::id.eq(staff::organisation_id)))
            .select((
                staff::id,
                staff::username,
                staff::display_name,
                staff::role,
                staff::region_code,
                staff::organisation_id,
                organisations::name,
                staff::person_id,
                staff::email,
                staff::password_hash,
                staff::token_version,
                staff::version,
                staff::created_at,
                staff::disabled_at,
            ))
            .into_boxed::<Backend>()
    };
}

/// Those that work for a region or a part of it.
macro_rules! of_region {
    ($region:expr) => {
        staff::region_code.like(format!("{}%", $region.prefix()))
    };
}

/// A page of the accounts of the scope's region, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter) -> Result<Vec<Person>, StoreError> {
    let mut query = everybody!().filter(of_region!(scope.region));
    if let Some(role) = filter.role {
        query = query.filter(staff::role.eq(role.as_str()));
    }
    query = match filter.stage {
        None => query,
        Some(Stage::Disabled) => query.filter(staff::disabled_at.is_not_null()),
        Some(Stage::Active) => query
            .filter(staff::disabled_at.is_null())
            .filter(staff::password_hash.is_not_null()),
        Some(Stage::Invited) => query
            .filter(staff::disabled_at.is_null())
            .filter(staff::password_hash.is_null()),
    };
    if let Some(words) = &filter.words {
        let like = format!("%{}%", crate::regions::escaped(words));
        query = query.filter(
            staff::display_name
                .like(like.clone())
                .escape('\\')
                .or(staff::username.like(like.to_lowercase()).escape('\\')),
        );
    }
    if let Some((at, id)) = &filter.after {
        query = query.filter(
            staff::created_at
                .lt(*at)
                .or(staff::created_at.eq(*at).and(staff::id.lt(id.clone()))),
        );
    }
    let rows: Vec<Row> = query
        .order((staff::created_at.desc(), staff::id.desc()))
        .limit(filter.limit)
        .load(tx.0)?;
    rows.into_iter().map(read).collect()
}

/// One account of the scope's region.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, scope: &Scope, id: &StaffId) -> Result<Option<Person>, StoreError> {
    let row: Option<Row> = everybody!()
        .filter(of_region!(scope.region))
        .filter(staff::id.eq(id.as_str().to_owned()))
        .get_result(tx.0)
        .optional()?;
    row.map(read).transpose()
}

/// One account of whatever region, for a proposal that was made about it.
///
/// # Errors
/// [`StoreError`].
pub fn proposed(tx: &mut Tx<'_>, id: &StaffId) -> Result<Option<Person>, StoreError> {
    let row: Option<Row> = everybody!()
        .filter(staff::id.eq(id.as_str().to_owned()))
        .get_result(tx.0)
        .optional()?;
    row.map(read).transpose()
}

/// What an account becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The role.
    pub role: Role,
    /// The region it works for.
    pub region: RegionCode,
    /// The unit it works in.
    pub organisation: OrganisationId,
}

/// Gives an account another role, unit or region; its access tokens die in this transaction.
///
/// # Errors
/// [`StoreError::Stale`] when it is not at the version seen, or was disabled.
pub fn change(tx: &mut Tx<'_>, id: &StaffId, seen: i32, change: &Change) -> Result<(), StoreError> {
    directory::changes(tx);
    let changed = diesel::update(
        staff::table
            .find(id.as_str())
            .filter(staff::version.eq(seen))
            .filter(staff::disabled_at.is_null()),
    )
    .set((
        staff::role.eq(change.role.as_str()),
        staff::region_code.eq(change.region.as_str()),
        staff::organisation_id.eq(change.organisation.as_str()),
        staff::token_version.eq(staff::token_version + 1),
        staff::version.eq(staff::version + 1),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    Ok(())
}

/// Whether all those of an organ who supervise cases are recused from one about these; `false` when there are none.
///
/// # Errors
/// [`StoreError`].
pub fn is_everybody_recused(
    tx: &mut Tx<'_>,
    organ: &OrganisationId,
    accused: Accused<'_>,
    day: Day,
) -> Result<bool, StoreError> {
    let officers = officers(tx, organ)?;
    for officer in officers.iter() {
        if !is_recused(&*super::known_scope(tx, officer, day)?, accused) {
            return Ok(false);
        }
    }
    Ok(!officers.is_empty())
}

/// Those of an organ who supervise cases.
fn officers(tx: &mut Tx<'_>, organ: &OrganisationId) -> Result<Arc<Vec<StaffId>>, StoreError> {
    directory::known(tx, Question::Officers(organ.to_string()), |tx| {
        let roles = Role::ALL
            .into_iter()
            .filter(|role| can(*role, Permission::SuperviseCases))
            .map(Role::as_str);
        let found: Vec<String> = staff::table
            .filter(staff::organisation_id.eq(organ.as_str()))
            .filter(staff::role.eq_any(roles))
            .filter(staff::disabled_at.is_null())
            .order(staff::id)
            .select(staff::id)
            .load(tx.0)?;
        found
            .into_iter()
            .map(|id| StaffId::try_from(id.as_str()).map_err(|_| StoreError::Corrupt("staff", id)))
            .collect()
    })
}

/// The administrators and auditors of a region and of those above it, but for these persons.
///
/// # Errors
/// [`StoreError`].
pub fn watchers(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    but: &[&PersonId],
) -> Result<Vec<StaffId>, StoreError> {
    let path: Vec<String> = region.and_above().into_iter().map(String::from).collect();
    let found: Vec<String> = staff::table
        .filter(staff::role.eq_any([Role::Administrator.as_str(), Role::Auditor.as_str()]))
        .filter(staff::region_code.eq_any(path))
        .filter(staff::disabled_at.is_null())
        .filter(staff::person_id.ne_all(but.iter().map(|person| person.as_str())))
        .order(staff::id)
        .select(staff::id)
        .load(tx.0)?;
    found
        .into_iter()
        .map(|id| StaffId::try_from(id.as_str()).map_err(|_| StoreError::Corrupt("staff", id)))
        .collect()
}

/// The units in which a natural person works.
///
/// # Errors
/// [`StoreError`].
pub fn units_of(tx: &mut Tx<'_>, person: &PersonId) -> Result<Vec<OrganisationId>, StoreError> {
    let units: Vec<String> = staff::table
        .filter(staff::person_id.eq(person.as_str()))
        .filter(staff::disabled_at.is_null())
        .select(staff::organisation_id)
        .distinct()
        .load(tx.0)?;
    units
        .into_iter()
        .map(|id| {
            OrganisationId::try_from(id)
                .map_err(|_| StoreError::Corrupt("staff", person.to_string()))
        })
        .collect()
}

/// Whether an account is in use by this natural person.
///
/// # Errors
/// [`StoreError`].
pub fn has_account(tx: &mut Tx<'_>, person: &PersonId) -> Result<bool, StoreError> {
    let any = diesel::dsl::exists(
        staff::table
            .filter(staff::person_id.eq(person.as_str()))
            .filter(staff::disabled_at.is_null()),
    );
    Ok(diesel::select(any).get_result(tx.0)?)
}

/// Administrators who are in office.
///
/// # Errors
/// [`StoreError`].
pub fn administrators(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    Ok(staff::table
        .filter(staff::role.eq(Role::Administrator.as_str()))
        .filter(staff::disabled_at.is_null())
        .count()
        .get_result(tx.0)?)
}

/// Whether an account is still what it was when a request began: in office, and of the same role, unit and region. To
/// be asked in the transaction that does what only such a one may.
///
/// # Errors
/// [`StoreError`].
pub fn is_still(tx: &mut Tx<'_>, scope: &Scope) -> Result<bool, StoreError> {
    let same = diesel::dsl::exists(
        staff::table
            .find(scope.staff.as_str())
            .filter(staff::disabled_at.is_null())
            .filter(staff::role.eq(scope.role.as_str()))
            .filter(staff::organisation_id.eq(scope.organisation.as_str()))
            .filter(staff::region_code.eq(scope.region.as_str())),
    );
    Ok(diesel::select(same).get_result(tx.0)?)
}
