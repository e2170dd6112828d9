//! Transactions. A caller gives a closure over [`Tx`]; how it is run differs:
//!
//! - SQLite writes: one thread owns the only writing connection, takes what waits (up to 256 jobs), runs
//!   all in one `BEGIN IMMEDIATE`, and answers after the one COMMIT with its one fsync. (Five to seven times as
//!   many commits a second as a pool of writers, and no "database is locked".) Where one of a group refuses itself,
//!   the group is run again, each in a savepoint. The groups of several processes take turns (`turn`).
//! - PostgreSQL writes: a pool; SERIALIZABLE, tried again when it cannot be serialised: at once, then one loser
//!   after the other, so that many who meet all get through.
//! - Reads: a pool; one snapshot for the whole closure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use diesel::RunQueryDsl as _;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::r2d2::Pool;
use tokio::sync::{mpsc, oneshot};

use crate::conn::{Conn, DatabaseUrl, Manager, Purpose};
use crate::directory::{Directory, View};
use crate::error::{StoreError, TxError};
use crate::turn::Turns;

/// Connections that read, per process.
const READERS: u32 = 4;
/// Connections of the PostgreSQL pool, per process.
const PG_POOL: u32 = 8;
/// Of these, connections that work in the background leaves to people.
const PG_FOR_PEOPLE: u32 = 2;
/// Writes of background work that wait for one SQLite commit together: enough to share it, and few enough to leave the
/// writer to people.
const SQLITE_AT_ONCE: usize = 16;
/// Jobs in one SQLite commit.
const BATCH: usize = 256;
/// Jobs that may wait for the SQLite writer before callers are told to come back.
const WAITING: usize = 1024;
/// Tries of a PostgreSQL transaction that cannot be serialised, before it queues behind other losers.
const FREE_TRIES: u32 = 2;
/// Tries in all, before the caller is told to come back.
const TRIES: u32 = 40;
/// The advisory lock under which the losers of all processes go one by one ("ydt-turn").
const LOSERS_TURN: i64 = 0x7964_742d_7475_726e;
/// How long a caller waits for a pooled connection.
const POOL_TIMEOUT: Duration = Duration::from_secs(5);

/// A running transaction: its connection, and what it knows of the directory. The connection is private to this
/// crate: no caller can run a query of its own.
pub struct Tx<'a>(pub(crate) &'a mut Conn, pub(crate) View);

impl Tx<'_> {
    /// Runs `body` in a savepoint, so that what it refuses (a duplicate) leaves the transaction usable.
    ///
    /// # Errors
    /// Whatever `body` returns; its changes are undone then.
    pub fn savepoint<T, E: TxError>(
        &mut self,
        body: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        begin_inner(self.0).map_err(E::from)?;
        let mut inner = Tx(self.0, self.1.clone());
        let result = body(&mut inner);
        let view = inner.1;
        match result {
            Ok(value) => {
                commit(self.0).map_err(E::from)?;
                self.1 = view;
                Ok(value)
            }
            Err(error) => {
                rollback(self.0).map_err(E::from)?;
                Err(error)
            }
        }
    }
}

/// The database, shared by everything in the process.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    readers: Pool<Manager>,
    manager: Manager,
    writer: Writer,
    directory: Arc<Directory>,
    /// Held by the one transaction of this process that lost too often to go side by side.
    turn: Mutex<()>,
    watcher: Watcher,
}

/// Told how many writes each commit of the SQLite writer held.
type Watcher = Arc<OnceLock<Box<dyn Fn(usize) + Send + Sync>>>;

enum Writer {
    /// The group-commit thread of SQLite.
    Group(mpsc::Sender<Box<dyn Job>>),
    /// PostgreSQL: the readers' pool writes too.
    Pool,
}

