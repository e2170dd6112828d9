//! Pictures of vouchers, for the village's clerk, its supervision committee and the township's accounting agency.

use actix_multipart::Multipart;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::attachment::Rectangle;
use domain::id::{DisclosureId, LineId, VoucherId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::public::{PictureForm, sent, shown};
use super::views::{VoucherList, VoucherView};
use super::vouchers::{self, Which};
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::{Body, IfMatch, Segment, Segments};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{created_json, private_json, versioned_json};

/// The second id of an address; what cannot exist is not found.
fn id<T: TryFrom<String>>(text: String) -> Result<T, Problem> {
    T::try_from(text).map_err(|_| Problem::new(Code::NotFound))
}

/// The pictures of a disclosure's vouchers, in the order of its lines
///
/// The pictures of a disclosure's vouchers.
#[utoipa::path(
    tag = "disclosures",
    params(("id" = DisclosureId, Path, description = "The disclosure")),
    responses((status = 200, body = VoucherList), Problems)
)]
#[get("/admin/disclosures/{id}/vouchers")]
pub async fn list_vouchers(
    app: Data<App>,
    guarded: Guarded<Segment<DisclosureId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, of) = guarded;
    let found = vouchers::list(&app, &staff, of.0).await?;
    let items = found.iter().map(VoucherView::from).collect();
    Ok(private_json(&VoucherList { items }))
}

/// Add a picture of a voucher to a line of a draft
///
/// Add a picture of a voucher to a line of a ledger that is not published yet; rows of other tables have none. Nobody else sees it.
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("line_id" = LineId, Path, description = "The line"),
    ),
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses((status = 201, body = VoucherView), Problems)
)]
#[post("/admin/disclosures/{id}/lines/{line_id}/vouchers")]
pub async fn add_voucher(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<(Segments<DisclosureId>, Multipart)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (Segments(of, line), parts)) = guarded;
    let line: LineId = id(line)?;
    let bytes = sent(&app, &req, parts).await?;
    let voucher = vouchers::add(&app, &staff, of, line, bytes).await?;
    Ok(created_json(voucher.version, &VoucherView::from(&voucher)))
}

/// Look at a voucher as it was uploaded
///
/// The picture as it was uploaded.
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("voucher_id" = VoucherId, Path, description = "The voucher"),
    ),
    responses(
        (status = 200, description = "The picture, to be saved", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        Problems
    )
)]
#[get("/admin/disclosures/{id}/vouchers/{voucher_id}/original")]
pub async fn original_voucher(
    app: Data<App>,
    guarded: Guarded<Segments<DisclosureId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, Segments(of, voucher)) = guarded;
    let opened = vouchers::look(&app, &staff, of, id(voucher)?, Which::Original).await?;
    Ok(shown(opened, "original"))
}

/// Look at what is left of a voucher under its black boxes
///
/// What is left of it.
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("voucher_id" = VoucherId, Path, description = "The voucher"),
    ),
    responses(
        (status = 200, description = "The picture, to be saved", content((Vec<u8> = "image/jpeg"))),
        Problems
    )
)]
#[get("/admin/disclosures/{id}/vouchers/{voucher_id}/redacted")]
pub async fn redacted_voucher(
    app: Data<App>,
    guarded: Guarded<Segments<DisclosureId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, Segments(of, voucher)) = guarded;
    let opened = vouchers::look(&app, &staff, of, id(voucher)?, Which::Redacted).await?;
    Ok(shown(opened, "redacted"))
}

/// The boxes to draw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RedactVoucher)]
pub struct RedactBody {
    /// At most a hundred; none when there is nothing to hide, which the committee still confirms.
    #[schema(max_items = 100)]
    rectangles: Vec<Rectangle>,
}

/// Draw black boxes into a voucher
///
/// Draw black boxes over names, telephone and card numbers, in place of those drawn before. What is left waits for the
/// supervision committee. Once it is confirmed and published nobody draws in it any more (409 `voucher_public`).
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("voucher_id" = VoucherId, Path, description = "The voucher"),
        ("If-Match" = String, Header, description = "The version you saw"),
    ),
    request_body = RedactBody,
    responses((status = 200, body = VoucherView), Problems)
)]
#[post("/admin/disclosures/{id}/vouchers/{voucher_id}/redact")]
pub async fn redact_voucher(
    app: Data<App>,
    guarded: Guarded<(Segments<DisclosureId>, IfMatch, Body<RedactBody>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (Segments(of, voucher), seen, body)) = guarded;
    let boxes = body.0.rectangles;
    let voucher = vouchers::redact(&app, &staff, of, id(voucher)?, seen.0, boxes).await?;
    Ok(versioned_json(
        voucher.version,
        &VoucherView::from(&voucher),
    ))
}

/// Confirm, for the supervision committee, what is left of a voucher
///
/// Confirm that nothing personal is left. Not for whoever uploaded or redacted it.
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("voucher_id" = VoucherId, Path, description = "The voucher"),
        ("If-Match" = String, Header, description = "The version you saw"),
    ),
    responses((status = 200, body = VoucherView), Problems)
)]
#[post("/admin/disclosures/{id}/vouchers/{voucher_id}/confirm")]
pub async fn confirm_voucher(
    app: Data<App>,
    guarded: Guarded<(Segments<DisclosureId>, IfMatch)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (Segments(of, voucher), seen)) = guarded;
    let voucher = vouchers::confirm(&app, &staff, of, id(voucher)?, seen.0).await?;
    Ok(versioned_json(
        voucher.version,
        &VoucherView::from(&voucher),
    ))
}

/// Take a voucher's picture away from a draft
///
/// Take away a picture that was uploaded by mistake, as long as its line is not published.
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("voucher_id" = VoucherId, Path, description = "The voucher"),
        ("If-Match" = String, Header, description = "The version you saw"),
    ),
    responses((status = 204, description = "It is gone, with what was made of it"), Problems)
)]
#[post("/admin/disclosures/{id}/vouchers/{voucher_id}/remove")]
pub async fn remove_voucher(
    app: Data<App>,
    guarded: Guarded<(Segments<DisclosureId>, IfMatch)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (Segments(of, voucher), seen)) = guarded;
    vouchers::remove(&app, &staff, of, id(voucher)?, seen.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
