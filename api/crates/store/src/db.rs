//! Transactions. A caller gives a closure over [`Tx`]; how it is run differs:
//!
//! - SQLite writes: groups of what waits, each with one commit and one sync ([`crate::group`]).
//! - PostgreSQL writes: a pool; SERIALIZABLE, tried again when it cannot be serialised: at once, then one loser
//!   after the other, so that many who meet all get through.
//! - Reads: a pool; one snapshot for the whole closure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::RunQueryDsl as _;
use diesel::r2d2::{ManageConnection as _, Pool};
use tokio::sync::oneshot;

use crate::conn::{Conn, DatabaseUrl, Manager, Purpose};
use crate::directory::{Directory, View};
use crate::error::{StoreError, TxError};
use crate::generation::{Generation, Heard};
use crate::group::Group;
use crate::trouble::{Room, Trouble};
use crate::tx::{Tx, begin, commit, rollback};
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
/// Tries of a PostgreSQL transaction that cannot be serialised, before it queues behind other losers.
const FREE_TRIES: u32 = 2;
/// Tries in all, before the caller is told to come back.
const TRIES: u32 = 40;
/// The advisory lock under which the losers of all processes go one by one ("ydt-turn").
const LOSERS_TURN: i64 = 0x7964_742d_7475_726e;
/// How long a connection that nobody uses is kept.
const IDLE: Duration = Duration::from_secs(60);
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
}

enum Writer {
    /// SQLite: one thread, in groups.
    Group(Group),
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
                // Others may be waiting for one: PostgreSQL has so many for all processes.
                .idle_timeout(Some(IDLE))
                .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
                .build(manager.clone())
                .map_err(|error| StoreError::Unavailable(error.to_string()))
        };
        let directory = Arc::<Directory>::default();
        let heard = Arc::<Heard>::default();
        let (manager, readers, watchers, writer) = match url {
            DatabaseUrl::Postgres(_) => {
                let manager = Manager::new(url, Purpose::Write);
                let readers = pool(&manager, PG_POOL, 1)?;
                let watchers = pool(&manager, PG_FOR_WATCHERS, 0)?;
                (manager, readers, watchers, Writer::Pool)
            }
            DatabaseUrl::Sqlite(path) => {
                let writes = Manager::new(url, Purpose::Write);
                let group = Group::begin(writes, path, &directory, &heard)?;
                let manager = Manager::new(url, Purpose::Read);
                let readers = pool(&manager, READERS, 1)?;
                (manager, readers.clone(), readers, Writer::Group(group))
            }
        };
        Ok(Self {
            inner: Arc::new(Inner {
                readers,
                watchers,
                silent: AtomicBool::default(),
                last_look: tokio::sync::Mutex::default(),
                room: Room::default(),
                retries: AtomicU64::default(),
                manager,
                writer,
                directory,
                heard,
                turn: Mutex::default(),
            }),
        })
    }

    /// From now on `told` hears how many writes each group commit held; only the first one asked for hears it.
    /// PostgreSQL commits each by itself and says nothing.
    pub fn watch_groups(&self, told: impl Fn(usize) + Send + Sync + 'static) {
        if let Writer::Group(group) = &self.inner.writer {
            group.watch(told);
        }
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

    /// Where the last write found no room, tries once more, once a second at most: whoever is sent nobody because the disk
    /// is full has nothing else to learn from that there is room again.
    pub async fn try_room(&self) {
        if self.inner.room.is_to_be_tried() {
            let tried = self.write_apart(crate::installation::try_room).await;
            if tried.is_ok() {
                self.inner.room.is_there();
            }
        }
    }

    /// Something was erased: on SQLite the log is copied into the file and emptied soon, so that what was there is in
    /// neither. (What the file had of it is overwritten, `secure_delete`.)
    pub fn erased(&self) {
        if let Writer::Group(group) = &self.inner.writer {
            group.erased();
        }
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
            Writer::Group(group) => self.noted(group.write(body).await),
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
