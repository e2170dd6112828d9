//! Letters about what somebody with the right to it did: to those it was done to, and to those who watch over the region
//! where one person did it alone.

use domain::id::{PersonId, StaffId};
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::Timestamp;
use store::accounts::{people, staff};
use store::{StoreError, Tx, calendar};

use super::{Params, Template};
use crate::app::App;

/// Puts a letter about what was done just now into the outbox.
///
/// # Errors
/// The store's.
pub fn tell(
    tx: &mut Tx<'_>,
    app: &App,
    region: &RegionCode,
    to: &[StaffId],
    template: Template,
    mut params: Params,
) -> Result<(), StoreError> {
    let calendar = calendar::current(tx, &app.calendar, region)?;
    // To the second: nobody reads more.
    let at = Timestamp::from_micros(app.clocks.wall().seconds() * 1_000_000).to_string();
    params.insert("at", at);
    params.insert("url", format!("{}/admin/", app.config.admin_url));
    let now = app.clocks.case();
    super::write(tx, || app.ids.id(), to, template, &params, &calendar, now)
}

/// Tells the other administrators and the auditors of a region, and of those above it, what one person did alone: a second
/// pair of eyes, where no second person was needed. `of` are those it was done to, who hear of it otherwise.
///
/// # Errors
/// The store's.
pub fn watchers(
    tx: &mut Tx<'_>,
    app: &App,
    by: &Scope,
    region: &RegionCode,
    of: &[&PersonId],
    template: Template,
    mut params: Params,
) -> Result<(), StoreError> {
    let Some(actor) = staff::find(tx, &by.staff)? else {
        return Ok(());
    };
    let but: Vec<&PersonId> = of.iter().copied().chain([&by.person]).collect();
    let watching = people::watchers(tx, region, &but)?;
    params.insert("by", actor.username);
    tell(tx, app, region, &watching, template, params)
}
