//! Proposing a zone, and making it when a second person has approved.

use std::sync::Arc;

use domain::canon::{canonical_json, sha256_hex};
use domain::complaint::target::Accused;
use domain::id::ZoneId;
use domain::proposal::{Proposal, Subject, organs_of_region};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::text;
use domain::time::Timestamp;
use store::audit::{self, Actor, Entry};
use store::zones::{self, Zone};
use store::{StoreError, Tx, calendar, organisations, regions};

use super::admin::ZoneBody;
use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::propose::{self, New, ProposedView};

/// The zones in the region that the account works for, or of its county.
///
/// # Errors
/// The store's.
pub async fn list(app: &Arc<App>, scope: &Scope) -> Result<Vec<Zone>, ServiceError> {
    let region = scope
        .region
        .at(Level::County)
        .unwrap_or_else(|| scope.region.clone());
    app.db.read(move |tx| Ok(zones::within(tx, &region)?)).await
}

/// Proposes a zone, new or (with its id and the version seen) changed.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`Code::NotPermitted`] outside one's region,
/// [`Code::ProposalWaiting`], or the faults of the body.
pub async fn propose(
    app: &Arc<App>,
    scope: &Scope,
    of: Option<(ZoneId, i32)>,
    body: ZoneBody,
) -> Result<ProposedView, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let fresh: ZoneId = app.ids.make();
    app.db
        .write(move |tx| {
            if !scope.region.covers(&body.county_code) {
                return Err(ServiceError::Rule(Code::NotPermitted));
            }
            let (zone, version) = match &of {
                None => (fresh.clone(), 0),
                Some((id, seen)) => {
                    let found = zones::find(tx, id)?
                        .filter(|zone| zone.county == body.county_code)
                        .ok_or(ServiceError::NotFound)?;
                    if found.version != *seen {
                        return Err(StoreError::Stale.into());
                    }
                    (found.id, found.version)
                }
            };
            check(tx, &zone, &body)?;
            let reason = text::body(&body.reason, 0, 2000)
                .map_err(|_| ServiceError::at("/reason", Code::InvalidText))?;
            let county = &body.county_code;
            let value = serde_json::to_value(&body)
                .map_err(|error| ServiceError::Broken(error.to_string()))?;
            let calendar = calendar::current(tx, &inner.calendar, county)?;
            let new = New {
                subject: Subject::Zone { zone },
                region: county.clone(),
                version,
                body: &value,
                reason,
                offered: organs_of_region(&organisations::organs(tx, county)?),
                accused: Accused::default(),
            };
            let made = propose::propose(tx, &inner, &scope, new, &calendar, now)?;
            Ok(ProposedView::from(&made))
        })
        .await
}

/// More townships than any zone has.
const TOWNSHIPS: usize = 100;

fn check(tx: &mut Tx<'_>, zone: &ZoneId, body: &ZoneBody) -> Result<(), ServiceError> {
    let county = &body.county_code;
    let mut faults = Vec::new();
    if county.level() != Level::County || !regions::exists(tx, county)? {
        faults.push(FieldFault::new("/county_code", Code::RegionUnknown));
    }
    if text::line(&body.name, 1, 50).is_err() {
        faults.push(FieldFault::new("/name", Code::InvalidText));
    }
    let lead = organisations::find(tx, &body.lead_organisation_id)?;
    match lead {
        None => faults.push(FieldFault::new("/lead_organisation_id", Code::UnitUnknown)),
        Some(lead) if !county.covers(&lead.region_code) => {
            let fault = FieldFault::new("/lead_organisation_id", Code::ZoneLeadElsewhere);
            faults.push(fault);
        }
        Some(lead) if lead.is_closed() => {
            faults.push(FieldFault::new("/lead_organisation_id", Code::UnitClosed));
        }
        Some(_) => {}
    }
    if body.townships.is_empty() || body.townships.len() > TOWNSHIPS {
        faults.push(FieldFault::new("/townships", Code::OutOfRange));
    }
    for (index, township) in body.townships.iter().enumerate() {
        let twice = body.townships.iter().take(index).any(|one| one == township);
        let here = township.level() == Level::Township
            && county.covers(township)
            && regions::exists(tx, township)?;
        let code = if !here {
            Some(Code::TownshipUnknown)
        } else if twice || zones::of(tx, township)?.is_some_and(|other| other.id != *zone) {
            Some(Code::TownshipTaken)
        } else {
            None
        };
        faults.extend(code.map(|code| FieldFault::new(format!("/townships/{index}"), code)));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(faults))
    }
}

/// Makes the zone of an approved proposal; the county whose cases are to be looked at again.
///
/// # Errors
/// [`Code::ProposalVoid`] when the zone, or the zone of one of its townships, has changed since.
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    now: Timestamp,
) -> Result<RegionCode, ServiceError> {
    let corrupt = || StoreError::Corrupt("proposals", proposal.id.to_string());
    let Subject::Zone { zone: id } = &proposal.subject else {
        return Err(ServiceError::NotFound);
    };
    let body: ZoneBody = serde_json::from_str(&proposal.body).map_err(|_| corrupt())?;
    let before = zones::find(tx, id)?;
    let seen = before.as_ref().map_or(0, |zone| zone.version);
    if seen != proposal.version || check(tx, id, &body).is_err() {
        return Err(ServiceError::Rule(Code::ProposalVoid));
    }
    let zone = Zone {
        id: id.clone(),
        county: body.county_code.clone(),
        name: text::line(&body.name, 1, 50).map_err(|_| corrupt())?,
        lead: body.lead_organisation_id.clone(),
        townships: body.townships.clone(),
        version: seen + 1,
    };
    zones::put(tx, &zone)?;
    let digest = canonical_json(&body)
        .map(|bytes| sha256_hex(&bytes))
        .map_err(|error| ServiceError::Broken(error.to_string()))?;
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(second.staff.clone()),
        action: "change".to_owned(),
        object: "zone",
        object_id: format!("{id}/{}", zone.version),
        reason: Some(proposal.reason.clone()),
        before_sha256: None,
        after_sha256: Some(digest),
    };
    audit::record(tx, &entry)?;
    Ok(body.county_code)
}