impl Db {
    /// Opens the database. The schema must be there ([`crate::migrate`]).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it cannot be reached.
    pub fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let manager = |purpose| Manager {
            url: url.clone(),
            purpose,
        };
        let pool = |purpose, size| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                // A lost connection shows at its first word and is opened anew there: no round trip before each use.
                .test_on_check_out(false)
                .connection_timeout(POOL_TIMEOUT)
                .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
                .build(manager(purpose))
                .map_err(|error| StoreError::Unavailable(error.to_string()))
        };
        let directory = Arc::<Directory>::default();
        let inner = match url {
            DatabaseUrl::Postgres(_) => Inner {
                readers: pool(Purpose::Write, PG_POOL)?,
                manager: manager(Purpose::Write),
                writer: Writer::Pool,
                directory,
                turn: Mutex::default(),
                watcher: Watcher::default(),
            },
            DatabaseUrl::Sqlite(path) => {
                let turns = Turns::at(path);
                let writes = manager(Purpose::Write);
                let conn = writes.open()?;
                let (jobs, waiting) = mpsc::channel(WAITING);
                let most = jobs_in_a_commit();
                let watcher = Watcher::default();
                let told = Arc::clone(&watcher);
                let known = Arc::clone(&directory);
                std::thread::Builder::new()
                    .name("sqlite-writer".into())
                    .spawn(move || {
                        group_commit(&writes, conn, &turns, waiting, most, &told, &known);
                    })
                    .map_err(|error| StoreError::Unavailable(error.to_string()))?;
                Inner {
                    readers: pool(Purpose::Read, READERS)?,
                    manager: manager(Purpose::Read),
                    writer: Writer::Group(jobs),
                    directory,
                    turn: Mutex::default(),
                    watcher,
                }
            }
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// From now on `told` hears how many writes each group commit held; only the first one asked for hears it.
    /// PostgreSQL commits each by itself and says nothing.
    pub fn watch_groups(&self, told: impl Fn(usize) + Send + Sync + 'static) {
        // A second one would be a second registry of the same process.
        let _ = self.inner.watcher.set(Box::new(told));
    }

    /// Transactions that work in the background is to have under way at once. On PostgreSQL each holds a connection:
    /// more than there are would only wait for one, before people who wait too.
    #[must_use]
    pub fn at_once(&self) -> usize {
        match &self.inner.writer {
            Writer::Group(_) => SQLITE_AT_ONCE,
            Writer::Pool => {
                let most = self.inner.readers.max_size();
                usize::try_from(most.saturating_sub(PG_FOR_PEOPLE).max(1)).unwrap_or(1)
            }
        }
    }

    /// Runs `body` over one unchanging snapshot.
    ///
    /// # Errors
    /// Whatever `body` returns, or a [`StoreError`].
    pub async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TxError,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        let view = View::of(&self.inner.directory);
        blocking(move || {
            let mut conn = take(&inner)?;
            first_word(&inner, &mut conn, |conn| {
                begin(
                    conn,
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                    "BEGIN",
                )
            })
            .map_err(E::from)?;
            let result = catch_unwind(AssertUnwindSafe(|| body(&mut Tx(&mut conn, view))));
            rollback(&mut conn).map_err(E::from)?;
            result.unwrap_or_else(|_| Err(E::from(StoreError::Panicked)))
        })
        .await
    }

    /// Runs `body` as one transaction: all of it is kept, on disk before this returns, or nothing.
    /// `body` is an `Fn` because it may run again.
    ///
    /// # Errors
    /// Whatever `body` returns, or a [`StoreError`]; nothing was kept then.
    pub async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TxError,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.inner.writer {
            Writer::Group(jobs) => {
                let (reply, answer) = oneshot::channel();
                let job = Box::new(Pending {
                    body,
                    outcome: None,
                    reply,
                });
                jobs.try_send(job).map_err(|refused| {
                    E::from(match refused {
                        mpsc::error::TrySendError::Full(_) => StoreError::Busy,
                        mpsc::error::TrySendError::Closed(_) => {
                            StoreError::Unavailable("the writer has stopped".into())
                        }
                    })
                })?;
                answer.await.unwrap_or_else(|_| {
                    Err(E::from(StoreError::Unavailable(
                        "the writer has stopped".into(),
                    )))
                })
            }
            Writer::Pool => {
                let inner = Arc::clone(&self.inner);
                blocking(move || repeated(&inner, SERIALIZABLE, &body)).await
            }
        }
    }

    /// The same for work that runs all the time beside everybody's and holds its ground by itself, by keys and by
    /// comparing what it sets: on PostgreSQL at READ COMMITTED, so that what it reads makes no other transaction fail.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_apart<T, E, F>(&self, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TxError,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.inner.writer {
            Writer::Group(_) => self.write(body).await,
            Writer::Pool => {
                let inner = Arc::clone(&self.inner);
                blocking(move || repeated(&inner, READ_COMMITTED, &body)).await
            }
        }
    }
}

/// How PostgreSQL begins what others' writes must not have interfered with.
const SERIALIZABLE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/// How it begins what asks for no more than its own rows.
const READ_COMMITTED: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: TxError,
{
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work))
        .await
        .unwrap_or_else(|_| Err(E::from(StoreError::Panicked)))
}

type Pooled = diesel::r2d2::PooledConnection<Manager>;

fn take<E: TxError>(inner: &Inner) -> Result<Pooled, E> {
    let taken = inner.readers.get();
    taken.map_err(|error| E::from(StoreError::Unavailable(error.to_string())))
}

/// The first thing a connection is told. It may have been lost while nobody used it (a restarted server): then it is
/// opened anew, once, before anything was asked of it.
fn first_word(
    inner: &Inner,
    conn: &mut Pooled,
    word: impl Fn(&mut Conn) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    if word(conn).is_ok() {
        return Ok(());
    }
    **conn = inner.manager.open()?;
    word(conn)
}

