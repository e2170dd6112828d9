//! Texts of a request, read so that every refusal names the place.

use domain::text;

use super::problem::Problem;
use crate::codes::Code;
use crate::error::ServiceError;

/// A text of `min..=max` characters.
///
/// # Errors
/// A fault at its place.
pub fn words(pointer: &str, value: &str, min: usize, max: usize) -> Result<String, Problem> {
    text::body(value, min, max).map_err(|bad| {
        let code = match bad {
            text::BadText::TooShort(_) => Code::TooShort,
            text::BadText::TooLong(_) => Code::TooLong,
            text::BadText::Control => Code::ControlCharacter,
        };
        Problem::from(ServiceError::at(pointer, code))
    })
}

/// A text that may be left out.
///
/// # Errors
/// A fault at its place.
pub fn some_words(
    pointer: &str,
    value: Option<&str>,
    max: usize,
) -> Result<Option<String>, Problem> {
    let given =
        value.filter(|text| text::body(text, 1, usize::MAX) != Err(text::BadText::TooShort(1)));
    given.map(|text| words(pointer, text, 1, max)).transpose()
}
