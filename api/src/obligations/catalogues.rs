//! Catalogues as data: what a region's is, and how another comes into force. Two persons change it, and what has opened
//! keeps the rule it opened under.

use std::sync::Arc;

use domain::canon::{canonical_json, sha256_hex};
use domain::complaint::target::Accused;
use domain::id::StaffId;
use domain::obligation::catalogue::{Catalogue, FlawKind, Item, Layer, in_force};
use domain::proposal::{Proposal, Subject, organs_of_region};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::text;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::{self, Actor, Entry};
use store::catalogues;
use store::{StoreError, Tx, accounts, calendar, organisations, regions};
use utoipa::ToSchema;

use super::views::{CatalogueHistoryView, CatalogueVersionView, MatterView};
use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::propose::{self, New, ProposedView};

/// What the audit calls it.
const CHANGE: &str = "change";

/// A catalogue as it is to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueBody {
    /// The version it was made from, if that is to be checked: 412 when there is a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
    /// Why, for the second person.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub reason: String,
    /// Of a county: all its matters. Of a township or a village: those it adds or tightens; what stands above stays.
    pub items: Vec<Item>,
}

/// A region's catalogue and every one it had.
///
/// # Errors
/// [`ServiceError::NotFound`] without such a region, or where none is made.
pub async fn history(
    app: &Arc<App>,
    region: RegionCode,
) -> Result<CatalogueHistoryView, ServiceError> {
    let inner = Arc::clone(app);
    app.db
        .read(move |tx| {
            has_one(tx, &region)?;
            let layers = catalogues::layers(tx, &inner.catalogues, &region)?;
            let mut history = Vec::new();
            for version in catalogues::history(tx, &inner.catalogues, &region)? {
                let proposed_by = name(tx, version.proposed_by.as_deref())?;
                let decided_by = name(tx, version.decided_by.as_deref())?;
                history.push(CatalogueVersionView::new(version, proposed_by, decided_by));
            }
            let matters = in_force(&layers, inner.clocks.case());
            Ok(CatalogueHistoryView {
                version: catalogues::newest(tx, &region)?,
                in_force: matters.into_iter().map(MatterView::from).collect(),
                history,
                region_code: region.clone(),
            })
        })
        .await
}

/// Counties, townships and villages have catalogues.
fn has_one(tx: &mut Tx<'_>, region: &RegionCode) -> Result<(), ServiceError> {
    if region.level() <= Level::County && regions::exists(tx, region)? {
        Ok(())
    } else {
        Err(ServiceError::NotFound)
    }
}

fn name(tx: &mut Tx<'_>, id: Option<&str>) -> Result<Option<String>, StoreError> {
    let Some(id) = id.and_then(|id| StaffId::try_from(id).ok()) else {
        return Ok(None);
    };
    Ok(accounts::staff::find(tx, &id)?.map(|profile| profile.display_name))
}

/// Proposes another catalogue for a region. `seen` is the version the proposer looked at, if they say so.
///
/// # Errors
/// [`ServiceError::NotFound`], [`Code::NotPermitted`] outside one's region, [`StoreError::Stale`], every fault of the
/// catalogue, [`Code::NothingToChange`], or [`Code::ProposalWaiting`].
pub async fn propose(
    app: &Arc<App>,
    scope: &Scope,
    region: RegionCode,
    seen: Option<i32>,
    body: CatalogueBody,
) -> Result<ProposedView, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let reason = text::body(&body.reason, 0, 2000)
        .map_err(|_| ServiceError::at("/reason", Code::InvalidText))?;
    app.db
        .write(move |tx| {
            has_one(tx, &region)?;
            if !scope.region.covers(&region) {
                return Err(ServiceError::Rule(Code::NotPermitted));
            }
            let current = catalogues::newest(tx, &region)?;
            let other = |version: Option<i32>| version.is_some_and(|one| one != current);
            if other(seen) || other(body.version) {
                return Err(StoreError::Stale.into());
            }
            let layers = catalogues::layers(tx, &inner.catalogues, &region)?;
            let catalogue = Catalogue {
                items: body.items.clone(),
            }
            .tidied();
            check(&catalogue, &layers, &region, now)?;
            let newest = layers.iter().rfind(|layer| layer.region == region);
            if newest.is_some_and(|layer| *layer.catalogue == catalogue) {
                return Err(ServiceError::at("/items", Code::NothingToChange));
            }
            let value = serde_json::to_value(&catalogue)
                .map_err(|error| ServiceError::Broken(error.to_string()))?;
            let calendar = calendar::current(tx, &inner.calendar, &region)?;
            let new = New {
                subject: Subject::Catalogue {
                    region: region.clone(),
                },
                region: region.clone(),
                version: current,
                body: &value,
                reason: reason.clone(),
                offered: organs_of_region(&organisations::organs(tx, &region)?),
                accused: Accused::default(),
            };
            let made = propose::propose(tx, &inner, &scope, new, &calendar, now)?;
            Ok(ProposedView::from(&made))
        })
        .await
}

