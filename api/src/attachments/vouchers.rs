//! Pictures of vouchers: uploaded to a line of a draft, blackened, confirmed by somebody of the supervision committee
//! who had no hand in it. Only what is left, and only once the disclosure is published, is anybody's to see. A new
//! redaction of a draft's needs a new confirmation; what is public is never redacted again, because that would take it
//! from everybody without a reason and without a second person: a correction or a withdrawal does.

use actix_web::web;
use domain::attachment::{MOST_BOXES, Rectangle, VoucherState};
use domain::id::{DisclosureId, LineId, VoucherId};
use domain::role::Scope;
use store::audit::{Actor, Entry};
use store::disclosures::Record;
use store::vouchers::{self, Redaction, Voucher};
use store::{StoreError, Tx, audit, disclosures};

use super::service::{Opened, discard, keep, open};
use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};

/// Which rendering of a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// As it was uploaded.
    Original,
    /// What is left of it.
    Redacted,
}

/// The disclosure of a village whose accounts this person may know of.
fn find(tx: &mut Tx<'_>, scope: &Scope, id: &DisclosureId) -> Result<Record, ServiceError> {
    disclosures::find_for(tx, scope, id)?.ok_or(ServiceError::NotFound)
}

/// A voucher of one.
fn find_voucher(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: &DisclosureId,
    id: &VoucherId,
) -> Result<Voucher, ServiceError> {
    let record = find(tx, scope, of)?;
    vouchers::find_in(tx, &record, id)?.ok_or(ServiceError::NotFound)
}

/// The vouchers of a disclosure, in the order of its lines.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn list(
    app: &App,
    scope: &Scope,
    of: DisclosureId,
) -> Result<Vec<Voucher>, ServiceError> {
    let scope = scope.clone();
    app.db
        .read(move |tx| {
            let record = find(tx, &scope, &of)?;
            Ok(vouchers::of_disclosure(tx, &record)?)
        })
        .await
}

/// Adds a picture to a line of a disclosure that is not published yet.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Illegal`] once it is published, what is wrong with the picture.
pub async fn add(
    app: &web::Data<App>,
    scope: &Scope,
    of: DisclosureId,
    line: LineId,
    sent: Vec<u8>,
) -> Result<Voucher, ServiceError> {
    // Before a picture is made for nothing.
    let (asker, disclosure, wanted) = (scope.clone(), of.clone(), line.clone());
    app.db
        .read(move |tx| check_line(tx, &asker, &disclosure, &wanted))
        .await?;
    let made = app.darkroom.develop(scope.staff.as_str(), sent).await?;
    let original = keep(app, made).await?;
    let voucher = Voucher {
        id: app.ids.make(),
        line,
        version: 1,
        original: original.clone(),
        uploaded_by: scope.person.clone(),
        uploaded_at: app.clocks.case(),
        redaction: None,
    };
    let (scope, entry) = (
        scope.clone(),
        entry(app, scope, "add_voucher", &of, &voucher.id),
    );
    let new = voucher.clone();
    let kept: Result<(), ServiceError> = app
        .db
        .write(move |tx| {
            check_line(tx, &scope, &of, &new.line)?;
            vouchers::insert(tx, &new)?;
            audit::record(tx, &entry)?;
            Ok(())
        })
        .await;
    if let Err(error) = kept {
        discard(app, original.id).await;
        return Err(error);
    }
    Ok(voucher)
}

fn check_line(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: &DisclosureId,
    line: &LineId,
) -> Result<(), ServiceError> {
    let record = find(tx, scope, of)?;
    if !vouchers::has_line(tx, &record, line)? {
        return Err(ServiceError::NotFound);
    }
    if !vouchers::takes_pictures(tx, &record, line)? {
        return Err(ServiceError::Illegal(Vec::new()));
    }
    Ok(())
}

/// A voucher that other boxes may be drawn into: not once the committee has confirmed it and its line is published.
/// What nobody confirmed is shown to nobody, and may still be finished.
fn find_to_redact(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: &DisclosureId,
    id: &VoucherId,
) -> Result<Voucher, ServiceError> {
    let record = find(tx, scope, of)?;
    let voucher = vouchers::find_in(tx, &record, id)?.ok_or(ServiceError::NotFound)?;
    let is_confirmed = voucher.state() == VoucherState::Confirmed;
    if is_confirmed && !vouchers::takes_pictures(tx, &record, &voucher.line)? {
        return Err(ServiceError::Rule(Code::VoucherPublic));
    }
    Ok(voucher)
}

/// Draws black boxes into a voucher, in place of those drawn before.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`Code::VoucherPublic`], faults of the boxes.
pub async fn redact(
    app: &web::Data<App>,
    scope: &Scope,
    of: DisclosureId,
    id: VoucherId,
    seen: i32,
    rectangles: Vec<Rectangle>,
) -> Result<Voucher, ServiceError> {
    let (asker, disclosure, wanted) = (scope.clone(), of.clone(), id.clone());
    let before = app
        .db
        .read(move |tx| find_to_redact(tx, &asker, &disclosure, &wanted))
        .await?;
    if before.version != seen {
        return Err(StoreError::Stale.into());
    }
    check_boxes(&before, &rectangles)?;
    let original = open(app, before.original.clone()).await?;
    let made = app
        .darkroom
        .blacken(scope.staff.as_str(), original.bytes, rectangles.clone())
        .await?;
    let picture = keep(app, made).await?;
    let redaction = Redaction {
        picture: picture.clone(),
        rectangles,
        by: scope.person.clone(),
        confirmed: None,
    };
    let entry = entry(app, scope, "redact_voucher", &of, &id);
    let scope = scope.clone();
    let kept = app
        .db
        .write(move |tx| {
            let before = find_to_redact(tx, &scope, &of, &id)?;
            vouchers::save(tx, &before, &redaction, seen)?;
            audit::record(tx, &entry)?;
            let replaced = before.redaction.map(|old| old.picture.id);
            Ok::<_, ServiceError>((find_voucher(tx, &scope, &of, &id)?, replaced))
        })
        .await;
    match kept {
        Ok((voucher, replaced)) => {
            if let Some(old) = replaced {
                discard(app, old).await;
            }
            Ok(voucher)
        }
        Err(error) => {
            discard(app, picture.id).await;
            Err(error)
        }
    }
}

