//! Who is who: the keys under which people and units are recused, by the posts they hold on a day and the
//! relations they declared.

use diesel::prelude::*;
use domain::complaint::target::{Target, group_key, organisation_key, post_key};
use domain::id::{OrganisationId, PersonId, PostId, RelationId, StaffId};
use domain::region::{Level, RegionCode};
use domain::role::HeldPost;
use domain::time::{Day, Timestamp, parse_day};

use crate::Tx;
use crate::conn::on_backend;
use crate::directory;
use crate::error::StoreError;
use crate::schema::{
    complaint_recusals, complaint_targets, complaints, organisations, post_holders, posts,
    relations, staff,
};

/// Who declared to be related.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A natural person.
    Person(PersonId),
    /// A unit, with everybody in it.
    Organisation(OrganisationId),
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// A natural person who works here.
    Person(PersonId),
    /// A unit, with everybody in it.
    Organisation(OrganisationId),
    /// Whoever holds a post.
    Post(PostId),
}

/// A declared relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its id.
    pub id: RelationId,
    /// Who declared it of themselves.
    pub subject: Subject,
    /// To whom.
    pub object: Object,
    /// What kind of relation, in words.
    pub note: String,
    /// The account that declared it.
    pub declared_by: StaffId,
    /// Case time.
    pub declared_at: Timestamp,
    /// Case time of its end.
    pub ended_at: Option<Timestamp>,
}

type Row = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    String,
    i64,
    Option<i64>,
);

fn read(row: Row) -> Result<Relation, StoreError> {
    let id = row.0.clone();
    relation(row).ok_or(StoreError::Corrupt("relations", id))
}

fn relation(row: Row) -> Option<Relation> {
    let (id, person, unit, to_person, to_unit, to_post, note, by, at, ended) = row;
    let subject = match (person, unit) {
        (Some(id), None) => Subject::Person(PersonId::try_from(id).ok()?),
        (None, Some(id)) => Subject::Organisation(OrganisationId::try_from(id).ok()?),
        _ => return None,
    };
    let object = match (to_person, to_unit, to_post) {
        (Some(id), None, None) => Object::Person(PersonId::try_from(id).ok()?),
        (None, Some(id), None) => Object::Organisation(OrganisationId::try_from(id).ok()?),
        (None, None, Some(id)) => Object::Post(PostId::try_from(id).ok()?),
        _ => return None,
    };
    Some(Relation {
        id: RelationId::try_from(id).ok()?,
        subject,
        object,
        note,
        declared_by: StaffId::try_from(by).ok()?,
        declared_at: Timestamp::from_micros(at),
        ended_at: ended.map(Timestamp::from_micros),
    })
}

