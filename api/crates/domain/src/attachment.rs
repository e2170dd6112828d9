//! Photographs: how many a case takes, how long an unused one is kept, who may look at it, and what is blackened
//! before a voucher is shown to everybody (`security.md` 1.4.6).

use serde::{Deserialize, Serialize};

use crate::complaint::access::Standing;
use crate::complaint::state::Work;
use crate::time::Timestamp;

/// Bytes of a file as it is sent.
pub const MOST_BYTES: usize = 10 << 20;
/// Photos of one case.
pub const MOST_IN_A_CASE: usize = 6;
/// Bytes of all photos of one case, as they are kept.
pub const MOST_BYTES_IN_A_CASE: i64 = 30 << 20;
/// Seconds of wall time that an unused photo is kept: a week, for whoever finishes writing another day.
pub const UNUSED_SECONDS: i64 = 7 * 86_400;
/// Pixels along a side of a picture as it is sent.
pub const LONGEST_SIDE: u32 = 12_000;
/// Pixels of a picture as it is sent.
pub const MOST_PIXELS: u64 = 40_000_000;
/// Boxes that may be drawn into one voucher.
pub const MOST_BOXES: usize = 100;

/// Until when a photo uploaded now may be used.
#[must_use]
pub fn usable_until(now: Timestamp) -> Timestamp {
    now.plus_seconds(UNUSED_SECONDS)
}

/// What a picture is kept as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Media {
    /// Photographs, and whatever has no transparent place.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// With transparent places.
    #[serde(rename = "image/png")]
    Png,
}

impl Media {
    /// The media type, as tables and HTTP have it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Reads [`Media::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png]
            .into_iter()
            .find(|media| media.as_str() == text)
    }

    /// How a file of it is called.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// Why a case takes no more photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// More than [`MOST_IN_A_CASE`].
    TooMany,
    /// More than [`MOST_BYTES_IN_A_CASE`].
    TooLarge,
}

/// Whether a case with photos of so many bytes each may have them.
///
/// # Errors
/// [`Full`].
pub fn fits(bytes: impl IntoIterator<Item = i64>) -> Result<(), Full> {
    let (mut count, mut sum) = (0, 0_i64);
    for one in bytes {
        count += 1;
        sum = sum.saturating_add(one);
    }
    if count > MOST_IN_A_CASE {
        Err(Full::TooMany)
    } else if sum > MOST_BYTES_IN_A_CASE {
        Err(Full::TooLarge)
    } else {
        Ok(())
    }
}

/// Which photos of a case go to the unit that works on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Share {
    /// None: a photo may show who took it.
    #[default]
    None,
    /// Those there are at this moment; what comes later has not been looked at.
    All,
    /// These numbers.
    These(Vec<i32>),
}

impl Share {
    /// The numbers it names by itself: none unless somebody has looked which there are.
    #[must_use]
    pub fn numbers(&self) -> Vec<i32> {
        match self {
            Self::None | Self::All => Vec::new(),
            Self::These(numbers) => numbers.clone(),
        }
    }

    /// The numbers, out of those there are.
    ///
    /// # Errors
    /// The place in the list of one that there is not.
    pub fn among(&self, existing: &[i32]) -> Result<Vec<i32>, usize> {
        match self {
            Self::None => Ok(Vec::new()),
            Self::All => Ok(existing.to_vec()),
            Self::These(numbers) => {
                if let Some(place) = numbers.iter().position(|no| !existing.contains(no)) {
                    return Err(place);
                }
                let mut numbers = numbers.clone();
                numbers.sort_unstable();
                numbers.dedup();
                Ok(numbers)
            }
        }
    }
}

/// Whether somebody who may know of a case may look at its photo `no`: who reads the complainant's words may, the
/// unit that works on it only what was shared with it.
#[must_use]
pub fn may_see(standing: Standing, work: Option<&Work>, no: i32) -> bool {
    standing.reads_words()
        || standing.responsible && work.is_some_and(|work| work.photos.contains(&no))
}

/// A black box, in whole pixels from the upper left corner of the picture as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rectangle {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// At least 1.
    #[schema(minimum = 1)]
    pub width: u32,
    /// At least 1.
    #[schema(minimum = 1)]
    pub height: u32,
}

impl Rectangle {
    /// Whether it covers something and lies within a picture of that size: one that is half outside was drawn onto
    /// another picture.
    #[must_use]
    pub fn lies_within(self, width: u32, height: u32) -> bool {
        let inside = |from: u32, length: u32, all: u32| {
            length > 0 && from.checked_add(length).is_some_and(|end| end <= all)
        };
        inside(self.x, self.width, width) && inside(self.y, self.height, height)
    }
}

/// How far a voucher's picture is on its way to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoucherState {
    /// As it was uploaded; nobody outside sees it.
    Uploaded,
    /// Somebody drew the boxes.
    Redacted,
    /// Somebody else of the supervision committee looked at what is left.
    Confirmed,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::OrganisationId;

    #[test]
    fn a_case_takes_six_and_thirty_mebibytes() {
        assert_eq!(fits([1; 6]), Ok(()));
        assert_eq!(fits([1; 7]), Err(Full::TooMany));
        assert_eq!(fits([MOST_BYTES_IN_A_CASE]), Ok(()));
        assert_eq!(fits([MOST_BYTES_IN_A_CASE, 1]), Err(Full::TooLarge));
        assert_eq!(fits([i64::MAX, i64::MAX]), Err(Full::TooLarge));
    }

    #[test]
    fn only_what_is_there_can_be_shared() {
        assert_eq!(Share::None.among(&[1, 2]), Ok(vec![]));
        assert_eq!(Share::All.among(&[1, 2]), Ok(vec![1, 2]));
        assert_eq!(Share::These(vec![2, 1, 2]).among(&[1, 2]), Ok(vec![1, 2]));
        assert_eq!(Share::These(vec![1, 3]).among(&[1, 2]), Err(1));
    }

    #[test]
    fn the_unit_at_work_sees_what_was_shared() {
        let work = Work {
            responsible: OrganisationId::try_from("unit").unwrap(),
            brief: "核实".into(),
            photos: vec![2],
            dispatched_at: Timestamp::from_micros(0),
        };
        let at_work = Standing {
            responsible: true,
            ..Standing::default()
        };
        assert!(may_see(at_work, Some(&work), 2));
        assert!(!may_see(at_work, Some(&work), 1));
        assert!(!may_see(at_work, None, 2));
        assert!(!may_see(Standing::default(), Some(&work), 2));
        for reader in [
            Standing {
                supervising: true,
                ..Standing::default()
            },
            Standing {
                upper: true,
                ..Standing::default()
            },
            Standing {
                asked: true,
                ..Standing::default()
            },
        ] {
            assert!(may_see(reader, None, 1));
        }
    }

    #[test]
    fn a_box_lies_within_the_picture() {
        let whole = Rectangle {
            x: 0,
            y: 0,
            width: 4,
            height: 3,
        };
        assert!(whole.lies_within(4, 3));
        assert!(!whole.lies_within(3, 4));
        assert!(!Rectangle { width: 0, ..whole }.lies_within(4, 3));
        assert!(
            !Rectangle {
                x: u32::MAX,
                ..whole
            }
            .lies_within(4, 3)
        );
        assert!(!Rectangle { y: 1, ..whole }.lies_within(4, 3));
    }
}
