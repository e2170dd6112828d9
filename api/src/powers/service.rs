//! Reading power lists.

use std::collections::BTreeMap;

use domain::id::PowerId;
use domain::power::{Change, ListKind, PowerItem, changes};
use domain::region::RegionCode;
use store::Tx;
use store::powers::Power;

use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::import::{ImportFault, Place};
use crate::spelling;

/// The longest text somebody may look for.
const LONGEST_QUERY: usize = 50;

/// An item in force somewhere.
#[derive(Debug, Clone)]
pub struct InForce {
    /// Its place in the list.
    pub no: u32,
    /// The item.
    pub power: Power,
    /// The item of a list above that it stands in for.
    pub over: Option<Power>,
}

/// The items of a list in force in a region, in the order of the lists; with `wanted`, those that say so in their name or in
/// their plain words, or whose name is spelt so from one of its characters on, or has such initials in a row.
///
/// # Errors
/// [`ServiceError::NotFound`] without the region, a fault at `q`, or the store's.
pub async fn in_force(
    app: &App,
    region: RegionCode,
    list: ListKind,
    wanted: Option<&str>,
) -> Result<Vec<InForce>, ServiceError> {
    let wanted = wanted
        .map(|text| domain::text::line(&spelling::folded(text), 1, LONGEST_QUERY))
        .transpose()
        .map_err(|_| ServiceError::at("/q", Code::InvalidText))?;
    let mut items = app
        .db
        .read(move |tx| {
            if !store::regions::exists(tx, &region)? {
                return Err(ServiceError::NotFound);
            }
            of_list(tx, &region, list)
        })
        .await?;
    if let Some(wanted) = wanted {
        let words: Vec<&str> = wanted.split_whitespace().collect();
        items.retain(|one| words.iter().all(|word| says(&one.power.content.item, word)));
        // What is called so before what mentions it.
        items.sort_by_key(|one| {
            let item = &one.power.content.item;
            !words.iter().all(|word| is_called(item, word))
        });
    }
    Ok(items)
}

/// Whether an item is called so, or its name is spelt with these letters.
fn is_called(item: &PowerItem, word: &str) -> bool {
    let named = [&item.name, &item.plain_language]
        .into_iter()
        .any(|text| text.to_lowercase().contains(word));
    named || spelling::letters(word).is_some_and(|letters| spelling::spells(&letters, &item.name))
}

/// Whether an item is called so or says it anywhere: in a step, among the papers to bring, in a red line, in a law.
fn says(item: &PowerItem, word: &str) -> bool {
    fn within(value: &serde_json::Value, word: &str) -> bool {
        match value {
            serde_json::Value::String(text) => text.to_lowercase().contains(word),
            serde_json::Value::Array(all) => all.iter().any(|one| within(one, word)),
            serde_json::Value::Object(all) => all.values().any(|one| within(one, word)),
            _ => false,
        }
    }
    // Codes and the words of the form are Latin: a single letter of them should not find everything.
    let whole = !word.is_ascii();
    is_called(item, word)
        || whole && serde_json::to_value(item).is_ok_and(|value| within(&value, word))
}

/// A list in force in a region, in its order.
///
/// # Errors
/// The store's.
pub fn of_list(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    list: ListKind,
) -> Result<Vec<InForce>, ServiceError> {
    let mut all = store::powers::of_regions(tx, &region.and_above())?;
    all.retain(|power| power.in_force && power.list == list);
    Ok(nearest(all))
}

/// Of items of one code the one of the lowest region, each with its place: an item that stands in for one of
/// a list above takes that one's place. `all` comes with the highest region first.
fn nearest(all: Vec<Power>) -> Vec<InForce> {
    let mut by_code: BTreeMap<String, InForce> = BTreeMap::new();
    for power in all {
        let code = power.content.item.code.clone();
        let above = by_code.remove(&code);
        let no = above.as_ref().map_or(power.content.no, |above| above.no);
        let over = above.map(|above| above.power);
        by_code.insert(code, InForce { no, power, over });
    }
    let mut items: Vec<InForce> = by_code.into_values().collect();
    // Of equal places (a township's own item beside one of its county's) the order is by code.
    items.sort_by_key(|one| one.no);
    items
}

/// The item in force above a region under a code, that an item of the region itself would stand in for.
///
/// # Errors
/// The store's.
pub fn above(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    list: ListKind,
    code: &str,
) -> Result<Option<Power>, ServiceError> {
    let mut path = region.and_above();
    path.retain(|one| one != region);
    let mut all = store::powers::of_regions(tx, &path)?;
    all.retain(|power| power.in_force && power.list == list && power.content.item.code == code);
    Ok(all.pop())
}

/// One item, and what it stands in for.
#[derive(Debug)]
pub struct One {
    /// The item in the version asked for.
    pub power: Power,
    /// The item of a list above under the same code.
    pub over: Option<Power>,
}

/// One item, in its latest version or in a given one.
///
/// # Errors
/// [`ServiceError::NotFound`], or the store's.
pub async fn find(app: &App, id: PowerId, version: Option<i32>) -> Result<One, ServiceError> {
    app.db
        .read(move |tx| {
            let power = store::powers::find(tx, &id, version)?.ok_or(ServiceError::NotFound)?;
            let code = &power.content.item.code;
            let over = above(tx, &power.region_code, power.list, code)?;
            Ok(One { power, over })
        })
        .await
}

