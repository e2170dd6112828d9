//! Writing down an event after which something must be published at once.

use std::sync::Arc;

use chrono::Days;
use domain::calendar::day_text;
use domain::canon::sha256_hex;
use domain::disclosure::period::{Period, PeriodKind};
use domain::obligation::catalogue::in_force;
use domain::obligation::clock;
use domain::obligation::rule::{Frequency, missing_after};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::text;
use domain::time::Day;
use serde::Deserialize;
use store::audit::{self, Actor, Entry};
use store::obligations::{self, Event, Record};
use store::{calendar, catalogues, policies, regions};
use utoipa::ToSchema;

use super::grow::keep;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::open_words::{refuse_private, refuse_somebody};

/// Days for which an event may be written down afterwards.
const AFTERWARDS: u64 = 366;

/// An event. It is answered by a publication of the matter's kind that has a row of its day, each event by a row of its
/// own. Kinds and days are compared, words are not: whether the row is about this event everybody reads who sees the two
/// beside each other.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventBody {
    /// The village.
    region_code: RegionCode,
    /// The code of the matter in the village's catalogue; one that must be published at once.
    item: String,
    /// The day on which it happened (发生日): the days are counted from it.
    #[serde(with = "day_text")]
    #[schema(value_type = String, format = Date, example = "2026-11-09")]
    event_on: Day,
    /// What happened, in words that everybody may read; 2 to 60 characters, no personal data.
    #[schema(min_length = 2, max_length = 60)]
    title: String,
}

/// Writes down an event; what it asks to be published, and whether it is new. The same event twice is one.
///
/// # Errors
/// Faults of the body: a village outside one's region, a matter that is none of its catalogue's, a day yet to come.
pub async fn record(
    app: &Arc<App>,
    scope: &Scope,
    body: EventBody,
) -> Result<(Record, bool), ServiceError> {
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let title = text::line(&body.title, 2, 60)
        .map_err(|_| ServiceError::at("/title", Code::InvalidText))?;
    refuse_private("/title", &title)?;
    // Everybody reads it at once, and one person wrote it.
    refuse_somebody("/title", &title)?;
    let done = app
        .db
        .write(move |tx| {
            let (now, region) = (inner.clocks.case(), &body.region_code);
            if !scope.region.covers(region) || !regions::exists(tx, region)? {
                return Err(ServiceError::at("/region_code", Code::RegionUnknown));
            }
            if region.level() != Level::Village {
                return Err(ServiceError::at("/region_code", Code::RegionNotVillage));
            }
            let today = now.day();
            let earliest = today.checked_sub_days(Days::new(AFTERWARDS));
            if body.event_on > today || Some(body.event_on) < earliest {
                return Err(ServiceError::at("/event_on", Code::OutOfRange));
            }
            let layers = catalogues::layers(tx, &inner.catalogues, region)?;
            let matter = in_force(&layers, now).into_iter().find(|matter| {
                matter.item.code == body.item && matter.item.frequency == Frequency::AtOnce
            });
            let matter = matter.ok_or_else(|| ServiceError::at("/item", Code::MatterUnknown))?;
            let count = matter.item.due.count_from(body.event_on);
            let period = Period::containing(PeriodKind::Month, body.event_on);
            let (Some(count), Some(period)) = (count, period) else {
                return Err(ServiceError::at("/event_on", Code::OutOfRange));
            };
            obligations::join(tx, region, now)?;
            let cal = calendar::current(tx, &inner.calendar, region)?;
            let policy = policies::current(tx, &inner.policies, region)?;
            let clock = clock(&count, &policy, &cal);
            let name = regions::short_name(tx, region)?.unwrap_or_else(|| region.to_string());
            let digest = sha256_hex(format!("{}|{title}", body.event_on).as_bytes());
            let event = digest.get(..32).unwrap_or(&digest).to_owned();
            let record = Record {
                id: inner.ids.make(),
                region: region.clone(),
                title: format!("{name}{}：{title}", matter.item.name),
                item: matter.item.code,
                kind: matter.item.kind,
                period,
                event: Some(Event {
                    id: event,
                    on: body.event_on,
                }),
                catalogue_region: matter.region,
                catalogue_version: matter.version,
                policy_version: policy.version,
                missing_at: missing_after(clock.due_date),
                clock,
                settled: None,
                reopened_at: None,
                edition: 1,
                created_at: now,
                struck: None,
            };
            if let Some(known) = obligations::same(tx, &record)? {
                return Ok((known, false));
            }
            keep(tx, record.clone(), &cal, &policy, now)?;
            let entry = Entry {
                id: inner.ids.id(),
                case_at: now,
                wall_at: inner.clocks.wall(),
                actor: Actor::Staff(scope.staff.clone()),
                action: "record_event".to_owned(),
                object: "obligation",
                object_id: record.id.to_string(),
                reason: Some(record.title.clone()),
                before_sha256: None,
                after_sha256: None,
            };
            audit::record(tx, &entry)?;
            let kept = obligations::find(tx, &record.id)?.ok_or(ServiceError::NotFound)?;
            Ok((kept, true))
        })
        .await?;
    app.nudge.notify_one();
    Ok(done)
}
