//! Words that everybody will read.

use domain::personal::private_trace;

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
