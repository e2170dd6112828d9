//! The tree of regions: taking it in, walking it, finding a place by its name.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::upsert::excluded;
use domain::region::{Level, Region, RegionCode};
use domain::time::Timestamp;

use crate::Tx;
use crate::conn::on_backend;
use crate::directory::{self, Question};
use crate::error::StoreError;
use crate::schema::{disclosures, regions};

/// Rows in one statement: seven columns of 500 rows are within what both databases bind.
const BATCH: usize = 500;

diesel::define_sql_function! {
    /// Folds Latin letters, on both databases alike; SQLite's LIKE alone would do so unasked.
    fn lower(text: Text) -> Text;
}

/// A region with what people say and type for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRegion {
    /// The region.
    pub region: Region,
    /// The name people say: 东风村 for 东风村村委会.
    pub short_name: String,
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

type Row = (String, String, String, String, Option<String>);

const COLUMNS: (
    regions::code,
    regions::name,
    regions::short_name,
    regions::level,
    regions::parent_code,
) = (
    regions::code,
    regions::name,
    regions::short_name,
    regions::level,
    regions::parent_code,
);

fn named((code, name, short_name, level, parent): Row) -> Result<NamedRegion, StoreError> {
    let corrupt = || StoreError::Corrupt("regions", code.clone());
    Ok(NamedRegion {
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
            ))
            .execute(c))?;
    }
    Ok(())
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
        .first(tx.0)
        .optional()?;
    row.map(named).transpose()
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

/// Those of `codes` in which other regions lie.
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
    /// The regions of a level, anywhere or inside one.
    Level(Level, Option<RegionCode>),
}

/// A page of a part of the tree by code, after `after`.
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
    query = match part {
        Part::Roots => query.filter(regions::parent_code.is_null()),
        Part::Children(parent) => query.filter(regions::parent_code.eq(parent.as_str())),
        Part::Level(level, inside) => {
            let query = query.filter(regions::level.eq(level.as_str()));
            match inside {
                Some(region) => query.filter(regions::code.like(format!("{}%", region.prefix()))),
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

/// What somebody typed to find a region, folded as the columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The name or a part of it, its Latin letters in lower case.
    pub name: String,
    /// The same as pinyin or initials, where it can be that: Latin letters only.
    pub letters: Option<String>,
    /// Only regions of this level.
    pub level: Option<Level>,
    /// Only regions inside this one.
    pub inside: Option<RegionCode>,
}

/// How well a region fits, the best first. The order of the results, and the number in their cursor.
const RANKS: [i64; 3] = [0, 1, 2];

/// What a short name may end with after the name somebody typed and still be exactly that place.
const KINDS_OF_PLACE: [&str; 10] = [
    "村", "社区", "镇", "乡", "街道", "区", "县", "市", "省", "林场",
];

/// A page of the regions found, each with its rank: exactly so called (0), so beginning (1), so called in
/// part (2); within a rank by code. It begins after the place `after`.
///
/// # Errors
/// [`StoreError`].
pub fn search(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    after: Option<&(i64, String)>,
    limit: usize,
) -> Result<Vec<(i64, NamedRegion)>, StoreError> {
    let mut found = Vec::new();
    for rank in RANKS {
        let from = match after {
            Some((reached, _)) if rank < *reached => continue,
            Some((reached, code)) if rank == *reached => Some(code.as_str()),
            _ => None,
        };
        let left = limit.saturating_sub(found.len());
        if left == 0 {
            break;
        }
        for row in ranked(tx, wanted, rank, from, left)? {
            found.push((rank, named(row)?));
        }
    }
    Ok(found)
}

fn ranked(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    rank: i64,
    from: Option<&str>,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    let name = escaped(&wanted.name);
    // What is no pinyin matches none: the columns hold no blanks.
    let letters = wanted.letters.as_deref().map_or(" ".to_owned(), escaped);
    let begins = |text: &str| format!("{text}%");
    let holds = |text: &str| format!("%{text}%");
    let mut exact = vec![wanted.name.clone()];
    exact.extend(
        KINDS_OF_PLACE
            .iter()
            .map(|kind| format!("{}{kind}", wanted.name)),
    );
    let letters_exact = wanted.letters.clone().unwrap_or_else(|| " ".into());
    macro_rules! is_exact {
        () => {
            lower(regions::short_name)
                .eq_any(exact.clone())
                .or(lower(regions::name).eq(wanted.name.clone()))
                .or(regions::pinyin.eq(letters_exact.clone()))
                .or(regions::initials.eq(letters_exact.clone()))
        };
    }
    macro_rules! is_like {
        ($pattern:ident) => {
            lower(regions::name)
                .like($pattern(&name))
                .escape('\\')
                .or(lower(regions::short_name)
                    .like($pattern(&name))
                    .escape('\\'))
                .or(regions::pinyin.like($pattern(&letters)).escape('\\'))
                .or(regions::initials.like($pattern(&letters)).escape('\\'))
        };
    }
    let mut query = regions::table
        .select(COLUMNS)
        .order(regions::code)
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .into_boxed();
    query = match rank {
        0 => query.filter(is_exact!()),
        1 => query
            .filter(is_like!(begins))
            .filter(diesel::dsl::not(is_exact!())),
        _ => query
            .filter(is_like!(holds))
            .filter(diesel::dsl::not(is_like!(begins).or(is_exact!()))),
    };
    if let Some(level) = wanted.level {
        query = query.filter(regions::level.eq(level.as_str()));
    }
    if let Some(region) = &wanted.inside {
        query = query.filter(regions::code.like(format!("{}%", region.prefix())));
    }
    if let Some(from) = from {
        query = query.filter(regions::code.gt(from.to_owned()));
    }
    Ok(query.load(tx.0)?)
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
