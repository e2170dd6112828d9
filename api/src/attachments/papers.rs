//! The sheet that a committee signed on paper, for those who work on the village's accounts. Names, stamps and
//! handwriting are on it: nobody else ever sees it, and who looked is written down.

use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::Data;
use domain::id::DisclosureId;
use store::audit::{Actor, Entry};
use store::{audit, disclosures};

use super::public::shown;
use super::service::open;
use crate::app::App;
use crate::error::ServiceError;
use crate::http::auth::Guarded;
use crate::http::body::Segments;
use crate::http::problem::{Problem, Problems};

/// The photo of the sheet that the committee signed on paper, of a version of a disclosure of one of your villages
///
/// The photo of the sheet that was signed.
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("version" = i32, Path, description = "The version"),
    ),
    responses(
        (status = 200, description = "The picture, to be saved", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
#[get("/admin/disclosures/{id}/versions/{version}/paper")]
pub async fn signed_paper(
    app: Data<App>,
    guarded: Guarded<Segments<DisclosureId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, Segments(id, version)) = guarded;
    let version: i32 = version.parse().map_err(|_| ServiceError::NotFound)?;
    let looked = Entry {
        id: app.ids.id(),
        case_at: app.clocks.case(),
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(staff.scope.staff.clone()),
        action: "look_at_paper".into(),
        object: "disclosure",
        object_id: id.to_string(),
        reason: None,
        before_sha256: None,
        after_sha256: None,
    };
    let scope = staff.scope.clone();
    let picture = app
        .db
        .write(move |tx| {
            let found = disclosures::find_for(tx, &scope, &id)?;
            let record = found.ok_or(ServiceError::NotFound)?;
            let picture = disclosures::paper(tx, &record, version)?;
            let picture = picture.ok_or(ServiceError::NotFound)?;
            audit::record(tx, &looked)?;
            Ok::<_, ServiceError>(picture)
        })
        .await?;
    let opened = open(&app, picture).await?;
    Ok(shown(opened, "signed"))
}
