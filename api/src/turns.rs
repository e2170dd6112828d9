//! Turns for expensive work, and a short queue before them: without either, a flood of it would stop everything else.

use std::sync::Arc;

use store::StoreError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The turns and the queue.
pub struct Turns {
    /// Everybody who waits or works.
    places: Arc<Semaphore>,
    /// Everybody who works.
    turns: Arc<Semaphore>,
}

impl Turns {
    /// So many at a time, and so many who wait.
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

/// The right to work, until dropped. It goes with the work to the thread that does it, so that a caller who hangs up
/// meanwhile does not let one more in.
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}
