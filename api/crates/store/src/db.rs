//! Transactions. A caller gives a closure over [`Tx`]; how it is run differs:
//!
//! - SQLite writes: one thread owns the only writing connection, takes what waits (up to 256 jobs), runs
//!   all in one `BEGIN IMMEDIATE`, and answers after the one COMMIT with its one fsync. (Five to seven times as
//!   many commits a second as a pool of writers, and no "database is locked".) Where one of a group refuses itself,
//!   the group is run again, each in a savepoint. The groups of several processes take turns (`turn`), and what they
//!   wrote is copied into the file beside them (`checkpoint`).
//! - PostgreSQL writes: a pool; SERIALIZABLE, tried again when it cannot be serialised: at once, then one loser
//!   after the other, so that many who meet all get through.
//! - Reads: a pool; one snapshot for the whole closure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use diesel::RunQueryDsl as _;
use diesel::connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager};
use diesel::r2d2::{ManageConnection as _, Pool};
use tokio::sync::{mpsc, oneshot};

use crate::checkpoint::{Copier, leaves_the_log};
use crate::conn::{BUSY_TIMEOUT, Conn, DatabaseUrl, Manager, Purpose};
use crate::directory::{Directory, View};
use crate::error::{LOCKED, StoreError, TxError};
use crate::generation::{Generation, Heard};
use crate::trouble::{Room, Trouble};
use crate::turn::{LOOK as LOOK_FOR_TURN, Pace, Turns};
use crate::watch;

