//! What is done once a day: posts that begin today are looked at, what nobody above the city can be told of is told to
//! the city again (`contract.md` 4, `escalate`), old failed logins and sheets that were given up half-way are taken away,
//! lines about people leave the web whose time is over, and identities are erased whose time of retention is over. A row
//! for each day is the fence.

use std::sync::Arc;

use domain::complaint::case::Case;
use domain::id::{OrganisationId, StaffId};
use domain::role::{Permission, Scope};
use domain::time::{Day, Timestamp};
use store::complaints::{Filter, Wanted};
use store::{Tx, accounts, calendar, complaints, daily, organisations, outbox};

use crate::accounts::tries;
use crate::app::App;
use crate::complaints::settle::{Marks, schedule};
use crate::complaints::{posts, retention};
use crate::disclosures::{staging, takedowns};
use crate::error::ServiceError;
use crate::notify::{self, Params, Template};

/// Does what is due today and was not done; how many things were.
///
/// # Errors
/// The store's.
pub async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    let done = look_at_posts(app).await?;
    let organs = app.db.read(organisations::city_organs).await?;
    let mut told = 0;
    for organ in organs {
        told += usize::from(tell_city(app, organ).await?);
    }
    let swept = tries::sweep(app).await?;
    let taken_down = takedowns::step(app).await?;
    // A list that cannot be written holds up nobody's clocks.
    let erased = retention::step(app).await.unwrap_or_else(|error| {
        tracing::error!(%error, "identities whose time of retention is over could not be erased");
        0
    });
    let given_up = staging::sweep(app).await?;
    Ok(usize::from(done) + told + usize::from(swept) + taken_down + erased + given_up)
}

async fn look_at_posts(app: &Arc<App>) -> Result<bool, ServiceError> {
    let (now, inner) = (app.clocks.case(), Arc::clone(app));
    let today = now.day();
    let last: Option<Day> = app
        .db
        .read(move |tx| daily::last(tx, "posts", today))
        .await?;
    if last.is_some_and(|last| last >= today) {
        return Ok(false);
    }
    let marks = app
        .db
        .write(move |tx| {
            if !daily::begin(tx, "posts", today)? {
                return Ok(Marks::new());
            }
            match last {
                // The first day there is: nothing was routed by earlier posts.
                None => Ok(Marks::new()),
                Some(last) => posts::began(tx, &inner, last, now),
            }
        })
        .await?;
    schedule(app, marks);
    Ok(true)
}

/// At the opening of the office: a line for every case that came up to the city before today and is still overdue.
/// Today's have letters of their own, from the step that took them there: which of two workers took that step, and
/// whether before or after this, then makes no difference.
async fn tell_city(app: &Arc<App>, organ: OrganisationId) -> Result<bool, ServiceError> {
    let (now, inner) = (app.clocks.case(), Arc::clone(app));
    let today = now.day();
    let name = format!("above:{organ}");
    let last: Option<Day> = {
        let name = name.clone();
        app.db.read(move |tx| daily::last(tx, &name, today)).await?
    };
    if last.is_some_and(|last| last >= today) {
        return Ok(false);
    }
    app.db
        .write(move |tx| {
            let Some(unit) = organisations::find(tx, &organ)? else {
                return Ok(false);
            };
            let calendar = calendar::current(tx, &inner.calendar, &unit.region_code)?;
            let open = calendar.is_working_day(today) && now >= calendar.opening(today);
            if !open || !daily::begin(tx, &name, today)? {
                return Ok(false);
            }
            let people = outbox::recipients(
                tx,
                &organ,
                Permission::SuperviseCases,
                domain::complaint::target::Accused::default(),
                today,
            )?;
            for person in people {
                let scope = accounts::scope(tx, &person, today)?;
                write(tx, &inner, &scope, &person, &calendar, now)?;
            }
            Ok(true)
        })
        .await
}

/// Lines in one letter; the queue has the rest.
const LINES: i64 = 200;
/// The level of a case that has come to the city.
const CITY: i32 = 3;

fn write(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    person: &StaffId,
    calendar: &domain::calendar::WorkCalendar,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let filter = Filter {
        state: Some(Wanted::Open),
        due_before: Some(now.plus_micros(1)),
        level: Some(CITY),
        limit: LINES,
        ..Filter::default()
    };
    // What the queue shows this person, and so nothing that he is recused from.
    let lines: Vec<String> = complaints::list(tx, scope, &filter, now)?
        .iter()
        .map(|listed| &listed.known.record.case)
        .filter(|case| case.has_its_level_before(now.day()))
        .map(line)
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let params = Params::from([
        ("lines", lines.join("\n")),
        ("url", format!("{}/admin/", app.config.admin_url)),
    ]);
    let to = std::slice::from_ref(person);
    Ok(notify::write(
        tx,
        || app.ids.id(),
        to,
        Template::Above,
        &params,
        calendar,
        now,
    )?)
}

fn line(case: &Case) -> String {
    let due = case
        .promised()
        .map(|timer| timer.due_date.to_string())
        .unwrap_or_default();
    format!("{} {due}", case.number)
}
