//! Reading proposals: one's own, and those offered to one's unit.

use actix_web::web;
use domain::id::ProposalId;
use domain::proposal::Subject;
use domain::role::Scope;
use domain::time::Timestamp;
use store::proposals::{self, Filter, Found};
use store::{
    StoreError, Tx, accounts, complaints, disclosures, obligations, organisations, regions,
};

use super::views::{Names, ProposalView, proposal};
use crate::app::App;
use crate::error::ServiceError;

/// A page of proposals, with each one's place.
///
/// # Errors
/// The store's.
pub async fn list(
    app: &web::Data<App>,
    scope: &Scope,
    filter: Filter,
) -> Result<Vec<(ProposalView, i64, String)>, ServiceError> {
    let (scope, now) = (scope.clone(), app.clocks.case());
    app.db
        .read(move |tx| {
            let mut items = Vec::new();
            for found in proposals::list(tx, &scope, &filter, now)? {
                let place = found.proposal.created_at.micros();
                let id = found.proposal.id.to_string();
                items.push((view(tx, &found, &scope, now)?, place, id));
            }
            Ok(items)
        })
        .await
}

/// One proposal.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn one(
    app: &web::Data<App>,
    scope: &Scope,
    id: ProposalId,
) -> Result<ProposalView, ServiceError> {
    let (scope, now) = (scope.clone(), app.clocks.case());
    app.db
        .read(move |tx| {
            let found = proposals::find_for(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            Ok(view(tx, &found, &scope, now)?)
        })
        .await
}

/// A proposal at hand, as this reader sees it.
///
/// # Errors
/// The store's.
pub fn view(
    tx: &mut Tx<'_>,
    found: &Found,
    scope: &Scope,
    now: Timestamp,
) -> Result<ProposalView, StoreError> {
    let one = &found.proposal;
    let subject = match one.subject.complaint() {
        Some(id) => complaints::find_for_worker(tx, id.as_str())?.map(|known| known.case.number),
        None => None,
    };
    let name = |tx: &mut Tx<'_>, id| {
        accounts::staff::find(tx, id).map(|found| found.map(|profile| profile.display_name))
    };
    let subject = match &one.subject {
        // One that is still to be made is named in the body.
        Subject::Staff { staff, .. } => name(tx, staff)?,
        Subject::Disclosure { disclosure, .. } => {
            disclosures::find_public(tx, disclosure)?.map(|found| found.title)
        }
        Subject::Obligation { obligation } => {
            obligations::find(tx, obligation)?.map(|found| found.title)
        }
        _ => subject,
    };
    let second = match &one.decided_by {
        Some(id) => name(tx, id)?,
        None => None,
    };
    let names = Names {
        subject,
        region: regions::find(tx, &one.region)?
            .map_or_else(|| one.region.to_string(), |region| region.short_name),
        proposer: name(tx, &one.proposer.staff)?.unwrap_or_default(),
        organisation: organisations::find(tx, &one.proposer.organisation)?
            .map(|unit| unit.name)
            .unwrap_or_default(),
        second,
    };
    Ok(proposal(found, names, scope, now))
}
