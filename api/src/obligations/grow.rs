//! Writing the obligations of villages: those that begin to take part, and those in which a month opens.

use std::sync::Arc;

use domain::calendar::WorkCalendar;
use domain::disclosure::period::Period;
use domain::obligation::grow::{Grown, grown, next_opening};
use domain::obligation::{clock, next_step};
use domain::policy::Policy;
use domain::region::RegionCode;
use domain::sla::Timer;
use domain::time::Timestamp;
use store::obligations::{self, Mark, Record, Village};
use store::{StoreError, Tx, calendar, catalogues, policies, regions};

use crate::app::App;
use crate::error::ServiceError;

/// Takes strangers in, and writes what has opened in some villages; one village that makes no sense stops no other.
pub(super) async fn some(
    app: &Arc<App>,
    strangers: Vec<RegionCode>,
    opening: Vec<Village>,
) -> Result<(), ServiceError> {
    let inner = Arc::clone(app);
    app.db
        .write(move |tx| {
            let now = inner.clocks.case();
            for region in &strangers {
                obligations::join(tx, region, now)?;
            }
            for seen in &opening {
                // As it is now: another worker may have been faster.
                let Some(village) = obligations::village(tx, &seen.region)? else {
                    continue;
                };
                if village != *seen {
                    continue;
                }
                match tx.savepoint(|tx| one(tx, &inner, &village, now)) {
                    Err(error @ StoreError::Corrupt(..)) => {
                        tracing::error!(%error, place = %village.region, "what a village must publish could not be written");
                        // Not before tomorrow: nobody else waits for it.
                        let today = now.day();
                        let next = today.succ_opt().unwrap_or(today);
                        obligations::put_off_opening(tx, &village.region, next)?;
                    }
                    done => done?,
                }
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Writes what one village has got by the end of today.
fn one(tx: &mut Tx<'_>, app: &App, village: &Village, now: Timestamp) -> Result<(), StoreError> {
    let (region, today) = (&village.region, now.day());
    let layers = catalogues::layers(tx, &app.catalogues, region)?;
    let cal = calendar::current(tx, &app.calendar, region)?;
    let policy = policies::current(tx, &app.policies, region)?;
    let named = regions::find(tx, region)?;
    let name = named
        .as_ref()
        .map_or_else(|| region.to_string(), |named| named.short_name.clone());
    // What begins after a village's end is its successor's to publish.
    let last = named.and_then(|named| named.ended).map(|ended| ended.until);
    for new in grown(&layers, &cal, village.since, village.grown_to, today) {
        if last.is_some_and(|last| new.period.first_day() > last) {
            continue;
        }
        let clock = clock(&new.count, &policy, &cal);
        let record = record_of(app, region, &name, new, clock, &policy, now);
        keep(tx, record, &cal, &policy, now)?;
    }
    obligations::grown_to(tx, region, today, next_opening(today))
}

fn record_of(
    app: &App,
    region: &RegionCode,
    name: &str,
    new: Grown,
    clock: Timer,
    policy: &Policy,
    now: Timestamp,
) -> Record {
    let item = new.matter.item;
    Record {
        id: app.ids.make(),
        region: region.clone(),
        title: title(name, new.period, &item.name),
        item: item.code,
        kind: item.kind,
        period: new.period,
        event: None,
        catalogue_region: new.matter.region,
        catalogue_version: new.matter.version,
        policy_version: policy.version,
        clock,
        missing_at: new.missing_at,
        settled: None,
        reopened_at: None,
        edition: 1,
        created_at: now,
        struck: None,
    }
}

/// What people call it: 东风村2026年10月财务收支逐笔公开.
fn title(village: &str, period: Period, matter: &str) -> String {
    format!("{village}{}{matter}", period.in_words())
}

/// Keeps a new obligation with its first mark; one that is answered already asks for nothing. `false` when it is there.
///
/// # Errors
/// The store's.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    mut record: Record,
    cal: &WorkCalendar,
    policy: &Policy,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let event = record.event.as_ref().map(|event| event.on);
    record.settled = obligations::answer_to(tx, &record.region, record.kind, record.period, event)?;
    let mark = mark(&record, cal, policy, now);
    obligations::insert(tx, &record, mark)
}

/// What the sweep looks at next: nothing of what is settled or struck, and the calendar only while it can move a date.
pub(super) fn mark(record: &Record, cal: &WorkCalendar, policy: &Policy, now: Timestamp) -> Mark {
    if record.settled.is_some() || record.struck.is_some() {
        return Mark {
            next: None,
            counted_with: None,
        };
    }
    Mark {
        next: next_step(&record.clock, record.reopened_at, cal, policy),
        counted_with: (now < record.clock.due_at).then(|| cal.version()),
    }
}
