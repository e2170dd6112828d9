//! The pause after wrong passwords and codes, by name, whether or not there is such an account. It grows
//! from one second to a minute and never becomes a lock: whoever could lock staff out would do it on the
//! day of a deadline. In memory, in wall time, one process alone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::canon::sha256_hex;
use domain::time::Timestamp;

/// Failures without a pause: people mistype.
const FREE: u32 = 5;
/// The longest pause, in seconds.
const LONGEST_SECONDS: u32 = 60;
/// Seconds after which failures are forgotten.
const MEMORY_SECONDS: i64 = 3600;
/// Names remembered at a time.
const NAMES: usize = 10_000;

struct Failures {
    count: u32,
    last: Timestamp,
    until: Timestamp,
}

/// Failures by name.
#[derive(Default)]
pub struct Tries(Mutex<HashMap<String, Failures>>);

/// Names have one length here, whatever was typed.
fn key(username: &str) -> String {
    sha256_hex(username.as_bytes())
}

impl Tries {
    fn names(&self) -> std::sync::MutexGuard<'_, HashMap<String, Failures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seconds until the name may be tried again, `None` when at once.
    #[must_use]
    pub fn wait(&self, username: &str, now: Timestamp) -> Option<u32> {
        let names = self.names();
        let left = names.get(&key(username))?.until.micros_since(now);
        // Longer than any pause: it began while the machine's clock was ahead, and must not become a lock.
        if left <= 0 || left > i64::from(LONGEST_SECONDS) * 1_000_000 {
            return None;
        }
        let seconds = left.saturating_add(999_999) / 1_000_000;
        Some(u32::try_from(seconds).unwrap_or(LONGEST_SECONDS))
    }

    /// The name was tried with something wrong.
    pub fn failed(&self, username: &str, now: Timestamp) {
        let mut names = self.names();
        let key = key(username);
        if names.len() >= NAMES && !names.contains_key(&key) {
            names.retain(|_, found| now.micros_since(found.last) < MEMORY_SECONDS * 1_000_000);
        }
        if names.len() >= NAMES && !names.contains_key(&key) {
            let oldest = names.iter().min_by_key(|(_, found)| found.last);
            if let Some(oldest) = oldest.map(|(name, _)| name.clone()) {
                names.remove(&oldest);
            }
        }
        let found = names.entry(key).or_insert(Failures {
            count: 0,
            last: now,
            until: now,
        });
        if now.micros_since(found.last) >= MEMORY_SECONDS * 1_000_000 {
            found.count = 0;
        }
        found.count = found.count.saturating_add(1);
        found.last = now;
        let pause = match found.count.checked_sub(FREE + 1) {
            None => 0,
            Some(doublings) => 1_u32
                .checked_shl(doublings)
                .unwrap_or(LONGEST_SECONDS)
                .min(LONGEST_SECONDS),
        };
        found.until = now.plus_seconds(i64::from(pause));
    }

    /// The name was tried with everything right.
    pub fn succeeded(&self, username: &str) {
        self.names().remove(&key(username));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros((1_000_000 + seconds) * 1_000_000)
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_end_with_a_success() {
        let tries = Tries::default();
        let mut now = 0;
        for _ in 0..FREE {
            tries.failed("a", at(now));
            assert_eq!(tries.wait("a", at(now)), None);
        }
        for pause in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            tries.failed("a", at(now));
            assert_eq!(tries.wait("a", at(now)), Some(pause));
            now += i64::from(pause);
            assert_eq!(tries.wait("a", at(now)), None);
        }
        for _ in 0..40 {
            tries.failed("a", at(now));
        }
        assert_eq!(tries.wait("a", at(now)), Some(60));
        assert_eq!(tries.wait("b", at(now)), None);
        tries.succeeded("a");
        assert_eq!(tries.wait("a", at(now)), None);
    }

    #[test]
    fn an_hour_later_all_is_forgotten() {
        let tries = Tries::default();
        for _ in 0..20 {
            tries.failed("a", at(0));
        }
        tries.failed("a", at(3600));
        assert_eq!(tries.wait("a", at(3600)), None);
    }

    #[test]
    fn a_pause_begun_by_a_clock_that_was_ahead_locks_nobody_out() {
        let tries = Tries::default();
        for _ in 0..20 {
            tries.failed("a", at(400 * 86_400));
        }
        assert_eq!(tries.wait("a", at(400 * 86_400)), Some(60));
        assert_eq!(tries.wait("a", at(0)), None);
        // And guesses go on being slowed down.
        tries.failed("a", at(0));
        assert_eq!(tries.wait("a", at(0)), Some(60));
    }

    #[test]
    fn memory_is_bounded() {
        let tries = Tries::default();
        for number in 0..NAMES + 10 {
            tries.failed(&number.to_string(), at(0));
        }
        assert_eq!(tries.names().len(), NAMES);
    }
}
