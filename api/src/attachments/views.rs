//! What is told of pictures.

use domain::attachment::{Media, Rectangle, VoucherState};
use domain::id::{LineId, VoucherId};
use domain::time::Timestamp;
use serde::Serialize;
use store::vouchers::Voucher;
use utoipa::ToSchema;

use super::service::Taken;

/// A photo that was taken in.
#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
pub struct UploadView {
    /// Name it in `attachments` of a filing, a supplement or a message; once.
    token: String,
    /// Until when, in wall time: seven days.
    expires_at: Timestamp,
    /// What it is kept as.
    media_type: Media,
    /// Pixels from left to right, as it is kept.
    width: i32,
    /// Pixels from top to bottom, as it is kept.
    height: i32,
    /// Bytes, as it is kept.
    bytes: i64,
}

impl From<Taken> for UploadView {
    fn from(taken: Taken) -> Self {
        Self {
            token: taken.token,
            expires_at: taken.expires_at,
            media_type: taken.picture.media,
            width: taken.picture.width,
            height: taken.picture.height,
            bytes: taken.picture.bytes,
        }
    }
}

/// A picture of a voucher, for staff of the village and the agency.
#[derive(Serialize, ToSchema)]
#[schema(as = Voucher)]
pub struct VoucherView {
    /// Once confirmed and published, `GET /files/{id}`.
    id: VoucherId,
    line_id: LineId,
    /// Rises with every change; also the `ETag`, for `If-Match`.
    version: i32,
    state: VoucherState,
    /// Pixels from left to right of the picture as it was kept; boxes are drawn in these.
    width: i32,
    /// Pixels from top to bottom.
    height: i32,
    uploaded_at: Timestamp,
    /// The black boxes in what is left of it; none before somebody drew them.
    rectangles: Vec<Rectangle>,
    confirmed_at: Option<Timestamp>,
}

impl From<&Voucher> for VoucherView {
    fn from(voucher: &Voucher) -> Self {
        let redaction = voucher.redaction.as_ref();
        Self {
            id: voucher.id.clone(),
            line_id: voucher.line.clone(),
            version: voucher.version,
            state: voucher.state(),
            width: voucher.original.width,
            height: voucher.original.height,
            uploaded_at: voucher.uploaded_at,
            rectangles: redaction
                .map(|redaction| redaction.rectangles.clone())
                .unwrap_or_default(),
            confirmed_at: redaction
                .and_then(|redaction| redaction.confirmed.as_ref())
                .map(|(_, at)| *at),
        }
    }
}

/// The pictures of a disclosure's vouchers.
#[derive(Serialize, ToSchema)]
#[schema(as = Vouchers)]
pub struct VoucherList {
    /// In the order of the lines.
    pub items: Vec<VoucherView>,
}
