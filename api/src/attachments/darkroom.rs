//! Where pictures are made, two at a time: each takes up to 256 MiB and a second of a core, and comes from whoever
//! likes to send one.

use std::sync::Arc;

use domain::attachment::Rectangle;
use store::StoreError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::picture::{self, Picture};
use crate::codes::Code;
use crate::error::ServiceError;
use crate::turns::Turns;

/// Pictures made at a time.
const AT_A_TIME: usize = 2;
/// Pictures that wait for a turn, in memory, before callers are told to come back.
const WAITING: usize = 16;
/// Forms that are read at a time, up to 10 MiB each; a photo on a weak line takes minutes to come in.
const READING: usize = 48;

/// The turns.
pub struct Darkroom {
    doors: Arc<Semaphore>,
    turns: Turns,
}

impl Default for Darkroom {
    fn default() -> Self {
        Self {
            doors: Arc::new(Semaphore::new(READING)),
            turns: Turns::new(AT_A_TIME, WAITING),
        }
    }
}

impl Darkroom {
    /// The right to send a picture in, until dropped.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when too many do.
    pub fn door(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        Arc::clone(&self.doors)
            .try_acquire_owned()
            .map_err(|_| StoreError::Busy)
    }

    /// See [`picture::develop`]; one of an asker's at a time.
    ///
    /// # Errors
    /// Its codes, or [`StoreError::Busy`].
    pub async fn develop(&self, asker: &str, sent: Vec<u8>) -> Result<Picture, ServiceError> {
        self.work(asker, move || picture::develop(&sent)).await
    }

    /// See [`picture::blacken`].
    ///
    /// # Errors
    /// Its codes, or [`StoreError::Busy`].
    pub async fn blacken(
        &self,
        asker: &str,
        ours: Vec<u8>,
        boxes: Vec<Rectangle>,
    ) -> Result<Picture, ServiceError> {
        self.work(asker, move || picture::blacken(&ours, &boxes))
            .await
    }

    async fn work(
        &self,
        asker: &str,
        work: impl FnOnce() -> Result<Picture, Code> + Send + 'static,
    ) -> Result<Picture, ServiceError> {
        let turn = self.turns.turn_of(asker).await?;
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        // No picture is known that makes a decoder panic; the one that does is no picture.
        done.await
            .unwrap_or(Err(Code::ImageUnreadable))
            .map_err(ServiceError::Rule)
    }
}