/// A version with what it changed.
#[derive(Debug)]
pub struct Compared {
    /// The version.
    pub power: Power,
    /// The version it is held against; `None` for the first of an item that stands in for no other.
    pub with: Option<i32>,
    /// The item of a list above whose version that is, where the first version of one that stands in for it is read.
    pub above: Option<PowerId>,
    /// What is other.
    pub changes: Vec<Change>,
}

fn compared(power: Power, before: Option<&Power>) -> Compared {
    let found = before.map(|before| changes(&before.content.item, &power.content.item));
    let other = before.filter(|before| before.id != power.id);
    Compared {
        with: before.map(|before| before.version),
        above: other.map(|other| other.id.clone()),
        changes: found.unwrap_or_default(),
        power,
    }
}

/// The versions of an item, the newest first, up to `limit` of those before `before`, each held against the one before
/// it; the first of an item that stands in for one of a list above, against that one as it was then.
///
/// # Errors
/// [`ServiceError::NotFound`], or the store's.
pub async fn versions(
    app: &App,
    id: PowerId,
    before: Option<i32>,
    limit: usize,
) -> Result<Vec<Compared>, ServiceError> {
    let (mut rows, stood_in_for) = app
        .db
        .read(move |tx| {
            if store::powers::find(tx, &id, None)?.is_none() {
                return Err(ServiceError::NotFound);
            }
            let limit = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
            let rows = store::powers::versions(tx, &id, before, limit)?;
            let first = rows.last().filter(|row| row.version == 1);
            let over = first.and_then(|row| row.content.overrides.clone());
            let over = match over {
                Some(over) => store::powers::find(tx, &over.id, Some(over.version))?,
                None => None,
            };
            Ok((rows, over))
        })
        .await?;
    let earlier: Vec<Power> = rows.iter().skip(1).cloned().chain(stood_in_for).collect();
    rows.truncate(limit);
    let mut earlier = earlier.into_iter();
    Ok(rows
        .into_iter()
        .map(|power| compared(power, earlier.next().as_ref()))
        .collect())
}

/// One version of an item held against another.
///
/// # Errors
/// [`ServiceError::NotFound`] without the item, a fault at `from` or `to` without such a version, or the store's.
pub async fn difference(
    app: &App,
    id: PowerId,
    from: i32,
    to: i32,
) -> Result<Compared, ServiceError> {
    app.db
        .read(move |tx| {
            if store::powers::find(tx, &id, None)?.is_none() {
                return Err(ServiceError::NotFound);
            }
            let mut version = |name: &str, version| {
                store::powers::find(tx, &id, Some(version))?
                    .ok_or_else(|| ServiceError::at(format!("/{name}"), Code::OutOfRange))
            };
            let (from, to) = (version("from", from)?, version("to", to)?);
            Ok(compared(to, Some(&from)))
        })
        .await
}

/// The code of what is wrong with an item, as `domain::power` names it.
#[must_use]
pub fn code_of(fault: &str) -> Code {
    match fault {
        "incomplete" => Code::Required,
        "malformed" => Code::InvalidText,
        "code_of_another_list" => Code::PowerCodeTaken,
        other => Code::named(other).unwrap_or(Code::OutOfRange),
    }
}

/// A fault of a file at its place in the request that carries the file.
#[must_use]
pub fn as_field(fault: ImportFault) -> FieldFault {
    let pointer = match fault.place {
        Place::Pointer { pointer } => pointer,
        place => place.to_string(),
    };
    FieldFault {
        pointer,
        code: code_of(&fault.code),
        detail: Some((fault.detail, fault.detail_en)),
    }
}

#[cfg(test)]
mod tests {
    use domain::power::{PowerFile, VersionChange};
    use domain::time::Timestamp;
    use store::powers::Content;

    use super::*;

    fn power(region: &str, code: &str, no: u32) -> Power {
        let file: PowerFile =
            serde_json::from_str(include_str!("../../data/powers-template.json")).unwrap();
        let mut item = file.items.first().unwrap().clone();
        item.code = code.to_owned();
        Power {
            id: PowerId::try_from("p").unwrap(),
            region_code: RegionCode::try_from(region).unwrap(),
            list: ListKind::Power,
            in_force: true,
            version: 1,
            content: Content {
                no,
                source: file.source,
                licence: file.licence,
                item,
                overrides: None,
            },
            content_sha256: String::new(),
            published_at: Timestamp::from_micros(0),
            change: VersionChange::Published,
            reason: None,
        }
    }

    #[test]
    fn the_nearest_list_wins_item_by_item() {
        let (county, town, village) = ("230104000000", "230104111000", "230104111204");
        let found = nearest(vec![
            power(county, "a", 1),
            power(county, "b", 2),
            power(county, "c", 3),
            power(town, "b", 1),
            power(town, "d", 5),
            power(village, "b", 4),
        ]);
        let shown: Vec<(u32, &str, &str, Option<&str>)> = found
            .iter()
            .map(|one| {
                let code = one.power.content.item.code.as_str();
                let over = one.over.as_ref().map(|over| over.region_code.as_str());
                (one.no, code, one.power.region_code.as_str(), over)
            })
            .collect();
        assert_eq!(
            shown,
            [
                (1, "a", county, None),
                (2, "b", village, Some(town)),
                (3, "c", county, None),
                (5, "d", town, None)
            ]
        );
    }
}
