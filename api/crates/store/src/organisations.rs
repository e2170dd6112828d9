//! Units and posts, and how they stand to each other. What administrators see of them and change is in [`desk`].

pub mod desk;

use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;
use domain::complaint::routing::{Organs, may_go_sideways, may_supervise};
use domain::complaint::target::{Accused, Target, Unit};
use domain::id::{OrganisationId, PostId};
use domain::organisation::{Organisation, OrganisationKind, Post, standard_organisations};
use domain::region::{Level, RegionCode};
use domain::time::{Day, parse_day};

use crate::Tx;
use crate::accounts::people;
use crate::conn::on_backend;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::recusal;
use crate::regions;
use crate::schema::{organisations, posts};

type Row = (
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    i32,
);

const COLUMNS: (
    organisations::id,
    organisations::region_code,
    organisations::level,
    organisations::kind,
    organisations::name,
    organisations::led_by,
    organisations::email,
    organisations::closed_on,
    organisations::version,
) = (
    organisations::id,
    organisations::region_code,
    organisations::level,
    organisations::kind,
    organisations::name,
    organisations::led_by,
    organisations::email,
    organisations::closed_on,
    organisations::version,
);

fn organisation(
    (id, region, level, kind, name, led_by, email, closed_on, version): Row,
) -> Result<Organisation, StoreError> {
    let corrupt = || StoreError::Corrupt("organisations", id.clone());
    Ok(Organisation {
        region_code: RegionCode::try_from(region).map_err(|_| corrupt())?,
        level: Level::parse(&level).ok_or_else(corrupt)?,
        kind: OrganisationKind::parse(&kind).ok_or_else(corrupt)?,
        led_by: led_by
            .map(OrganisationId::try_from)
            .transpose()
            .map_err(|_| corrupt())?,
        closed_on: closed_on
            .map(|day| parse_day(&day).ok_or_else(corrupt))
            .transpose()?,
        id: OrganisationId::try_from(id.clone()).map_err(|_| corrupt())?,
        name,
        email,
        version,
    })
}

