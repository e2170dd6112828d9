//! Policies as data: what a county's is, what it was, and how it becomes another one. Two persons change it;
//! cases keep the one they began under.

use std::sync::Arc;

use domain::canon::{canonical_json, sha256_hex};
use domain::complaint::target::Accused;
use domain::id::StaffId;
use domain::policy::{Policy, SHIPPED};
use domain::proposal::{Proposal, Subject, organs_of_region};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::text;
use domain::time::Timestamp;
use store::audit::{self, Actor, Entry};
use store::{StoreError, Tx, accounts, calendar, organisations, policies};

use super::policy_body::PolicyBody;
use super::views::{PolicyHistoryView, PolicyVersionView};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose::{self, New, ProposedView};

/// What a proposal about a policy is called.
const CHANGE: &str = "change";

/// A county's policy and every one it had.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such county.
pub async fn history(
    app: &Arc<App>,
    county: RegionCode,
) -> Result<PolicyHistoryView, ServiceError> {
    let inner = Arc::clone(app);
    app.db
        .read(move |tx| {
            is_county(tx, &county)?;
            let policy = policies::current(tx, &inner.policies, &county)?;
            let mut history = Vec::new();
            for version in policies::history(tx, &county)? {
                history.push(PolicyVersionView {
                    version: version.policy.version,
                    begun_at: Some(version.begun_at),
                    proposed_by: name(tx, version.proposed_by)?,
                    decided_by: name(tx, version.decided_by)?,
                    policy: version.policy,
                });
            }
            history.push(PolicyVersionView {
                version: SHIPPED,
                begun_at: None,
                proposed_by: None,
                decided_by: None,
                policy: Policy::default_policy(),
            });
            Ok(PolicyHistoryView {
                county_code: county.clone(),
                version: policy.version,
                policy: (*policy).clone(),
                history,
            })
        })
        .await
}

fn is_county(tx: &mut Tx<'_>, county: &RegionCode) -> Result<(), ServiceError> {
    if county.level() == Level::County && store::regions::exists(tx, county)? {
        Ok(())
    } else {
        Err(ServiceError::NotFound)
    }
}

fn name(tx: &mut Tx<'_>, id: Option<String>) -> Result<Option<String>, StoreError> {
    let Some(id) = id.and_then(|id| StaffId::try_from(id).ok()) else {
        return Ok(None);
    };
    Ok(accounts::staff::find(tx, &id)?.map(|profile| profile.display_name))
}

/// Proposes another policy for a county. `seen` is the version the proposer looked at, if they say so.
///
/// # Errors
/// [`ServiceError::NotFound`], [`Code::NotPermitted`] outside one's region, [`StoreError::Stale`], every
/// fault of the policy, or [`Code::ProposalWaiting`].
pub async fn propose(
    app: &Arc<App>,
    scope: &Scope,
    county: RegionCode,
    seen: Option<i32>,
    body: PolicyBody,
) -> Result<ProposedView, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let reason = body.reason.as_deref().unwrap_or_default();
    let reason =
        text::body(reason, 0, 2000).map_err(|_| ServiceError::at("/reason", Code::InvalidText))?;
    app.db
        .write(move |tx| {
            is_county(tx, &county)?;
            if !scope.region.covers(&county) {
                return Err(ServiceError::Rule(Code::NotPermitted));
            }
            let current = policies::current(tx, &inner.policies, &county)?;
            let other = |version: Option<i32>| version.is_some_and(|one| one != current.version);
            if other(seen) || other(body.version) {
                return Err(StoreError::Stale.into());
            }
            let policy = body.after(&current)?;
            let value = serde_json::to_value(&policy)
                .map_err(|error| ServiceError::Broken(error.to_string()))?;
            let calendar = calendar::current(tx, &inner.calendar, &county)?;
            let new = New {
                subject: Subject::Policy {
                    county: county.clone(),
                },
                region: county.clone(),
                version: current.version,
                body: &value,
                reason: reason.clone(),
                offered: organs_of_region(&organisations::organs(tx, &county)?),
                accused: Accused::default(),
            };
            let made = propose::propose(tx, &inner, &scope, new, &calendar, now)?;
            Ok(ProposedView::from(&made))
        })
        .await
}

/// An approved proposal: the policy is in force for whatever begins from now on.
///
/// # Errors
/// [`Code::ProposalVoid`] when the county has another policy by now; the store's.
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let county = &proposal.region;
    let current = policies::current(tx, &app.policies, county)?;
    if current.version != proposal.version {
        return Err(ServiceError::Rule(Code::ProposalVoid));
    }
    let policy: Policy = serde_json::from_str(&proposal.body)
        .map_err(|_| StoreError::Corrupt("proposals", proposal.id.to_string()))?;
    let by = Some(&proposal.proposer.staff);
    policies::set(
        tx,
        &app.policies,
        county,
        &policy,
        by,
        Some(&second.staff),
        now,
    )?;
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(second.staff.clone()),
        action: CHANGE.to_owned(),
        object: "policy",
        object_id: format!("{county}/{}", policy.version),
        reason: Some(proposal.reason.clone()),
        before_sha256: Some(digest(&current)?),
        after_sha256: Some(digest(&policy)?),
    };
    Ok(audit::record(tx, &entry)?)
}

fn digest(policy: &Policy) -> Result<String, ServiceError> {
    canonical_json(policy)
        .map(|bytes| sha256_hex(&bytes))
        .map_err(|error| ServiceError::Broken(error.to_string()))
}
