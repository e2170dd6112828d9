//! What is asked for with every case and changes seldom: units and posts, who holds them, accounts' scopes, zones,
//! which policy and calendar are in force, names of regions. A filing asks some forty times for such things and
//! writes nine rows; kept in memory, they cost it one look at the row `directory_epoch`.
//!
//! It is not a cache with an age: triggers give that row another value with every change, each transaction holds
//! what is in memory against the value that it sees itself, and on PostgreSQL that look is part of what SERIALIZABLE
//! guards. So what a transaction is told is what it would have read. A value never comes back (it is random), also
//! where the change that made it is undone.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::prelude::*;
use domain::mask::Hidden;
use domain::time::Day;

use crate::Tx;
use crate::error::StoreError;
use crate::remembered::Remembered;
use crate::schema::directory_epoch;

/// Facts kept at a time; beyond it all are forgotten. A county asks for some thousands.
const FACTS: usize = 20_000;

/// A question about the directory.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Question {
    /// The units of a region and of those above it, with their posts.
    Around(String),
    /// The discipline organs above a region.
    Organs(String),
    /// A unit as routing sees it on a day.
    Unit(String, Day),
    /// The accounts of a unit that are not disabled.
    Crew(String),
    /// Those of an organ who supervise cases and are not disabled.
    Officers(String),
    /// What scope and recusal ask for about an account on a day.
    Scope(String, Day),
    /// The zone that a township lies in.
    Zone(String),
    /// The newest version of a county's policy.
    Policy(String),
    /// The newest version of the calendar.
    Calendar,
    /// What people call a region.
    RegionName(String),
    /// Whether the units of a region have rows.
    Founded(String),
}

type Fact = Arc<dyn Any + Send + Sync>;

#[derive(Default)]
struct Kept {
    epoch: i64,
    facts: HashMap<Question, Fact>,
}

/// The most sheets whose hidden names are remembered.
const SHEETS: usize = 32;
/// The most names of all of them together, a few dozen bytes each.
const NAMES: usize = 300_000;

/// What one process remembers.
pub(crate) struct Directory {
    kept: Mutex<Kept>,
    /// The names that sheets hide, by the digest of their content: what a digest stands for never changes.
    hidden: Remembered<Hidden>,
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            hidden: Remembered::new(SHEETS, NAMES, Hidden::len),
        }
    }
}

impl Directory {
    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, epoch: i64, question: &Question) -> Option<Fact> {
        let kept = self.lock();
        (kept.epoch == epoch).then(|| kept.facts.get(question).map(Arc::clone))?
    }

    fn keep(&self, epoch: i64, question: Question, fact: Fact) {
        let mut kept = self.lock();
        if kept.epoch != epoch || kept.facts.len() >= FACTS {
            kept.epoch = epoch;
            kept.facts.clear();
        }
        kept.facts.insert(question, fact);
    }
}

/// What one transaction knows of it.
#[derive(Clone, Default)]
pub(crate) struct View {
    directory: Option<Arc<Directory>>,
    epoch: Option<i64>,
}

impl View {
    /// Of a transaction that remembers with its process.
    pub fn of(directory: &Arc<Directory>) -> Self {
        Self {
            directory: Some(Arc::clone(directory)),
            epoch: None,
        }
    }
}

/// The names that the sheet with this digest hides, remembered or gathered with `gather`.
///
/// # Errors
/// Those of `gather`.
pub(crate) fn hidden(
    tx: &mut Tx<'_>,
    digest: &str,
    gather: impl FnOnce(&mut Tx<'_>) -> Result<Hidden, StoreError>,
) -> Result<Arc<Hidden>, StoreError> {
    let directory = tx.1.directory.clone();
    if let Some(known) = directory.as_ref().and_then(|one| one.hidden.get(digest)) {
        return Ok(known);
    }
    let gathered = Arc::new(gather(tx)?);
    if let Some(directory) = directory {
        directory.hidden.keep(digest, &gathered);
    }
    Ok(gathered)
}

/// The transaction changes the directory: from here on it reads the rows themselves. Every function that writes one
/// of the tables with a trigger says so.
pub(crate) fn changes(tx: &mut Tx<'_>) {
    tx.1 = View::default();
}

/// The answer to a question, remembered or asked for with `ask`.
///
/// # Errors
/// Those of `ask`, and [`StoreError`].
pub(crate) fn known<T: Send + Sync + 'static>(
    tx: &mut Tx<'_>,
    question: Question,
    ask: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
) -> Result<Arc<T>, StoreError> {
    known_if(tx, question, |_| true, ask)
}

/// [`known`], remembered only where `keep` says so.
///
/// # Errors
/// Those of `ask`, and [`StoreError`].
pub(crate) fn known_if<T: Send + Sync + 'static>(
    tx: &mut Tx<'_>,
    question: Question,
    keep: impl FnOnce(&T) -> bool,
    ask: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
) -> Result<Arc<T>, StoreError> {
    let Some(directory) = tx.1.directory.clone() else {
        return ask(tx).map(Arc::new);
    };
    let epoch = match tx.1.epoch {
        Some(epoch) => epoch,
        None => {
            // There is one row. `first` would bind a LIMIT, for which SQLite prepares the statement anew each time.
            let read = directory_epoch::table
                .select(directory_epoch::epoch)
                .get_result(tx.0)?;
            tx.1.epoch = Some(read);
            read
        }
    };
    if let Some(fact) = directory.get(epoch, &question)
        && let Ok(fact) = fact.downcast::<T>()
    {
        return Ok(fact);
    }
    let fact = Arc::new(ask(tx)?);
    // `ask` only reads; were it ever to write, what it found would not be of this epoch.
    if tx.1.epoch == Some(epoch) && keep(&fact) {
        directory.keep(epoch, question, Arc::clone(&fact) as Fact);
    }
    Ok(fact)
}
