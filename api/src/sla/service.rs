//! Counting a limit with the calendar in force, and the policy that sets the limits.

use std::sync::Arc;

use domain::calendar::{OfficeHours, WorkCalendar};
use domain::deadline::{Deadline, Limit, Pause, deadline};
use domain::policy::Policy;
use domain::region::RegionCode;
use domain::time::Timestamp;

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
/// A fault at `region_code`, or the store's.
pub async fn count(app: &Arc<App>, ask: Ask) -> Result<Deadline, ServiceError> {
    let region = ask.region.clone();
    let calendar = calendar_of(app, region, "/region_code").await?;
    Ok(match ask.office_hours {
        None => deadline(&calendar, ask.from, &ask.limit, &ask.pauses),
        Some(hours) => {
            let days = calendar.days().cloned().collect();
            let calendar = WorkCalendar::new(calendar.version(), days, hours);
            deadline(&calendar, ask.from, &ask.limit, &ask.pauses)
        }
    })
}

/// The policy of a region's county, and the version of the calendar it is counted with.
///
/// # Errors
/// A fault at `region`, or the store's.
pub async fn current_policy(
    app: &Arc<App>,
    region: RegionCode,
) -> Result<(Policy, i32), ServiceError> {
    let calendar = calendar_of(app, region, "/region").await?;
    Ok((Policy::default_policy(), calendar.version()))
}

async fn calendar_of(
    app: &Arc<App>,
    region: RegionCode,
    pointer: &'static str,
) -> Result<Arc<WorkCalendar>, ServiceError> {
    let kept = Arc::clone(app);
    app.db
        .read(move |tx| {
            if !store::regions::exists(tx, &region)? {
                return Err(ServiceError::at(pointer, Code::RegionUnknown));
            }
            Ok(store::calendar::current(tx, &kept.calendar)?)
        })
        .await
}
