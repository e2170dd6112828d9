//! What is known of pictures whose contents are files: whose they are, and until when nobody's. The caller has found
//! the case for somebody.

use std::collections::HashSet;

use diesel::prelude::*;
use domain::attachment::{Full, Media, fits};
use domain::complaint::case::Case;
use domain::id::{AttachmentId, ComplaintId};
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{attachments, complaint_attachments};

/// A picture that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its id.
    pub id: AttachmentId,
    /// What it is kept as.
    pub media: Media,
    /// Pixels from left to right.
    pub width: i32,
    /// Pixels from top to bottom.
    pub height: i32,
    /// Bytes of its contents.
    pub bytes: i64,
}

/// A photo of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// 1, 2, …
    pub no: i32,
    /// The number of the message it came with; those of the filing have none.
    pub message: Option<i32>,
    /// The picture.
    pub picture: Picture,
}

pub(crate) type Row = (String, String, i32, i32, i64);

pub(crate) const COLUMNS: (
    attachments::id,
    attachments::media,
    attachments::width,
    attachments::height,
    attachments::bytes,
) = (
    attachments::id,
    attachments::media,
    attachments::width,
    attachments::height,
    attachments::bytes,
);

pub(crate) fn read((id, media, width, height, bytes): Row) -> Result<Picture, StoreError> {
    let corrupt = || StoreError::Corrupt("attachments", id.clone());
    Ok(Picture {
        media: Media::parse(&media).ok_or_else(corrupt)?,
        id: AttachmentId::try_from(id.as_str()).map_err(|_| corrupt())?,
        width,
        height,
        bytes,
    })
}

/// Keeps a picture that belongs to something at once.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn insert(tx: &mut Tx<'_>, picture: &Picture) -> Result<(), StoreError> {
    keep(tx, picture, None)
}

/// What a picture is kept under while nobody has used it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The digest of its token.
    pub token_sha256: String,
    /// Until when, in wall time.
    pub expires_at: Timestamp,
    /// What it is found by when it is sent again; nothing where no `Idempotency-Key` was sent.
    pub tie: Option<Tie>,
}

/// The `Idempotency-Key` of a picture, as it is kept: both are keyed digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The key.
    pub mac: String,
    /// What was sent under it.
    pub sent_mac: String,
}

/// Keeps a picture for whoever holds its token.
///
/// # Errors
/// [`StoreError::Conflict`] when one came under that `Idempotency-Key` meanwhile.
pub fn offer(tx: &mut Tx<'_>, picture: &Picture, offer: &Offer) -> Result<(), StoreError> {
    keep(tx, picture, Some(offer))
}

/// The picture that came under an `Idempotency-Key` and waits to be used, until when, and the digest of what was sent.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn offered_under(
    tx: &mut Tx<'_>,
    mac: &str,
) -> Result<Option<(Picture, Timestamp, String)>, StoreError> {
    let found: Option<(Row, Option<i64>, Option<String>)> = attachments::table
        .filter(attachments::idempotency_mac.eq(mac))
        .select((COLUMNS, attachments::expires_at, attachments::sent_mac))
        .get_result(tx.0)
        .optional()?;
    let Some((row, expires_at, sent_mac)) = found else {
        return Ok(None);
    };
    let picture = read(row)?;
    let (Some(at), Some(sent_mac)) = (expires_at, sent_mac) else {
        return Err(StoreError::Corrupt("attachments", picture.id.to_string()));
    };
    Ok(Some((picture, Timestamp::from_micros(at), sent_mac)))
}

