//! Text from outside: trimmed, bounded, without control characters. PostgreSQL refuses NUL, SQLite keeps
//! it; nobody wants either surprise.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Fewer characters than asked for, after trimming.
    #[error("at least {0} characters")]
    TooShort(usize),
    /// More characters than allowed, after trimming.
    #[error("at most {0} characters")]
    TooLong(usize),
    /// A control character other than line break and tab.
    #[error("control characters are not allowed")]
    Control,
}

/// Characters that show nothing (Unicode's Default_Ignorable_Code_Point, and the blank ones that are not
/// white space): text made of them alone is no text.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The text without what shows nothing at its ends.
fn trimmed(text: &str) -> &str {
    // A sequence of emoji may end in a variation selector, which belongs to it.
    let end = text.trim_end_matches(|c| is_blank(c) && !('\u{FE00}'..='\u{FE0F}').contains(&c));
    end.trim_start_matches(is_blank)
}

fn bounded(text: &str, min: usize, max: usize) -> Result<String, BadText> {
    let count = text.chars().count();
    let hidden = text
        .chars()
        .filter(|c| !c.is_whitespace() && is_blank(*c))
        .count();
    if count - hidden < min {
        return Err(BadText::TooShort(min));
    }
    if count > max {
        return Err(BadText::TooLong(max));
    }
    Ok(text.to_owned())
}

/// One line: no line breaks, trimmed, `min..=max` characters (not bytes).
///
/// # Errors
/// [`BadText`] names what is wrong.
pub fn line(text: &str, min: usize, max: usize) -> Result<String, BadText> {
    let text = trimmed(text);
    if text.chars().any(char::is_control) {
        return Err(BadText::Control);
    }
    bounded(text, min, max)
}

/// Several lines: line breaks (as `\n`) and tabs allowed, trimmed, `min..=max` characters (not bytes).
///
/// # Errors
/// [`BadText`] names what is wrong.
pub fn body(text: &str, min: usize, max: usize) -> Result<String, BadText> {
    let text = text.replace("\r\n", "\n");
    let text = trimmed(&text);
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(BadText::Control);
    }
    bounded(text, min, max)
}

/// A figure as people type it, with full-width digits and signs as plain ones. What merely reads like a digit stays as
/// it is (`①`, `²`, `½`): the accountant who marks `500①` means a note, and no machine may make 5001 of it.
#[must_use]
pub fn figure(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let end = folded.len();
        folded.extend(std::iter::once(c).nfkc());
        let is_digit = ('\u{ff10}'..='\u{ff19}').contains(&c) || c.is_ascii_digit();
        let made = folded.get(end..).unwrap_or_default();
        if !is_digit && made.bytes().any(|byte| byte.is_ascii_digit()) {
            folded.truncate(end);
            folded.push(c);
        }
    }
    Cow::Owned(folded)
}

/// Whether a letter can be sent there, as far as the text tells.
#[must_use]
pub fn is_mail_address(text: &str) -> bool {
    let sound = text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    sound
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        assert_eq!(line(" 水渠堵了 ", 4, 4), Ok("水渠堵了".to_owned()));
        assert_eq!(body("水渠堵了", 5, 10), Err(BadText::TooShort(5)));
        assert_eq!(body("水渠堵了", 1, 3), Err(BadText::TooLong(3)));
    }

    #[test]
    fn what_shows_nothing_is_no_text() {
        let nothing = "\u{200B}\u{FEFF} \u{2060}\u{3164}\u{200D}\u{E0020}\u{2800}";
        assert_eq!(body(nothing, 1, 100), Err(BadText::TooShort(1)));
        assert_eq!(line(nothing, 1, 100), Err(BadText::TooShort(1)));
        assert_eq!(
            body("\u{200B}水\u{200B}渠\u{200B}", 3, 100),
            Err(BadText::TooShort(3))
        );
        assert_eq!(
            body("\u{FEFF}水渠堵了\u{200B}", 4, 4),
            Ok("水渠堵了".to_owned())
        );
        // Joined emoji are kept as they are.
        assert_eq!(
            body("👩\u{200D}🌾❤\u{FE0F}", 3, 9),
            Ok("👩\u{200D}🌾❤\u{FE0F}".to_owned())
        );
        assert_eq!(body("\u{FE0F}", 1, 9), Err(BadText::TooShort(1)));
    }

    #[test]
    fn addresses_have_a_name_and_a_host() {
        for good in ["li@example.invalid", "a.b@c.d.e"] {
            assert!(is_mail_address(good), "{good}");
        }
        let long = format!("{}@example.invalid", "a".repeat(250));
        for bad in [
            "",
            "nobody",
            "@example.invalid",
            "a@host",
            "a@b@c.d",
            "a b@c.d",
            "a@c.d\n",
            &long,
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }

    #[test]
    fn refuses_control_characters() {
        assert_eq!(line("a\nb", 1, 10), Err(BadText::Control));
        assert_eq!(body("a\r\nb", 1, 10), Ok("a\nb".to_owned()));
        assert_eq!(body("a\0b", 1, 10), Err(BadText::Control));
    }
}
