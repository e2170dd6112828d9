//! Failed logins, and the pause after them: by name, whether or not there is such an account. It grows from one
//! second to a minute and never becomes a lock: whoever could lock staff out would do it on the day of a deadline
//! (`security.md` 1.4.11). All times here are wall time.

use crate::time::Timestamp;

/// Failures without a pause: people mistype.
pub const FREE: u32 = 5;
/// The longest pause, in seconds.
const LONGEST_SECONDS: u32 = 60;
/// Seconds after which failures are forgotten.
const MEMORY_SECONDS: i64 = 3600;
/// Places to count in. Names fall into them by a keyed digest, so that no flood of invented names needs more than
/// these. Enough that a flood does not hold up those whom it does not mean: a hundred guesses a second keep a machine's
/// hashes busy, and after an hour of them fewer than two names in a million share their place with more than five.
const SLOTS: u32 = 1 << 20;

/// A place in which the failures with a name are counted. Which name it is cannot be told from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot(u32);

impl Slot {
    /// The place of a name with this digest, which must be keyed: who could aim at a place could hold up anybody by a
    /// name that looks like another's.
    #[must_use]
    pub fn of(digest: &[u8; 32]) -> Self {
        let [a, b, c, d, ..] = *digest;
        Self(u32::from_be_bytes([a, b, c, d]) % SLOTS)
    }

    /// Its number, below 2^20.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }
}

/// What is remembered of a place: how often something wrong was tried there, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// Failures since the last success, or since all before were forgotten.
    pub count: u32,
    /// The last of them.
    pub last_at: Timestamp,
}

impl Tries {
    /// The seconds after a failure in which nothing is tried.
    fn pause(self) -> u32 {
        match self.count.checked_sub(FREE + 1) {
            None => 0,
            // 2^6 is more than the longest.
            Some(doublings) => (1 << doublings.min(6)).min(LONGEST_SECONDS),
        }
    }

    /// Whether it is as if nothing had been: after an hour, or when it was written by a clock that is wrong. (Of two
    /// machines one may be a little ahead; one that is hours ahead must not lock anybody out for hours.)
    fn is_forgotten(self, now: Timestamp) -> bool {
        let ago = now.micros_since(self.last_at);
        ago >= MEMORY_SECONDS * 1_000_000 || ago < -i64::from(LONGEST_SECONDS) * 1_000_000
    }

    /// Whole seconds until the next try, at most a minute; `None` when it may be made at once.
    #[must_use]
    pub fn wait(self, now: Timestamp) -> Option<u32> {
        let until = self.last_at.plus_seconds(i64::from(self.pause()));
        let left = until.micros_since(now);
        if left <= 0 || self.pause() == 0 || self.is_forgotten(now) {
            return None;
        }
        let seconds = u32::try_from(left.saturating_add(999_999) / 1_000_000);
        Some(seconds.unwrap_or(LONGEST_SECONDS).min(LONGEST_SECONDS))
    }

    /// Counts a try that is about to be made, as the failure that it is until it has succeeded: of many that are made
    /// at once, through however many doors, each is counted before it can be right.
    ///
    /// # Errors
    /// The seconds to wait, when it may not be made yet.
    pub fn count(known: Option<Self>, now: Timestamp) -> Result<Self, u32> {
        match known.and_then(|tries| tries.wait(now)) {
            Some(seconds) => Err(seconds),
            None => Ok(Self {
                count: match known {
                    Some(tries) if !tries.is_forgotten(now) => tries.count.saturating_add(1),
                    _ => 1,
                },
                last_at: now,
            }),
        }
    }

    /// What was last tried before this is forgotten.
    #[must_use]
    pub fn forgotten_before(now: Timestamp) -> Timestamp {
        now.plus_seconds(-MEMORY_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros((1_000_000 + seconds) * 1_000_000)
    }

    /// So many failures, each as soon as it may be.
    fn after(failures: u32) -> (Tries, i64) {
        let (mut tries, mut now) = (None, 0);
        for _ in 0..failures {
            now += i64::from(
                tries
                    .and_then(|tries: Tries| tries.wait(at(now)))
                    .unwrap_or(0),
            );
            tries = Some(Tries::count(tries, at(now)).unwrap());
        }
        (tries.unwrap(), now)
    }

    #[test]
    fn pauses_double_up_to_a_minute() {
        for failures in 1..=FREE {
            let (tries, now) = after(failures);
            assert_eq!((tries.wait(at(now)), now), (None, 0));
        }
        for (failures, pause) in (FREE + 1..).zip([1, 2, 4, 8, 16, 32, 60, 60, 60]) {
            let (tries, now) = after(failures);
            assert_eq!(tries.wait(at(now)), Some(pause));
            assert_eq!(Tries::count(Some(tries), at(now)), Err(pause));
            let over = at(now + i64::from(pause));
            assert_eq!(tries.wait(over), None);
            assert_eq!(Tries::count(Some(tries), over).unwrap().count, failures + 1);
        }
        let many = Tries {
            count: u32::MAX,
            last_at: at(0),
        };
        assert_eq!(many.wait(at(0)), Some(60));
        assert_eq!(many.wait(at(60)), None, "never a lock");
        assert_eq!(Tries::count(Some(many), at(60)).unwrap().count, u32::MAX);
    }

    #[test]
    fn what_is_left_of_a_second_is_a_second() {
        let (tries, now) = after(FREE + 1);
        let almost = Timestamp::from_micros(at(now + 1).micros() - 1);
        assert_eq!(tries.wait(almost), Some(1));
    }

    #[test]
    fn an_hour_later_all_is_forgotten() {
        let (tries, now) = after(FREE + 10);
        assert_eq!(
            Tries::count(Some(tries), at(now + 3599)).unwrap().count,
            FREE + 11
        );
        assert_eq!(Tries::count(Some(tries), at(now + 3600)).unwrap().count, 1);
        assert!(Tries::forgotten_before(at(now + 3600)) >= tries.last_at);
        assert!(Tries::forgotten_before(at(now + 3599)) < tries.last_at);
    }

    #[test]
    fn a_clock_that_is_wrong_locks_nobody_out() {
        let (tries, now) = after(FREE + 10);
        // Another machine, half a minute behind: it waits, and says no more than a minute.
        assert_eq!(tries.wait(at(now - 30)), Some(60));
        // Two hours behind.
        assert_eq!(tries.wait(at(now - 7200)), None);
        assert_eq!(Tries::count(Some(tries), at(now - 7200)).unwrap().count, 1);
    }

    #[test]
    fn there_are_no_more_places_than_these() {
        for byte in 0..=u8::MAX {
            assert!(Slot::of(&[byte; 32]).number() < SLOTS);
        }
        assert_eq!(Slot::of(&[255; 32]).number(), SLOTS - 1);
    }
}
