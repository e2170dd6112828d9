//! The outbox: letters written in the transaction that caused them, sent afterwards, at least once.

use std::collections::BTreeMap;
use std::sync::Arc;

use diesel::prelude::*;
use domain::complaint::access::is_recused;
use domain::complaint::routing::may_supervise;
use domain::complaint::target::Accused;
use domain::id::{OrganisationId, StaffId};
use domain::region::RegionCode;
use domain::role::Permission;
use domain::time::{Day, Timestamp};

use crate::Tx;
use crate::accounts;
use crate::complaints::case_is_known;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::prepared::Keep as _;
use crate::schema::{complaints, outbox, staff};

/// Tries after which a letter is dead and visible.
pub const ATTEMPTS: i32 = 10;

/// Wall seconds for which a letter may be spoken for: far more than any lease or pause the worker gives. What lies
/// beyond was written while a machine's clock was ahead; believed, it would hold a letter back until that day.
const LONGEST_HOLD_SECONDS: i64 = 86_400;

/// Nobody has it in hand, and it is not put off.
#[diesel::dsl::auto_type]
fn free(wall_now: i64) -> _ {
    let latest: i64 = wall_now.saturating_add(LONGEST_HOLD_SECONDS * 1_000_000);
    outbox::claimed_until
        .le(wall_now)
        .or(outbox::claimed_until.gt(latest))
}

/// A letter to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// Its id; the Message-ID is made of it.
    pub id: String,
    /// To whom.
    pub staff: StaffId,
    /// Which words.
    pub template: &'static str,
    /// What fills them, as JSON.
    pub params: String,
    /// Case time.
    pub created_at: Timestamp,
    /// Not before this case time: letters go out in office hours.
    pub not_before: Timestamp,
}

/// A letter that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLetter {
    /// Its id.
    pub id: String,
    /// Its reader; `None` when the account is gone.
    pub staff: Option<StaffId>,
    /// The address; `None` when the account has none or was disabled.
    pub address: Option<String>,
    /// Which words.
    pub template: String,
    /// What fills them, as JSON.
    pub params: String,
    /// Tries before this one.
    pub attempts: i32,
    /// Until when it is this worker's, in wall time.
    pub claimed_until: Timestamp,
    /// The region its reader works for, whose office hours count.
    pub region: Option<RegionCode>,
}

/// The people of a unit whom a case may be told to: in office, with the permission, not recused.
///
/// # Errors
/// [`StoreError`].
pub fn recipients(
    tx: &mut Tx<'_>,
    unit: &OrganisationId,
    permission: Permission,
    accused: Accused<'_>,
    today: Day,
) -> Result<Vec<StaffId>, StoreError> {
    let mut found = Vec::new();
    for id in crew(tx, unit)?.iter() {
        let scope = accounts::known_scope(tx, id, today)?;
        if scope.can(permission) && !is_recused(&scope, accused) {
            found.push(id.clone());
        }
    }
    Ok(found)
}

/// The accounts of a unit that are not disabled.
fn crew(tx: &mut Tx<'_>, unit: &OrganisationId) -> Result<Arc<Vec<StaffId>>, StoreError> {
    directory::known(tx, Question::Crew(unit.to_string()), |tx| {
        let ids: Vec<String> = staff::table
            .filter(staff::organisation_id.eq(unit.as_str()))
            .filter(staff::disabled_at.is_null())
            .order(staff::id)
            .select(staff::id)
            .load(tx.0)?;
        ids.into_iter()
            .map(|id| {
                StaffId::try_from(id).map_err(|_| StoreError::Corrupt("staff", unit.to_string()))
            })
            .collect()
    })
}

/// Everybody who runs the installation.
///
/// # Errors
/// [`StoreError`].
pub fn operators(tx: &mut Tx<'_>) -> Result<Vec<StaffId>, StoreError> {
    let ids: Vec<String> = staff::table
        .filter(staff::role.eq(domain::role::Role::Administrator.as_str()))
        .filter(staff::disabled_at.is_null())
        .order(staff::id)
        .select(staff::id)
        .load(tx.0)?;
    ids.into_iter()
        .map(|id| StaffId::try_from(id).map_err(|_| StoreError::Corrupt("staff", "id".into())))
        .collect()
}