/// One PostgreSQL transaction, tried again while it cannot be serialised.
fn repeated<T, E: TxError>(
    pool: &Inner,
    start: &str,
    body: &(impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static),
) -> Result<T, E> {
    let mut tries = 0;
    let mut turn = None;
    loop {
        tries += 1;
        if tries > FREE_TRIES && turn.is_none() {
            // Within the process they wait without a connection in hand.
            turn = Some(pool.turn.lock().unwrap_or_else(PoisonError::into_inner));
        }
        let mut conn = take(pool)?;
        if turn.is_some() {
            // Before the transaction, so that its snapshot sees what the winner wrote.
            let lock = |conn: &mut Conn| advisory(conn, "pg_advisory_lock");
            first_word(pool, &mut conn, lock).map_err(E::from)?;
        }
        let begin = |conn: &mut Conn| begin(conn, start, "BEGIN IMMEDIATE");
        // One that holds the turn has said its first word.
        match turn {
            None => first_word(pool, &mut conn, begin),
            Some(_) => begin(&mut conn),
        }
        .map_err(E::from)?;
        let view = View::of(&pool.directory);
        let outcome = catch_unwind(AssertUnwindSafe(|| body(&mut Tx(&mut conn, view))));
        let result = match outcome {
            Ok(Ok(value)) => commit(&mut conn).map(|()| value).map_err(E::from),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(E::from(StoreError::Panicked)),
        };
        if result.is_err() {
            let _ = rollback(&mut conn);
        }
        if turn.is_some() {
            // A connection that cannot say so is broken, and its end frees the lock.
            let _ = advisory(&mut conn, "pg_advisory_unlock");
        }
        let error = match result {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let again = matches!(error.store_error(), Some(StoreError::Serialization));
        if !again || tries >= TRIES {
            return Err(if again {
                E::from(StoreError::Busy)
            } else {
                error
            });
        }
        // Losers step aside for a moment that grows, so that somebody wins.
        drop(conn);
        std::thread::sleep(Duration::from_millis(u64::from(tries.min(5).pow(2)) * 3));
    }
}

fn advisory(conn: &mut Conn, function: &str) -> Result<(), StoreError> {
    diesel::sql_query(format!("SELECT {function}({LOSERS_TURN})")).execute(conn)?;
    Ok(())
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
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Job for Pending<F, T, E>
where
    T: Send,
    E: TxError,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.body)(tx)))
            .unwrap_or_else(|_| Err(E::from(StoreError::Panicked)));
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
    turns: &Turns,
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    most: usize,
    watcher: &OnceLock<Box<dyn Fn(usize) + Send + Sync>>,
    directory: &Arc<Directory>,
) {
    let mut batch = Vec::with_capacity(most);
    let mut care = 0;
    while waiting.blocking_recv_many(&mut batch, most) > 0 {
        if let Some(told) = watcher.get() {
            told(batch.len());
        }
        let failed = run_batch(&mut conn, turns, directory, &mut batch, &mut care)
            .err()
            .map(|error| error.to_string());
        if let Some(reason) = &failed {
            tracing::error!(%reason, jobs = batch.len(), "a group of writes was not kept");
            let _ = rollback(&mut conn);
            // A transaction state nobody is sure of is not built upon.
            if let Ok(fresh) = manager.open() {
                conn = fresh;
            }
        }
        for job in batch.drain(..) {
            job.answer(failed.clone().map(StoreError::Unavailable));
        }
    }
}

/// Groups that are run in savepoints after one in which a job refused itself: whoever sends much that is refused
/// makes few groups run twice.
const CAREFUL_GROUPS: u32 = 64;

/// Runs a group as one transaction. A savepoint keeps a copy of every page that its job touches, a tenth of a
/// filing's time, and most groups need none: `care` counts the groups that still have them.
fn run_batch(
    conn: &mut Conn,
    turns: &Turns,
    directory: &Arc<Directory>,
    batch: &mut [Box<dyn Job>],
    care: &mut u32,
) -> Result<(), StoreError> {
    let turn = turns.wait();
    begin(conn, "BEGIN", "BEGIN IMMEDIATE")?;
    drop(turn);
    // A job alone is a transaction of its own.
    if *care == 0 || batch.len() == 1 {
        let mut jobs = batch.iter_mut();
        if jobs.all(|job| job.run(&mut Tx(conn, View::of(directory)))) {
            return commit(conn);
        }
        rollback(conn)?;
        if batch.len() == 1 {
            return Ok(());
        }
        *care = CAREFUL_GROUPS;
        let turn = turns.wait();
        begin(conn, "BEGIN", "BEGIN IMMEDIATE")?;
        drop(turn);
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
    commit(conn)
}

type Manages = <Conn as diesel::Connection>::TransactionManager;

fn begin(conn: &mut Conn, postgres: &str, sqlite: &str) -> Result<(), StoreError> {
    match conn {
        Conn::Pg(c) => AnsiTransactionManager::begin_transaction_sql(c, postgres)?,
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, sqlite)?,
    }
    Ok(())
}

fn begin_inner(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::begin_transaction(
        conn,
    )?)
}

fn commit(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::commit_transaction(
        conn,
    )?)
}

fn rollback(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::rollback_transaction(
        conn,
    )?)
}
