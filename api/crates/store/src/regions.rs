//! The tree of regions: taking it in, walking it, and what is left of those that are no more.

use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::upsert::excluded;
use domain::region::{Level, Region, RegionCode};
use domain::time::{Day, Timestamp};

use crate::Tx;
use crate::conn::{Conn, on_backend};
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::schema::{disclosures, region_epoch, region_former_names, regions};

mod names;

pub use names::index;

/// Rows in one statement: seven columns of 500 rows are within what both databases bind.
pub(crate) const BATCH: usize = 500;

/// A region with what people say and type for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRegion {
    /// The region.
    pub region: Region,
    /// The name people say: 东风村 for 东风村村委会.
    pub short_name: String,
    /// Since when it is no more; `None` for one that is.
    pub ended: Option<Ended>,
}

/// How a region ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its last day.
    pub until: Day,
    /// The region that it was merged into, where that is known.
    pub successor: Option<RegionCode>,
}

/// A region to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRegion {
    /// The region and its short name.
    pub named: NamedRegion,
    /// The short name in pinyin without tones, lower case, without blanks: `dongfengcun`.
    pub pinyin: String,
    /// The first letters of that: `dfc`.
    pub initials: String,
}

type Row = (
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
);

const COLUMNS: (
    regions::code,
    regions::name,
    regions::short_name,
    regions::level,
    regions::parent_code,
    regions::valid_until,
    regions::succeeded_by,
) = (
    regions::code,
    regions::name,
    regions::short_name,
    regions::level,
    regions::parent_code,
    regions::valid_until,
    regions::succeeded_by,
);

fn named(
    (code, name, short_name, level, parent, until, successor): Row,
) -> Result<NamedRegion, StoreError> {
    let corrupt = || StoreError::Corrupt("regions", code.clone());
    let successor = successor
        .map(RegionCode::try_from)
        .transpose()
        .map_err(|_| corrupt())?;
    let until: Option<Day> = until
        .map(|day| day.parse())
        .transpose()
        .map_err(|_| corrupt())?;
    Ok(NamedRegion {
        ended: until.map(|until| Ended { until, successor }),
        region: Region {
            level: Level::parse(&level).ok_or_else(corrupt)?,
            parent: parent
                .map(RegionCode::try_from)
                .transpose()
                .map_err(|_| corrupt())?,
            code: RegionCode::try_from(code.clone()).map_err(|_| corrupt())?,
            name,
        },
        short_name,
    })
}

#[derive(Insertable)]
#[diesel(table_name = regions, treat_none_as_default_value = false)]
struct InsertRow<'a> {
    code: &'a str,
    name: &'a str,
    short_name: &'a str,
    level: &'a str,
    parent_code: Option<&'a str>,
    pinyin: &'a str,
    initials: &'a str,
}

/// Takes regions in, those above before those inside them; of one that is there, the names are set anew.
///
/// # Errors
/// [`StoreError::Conflict`] when a parent is neither there nor among them.
pub fn import(tx: &mut Tx<'_>, all: &[NewRegion]) -> Result<(), StoreError> {
    directory::changes(tx);
    let mut rows: Vec<InsertRow<'_>> = all
        .iter()
        .map(|new| InsertRow {
            code: new.named.region.code.as_str(),
            name: &new.named.region.name,
            short_name: &new.named.short_name,
            level: new.named.region.level.as_str(),
            parent_code: new.named.region.parent.as_ref().map(RegionCode::as_str),
            pinyin: &new.pinyin,
            initials: &new.initials,
        })
        .collect();
    // By code, those above come first.
    rows.sort_unstable_by(|one, two| one.code.cmp(two.code));
    for chunk in rows.chunks(BATCH) {
        on_backend!(tx, c => diesel::insert_into(regions::table)
            .values(chunk)
            .on_conflict(regions::code)
            .do_update()
            .set((
                regions::name.eq(excluded(regions::name)),
                regions::short_name.eq(excluded(regions::short_name)),
                regions::pinyin.eq(excluded(regions::pinyin)),
                regions::initials.eq(excluded(regions::initials)),
                // One that had ended and is in the tree again has not ended.
                regions::valid_until.eq(None::<String>),
                regions::succeeded_by.eq(None::<String>),
            ))
            .execute(c))?;
    }
    Ok(())
}

