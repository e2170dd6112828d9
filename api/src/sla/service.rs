//! Counting a limit with the calendar in force, and the policy that sets the limits.

use std::sync::Arc;

use domain::calendar::{OfficeHours, WorkCalendar};
use domain::deadline::{Deadline, Limit, Pause, deadline};
use domain::policy::Policy;
use domain::region::RegionCode;
use domain::time::Timestamp;
use store::Tx;

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// A limit to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// From when.
    pub from: Timestamp,
    /// How long.
    pub limit: Limit,
    /// With the calendar of which region.
    pub region: RegionCode,
    /// Other office hours than the region's.
    pub office_hours: Option<OfficeHours>,
    /// When the clock stood still.
    pub pauses: Vec<Pause>,
}

/// Counts a limit.
///
/// # Errors
/// A fault at `region_code`, or at `from` when the limit ends after the year 9999; or the store's.
pub async fn count(app: &Arc<App>, ask: Ask) -> Result<Deadline, ServiceError> {
    let (region, kept) = (ask.region.clone(), Arc::clone(app));
    let calendar = app
        .db
        .read(move |tx| calendar_of(tx, &kept, &region, "/region_code"))
        .await?;
    let counted = match ask.office_hours {
        None => deadline(&calendar, ask.from, &ask.limit, &ask.pauses),
        Some(hours) => {
            let calendar = (*calendar).clone().with_hours(hours);
            deadline(&calendar, ask.from, &ask.limit, &ask.pauses)
        }
    };
    // Saturated: RFC 3339 has no form for what lies beyond.
    if counted.due_at >= Timestamp::MAX {
        return Err(ServiceError::at("/from", Code::TooFarAhead));
    }
    Ok(counted)
}

/// The policy of a region's county, and the version of the calendar it is counted with.
///
/// # Errors
/// A fault at `region`, or the store's.
pub async fn current_policy(
    app: &Arc<App>,
    region: RegionCode,
) -> Result<(Policy, i32), ServiceError> {
    let kept = Arc::clone(app);
    app.db
        .read(move |tx| {
            let calendar = calendar_of(tx, &kept, &region, "/region")?;
            let policy = store::policies::current(tx, &kept.policies, &region)?;
            Ok(((*policy).clone(), calendar.version()))
        })
        .await
}

fn calendar_of(
    tx: &mut Tx<'_>,
    app: &App,
    region: &RegionCode,
    pointer: &'static str,
) -> Result<Arc<WorkCalendar>, ServiceError> {
    if !store::regions::exists(tx, region)? {
        return Err(ServiceError::at(pointer, Code::RegionUnknown));
    }
    Ok(store::calendar::current(tx, &app.calendar, region)?)
}
