//! Turns for work that is expensive on purpose or by nature: a few at a time, a short queue before them, and for
//! everybody else the word to come back. Without an end a queue would only hide that nothing goes on.

use std::sync::Arc;

use store::StoreError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The turns and the queue before them.
pub struct Turns {
    /// Everybody who waits or works.
    places: Arc<Semaphore>,
    /// Everybody who works.
    turns: Arc<Semaphore>,
}

impl Turns {
    /// So many at a time, and so many more who may wait.
    #[must_use]
    pub fn new(at_a_time: usize, waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_a_time + waiting)),
            turns: Arc::new(Semaphore::new(at_a_time)),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`StoreError::Busy`] at once when the queue is full.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
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
        })
    }
}

/// The right to work, until dropped. It goes with the work to the thread that does it, so that a caller who hangs
/// up meanwhile does not let one more in.
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
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
}
