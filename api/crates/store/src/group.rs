//! Writes on SQLite: one thread owns the only writing connection, takes what waits (up to 256 jobs), runs all in one
//! `BEGIN IMMEDIATE`, and answers after the one COMMIT with its one fsync. (Five to seven times as many commits a second
//! as a pool of writers, and no "database is locked".) Where one of a group refuses itself, the group is run again, each
//! in a savepoint. The groups of several processes take turns (`turn`), and what they wrote is copied into the file beside
//! them (`checkpoint`).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use diesel::connection::SimpleConnection as _;
use tokio::sync::{mpsc, oneshot};

use crate::checkpoint::{Copier, leaves_the_log};
use crate::conn::{BUSY_TIMEOUT, Conn, Manager};
use crate::directory::{Directory, View};
use crate::error::{LOCKED, StoreError, TxError};
use crate::generation::Heard;
use crate::trouble::Trouble;
use crate::turn::{LOOK as LOOK_FOR_TURN, Pace, Turns};
use crate::tx::{Tx, begin, begin_inner, commit, rollback};

/// Jobs in one SQLite commit.
const BATCH: usize = 256;
/// Jobs that may wait for the SQLite writer before callers are told to come back.
const WAITING: usize = 1024;
/// Told how many writes each commit held.
type Watcher = Arc<OnceLock<Box<dyn Fn(usize) + Send + Sync>>>;

/// Where writes are handed in; its thread ends when it goes.
pub(crate) struct Group {
    jobs: mpsc::Sender<Box<dyn Job>>,
    watcher: Watcher,
    copier: Option<Arc<Copier>>,
}

impl Group {
    /// Opens the writing connection of the file at `path`, and begins the thread that has it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the file cannot be opened.
    pub fn begin(
        writes: Manager,
        path: &str,
        directory: &Arc<Directory>,
        heard: &Arc<Heard>,
    ) -> Result<Self, StoreError> {
        let turns = Turns::at(path);
        let copier = Copier::begin(&writes, path).map(Arc::new);
        let copies = copier.clone();
        let conn = writes.open()?;
        let (jobs, waiting) = mpsc::channel(WAITING);
        let watcher = Watcher::default();
        let (told, directory, heard) = (
            Arc::clone(&watcher),
            Arc::clone(directory),
            Arc::clone(heard),
        );
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || {
                let (memory, beside) = ((&directory, &*heard), (&turns, copies.as_deref()));
                group_commit(
                    &writes,
                    conn,
                    beside,
                    waiting,
                    jobs_in_a_commit(),
                    &told,
                    memory,
                );
            })
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            jobs,
            watcher,
            copier,
        })
    }

    /// Something was erased: see [`Copier::erased`].
    pub fn erased(&self) {
        if let Some(copier) = &self.copier {
            copier.erased();
        }
    }

    /// From now on `told` hears how many writes each commit held; only the first one asked for hears it.
    pub fn watch(&self, told: impl Fn(usize) + Send + Sync + 'static) {
        // A second one would be a second registry of the same process.
        let _ = self.watcher.set(Box::new(told));
    }

    /// Runs `body` in the next group: what it wrote is on disk before this returns, or nothing is kept.
    ///
    /// # Errors
    /// Whatever `body` returns; [`StoreError::Busy`] when too many wait, [`StoreError::Unavailable`] when the group could
    /// not be kept.
    pub async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TxError,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let stopped = || StoreError::Unavailable("the writer has stopped".into());
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending {
            body,
            outcome: None,
            has_panicked: false,
            reply,
        });
        self.jobs.try_send(job).map_err(|refused| {
            E::from(match refused {
                mpsc::error::TrySendError::Full(_) => StoreError::Busy,
                mpsc::error::TrySendError::Closed(_) => stopped(),
            })
        })?;
        answer.await.unwrap_or_else(|_| Err(E::from(stopped())))
    }
}

/// A write waiting for the SQLite writer.
trait Job: Send {
    /// Runs the body; `true` when its changes are to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Answers the caller, after the commit or its failure.
    fn answer(self: Box<Self>, failed: Option<StoreError>);
}

struct Pending<F, T, E> {
    body: F,
    outcome: Option<Result<T, E>>,
    has_panicked: bool,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Job for Pending<F, T, E>
where
    T: Send,
    E: TxError,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        // What panicked is not tried again with its group: whoever asked is told of it, once.
        if self.has_panicked {
            return false;
        }
        let ran = catch_unwind(AssertUnwindSafe(|| (self.body)(tx)));
        self.has_panicked = ran.is_err();
        let outcome = ran.unwrap_or_else(|_| Err(E::from(StoreError::Panicked)));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn answer(self: Box<Self>, failed: Option<StoreError>) {
        let result = match (failed, self.outcome) {
            // What refused itself keeps its own reason; only what was to be kept shares the batch's fate.
            (_, Some(Err(error))) => Err(error),
            (None, Some(Ok(value))) => Ok(value),
            (Some(error), _) => Err(E::from(error)),
            (None, None) => Err(E::from(StoreError::Unavailable("not run".into()))),
        };
        // A caller that went away needs no answer.
        let _ = self.reply.send(result);
    }
}

