//! The search in memory, made from the tree as it is in the database. Every search looks at one number there that an
//! import changes, so that what it finds is of the tree it sees; of a tree so large that making it anew takes a second,
//! the old one answers until the new one is there.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::region::search::Index;
use store::{Db, StoreError, Tx};

/// Names up to which a search waits for the new index.
const LARGE: usize = 50_000;

struct Kept {
    epoch: i64,
    index: Index,
}

/// What one process keeps for it.
#[derive(Default)]
pub struct Finder {
    kept: RwLock<Option<Arc<Kept>>>,
    /// Held by whoever makes it, so that one does.
    making: Mutex<()>,
    /// Where those wait who came before there was any: outside of the database, whose connections others need.
    first: tokio::sync::Mutex<()>,
}

/// An index to search in.
pub struct Ready(Arc<Kept>);

impl std::ops::Deref for Ready {
    type Target = Index;
    fn deref(&self) -> &Index {
        &self.0.index
    }
}

impl Finder {
    fn kept(&self) -> Option<Arc<Kept>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
    }

    /// Waits until there is one to begin with.
    ///
    /// # Errors
    /// The store's.
    pub async fn begun(self: &Arc<Self>, db: &Db) -> Result<(), StoreError> {
        if self.kept().is_some() {
            return Ok(());
        }
        let _turn = self.first.lock().await;
        match self.kept() {
            Some(_) => Ok(()),
            None => Arc::clone(self).renew(db.clone()).await,
        }
    }

    /// The index of the tree that this transaction sees, and whether it is a large one's of before that somebody should
    /// make anew ([`Finder::renew`]).
    ///
    /// # Errors
    /// The store's.
    pub fn of(&self, tx: &mut Tx<'_>) -> Result<(Ready, bool), StoreError> {
        let epoch = store::regions::epoch(tx)?;
        if let Some(kept) = self.kept() {
            if kept.epoch == epoch {
                return Ok((Ready(kept), false));
            }
            if kept.index.len() > LARGE {
                return Ok((Ready(kept), true));
            }
        }
        Ok((Ready(self.made(tx, epoch)?), false))
    }

    fn made(&self, tx: &mut Tx<'_>, epoch: i64) -> Result<Arc<Kept>, StoreError> {
        let making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever waited here finds what the other has made.
        if let Some(kept) = self.kept().filter(|kept| kept.epoch == epoch) {
            return Ok(kept);
        }
        let kept = Arc::new(Kept {
            epoch,
            index: store::regions::index(tx)?,
        });
        let mut place = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        // A transaction that saw an older tree keeps what it made to itself.
        if place.as_ref().is_none_or(|there| there.epoch < epoch) {
            *place = Some(Arc::clone(&kept));
        }
        drop(place);
        drop(making);
        if kept.index.len() > LARGE {
            tracing::info!(
                names = kept.index.len(),
                bytes = kept.index.bytes(),
                "the search for regions is ready"
            );
        }
        Ok(kept)
    }

    /// Makes it anew, if the tree has changed.
    ///
    /// # Errors
    /// The store's.
    pub async fn renew(self: Arc<Self>, db: Db) -> Result<(), StoreError> {
        let finder = self;
        db.read(move |tx| {
            let epoch = store::regions::epoch(tx)?;
            finder.made(tx, epoch).map(|_| ())
        })
        .await
    }
}