/// Keeps names that regions no longer bear, so that they are still found by them.
///
/// # Errors
/// [`StoreError`].
pub fn keep_former(tx: &mut Tx<'_>, all: &[NewRegion], until: Day) -> Result<(), StoreError> {
    let until = until.to_string();
    for chunk in all.chunks(BATCH) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|old| {
                (
                    region_former_names::region_code.eq(old.named.region.code.as_str().to_owned()),
                    region_former_names::name.eq(old.named.region.name.clone()),
                    region_former_names::short_name.eq(old.named.short_name.clone()),
                    region_former_names::pinyin.eq(old.pinyin.clone()),
                    region_former_names::initials.eq(old.initials.clone()),
                    region_former_names::until_day.eq(until.clone()),
                )
            })
            .collect();
        on_backend!(tx, c => diesel::insert_into(region_former_names::table)
            .values(&rows)
            .on_conflict((region_former_names::region_code, region_former_names::name))
            .do_update()
            .set(region_former_names::until_day.eq(excluded(region_former_names::until_day)))
            .execute(c))?;
    }
    Ok(())
}

/// Ends those of the regions that have not ended: they stay, with all that hangs on them.
///
/// # Errors
/// [`StoreError`].
pub fn end(tx: &mut Tx<'_>, codes: &[RegionCode], until: Day) -> Result<(), StoreError> {
    directory::changes(tx);
    for chunk in codes.chunks(BATCH) {
        let codes: Vec<&str> = chunk.iter().map(RegionCode::as_str).collect();
        let lasting = regions::table
            .filter(regions::code.eq_any(codes))
            .filter(regions::valid_until.is_null());
        diesel::update(lasting)
            .set(regions::valid_until.eq(until.to_string()))
            .execute(tx.0)?;
    }
    Ok(())
}

/// Says what an ended region was merged into.
///
/// # Errors
/// [`StoreError::Conflict`] when there is no such successor.
pub fn succeed(tx: &mut Tx<'_>, old: &RegionCode, new: &RegionCode) -> Result<(), StoreError> {
    directory::changes(tx);
    diesel::update(
        regions::table
            .find(old.as_str())
            .filter(regions::valid_until.is_not_null()),
    )
    .set(regions::succeeded_by.eq(new.as_str()))
    .execute(tx.0)?;
    Ok(())
}

/// The regions inside one that have not ended, by code, after a code: a page of the tree for whoever walks all of it.
///
/// # Errors
/// [`StoreError`].
pub fn lasting(
    tx: &mut Tx<'_>,
    inside: &RegionCode,
    after: &str,
    limit: i64,
) -> Result<Vec<RegionCode>, StoreError> {
    let (first, last) = range(inside);
    let codes: Vec<String> = regions::table
        .filter(regions::code.ge(first))
        .filter(regions::code.le(last))
        .filter(regions::code.gt(after.to_owned()))
        .filter(regions::valid_until.is_null())
        .order(regions::code)
        .limit(limit)
        .select(regions::code)
        .load(tx.0)?;
    let code = |text: String| {
        RegionCode::try_from(text.as_str()).map_err(|_| StoreError::Corrupt("regions", text))
    };
    codes.into_iter().map(code).collect()
}

/// The tree has changed: whoever keeps something made from all of it makes it anew. PostgreSQL's planner too: until its
/// server thought of it by itself it would read the whole of a tree that it takes for a small one.
///
/// # Errors
/// [`StoreError`].
pub fn changed(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    diesel::update(region_epoch::table)
        .set(region_epoch::epoch.eq(region_epoch::epoch + 1_i64))
        .execute(tx.0)?;
    if let Conn::Pg(c) = &mut *tx.0 {
        c.batch_execute("ANALYZE regions, region_former_names, organisations")?;
    }
    Ok(())
}

/// Which state of the tree this is.
///
/// # Errors
/// [`StoreError`].
pub fn epoch(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    Ok(region_epoch::table
        .select(region_epoch::epoch)
        .get_result(tx.0)?)
}

