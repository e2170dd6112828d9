//! The queue between processes: one sorted set in Redis, the score of an id its due time in milliseconds of
//! case time. One script hands out a batch of due ids and moves them behind their lease; an id leaves when
//! the commit that settled its timer is told.
//!
//! Redis is never the truth here. It may be empty, stopped, hanging, full, or back from an older snapshot:
//! an id too few is found by the sweep, an id too many finds nothing to do in the database.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ::redis::aio::{ConnectionManager, ConnectionManagerConfig};
use ::redis::{
    Client, ConnectionAddr, ErrorKind, IntoConnectionInfo as _, RedisError, ServerErrorKind,
};
use futures_util::future::{BoxFuture, FutureExt as _};

use super::line::{Line, take};
use super::{Mark, Queue, QueueAway, QueueState, TimerId, Wanted};

/// How long an answer may take before the sweep goes on alone.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long whoever asks how the process does is kept waiting: a probe with a second's patience, as is usual,
/// must not take a process out of service because its queue hangs.
const GLANCE: Duration = Duration::from_millis(400);
/// How long a queue that did not answer is left alone.
const SULK: Duration = Duration::from_secs(2);
/// Where a single Redis server is.
#[derive(Clone)]
pub struct RedisUrl(String);

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        f.write_str("redis://…")
    }
}

