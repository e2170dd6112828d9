//! Turns for work that is expensive on purpose or by nature: a few at a time, a short queue before them, and for
//! everybody else the word to come back. Without an end a queue would only hide that nothing goes on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use store::StoreError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The turns and the queue before them.
pub struct Turns {
    /// Everybody who waits or works.
    places: Arc<Semaphore>,
    /// Everybody who works.
    turns: Arc<Semaphore>,
    /// Of one asker: so many may wait or work.
    of_one: usize,
    askers: Arc<Mutex<HashMap<String, Asker>>>,
}

/// Somebody who waits or works: one turn at a time, so that whoever sends much leaves the others theirs.
struct Asker {
    turn: Arc<Semaphore>,
    places: usize,
}

impl Turns {
    /// So many at a time, and so many more who may wait; of one asker no more than half of those.
    #[must_use]
    pub fn new(at_a_time: usize, waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_a_time + waiting)),
            turns: Arc::new(Semaphore::new(at_a_time)),
            of_one: (waiting / 2).max(1),
            askers: Arc::default(),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`StoreError::Busy`] at once when the queue is full.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
        self.next(None).await
    }

    /// The same for somebody who may ask for many: one of his at a time.
    ///
    /// # Errors
    /// [`StoreError::Busy`] at once when the queue is full, or half of it with his.
    pub async fn turn_of(&self, asker: &str) -> Result<Turn, StoreError> {
        let place = self.place_of(asker)?;
        let busy = |_| StoreError::Busy;
        let own = Arc::clone(&place.turn)
            .acquire_owned()
            .await
            .map_err(busy)?;
        self.next(Some((own, place))).await
    }

    async fn next(
        &self,
        own: Option<(OwnedSemaphorePermit, OwnPlace)>,
    ) -> Result<Turn, StoreError> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| StoreError::Busy)?;
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Busy)?;
        Ok(Turn {
            _turn: turn,
            _place: place,
            _own: own,
        })
    }

    fn place_of(&self, asker: &str) -> Result<OwnPlace, StoreError> {
        let mut askers = self.askers.lock().unwrap_or_else(PoisonError::into_inner);
        let one = askers.entry(asker.to_owned()).or_insert_with(|| Asker {
            turn: Arc::new(Semaphore::new(1)),
            places: 0,
        });
        if one.places >= self.of_one {
            return Err(StoreError::Busy);
        }
        one.places += 1;
        Ok(OwnPlace {
            asker: asker.to_owned(),
            turn: Arc::clone(&one.turn),
            askers: Arc::clone(&self.askers),
        })
    }
}

/// One of somebody's places, until dropped.
struct OwnPlace {
    asker: String,
    turn: Arc<Semaphore>,
    askers: Arc<Mutex<HashMap<String, Asker>>>,
}

impl Drop for OwnPlace {
    fn drop(&mut self) {
        let mut askers = self.askers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = askers.get_mut(&self.asker) {
            one.places = one.places.saturating_sub(1);
            if one.places == 0 {
                askers.remove(&self.asker);
            }
        }
    }
}

/// The right to work, until dropped. It goes with the work to the thread that does it, so that a caller who hangs
/// up meanwhile does not let one more in.
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
    _own: Option<(OwnedSemaphorePermit, OwnPlace)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn the_queue_has_an_end() {
        const WAITING: usize = 5;
        let turns = Arc::new(Turns::new(1, WAITING));
        let first = turns.turn().await.unwrap();
        let waiting: Vec<_> = (0..WAITING)
            .map(|_| {
                let turns = Arc::clone(&turns);
                actix_web::rt::spawn(async move { turns.turn().await.is_ok() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(matches!(turns.turn().await, Err(StoreError::Busy)));
        drop(first);
        for waiter in waiting {
            assert!(waiter.await.unwrap());
        }
    }

    #[actix_web::test]
    async fn whoever_sends_much_leaves_the_others_their_turns() {
        let turns = Arc::new(Turns::new(2, 8));
        let working = turns.turn_of("greedy").await.unwrap();
        let more: Vec<_> = (0..3)
            .map(|_| {
                let turns = Arc::clone(&turns);
                actix_web::rt::spawn(async move { turns.turn_of("greedy").await.is_ok() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(matches!(
            turns.turn_of("greedy").await,
            Err(StoreError::Busy)
        ));
        // The second turn is free all the time, also for two, one after the other.
        for other in ["modest", "modest"] {
            let turn =
                tokio::time::timeout(std::time::Duration::from_secs(5), turns.turn_of(other));
            drop(turn.await.unwrap().unwrap());
        }
        drop(working);
        for one in more {
            assert!(one.await.unwrap());
        }
        assert!(
            turns.askers.lock().unwrap().is_empty(),
            "nobody is remembered"
        );
    }
}
