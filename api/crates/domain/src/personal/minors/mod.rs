//! Who is under age, by the words and the years of a text.

mod ages;
mod births;
mod lines;
mod rows;
#[cfg(test)]
mod tests;
mod words;

pub use ages::{OF_AGE, age_on};
pub use lines::{is_child_of, is_young_at, names_minor, speaks_of_young};
pub use rows::{goes_to_school, hints_at_minor, speaks_of_minor};

use unicode_normalization::UnicodeNormalization as _;

use super::simplified::simple;
use words::{NO_ENDS, NO_NAMES, NO_PAIRS};

/// A text as it is looked at: simplified, half as wide, without blanks, all brackets alike.
#[must_use]
pub fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '[' | '【' | '〔' | '{' | '〈' => '(',
            ']' | '】' | '〕' | '}' | '〉' => ')',
            c => simple(c),
        })
        .collect()
}

/// Whether what begins like a name is a school, a village or a sum.
fn is_none(name: &str) -> bool {
    let two: String = name.chars().take(2).collect();
    let ends = |list: &[&str]| list.iter().any(|end| name.ends_with(end));
    ends(&NO_NAMES)
        || ends(&NO_ENDS)
        || NO_NAMES.iter().any(|end| two.ends_with(end))
        || name == two && ends(&NO_PAIRS)
}
