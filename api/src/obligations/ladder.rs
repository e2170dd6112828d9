//! The ladder of what was not published: remind and warn those who publish, then the township's organ and the zone's
//! lead, the county, the city. One transaction for one step; the row of the step is the fence.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::calendar::WorkCalendar;
use domain::canon::state_sha256_hex;
use domain::complaint::target::Accused;
use domain::escalation::Step;
use domain::id::{ObligationId, OrganisationId, StaffId};
use domain::obligation::next_step;
use domain::organisation::OrganisationKind;
use domain::policy::{Policy, Recipient};
use domain::region::Level;
use domain::role::Permission;
use domain::time::Timestamp;
use store::audit::{self, Actor, Entry};
use store::obligations::{self, Record, Taken};
use store::{
    StoreError, Tx, calendar, catalogues, organisations, outbox, policies, regions, zones,
};

use super::grow::mark;
use crate::app::App;
use crate::error::ServiceError;
use crate::failpoints;
use crate::notify::{self, Params, Template};
use crate::rungs::first_staffed;

/// Counts an obligation anew where the calendar has changed, and takes the step that is due, if one is.
///
/// # Errors
/// The store's; nothing was kept then.
pub(super) async fn look_at(app: &Arc<App>, id: ObligationId) -> Result<(), ServiceError> {
    let inner = Arc::clone(app);
    app.db.write(move |tx| look(tx, &inner, &id)).await?;
    failpoints::reached("obligation.kept");
    app.letters.notify_one();
    Ok(())
}

fn look(tx: &mut Tx<'_>, app: &App, id: &ObligationId) -> Result<(), StoreError> {
    // It may have been struck since it was found to be due.
    let found = obligations::find(tx, id)?.filter(|record| record.struck.is_none());
    let Some(mut record) = found else {
        return Ok(());
    };
    // Not before the row was read, as with a case's clock.
    let now = app.clocks.case();
    let cal = calendar::current(tx, &app.calendar, &record.region)?;
    let policy = policies::of_version(tx, &app.policies, &record.region, record.policy_version)?;
    if obligations::is_marked_reopened(tx, id)? {
        record.reopened_at = Some(now);
    }
    if record.settled.is_none() && now < record.clock.due_at {
        recount(tx, app, &mut record, &cal, now)?;
    }
    let next = next_step(&record.clock, record.reopened_at, &cal, &policy);
    if record.settled.is_none()
        && let Some((step, due_at)) = next
        && due_at <= now
    {
        take(tx, app, &mut record, &cal, &policy, (step, due_at), now)?;
    }
    let mark = mark(&record, &cal, &policy, now);
    obligations::save(tx, &record, mark)?;
    failpoints::reached("obligation.written");
    Ok(())
}

/// Another calendar: the date may become later or certain, never earlier.
fn recount(
    tx: &mut Tx<'_>,
    app: &App,
    record: &mut Record,
    cal: &WorkCalendar,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !record.clock.recalculate(cal, now) {
        return Ok(());
    }
    let from = (record.catalogue_region.as_ref(), record.catalogue_version);
    let item = catalogues::item(tx, &app.catalogues, from, &record.item)?;
    let missing = match &record.event {
        None => item.due.missing_at(record.period, cal),
        Some(_) => Some(domain::obligation::rule::missing_after(
            record.clock.due_date,
        )),
    };
    record.missing_at = record.missing_at.max(missing.unwrap_or(record.missing_at));
    Ok(())
}

/// Takes a step: its row, its letters and its line in the audit, or nothing of them.
fn take(
    tx: &mut Tx<'_>,
    app: &App,
    record: &mut Record,
    cal: &WorkCalendar,
    policy: &Policy,
    (step, due_at): (Step, Timestamp),
    now: Timestamp,
) -> Result<(), StoreError> {
    let before = digest(record)?;
    record.clock.note_breach(now);
    record.clock.record_fired(step);
    let told = addressees(tx, record, policy, step, now)?;
    let taken = Taken {
        step,
        due_at,
        fired_at: now,
        organisation: told.upper.clone(),
    };
    if !obligations::record_step(tx, &record.id, &taken)? {
        return Ok(());
    }
    let url = format!("{}/admin/obligations", app.config.admin_url);
    let village = regions::short_name(tx, &record.region)?;
    let village = village.unwrap_or_else(|| record.region.to_string());
    let params = Params::from([
        ("village", village.clone()),
        ("title", record.title.clone()),
        ("due", record.clock.due_date.to_string()),
        ("url", url.clone()),
    ]);
    let template = match step {
        Step::Remind | Step::Warn => Template::ObligationDue,
        Step::Red | Step::County | Step::City => Template::ObligationLate,
    };
    let people: Vec<StaffId> = told.people.into_iter().collect();
    let id = || app.ids.of_step(now);
    notify::write(tx, id, &people, template, &params, cal, now)?;
    let mut empty = told.empty;
    if people.is_empty() && empty.is_empty() {
        empty.insert(village);
    }
    let operators = outbox::operators(tx)?;
    for unit in empty {
        let params = Params::from([("unit", unit), ("url", url.clone())]);
        notify::write(tx, id, &operators, Template::Nobody, &params, cal, now)?;
    }
    let entry = Entry {
        id: id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor: Actor::Timer,
        action: step.as_str().to_owned(),
        object: "obligation",
        object_id: record.id.to_string(),
        reason: None,
        before_sha256: Some(before),
        after_sha256: Some(digest(record)?),
    };
    audit::record(tx, &entry)
}

