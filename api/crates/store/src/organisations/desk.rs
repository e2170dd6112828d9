//! Units as an administrator sees and changes them: with who holds their posts and how many work in them.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::complaint::state::StateName;
use domain::id::{OrganisationId, StaffId};
use domain::organisation::{Organisation, OrganisationKind, Post};
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::{Day, parse_day};

use super::{COLUMNS, Row, WithPosts, ensure_unit, is_founded, organisation, posts_of, unfounded};
use crate::Tx;
use crate::directory;
use crate::error::StoreError;
use crate::schema::{complaints, organisations, post_holders, posts, staff, zones};

/// Somebody holds a post, or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The person's account: the one in use, else the last.
    pub staff: StaffId,
    /// What that account's owner is called.
    pub name: String,
    /// The first day.
    pub from: Day,
    /// The last day, when it is known.
    pub until: Option<Day>,
}

/// A unit with all that is to be known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The unit.
    pub unit: Organisation,
    /// What the unit that leads it is called.
    pub leader: Option<String>,
    /// Accounts in it that are not disabled.
    pub working: i64,
    /// Its posts, those that lead first, each with who holds it today or later.
    pub posts: Vec<(Post, Vec<Held>)>,
}

/// The place of a unit in the list: by what it is, those that are closed last.
#[must_use]
pub fn place(unit: &Organisation) -> (i64, String) {
    let kinds = OrganisationKind::ALL;
    let later = if unit.is_closed() { kinds.len() } else { 0 };
    let rank = kinds.iter().take_while(|kind| **kind != unit.kind).count();
    let rank = i64::try_from(later + rank).unwrap_or(i64::MAX);
    (rank, unit.id.to_string())
}

/// A page of the units that work for one region. Whether that region is within the reader's reach is asked before.
///
/// # Errors
/// [`StoreError`].
pub fn list(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    after: Option<(i64, String)>,
    limit: i64,
    today: Day,
) -> Result<Vec<Kept>, StoreError> {
    // A region has some units, not some thousands: the page is cut out of them here, in one order.
    let limit = usize::try_from(limit).unwrap_or(0);
    let is_later = |unit: &Organisation| after.as_ref().is_none_or(|after| place(unit) > *after);
    let rows: Vec<Row> = organisations::table
        .filter(organisations::region_code.eq(region.as_str()))
        .order(organisations::id)
        .select(COLUMNS)
        .load(tx.0)?;
    let units: Result<Vec<Organisation>, StoreError> = rows.into_iter().map(organisation).collect();
    let mut units = units?;
    if units.is_empty() {
        let mut standard = unfounded(tx, region)?;
        standard.retain(|(unit, _)| is_later(unit));
        standard.sort_by_key(|(unit, _)| place(unit));
        standard.truncate(limit);
        return with_people(tx, standard, today);
    }
    units.retain(is_later);
    units.sort_by_key(place);
    units.truncate(limit);
    let ids = units.iter().map(|unit| unit.id.to_string()).collect();
    let mut by_unit = posts_of(tx, ids)?;
    let page = units.into_iter().map(|unit| {
        let posts = by_unit.remove(unit.id.as_str()).unwrap_or_default();
        (unit, posts)
    });
    let page = page.collect();
    with_people(tx, page, today)
}

/// One unit of the scope's region.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &OrganisationId,
    today: Day,
) -> Result<Option<Kept>, StoreError> {
    let found = super::find(tx, id)?.filter(|unit| scope.region.covers(&unit.region_code));
    let Some(unit) = found else {
        return Ok(None);
    };
    let posts = if is_founded(tx, &unit.region_code)? {
        posts_of(tx, vec![id.to_string()])?.remove(id.as_str())
    } else {
        let mut standard = unfounded(tx, &unit.region_code)?.into_iter();
        standard.find_map(|(one, posts)| (one.id == unit.id).then_some(posts))
    };
    let one = vec![(unit, posts.unwrap_or_default())];
    Ok(with_people(tx, one, today)?.pop())
}