/// Keeps a declaration.
///
/// # Errors
/// [`StoreError`].
pub fn declare(tx: &mut Tx<'_>, new: &Relation) -> Result<(), StoreError> {
    directory::changes(tx);
    match &new.object {
        Object::Post(post) => crate::organisations::ensure_post(tx, post)?,
        Object::Organisation(unit) => crate::organisations::ensure_unit(tx, unit)?,
        Object::Person(_) => {}
    }
    let (person, unit) = match &new.subject {
        Subject::Person(id) => (Some(id.as_str()), None),
        Subject::Organisation(id) => (None, Some(id.as_str())),
    };
    let (to_person, to_unit, to_post) = match &new.object {
        Object::Person(id) => (Some(id.as_str()), None, None),
        Object::Organisation(id) => (None, Some(id.as_str()), None),
        Object::Post(id) => (None, None, Some(id.as_str())),
    };
    diesel::insert_into(relations::table)
        .values((
            relations::id.eq(new.id.as_str()),
            relations::person_id.eq(person),
            relations::organisation_id.eq(unit),
            relations::to_person_id.eq(to_person),
            relations::to_organisation_id.eq(to_unit),
            relations::to_post_id.eq(to_post),
            relations::note.eq(&new.note),
            relations::declared_by.eq(new.declared_by.as_str()),
            relations::declared_at.eq(new.declared_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Ends a declaration; `false` when it had ended before.
///
/// # Errors
/// [`StoreError`].
pub fn end(tx: &mut Tx<'_>, id: &RelationId, now: Timestamp) -> Result<bool, StoreError> {
    directory::changes(tx);
    let changed = diesel::update(
        relations::table
            .find(id.as_str())
            .filter(relations::ended_at.is_null()),
    )
    .set(relations::ended_at.eq(Some(now.micros())))
    .execute(tx.0)?;
    Ok(changed == 1)
}

/// One declaration.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, id: &RelationId) -> Result<Option<Relation>, StoreError> {
    let row: Option<Row> = relations::table
        .find(id.as_str())
        .get_result(tx.0)
        .optional()?;
    row.map(read).transpose()
}

/// What a person, and the unit of the account, have declared and not ended.
///
/// # Errors
/// [`StoreError`].
pub fn declared(
    tx: &mut Tx<'_>,
    person: Option<&PersonId>,
    unit: &OrganisationId,
) -> Result<Vec<Relation>, StoreError> {
    // No id is empty.
    let person = person.map_or("", PersonId::as_str);
    let rows: Vec<Row> = relations::table
        .filter(relations::ended_at.is_null())
        .filter(
            relations::person_id
                .eq(person)
                .or(relations::organisation_id.eq(unit.as_str())),
        )
        .order((relations::declared_at, relations::id))
        .load(tx.0)?;
    rows.into_iter().map(read).collect()
}

/// The keys of everybody that a person or a unit declared to be related to.
///
/// # Errors
/// [`StoreError`].
pub fn related_keys(
    tx: &mut Tx<'_>,
    person: Option<&PersonId>,
    unit: &OrganisationId,
    today: Day,
) -> Result<Vec<String>, StoreError> {
    let mut keys = Vec::new();
    for relation in declared(tx, person, unit)? {
        keys.extend(keys_of(tx, &relation.object, today)?);
    }
    keys.sort();
    keys.dedup();
    Ok(keys)
}

fn keys_of(tx: &mut Tx<'_>, object: &Object, today: Day) -> Result<Vec<String>, StoreError> {
    match object {
        Object::Post(post) => {
            let mut keys = vec![post_key(post)];
            let unit: Option<String> = posts::table
                .find(post.as_str())
                .select(posts::organisation_id)
                .get_result(tx.0)
                .optional()?;
            keys.extend(match unit {
                Some(unit) => unit_keys(tx, &unit)?,
                None => Vec::new(),
            });
            Ok(keys)
        }
        Object::Organisation(unit) => {
            let mut keys = unit_keys(tx, unit.as_str())?;
            let held: Vec<String> = posts::table
                .filter(posts::organisation_id.eq(unit.as_str()))
                .select(posts::id)
                .load(tx.0)?;
            keys.extend(held.into_iter().map(|id| format!("post:{id}")));
            Ok(keys)
        }
        Object::Person(person) => {
            let mut keys = post_keys(&held_posts(tx, person, today)?);
            let units: Vec<String> = staff::table
                .filter(staff::person_id.eq(person.as_str()))
                .filter(staff::disabled_at.is_null())
                .select(staff::organisation_id)
                .load(tx.0)?;
            for unit in units {
                keys.extend(unit_keys(tx, &unit)?);
            }
            Ok(keys)
        }
    }
}

/// The keys of everybody in a unit: its own, and its group's.
fn unit_keys(tx: &mut Tx<'_>, unit: &str) -> Result<Vec<String>, StoreError> {
    let row: Option<(String, String)> = organisations::table
        .find(unit)
        .select((organisations::level, organisations::region_code))
        .get_result(tx.0)
        .optional()?;
    let corrupt = || StoreError::Corrupt("organisations", unit.to_owned());
    let Some((level, region)) = row else {
        return Ok(Vec::new());
    };
    let id = OrganisationId::try_from(unit).map_err(|_| corrupt())?;
    let level = Level::parse(&level).ok_or_else(corrupt)?;
    let region = RegionCode::try_from(region).map_err(|_| corrupt())?;
    Ok(vec![organisation_key(&id), group_key(level, &region)])
}

/// The keys of whoever holds these posts.
pub(crate) fn post_keys(held: &[HeldPost]) -> Vec<String> {
    held.iter()
        .flat_map(|post| {
            [
                post_key(&post.post),
                organisation_key(&post.organisation),
                group_key(post.level, &post.region),
            ]
        })
        .collect()
}

/// The posts a person holds on a day.
///
/// # Errors
/// [`StoreError`].
pub fn held_posts(
    tx: &mut Tx<'_>,
    person: &PersonId,
    day: Day,
) -> Result<Vec<HeldPost>, StoreError> {
    let day = day.to_string();
    let held: Vec<(String, String, String, String)> = post_holders::table
        .inner_join(posts::table.on(posts::id.eq(post_holders::post_id)))
        .inner_join(organisations::table.on(organisations::id.eq(posts::organisation_id)))
        .filter(post_holders::person_id.eq(person.as_str()))
        .filter(post_holders::from_day.le(&day))
        .filter(
            post_holders::until_day
                .is_null()
                .or(post_holders::until_day.ge(&day)),
        )
        .order((posts::id, post_holders::from_day))
        .select((
            posts::id,
            organisations::id,
            organisations::level,
            organisations::region_code,
        ))
        .load(tx.0)?;
    held.into_iter()
        .map(|(post, unit, level, region)| {
            Some(HeldPost {
                post: PostId::try_from(post).ok()?,
                organisation: OrganisationId::try_from(unit).ok()?,
                level: Level::parse(&level)?,
                region: RegionCode::try_from(region).ok()?,
            })
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| StoreError::Corrupt("post_holders", person.to_string()))
}

/// The keys of the people who lead these units on a day.
///
/// # Errors
/// [`StoreError`].
pub fn leader_keys(
    tx: &mut Tx<'_>,
    units: &[&OrganisationId],
    day: Day,
) -> Result<Vec<String>, StoreError> {
    let ids: Vec<&str> = units.iter().map(|unit| unit.as_str()).collect();
    let text = day.to_string();
    let people: Vec<String> = post_holders::table
        .inner_join(posts::table.on(posts::id.eq(post_holders::post_id)))
        .filter(posts::organisation_id.eq_any(ids))
        .filter(posts::leads.eq(true))
        .filter(post_holders::from_day.le(&text))
        .filter(
            post_holders::until_day
                .is_null()
                .or(post_holders::until_day.ge(&text)),
        )
        .select(post_holders::person_id)
        .distinct()
        .load(tx.0)?;
    let mut keys = Vec::new();
    for person in people {
        let person = PersonId::try_from(person)
            .map_err(|_| StoreError::Corrupt("post_holders", "person_id".into()))?;
        keys.extend(post_keys(&held_posts(tx, &person, day)?));
    }
    Ok(keys)
}

/// The people that targets are on a day: who holds the post, works in the unit or belongs to the group.
///
/// # Errors
/// [`StoreError`].
pub fn accused(tx: &mut Tx<'_>, targets: &[Target], day: Day) -> Result<Vec<PersonId>, StoreError> {
    let mut people: Vec<String> = Vec::new();
    for target in targets {
        let units: Vec<String> = match target {
            Target::Post { id, .. } => {
                people.extend(holders(tx, HoldersOf::Post(id.as_str()), day)?);
                continue;
            }
            Target::Organisation { id, .. } => vec![id.to_string()],
            Target::Group { group, region } => organisations::table
                .filter(organisations::region_code.eq(region.as_str()))
                .filter(organisations::level.eq(group.level().as_str()))
                .select(organisations::id)
                .load(tx.0)?,
            Target::Other { .. } => continue,
        };
        people.extend(holders(tx, HoldersOf::Units(&units), day)?);
        let working: Vec<String> = staff::table
            .filter(staff::organisation_id.eq_any(&units))
            .filter(staff::disabled_at.is_null())
            .select(staff::person_id)
            .load(tx.0)?;
        people.extend(working);
    }
    people.sort();
    people.dedup();
    people
        .into_iter()
        .map(|id| PersonId::try_from(id).map_err(|_| StoreError::Corrupt("persons", "id".into())))
        .collect()
}

enum HoldersOf<'a> {
    Post(&'a str),
    Units(&'a [String]),
}

fn holders(tx: &mut Tx<'_>, of: HoldersOf<'_>, day: Day) -> Result<Vec<String>, StoreError> {
    let text = day.to_string();
    let query = post_holders::table
        .inner_join(posts::table.on(posts::id.eq(post_holders::post_id)))
        .filter(post_holders::from_day.le(text.clone()))
        .filter(
            post_holders::until_day
                .is_null()
                .or(post_holders::until_day.ge(text)),
        )
        .select(post_holders::person_id)
        .into_boxed();
    let query = match of {
        HoldersOf::Post(post) => query.filter(posts::id.eq(post.to_owned())),
        HoldersOf::Units(units) => query.filter(posts::organisation_id.eq_any(units.to_vec())),
    };
    Ok(query.load(tx.0)?)
}

/// Somebody holds a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The post.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
    /// The first day.
    pub from: Day,
    /// The last day, when it is known.
    pub until: Option<Day>,
}

/// Writes a holding down, or its last day; whoever held the post when a case was filed is recused from it.
///
/// # Errors
/// [`StoreError`].
pub fn hold(tx: &mut Tx<'_>, holding: &Holding) -> Result<(), StoreError> {
    directory::changes(tx);
    crate::organisations::ensure_post(tx, &holding.post)?;
    let (post, person) = (holding.post.as_str(), holding.person.as_str());
    let (from, until) = (
        holding.from.to_string(),
        holding.until.map(|day| day.to_string()),
    );
    let changed = diesel::update(post_holders::table.find((post, person, &from)))
        .set(post_holders::until_day.eq(&until))
        .execute(tx.0)?;
    if changed == 0 {
        diesel::insert_into(post_holders::table)
            .values((
                post_holders::post_id.eq(post),
                post_holders::person_id.eq(person),
                post_holders::from_day.eq(&from),
                post_holders::until_day.eq(&until),
            ))
            .execute(tx.0)?;
    }
    pin(tx, holding)
}

/// Recuses a holder from every case about the post, its unit or its group filed while he held it.
fn pin(tx: &mut Tx<'_>, holding: &Holding) -> Result<(), StoreError> {
    let keys = keys_of(tx, &Object::Post(holding.post.clone()), holding.from)?;
    let last = holding.until.and_then(|day| day.succ_opt());
    let until = last.map_or(i64::MAX, |day| Timestamp::start_of(day).micros());
    let cases: Vec<String> = complaint_targets::table
        .inner_join(complaints::table.on(complaints::id.eq(complaint_targets::complaint_id)))
        .filter(complaint_targets::target_key.eq_any(keys))
        .filter(complaints::received_at.ge(Timestamp::start_of(holding.from).micros()))
        .filter(complaints::received_at.lt(until))
        .select(complaints::id)
        .distinct()
        .load(tx.0)?;
    for case in cases {
        let values = (
            complaint_recusals::complaint_id.eq(case),
            complaint_recusals::person_id.eq(holding.person.as_str()),
        );
        on_backend!(tx, c =>
            diesel::insert_into(complaint_recusals::table).values(values).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// The units in which a person holds a leading post on a day, and those led by them.
///
/// # Errors
/// [`StoreError`].
pub fn units_led(
    tx: &mut Tx<'_>,
    person: &PersonId,
    day: Day,
) -> Result<Vec<OrganisationId>, StoreError> {
    let mut units = Vec::new();
    for post in held_posts(tx, person, day)? {
        let leads: Option<bool> = posts::table
            .find(post.post.as_str())
            .select(posts::leads)
            .get_result(tx.0)
            .optional()?;
        if leads == Some(true) {
            units.extend(crate::organisations::led_by(tx, &post.organisation)?);
        }
    }
    Ok(units)
}

/// The holdings that began after one day and up to another, each with the unit of its post.
///
/// # Errors
/// [`StoreError`].
pub fn began(
    tx: &mut Tx<'_>,
    after: Day,
    until: Day,
) -> Result<Vec<(OrganisationId, Holding)>, StoreError> {
    type Row = (String, String, String, Option<String>, String);
    let rows: Vec<Row> = post_holders::table
        .inner_join(posts::table.on(posts::id.eq(post_holders::post_id)))
        .filter(post_holders::from_day.gt(after.to_string()))
        .filter(post_holders::from_day.le(until.to_string()))
        .order((post_holders::from_day, post_holders::post_id))
        .select((
            post_holders::post_id,
            post_holders::person_id,
            post_holders::from_day,
            post_holders::until_day,
            posts::organisation_id,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(post, person, from, until, unit)| {
            Some((
                OrganisationId::try_from(unit).ok()?,
                Holding {
                    post: PostId::try_from(post).ok()?,
                    person: PersonId::try_from(person).ok()?,
                    from: parse_day(&from)?,
                    until: match until {
                        Some(day) => Some(parse_day(&day)?),
                        None => None,
                    },
                },
            ))
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| StoreError::Corrupt("post_holders", "row".into()))
}
