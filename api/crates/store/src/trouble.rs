//! What keeps a database from its work, by its own words; told in the log without a flood, and remembered where an
//! operator has to do something about it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What an operator would do about it tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It does not answer.
    Away,
    /// It has no room, or cannot write.
    Disk,
    /// It is a standby, or was told to take no writes.
    ReadOnly,
    /// It went away during a COMMIT: nobody knows whether that was kept.
    Unknown,
}

/// Words of both engines for a disk that takes nothing.
const DISK: [&str; 4] = [
    "database or disk is full",
    "disk I/O error",
    "No space left",
    "could not extend file",
];
/// Words of both engines for a database that may only be read.
pub(crate) const READ_ONLY: [&str; 3] =
    ["read-only transaction", "readonly database", "hot standby"];
/// A trouble that lasts is told again after so long.
const PAUSE: Duration = Duration::from_secs(60);

impl Trouble {
    /// What the words of a [`crate::StoreError::Unavailable`] speak of.
    #[must_use]
    pub fn of(reason: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|words| reason.contains(words));
        if says(&DISK) {
            Self::Disk
        } else if says(&READ_ONLY) {
            Self::ReadOnly
        } else {
            Self::Away
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Away => "the database is away",
            Self::Disk => "the disk of the database is full or fails: writes are refused",
            Self::ReadOnly => "the database is read-only: writes are refused",
            Self::Unknown => {
                "the database went away during a COMMIT: whether it was kept is not known"
            }
        }
    }

    /// Logs it, each kind once a minute: every request meets the same.
    pub fn tell(self, reason: &str) {
        static TOLD: Mutex<[Option<Instant>; 4]> = Mutex::new([None; 4]);
        let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(last) = told.get_mut(self as usize) else {
            return;
        };
        if last.is_none_or(|last| last.elapsed() >= PAUSE) {
            *last = Some(Instant::now());
            tracing::error!(%reason, "{}", self.words());
        }
    }
}

/// Whether there is room for writes, as the last ones found it.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// When the last write found none.
    none: Mutex<Option<Instant>>,
    /// When somebody last tried for trying's sake.
    tried: Mutex<Option<Instant>>,
}

/// A write that found no room counts for so long, whatever was kept since: one that changes nothing needs none.
const STANDS: Duration = Duration::from_secs(15);
/// The shortest time between two writes that only try.
const BETWEEN_TRIES: Duration = Duration::from_secs(1);

impl Room {
    /// A write ended; with what trouble, if any.
    pub(crate) fn met(&self, trouble: Option<Trouble>) {
        let mut none = self.none.lock().unwrap_or_else(PoisonError::into_inner);
        match trouble {
            Some(Trouble::Disk) => *none = Some(Instant::now()),
            Some(_) => {}
            None => *none = none.filter(|since| since.elapsed() < STANDS),
        }
    }

    /// Whether the last write that needed room found none.
    pub(crate) fn is_none(&self) -> bool {
        let none = self.none.lock().unwrap_or_else(PoisonError::into_inner);
        none.is_some()
    }

    /// A write that surely needed room found it.
    pub(crate) fn is_there(&self) {
        *self.none.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether somebody should try to write, because nobody else may for a long time: a process to which nobody is sent,
    /// because it has no room, would never learn that it has.
    pub(crate) fn is_to_be_tried(&self) -> bool {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let due = self.is_none() && tried.is_none_or(|tried| tried.elapsed() >= BETWEEN_TRIES);
        if due {
            *tried = Some(Instant::now());
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_are_told_apart_by_the_engines_words() {
        let full = "could not extend file \"base/5/2619\": No space left on device";
        assert_eq!(Trouble::of(full), Trouble::Disk);
        assert_eq!(Trouble::of("database or disk is full"), Trouble::Disk);
        let standby = "cannot execute INSERT in a read-only transaction";
        assert_eq!(Trouble::of(standby), Trouble::ReadOnly);
        assert_eq!(Trouble::of("connection refused"), Trouble::Away);
    }

    #[test]
    fn one_write_that_is_kept_does_not_hide_a_full_disk_at_once() {
        let room = Room::default();
        room.met(Some(Trouble::Away));
        assert!(!room.is_none());
        room.met(Some(Trouble::Disk));
        room.met(None);
        assert!(room.is_none());
        let past = Instant::now().checked_sub(STANDS).unwrap();
        *room.none.lock().unwrap() = Some(past);
        assert!(room.is_none(), "nothing was kept since");
        room.met(None);
        assert!(!room.is_none());
    }

    #[test]
    fn room_is_tried_for_only_where_there_was_none_and_not_all_the_time() {
        let room = Room::default();
        assert!(!room.is_to_be_tried());
        room.met(Some(Trouble::Disk));
        assert!(room.is_to_be_tried());
        assert!(!room.is_to_be_tried(), "somebody is at it");
        *room.tried.lock().unwrap() = Instant::now().checked_sub(BETWEEN_TRIES);
        assert!(room.is_to_be_tried());
        room.is_there();
        assert!(!room.is_none());
    }
}
