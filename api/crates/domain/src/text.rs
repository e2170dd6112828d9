//! Text from outside: trimmed, bounded, without control characters. PostgreSQL refuses NUL, SQLite keeps
//! it; nobody wants either surprise.

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

fn bounded(text: &str, min: usize, max: usize) -> Result<String, BadText> {
    let count = text.chars().count();
    if count < min {
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
    let text = text.trim();
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
    let text = text.trim();
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(BadText::Control);
    }
    bounded(text, min, max)
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
    fn refuses_control_characters() {
        assert_eq!(line("a\nb", 1, 10), Err(BadText::Control));
        assert_eq!(body("a\r\nb", 1, 10), Ok("a\nb".to_owned()));
        assert_eq!(body("a\0b", 1, 10), Err(BadText::Control));
    }
}