fn check_boxes(voucher: &Voucher, boxes: &[Rectangle]) -> Result<(), ServiceError> {
    if boxes.len() > MOST_BOXES {
        return Err(ServiceError::at("/rectangles", Code::TooLong));
    }
    let side = |pixels: i32| u32::try_from(pixels).unwrap_or_default();
    let (width, height) = (side(voucher.original.width), side(voucher.original.height));
    let outside = boxes
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.lies_within(width, height));
    let faults: Vec<FieldFault> = outside
        .map(|(place, _)| FieldFault::new(format!("/rectangles/{place}"), Code::BoxOutside))
        .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(faults))
    }
}

/// Takes away a picture that was uploaded by mistake, from a line that is not published yet, with what was made of it.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`ServiceError::Illegal`] once it is published.
pub async fn remove(
    app: &App,
    scope: &Scope,
    of: DisclosureId,
    id: VoucherId,
    seen: i32,
) -> Result<(), ServiceError> {
    let entry = entry(app, scope, "remove_voucher", &of, &id);
    let scope = scope.clone();
    let gone = app
        .db
        .write(move |tx| {
            let voucher = find_voucher(tx, &scope, &of, &id)?;
            check_line(tx, &scope, &of, &voucher.line)?;
            vouchers::remove(tx, &voucher, seen)?;
            audit::record(tx, &entry)?;
            Ok::<_, ServiceError>(voucher)
        })
        .await?;
    discard(app, gone.original.id).await;
    if let Some(left) = gone.redaction {
        discard(app, left.picture.id).await;
    }
    Ok(())
}

/// Somebody of the supervision committee has looked at what is left, and it may be shown.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`Code::VoucherNotRedacted`], [`Code::VoucherOwnWork`].
pub async fn confirm(
    app: &App,
    scope: &Scope,
    of: DisclosureId,
    id: VoucherId,
    seen: i32,
) -> Result<Voucher, ServiceError> {
    let (entry, now) = (
        entry(app, scope, "confirm_voucher", &of, &id),
        app.clocks.case(),
    );
    let scope = scope.clone();
    app.db
        .write(move |tx| {
            let before = find_voucher(tx, &scope, &of, &id)?;
            if before.version != seen {
                return Err(StoreError::Stale.into());
            }
            let Some(left) = before.redaction.clone() else {
                return Err(ServiceError::Rule(Code::VoucherNotRedacted));
            };
            if before.is_made_by(&scope.person) {
                return Err(ServiceError::Rule(Code::VoucherOwnWork));
            }
            let redaction = Redaction {
                confirmed: Some((scope.person.clone(), now)),
                ..left
            };
            vouchers::save(tx, &before, &redaction, seen)?;
            audit::record(tx, &entry)?;
            find_voucher(tx, &scope, &of, &id)
        })
        .await
}

/// A rendering, for staff of the village and the agency. Names and numbers are on the original: who looked at it is
/// written down before it is shown (`security.md` 1.7).
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn look(
    app: &App,
    scope: &Scope,
    of: DisclosureId,
    id: VoucherId,
    which: Which,
) -> Result<Opened, ServiceError> {
    let entry = entry(app, scope, "look_at_voucher", &of, &id);
    let scope = scope.clone();
    let voucher = match which {
        Which::Original => {
            app.db
                .write(move |tx| {
                    let voucher = find_voucher(tx, &scope, &of, &id)?;
                    audit::record(tx, &entry)?;
                    Ok::<_, ServiceError>(voucher)
                })
                .await?
        }
        Which::Redacted => {
            app.db
                .read(move |tx| find_voucher(tx, &scope, &of, &id))
                .await?
        }
    };
    let picture = match which {
        Which::Original => voucher.original,
        Which::Redacted => voucher.redaction.ok_or(ServiceError::NotFound)?.picture,
    };
    open(app, picture).await
}

/// What everybody may see of a voucher.
///
/// # Errors
/// [`ServiceError::NotFound`] for everything that is not confirmed and published.
pub async fn published(app: &App, id: VoucherId) -> Result<Opened, ServiceError> {
    let today = app.clocks.case().day();
    let picture = app
        .db
        .read(move |tx| vouchers::find_published(tx, &id, today))
        .await?
        .ok_or(ServiceError::NotFound)?;
    open(app, picture).await
}

fn entry(app: &App, scope: &Scope, action: &str, of: &DisclosureId, voucher: &VoucherId) -> Entry {
    Entry {
        id: app.ids.id(),
        case_at: app.clocks.case(),
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(scope.staff.clone()),
        action: action.to_owned(),
        object: "disclosure",
        object_id: of.to_string(),
        reason: Some(voucher.to_string()),
        before_sha256: None,
        after_sha256: None,
    }
}