/// Puts a letter into the outbox.
///
/// # Errors
/// [`StoreError`].
pub fn put(tx: &mut Tx<'_>, letter: &NewLetter) -> Result<(), StoreError> {
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(&letter.id),
            outbox::staff_id.eq(letter.staff.as_str()),
            outbox::template.eq(letter.template),
            outbox::params.eq(&letter.params),
            outbox::created_at.eq(letter.created_at.micros()),
            outbox::not_before.eq(letter.not_before.micros()),
            outbox::state.eq("pending"),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Leases letters that are due, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn claim_due(
    tx: &mut Tx<'_>,
    case_now: Timestamp,
    wall_now: Timestamp,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<DueLetter>, StoreError> {
    type Row = (String, Option<String>, String, String, i32);
    let due: Vec<Row> = outbox::table
        .filter(outbox::state.eq("pending"))
        .filter(outbox::not_before.le(case_now.micros()))
        .filter(free(wall_now.micros()))
        .order((outbox::not_before.asc(), outbox::id.asc()))
        .limit(limit)
        .select((
            outbox::id,
            outbox::staff_id,
            outbox::template,
            outbox::params,
            outbox::attempts,
        ))
        .load(tx.0)?;
    let until = wall_now.plus_seconds(lease_seconds).micros();
    let mut letters = Vec::with_capacity(due.len());
    // Most letters of a crowd go to the same few people.
    let mut readers: BTreeMap<String, Option<(Option<String>, String)>> = BTreeMap::new();
    for (id, staff_id, template, params, attempts) in due {
        let won = diesel::update(
            outbox::table
                .find(&id)
                .filter(outbox::state.eq("pending"))
                .filter(free(wall_now.micros())),
        )
        .set(outbox::claimed_until.eq(until))
        .kept()
        .run(tx.0)?;
        if won == 0 {
            continue;
        }
        // The address is asked for now: an account may have been disabled since.
        let staff_id = staff_id.unwrap_or_default();
        let reader = match readers.get(&staff_id) {
            Some(known) => known.clone(),
            None => {
                let found = staff::table
                    .find(&staff_id)
                    .filter(staff::disabled_at.is_null())
                    .select((staff::email, staff::region_code))
                    .get_result(tx.0)
                    .optional()?;
                readers.entry(staff_id.clone()).or_insert(found).clone()
            }
        };
        let (address, region) = reader.unzip();
        letters.push(DueLetter {
            id,
            staff: StaffId::try_from(staff_id).ok(),
            address: address.flatten(),
            template,
            params,
            attempts,
            claimed_until: Timestamp::from_micros(until),
            region: region.and_then(|code| RegionCode::try_from(code).ok()),
        });
    }
    Ok(letters)
}

/// Whether a letter names a case (by its number) of which its reader may not know any more: recused since by whom the case
/// is about now or by a declaration, or of a unit that it was taken from because of whom it is about. A unit that takes part
/// is told; of a step of the ladder (`of_ladder`) also organs above those and the zone's lead, which open nothing by it.
///
/// # Errors
/// [`StoreError`].
pub fn is_of_stranger(
    tx: &mut Tx<'_>,
    letter: &DueLetter,
    of_ladder: bool,
    today: Day,
) -> Result<bool, StoreError> {
    let Some(reader) = &letter.staff else {
        return Ok(false);
    };
    let numbers = numbers_in(&letter.params);
    if numbers.is_empty() {
        return Ok(false);
    }
    let scope = accounts::known_scope(tx, reader, today)?;
    let known: Vec<String> = complaints::table
        .filter(complaints::number.eq_any(&numbers))
        .filter(case_is_known!(complaints::id, &scope))
        .select(complaints::number)
        .load(tx.0)?;
    let others = || numbers.iter().filter(|number| !known.contains(number));
    if !of_ladder {
        return Ok(others().next().is_some());
    }
    for number in others() {
        let id: Option<String> = complaints::table
            .filter(complaints::number.eq(number))
            .select(complaints::id)
            .get_result(tx.0)
            .optional()?;
        let Some(id) = id else { continue };
        let Some(record) = crate::complaints::find_for_worker(tx, &id)? else {
            continue;
        };
        let case = &record.case;
        let unit = crate::organisations::unit(tx, &scope.organisation, today)?;
        let leads = crate::zones::of(tx, &case.region)?.map(|zone| zone.lead);
        let told = unit.is_some_and(|unit| {
            let above = unit.level > case.supervising_level || leads.as_ref() == Some(&unit.id);
            above && may_supervise(&unit, &case.targets)
        });
        if is_recused(&scope, case.accused()) || !told {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The numbers of cases in what fills a letter.
fn numbers_in(params: &str) -> Vec<String> {
    let params: BTreeMap<String, String> = serde_json::from_str(params).unwrap_or_default();
    let named = ["number", "lines"]
        .into_iter()
        .filter_map(|name| params.get(name));
    let words = named.flat_map(|text| text.split_whitespace());
    let is_number = |word: &&str| word.len() == 9 && word.as_bytes().get(4) == Some(&b'-');
    words.filter(is_number).map(str::to_owned).collect()
}

/// A letter that nobody is to read any more.
///
/// # Errors
/// [`StoreError`].
pub fn discard(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    diesel::delete(outbox::table.find(id)).execute(tx.0)?;
    Ok(())
}

/// Takes a claimed letter in hand to send it now, and counts the try. `false` when the claim has run out and
/// another worker may have it: then it is not this one's to send.
///
/// # Errors
/// [`StoreError`].
pub fn begin(tx: &mut Tx<'_>, letter: &DueLetter, until: Timestamp) -> Result<bool, StoreError> {
    let won = diesel::update(
        outbox::table
            .find(&letter.id)
            .filter(outbox::state.eq("pending"))
            .filter(outbox::claimed_until.eq(letter.claimed_until.micros())),
    )
    .set((
        outbox::claimed_until.eq(until.micros()),
        outbox::attempts.eq(outbox::attempts + 1),
    ))
    .kept()
    .run(tx.0)?;
    Ok(won == 1)
}

/// Lets go of a claimed letter that was not begun: whoever works next has it at once.
///
/// # Errors
/// [`StoreError`].
pub fn release(tx: &mut Tx<'_>, letter: &DueLetter) -> Result<(), StoreError> {
    diesel::update(
        outbox::table
            .find(&letter.id)
            .filter(outbox::state.eq("pending"))
            .filter(outbox::claimed_until.eq(letter.claimed_until.micros())),
    )
    .set(outbox::claimed_until.eq(0))
    .execute(tx.0)?;
    Ok(())
}

/// The office has closed meanwhile: not before this case time.
///
/// # Errors
/// [`StoreError`].
pub fn postpone(tx: &mut Tx<'_>, id: &str, not_before: Timestamp) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(id))
        .set((
            outbox::not_before.eq(not_before.micros()),
            outbox::claimed_until.eq(0),
        ))
        .kept()
        .run(tx.0)?;
    Ok(())
}

/// A letter that did not go and will not by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its id.
    pub id: String,
    /// Which words; what fills them is nobody's business here.
    pub template: String,
    /// The name of whom it is for.
    pub reader: Option<String>,
    /// Case time of its writing.
    pub created_at: Timestamp,
    /// Tries.
    pub attempts: i32,
    /// What the last one met.
    pub last_error: Option<String>,
}

/// Letters that are dead, the newest first, after a place.
///
/// # Errors
/// [`StoreError`].
pub fn dead(
    tx: &mut Tx<'_>,
    after: Option<&(i64, String)>,
    limit: i64,
) -> Result<Vec<DeadLetter>, StoreError> {
    type Row = (String, String, Option<String>, i64, i32, Option<String>);
    let mut query = outbox::table
        .left_join(staff::table.on(staff::id.nullable().eq(outbox::staff_id)))
        .filter(outbox::state.eq("dead"))
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(limit)
        .select((
            outbox::id,
            outbox::template,
            staff::display_name.nullable(),
            outbox::created_at,
            outbox::attempts,
            outbox::last_error,
        ))
        .into_boxed();
    if let Some((at, id)) = after {
        query = query.filter(
            outbox::created_at
                .lt(*at)
                .or(outbox::created_at.eq(*at).and(outbox::id.lt(id.clone()))),
        );
    }
    let rows: Vec<Row> = query.load(tx.0)?;
    Ok(rows
        .into_iter()
        .map(
            |(id, template, reader, at, attempts, last_error)| DeadLetter {
                id,
                template,
                reader,
                created_at: Timestamp::from_micros(at),
                attempts,
                last_error,
            },
        )
        .collect())
}

/// Lets a dead letter be tried again from the beginning; `None` without such a letter, `false` when it is
/// not dead.
///
/// # Errors
/// [`StoreError`].
pub fn retry(tx: &mut Tx<'_>, id: &str) -> Result<Option<bool>, StoreError> {
    let changed = diesel::update(outbox::table.find(id).filter(outbox::state.eq("dead")))
        .set((
            outbox::state.eq("pending"),
            outbox::attempts.eq(0),
            outbox::claimed_until.eq(0),
        ))
        .execute(tx.0)?;
    if changed == 1 {
        return Ok(Some(true));
    }
    let there: Option<String> = outbox::table
        .find(id)
        .select(outbox::id)
        .get_result(tx.0)
        .optional()?;
    Ok(there.map(|_| false))
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It went.
    Sent,
    /// Again at this wall time.
    Again(Timestamp, String),
    /// Never.
    Dead(String),
}

/// Writes down what became of a letter.
///
/// # Errors
/// [`StoreError`].
pub fn settle(tx: &mut Tx<'_>, id: &str, outcome: &Outcome) -> Result<(), StoreError> {
    let row = outbox::table.find(id);
    match outcome {
        Outcome::Sent => diesel::update(row)
            .set(outbox::state.eq("sent"))
            .kept()
            .run(tx.0)?,
        Outcome::Again(at, why) => diesel::update(row)
            .set((
                outbox::claimed_until.eq(at.micros()),
                outbox::last_error.eq(why),
            ))
            .kept()
            .run(tx.0)?,
        Outcome::Dead(why) => diesel::update(row)
            .set((outbox::state.eq("dead"), outbox::last_error.eq(why)))
            .execute(tx.0)?,
    };
    Ok(())
}

/// Whether a letter is due: asked before the writer is troubled.
///
/// # Errors
/// [`StoreError`].
pub fn any_due(
    tx: &mut Tx<'_>,
    case_now: Timestamp,
    wall_now: Timestamp,
) -> Result<bool, StoreError> {
    let first: Option<String> = outbox::table
        .filter(outbox::state.eq("pending"))
        .filter(outbox::not_before.le(case_now.micros()))
        .filter(free(wall_now.micros()))
        .select(outbox::id)
        .first(tx.0)
        .optional()?;
    Ok(first.is_some())
}

/// Letters that have not gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Letters whose time has come.
    pub due: i64,
    /// The case time at which the one waiting longest could have gone.
    pub oldest: Option<Timestamp>,
    /// Letters that are dead.
    pub dead: i64,
}

/// Counts them.
///
/// # Errors
/// [`StoreError`].
pub fn backlog(tx: &mut Tx<'_>, case_now: Timestamp) -> Result<Backlog, StoreError> {
    let (due, oldest): (i64, Option<i64>) = outbox::table
        .filter(outbox::state.eq("pending"))
        .filter(outbox::not_before.le(case_now.micros()))
        .select((
            diesel::dsl::count(outbox::id),
            diesel::dsl::min(outbox::not_before),
        ))
        .get_result(tx.0)?;
    let dead = outbox::table
        .filter(outbox::state.eq("dead"))
        .count()
        .get_result(tx.0)?;
    Ok(Backlog {
        due,
        oldest: oldest.map(Timestamp::from_micros),
        dead,
    })
}