impl RedisUrl {
    /// Reads `redis://[USER:PASSWORD@]HOST[:PORT][/DB]` or `unix:///PATH`.
    ///
    /// # Errors
    /// A sentence for the operator; Sentinel, Cluster and TLS addresses have their own.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let many = rest.split('/').next().unwrap_or_default().contains(',');
        // Some clients take it as a wish beside the address: redis://a:6379?cluster=true
        let wish = rest.split_once('?').map_or("", |(_, wish)| wish);
        let asks = |word: &str| scheme.contains(word) || wish.contains(word);
        if asks("sentinel") || asks("cluster") || many {
            return Err("Sentinel and Cluster are not supported: give one server, redis://HOST:PORT. Losing it loses nothing, the database is the truth".into());
        }
        if scheme == "rediss" {
            return Err("TLS is not supported: reach the server over a private network, a tunnel, or unix:///PATH".into());
        }
        if !matches!(scheme, "redis" | "unix" | "redis+unix") {
            return Err("it must begin with redis:// or unix://".into());
        }
        let info = text
            .into_connection_info()
            .map_err(|error| format!("it cannot be used: {error}"))?;
        match info.addr() {
            ConnectionAddr::Tcp(host, _) if host.is_empty() => Err("it names no host".into()),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

/// Due ids in Redis.
pub struct RedisQueue {
    connection: ConnectionManager,
    key: String,
    line: Line,
    /// Whether the last word from it was none; said in the log when it changes.
    away: AtomicBool,
    sulks_until: std::sync::Mutex<Option<tokio::time::Instant>>,
}

impl RedisQueue {
    /// A queue for one installation; `installation` keeps several on one server apart. The server need not
    /// be there yet.
    ///
    /// # Errors
    /// A sentence for the operator: the address cannot be used, or what answers there is a Sentinel or a
    /// member of a Cluster.
    pub async fn open(url: &RedisUrl, installation: &str) -> Result<Self, String> {
        let client = Client::open(url.0.as_str()).map_err(|error| error.to_string())?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1)
            .set_max_delay(PATIENCE);
        let connection = ConnectionManager::new_lazy_with_config(client, config)
            .map_err(|error| error.to_string())?;
        let key = format!("yidiantong:{{{installation}}}:due:v1");
        let queue = Self {
            line: Line::open(connection.clone(), key.clone()),
            connection,
            key,
            away: AtomicBool::new(false),
            sulks_until: std::sync::Mutex::default(),
        };
        match queue.info("server").await {
            Ok(info) => match field(&info, "redis_mode") {
                None | Some("standalone") => Ok(queue),
                Some(mode) => Err(format!(
                    "the server answers as {mode}: Sentinel and Cluster are not supported, give one standalone server"
                )),
            },
            // A user who may not ask is nobody's fault; that it is one server is taken on trust.
            Err(error) if is_no_permission(&error) => Ok(queue),
            // Time mends a server that is away, and none of these.
            Err(error) => match refusal(&error) {
                Some(why) => Err(why),
                None => {
                    queue.note(Some(&error));
                    Ok(queue)
                }
            },
        }
    }

    async fn info(&self, section: &str) -> Result<String, RedisError> {
        let mut connection = self.connection.clone();
        ::redis::cmd("INFO")
            .arg(section)
            .query_async(&mut connection)
            .await
    }

    /// Says in the log, once each time, that it went away or came back.
    fn note(&self, error: Option<&RedisError>) {
        let was = self.away.swap(error.is_some(), Ordering::Relaxed);
        match error {
            Some(error) if !was && (error.code().is_some() || refusal(error).is_some()) => {
                tracing::warn!(%error, "redis answers and refuses: the database alone feeds the workers");
            }
            Some(error) if !was => {
                tracing::warn!(%error, "redis does not answer: the database alone feeds the workers");
            }
            None if was => tracing::info!("redis answers again"),
            _ => {}
        }
        let until = error.map(|_| tokio::time::Instant::now() + SULK);
        *self
            .sulks_until
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = until;
    }

    fn sulks(&self) -> bool {
        let until = *self
            .sulks_until
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        until.is_some_and(|until| tokio::time::Instant::now() < until)
    }

    async fn take_now(&self, wanted: Wanted) -> Result<Vec<TimerId>, RedisError> {
        let words = self.line.take(wanted).await?;
        let mut ids = Vec::with_capacity(words.len());
        let mut strange = Vec::new();
        for word in words {
            match TimerId::parse(&word) {
                Some(id) => ids.push(id),
                None => strange.push(word),
            }
        }
        if !strange.is_empty() {
            // Not ours; left in, it would come back with each lease for ever.
            tracing::warn!(count = strange.len(), "ids in redis that no timer has");
            let mut connection = self.connection.clone();
            let _: i64 = ::redis::cmd("ZREM")
                .arg(&self.key)
                .arg(strange)
                .query_async(&mut connection)
                .await?;
        }
        Ok(ids)
    }

    async fn look(&self) -> Result<Looked, RedisError> {
        let mut connection = self.connection.clone();
        let depth = ::redis::cmd("ZCARD")
            .arg(&self.key)
            .query_async(&mut connection)
            .await?;
        // A write that changes nothing: of a member that is not there.
        let written: Result<i64, RedisError> = ::redis::cmd("ZADD")
            .arg(&self.key)
            .arg("XX")
            .arg(0)
            .arg(NOBODY)
            .query_async(&mut connection)
            .await;
        // A hand-out of nothing, as the workers ask for one.
        let handed: Result<Vec<String>, RedisError> = take()
            .key(&self.key)
            .arg("-inf")
            .arg(0)
            .arg(0)
            .invoke_async(&mut connection)
            .await;
        let mut warnings = Vec::new();
        for (what, refused) in [
            ("takes no writes", written.err()),
            ("hands out nothing", handed.err()),
        ] {
            match refused {
                None => {}
                Some(error) if error.is_io_error() => return Err(error),
                Some(error) => warnings.push(refuses(what, &error)),
            }
        }
        let serves = warnings.is_empty();
        match self.info("memory").await {
            Ok(info) => warnings.extend(memory_warnings(&info)),
            Err(error) if is_no_permission(&error) => warnings.push(
                "redis lets its user not read INFO: whether it may drop the queue is not known"
                    .into(),
            ),
            Err(error) => return Err(error),
        }
        Ok(Looked {
            depth,
            serves,
            warnings,
        })
    }
}

/// A member that no timer has.
const NOBODY: &str = "-";

/// What a look at the server found.
struct Looked {
    depth: u64,
    /// Whether it takes writes and hands out.
    serves: bool,
    warnings: Vec<String>,
}

/// What a server that answers does not do, and the word it has for why.
fn refuses(what: &str, error: &RedisError) -> String {
    let code = error.code().unwrap_or("refused");
    format!("redis {what} ({code}): the database alone feeds the workers")
}

/// Why a server could not be looked at: what it said, or that it said nothing.
fn blind(error: Option<&RedisError>) -> String {
    match error {
        Some(error) if refusal(error).is_some() => {
            let why = refusal(error).unwrap_or_default();
            format!("redis answers, and {why}: the database alone feeds the workers")
        }
        Some(error) if error.code() == Some("WRONGTYPE") => {
            refuses("holds something else where the queue should be", error)
        }
        Some(error) if error.code().is_some() => refuses("lets nobody look at the queue", error),
        _ => "redis does not answer: the database alone feeds the workers".into(),
    }
}

fn is_no_permission(error: &RedisError) -> bool {
    error.kind() == ErrorKind::Server(ServerErrorKind::NoPerm)
}

/// Why a server that answered will never serve this address: its password, its user or its database is wrong.
fn refusal(error: &RedisError) -> Option<String> {
    let code = error.code().unwrap_or_default();
    let words = error.to_string();
    if error.kind() == ErrorKind::AuthenticationFailed
        || ["NOAUTH", "WRONGPASS"]
            .iter()
            .any(|one| code == *one || words.contains(one))
    {
        Some("the server refuses the user or the password of the address".into())
    } else if words.contains("switch database") || words.contains("DB index") {
        Some("the server has no database of the number in the address".into())
    } else {
        None
    }
}

fn field<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    info.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .map(str::trim)
}

