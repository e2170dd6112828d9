//! What a person recognises the thing of a row by: a village and its period, an account's login name, a matter's title.
//! It is looked up when the row is read and is no part of it, so the chain knows nothing of it, and a thing is called as
//! it is called today. Only what lies in the reader's own region is named, or is everybody's to read anyway: a row about
//! a case has the case's number instead, and who is related to whom is said to nobody.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::audit::Row;
use domain::role::Scope;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{
    disclosures, ledger_sheets, obligations, organisations, posts, power_versions, powers,
    proposals, regions, staff, zones,
};

/// What a thing is recognised by; what does not apply is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// Where it belongs: code and name.
    pub region: Option<(String, String)>,
    /// Of several kinds: which.
    pub kind: Option<String>,
    /// Of which time.
    pub period: Option<String>,
    /// What an account logs in with.
    pub login: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Of a proposal: the kind of thing it is about, and what is to be done with it.
    pub proposed: Option<(String, String)>,
}

/// A kind of thing and an id of it, without the version that some have behind a slash.
type Thing = (String, String);

fn thing(kind: &str, id: &str) -> Thing {
    let id = id.split_once('/').map_or(id, |(id, _)| id);
    (kind.to_owned(), id.to_owned())
}

/// The names of the things of these rows, as this reader may see them.
pub(super) struct Names {
    found: HashMap<Thing, Name>,
}

impl Names {
    /// Looks them up.
    pub(super) fn of(tx: &mut Tx<'_>, scope: &Scope, rows: &[Row]) -> Result<Self, StoreError> {
        let of_no_case = rows.iter().filter(|row| row.case_id.is_none());
        let mut things: HashSet<Thing> = of_no_case
            .map(|row| thing(&row.object, &row.object_id))
            .collect();
        let here = format!("{}%", scope.region.prefix());
        let proposed: Vec<(String, String, String, String, String)> = proposals::table
            .filter(proposals::id.eq_any(ids(&things, "proposal")))
            .filter(proposals::complaint_id.is_null())
            .filter(proposals::region_code.like(&here))
            .select((
                proposals::id,
                proposals::subject,
                proposals::object_id,
                proposals::action,
                proposals::region_code,
            ))
            .load(tx.0)?;
        things.extend(proposed.iter().map(|(_, kind, id, ..)| thing(kind, id)));
        let mut found = Found::default();
        found.of_accounts(tx, &things, &here)?;
        found.of_disclosures(tx, &things, &here)?;
        found.of_configuration(tx, &things, &here)?;
        found.of_powers(tx, &things)?;
        for (id, kind, object, action, region) in proposed {
            let about = found.0.get(&thing(&kind, &object)).cloned();
            let mut name = about.unwrap_or_default();
            name.region = name.region.or_else(|| in_region(region));
            name.proposed = Some((kind, action));
            found.0.insert(thing("proposal", &id), name);
        }
        Ok(Self {
            found: found.with_regions(tx)?,
        })
    }

    /// What the thing of a row is called.
    pub(super) fn get(&self, row: &Row) -> Option<Name> {
        // Of a case's rows the number is enough.
        if row.case_id.is_some() {
            return None;
        }
        self.found.get(&thing(&row.object, &row.object_id)).cloned()
    }
}

fn ids(things: &HashSet<Thing>, kind: &str) -> Vec<String> {
    let of_kind = things.iter().filter(|(own, _)| own == kind);
    of_kind.map(|(_, id)| id.clone()).collect()
}

/// Called by its code until all codes are known.
fn in_region(code: String) -> Option<(String, String)> {
    Some((code, String::new()))
}

#[derive(Default)]
struct Found(HashMap<Thing, Name>);

impl Found {
    fn of_accounts(
        &mut self,
        tx: &mut Tx<'_>,
        things: &HashSet<Thing>,
        here: &str,
    ) -> Result<(), StoreError> {
        let accounts: Vec<(String, String, String, String)> = staff::table
            .filter(staff::id.eq_any(ids(things, "staff")))
            .filter(staff::region_code.like(here))
            .select((
                staff::id,
                staff::username,
                staff::display_name,
                staff::region_code,
            ))
            .load(tx.0)?;
        for (id, login, title, region) in accounts {
            let name = Name {
                region: in_region(region),
                login: Some(login),
                title: Some(title),
                ..Name::default()
            };
            self.0.insert(thing("staff", &id), name);
        }
        Ok(())
    }