/// Connections that read, per process.
const READERS: u32 = 4;
/// Connections of the PostgreSQL pool, per process.
const PG_POOL: u32 = 8;
/// Of these, connections that work in the background leaves to people.
const PG_FOR_PEOPLE: u32 = 2;
/// Connections of PostgreSQL beside the pool, per process, for whoever watches the machine.
const PG_FOR_WATCHERS: u32 = 2;
/// Writes of background work that wait for one SQLite commit together: enough to share it, and few enough to leave the
/// writer to people.
const SQLITE_AT_ONCE: usize = 16;
/// The same when many more wait ([`SQLITE_MANY`]): each commit costs a sync and, beside other processes, a turn and all that
/// was known of the file, so clocks that have fallen behind would never catch up in small groups while people keep filing.
/// A quarter of a second's work at most, for which people wait.
const SQLITE_BEHIND: usize = 192;
/// So many that wait are many.
const SQLITE_MANY: usize = 24;
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
/// The same while the database refuses connections.
const DOWN_TIMEOUT: Duration = Duration::from_secs(1);
/// How long somebody who watches the machine waits for an answer.
const LOOK: Duration = Duration::from_millis(1_800);
/// A transaction of PostgreSQL that takes longer makes somebody look whether the server still answers: one that hangs
/// closes no connection.
const LONG: Duration = Duration::from_secs(5);
/// The same while nobody has had an answer since somebody looked.
const LONG_IN_SILENCE: Duration = Duration::from_millis(500);
/// How long that look waits.
const LAST_LOOK: Duration = Duration::from_secs(3);

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
    /// For whoever watches the machine; on PostgreSQL apart from people's, so that a crowd does not look like an end.
    watchers: Pool<Manager>,
    /// Whether the last look at PostgreSQL met nobody.
    silent: AtomicBool,
    /// When somebody last looked because his transaction took long, and whether there was an answer.
    last_look: tokio::sync::Mutex<Option<(Instant, bool)>>,
    room: Room,
    /// Transactions of PostgreSQL that were begun again.
    retries: AtomicU64,
    manager: Manager,
    writer: Writer,
    directory: Arc<Directory>,
    /// Which state of what is public this process knows of.
    heard: Arc<Heard>,
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
        let pool = |manager: &Manager, size, idle| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(idle))
                // A lost connection shows at its first word and is opened anew there: no round trip before each use.
                .test_on_check_out(false)
                .connection_timeout(POOL_TIMEOUT)
                .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
                .build(manager.clone())
                .map_err(|error| StoreError::Unavailable(error.to_string()))
        };
        let directory = Arc::<Directory>::default();
        let heard = Arc::<Heard>::default();
        let inner = match url {
            DatabaseUrl::Postgres(_) => {
                let manager = Manager::new(url, Purpose::Write);
                Inner {
                    readers: pool(&manager, PG_POOL, 1)?,
                    watchers: pool(&manager, PG_FOR_WATCHERS, 0)?,
                    silent: AtomicBool::default(),
                    last_look: tokio::sync::Mutex::default(),
                    room: Room::default(),
                    retries: AtomicU64::default(),
                    manager,
                    writer: Writer::Pool,
                    directory,
                    heard,
                    turn: Mutex::default(),
                    watcher: Watcher::default(),
                }
            }
            DatabaseUrl::Sqlite(path) => {
                let turns = Turns::at(path);
                let writes = Manager::new(url, Purpose::Write);
                let copier = Copier::begin(&writes, path);
                let conn = writes.open()?;
                let (jobs, waiting) = mpsc::channel(WAITING);
                let most = jobs_in_a_commit();
                let watcher = Watcher::default();
                let told = Arc::clone(&watcher);
                let known = Arc::clone(&directory);
                let hears = Arc::clone(&heard);
                std::thread::Builder::new()
                    .name("sqlite-writer".into())
                    .spawn(move || {
                        let memory = (&known, &*hears);
                        let beside = (&turns, copier.as_ref());
                        group_commit(&writes, conn, beside, waiting, most, &told, memory);
                    })
                    .map_err(|error| StoreError::Unavailable(error.to_string()))?;
                let manager = Manager::new(url, Purpose::Read);
                let readers = pool(&manager, READERS, 1)?;
                Inner {
                    watchers: readers.clone(),
                    readers,
                    silent: AtomicBool::default(),
                    last_look: tokio::sync::Mutex::default(),
                    room: Room::default(),
                    retries: AtomicU64::default(),
                    manager,
                    writer: Writer::Group(jobs),
                    directory,
                    heard,
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

    /// Transactions that work in the background is to have under way at once when so many are `waiting`. On PostgreSQL
    /// each holds a connection: more than there are would only wait for one, before people who wait too.
    #[must_use]
    pub fn at_once(&self, waiting: usize) -> usize {
        match &self.inner.writer {
            Writer::Group(_) if waiting > SQLITE_MANY => SQLITE_BEHIND,
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
        let reading = blocking(move || snapshot(&inner, &inner.readers, body));
        self.heard(reading, StoreError::Unavailable).await
    }

    /// The same for whoever watches the machine: soon answered, also while all others wait.
    ///
    /// # Errors
    /// As [`Db::read`]; [`StoreError::Unavailable`] after 1.8 s.
    pub async fn look<T, F>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.look_for(LOOK, body).await
    }

    async fn look_for<T, F>(&self, patience: Duration, body: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        let (tell, told) = oneshot::channel();
        // On a thread of its own: those for such work may all be waiting for connections.
        std::thread::Builder::new()
            .name("look".into())
            .spawn(move || {
                // Whoever asked may have given up.
                let _ = tell.send(snapshot(&inner, &inner.watchers, body));
            })
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let seen = tokio::time::timeout(patience, told).await;
        self.inner.silent.store(seen.is_err(), Ordering::Relaxed);
        match seen {
            Ok(answer) => answer.unwrap_or(Err(StoreError::Panicked)),
            Err(_) => Err(StoreError::Unavailable("it does not answer".into())),
        }
    }

    /// Which state of what is public this process knows of, if it asked the database at most `age` before `moment`;
    /// its own commits count as asking. Costs next to nothing.
    #[must_use]
    pub fn generation(&self, moment: Instant, age: Duration) -> Option<Generation> {
        self.inner.heard.within(moment, age)
    }

    /// The same, asking the database where nobody has: once for all who wonder.
    ///
    /// # Errors
    /// As [`Db::look`].
    pub async fn ask_generation(
        &self,
        moment: Instant,
        age: Duration,
    ) -> Result<Generation, StoreError> {
        let heard = &self.inner.heard;
        if let Some(generation) = heard.within(moment, age) {
            return Ok(generation);
        }
        let came = Instant::now();
        let _turn = heard.turn.lock().await;
        // Somebody may have asked while this one waited.
        if let Some(generation) = heard.within(moment, age) {
            return Ok(generation);
        }
        if heard.is_silent_since(came) {
            return Err(StoreError::Unavailable("it does not answer".into()));
        }
        let hears = Arc::clone(heard);
        let asked = self.look(move |tx| hears.ask(tx.0)).await;
        if asked.is_err() {
            heard.met_silence();
        }
        asked
    }

    /// Whether PostgreSQL answers at all: one look for all who wonder.
    async fn answers(&self) -> bool {
        let mut last = self.inner.last_look.lock().await;
        if let Some((at, answered)) = *last
            && at.elapsed() < LOOK
        {
            return answered;
        }
        let seen = self.look_for(LAST_LOOK, |tx| word(tx.0)).await;
        *last = Some((Instant::now(), seen.is_ok()));
        seen.is_ok()
    }

    /// What `work` brings, unless PostgreSQL falls silent over it: `lost` then says what that means.
    async fn heard<T, E: TxError>(
        &self,
        work: impl Future<Output = Result<T, E>>,
        lost: fn(String) -> StoreError,
    ) -> Result<T, E> {
        let mut work = std::pin::pin!(work);
        if let Writer::Group(_) = self.inner.writer {
            return work.await;
        }
        loop {
            let silent = self.inner.silent.load(Ordering::Relaxed);
            let long = if silent { LONG_IN_SILENCE } else { LONG };
            if let Ok(done) = tokio::time::timeout(long, &mut work).await {
                return done;
            }
            tokio::select! {
                done = &mut work => return done,
                answers = self.answers() => {
                    if !answers {
                        return Err(E::from(lost("the server does not answer".into())));
                    }
                }
            }
        }
    }

    /// Notes what became of a write.
    fn noted<T, E: TxError>(&self, done: Result<T, E>) -> Result<T, E> {
        match &done {
            Ok(_) => self.inner.room.met(None),
            Err(error) => {
                if let Some(StoreError::Unavailable(reason)) = error.store_error() {
                    self.inner.room.met(Some(Trouble::of(reason)));
                }
            }
        }
        done
    }

    /// Whether the last write that needed room on the database's disk found none.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.inner.room.is_none()
    }

    /// Transactions of PostgreSQL that this process began again because others were at the same rows.
    #[must_use]
    pub fn retries(&self) -> u64 {
        self.inner.retries.load(Ordering::Relaxed)
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
                    has_panicked: false,
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
                self.noted(answer.await.unwrap_or_else(|_| {
                    Err(E::from(StoreError::Unavailable(
                        "the writer has stopped".into(),
                    )))
                }))
            }
            Writer::Pool => self.write_at(SERIALIZABLE, body).await,
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
            Writer::Pool => self.write_at(READ_COMMITTED, body).await,
        }
    }

    async fn write_at<T, E, F>(&self, start: &'static str, body: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: TxError,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        let writing = blocking(move || repeated(&inner, start, &body));
        // Whoever is not waited for any longer may still come to an end.
        let done = self.heard(writing, StoreError::OutcomeUnknown).await;
        self.noted(done)
    }
}