/// Founds units and their posts; those that are there stay as they are.
///
/// # Errors
/// [`StoreError`].
pub fn found(tx: &mut Tx<'_>, units: &[(Organisation, Vec<Post>)]) -> Result<(), StoreError> {
    directory::changes(tx);
    for chunk in units.chunks(300) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(unit, _)| {
                (
                    organisations::id.eq(unit.id.as_str().to_owned()),
                    organisations::region_code.eq(unit.region_code.as_str().to_owned()),
                    organisations::level.eq(unit.level.as_str()),
                    organisations::kind.eq(unit.kind.as_str()),
                    organisations::name.eq(unit.name.clone()),
                    organisations::led_by.eq(unit.led_by.as_ref().map(|id| id.as_str().to_owned())),
                    organisations::email.eq(unit.email.clone()),
                )
            })
            .collect();
        on_backend!(tx, c => diesel::insert_into(organisations::table).values(&rows).on_conflict_do_nothing().execute(c))?;
        let rows: Vec<_> = chunk
            .iter()
            .flat_map(|(_, held)| held)
            .map(|post| {
                (
                    posts::id.eq(post.id.as_str().to_owned()),
                    posts::organisation_id.eq(post.organisation_id.as_str().to_owned()),
                    posts::title.eq(post.title.clone()),
                    posts::leads.eq(post.leads),
                )
            })
            .collect();
        on_backend!(tx, c => diesel::insert_into(posts::table).values(&rows).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// The units of a region that has no rows of them. The tree of the whole country has 620,000 villages, and nobody has ever
/// asked most of them for anything: their two committees, which are the same everywhere, are founded when somebody first
/// turns to one ([`ensure`]), and until then are what [`standard_organisations`] says.
fn unfounded(tx: &mut Tx<'_>, region: &RegionCode) -> Result<WithPosts, StoreError> {
    let found = regions::find(tx, region)?;
    let mut units = found.map_or_else(Vec::new, |found| standard_organisations(&found.region));
    // In the order in which their rows will be read.
    units.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
    for (_, held) in &mut units {
        held.sort_by(|one, other| (other.leads, &one.id).cmp(&(one.leads, &other.id)));
    }
    Ok(units)
}

/// Whether a region's units have rows.
fn is_founded(tx: &mut Tx<'_>, region: &RegionCode) -> Result<bool, StoreError> {
    let question = Question::Founded(region.to_string());
    let known = directory::known_if(
        tx,
        question,
        |founded| *founded,
        |tx| {
            let any = organisations::table.filter(organisations::region_code.eq(region.as_str()));
            Ok(diesel::select(diesel::dsl::exists(any)).get_result(tx.0)?)
        },
    )?;
    Ok(*known)
}

/// Founds the units of a region that has none yet. Whatever is about to point to one of them says so first.
///
/// # Errors
/// [`StoreError`].
pub fn ensure(tx: &mut Tx<'_>, region: &RegionCode) -> Result<(), StoreError> {
    if is_founded(tx, region)? {
        return Ok(());
    }
    let units = unfounded(tx, region)?;
    found(tx, &units)
}

/// The same of the region whose unit has this id.
///
/// # Errors
/// [`StoreError`].
pub fn ensure_unit(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<(), StoreError> {
    match region_in(id.as_str()) {
        Some(region) => ensure(tx, &region),
        None => Ok(()),
    }
}

/// The same of the region in whose units a post with this id stands.
///
/// # Errors
/// [`StoreError`].
pub fn ensure_post(tx: &mut Tx<'_>, id: &PostId) -> Result<(), StoreError> {
    match region_in(id.as_str()) {
        Some(region) => ensure(tx, &region),
        None => Ok(()),
    }
}

/// The region that the id of a standard unit or post names: `village-committee-230104111204-director`.
fn region_in(id: &str) -> Option<RegionCode> {
    id.split('-')
        .find_map(|part| RegionCode::try_from(part).ok())
}

/// Gives units that bear their region's name the new one; those that people have named otherwise keep their names.
///
/// # Errors
/// [`StoreError`].
pub fn rename(
    tx: &mut Tx<'_>,
    before: &[(Organisation, Vec<Post>)],
    after: &[(Organisation, Vec<Post>)],
) -> Result<(), StoreError> {
    directory::changes(tx);
    for ((old, _), (new, _)) in before.iter().zip(after) {
        let named_so = organisations::table
            .find(old.id.as_str())
            .filter(organisations::name.eq(&old.name));
        diesel::update(named_so)
            .set((
                organisations::name.eq(&new.name),
                organisations::version.eq(organisations::version + 1),
            ))
            .execute(tx.0)?;
    }
    Ok(())
}

/// One unit.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Option<Organisation>, StoreError> {
    let row: Option<Row> = organisations::table
        .find(id.as_str())
        .select(COLUMNS)
        .get_result(tx.0)
        .optional()?;
    match row {
        Some(row) => organisation(row).map(Some),
        None => unfounded_unit(tx, id),
    }
}

fn unfounded_unit(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
) -> Result<Option<Organisation>, StoreError> {
    let Some(region) = region_in(id.as_str()) else {
        return Ok(None);
    };
    if is_founded(tx, &region)? {
        return Ok(None);
    }
    let mut units = unfounded(tx, &region)?.into_iter();
    Ok(units.find_map(|(unit, _)| (unit.id == *id).then_some(unit)))
}

/// Units, each with its posts.
pub type WithPosts = Vec<(Organisation, Vec<Post>)>;

/// The units of a region and of those above it that are not closed, the lowest first, each with its posts: whom
/// somebody may complain about, or give work to.
///
/// # Errors
/// [`StoreError`].
pub fn of_region_and_above(
    tx: &mut Tx<'_>,
    region: &RegionCode,
) -> Result<Arc<WithPosts>, StoreError> {
    let question = Question::Around(region.to_string());
    directory::known(tx, question, |tx| {
        let mut units = ever_around(tx, region)?;
        units.retain(|(unit, _)| !unit.is_closed());
        Ok(units)
    })
}

/// The same with those that are closed, for whoever reads what named one.
///
/// # Errors
/// [`StoreError`].
pub fn ever_around(tx: &mut Tx<'_>, region: &RegionCode) -> Result<WithPosts, StoreError> {
    let path: Vec<String> = region.and_above().into_iter().map(String::from).collect();
    let rows: Vec<Row> = organisations::table
        .filter(organisations::region_code.eq_any(path))
        .order((organisations::region_code.desc(), organisations::id))
        .select(COLUMNS)
        .load(tx.0)?;
    let ids: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let mut by_unit = posts_of(tx, ids)?;
    let founded = rows.into_iter().map(|row| {
        let held = by_unit.remove(&row.0).unwrap_or_default();
        organisation(row).map(|unit| (unit, held))
    });
    let founded: WithPosts = founded.collect::<Result<_, _>>()?;
    // The lowest come first, and only villages are ever without rows.
    if region.level() == Level::Village
        && !founded.iter().any(|(unit, _)| unit.region_code == *region)
    {
        let mut all = unfounded(tx, region)?;
        all.extend(founded);
        return Ok(all);
    }
    Ok(founded)
}

/// The posts of these units, those that lead first.
fn posts_of(tx: &mut Tx<'_>, units: Vec<String>) -> Result<HashMap<String, Vec<Post>>, StoreError> {
    let held: Vec<(String, String, String, bool)> = posts::table
        .filter(posts::organisation_id.eq_any(units))
        .order((posts::leads.desc(), posts::id))
        .select((
            posts::id,
            posts::organisation_id,
            posts::title,
            posts::leads,
        ))
        .load(tx.0)?;
    let mut by_unit: HashMap<String, Vec<Post>> = HashMap::new();
    for (id, unit, title, leads) in held {
        let corrupt = || StoreError::Corrupt("posts", id.clone());
        let post = Post {
            id: PostId::try_from(id.clone()).map_err(|_| corrupt())?,
            organisation_id: OrganisationId::try_from(unit.clone()).map_err(|_| corrupt())?,
            title,
            leads,
        };
        by_unit.entry(unit).or_default().push(post);
    }
    Ok(by_unit)
}

/// The discipline organs above a region, by level.
///
/// # Errors
/// [`StoreError`].
pub fn organs(tx: &mut Tx<'_>, region: &RegionCode) -> Result<Organs, StoreError> {
    let question = Question::Organs(region.to_string());
    directory::known(tx, question, |tx| read_organs(tx, region)).map(Arc::unwrap_or_clone)
}

fn read_organs(tx: &mut Tx<'_>, region: &RegionCode) -> Result<Organs, StoreError> {
    let path: Vec<String> = region.and_above().into_iter().map(String::from).collect();
    let rows: Vec<Row> = organisations::table
        .filter(organisations::region_code.eq_any(path))
        .filter(organisations::kind.eq(OrganisationKind::DisciplineOrgan.as_str()))
        .order(organisations::id)
        .select(COLUMNS)
        .load(tx.0)?;
    let mut organs = Organs::new();
    for row in rows {
        let unit = organisation(row)?;
        organs.entry(unit.level).or_insert(unit.id);
    }
    Ok(organs)
}

/// A unit as routing sees it on a day, with those that lead it.
///
/// # Errors
/// [`StoreError`].
pub fn unit(tx: &mut Tx<'_>, id: &OrganisationId, day: Day) -> Result<Option<Unit>, StoreError> {
    let question = Question::Unit(id.to_string(), day);
    directory::known(tx, question, |tx| read_unit(tx, id, day)).map(Arc::unwrap_or_clone)
}

fn read_unit(tx: &mut Tx<'_>, id: &OrganisationId, day: Day) -> Result<Option<Unit>, StoreError> {
    let Some(found) = find(tx, id)? else {
        return Ok(None);
    };
    let mut led_by = Vec::new();
    let mut next = found.led_by.clone();
    while let Some(leader) = next {
        // A circle of units leading each other would be a mistake of configuration, not a reason to hang.
        if led_by.contains(&leader) {
            break;
        }
        next = find(tx, &leader)?.and_then(|unit| unit.led_by);
        led_by.push(leader);
    }
    let leading: Vec<&OrganisationId> = led_by.iter().chain([&found.id]).collect();
    let leader_keys = recusal::leader_keys(tx, &leading, day)?;
    Ok(Some(Unit {
        related_keys: recusal::related_keys(tx, None, &found.id, day)?,
        leader_keys,
        is_village_committee: found.is_of_the_village(),
        id: found.id,
        level: found.level,
        region: found.region_code,
        is_discipline_organ: found.kind == OrganisationKind::DisciplineOrgan,
        led_by,
    }))
}

/// The discipline organs above a region that may supervise a case about these.
///
/// An organ all of whose people are recused would let the case lie until the ladder finds it, so it is passed over
/// while there is one above it. One without any people is not: the ladder tells the operators.
///
/// # Errors
/// [`StoreError`].
pub fn organs_for(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    accused: Accused<'_>,
    day: Day,
) -> Result<Organs, StoreError> {
    let mut organs = organs(tx, region)?;
    if accused.targets.is_empty() {
        return Ok(organs);
    }
    for (level, id) in organs.clone() {
        let may = unit(tx, &id, day)?.is_some_and(|organ| may_supervise(&organ, accused.targets));
        if !may {
            organs.remove(&level);
        }
    }
    let highest = organs.keys().next_back().copied();
    for (level, id) in organs.clone() {
        if Some(level) != highest && people::is_everybody_recused(tx, &id, accused, day)? {
            organs.remove(&level);
        }
    }
    Ok(organs)
}

/// The discipline organs of these townships that the county may hand a case about these targets to.
///
/// # Errors
/// [`StoreError`].
pub fn neighbours_for(
    tx: &mut Tx<'_>,
    townships: &[RegionCode],
    targets: &[Target],
    day: Day,
) -> Result<Vec<OrganisationId>, StoreError> {
    let mut found = Vec::new();
    for township in townships {
        let here = organs(tx, township)?.remove(&Level::Township);
        if let Some(id) = here
            && unit(tx, &id, day)?.is_some_and(|organ| may_go_sideways(&organ, targets))
        {
            found.push(id);
        }
    }
    Ok(found)
}

/// The units of these regions themselves that are not closed, by region and id.
///
/// # Errors
/// [`StoreError`].
pub fn in_regions(tx: &mut Tx<'_>, codes: &[RegionCode]) -> Result<Vec<Organisation>, StoreError> {
    let codes: Vec<&str> = codes.iter().map(RegionCode::as_str).collect();
    let rows: Vec<Row> = organisations::table
        .filter(organisations::region_code.eq_any(codes))
        .filter(organisations::closed_on.is_null())
        .order((organisations::region_code, organisations::id))
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter().map(organisation).collect()
}

/// The unit that a post belongs to.
///
/// # Errors
/// [`StoreError`].
pub fn post(tx: &mut Tx<'_>, id: &PostId) -> Result<Option<Organisation>, StoreError> {
    let unit: Option<String> = posts::table
        .find(id.as_str())
        .select(posts::organisation_id)
        .get_result(tx.0)
        .optional()?;
    match unit.map(OrganisationId::try_from) {
        None => {
            let Some(region) = region_in(id.as_str()) else {
                return Ok(None);
            };
            if is_founded(tx, &region)? {
                return Ok(None);
            }
            let mut units = unfounded(tx, &region)?.into_iter();
            Ok(units
                .find_map(|(unit, held)| held.iter().any(|post| post.id == *id).then_some(unit)))
        }
        Some(Ok(unit)) => find(tx, &unit),
        Some(Err(_)) => Err(StoreError::Corrupt("posts", id.to_string())),
    }
}

/// A unit and every unit below it.
///
/// # Errors
/// [`StoreError`].
pub fn led_by(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<OrganisationId>, StoreError> {
    let mut units = vec![id.clone()];
    let mut next = 0;
    while let Some(leader) = units.get(next).cloned() {
        let below: Vec<String> = organisations::table
            .filter(organisations::led_by.eq(leader.as_str()))
            .order(organisations::id)
            .select(organisations::id)
            .load(tx.0)?;
        for unit in below {
            let unit = OrganisationId::try_from(unit)
                .map_err(|_| StoreError::Corrupt("organisations", leader.to_string()))?;
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        next += 1;
    }
    Ok(units)
}

/// The discipline organs of all cities.
///
/// # Errors
/// [`StoreError`].
pub fn city_organs(tx: &mut Tx<'_>) -> Result<Vec<OrganisationId>, StoreError> {
    let ids: Vec<String> = organisations::table
        .filter(organisations::kind.eq(OrganisationKind::DisciplineOrgan.as_str()))
        .filter(organisations::level.eq(Level::City.as_str()))
        .order(organisations::id)
        .select(organisations::id)
        .load(tx.0)?;
    ids.into_iter()
        .map(|id| {
            OrganisationId::try_from(id)
                .map_err(|_| StoreError::Corrupt("organisations", "id".into()))
        })
        .collect()
}
