//! Photos given to a case by the tokens they were uploaded for. What is kept is `store::attachments`; here are the
//! places of the request that faults are named at.

use domain::attachment::{Full, MOST_IN_A_CASE};
use domain::canon::sha256_hex;
use domain::complaint::action::Action;
use domain::complaint::case::Case;
use domain::id::ComplaintId;
use store::Tx;
use store::attachments::{self, Picture};

use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};

/// The pictures of these tokens, in their order.
///
/// # Errors
/// [`Code::AttachmentGone`] at the place of each that is unknown, spent, expired or named twice.
pub fn offered(
    tx: &mut Tx<'_>,
    app: &App,
    tokens: &[String],
) -> Result<Vec<Picture>, ServiceError> {
    if tokens.len() > MOST_IN_A_CASE {
        return Err(full(Full::TooMany));
    }
    let digests: Vec<String> = tokens
        .iter()
        .map(|token| sha256_hex(token.as_bytes()))
        .collect();
    attachments::offered(tx, &digests, app.clocks.wall())?.map_err(|gone| {
        let fault =
            |place: &usize| FieldFault::new(format!("/attachments/{place}"), Code::AttachmentGone);
        ServiceError::Invalid(gone.iter().map(fault).collect())
    })
}

/// Gives pictures that were [`offered`] in this transaction to a case.
///
/// # Errors
/// A fault at `/attachments` when the case takes no more.
pub fn attach(
    tx: &mut Tx<'_>,
    case: &ComplaintId,
    message: Option<i32>,
    pictures: &[Picture],
) -> Result<(), ServiceError> {
    attachments::attach(tx, case, message, pictures)?.map_err(full)
}

fn full(why: Full) -> ServiceError {
    ServiceError::at(
        "/attachments",
        match why {
            Full::TooMany => Code::TooManyAttachments,
            Full::TooLarge => Code::AttachmentsTooLarge,
        },
    )
}

/// The action with the numbers of the photos it shares, out of those there are now.
///
/// # Errors
/// [`Code::AttachmentUnknown`] at the place of one that there is not.
pub fn chosen(tx: &mut Tx<'_>, case: &Case, action: Action) -> Result<Action, ServiceError> {
    let Action::Dispatch {
        organisation,
        brief,
        share,
        note,
    } = action
    else {
        return Ok(action);
    };
    let photos = attachments::of_case(tx, case)?;
    let numbers: Vec<i32> = photos.iter().map(|photo| photo.no).collect();
    let share = share.among(&numbers).map_err(|place| {
        ServiceError::at(
            format!("/share_attachments/{place}"),
            Code::AttachmentUnknown,
        )
    })?;
    Ok(Action::Dispatch {
        organisation,
        brief,
        share: domain::attachment::Share::These(share),
        note,
    })
}
