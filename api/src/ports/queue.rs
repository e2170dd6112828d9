//! The queue wakes the worker in time and feeds it ids; it may be lost at any moment, because the database
//! is the truth and a sweep takes what the queue does not know. Redis joins behind the same trait later.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

use domain::time::Timestamp;

/// A timer, by its key in the database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimerId {
    /// The case.
    pub complaint: String,
    /// The stage's word.
    pub stage: String,
    /// The round.
    pub round: i32,
}

/// Due ids, by case time.
pub trait Queue: Send + Sync {
    /// Says when a timer's next step is due; `None` takes it out.
    fn schedule(&self, timer: TimerId, due: Option<Timestamp>);
    /// Takes out what is due, the earliest first.
    fn take_due(&self, now: Timestamp, limit: usize) -> Vec<TimerId>;
}

/// The queue of a single process: an ordered set in memory.
#[derive(Default)]
pub struct EmbeddedQueue {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    by_due: BTreeSet<(Timestamp, TimerId)>,
    due_of: HashMap<TimerId, Timestamp>,
}

impl EmbeddedQueue {
    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        // A panic inside leaves at worst a missing id, which the sweep finds.
        let mut inner = self
            .inner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        work(&mut inner)
    }
}

impl Queue for EmbeddedQueue {
    fn schedule(&self, timer: TimerId, due: Option<Timestamp>) {
        self.with(|inner| {
            if let Some(old) = inner.due_of.remove(&timer) {
                inner.by_due.remove(&(old, timer.clone()));
            }
            if let Some(due) = due {
                inner.due_of.insert(timer.clone(), due);
                inner.by_due.insert((due, timer));
            }
        });
    }

    fn take_due(&self, now: Timestamp, limit: usize) -> Vec<TimerId> {
        self.with(|inner| {
            let mut taken = Vec::new();
            while taken.len() < limit {
                match inner.by_due.first() {
                    Some((due, _)) if *due <= now => {}
                    _ => break,
                }
                if let Some((_, timer)) = inner.by_due.pop_first() {
                    inner.due_of.remove(&timer);
                    taken.push(timer);
                }
            }
            taken
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timer(name: &str) -> TimerId {
        TimerId {
            complaint: name.into(),
            stage: "accept".into(),
            round: 1,
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn gives_what_is_due_in_order_and_once() {
        let queue = EmbeddedQueue::default();
        queue.schedule(timer("b"), Some(at(20)));
        queue.schedule(timer("a"), Some(at(10)));
        queue.schedule(timer("c"), Some(at(30)));
        assert!(queue.take_due(at(9), 10).is_empty());
        assert_eq!(queue.take_due(at(20), 10), [timer("a"), timer("b")]);
        assert!(queue.take_due(at(20), 10).is_empty());
    }

    #[test]
    fn the_last_word_on_a_timer_counts() {
        let queue = EmbeddedQueue::default();
        queue.schedule(timer("a"), Some(at(10)));
        queue.schedule(timer("a"), Some(at(50)));
        assert!(queue.take_due(at(20), 10).is_empty());
        queue.schedule(timer("a"), None);
        assert!(queue.take_due(at(99), 10).is_empty());
    }
}