/// [`BATCH`], or what `YDT_SQLITE_GROUP` says: the bench compares with one transaction for each job.
fn jobs_in_a_commit() -> usize {
    let said = std::env::var("YDT_SQLITE_GROUP").ok();
    said.and_then(|text| text.parse().ok())
        .filter(|most| (1..=BATCH).contains(most))
        .unwrap_or(BATCH)
}

fn group_commit(
    manager: &Manager,
    mut conn: Conn,
    (turns, copier): (&Turns, Option<&Copier>),
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    most: usize,
    watcher: &OnceLock<Box<dyn Fn(usize) + Send + Sync>>,
    memory: (&Arc<Directory>, &Heard),
) {
    let mut batch = Vec::with_capacity(most);
    let mut care = 0;
    let mut pace = Pace::default();
    let settle_in = |conn: &mut Conn| {
        waits_itself(conn);
        if copier.is_some() {
            leaves_the_log(conn);
        }
    };
    settle_in(&mut conn);
    while waiting.blocking_recv_many(&mut batch, most) > 0 {
        std::thread::sleep(pace.rest(Instant::now()));
        let turn = begin_in_turn(&mut conn, turns);
        if let Ok(has_waited) = turn {
            let by_us = copier.is_some_and(Copier::took_turn);
            pace.begun(Instant::now(), has_waited && !by_us);
        }
        let mut begun = turn.map(|_| ());
        if begun.is_ok() {
            // Whoever came while this process waited for its turn need not wait for another one.
            while batch.len() < most
                && let Ok(job) = waiting.try_recv()
            {
                batch.push(job);
            }
            if let Some(told) = watcher.get() {
                told(batch.len());
            }
            begun = run_batch(&mut conn, turns, memory, &mut batch, &mut care);
        }
        let failed = begun.err().map(|error| error.to_string());
        if let Some(reason) = &failed {
            memory.1.forget();
            Trouble::of(reason).tell(reason);
            let _ = rollback(&mut conn);
            // A transaction state nobody is sure of is not built upon.
            if let Ok(fresh) = manager.open() {
                conn = fresh;
                settle_in(&mut conn);
            }
        }
        for job in batch.drain(..) {
            job.answer(failed.clone().map(StoreError::Unavailable));
        }
        if let Some(copier) = copier {
            copier.committed();
        }
    }
}

/// Groups that are run in savepoints after one in which a job refused itself: whoever sends much that is refused
/// makes few groups run twice.
const CAREFUL_GROUPS: u32 = 64;

/// Runs a group in the transaction that has begun. A savepoint keeps a copy of every page that its job touches, a tenth of a
/// filing's time, and most groups need none: `care` counts the groups that still have them.
fn run_batch(
    conn: &mut Conn,
    turns: &Turns,
    (directory, heard): (&Arc<Directory>, &Heard),
    batch: &mut [Box<dyn Job>],
    care: &mut u32,
) -> Result<(), StoreError> {
    // A job alone is a transaction of its own.
    if *care == 0 || batch.len() == 1 {
        let mut jobs = batch.iter_mut();
        if jobs.all(|job| job.run(&mut Tx(conn, View::of(directory)))) {
            return commit_group(conn, heard);
        }
        rollback(conn)?;
        if batch.len() == 1 {
            return Ok(());
        }
        *care = CAREFUL_GROUPS;
        begin_in_turn(conn, turns)?;
    }
    *care -= 1;
    for job in batch.iter_mut() {
        begin_inner(conn)?;
        if job.run(&mut Tx(conn, View::of(directory))) {
            commit(conn)?;
        } else {
            rollback(conn)?;
        }
    }
    commit_group(conn, heard)
}

/// Commits a group, and knows of which generation that is before anybody is answered: whoever has written something public
/// reads it from then on. The number is read within: afterwards it would be a snapshot of its own, for each group.
fn commit_group(conn: &mut Conn, heard: &Heard) -> Result<(), StoreError> {
    let said = heard.hear(conn);
    commit(conn)?;
    match said {
        Ok(said) => {
            heard.knows(&said);
        }
        Err(_) => heard.forget(),
    }
    Ok(())
}

/// SQLite's own waiting looks ever more seldom, in the end ten times a second, while nobody is at the file: the writer
/// looks for itself ([`begin_in_turn`]).
fn waits_itself(conn: &mut Conn) {
    if let Conn::Sqlite(c) = conn {
        // Refused, it waits as SQLite does, which is right and only slower.
        let _ = c.batch_execute("PRAGMA busy_timeout = 0");
    }
}

/// Begins a group when it is its turn, as soon as whoever is at the file has done; whether somebody was.
fn begin_in_turn(conn: &mut Conn, turns: &Turns) -> Result<bool, StoreError> {
    let turn = turns.wait();
    let mut has_waited = turn.has_waited;
    let began = Instant::now();
    loop {
        match begin(conn, "BEGIN", "BEGIN IMMEDIATE") {
            Err(StoreError::Unavailable(reason))
                if reason.contains(LOCKED) && began.elapsed() < BUSY_TIMEOUT =>
            {
                has_waited = true;
                std::thread::sleep(LOOK_FOR_TURN);
            }
            begun => return begun.map(|()| has_waited),
        }
    }
}
