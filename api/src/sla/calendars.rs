//! Calendars as data: what a region's is and where it is from, whom a change would move, and how it comes
//! into force. Two persons change it; open cases follow it, never to an earlier date than was told.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::Datelike as _;
use domain::calendar::{CalendarChange, Layers, WorkCalendar};
use domain::canon::{canonical_json, sha256_hex};
use domain::complaint::case::{Case, Rules};
use domain::complaint::routing::Organs;
use domain::complaint::target::Accused;
use domain::policy::Policy;
use domain::proposal::{Proposal, Subject, organs_of_region};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::time::Timestamp;
use store::audit::{self, Actor, Entry};
use store::{StoreError, Tx, calendar, complaints, organisations};

use super::calendar_body::Asked;
use super::views::{CalendarPreview, CalendarVersionView, CalendarView, MovedCaseView};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose::{self, New, ProposedView};

/// What the audit calls it.
const CHANGE: &str = "change";
/// Versions shown.
const VERSIONS: i64 = 50;
/// Cases read at once for a preview.
const BATCH: i64 = 200;
/// Cases named in a preview.
const NAMED: usize = 100;

/// The calendar of a region in a year, and where it is from.
///
/// # Errors
/// A fault at `region`, or the store's.
pub async fn show(
    app: &Arc<App>,
    region: RegionCode,
    year: Option<i32>,
) -> Result<CalendarView, ServiceError> {
    let (inner, now) = (Arc::clone(app), app.clocks.case());
    app.db
        .read(move |tx| {
            if !store::regions::exists(tx, &region)? {
                return Err(ServiceError::at("region", Code::RegionUnknown));
            }
            let calendar = calendar::current(tx, &inner.calendar, &region)?;
            let year = year.unwrap_or_else(|| now.day().year());
            let versions = calendar::versions(tx, &region, VERSIONS)?;
            Ok(CalendarView {
                region_code: region.clone(),
                version: calendar.version(),
                office_hours: calendar.hours().clone(),
                announced_years: calendar.announced().collect(),
                year,
                days: calendar
                    .days()
                    .filter(|row| row.day.year() == year)
                    .cloned()
                    .collect(),
                versions: versions
                    .into_iter()
                    .map(CalendarVersionView::from)
                    .collect(),
            })
        })
        .await
}

/// Whom a change would move, of the cases that this person may know of.
///
/// # Errors
/// [`Code::NotPermitted`] outside one's region, a fault at `/region_code`, or the store's.
pub async fn preview(
    app: &Arc<App>,
    scope: &Scope,
    change: CalendarChange,
) -> Result<CalendarPreview, ServiceError> {
    let (scope, now) = (scope.clone(), app.clocks.case());
    app.db
        .read(move |tx| {
            check(tx, &scope, &change)?;
            preview_in(tx, &scope, &change, now)
        })
        .await
}

/// Proposes a change, and says whom it would move.
///
/// # Errors
/// As [`preview`], and [`Code::ProposalWaiting`].
pub async fn propose(
    app: &Arc<App>,
    scope: &Scope,
    asked: Asked,
) -> Result<(ProposedView, CalendarPreview), ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let change = &asked.change;
            check(tx, &scope, change)?;
            let body = serde_json::to_value(change)
                .map_err(|error| ServiceError::Broken(error.to_string()))?;
            let organs =
                organisations::organs(tx, change.region.as_ref().unwrap_or(&scope.region))?;
            // What is for everybody is the highest organ's to decide.
            let (region, offered) = match (&change.region, organs.last_key_value()) {
                (Some(region), _) => (region.clone(), organs_of_region(&organs)),
                (None, Some((level, organ))) => {
                    let region = scope.region.at(*level);
                    (
                        region.unwrap_or_else(|| scope.region.clone()),
                        vec![organ.clone()],
                    )
                }
                (None, None) => return Err(ServiceError::at("/region_code", Code::NoOrgan)),
            };
            let calendar = calendar::current(tx, &inner.calendar, &region)?;
            let new = New {
                subject: Subject::Calendar {
                    region: change.region.clone(),
                },
                region,
                version: calendar::newest_of(tx, change.region.as_ref())?,
                body: &body,
                reason: asked.reason.clone(),
                offered,
                accused: Accused::default(),
            };
            let made = propose::propose(tx, &inner, &scope, new, &calendar, now)?;
            let preview = preview_in(tx, &scope, change, now)?;
            Ok((ProposedView::from(&made), preview))
        })
        .await
}

