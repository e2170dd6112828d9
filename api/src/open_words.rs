//! Words that everybody will read.

use domain::personal::private_trace;
use domain::quote::quotes;

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