/// What regions were called before, and what those were called that were merged into them.
///
/// # Errors
/// [`StoreError`].
pub fn formerly(
    tx: &mut Tx<'_>,
    codes: &[RegionCode],
) -> Result<BTreeMap<RegionCode, Vec<String>>, StoreError> {
    let codes: Vec<&str> = codes.iter().map(RegionCode::as_str).collect();
    let mut rows: Vec<(String, String)> = region_former_names::table
        .filter(region_former_names::region_code.eq_any(codes.clone()))
        .order((
            region_former_names::until_day.desc(),
            region_former_names::name,
        ))
        .select((region_former_names::region_code, region_former_names::name))
        .load(tx.0)?;
    let merged: Vec<(Option<String>, String)> = regions::table
        .filter(regions::succeeded_by.eq_any(codes))
        .order(regions::code)
        .select((regions::succeeded_by, regions::name))
        .load(tx.0)?;
    rows.extend(
        merged
            .into_iter()
            .filter_map(|(into, name)| Some((into?, name))),
    );
    let mut found: BTreeMap<RegionCode, Vec<String>> = BTreeMap::new();
    for (code, name) in rows {
        let code = RegionCode::try_from(code.as_str())
            .map_err(|_| StoreError::Corrupt("region_former_names", code))?;
        found.entry(code).or_default().push(name);
    }
    Ok(found)
}

/// The regions that were merged into this one, the latest first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn predecessors(tx: &mut Tx<'_>, code: &RegionCode) -> Result<Vec<NamedRegion>, StoreError> {
    let rows: Vec<Row> = regions::table
        .filter(regions::succeeded_by.eq(code.as_str()))
        .order((regions::valid_until.desc(), regions::code))
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter().map(named).collect()
}

/// The first and the last code that a region and all inside it can have.
pub(crate) fn range(region: &RegionCode) -> (String, String) {
    let prefix = region.prefix();
    (format!("{prefix:0<12}"), format!("{prefix:9<12}"))
}

/// Those of `codes` that are there, with their names.
///
/// # Errors
/// [`StoreError`].
pub fn find_all(
    tx: &mut Tx<'_>,
    codes: &[RegionCode],
) -> Result<BTreeMap<RegionCode, NamedRegion>, StoreError> {
    let mut found = BTreeMap::new();
    for chunk in codes.chunks(BATCH) {
        let codes: Vec<&str> = chunk.iter().map(RegionCode::as_str).collect();
        let rows: Vec<Row> = regions::table
            .filter(regions::code.eq_any(codes))
            .select(COLUMNS)
            .load(tx.0)?;
        for row in rows {
            let named = named(row)?;
            found.insert(named.region.code.clone(), named);
        }
    }
    Ok(found)
}

/// One region.
///
/// # Errors
/// [`StoreError`].
pub fn find(tx: &mut Tx<'_>, code: &RegionCode) -> Result<Option<NamedRegion>, StoreError> {
    let row: Option<Row> = regions::table
        .find(code.as_str())
        .select(COLUMNS)
        .get_result(tx.0)
        .optional()?;
    row.map(named).transpose()
}

/// The names of these regions in pinyin without tones.
///
/// # Errors
/// [`StoreError`].
pub fn pinyin(tx: &mut Tx<'_>, codes: &[RegionCode]) -> Result<Vec<String>, StoreError> {
    let codes = codes.iter().map(RegionCode::as_str);
    Ok(regions::table
        .filter(regions::code.eq_any(codes))
        .select(regions::pinyin)
        .load(tx.0)?)
}

/// What people call a region, if it is there.
///
/// # Errors
/// [`StoreError`].
pub fn short_name(tx: &mut Tx<'_>, code: &RegionCode) -> Result<Option<String>, StoreError> {
    let question = Question::RegionName(code.to_string());
    // No trigger tells of a new region: an import brings hundreds of thousands.
    let known = directory::known_if(tx, question, Option::is_some, |tx| {
        Ok(find(tx, code)?.map(|found| found.short_name))
    })?;
    Ok(known.as_ref().clone())
}

/// Whether a region is there.
///
/// # Errors
/// [`StoreError`].
pub fn exists(tx: &mut Tx<'_>, code: &RegionCode) -> Result<bool, StoreError> {
    Ok(find(tx, code)?.is_some())
}