/// Runs `body` over one unchanging snapshot on a connection of `pool`.
fn snapshot<T, E: TxError>(
    inner: &Inner,
    pool: &Pool<Manager>,
    body: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let view = View::of(&inner.directory);
    let mut conn = take(inner, pool)?;
    first_word(inner, &mut conn, |conn| {
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
    let work = watch::carried(work);
    tokio::task::spawn_blocking(move || span.in_scope(work))
        .await
        .unwrap_or_else(|_| Err(E::from(StoreError::Panicked)))
}

type Pooled = diesel::r2d2::PooledConnection<Manager>;

fn take<E: TxError>(inner: &Inner, pool: &Pool<Manager>) -> Result<Pooled, E> {
    let begun = Instant::now();
    loop {
        match pool.get_timeout(DOWN_TIMEOUT) {
            Ok(conn) => return Ok(conn),
            Err(error) if inner.manager.is_down() || begun.elapsed() >= POOL_TIMEOUT => {
                return Err(E::from(StoreError::Unavailable(error.to_string())));
            }
            Err(_) => {}
        }
    }
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
        let mut conn = take(pool, &pool.readers)?;
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
            Ok(Ok(value)) => match commit(&mut conn) {
                Ok(()) => Ok(value),
                Err(error) => Err(E::from(certain(pool, &mut conn, error))),
            },
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
            Ok(value) => {
                // After the commit, in a statement of its own: inside, what everybody reads would make everybody's
                // writes depend on one row.
                pool.heard.committed(&mut conn);
                return Ok(value);
            }
            Err(error) => error,
        };
        if let Some(StoreError::OutcomeUnknown(_)) = error.store_error() {
            pool.heard.forget();
        }
        let again = matches!(error.store_error(), Some(StoreError::Serialization));
        if !again || tries >= TRIES {
            return Err(if again {
                E::from(StoreError::Busy)
            } else {
                error
            });
        }
        pool.retries.fetch_add(1, Ordering::Relaxed);
        // Losers step aside for a moment that grows, so that somebody wins.
        drop(conn);
        std::thread::sleep(Duration::from_millis(u64::from(tries.min(5).pow(2)) * 3));
    }
}

/// What a COMMIT's failure says about what it was to keep: a server that still answers has refused it, and one whose
/// connection is lost may have kept it.
fn certain(inner: &Inner, conn: &mut Conn, error: StoreError) -> StoreError {
    match error {
        StoreError::Serialization | StoreError::Conflict(_) => error,
        refused if inner.manager.is_valid(conn).is_ok() => refused,
        lost => StoreError::OutcomeUnknown(lost.to_string()),
    }
}

/// The least that can be asked.
fn word(conn: &mut Conn) -> Result<(), StoreError> {
    diesel::sql_query("SELECT 1").execute(conn)?;
    Ok(())
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

type Manages = <Conn as diesel::Connection>::TransactionManager;

pub(crate) fn begin(conn: &mut Conn, postgres: &str, sqlite: &str) -> Result<(), StoreError> {
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

pub(crate) fn commit(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::commit_transaction(
        conn,
    )?)
}

pub(crate) fn rollback(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::rollback_transaction(
        conn,
    )?)
}
