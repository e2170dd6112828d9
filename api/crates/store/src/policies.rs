//! Policies: a county's versions, each kept whole for as long as a case may have begun under it. The shipped
//! policy is version 1 of every county and stands in no row.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use diesel::prelude::*;
use domain::id::StaffId;
use domain::policy::{Policy, SHIPPED};
use domain::region::{Level, RegionCode};
use domain::time::Timestamp;

use crate::Tx;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::schema::policies;

type Known = HashMap<(RegionCode, i32), Arc<Policy>>;

/// Versions read before: they never change. Clones share what they know.
#[derive(Clone, Default)]
pub struct PolicyCache(Arc<Mutex<Known>>);

/// A version a county has set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The policy; its number is in it.
    pub policy: Policy,
    /// For what begins from then on.
    pub begun_at: Timestamp,
    /// Who proposed it.
    pub proposed_by: Option<String>,
    /// Who decided it.
    pub decided_by: Option<String>,
}

/// The policy in force for what begins now in a region: its county's newest.
///
/// # Errors
/// [`StoreError`].
pub fn current(
    tx: &mut Tx<'_>,
    cache: &PolicyCache,
    region: &RegionCode,
) -> Result<Arc<Policy>, StoreError> {
    let Some(county) = region.at(Level::County) else {
        return Ok(Arc::new(Policy::default_policy()));
    };
    let question = Question::Policy(county.to_string());
    let newest = directory::known(tx, question, |tx| {
        let newest: Option<i32> = policies::table
            .filter(policies::county_code.eq(county.as_str()))
            .select(diesel::dsl::max(policies::version))
            .get_result(tx.0)?;
        Ok(newest.unwrap_or(SHIPPED))
    })?;
    of_version(tx, cache, region, *newest)
}

/// The policy that a case of a region keeps.
///
/// # Errors
/// [`StoreError::Corrupt`] when that version was never set.
pub fn of_version(
    tx: &mut Tx<'_>,
    cache: &PolicyCache,
    region: &RegionCode,
    version: i32,
) -> Result<Arc<Policy>, StoreError> {
    let county = match region.at(Level::County) {
        Some(county) if version != SHIPPED => county,
        _ => return Ok(Arc::new(Policy::default_policy())),
    };
    let key = (county, version);
    if let Some(known) = lock(cache).get(&key) {
        return Ok(Arc::clone(known));
    }
    let name = format!("{}/{version}", key.0);
    let corrupt = || StoreError::Corrupt("policies", name.clone());
    let body: Option<String> = policies::table
        .find((key.0.as_str(), version))
        .select(policies::body)
        .get_result(tx.0)
        .optional()?;
    let policy: Policy = serde_json::from_str(&body.ok_or_else(corrupt)?).map_err(|_| corrupt())?;
    let policy = Arc::new(policy);
    lock(cache).insert(key, Arc::clone(&policy));
    Ok(policy)
}

fn lock(cache: &PolicyCache) -> std::sync::MutexGuard<'_, Known> {
    cache
        .0
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The versions a county has set, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn history(tx: &mut Tx<'_>, county: &RegionCode) -> Result<Vec<Version>, StoreError> {
    type Row = (i32, String, i64, Option<String>, Option<String>);
    let rows: Vec<Row> = policies::table
        .filter(policies::county_code.eq(county.as_str()))
        .order(policies::version.desc())
        .select((
            policies::version,
            policies::body,
            policies::begun_at,
            policies::proposed_by,
            policies::decided_by,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(version, body, begun_at, proposed_by, decided_by)| {
            let policy = serde_json::from_str(&body)
                .map_err(|_| StoreError::Corrupt("policies", format!("{county}/{version}")))?;
            Ok(Version {
                policy,
                begun_at: Timestamp::from_micros(begun_at),
                proposed_by,
                decided_by,
            })
        })
        .collect()
}

/// Makes a policy the county's newest. Its number must be the next one; what the cache knows by that number
/// is from a transaction that came to nothing.
///
/// # Errors
/// [`StoreError::Conflict`] when the number is taken.
pub fn set(
    tx: &mut Tx<'_>,
    cache: &PolicyCache,
    county: &RegionCode,
    policy: &Policy,
    proposed_by: Option<&StaffId>,
    decided_by: Option<&StaffId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    directory::changes(tx);
    let body = serde_json::to_string(policy)
        .map_err(|_| StoreError::Corrupt("policies", county.to_string()))?;
    diesel::insert_into(policies::table)
        .values((
            policies::county_code.eq(county.as_str()),
            policies::version.eq(policy.version),
            policies::body.eq(body),
            policies::begun_at.eq(now.micros()),
            policies::proposed_by.eq(proposed_by.map(StaffId::as_str)),
            policies::decided_by.eq(decided_by.map(StaffId::as_str)),
        ))
        .execute(tx.0)?;
    lock(cache).remove(&(county.clone(), policy.version));
    Ok(())
}