fn with_people(tx: &mut Tx<'_>, units: WithPosts, today: Day) -> Result<Vec<Kept>, StoreError> {
    let ids: Vec<&str> = units.iter().map(|(unit, _)| unit.id.as_str()).collect();
    let working: Vec<(String, i64)> = staff::table
        .filter(staff::organisation_id.eq_any(ids))
        .filter(staff::disabled_at.is_null())
        .group_by(staff::organisation_id)
        .select((staff::organisation_id, count_star()))
        .load(tx.0)?;
    let working: HashMap<String, i64> = working.into_iter().collect();
    let leaders = units.iter().filter_map(|(unit, _)| unit.led_by.as_ref());
    let leaders: Vec<(String, String)> = organisations::table
        .filter(organisations::id.eq_any(leaders.map(OrganisationId::as_str)))
        .select((organisations::id, organisations::name))
        .load(tx.0)?;
    let leaders: HashMap<String, String> = leaders.into_iter().collect();
    let posts: Vec<String> = units
        .iter()
        .flat_map(|(_, posts)| posts.iter().map(|post| post.id.to_string()))
        .collect();
    let mut held = holders(tx, posts, today)?;
    let kept = units.into_iter().map(|(unit, posts)| Kept {
        leader: unit
            .led_by
            .as_ref()
            .and_then(|id| leaders.get(id.as_str()).cloned()),
        working: working.get(unit.id.as_str()).copied().unwrap_or(0),
        posts: posts
            .into_iter()
            .map(|post| {
                let by = held.remove(post.id.as_str()).unwrap_or_default();
                (post, by)
            })
            .collect(),
        unit,
    });
    Ok(kept.collect())
}

/// Who holds these posts today or later.
fn holders(
    tx: &mut Tx<'_>,
    ids: Vec<String>,
    today: Day,
) -> Result<HashMap<String, Vec<Held>>, StoreError> {
    let rows: Vec<(String, String, String, Option<String>)> = post_holders::table
        .filter(post_holders::post_id.eq_any(ids))
        .filter(
            post_holders::until_day
                .is_null()
                .or(post_holders::until_day.ge(today.to_string())),
        )
        .order((
            post_holders::post_id,
            post_holders::from_day,
            post_holders::person_id,
        ))
        .select((
            post_holders::post_id,
            post_holders::person_id,
            post_holders::from_day,
            post_holders::until_day,
        ))
        .load(tx.0)?;
    let people: Vec<&str> = rows.iter().map(|(_, person, ..)| person.as_str()).collect();
    let accounts: Vec<(String, String, String, Option<i64>)> = staff::table
        .filter(staff::person_id.eq_any(people))
        .order((staff::created_at, staff::id))
        .select((
            staff::person_id,
            staff::id,
            staff::display_name,
            staff::disabled_at,
        ))
        .load(tx.0)?;
    // The last one of each person wins, but for one that is ended over one in use.
    let mut named: HashMap<String, (String, String, bool)> = HashMap::new();
    for (person, id, name, disabled_at) in accounts {
        let is_used = disabled_at.is_none();
        if is_used || named.get(&person).is_none_or(|(_, _, used)| !used) {
            named.insert(person, (id, name, is_used));
        }
    }
    let mut held: HashMap<String, Vec<Held>> = HashMap::new();
    for (post, person, from, until) in rows {
        let corrupt = || StoreError::Corrupt("post_holders", post.clone());
        // Whoever holds a post has an account, from which the post was given.
        let Some((id, name, _)) = named.get(&person) else {
            continue;
        };
        let one = Held {
            staff: StaffId::try_from(id.as_str()).map_err(|_| corrupt())?,
            name: name.clone(),
            from: parse_day(&from).ok_or_else(corrupt)?,
            until: until
                .map(|day| parse_day(&day).ok_or_else(corrupt))
                .transpose()?,
        };
        held.entry(post).or_default().push(one);
    }
    Ok(held)
}

/// Whether another unit of the region that is not closed bears this name.
///
/// # Errors
/// [`StoreError`].
pub fn is_name_taken(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    name: &str,
    but: Option<&OrganisationId>,
) -> Result<bool, StoreError> {
    // No id is empty.
    let but = but.map_or("", OrganisationId::as_str);
    let same = organisations::table
        .filter(organisations::region_code.eq(region.as_str()))
        .filter(organisations::name.eq(name))
        .filter(organisations::closed_on.is_null())
        .filter(organisations::id.ne(but));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(tx.0)?)
}

/// What becomes of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another name.
    Name(String),
    /// Its notices go there.
    Email(Option<String>),
    /// It has one post more.
    Post(Post),
    /// This is its last day.
    Closed(Day),
}