fn keep(tx: &mut Tx<'_>, picture: &Picture, offer: Option<&Offer>) -> Result<(), StoreError> {
    let tie = offer.and_then(|offer| offer.tie.as_ref());
    diesel::insert_into(attachments::table)
        .values((
            attachments::id.eq(picture.id.as_str()),
            attachments::media.eq(picture.media.as_str()),
            attachments::width.eq(picture.width),
            attachments::height.eq(picture.height),
            attachments::bytes.eq(picture.bytes),
            attachments::token_sha256.eq(offer.map(|offer| offer.token_sha256.as_str())),
            attachments::expires_at.eq(offer.map(|offer| offer.expires_at.micros())),
            attachments::idempotency_mac.eq(tie.map(|tie| tie.mac.as_str())),
            attachments::sent_mac.eq(tie.map(|tie| tie.sent_mac.as_str())),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// The pictures of these tokens, each token once; the inner error names the places of those that are unknown, spent
/// or expired.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn offered(
    tx: &mut Tx<'_>,
    tokens_sha256: &[String],
    wall_now: Timestamp,
) -> Result<Result<Vec<Picture>, Vec<usize>>, StoreError> {
    let (mut pictures, mut gone) = (Vec::new(), Vec::new());
    for (place, token) in tokens_sha256.iter().enumerate() {
        let is_first = tokens_sha256.iter().position(|one| one == token) == Some(place);
        let row: Option<Row> = attachments::table
            .filter(attachments::token_sha256.eq(token))
            .filter(attachments::expires_at.gt(wall_now.micros()))
            .select(COLUMNS)
            .get_result(tx.0)
            .optional()?;
        match row.filter(|_| is_first) {
            Some(row) => pictures.push(read(row)?),
            None => gone.push(place),
        }
    }
    Ok(if gone.is_empty() {
        Ok(pictures)
    } else {
        Err(gone)
    })
}

/// Pictures as the photos of a case, from that number on.
#[must_use]
pub fn numbered(first: i32, message: Option<i32>, pictures: &[Picture]) -> Vec<Photo> {
    (first..)
        .zip(pictures)
        .map(|(no, picture)| Photo {
            no,
            message,
            picture: picture.clone(),
        })
        .collect()
}

/// Gives pictures that [`offered`] found in this transaction to a case, and so spends their tokens; `message` is the
/// number of the words they came with. The inner error is for the caller to undo the transaction with.
///
/// # Errors
/// [`StoreError`].
pub fn attach(
    tx: &mut Tx<'_>,
    case: &ComplaintId,
    message: Option<i32>,
    pictures: &[Picture],
) -> Result<Result<(), Full>, StoreError> {
    if pictures.is_empty() {
        return Ok(Ok(()));
    }
    let before = of_id(tx, case)?;
    let first = before.last().map_or(1, |last| last.no + 1);
    let photos = numbered(first, message, pictures);
    for photo in &photos {
        let id = photo.picture.id.as_str();
        spend(tx, &photo.picture)?;
        diesel::insert_into(complaint_attachments::table)
            .values((
                complaint_attachments::complaint_id.eq(case.as_str()),
                complaint_attachments::no.eq(photo.no),
                complaint_attachments::attachment_id.eq(id),
                complaint_attachments::message_seq.eq(message),
            ))
            .execute(tx.0)?;
    }
    Ok(fits(
        before.iter().chain(&photos).map(|one| one.picture.bytes),
    ))
}

/// Spends the token of a picture that [`offered`] found in this transaction: it belongs to something now.
///
/// # Errors
/// [`StoreError`].
pub fn spend(tx: &mut Tx<'_>, picture: &Picture) -> Result<(), StoreError> {
    diesel::update(attachments::table.find(picture.id.as_str()))
        .set((
            attachments::token_sha256.eq(None::<String>),
            attachments::expires_at.eq(None::<i64>),
            // Nothing ties it to how it came.
            attachments::idempotency_mac.eq(None::<String>),
            attachments::sent_mac.eq(None::<String>),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// The photos of a case in the order of their numbers.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn of_case(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Photo>, StoreError> {
    of_id(tx, &case.id)
}

fn of_id(tx: &mut Tx<'_>, case: &ComplaintId) -> Result<Vec<Photo>, StoreError> {
    let rows: Vec<(i32, Option<i32>, Row)> = complaint_attachments::table
        .inner_join(attachments::table.on(attachments::id.eq(complaint_attachments::attachment_id)))
        .filter(complaint_attachments::complaint_id.eq(case.as_str()))
        .order(complaint_attachments::no)
        .select((
            complaint_attachments::no,
            complaint_attachments::message_seq,
            COLUMNS,
        ))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(no, message, row)| {
            Ok(Photo {
                no,
                message,
                picture: read(row)?,
            })
        })
        .collect()
}

/// Pictures whose token has expired, unspent.
///
/// # Errors
/// [`StoreError`].
pub fn expired(
    tx: &mut Tx<'_>,
    wall_now: Timestamp,
    limit: i64,
) -> Result<Vec<AttachmentId>, StoreError> {
    let found: Vec<String> = attachments::table
        .filter(attachments::expires_at.le(wall_now.micros()))
        .order((attachments::expires_at, attachments::id))
        .limit(limit)
        .select(attachments::id)
        .load(tx.0)?;
    ids(found)
}

/// Forgets a picture whose token has expired; `false` when somebody did before.
///
/// # Errors
/// [`StoreError`].
pub fn forget(tx: &mut Tx<'_>, id: &AttachmentId, wall_now: Timestamp) -> Result<bool, StoreError> {
    let gone = diesel::delete(
        attachments::table
            .find(id.as_str())
            .filter(attachments::expires_at.le(wall_now.micros())),
    )
    .execute(tx.0)?;
    Ok(gone == 1)
}

/// Those of these ids that there is a picture of.
///
/// # Errors
/// [`StoreError`].
pub fn known(tx: &mut Tx<'_>, ids: &[AttachmentId]) -> Result<HashSet<String>, StoreError> {
    let ids: Vec<&str> = ids.iter().map(AttachmentId::as_str).collect();
    let found: Vec<String> = attachments::table
        .filter(attachments::id.eq_any(ids))
        .select(attachments::id)
        .load(tx.0)?;
    Ok(found.into_iter().collect())
}

/// The ids of the next pictures after one, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn after(tx: &mut Tx<'_>, id: &str, limit: i64) -> Result<Vec<AttachmentId>, StoreError> {
    let found: Vec<String> = attachments::table
        .filter(attachments::id.gt(id))
        .order(attachments::id)
        .limit(limit)
        .select(attachments::id)
        .load(tx.0)?;
    ids(found)
}

fn ids(found: Vec<String>) -> Result<Vec<AttachmentId>, StoreError> {
    found
        .into_iter()
        .map(|id| {
            AttachmentId::try_from(id.as_str()).map_err(|_| StoreError::Corrupt("attachments", id))
        })
        .collect()
}