/// Every fault of a catalogue, against what stands above its region.
fn check(
    catalogue: &Catalogue,
    layers: &[Layer],
    region: &RegionCode,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let above: Vec<Layer> = layers
        .iter()
        .filter(|layer| layer.region.level() > region.level())
        .cloned()
        .collect();
    let above: Vec<Item> = match region.level() {
        // A county's is all there is.
        Level::County => Vec::new(),
        _ => in_force(&above, now)
            .into_iter()
            .map(|matter| matter.item)
            .collect(),
    };
    let flaws = catalogue.flaws(&above);
    if flaws.is_empty() {
        return Ok(());
    }
    let faults = flaws.into_iter().map(|flaw| {
        let code = match flaw.kind {
            FlawKind::Text => Code::InvalidText,
            FlawKind::Code => Code::CatalogueCode,
            FlawKind::Twice => Code::NamedTwice,
            FlawKind::Range => Code::OutOfRange,
            FlawKind::Rule => Code::DueRuleUnfit,
            FlawKind::Looser => Code::LooserThanAbove,
        };
        FieldFault::new(flaw.pointer, code)
    });
    Err(ServiceError::Invalid(faults.collect()))
}

/// An approved proposal: the catalogue is in force for whatever opens from now on.
///
/// # Errors
/// [`Code::ProposalVoid`] when the region has another catalogue by now, or what stands above it asks for more; the
/// store's.
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let Subject::Catalogue { region } = &proposal.subject else {
        return Err(ServiceError::NotFound);
    };
    let current = catalogues::newest(tx, region)?;
    let catalogue: Catalogue = serde_json::from_str(&proposal.body)
        .map_err(|_| StoreError::Corrupt("proposals", proposal.id.to_string()))?;
    let layers = catalogues::layers(tx, &app.catalogues, region)?;
    if current != proposal.version || check(&catalogue, &layers, region, now).is_err() {
        return Err(ServiceError::Rule(Code::ProposalVoid));
    }
    let before = layers.iter().rfind(|layer| layer.region == *region);
    let before = before.map(|layer| digest(&layer.catalogue)).transpose()?;
    let after = digest(&catalogue)?;
    let layer = Layer {
        region: region.clone(),
        version: current + 1,
        begun_at: now,
        catalogue: Arc::new(catalogue),
    };
    let by = Some(&proposal.proposer.staff);
    catalogues::set(tx, &app.catalogues, &layer, by, Some(&second.staff))?;
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(second.staff.clone()),
        action: CHANGE.to_owned(),
        object: "catalogue",
        object_id: format!("{region}/{}", layer.version),
        reason: Some(proposal.reason.clone()),
        before_sha256: before,
        after_sha256: Some(after),
    };
    Ok(audit::record(tx, &entry)?)
}

fn digest(catalogue: &Catalogue) -> Result<String, ServiceError> {
    canonical_json(catalogue)
        .map(|bytes| sha256_hex(&bytes))
        .map_err(|error| ServiceError::Broken(error.to_string()))
}