/// Changes a unit.
///
/// # Errors
/// [`StoreError::Stale`] when it is not at the version seen, or closed.
pub fn change(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    seen: i32,
    change: &Change,
) -> Result<(), StoreError> {
    directory::changes(tx);
    ensure_unit(tx, id)?;
    let open = organisations::table
        .find(id.as_str())
        .filter(organisations::version.eq(seen))
        .filter(organisations::closed_on.is_null());
    let next = organisations::version.eq(organisations::version + 1);
    let changed = match change {
        Change::Name(name) => diesel::update(open)
            .set((next, organisations::name.eq(name)))
            .execute(tx.0)?,
        Change::Email(email) => diesel::update(open)
            .set((next, organisations::email.eq(email)))
            .execute(tx.0)?,
        Change::Closed(day) => diesel::update(open)
            .set((next, organisations::closed_on.eq(day.to_string())))
            .execute(tx.0)?,
        Change::Post(_) => diesel::update(open).set(next).execute(tx.0)?,
    };
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    match change {
        Change::Post(post) => {
            diesel::insert_into(posts::table)
                .values((
                    posts::id.eq(post.id.as_str()),
                    posts::organisation_id.eq(id.as_str()),
                    posts::title.eq(&post.title),
                    posts::leads.eq(post.leads),
                ))
                .execute(tx.0)?;
        }
        Change::Closed(day) => vacate(tx, id, *day)?,
        Change::Name(_) | Change::Email(_) => {}
    }
    Ok(())
}

/// Nobody holds a post of a unit beyond its last day, and whoever was to begin later never does. Who is recused from a
/// case for having held one when it was filed is written there, and stays.
fn vacate(tx: &mut Tx<'_>, id: &OrganisationId, last: Day) -> Result<(), StoreError> {
    let of_unit: Vec<String> = posts::table
        .filter(posts::organisation_id.eq(id.as_str()))
        .select(posts::id)
        .load(tx.0)?;
    let last = last.to_string();
    let to_come = post_holders::table
        .filter(post_holders::post_id.eq_any(&of_unit))
        .filter(post_holders::from_day.gt(&last));
    diesel::delete(to_come).execute(tx.0)?;
    let open = post_holders::table
        .filter(post_holders::post_id.eq_any(&of_unit))
        .filter(
            post_holders::until_day
                .is_null()
                .or(post_holders::until_day.gt(&last)),
        );
    diesel::update(open)
        .set(post_holders::until_day.eq(&last))
        .execute(tx.0)?;
    Ok(())
}

/// What still hangs on a unit, and keeps it from being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ties {
    /// Whether a case lies with it that may still come back to it: open, or answered and not rated.
    pub has_cases: bool,
    /// Accounts in it that are not disabled.
    pub accounts: i64,
    /// Units that it leads and that are not closed.
    pub leads: i64,
    /// Zones that it leads.
    pub zones: i64,
}

/// What hangs on a unit now.
///
/// # Errors
/// [`StoreError`].
pub fn ties(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Ties, StoreError> {
    // An answer that its complainant is not content with goes back to the unit that gave it; what is final goes on only
    // by being accepted anew.
    let alive = StateName::ALL.into_iter().filter(|state| !state.is_final());
    let with_it = complaints::table
        .filter(complaints::state.eq_any(alive.map(StateName::as_str)))
        .filter(
            complaints::supervising_id
                .eq(id.as_str())
                .or(complaints::responsible_id
                    .assume_not_null()
                    .eq(id.as_str())
                    .and(complaints::responsible_id.is_not_null())),
        );
    Ok(Ties {
        has_cases: diesel::select(diesel::dsl::exists(with_it)).get_result(tx.0)?,
        accounts: staff::table
            .filter(staff::organisation_id.eq(id.as_str()))
            .filter(staff::disabled_at.is_null())
            .count()
            .get_result(tx.0)?,
        leads: organisations::table
            .filter(organisations::led_by.eq(id.as_str()))
            .filter(organisations::closed_on.is_null())
            .count()
            .get_result(tx.0)?,
        zones: zones::table
            .filter(zones::lead_organisation_id.eq(id.as_str()))
            .count()
            .get_result(tx.0)?,
    })
}
