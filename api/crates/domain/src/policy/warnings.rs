//! From when a clock shows yellow and blue: data of the policy, with the contract's fractions as default.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A part of a limit, more than nothing and less than all of it: `"1/3"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "1/3", pattern = "^[1-9][0-9]?/[1-9][0-9]?$")]
pub struct Part([u32; 2]);

/// The text is no part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a part is like 1/3: two numbers up to 99, the first one smaller")]
pub struct BadPart;

impl Part {
    /// A third.
    pub const THIRD: Self = Self([1, 3]);
    /// A half.
    pub const HALF: Self = Self([1, 2]);

    /// Reads `1/3`.
    ///
    /// # Errors
    /// [`BadPart`] for anything else.
    pub fn parse(text: &str) -> Result<Self, BadPart> {
        let number = |digits: &str| {
            let plain = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<u32>().ok().filter(|_| plain)
        };
        let (of, whole) = text.split_once('/').ok_or(BadPart)?;
        match (number(of), number(whole)) {
            (Some(of), Some(whole)) if 0 < of && of < whole => Ok(Self([of, whole])),
            _ => Err(BadPart),
        }
    }

    /// This part of `amount`, a begun unit counted as a whole one.
    #[must_use]
    pub fn ceil(self, amount: u32) -> u32 {
        let [of, whole] = self.0;
        amount.saturating_mul(of).div_ceil(whole)
    }

    /// This part of `amount`, whole units only.
    #[must_use]
    pub fn floor(self, amount: u32) -> u32 {
        let [of, whole] = self.0;
        amount.saturating_mul(of) / whole
    }

    /// This part of a length of time.
    #[must_use]
    pub fn micros(self, time: i64) -> i64 {
        let [of, whole] = self.0;
        time.saturating_mul(of.into()) / i64::from(whole)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [of, whole] = self.0;
        write!(f, "{of}/{whole}")
    }
}

impl TryFrom<String> for Part {
    type Error = BadPart;
    fn try_from(text: String) -> Result<Self, BadPart> {
        Self::parse(&text)
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

/// When a clock warns. For a limit of N days yellow begins on the k-th last of them, where k is
/// `yellow_last` of N rounded up, at most `yellow_days_at_most`; blue after `blue_after` of N, rounded down,
/// without an action. For units of hours both are parts of the time itself.
///
/// The default is the contract's: Shouguang warns three days before the end, Yingzhou's blue card comes
/// when nothing has happened for half of a stage (`domain.md` 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Warnings {
    /// The last part of a limit, in which it is yellow.
    pub yellow_last: Part,
    /// At most so many days of yellow.
    pub yellow_days_at_most: u32,
    /// The part of a limit after which an idle case is blue.
    pub blue_after: Part,
}

impl Default for Warnings {
    fn default() -> Self {
        Self {
            yellow_last: Part::THIRD,
            yellow_days_at_most: 3,
            blue_after: Part::HALF,
        }
    }
}

impl Warnings {
    /// How many of the last of `days` are yellow: at least one.
    #[must_use]
    pub fn yellow_days(&self, days: u32) -> u32 {
        let most = self.yellow_days_at_most.max(1);
        self.yellow_last.ceil(days).clamp(1, most)
    }
}