    /// Disclosures, and the sheets that became none or have not yet.
    fn of_disclosures(
        &mut self,
        tx: &mut Tx<'_>,
        things: &HashSet<Thing>,
        here: &str,
    ) -> Result<(), StoreError> {
        let wanted = ids(things, "disclosure");
        let sheets: Vec<(String, String, String, String)> = ledger_sheets::table
            .filter(ledger_sheets::id.eq_any(&wanted))
            .filter(ledger_sheets::region_code.like(here))
            .select((
                ledger_sheets::id,
                ledger_sheets::region_code,
                ledger_sheets::kind,
                ledger_sheets::period,
            ))
            .load(tx.0)?;
        let published: Vec<(String, String, String, String)> = disclosures::table
            .filter(disclosures::id.eq_any(&wanted))
            .filter(disclosures::region_code.like(here))
            .select((
                disclosures::id,
                disclosures::region_code,
                disclosures::kind,
                disclosures::period,
            ))
            .load(tx.0)?;
        for (id, region, kind, period) in sheets.into_iter().chain(published) {
            let name = Name {
                region: in_region(region),
                kind: Some(kind),
                period: Some(period),
                ..Name::default()
            };
            self.0.insert(thing("disclosure", &id), name);
        }
        let owed: Vec<(String, String, String, String)> = obligations::table
            .filter(obligations::id.eq_any(ids(things, "obligation")))
            .filter(obligations::region_code.like(here))
            .select((
                obligations::id,
                obligations::region_code,
                obligations::title,
                obligations::period,
            ))
            .load(tx.0)?;
        for (id, region, title, period) in owed {
            let name = Name {
                region: in_region(region),
                title: Some(title),
                period: Some(period),
                ..Name::default()
            };
            self.0.insert(thing("obligation", &id), name);
        }
        Ok(())
    }

    /// Zones of the region; policies, catalogues, units and posts, which everybody may read.
    fn of_configuration(
        &mut self,
        tx: &mut Tx<'_>,
        things: &HashSet<Thing>,
        here: &str,
    ) -> Result<(), StoreError> {
        for kind in ["policy", "catalogue", "calendar"] {
            for code in ids(things, kind) {
                let name = Name {
                    region: in_region(code.clone()),
                    ..Name::default()
                };
                self.0.insert(thing(kind, &code), name);
            }
        }
        let own_zones: Vec<(String, String, String)> = zones::table
            .filter(zones::id.eq_any(ids(things, "zone")))
            .filter(zones::county_code.like(here))
            .select((zones::id, zones::county_code, zones::name))
            .load(tx.0)?;
        for (id, region, title) in own_zones {
            let name = Name {
                region: in_region(region),
                title: Some(title),
                ..Name::default()
            };
            self.0.insert(thing("zone", &id), name);
        }
        let held: Vec<(String, String, String, String)> = posts::table
            .inner_join(organisations::table.on(organisations::id.eq(posts::organisation_id)))
            .filter(posts::id.eq_any(ids(things, "post")))
            .select((
                posts::id,
                organisations::region_code,
                organisations::name,
                posts::title,
            ))
            .load(tx.0)?;
        let units: Vec<(String, String, String)> = organisations::table
            .filter(organisations::id.eq_any(ids(things, "organisation")))
            .select((
                organisations::id,
                organisations::region_code,
                organisations::name,
            ))
            .load(tx.0)?;
        for (id, region, title) in units {
            let name = Name {
                region: in_region(region),
                title: Some(title),
                ..Name::default()
            };
            self.0.insert(thing("organisation", &id), name);
        }
        for (id, region, unit, title) in held {
            let name = Name {
                region: in_region(region),
                title: Some(format!("{unit} {title}")),
                ..Name::default()
            };
            self.0.insert(thing("post", &id), name);
        }
        Ok(())
    }

    /// Published powers, which everybody may read; of an import the region alone.
    fn of_powers(&mut self, tx: &mut Tx<'_>, things: &HashSet<Thing>) -> Result<(), StoreError> {
        let wanted = ids(things, "power");
        let listed: Vec<(String, String, String)> = powers::table
            .inner_join(
                power_versions::table.on(power_versions::power_id
                    .eq(powers::id)
                    .and(power_versions::version.eq(powers::version))),
            )
            .filter(powers::id.eq_any(&wanted))
            .select((powers::id, powers::region_code, power_versions::body))
            .load(tx.0)?;
        for code in wanted {
            let name = Name {
                region: in_region(code.clone()),
                ..Name::default()
            };
            self.0.insert(thing("power", &code), name);
        }
        for (id, region, body) in listed {
            let corrupt = || StoreError::Corrupt("powers", id.clone());
            let content: crate::powers::Content =
                serde_json::from_str(&body).map_err(|_| corrupt())?;
            let name = Name {
                region: in_region(region),
                title: Some(content.item.name),
                ..Name::default()
            };
            self.0.insert(thing("power", &id), name);
        }
        Ok(())
    }

    /// The names of the regions themselves. What named none that there is stays without.
    fn with_regions(self, tx: &mut Tx<'_>) -> Result<HashMap<Thing, Name>, StoreError> {
        let codes: HashSet<&String> = self
            .0
            .values()
            .filter_map(|name| name.region.as_ref().map(|(code, _)| code))
            .collect();
        let known: Vec<(String, String)> = regions::table
            .filter(regions::code.eq_any(codes))
            .select((regions::code, regions::name))
            .load(tx.0)?;
        let known: HashMap<String, String> = known.into_iter().collect();
        let named = self.0.into_iter().map(|(thing, mut name)| {
            name.region = name
                .region
                .and_then(|(code, _)| known.get(&code).map(|called| (code, called.clone())));
            (thing, name)
        });
        // What is called nothing at all needs no name.
        Ok(named.filter(|(_, name)| *name != Name::default()).collect())
    }
}
