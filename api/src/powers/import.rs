//! Taking in a power list from its JSON file.

use std::collections::HashMap;

use domain::power::{Change, Fault, PowerFile, PowerItem, VersionChange, changes};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::Tx;
use store::audit::Actor;
use store::powers::{Content, Power};
use utoipa::ToSchema;

use super::publish::{By, digest};
use super::{publish, service};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::body::shape_fault;
use crate::import::{ImportError, ImportFault, Place, text};

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Items that were not there.
    pub new: usize,
    /// Items of which a new version was published.
    pub changed: usize,
    /// Items that were there as they are.
    pub unchanged: usize,
    /// What became of each, in the order of the file.
    pub items: Vec<ImportedItem>,
}

/// What becomes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PowerImportOutcome)]
pub enum Outcome {
    /// It was not there.
    New,
    /// It gets a new version.
    Changed,
    /// It stays as it is.
    Unchanged,
}

/// An item of an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PowerImportItem)]
pub struct ImportedItem {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The region above whose item it stands in for, where it is this list's first of its own; `null` otherwise.
    pub stands_in_for: Option<RegionCode>,
    /// What is other than in the version in force: the list's own, or the one above that it will stand in for.
    pub changes: Vec<Change>,
}

/// Whether something is to be done or only to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// It is done, for this reason: everybody reads it beside the new versions. At the command line there is none.
    Real(Option<String>),
    /// Nothing is written.
    Preview,
}

/// Imports a list at the command line; all of it or nothing. An item whose content is as in its current version gets no
/// new one; an item that is there and not in the file stays in force.
///
/// # Errors
/// Every fault of the file, or the store's.
pub async fn import_powers(app: &App, bytes: &[u8]) -> Result<Imported, ImportError> {
    import(app, bytes, None, Run::Real(None)).await
}

/// The same by somebody, into a list of his own region.
///
/// # Errors
/// [`Code::NotPermitted`] outside it, every fault of the file, or the store's.
pub async fn import_as(
    app: &App,
    scope: &Scope,
    bytes: &[u8],
    run: Run,
) -> Result<Imported, ImportError> {
    import(app, bytes, Some(scope), run).await
}

async fn import(
    app: &App,
    bytes: &[u8],
    scope: Option<&Scope>,
    run: Run,
) -> Result<Imported, ImportError> {
    let file = parse(text(bytes)?)?;
    if scope.is_some_and(|scope| !scope.region.covers(&file.region_code)) {
        return Err(ServiceError::Rule(Code::NotPermitted).into());
    }
    let actor = scope.map_or(Actor::Operator, |scope| Actor::Staff(scope.staff.clone()));
    let by = By::now(app, actor);
    match run {
        Run::Real(_) => app.db.write(move |tx| take_in(tx, &file, &by, &run)).await,
        Run::Preview => app.db.read(move |tx| take_in(tx, &file, &by, &run)).await,
    }
}

fn take_in(tx: &mut Tx<'_>, file: &PowerFile, by: &By, run: &Run) -> Result<Imported, ImportError> {
    let (region, list) = (&file.region_code, file.list);
    if !store::regions::exists(tx, region)? {
        return Err(fault(
            "/region_code",
            "region_unknown",
            format!("没有地区 {region}；请先导入地区"),
            format!("there is no region {region}; import the regions first"),
        ));
    }
    let known: HashMap<String, Power> =
        store::powers::of_regions(tx, std::slice::from_ref(region))?
            .into_iter()
            .map(|power| (power.content.item.code.clone(), power))
            .collect();
    let mut imported = Imported::default();
    for (index, item) in file.items.iter().enumerate() {
        let current = known.get(&item.code);
        if current.is_some_and(|power| power.list != list) {
            return Err(fault(
                &format!("/items/{index}/code"),
                "code_of_another_list",
                format!("编码 {} 已用于本地区的另一份清单", item.code),
                format!("{} is the code of an item of another list here", item.code),
            ));
        }
        let over = service::above(tx, region, list, &item.code)?;
        let sha = digest(item)?;
        let in_force = current.filter(|power| power.in_force).or(over.as_ref());
        // What says the same as what is in force is no new version, and what is inherited stays inherited.
        let outcome = match current {
            _ if in_force.is_some_and(|power| power.content_sha256 == sha) => Outcome::Unchanged,
            Some(_) => Outcome::Changed,
            None => Outcome::New,
        };
        let changed = in_force.map(|power| changes(&power.content.item, item));
        imported.items.push(ImportedItem {
            code: item.code.clone(),
            name: item.name.clone(),
            outcome,
            stands_in_for: over
                .as_ref()
                .filter(|_| outcome == Outcome::New)
                .map(|above| above.region_code.clone()),
            changes: changed.unwrap_or_default(),
        });
        match outcome {
            Outcome::New => imported.new += 1,
            Outcome::Changed => imported.changed += 1,
            Outcome::Unchanged => imported.unchanged += 1,
        }
        let Run::Real(reason) = run else {
            continue;
        };
        if outcome == Outcome::Unchanged {
            continue;
        }
        let content = Content {
            no: u32::try_from(index + 1).unwrap_or(u32::MAX),
            source: file.source.clone(),
            licence: file.licence.clone(),
            item: item.clone(),
            overrides: publish::overridden(over.as_ref()),
        };
        let mut next = publish::next(region, list, current, content, by, VersionChange::Published)?;
        next.reason.clone_from(reason);
        store::powers::publish(tx, &next)?;
    }
    if imported.new + imported.changed > 0 && *run != Run::Preview {
        let digest = file.content_sha256();
        let digest = digest.map_err(|error| ServiceError::Broken(error.to_string()))?;
        publish::record(
            tx,
            by,
            "import",
            format!("{region}/{}", list.as_str()),
            digest,
        )?;
    }
    Ok(imported)
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
    let list = head
        .as_ref()
        .map_or_else(Default::default, |file| file.list);
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
            let found = item.as_ref().map(|item| item.check(list));
            let found = found.unwrap_or_default();
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
        assert_eq!(parse(&template().to_string()).unwrap().items.len(), 36);
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
