//! The one conversation with Redis. What is told and what is asked for go out in the order in which they were
//! said, and all that waits goes in one round trip: what a worker has done travels with its next question.

use ::redis::aio::ConnectionManager;
use ::redis::{Cmd, ErrorKind, Pipeline, RedisError, RedisResult, Script, ServerErrorKind};
use domain::time::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::{Mark, Wanted};

/// KEYS: the set. ARGV: now, the lease's end, the limit. In one step, so that two workers asking at once get
/// different ids.
const TAKE: &str = "
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
if #due > 0 then
    local leased = {}
    for _, id in ipairs(due) do
        leased[#leased + 1] = ARGV[2]
        leased[#leased + 1] = id
    end
    redis.call('ZADD', KEYS[1], unpack(leased))
end
return due";
/// Ids in one script call (Lua's stack holds some 8,000 values, two for each), and marks in one command.
const MOST: usize = 500;
/// Batches of marks that may wait to be told. More is dropped, and found by the sweep.
const WAITING: usize = 4096;
/// What is said in one round trip.
const AT_ONCE: usize = 512;

enum Said {
    Marks(Vec<Mark>),
    /// A hand-out, and who waits for it.
    Take(Wanted, oneshot::Sender<RedisResult<Vec<String>>>),
    /// Answered when everything before it was told.
    Settled(oneshot::Sender<()>),
}

/// Our end of it; the conversation ends with it.
pub(super) struct Line(mpsc::Sender<Said>);

impl Line {
    /// Begins to speak for the set at `key`.
    pub(super) fn open(connection: ConnectionManager, key: String) -> Self {
        let (said, waiting) = mpsc::channel(WAITING);
        let speaker = Speaker {
            connection,
            key,
            take: take(),
        };
        tokio::spawn(speaker.speak(waiting));
        Self(said)
    }

    /// Returns at once. Full when Redis hangs: the sweep finds what is dropped then.
    pub(super) fn tell(&self, marks: Vec<Mark>) {
        if !marks.is_empty() {
            let _ = self.0.try_send(Said::Marks(marks));
        }
    }

    /// Hands out due ids, as they stand in the set, and leases them.
    ///
    /// # Errors
    /// Redis does not answer, or has too much to hear before.
    pub(super) async fn take(&self, wanted: Wanted) -> RedisResult<Vec<String>> {
        let (reply, answer) = oneshot::channel();
        let behind = || RedisError::from((ErrorKind::Client, "too much waits to be told"));
        self.0
            .try_send(Said::Take(wanted, reply))
            .map_err(|_| behind())?;
        answer.await.unwrap_or_else(|_| Err(behind()))
    }

    /// When everything said so far has been told; `None` when too much waits for that.
    pub(super) fn settled(&self) -> Option<oneshot::Receiver<()>> {
        let (reply, answer) = oneshot::channel();
        self.0.try_send(Said::Settled(reply)).ok().map(|()| answer)
    }
}

struct Speaker {
    connection: ConnectionManager,
    key: String,
    take: Script,
}

impl Speaker {
    /// Says what waits, until nobody can say anything any more.
    async fn speak(mut self, mut waiting: mpsc::Receiver<Said>) {
        let mut batch = Vec::new();
        let mut marks = Vec::new();
        while waiting.recv_many(&mut batch, AT_ONCE).await > 0 {
            let mut settled = Vec::new();
            for said in batch.drain(..) {
                match said {
                    Said::Marks(more) => marks.extend(more),
                    Said::Take(wanted, reply) => {
                        // Who asked may have gone away in the meantime: nothing is leased to nobody.
                        if !reply.is_closed() {
                            let _ = reply.send(self.take(&mut marks, wanted).await);
                        }
                    }
                    Said::Settled(reply) => settled.push(reply),
                }
            }
            self.tell(&mut marks).await;
            for reply in settled {
                let _ = reply.send(());
            }
        }
    }

    async fn tell(&mut self, marks: &mut Vec<Mark>) {
        if marks.is_empty() {
            return;
        }
        let pipe = self.commands(marks);
        if let Err(error) = pipe.query_async::<()>(&mut self.connection).await {
            tracing::debug!(%error, "redis was not told of timers");
        }
    }

    async fn take(&mut self, marks: &mut Vec<Mark>, wanted: Wanted) -> RedisResult<Vec<String>> {
        let limit = wanted.limit.min(MOST);
        let (now, lease_until) = (millis(wanted.now), millis(wanted.lease_until));
        let mut pipe = self.commands(marks);
        pipe.cmd("EVALSHA")
            .arg(self.take.get_hash())
            .arg(1)
            .arg(&self.key)
            .arg(now)
            .arg(lease_until)
            .arg(limit);
        // A mark that Redis has no room for must not take the hand-out with it.
        let answers: Vec<RedisResult<Vec<String>>> = pipe
            .ignore_errors()
            .query_async(&mut self.connection)
            .await?;
        let handed = answers.into_iter().next().unwrap_or_else(|| Ok(Vec::new()));
        match handed {
            // The server was started again since.
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                self.take
                    .key(&self.key)
                    .arg(now)
                    .arg(lease_until)
                    .arg(limit)
                    .invoke_async(&mut self.connection)
                    .await
            }
            handed => handed,
        }
    }

    /// The commands that tell these marks, which are gone then: neighbours of one kind in one command, so that
    /// the last word on a timer stays the last.
    fn commands(&self, marks: &mut Vec<Mark>) -> Pipeline {
        let mut pipe = Pipeline::with_capacity(2);
        for run in marks.chunk_by(|(_, one), (_, next)| one.is_some() == next.is_some()) {
            for some in run.chunks(MOST) {
                pipe.add_command(self.command(some)).ignore();
            }
        }
        marks.clear();
        pipe
    }

    /// Puts all of these in, or takes all of them out.
    fn command(&self, marks: &[Mark]) -> Cmd {
        let puts = marks.first().is_some_and(|(_, due)| due.is_some());
        let mut command = ::redis::cmd(if puts { "ZADD" } else { "ZREM" });
        command.arg(&self.key);
        for (timer, due) in marks {
            if let Some(due) = due {
                command.arg(millis(*due));
            }
            command.arg(timer.word());
        }
        command
    }
}

/// The script that hands out.
pub(super) fn take() -> Script {
    Script::new(TAKE)
}

/// Rounded up: an id handed out too early would find nothing due.
fn millis(at: Timestamp) -> i64 {
    at.micros().saturating_add(999).div_euclid(1000)
}
