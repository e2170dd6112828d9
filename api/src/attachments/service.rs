//! Photos taken in and given out. A file is on the disk before its row is, and its row before anybody is told: what
//! is acknowledged is there, and what a crash leaves in between is a file without a row, which the sweep takes away.

use actix_web::web;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::attachment::{may_see, usable_until};
use domain::canon::sha256_hex;
use domain::complaint::receipt::ReceiptCode;
use domain::id::{AttachmentId, ComplaintId};
use domain::role::Scope;
use domain::time::Timestamp;
use store::attachments::{self, Offer, Photo, Picture, Tie};
use store::audit::{Actor, Entry};
use store::{StoreError, audit, complaints};

use super::picture;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// A photo that was taken in.
pub struct Taken {
    /// What it is used with, once; kept here only as its digest.
    pub token: String,
    /// Until when, in wall time.
    pub expires_at: Timestamp,
    /// The picture.
    pub picture: Picture,
}

/// A picture with its contents.
pub struct Opened {
    /// What is known of it.
    pub picture: Picture,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// Takes a photo of an asker's in for whoever will hold its token; `true` when it had come under the same `Idempotency-Key` before
/// and waits to be used.
///
/// # Errors
/// What [`picture::develop`] refuses; [`Code::IdempotencyKeyReused`] for another photo; [`Code::Unavailable`] when it
/// cannot be kept.
pub async fn take(
    app: &web::Data<App>,
    asker: &str,
    sent: Vec<u8>,
    key: Option<String>,
) -> Result<(Taken, bool), ServiceError> {
    let pepper = app.secrets.pepper();
    let tie = key.as_ref().map(|key| Tie {
        mac: pepper.idempotency_mac(key),
        sent_mac: pepper.sent_mac(key, &sha256_hex(&sent)),
    });
    if let Some(earlier) = taken_before(app, key.as_deref(), tie.as_ref()).await? {
        return Ok((earlier, true));
    }
    let made = app.darkroom.develop(asker, sent).await?;
    let picture = keep(app, made).await?;
    let token = match &key {
        None => app.ids.token(),
        Some(key) => derived(app, key, &picture.id),
    };
    let expires_at = usable_until(app.clocks.wall());
    let offer = Offer {
        token_sha256: sha256_hex(token.as_bytes()),
        expires_at,
        tie: tie.clone(),
    };
    let offered = picture.clone();
    let kept = app
        .db
        .write(move |tx| attachments::offer(tx, &offered, &offer))
        .await;
    if let Err(error) = kept {
        discard(app, picture.id).await;
        // The same photo, sent twice at once: the other one was faster.
        if matches!(error, StoreError::Conflict(_))
            && let Some(earlier) = taken_before(app, key.as_deref(), tie.as_ref()).await?
        {
            return Ok((earlier, true));
        }
        return Err(error.into());
    }
    let taken = Taken {
        token,
        expires_at,
        picture,
    };
    Ok((taken, false))
}

/// The token of a photo that came under a key: derived, so that a retry is given the same one though only its digest is
/// kept.
fn derived(app: &App, key: &str, photo: &AttachmentId) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(app.secrets.pepper().derive_photo_token(key, photo))
}

/// What came under that key before and waits to be used.
async fn taken_before(
    app: &App,
    key: Option<&str>,
    tie: Option<&Tie>,
) -> Result<Option<Taken>, ServiceError> {
    let Some((key, tie)) = key.zip(tie) else {
        return Ok(None);
    };
    let mac = tie.mac.clone();
    let found = app
        .db
        .read(move |tx| attachments::offered_under(tx, &mac))
        .await?;
    let Some((picture, expires_at, sent_mac)) = found else {
        return Ok(None);
    };
    if sent_mac != tie.sent_mac {
        return Err(ServiceError::Rule(Code::IdempotencyKeyReused));
    }
    Ok(Some(Taken {
        token: derived(app, key, &picture.id),
        expires_at,
        picture,
    }))
}

