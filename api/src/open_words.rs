//! Words that everybody will read.

use domain::mask;
use domain::personal::private_trace;
use domain::quote::quotes;
use store::Tx;
use store::disclosures::Sheet;

use crate::codes::Code;
use crate::error::ServiceError;

/// Refuses words for everybody with a number in them that leads to a person (PIPL Art. 5, 28); an office's telephone may
/// stand there. Lists of people are looked at cell by cell when they are handed in; this is for sentences.
///
/// # Errors
/// [`Code::PersonalNumber`] at `pointer`.
pub fn refuse_private(pointer: &str, words: &str) -> Result<(), ServiceError> {
    match private_trace(words) {
        None => Ok(()),
        Some(_) => Err(ServiceError::at(pointer, Code::PersonalNumber)),
    }
}

/// Refuses words for everybody that name somebody in full: a reason, a note, a title.
///
/// # Errors
/// [`Code::PersonalName`] at `pointer`.
pub fn refuse_somebody(pointer: &str, words: &str) -> Result<(), ServiceError> {
    if mask::names_somebody(words) {
        return Err(ServiceError::at(pointer, Code::PersonalName));
    }
    Ok(())
}

/// Refuses words for everybody beside a sheet that name in full whom the open web hides there.
///
/// # Errors
/// [`Code::PersonalName`] at `pointer`.
pub fn refuse_named(
    tx: &mut Tx<'_>,
    pointer: &str,
    words: &str,
    sheet: &Sheet,
) -> Result<(), ServiceError> {
    match store::disclosures::content(tx, sheet)?.named_in(words) {
        None => Ok(()),
        Some(_) => Err(ServiceError::at(pointer, Code::PersonalName)),
    }
}

/// Refuses words that others read where they repeat the complainant's own: for everybody he may be known by them, and
/// the unit that does the work reads a brief so that it does not read him.
///
/// # Errors
/// [`Code::QuotesComplaint`] at `pointer`.
pub fn refuse_quotation(pointer: &str, words: &str, own: &str) -> Result<(), ServiceError> {
    match quotes(words, own) {
        false => Ok(()),
        true => Err(ServiceError::at(pointer, Code::QuotesComplaint)),
    }
}
