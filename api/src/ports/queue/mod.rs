//! The queue wakes the workers in time and feeds them ids. It may be lost at any moment and loses nothing by
//! that: timers and effects are rows, the claim that keeps two workers apart is made in the database, and a
//! sweep takes what no queue knows. So a queue says little: when something is due, and what is due now.
//!
//! Two of them: [`EmbeddedQueue`] inside the one process of a small installation, [`RedisQueue`] between
//! several. What both must hold stands once, in `suite`.

mod embedded;
mod line;
mod redis;
#[cfg(test)]
mod suite;

use domain::time::Timestamp;
use futures_util::future::BoxFuture;
use serde::Serialize;

pub use self::redis::{RedisQueue, RedisUrl};
pub use embedded::EmbeddedQueue;

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

impl TimerId {
    /// As a queue outside keeps it.
    fn word(&self) -> String {
        format!("{}/{}/{}", self.complaint, self.stage, self.round)
    }

    /// What [`TimerId::word`] made; `None` for anything else that lies in the queue.
    fn parse(word: &str) -> Option<Self> {
        let mut parts = word.split('/');
        let id = Self {
            complaint: parts.next()?.to_owned(),
            stage: parts.next()?.to_owned(),
            round: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(id)
    }
}

/// When a timer's next step is due, in case time; `None` takes it out.
pub type Mark = (TimerId, Option<Timestamp>);

/// What a worker asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Case time.
    pub now: Timestamp,
    /// Case time until which the ids handed out are this worker's; then they come back by themselves, as
    /// those of a worker that died must.
    pub lease_until: Timestamp,
    /// The most ids.
    pub limit: usize,
}

/// The queue does not answer; the sweep works alone until it does.
#[derive(Debug, thiserror::Error)]
#[error("the queue does not answer: {0}")]
pub struct QueueAway(pub String);

/// How a queue does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueState {
    /// `embedded` or `redis`.
    pub kind: &'static str,
    /// Whether it answers.
    pub up: bool,
    /// Ids it holds, due and to come, if it answers.
    pub depth: Option<u64>,
    /// What its operator should look at.
    pub warnings: Vec<String>,
}

/// Due ids, by case time.
pub trait Queue: Send + Sync {
    /// Says what became of timers, after the commit that changed them. Returns at once: no request waits for
    /// the queue, and what does not reach it the sweep finds.
    fn schedule(&self, marks: Vec<Mark>);
    /// Hands out what is due, the earliest first, and leases it.
    fn take_due(&self, wanted: Wanted) -> BoxFuture<'_, Result<Vec<TimerId>, QueueAway>>;
    /// Waits until everything scheduled so far has been handed on, or until that is hopeless.
    fn settled(&self) -> BoxFuture<'_, ()>;
    /// How it does.
    fn state(&self) -> BoxFuture<'_, QueueState>;
}
