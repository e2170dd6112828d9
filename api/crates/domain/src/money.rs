//! Money as whole fen (1 yuan = 100 fen). Never a float: 0.1 + 0.2 is a question nobody wants on a
//! village ledger.

use serde::{Deserialize, Serialize};

use crate::text::figure;

/// The largest amount one figure may have: a trillion yuan. Twenty thousand of them still add up in `i64`.
pub const LARGEST_FEN: i64 = 100_000_000_000_000;

/// An amount in fen; may be negative (a balance).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(transparent)]
#[schema(value_type = i64)]
pub struct Fen(pub i64);

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAmount {
    /// Not a decimal number of yuan.
    #[error("not an amount of money")]
    NotANumber,
    /// More than two decimals: a figure nobody can pay.
    #[error("more than two decimals")]
    TooFine,
    /// Beyond a trillion yuan.
    #[error("too large an amount")]
    TooLarge,
}

impl Fen {
    /// `self + other`, `None` beyond `i64`.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// `self - other`, `None` beyond `i64`.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Reads an amount of yuan as people type it: `1,234.50`, `￥12`, `１２．５`, `-3`. Exact; no float
    /// takes part.
    ///
    /// # Errors
    /// [`BadAmount`] names what is wrong.
    pub fn parse_yuan(text: &str) -> Result<Self, BadAmount> {
        let mut plain = figure(text).into_owned();
        plain.retain(|c| !c.is_whitespace());
        let (negative, plain) = match plain.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, plain.as_str()),
        };
        let plain = plain.strip_prefix(['¥', '￥']).unwrap_or(plain);
        let plain = plain.strip_suffix('元').unwrap_or(plain);
        let fen = scaled(plain, 2)?;
        if fen > LARGEST_FEN {
            return Err(BadAmount::TooLarge);
        }
        Ok(Self(if negative { -fen } else { fen }))
    }

    /// Yuan with two decimals and no grouping, for exports: `-1234.50`.
    #[must_use]
    pub fn to_yuan(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// A decimal number without sign as a whole number of its last place: `1,234.5` with two places is 123450. Zeros
/// beyond the last place are no digits.
///
/// # Errors
/// [`BadAmount`] names what is wrong.
pub(crate) fn scaled(plain: &str, places: usize) -> Result<i64, BadAmount> {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = ungrouped(whole).ok_or(BadAmount::NotANumber)?;
    if whole.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(BadAmount::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return Err(BadAmount::TooFine);
    }
    if whole.len() > 15 {
        return Err(BadAmount::TooLarge);
    }
    let digits = format!("{whole}{fraction:0<places$}");
    digits.parse().map_err(|_| BadAmount::TooLarge)
}

/// Digits without their thousands separators, `None` where a separator stands at a wrong place.
fn ungrouped(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let grouped = !rest.is_empty();
    let well_placed =
        !grouped || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    let digits = whole.bytes().all(|b| b.is_ascii_digit() || b == b',');
    (well_placed && digits).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        for (text, fen) in [
            ("0", 0),
            ("1,234.50", 123_450),
            ("￥12", 1_200),
            ("¥ 12.5", 1_250),
            ("１２．５", 1_250),
            ("-3.01", -301),
            ("12元", 1_200),
            ("7.10000", 710),
        ] {
            assert_eq!(Fen::parse_yuan(text), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for note in ["500①", "500²", "½", "⒌", "5⑴"] {
            assert_eq!(Fen::parse_yuan(note), Err(BadAmount::NotANumber), "{note}");
        }
        for (text, why) in [
            ("", BadAmount::NotANumber),
            (".", BadAmount::NotANumber),
            ("12a", BadAmount::NotANumber),
            ("1,23", BadAmount::NotANumber),
            ("1e3", BadAmount::NotANumber),
            ("--1", BadAmount::NotANumber),
            ("0.001", BadAmount::TooFine),
            ("9999999999999999", BadAmount::TooLarge),
        ] {
            assert_eq!(Fen::parse_yuan(text), Err(why), "{text}");
        }
    }

    #[test]
    fn shows_yuan() {
        assert_eq!(Fen(-301).to_yuan(), "-3.01");
        assert_eq!(Fen(5).to_yuan(), "0.05");
    }
}
