//! What villagers call: a photo before it is used, one's own afterwards, and what everybody may see of a voucher.

use actix_multipart::Multipart;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::attachment::MOST_BYTES;
use domain::id::VoucherId;
use utoipa::ToSchema;

use super::service::{self, Opened};
use super::views::UploadView;
use super::vouchers;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::Receipt;
use crate::http::body::Segment;
use crate::http::key;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::sandboxed;
use crate::http::upload;

/// A form with one picture.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "it documents the form; the parts are read one by one"
)]
#[schema(as = PictureForm)]
pub struct PictureForm {
    /// JPEG, PNG or WebP, at most 10 MiB, 40 million pixels, and 12,000 along a side.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Reads a form's picture, while not too many are read.
pub(super) async fn sent(
    app: &App,
    req: &HttpRequest,
    parts: Multipart,
) -> Result<Vec<u8>, Problem> {
    let _door = app.darkroom.door()?;
    let form = upload::read(req, parts, &[], MOST_BYTES).await?;
    let file = form
        .file
        .ok_or_else(|| ServiceError::at("/file", Code::FileMissing))?;
    Ok(file.bytes)
}

/// Upload a photo
///
/// Upload a photo for a filing, a supplement or a message.
///
/// It is made anew from its pixels: place, time, phone and whatever else was in the file are gone, and of an animation
/// the first picture is kept. The token is used once, within seven days.
#[utoipa::path(
    tag = "complaints",
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    params(("Idempotency-Key" = Option<String>, Header, description = "22 to 128 characters; the same photo sent again with the same key, before it was used, gets the same token")),
    responses((status = 201, body = UploadView), Problems)
)]
#[post("/attachments")]
pub async fn upload_photo(
    app: Data<App>,
    req: HttpRequest,
    parts: Multipart,
) -> Result<HttpResponse, Problem> {
    let key = key::given(&req)?;
    let bytes = sent(&app, &req, parts).await?;
    let (taken, replayed) = service::take(&app, &app.limits.asker(&req), bytes, key).await?;
    let mut response = HttpResponse::Created();
    response.insert_header(("Cache-Control", "no-store"));
    if replayed {
        response.insert_header(("Idempotent-Replay", "true"));
    }
    Ok(response.json(UploadView::from(taken)))
}

/// The number of a photo.
pub struct Number(pub i32);

impl TryFrom<String> for Number {
    type Error = ();
    fn try_from(text: String) -> Result<Self, ()> {
        text.parse().map(Self).map_err(|_| ())
    }
}

/// A picture as an answer.
pub(super) fn shown(opened: Opened, name: &str) -> HttpResponse {
    let media = opened.picture.media;
    let name = format!("{name}.{}", media.extension());
    sandboxed(opened.bytes, media.as_str(), &name)
}

/// Look at a photo of one's own case
///
/// The photo that was sent when filing, as it was written anew without the data of the camera; by the receipt code in
/// the header `X-Receipt-Code`.
#[utoipa::path(
    tag = "receipt",
    security(("receipt" = [])),
    params(("n" = i32, Path, description = "Its number in `attachments`")),
    responses(
        (status = 200, description = "The picture, to be saved", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
#[get("/receipt/attachments/{n}")]
pub async fn own_photo(
    app: Data<App>,
    code: Receipt,
    number: Segment<Number>,
) -> Result<HttpResponse, Problem> {
    let no = number.0.0;
    let opened = service::own(&app, &code.0, no).await?;
    Ok(shown(opened, &format!("photo-{no}")))
}

/// A published picture of a voucher, redacted
///
/// What is left of a voucher under the boxes that the supervision committee has confirmed.
#[utoipa::path(
    operation_id = "get_file", tag = "disclosures",
    params(("id" = String, Path, description = "Its id in `files` of a line")),
    responses(
        (status = 200, description = "The picture, to be saved", content((Vec<u8> = "image/jpeg"))),
        Problems
    )
)]
#[get("/files/{id}")]
pub async fn published_voucher(
    app: Data<App>,
    id: Segment<VoucherId>,
) -> Result<HttpResponse, Problem> {
    let opened = vouchers::published(&app, id.0).await?;
    Ok(shown(opened, "voucher"))
}