/// The counties there are, by their codes.
///
/// # Errors
/// [`StoreError`].
pub fn counties(tx: &mut Tx<'_>) -> Result<Vec<RegionCode>, StoreError> {
    let codes: Vec<String> = regions::table
        .filter(regions::level.eq(Level::County.as_str()))
        .order(regions::code)
        .select(regions::code)
        .load(tx.0)?;
    let code = |text: String| {
        RegionCode::try_from(text.as_str()).map_err(|_| StoreError::Corrupt("regions", text))
    };
    codes.into_iter().map(code).collect()
}

/// A region and all it lies in, the highest first; empty when it is not there.
///
/// # Errors
/// [`StoreError`].
pub fn path(tx: &mut Tx<'_>, code: &RegionCode) -> Result<Vec<NamedRegion>, StoreError> {
    let found = find_all(tx, &code.and_above())?;
    if found.contains_key(code) {
        // By code, those above come first.
        Ok(found.into_values().collect())
    } else {
        Ok(Vec::new())
    }
}

/// Those of `codes` in which other regions lie that have not ended.
///
/// # Errors
/// [`StoreError`].
pub fn with_children(
    tx: &mut Tx<'_>,
    codes: &[RegionCode],
) -> Result<BTreeSet<String>, StoreError> {
    let codes: Vec<&str> = codes.iter().map(RegionCode::as_str).collect();
    let parents: Vec<Option<String>> = regions::table
        .filter(regions::parent_code.eq_any(codes))
        .filter(regions::valid_until.is_null())
        .select(regions::parent_code)
        .distinct()
        .load(tx.0)?;
    Ok(parents.into_iter().flatten().collect())
}

/// Which part of the tree is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The regions that lie in no other: provinces.
    Roots,
    /// The regions directly inside one.
    Children(RegionCode),
    /// The same with those that have ended: whoever counts what was, names them too.
    EverInside(RegionCode),
    /// The regions of a level, anywhere or inside one.
    Level(Level, Option<RegionCode>),
}

/// A page of a part of the tree by code, after `after`: of what has not ended, where the part does not say otherwise.
///
/// # Errors
/// [`StoreError`].
pub fn list(
    tx: &mut Tx<'_>,
    part: &Part,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<NamedRegion>, StoreError> {
    let mut query = regions::table
        .select(COLUMNS)
        .order(regions::code)
        .limit(limit)
        .into_boxed();
    if !matches!(part, Part::EverInside(_)) {
        query = query.filter(regions::valid_until.is_null());
    }
    query = match part {
        Part::Roots => query.filter(regions::parent_code.is_null()),
        Part::Children(parent) | Part::EverInside(parent) => {
            query.filter(regions::parent_code.eq(parent.as_str()))
        }
        Part::Level(level, inside) => {
            let query = query.filter(regions::level.eq(level.as_str()));
            match inside {
                Some(region) => {
                    let (first, last) = range(region);
                    query
                        .filter(regions::code.ge(first))
                        .filter(regions::code.le(last))
                }
                None => query,
            }
        }
    };
    if let Some(after) = after {
        query = query.filter(regions::code.gt(after));
    }
    let rows: Vec<Row> = query.load(tx.0)?;
    rows.into_iter().map(named).collect()
}

/// Text for the middle of a pattern: what LIKE reads as a sign is made a letter.
pub(crate) fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// How fresh a region's published ledgers are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// The latest period, such as `2026-10`.
    pub latest_period: String,
    /// When its present version was published.
    pub published_at: Timestamp,
}

/// The latest published ledger of a region; `None` when there is none.
///
/// # Errors
/// [`StoreError`].
pub fn freshness(tx: &mut Tx<'_>, code: &RegionCode) -> Result<Option<Freshness>, StoreError> {
    let row: Option<(String, String, Option<i64>)> = disclosures::table
        .filter(disclosures::region_code.eq(code.as_str()))
        .filter(disclosures::kind.eq("ledger"))
        .filter(disclosures::state.eq("published"))
        .order((disclosures::period.desc(), disclosures::id))
        .select((
            disclosures::id,
            disclosures::period,
            disclosures::published_at,
        ))
        .first(tx.0)
        .optional()?;
    row.map(|(id, latest_period, at)| {
        Ok(Freshness {
            latest_period,
            published_at: at
                .map(Timestamp::from_micros)
                .ok_or(StoreError::Corrupt("disclosures", id))?,
        })
    })
    .transpose()
}
