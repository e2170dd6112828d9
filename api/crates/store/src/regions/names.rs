//! The names that regions are searched by, read for the search in memory.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use domain::region::search::{Index, Name};

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{region_former_names, regions};

/// Rows read at a time.
const PAGE: i64 = 20_000;
/// How often a region may have been merged into one that was merged in its turn.
const LONGEST_CHAIN: usize = 16;

/// Name, short name, pinyin, initials.
type Spelled = (String, String, String, String);

/// The index of the whole tree. A region that was merged is found as the one that it became, under its old names too; one
/// that ended without a successor is found as itself.
///
/// # Errors
/// [`StoreError`].
pub fn index(tx: &mut Tx<'_>) -> Result<Index, StoreError> {
    let successors: Vec<(String, Option<String>)> = regions::table
        .filter(regions::succeeded_by.is_not_null())
        .select((regions::code, regions::succeeded_by))
        .load(tx.0)?;
    let successors: HashMap<String, String> = successors
        .into_iter()
        .filter_map(|(old, new)| Some((old, new?)))
        .collect();
    let mut former: BTreeMap<String, Vec<Spelled>> = BTreeMap::new();
    let rows: Vec<(String, Spelled)> = region_former_names::table
        .order((region_former_names::region_code, region_former_names::name))
        .select((
            region_former_names::region_code,
            (
                region_former_names::name,
                region_former_names::short_name,
                region_former_names::pinyin,
                region_former_names::initials,
            ),
        ))
        .load(tx.0)?;
    let merged: Vec<(String, Spelled)> = regions::table
        .filter(regions::succeeded_by.is_not_null())
        .order(regions::code)
        .select((
            regions::code,
            (
                regions::name,
                regions::short_name,
                regions::pinyin,
                regions::initials,
            ),
        ))
        .load(tx.0)?;
    for (code, spelled) in rows.into_iter().chain(merged) {
        former
            .entry(last(&successors, code))
            .or_default()
            .push(spelled);
    }
    let (mut index, mut after) = (Index::default(), String::new());
    loop {
        let rows: Vec<(String, Spelled, Option<String>)> = regions::table
            .filter(regions::code.gt(&after))
            .order(regions::code)
            .limit(PAGE)
            .select((
                regions::code,
                (
                    regions::name,
                    regions::short_name,
                    regions::pinyin,
                    regions::initials,
                ),
                regions::succeeded_by,
            ))
            .load(tx.0)?;
        let Some((reached, _, _)) = rows.last() else {
            break;
        };
        after.clone_from(reached);
        for (code, spelled, successor) in &rows {
            if successor.is_some() {
                continue;
            }
            push(&mut index, code, spelled);
            for spelled in former.get(code).into_iter().flatten() {
                push(&mut index, code, spelled);
            }
        }
    }
    index.finish();
    Ok(index)
}

fn push(index: &mut Index, code: &str, (name, short, pinyin, initials): &Spelled) {
    // What people say begins the official name; were it otherwise, the whole of it is what they say.
    let begins = name.starts_with(short.as_str());
    index.push(&Name {
        code,
        name,
        short: if begins { short.len() } else { name.len() },
        pinyin,
        initials,
    });
}

/// What a region has become in the end.
fn last(successors: &HashMap<String, String>, mut code: String) -> String {
    for _ in 0..LONGEST_CHAIN {
        match successors.get(&code) {
            Some(next) => code.clone_from(next),
            None => break,
        }
    }
    code
}