/// Ours has no expiry, so only the policies that take any key can drop it.
fn memory_warnings(info: &str) -> Vec<String> {
    let bounded = field(info, "maxmemory").is_some_and(|bytes| bytes != "0");
    match field(info, "maxmemory_policy") {
        Some(policy) if bounded && policy.starts_with("allkeys") => vec![format!(
            "redis may drop the queue (maxmemory-policy {policy}): set noeviction; until then the sweep finds what is dropped, some seconds late"
        )],
        _ => Vec::new(),
    }
}

impl Queue for RedisQueue {
    fn schedule(&self, marks: Vec<Mark>) {
        self.line.tell(marks);
    }

    fn take_due(&self, wanted: Wanted) -> BoxFuture<'_, Result<Vec<TimerId>, QueueAway>> {
        async move {
            if self.sulks() {
                return Err(QueueAway("it did not a moment ago".into()));
            }
            let taken = self.take_now(wanted).await;
            self.note(taken.as_ref().err());
            taken.map_err(|error| QueueAway(error.to_string()))
        }
        .boxed()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        async move {
            if let Some(told) = self.line.settled() {
                let _ = tokio::time::timeout(2 * PATIENCE, told).await;
            }
        }
        .boxed()
    }

    fn state(&self) -> BoxFuture<'_, QueueState> {
        async move {
            let looked = tokio::time::timeout(GLANCE, self.look()).await;
            let (up, depth, warnings) = match looked {
                Ok(Ok(looked)) => (looked.serves, Some(looked.depth), looked.warnings),
                Ok(Err(error)) => (false, None, vec![blind(Some(&error))]),
                Err(_) => (false, None, vec![blind(None)]),
            };
            QueueState {
                kind: "redis",
                up,
                depth,
                warnings,
            }
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;

    use super::super::suite;
    use super::*;

    #[test]
    fn addresses_that_cannot_work_are_refused_in_one_line() {
        for (url, word) in [
            ("redis-sentinel://a:26379", "Sentinel"),
            ("redis+cluster://a:6379", "Cluster"),
            ("redis://a:6379,b:6379", "Cluster"),
            ("redis://a:6379?cluster=true", "Cluster"),
            ("redis://a:26379/mymaster?sentinel=1", "Sentinel"),
            ("rediss://a:6379", "TLS"),
            ("http://a", "redis://"),
            ("a:6379", "redis://"),
            ("redis://a:port", "cannot be used"),
        ] {
            let why = RedisUrl::parse(url).unwrap_err();
            assert!(why.contains(word) && !why.contains('\n'), "{url}: {why}");
        }
        for url in [
            "redis://127.0.0.1",
            "redis://:pw@a:6380/2",
            "unix:///run/redis.sock",
        ] {
            assert!(RedisUrl::parse(url).is_ok(), "{url}");
        }
        assert!(!format!("{:?}", RedisUrl::parse("redis://:secret@a").unwrap()).contains("secret"));
    }

    #[test]
    fn only_what_can_drop_the_set_is_warned_of() {
        let warns = |memory: &str, policy: &str| {
            let info = format!("# Memory\r\nmaxmemory:{memory}\r\nmaxmemory_policy:{policy}\r\n");
            !memory_warnings(&info).is_empty()
        };
        assert!(warns("1000", "allkeys-lru"));
        assert!(!warns("0", "allkeys-lru"));
        assert!(!warns("1000", "noeviction"));
        assert!(!warns("1000", "volatile-ttl"));
    }

    /// A real server's: `make test` starts one and names it.
    #[actix_web::test]
    async fn holds_what_every_queue_must() {
        let Ok(url) = std::env::var("YDT_TEST_REDIS") else {
            eprintln!("YDT_TEST_REDIS names no server: not tried");
            return;
        };
        let url = RedisUrl::parse(&url).unwrap();
        let name = crate::ports::ids::Ids.id();
        let queue = RedisQueue::open(&url, &name).await.unwrap();
        suite::holds(&queue).await;
        let mut connection = queue.connection.clone();
        // What somebody else puts there does no harm and does not stay.
        let _: () = ::redis::cmd("ZADD")
            .arg(&queue.key)
            .arg(1)
            .arg("nonsense")
            .query_async(&mut connection)
            .await
            .unwrap();
        suite::is_empty(&queue).await;
        let _: () = ::redis::cmd("DEL")
            .arg(&queue.key)
            .query_async(&mut connection)
            .await
            .unwrap();
        // Looking whether it takes writes leaves nothing behind.
        assert!(queue.state().await.up);
        let left: i64 = ::redis::cmd("EXISTS")
            .arg(&queue.key)
            .query_async(&mut connection)
            .await
            .unwrap();
        assert_eq!(left, 0);
    }

    /// A start ends in one line when time will not mend it.
    #[actix_web::test]
    async fn a_wrong_password_or_database_stops_the_start() {
        let Ok(url) = std::env::var("YDT_TEST_REDIS") else {
            eprintln!("YDT_TEST_REDIS names no server: not tried");
            return;
        };
        let server = url.trim_start_matches("redis://");
        let server = server.rsplit('@').next().unwrap_or_default();
        let server = server.split('/').next().unwrap_or_default();
        for (url, word) in [
            (format!("redis://nobody:wrong@{server}"), "password"),
            (format!("redis://{server}/4321"), "database"),
        ] {
            let url = RedisUrl::parse(&url).unwrap();
            let why = RedisQueue::open(&url, "nobody").await.err().unwrap();
            assert!(why.contains(word) && !why.contains('\n'), "{why}");
        }
    }

    fn acl(words: &[&str]) -> ::redis::Cmd {
        let mut command = ::redis::cmd("ACL");
        command.arg(words);
        command
    }

    /// How the queue does for a user who may do no more than this, and whether it hands out anything.
    async fn seen_by(url: &str, may: &[&str]) -> (QueueState, Result<Vec<TimerId>, QueueAway>) {
        let (name, user) = (crate::ports::ids::Ids.id(), crate::ports::ids::Ids.id());
        let url = RedisUrl::parse(url).unwrap();
        let queue = RedisQueue::open(&url, &name).await.unwrap();
        let mut connection = queue.connection.clone();
        let made = [&["SETUSER", &user, "on", ">pw", "~*"], may].concat();
        let _: () = acl(&made).query_async(&mut connection).await.unwrap();
        let at = url.0.trim_start_matches("redis://");
        let theirs = RedisUrl::parse(&format!("redis://{user}:pw@{at}")).unwrap();
        let theirs = RedisQueue::open(&theirs, &name).await.unwrap();
        let handed = theirs.take_due(any()).await;
        let state = theirs.state().await;
        let _: () = acl(&["DELUSER", &user])
            .query_async(&mut connection)
            .await
            .unwrap();
        (state, handed)
    }

    fn any() -> Wanted {
        let at = Timestamp::from_micros(2);
        Wanted {
            now: at,
            lease_until: at,
            limit: 10,
        }
    }

    /// A user who may read and not write, and may not ask for INFO: said in words, each for itself.
    #[actix_web::test]
    async fn a_server_that_takes_no_writes_is_not_up() {
        let Ok(url) = std::env::var("YDT_TEST_REDIS") else {
            eprintln!("YDT_TEST_REDIS names no server: not tried");
            return;
        };
        let (state, _) = seen_by(&url, &["+zcard", "+ping", "+client"]).await;
        assert!(!state.up && state.depth == Some(0), "{state:?}");
        assert!(
            state.warnings[0].starts_with("redis takes no writes (NOPERM)")
                && state.warnings[1].starts_with("redis hands out nothing (NOPERM)")
                && state.warnings[2].contains("INFO"),
            "{state:?}"
        );
    }

    /// A user who may write and run no script gets no id from it, as from one that is away.
    #[actix_web::test]
    async fn a_server_that_runs_no_script_is_not_up() {
        let Ok(url) = std::env::var("YDT_TEST_REDIS") else {
            eprintln!("YDT_TEST_REDIS names no server: not tried");
            return;
        };
        let may = ["+@all", "-eval", "-evalsha", "-script"];
        let (state, handed) = seen_by(&url, &may).await;
        assert!(handed.is_err() && !state.up, "{state:?}");
        assert_eq!(state.warnings.len(), 1, "{state:?}");
        assert!(state.warnings[0].starts_with("redis hands out nothing (NOPERM)"));
        // Whoever may do all that the queue does hears nothing.
        let (state, handed) = seen_by(&url, &["+@all"]).await;
        assert!(
            handed.is_ok() && state.up && state.warnings.is_empty(),
            "{state:?}"
        );
    }

    /// It answers, and what it answers is said.
    #[actix_web::test]
    async fn a_key_of_another_kind_is_not_taken_for_silence() {
        let Ok(url) = std::env::var("YDT_TEST_REDIS") else {
            eprintln!("YDT_TEST_REDIS names no server: not tried");
            return;
        };
        let name = crate::ports::ids::Ids.id();
        let queue = RedisQueue::open(&RedisUrl::parse(&url).unwrap(), &name).await;
        let queue = queue.unwrap();
        let mut connection = queue.connection.clone();
        let _: () = ::redis::cmd("SET")
            .arg(&queue.key)
            .arg("somebody's")
            .query_async(&mut connection)
            .await
            .unwrap();
        let state = queue.state().await;
        let handed = queue.take_due(any()).await;
        let _: () = ::redis::cmd("DEL")
            .arg(&queue.key)
            .query_async(&mut connection)
            .await
            .unwrap();
        assert!(handed.is_err() && !state.up, "{state:?}");
        let told = "redis holds something else where the queue should be (WRONGTYPE)";
        assert!(state.warnings[0].starts_with(told), "{state:?}");
        assert!(queue.state().await.up);
    }

    #[actix_web::test]
    async fn a_server_that_is_not_there_keeps_nobody_waiting() {
        let url = RedisUrl::parse("redis://127.0.0.1:1").unwrap();
        let queue = RedisQueue::open(&url, "nobody").await.unwrap();
        let began = std::time::Instant::now();
        for _ in 0..10_000 {
            queue.schedule(vec![(
                TimerId::parse("a/accept/1").unwrap(),
                Some(Timestamp::from_micros(1)),
            )]);
        }
        assert!(queue.take_due(any()).await.is_err());
        assert!(!queue.state().await.up);
        assert!(began.elapsed() < Duration::from_secs(10));
    }
}
