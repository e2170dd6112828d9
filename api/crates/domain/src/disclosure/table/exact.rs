//! Decimal numbers that are no money: areas, quantities, rates and percents. Whole ten-thousandths, never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::{BadAmount, Fen, scaled};

/// Decimal places that are kept.
const PLACES: usize = 4;
/// One, in ten-thousandths.
pub const ONE: i64 = 10_000;
/// The largest number a cell may have: a billion.
const LARGEST: i64 = 1_000_000_000 * ONE;

/// A decimal number of at most four places.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Exact(pub i64);

impl Exact {
    /// Reads a number as people type it: `1,234.5`, `１２．５`, `-3`.
    ///
    /// # Errors
    /// [`BadAmount`] names what is wrong.
    pub fn parse(text: &str) -> Result<Self, BadAmount> {
        use unicode_normalization::UnicodeNormalization as _;
        let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let (negative, plain) = match plain.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, plain.as_str()),
        };
        let number = scaled(plain, PLACES)?;
        if number > LARGEST {
            return Err(BadAmount::TooLarge);
        }
        Ok(Self(if negative { -number } else { number }))
    }

    /// `self` units at `rate` yuan each, rounded half up to the fen.
    #[must_use]
    pub fn at(self, rate: Self) -> Fen {
        let product = i128::from(self.0) * i128::from(rate.0);
        // Ten-thousandths times ten-thousandths of a yuan, of which a fen has a million.
        let fen = (product + 500_000).div_euclid(1_000_000);
        Fen(i64::try_from(fen).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = ONE.unsigned_abs();
        let (whole, rest) = (self.0.unsigned_abs() / one, self.0.unsigned_abs() % one);
        let sign = if self.0 < 0 { "-" } else { "" };
        let fraction = format!("{rest:04}");
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_and_writes_what_people_type() {
        for (text, shown) in [
            ("12.50", "12.5"),
            ("1,234.5", "1234.5"),
            ("１２．５", "12.5"),
            ("-0.07", "-0.07"),
            ("3", "3"),
            ("71.5300", "71.53"),
            ("0.0001", "0.0001"),
        ] {
            assert_eq!(Exact::parse(text).unwrap().to_string(), shown, "{text}");
        }
        assert_eq!(Exact::parse("0.00001"), Err(BadAmount::TooFine));
        assert_eq!(Exact::parse("9999999999"), Err(BadAmount::TooLarge));
        assert_eq!(Exact::parse("1/2"), Err(BadAmount::NotANumber));
    }

    #[test]
    fn multiplies_to_the_fen() {
        let of = |quantity, rate| {
            Exact::parse(quantity)
                .unwrap()
                .at(Exact::parse(rate).unwrap())
        };
        assert_eq!(of("12.5", "71.53"), Fen(89_413)); // 894.125
        assert_eq!(of("3", "0.33"), Fen(99));
        assert_eq!(of("0", "5"), Fen(0));
    }

    proptest! {
        #[test]
        fn written_and_read_again(number in -LARGEST..=LARGEST) {
            let exact = Exact(number);
            prop_assert_eq!(Exact::parse(&exact.to_string()), Ok(exact));
        }

        #[test]
        fn at_is_within_half_a_fen(quantity in 0..10_000_000_i64, rate in 0..10_000_000_i64) {
            let fen = Exact(quantity).at(Exact(rate)).0;
            let twice = i128::from(quantity) * i128::from(rate) * 2 - i128::from(fen) * 2_000_000;
            prop_assert!((-1_000_000..=1_000_000).contains(&twice));
        }
    }
}
