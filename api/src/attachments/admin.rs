//! The photos of a case, for staff.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use domain::id::ComplaintId;

use super::public::{Number, shown};
use super::service;
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::Segments;
use crate::http::problem::{Problem, Problems};

/// Look at a photo of a case
///
/// A photo of a case. A responsible unit sees those that were shared with it.
#[utoipa::path(
    operation_id = "case_photo", tag = "complaints",
    params(("id" = String, Path), ("n" = i32, Path, description = "Its number in `attachments`")),
    responses(
        (status = 200, description = "The picture, to be saved", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
#[get("/admin/complaints/{id}/attachments/{n}")]
pub async fn case_photo(
    app: Data<App>,
    guarded: Guarded<Segments<ComplaintId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, Segments(id, number)) = guarded;
    let Number(no) = Number::try_from(number).map_err(|()| Problem::new(Code::NotFound))?;
    let opened = service::for_staff(&app, &staff, id, no).await?;
    Ok(shown(opened, &format!("photo-{no}")))
}
