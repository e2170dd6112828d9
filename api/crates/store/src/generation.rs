//! Which state of what everybody may read a process knows of. Triggers add to the row `public_generation` in every
//! transaction that changes such a thing, so no write can forget it. A process hears the number with each of its own
//! commits, before whoever wrote is answered, and otherwise when it asks.
//!
//! Whoever keeps something that was read holds the number from before the reading against the number from after it:
//! the row changes with the commit that changes the rest, so where both are equal, every snapshot taken in between
//! was of that generation, also on PostgreSQL. The number only ever rises; a database that was put back to an earlier
//! state begins another era.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::prelude::*;

use crate::conn::Conn;
use crate::error::StoreError;
use crate::schema::public_generation;

/// A state of everything that is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Generation {
    era: u32,
    number: i64,
}

#[derive(Default)]
struct Known {
    generation: Generation,
    /// When the database was asked for it; never, or no longer to be trusted, where there is none.
    asked: Option<Instant>,
    /// When somebody last asked in vain.
    in_vain: Option<Instant>,
}

/// What the database said to somebody who asked.
pub(crate) struct Said {
    /// The number that was known when he asked.
    before: i64,
    number: i64,
    asked: Instant,
}

/// What one process has heard.
#[derive(Default)]
pub(crate) struct Heard {
    known: Mutex<Known>,
    /// Held by whoever asks for all that wonder.
    pub turn: tokio::sync::Mutex<()>,
}

impl Heard {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The generation, if somebody asked at most `age` before `moment`.
    pub fn within(&self, moment: Instant, age: Duration) -> Option<Generation> {
        let known = self.lock();
        let good = known.asked?.checked_add(age)? >= moment;
        good.then_some(known.generation)
    }

    /// Whether somebody has asked in vain since `moment`: whoever waited meanwhile need not try as well.
    pub fn is_silent_since(&self, moment: Instant) -> bool {
        self.lock().in_vain.is_some_and(|at| at >= moment)
    }

    /// Somebody asked in vain.
    pub fn met_silence(&self) {
        self.lock().in_vain = Some(Instant::now());
    }

    /// Asks the database, outside any transaction or in one that has just begun.
    ///
    /// # Errors
    /// Those of the query.
    pub fn ask(&self, conn: &mut Conn) -> Result<Generation, StoreError> {
        let said = self.hear(conn)?;
        Ok(self.knows(&said))
    }

    /// What the database says, not known to others yet: in a transaction that writes it is true of what will be there
    /// once that is committed.
    ///
    /// # Errors
    /// Those of the query.
    pub fn hear(&self, conn: &mut Conn) -> Result<Said, StoreError> {
        let (before, asked) = (self.lock().generation.number, Instant::now());
        // There is one row. `first` would bind a LIMIT, for which SQLite prepares the statement anew each time.
        let number: i64 = public_generation::table
            .select(public_generation::generation)
            .get_result(conn)?;
        Ok(Said {
            before,
            number,
            asked,
        })
    }

    /// Keeps what was said.
    pub fn knows(&self, said: &Said) -> Generation {
        let mut known = self.lock();
        if said.number < said.before {
            // It was that much before anybody asked: this is another database, or an earlier state of it.
            known.generation.era += 1;
            known.generation.number = said.number;
        } else if said.number > known.generation.number {
            known.generation.number = said.number;
        }
        known.asked = known.asked.max(Some(said.asked));
        known.generation
    }

    /// A commit went by of which nobody knows what it changed: the next who wonders has to ask.
    pub fn forget(&self) {
        self.lock().asked = None;
    }

    /// A transaction of this process was committed.
    pub fn committed(&self, conn: &mut Conn) {
        if self.ask(conn).is_err() {
            self.forget();
        }
    }
}