/// Writes a picture's contents to the disk; no row knows of it yet.
pub(super) async fn keep(
    app: &web::Data<App>,
    made: picture::Picture,
) -> Result<Picture, ServiceError> {
    let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let picture = Picture {
        id: app.ids.make(),
        media: made.media,
        width: number(made.width),
        height: number(made.height),
        bytes: i64::try_from(made.bytes.len()).unwrap_or(i64::MAX),
    };
    let (files, id) = (app.files.clone(), picture.id.clone());
    let written = tokio::task::spawn_blocking(move || files.keep(&id, &made.bytes)).await;
    match written {
        Ok(Ok(())) => Ok(picture),
        Ok(Err(error)) => Err(away(&error)),
        Err(error) => Err(ServiceError::Broken(error.to_string())),
    }
}

/// Takes a file away that no row knows any more. One that stays behind is found by the sweep.
pub(super) async fn discard(app: &App, id: AttachmentId) {
    let files = app.files.clone();
    let removed = tokio::task::spawn_blocking(move || files.remove(&id)).await;
    if let Ok(Err(error)) = removed {
        tracing::warn!(%error, "an attachment nobody knows could not be removed; the sweep will");
    }
}

/// The disk is full or away: like a database that is.
fn away(error: &std::io::Error) -> ServiceError {
    tracing::error!(%error, "the attachments are away");
    ServiceError::Rule(Code::Unavailable)
}

/// The contents of a picture that somebody may see.
///
/// # Errors
/// [`Code::Unavailable`] when the file is away; [`ServiceError::Broken`] when it was altered.
pub(super) async fn open(app: &App, picture: Picture) -> Result<Opened, ServiceError> {
    let (files, id) = (app.files.clone(), picture.id.clone());
    let read = tokio::task::spawn_blocking(move || files.read(&id)).await;
    match read {
        Ok(Ok(Some(bytes))) => Ok(Opened { picture, bytes }),
        Ok(Ok(None)) => Err(away(&std::io::ErrorKind::NotFound.into())),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(ServiceError::Broken(error.to_string()))
        }
        Ok(Err(error)) => Err(away(&error)),
        Err(error) => Err(ServiceError::Broken(error.to_string())),
    }
}

/// A photo of one's own case.
///
/// # Errors
/// [`Code::ReceiptUnknown`], [`ServiceError::NotFound`].
pub async fn own(app: &App, code: &ReceiptCode, no: i32) -> Result<Opened, ServiceError> {
    let mac = app.secrets.pepper().receipt_mac(code);
    let picture = app
        .db
        .read(move |tx| {
            let record = complaints::find_by_receipt(tx, &mac)?
                .ok_or(ServiceError::Rule(Code::ReceiptUnknown))?;
            numbered(attachments::of_case(tx, &record.case)?, no)
        })
        .await?;
    open(app, picture).await
}

/// A photo of a case, for somebody who may look at it; to everybody else there is none. Who looked at which is written
/// down before anything is shown (`security.md` 1.7).
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn for_staff(
    app: &App,
    scope: &Scope,
    id: ComplaintId,
    no: i32,
) -> Result<Opened, ServiceError> {
    let scope = scope.clone();
    let looked = Entry {
        id: app.ids.id(),
        case_at: app.clocks.case(),
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(scope.staff.clone()),
        action: "look_at_photo".into(),
        object: "photo",
        object_id: String::new(),
        reason: None,
        before_sha256: None,
        after_sha256: None,
    };
    let picture = app
        .db
        .write(move |tx| {
            let known = complaints::find_for(tx, &scope, &id)?.ok_or(ServiceError::NotFound)?;
            let case = &known.record.case;
            if !may_see(known.standing, case.state.work(), no) {
                return Err(ServiceError::NotFound);
            }
            let picture = numbered(attachments::of_case(tx, case)?, no)?;
            let entry = Entry {
                object_id: picture.id.to_string(),
                ..looked.clone()
            };
            audit::record_in_case(tx, &entry, &id)?;
            Ok(picture)
        })
        .await?;
    open(app, picture).await
}

fn numbered(photos: Vec<Photo>, no: i32) -> Result<Picture, ServiceError> {
    let found = photos.into_iter().find(|photo| photo.no == no);
    Ok(found.ok_or(ServiceError::NotFound)?.picture)
}
