//! The queue of a single process: an ordered set in memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

use domain::time::Timestamp;
use futures_util::future::{self, BoxFuture, FutureExt as _};

use super::{Mark, Queue, QueueAway, QueueState, TimerId, Wanted};

/// Ids by their due time. A restart begins with none, and the sweep fills the gap.
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

impl Inner {
    fn set(&mut self, timer: TimerId, due: Option<Timestamp>) {
        if let Some(old) = self.due_of.remove(&timer) {
            self.by_due.remove(&(old, timer.clone()));
        }
        if let Some(due) = due {
            self.due_of.insert(timer.clone(), due);
            self.by_due.insert((due, timer));
        }
    }

    fn take(&mut self, wanted: Wanted) -> Vec<TimerId> {
        let due = |(due, _): &&(Timestamp, TimerId)| *due <= wanted.now;
        let taken = self.by_due.iter().take_while(due).take(wanted.limit);
        let taken: Vec<TimerId> = taken.map(|(_, timer)| timer.clone()).collect();
        for timer in &taken {
            self.set(timer.clone(), Some(wanted.lease_until));
        }
        taken
    }
}

impl Queue for EmbeddedQueue {
    fn schedule(&self, marks: Vec<Mark>) {
        self.with(|inner| {
            for (timer, due) in marks {
                inner.set(timer, due);
            }
        });
    }

    fn take_due(&self, wanted: Wanted) -> BoxFuture<'_, Result<Vec<TimerId>, QueueAway>> {
        future::ready(Ok(self.with(|inner| inner.take(wanted)))).boxed()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        future::ready(()).boxed()
    }

    fn state(&self) -> BoxFuture<'_, QueueState> {
        let depth = self.with(|inner| inner.due_of.len());
        let state = QueueState {
            kind: "embedded",
            up: true,
            depth: u64::try_from(depth).ok(),
            warnings: Vec::new(),
        };
        future::ready(state).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::super::suite;
    use super::*;

    #[actix_web::test]
    async fn holds_what_every_queue_must() {
        suite::holds(&EmbeddedQueue::default()).await;
    }
}
