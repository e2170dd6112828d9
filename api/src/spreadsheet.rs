//! Sheets for people to save, as CSV and as a workbook: what every export has in common. No text that somebody typed
//! ever becomes a formula in somebody else's Excel (security.md 1.4.7).

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use unicode_normalization::UnicodeNormalization as _;

/// The type of a CSV file.
pub const CSV: &str = "text/csv; charset=utf-8";
/// The type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Characters that make a spreadsheet take a text for a formula, in their plain form: Chinese Excel turns the
/// full-width ones into these, and so may others with `﹢`, `⁺` and their like (NFKC).
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0'];

/// What is not seen: a program that drops it before it looks would find a formula.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

/// Whether `text`, after any number of `'`, begins as a formula does.
fn formula_like(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    let mut unseen = text.chars().take_while(|c| is_unseen(*c));
    let first = text.trim_start_matches(is_unseen).chars().take(1);
    unseen.any(|c| FORMULA.contains(&c))
        || first.nfkc().next().is_some_and(|c| FORMULA.contains(&c))
}

/// `text` so that no spreadsheet takes it for a formula: with one `'` more. `unguarded` takes it away.
#[must_use]
pub fn guarded(text: &str) -> String {
    if formula_like(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// `text` without the `'` that [`guarded`] gave it. A `'` before anything else is the author's own.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if formula_like(rest) => rest,
        _ => text,
    }
}

/// `text` as a cell's string. It is no formula there; only a `'` that would be taken for a guard on the way
/// back gets another one.
#[must_use]
pub fn cell_text(text: &str) -> String {
    if text.starts_with('\'') {
        guarded(text)
    } else {
        text.to_owned()
    }
}

/// CSV after RFC 4180, UTF-8 with its mark: the records as they are. Whatever somebody typed has to come [`guarded`].
///
/// # Errors
/// Writing to memory does not fail; the type says it could.
pub fn csv<'a>(
    records: impl IntoIterator<Item = Vec<std::borrow::Cow<'a, str>>>,
) -> Result<Vec<u8>, ::csv::Error> {
    let mut bytes = Vec::from("\u{feff}");
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(&mut bytes);
    for record in records {
        writer.write_record(record.iter().map(|field| field.as_bytes()))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// An empty workbook that does not tell when it was made: the same contents are the same bytes.
///
/// # Errors
/// The library's.
pub fn new_workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(workbook)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_guard_is_taken_away_and_only_a_guard() {
        for typed in [
            "=1+1",
            "'=1",
            "''@x",
            "－5",
            "'quoted",
            "plain",
            "",
            "'",
            "\tx",
            "＝A1",
            " =1",
            "\u{feff}=1",
            "\u{3000}@x",
            "﹢1",
            "⁺1",
            "﹦1",
            "﹫x",
            "\r=1",
            "\0",
            "' =1",
        ] {
            let safe = guarded(typed);
            assert_eq!(unguarded(&safe), typed);
            assert!(safe.starts_with('\'') || !formula_like(&safe), "{typed:?}");
        }
        assert_eq!(guarded("plain"), "plain");
        assert_eq!(guarded("＋86"), "'＋86");
    }

    proptest! {
        #[test]
        fn no_guarded_text_is_a_formula(quotes in "'{0,3}", unseen in "[ \u{3000}\u{feff}\u{200b}]{0,2}", sign in "[=+@＝＋－＠﹢﹣⁺₌\t\r\u{0}-]", rest in any::<String>()) {
            let text = format!("{quotes}{unseen}{sign}{rest}");
            let safe = guarded(&text);
            prop_assert!(safe.starts_with('\''), "{safe:?}");
            prop_assert_eq!(unguarded(&safe), text);
        }

        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            let safe = guarded(&text);
            prop_assert_eq!(unguarded(&safe), &text);
            let first = safe.trim_start().nfkc().next();
            prop_assert!(!first.is_some_and(|c| "=+-@".contains(c)), "{safe:?}");
        }
    }
}