/// Whether this person may ask for this change at all.
fn check(tx: &mut Tx<'_>, scope: &Scope, change: &CalendarChange) -> Result<(), ServiceError> {
    match &change.region {
        Some(region) if !store::regions::exists(tx, region)? => {
            Err(ServiceError::at("/region_code", Code::RegionUnknown))
        }
        Some(region) if !scope.region.covers(region) => Err(ServiceError::Rule(Code::NotPermitted)),
        None if scope.region.level() < Level::County => Err(ServiceError::Rule(Code::NotPermitted)),
        _ => Ok(()),
    }
}

/// An approved proposal.
///
/// # Errors
/// [`Code::ProposalVoid`] when the region has another calendar by now; the store's.
pub fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let change: CalendarChange = serde_json::from_str(&proposal.body)
        .map_err(|_| StoreError::Corrupt("proposals", proposal.id.to_string()))?;
    if calendar::newest_of(tx, change.region.as_ref())? != proposal.version {
        return Err(ServiceError::Rule(Code::ProposalVoid));
    }
    keep(tx, app, &change, Actor::Staff(second.staff.clone()), now)?;
    Ok(())
}

/// Brings a change into force; the worker carries it to the open cases. Its version.
///
/// # Errors
/// The store's.
pub fn keep(
    tx: &mut Tx<'_>,
    app: &App,
    change: &CalendarChange,
    actor: Actor,
    now: Timestamp,
) -> Result<i32, ServiceError> {
    let version = calendar::change(tx, &app.calendar, change, now)?;
    let bytes = canonical_json(change).map_err(|error| ServiceError::Broken(error.to_string()))?;
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor,
        action: CHANGE.to_owned(),
        object: "calendar",
        object_id: version.to_string(),
        reason: Some(change.source.clone()),
        before_sha256: None,
        after_sha256: Some(sha256_hex(&bytes)),
    };
    audit::record(tx, &entry)?;
    Ok(version)
}

/// The calendars of the regions as they would be.
struct Ahead {
    layers: Layers,
    made: HashMap<Vec<RegionCode>, WorkCalendar>,
}

impl Ahead {
    fn of(&mut self, region: &RegionCode) -> &WorkCalendar {
        let above = self.layers.above(region);
        let layers = &self.layers;
        self.made.entry(above).or_insert_with(|| layers.of(region))
    }
}

fn preview_in(
    tx: &mut Tx<'_>,
    scope: &Scope,
    change: &CalendarChange,
    now: Timestamp,
) -> Result<CalendarPreview, ServiceError> {
    let mut ahead = Ahead {
        layers: calendar::layers(tx)?.changed(change),
        made: HashMap::new(),
    };
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let cases = complaints::unfinished_for(tx, scope, change.region.as_ref(), &after, BATCH)?;
        for known in &cases {
            found.extend(moves(&known.case, ahead.of(&known.case.region), now));
        }
        match cases.last() {
            Some(last) if found.len() <= NAMED => after = last.case.id.to_string(),
            _ => break,
        }
    }
    let more = found.len() > NAMED;
    found.truncate(NAMED);
    Ok(CalendarPreview { moved: found, more })
}

/// The clocks of a case whose date would move or become certain.
fn moves(case: &Case, calendar: &WorkCalendar, now: Timestamp) -> Vec<MovedCaseView> {
    let (policy, organs): (Policy, Organs) = (Policy::default_policy(), BTreeMap::new());
    let rules = Rules {
        calendar,
        policy: &policy,
        organs: &organs,
        neighbours: &[],
        now,
    };
    let mut after = case.clone();
    let told = after.recount(&rules);
    let views = told.into_iter().filter_map(|was| {
        let is = after.clock(was.stage, was.round)?;
        Some(MovedCaseView::new(&after, &was, is))
    });
    views.collect()
}
