//! Reading power lists.

use std::collections::BTreeMap;

use domain::id::PowerId;
use domain::region::RegionCode;
use store::powers::Power;

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// The longest text somebody may look for.
const LONGEST_QUERY: usize = 50;

/// The items in force in a region, in the order of the lists, each with its place there; with `wanted`, those that say so in their name
/// or in their plain words.
///
/// # Errors
/// [`ServiceError::NotFound`] without the region, a fault at `q`, or the store's.
pub async fn in_force(
    app: &App,
    region: RegionCode,
    wanted: Option<&str>,
) -> Result<Vec<(u32, Power)>, ServiceError> {
    let wanted = wanted
        .map(|text| domain::text::line(text, 1, LONGEST_QUERY))
        .transpose()
        .map_err(|_| ServiceError::at("/q", Code::InvalidText))?
        .map(|text| text.to_lowercase());
    let all = app
        .db
        .read(move |tx| {
            if !store::regions::exists(tx, &region)? {
                return Err(ServiceError::NotFound);
            }
            Ok(store::powers::of_regions(tx, &region.and_above())?)
        })
        .await?;
    let mut items = nearest(all);
    if let Some(wanted) = wanted {
        items.retain(|(_, power)| {
            let item = &power.content.item;
            [&item.name, &item.plain_language]
                .into_iter()
                .any(|text| text.to_lowercase().contains(&wanted))
        });
    }
    Ok(items)
}

/// Of items of one code the one of the lowest region, each with its place: an item that stands in for one of
/// a list above takes that one's place. `all` comes with the highest region first.
fn nearest(all: Vec<Power>) -> Vec<(u32, Power)> {
    let mut by_code: BTreeMap<String, (u32, Power)> = BTreeMap::new();
    for power in all {
        let code = power.content.item.code.clone();
        let no = by_code.get(&code).map_or(power.content.no, |(no, _)| *no);
        by_code.insert(code, (no, power));
    }
    let mut items: Vec<(u32, Power)> = by_code.into_values().collect();
    // Of equal places (a township's own item beside one of its county's) the order is by code.
    items.sort_by_key(|(no, _)| *no);
    items
}

/// One item, in its current version or in a given one.
///
/// # Errors
/// [`ServiceError::NotFound`], or the store's.
pub async fn find(app: &App, id: PowerId, version: Option<i32>) -> Result<Power, ServiceError> {
    app.db
        .read(move |tx| store::powers::find(tx, &id, version)?.ok_or(ServiceError::NotFound))
        .await
}

/// The versions of an item, the newest first, up to `limit` of those before `before`.
///
/// # Errors
/// [`ServiceError::NotFound`], or the store's.
pub async fn versions(
    app: &App,
    id: PowerId,
    before: Option<i32>,
    limit: usize,
) -> Result<Vec<Power>, ServiceError> {
    app.db
        .read(move |tx| {
            if store::powers::find(tx, &id, None)?.is_none() {
                return Err(ServiceError::NotFound);
            }
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            Ok(store::powers::versions(tx, &id, before, limit)?)
        })
        .await
}

#[cfg(test)]
mod tests {
    use domain::power::PowerFile;
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
            version: 1,
            content: Content {
                no,
                source: file.source,
                licence: file.licence,
                item,
            },
            content_sha256: String::new(),
            published_at: Timestamp::from_micros(0),
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
        let shown: Vec<(u32, &str, &str)> = found
            .iter()
            .map(|(no, power)| {
                let code = power.content.item.code.as_str();
                (*no, code, power.region_code.as_str())
            })
            .collect();
        assert_eq!(
            shown,
            [
                (1, "a", county),
                (2, "b", village),
                (3, "c", county),
                (5, "d", town)
            ]
        );
    }
}
