//! Taking in a power list from its JSON file.

use std::collections::HashMap;

use domain::id::PowerId;
use domain::power::{Fault, PowerFile, PowerItem};
use domain::region::Level;
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::powers::{Content, Power};

use crate::app::App;
use crate::http::body::shape_fault;
use crate::import::{ImportError, ImportFault, Place, text};

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Items that were not there.
    pub new: usize,
    /// Items of which a new version was published.
    pub changed: usize,
    /// Items that were there as they are.
    pub unchanged: usize,
}

/// One item, ready to be kept.
struct Ready {
    id: PowerId,
    content: Content,
    content_sha256: String,
}

/// Imports a list; all of it or nothing. An item whose content is as in its current version gets no new one;
/// an item that is there and not in the file stays in force.
///
/// # Errors
/// Every fault of the file, or the store's.
pub async fn import_powers(app: &App, bytes: &[u8]) -> Result<Imported, ImportError> {
    let file = parse(text(bytes)?)?;
    let region = file.region_code;
    let mut ready = Vec::new();
    for (no, item) in (1..).zip(file.items) {
        let content_sha256 = item
            .content_sha256()
            .map_err(|error| crate::error::ServiceError::Broken(error.to_string()))?;
        ready.push(Ready {
            id: app.ids.make(),
            content: Content {
                no,
                source: file.source.clone(),
                licence: file.licence.clone(),
                item,
            },
            content_sha256,
        });
    }
    let now = app.clocks.case();
    app.db
        .write(move |tx| {
            if !store::regions::exists(tx, &region)? {
                return Err(fault(
                    "/region_code",
                    "region_unknown",
                    format!("没有地区 {region}；请先导入地区"),
                    format!("there is no region {region}; import the regions first"),
                ));
            }
            let known: HashMap<String, Power> =
                store::powers::of_regions(tx, std::slice::from_ref(&region))?
                    .into_iter()
                    .map(|power| (power.content.item.code.clone(), power))
                    .collect();
            let mut imported = Imported::default();
            for item in &ready {
                let current = known.get(&item.content.item.code);
                let (id, version) = match current {
                    Some(power) if power.content_sha256 == item.content_sha256 => {
                        imported.unchanged += 1;
                        continue;
                    }
                    Some(power) => {
                        imported.changed += 1;
                        (power.id.clone(), power.version + 1)
                    }
                    None => {
                        imported.new += 1;
                        (item.id.clone(), 1)
                    }
                };
                let next = Power {
                    id,
                    region_code: region.clone(),
                    version,
                    content: item.content.clone(),
                    content_sha256: item.content_sha256.clone(),
                    published_at: now,
                };
                store::powers::publish(tx, &next)?;
            }
            Ok(imported)
        })
        .await
}

fn fault(pointer: &str, code: &str, zh: String, en: String) -> ImportError {
    ImportError::Faults(vec![ImportFault::new(
        Place::pointer(pointer),
        code,
        zh,
        en,
    )])
}

/// Reads the file. Its items are read one by one, so that each may say what is wrong with it.
fn parse(text: &str) -> Result<PowerFile, ImportError> {
    let mut document: Value = serde_json::from_str(text).map_err(|error| {
        let place = Place::cell(error.line(), error.column().to_string());
        let (zh, en) = ("文件不是有效的 JSON", format!("no valid JSON: {error}"));
        ImportError::Faults(vec![ImportFault::new(place, "malformed_json", zh, en)])
    })?;
    let items = document
        .get_mut("items")
        .and_then(Value::as_array_mut)
        .map(std::mem::take);
    let mut faults = Vec::new();
    let head = shaped::<PowerFile>(document, "", &mut faults);
    let mut read: Vec<Option<PowerItem>> = Vec::new();
    for (index, value) in items.into_iter().flatten().enumerate() {
        read.push(shaped(value, &format!("/items/{index}"), &mut faults));
    }
    let whole = read.iter().all(Option::is_some);
    if let (Some(mut file), true) = (head, whole) {
        file.items = read.into_iter().flatten().collect();
        faults.extend(file.check().into_iter().map(|found| of_content("", found)));
        // A city's or a province's list would reach over counties that make their own.
        if file.region_code.level() > Level::County {
            faults.push(ImportFault::new(
                Place::pointer("/region_code"),
                "region_too_wide",
                "清单应属于县、乡镇或村",
                "a list belongs to a county, a township or a village",
            ));
        }
        if faults.is_empty() {
            return Ok(file);
        }
    } else {
        for (index, item) in read.iter().enumerate() {
            let found = item.as_ref().map(PowerItem::check).unwrap_or_default();
            let at = format!("/items/{index}");
            faults.extend(found.into_iter().map(|found| of_content(&at, found)));
        }
    }
    Err(ImportError::Faults(faults))
}

fn shaped<T: DeserializeOwned>(value: Value, at: &str, faults: &mut Vec<ImportFault>) -> Option<T> {
    match serde_path_to_error::deserialize(value) {
        Ok(read) => Some(read),
        Err(error) => {
            let path = error.path().clone();
            let mut fault = shape_fault(&path, &error.into_inner().to_string());
            fault.pointer = format!("{at}{}", fault.pointer);
            faults.push(ImportFault::of_shape(fault));
            None
        }
    }
}

fn of_content(at: &str, found: Fault) -> ImportFault {
    let place = Place::pointer(format!("{at}{}", found.pointer));
    ImportFault::new(place, found.code, found.detail, found.detail_en)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn template() -> Value {
        serde_json::from_str(include_str!("../../data/powers-template.json")).unwrap()
    }

    fn faults(document: &Value) -> Vec<(String, String)> {
        match parse(&document.to_string()) {
            Err(ImportError::Faults(faults)) => faults
                .into_iter()
                .map(|fault| (fault.place.to_string(), fault.code))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    fn at(pointer: &str, code: &str) -> (String, String) {
        (pointer.to_owned(), code.to_owned())
    }

    #[test]
    fn the_seed_is_good() {
        assert_eq!(parse(&template().to_string()).unwrap().items.len(), 11);
    }

    #[test]
    fn every_item_says_what_is_wrong_with_it() {
        let mut document = template();
        document["items"][0]["steps"][0]["no"] = json!("one");
        document["items"][1]["more"] = json!(1);
        document["items"][2]["name"] = json!("");
        document["licence"] = json!(null);
        assert_eq!(
            faults(&document),
            [
                at("/licence", "wrong_type"),
                at("/items/0/steps/0/no", "wrong_type"),
                at("/items/1/more", "unknown_field"),
                at("/items/2/name", "required"),
            ]
        );
        let mut document = template();
        document["region_code"] = json!("230000000000");
        document["items"][1]["code"] = document["items"][0]["code"].clone();
        assert_eq!(
            faults(&document),
            [
                at("/items/1/code", "duplicate"),
                at("/region_code", "region_too_wide")
            ]
        );
        assert_eq!(faults(&json!({})), [at("/region_code", "required")]);
        assert_eq!(faults(&json!([])), [at("the document", "wrong_type")]);
    }
}
