//! Readings under way, so that a thousand who wish for the same wait for one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

use store::Generation;
use tokio::sync::OnceCell;

use crate::http::finished::Finished;

/// What became of one reading, for those who waited for it.
#[derive(Clone)]
pub enum Outcome {
    /// It is everybody's.
    Shared(Arc<Finished>),
    /// A refusal, or right only at its own moment: each reads for himself.
    Alone,
}

type Flight = Arc<OnceCell<Outcome>>;
/// Readings by what is wished for and the state of what is public: whoever comes after a publication does not wait for
/// what was begun before it.
pub type Flights = Mutex<HashMap<(String, Generation), Flight>>;

/// A place among those who wait for one reading.
pub struct Seat<'a> {
    flights: &'a Flights,
    key: (String, Generation),
    /// Whoever comes first begins it; when he hangs up, the next one does.
    pub flight: Flight,
}

impl<'a> Seat<'a> {
    /// Joins those who wait, or is the first.
    pub fn take(flights: &'a Flights, key: &str, generation: Generation) -> Self {
        let key = (key.to_owned(), generation);
        let mut all = flights.lock().unwrap_or_else(PoisonError::into_inner);
        let flight = Arc::clone(all.entry(key.clone()).or_default());
        drop(all);
        Self {
            flights,
            key,
            flight,
        }
    }

    /// Nobody joins any more.
    pub fn clear(&self) {
        let mut all = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(entry) = all.entry(self.key.clone())
            && Arc::ptr_eq(entry.get(), &self.flight)
        {
            entry.remove();
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        // The last who hangs up before anything was read clears the table.
        if Arc::strong_count(&self.flight) <= 2 {
            self.clear();
        }
    }
}
