//! Who holds which post from when to when. Today's holder is recused from what is about the post; whoever
//! held it when a case was filed stays recused from that case after leaving.

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use domain::id::{OrganisationId, PostId, StaffId};
use domain::role::Scope;
use domain::time::{Day, Timestamp, parse_day};
use serde::{Deserialize, Serialize};
use store::audit::{self, Actor, Entry};
use store::recusal::{self, Holding};
use store::{Tx, accounts, organisations};
use utoipa::ToSchema;

use super::reroute;
use super::settle::{Marks, schedule};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::Guarded;
use crate::http::body::{Body, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;

/// Somebody holds a post.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolderRequest {
    /// Somebody who works here.
    pub staff_id: StaffId,
    /// The first day of holding it.
    #[schema(format = Date)]
    pub from: String,
    /// The last day; open without. The same first day again with another last one changes it.
    #[schema(format = Date)]
    pub until: Option<String>,
}

/// What was written down.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolderView {
    post_id: String,
    staff_id: String,
    #[schema(format = Date)]
    from: String,
    #[schema(format = Date)]
    until: Option<String>,
}

/// Who holds a post, and until when
///
/// Write down that somebody holds a post, or until when. Access changes at once, and the open cases of the
/// units he leads are looked at again. Of a unit that was closed, only days up to its last one.
#[utoipa::path(
    operation_id = "hold_post", tag = "recusal",
    params(("id" = String, Path)),
    request_body = HolderRequest,
    responses((status = 200, body = HolderView), Problems)
)]
#[post("/admin/posts/{id}/holders")]
pub async fn hold_post(
    app: Data<App>,
    guarded: Guarded<(Segment<PostId>, Body<HolderRequest>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, body)) = guarded;
    Ok(private_json(&hold(&app, &staff.scope, id.0, body.0).await?))
}

async fn hold(
    app: &Data<App>,
    scope: &Scope,
    post: PostId,
    request: HolderRequest,
) -> Result<HolderView, ServiceError> {
    let day = |place: &str, text: &str| {
        parse_day(text).ok_or_else(|| ServiceError::at(place, Code::InvalidTime))
    };
    let from = day("/from", &request.from)?;
    let until = request
        .until
        .as_deref()
        .map(|text| day("/until", text))
        .transpose()?;
    if until.is_some_and(|until| until < from) {
        return Err(ServiceError::at("/until", Code::OutOfRange));
    }
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let (view, marks) = app
        .db
        .write(move |tx| {
            let unit = organisations::post(tx, &post)?
                .filter(|unit| scope.region.covers(&unit.region_code))
                .ok_or(ServiceError::NotFound)?;
            // Of a post that is no more, only who held it while it was there.
            if unit
                .closed_on
                .is_some_and(|last| until.is_none_or(|until| until > last))
            {
                return Err(ServiceError::at("/until", Code::UnitClosed));
            }
            let person = accounts::person(tx, &request.staff_id)?
                .ok_or_else(|| ServiceError::at("/staff_id", Code::StaffUnknown))?;
            let holding = Holding {
                post: post.clone(),
                person,
                from,
                until,
            };
            recusal::hold(tx, &holding)?;
            let entry = Entry {
                id: inner.ids.id(),
                case_at: now,
                wall_at: inner.clocks.wall(),
                actor: Actor::Staff(scope.staff.clone()),
                action: "hold".to_owned(),
                object: "post",
                object_id: post.to_string(),
                reason: None,
                before_sha256: None,
                after_sha256: None,
            };
            audit::record(tx, &entry)?;
            let marks = changed(tx, &inner, &unit.id, &holding, now)?;
            let view = HolderView {
                post_id: post.to_string(),
                staff_id: request.staff_id.to_string(),
                from: from.to_string(),
                until: until.map(|day| day.to_string()),
            };
            Ok::<_, ServiceError>((view, marks))
        })
        .await?;
    schedule(app, marks);
    Ok(view)
}

/// The cases of the units that a holder leads, and those in his own hands.
fn changed(
    tx: &mut Tx<'_>,
    app: &App,
    unit: &OrganisationId,
    holding: &Holding,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    let mut units = organisations::led_by(tx, unit)?;
    units.extend(recusal::units_led(tx, &holding.person, now.day())?);
    reroute::of_units_and_person(tx, app, &units, Some(&holding.person), now)
}

/// Posts that began since the day of the last look: the worker asks once a day.
///
/// # Errors
/// The store's.
pub fn began(
    tx: &mut Tx<'_>,
    app: &App,
    after: Day,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    let mut marks = Marks::new();
    for (unit, holding) in recusal::began(tx, after, now.day())? {
        marks.extend(changed(tx, app, &unit, &holding, now)?);
    }
    Ok(marks)
}