fn digest(record: &Record) -> Result<String, StoreError> {
    state_sha256_hex(&(&record.title, &record.clock, record.missing_at))
        .map_err(|_| StoreError::Corrupt("obligations", record.id.to_string()))
}

/// Who is told of a step.
#[derive(Default)]
struct Told {
    /// Each once, whatever brings him in.
    people: BTreeSet<StaffId>,
    /// The highest unit that is told.
    upper: Option<OrganisationId>,
    level: Option<Level>,
    /// Names of units that had nobody.
    empty: BTreeSet<String>,
}

impl Told {
    fn add(&mut self, unit: OrganisationId, level: Level, people: Vec<StaffId>) {
        self.people.extend(people);
        if Some(level) > self.level {
            (self.level, self.upper) = (Some(level), Some(unit));
        }
    }
}

/// Whom the policy names for a step. Nobody there: the next rung, and the operators are told.
fn addressees(
    tx: &mut Tx<'_>,
    record: &Record,
    policy: &Policy,
    step: Step,
    now: Timestamp,
) -> Result<Told, StoreError> {
    let (today, nobody) = (now.day(), Accused::default());
    let organs = organisations::organs(tx, &record.region)?;
    let named = policy.rung(step).map_or(&[][..], |rung| &rung.to);
    let mut told = Told::default();
    let mut lowest: BTreeSet<Level> = BTreeSet::new();
    for recipient in named {
        match recipient {
            Recipient::Unit => {
                if !add_publishers(tx, record, &mut told, now)? {
                    lowest.insert(Level::Township);
                }
            }
            Recipient::Supervising => {
                lowest.insert(Level::Township);
            }
            Recipient::County => {
                lowest.insert(Level::County);
            }
            Recipient::City => {
                lowest.insert(Level::City);
            }
            Recipient::ZoneLead => {
                let lead = zones::of(tx, &record.region)?.map(|zone| zone.lead);
                if let Some(lead) = lead
                    && let Some(unit) = organisations::find(tx, &lead)?
                {
                    let may = Permission::SuperviseCases;
                    let people = outbox::recipients(tx, &lead, may, nobody, today)?;
                    if people.is_empty() {
                        told.empty.insert(unit.name);
                    } else {
                        told.add(lead, unit.level, people);
                    }
                }
            }
        }
    }
    for level in lowest {
        let found = first_staffed(tx, &organs, level, nobody, today)?;
        for (_, unit) in found.empty {
            told.empty
                .extend(organisations::find(tx, &unit)?.map(|unit| unit.name));
        }
        if let (Some(unit), Some(level)) = (found.unit, found.level) {
            told.add(unit, level, found.people);
        }
    }
    Ok(told)
}

/// Those who prepare and publish: the village's clerk and the township's agency. `false` when there is nobody.
fn add_publishers(
    tx: &mut Tx<'_>,
    record: &Record,
    told: &mut Told,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (mut somebody, mut empty) = (false, Vec::new());
    let around = organisations::of_region_and_above(tx, &record.region)?;
    for (unit, _) in around.iter() {
        let may = match unit.kind {
            OrganisationKind::VillageCommittee => Permission::DraftDisclosures,
            OrganisationKind::AccountingAgency => Permission::PublishDisclosures,
            _ => continue,
        };
        let people = outbox::recipients(tx, &unit.id, may, Accused::default(), now.day())?;
        if people.is_empty() {
            empty.push(unit.name.clone());
        } else {
            somebody = true;
            told.add(unit.id.clone(), unit.level, people);
        }
    }
    // One of the two is enough to get it published.
    if !somebody {
        told.empty.extend(empty);
    }
    Ok(somebody)
}
