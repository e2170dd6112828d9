//! The door of a server that was told to stop. A socket that listens has connections in it that the kernel has taken and
//! nobody of ours has yet, and closing it resets them: whoever had just sent a filing would not know what became of it.
//! So a second hand on the same socket takes those that come while the first lets go, and tells each in words that it is
//! to come back, and that nothing was kept.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::{Instant, sleep, timeout};

use super::bare::written;
use super::edge;
use crate::app::{App, Stopping};
use crate::codes::Code;

/// How long the machine has to be calm while the first hand, which takes nobody in any more, hands those it has to the
/// threads that serve them: a thread that is told to stop looks at nobody whom it has not yet met, and they would be reset.
/// It takes microseconds where every thread has its turn.
const CALM: Duration = Duration::from_millis(300);
/// How long that is waited for on a machine that does not become calm.
const LONGEST: Duration = Duration::from_secs(2);
/// A turn that comes later than this is none of a calm machine.
const LATE: Duration = Duration::from_millis(10);
/// How long it may then take to let go.
const LETTING_GO: Duration = Duration::from_millis(200);
/// How long somebody who was let in may take to begin to speak, and then to part.
const PATIENCE: Duration = Duration::from_secs(1);
/// Once nothing was heard for so long, all of a request has been.
const SILENCE: Duration = Duration::from_millis(50);

/// The second hand on a socket that listens.
pub struct Door(TcpListener);

impl Door {
    /// On this socket, which goes on listening until both hands let go.
    ///
    /// # Errors
    /// The operating system's.
    pub fn of(listener: &TcpListener) -> std::io::Result<Self> {
        listener.try_clone().map(Self)
    }

    /// Turns away who comes until the first hand lets go, which `lets_go` tells, and closes the door. Ends when the last of
    /// them has parted.
    pub async fn close(self, app: &Arc<App>, lets_go: &Stopping) {
        let listener = match self.0.set_nonblocking(true) {
            Ok(()) => tokio::net::TcpListener::from_std(self.0),
            Err(error) => Err(error),
        };
        let Ok(listener) = listener else {
            // It is closed then, as it would have been without us.
            return;
        };
        let mut parting = Vec::new();
        let mut over = std::pin::pin!(async {
            lets_go.wait().await;
            sleep(LETTING_GO).await;
        });
        loop {
            tokio::select! {
                () = &mut over => break,
                taken = listener.accept() => {
                    parting.extend(taken.ok().map(|(stream, _)| turn_away(app, stream)));
                }
            }
        }
        // What came in this very moment; behind it the door is closed at once.
        while let Some(Ok((stream, _))) = listener.accept().now_or_never() {
            parting.push(turn_away(app, stream));
        }
        drop(listener);
        if !parting.is_empty() {
            tracing::info!(count = parting.len(), "turned away at the door");
        }
        join_all(parting).await;
    }
}

/// Until those who were let in have met the thread that serves them: until turns have come in their time for a while.
pub async fn handed_over() {
    let began = Instant::now();
    let mut calm = began;
    while calm.elapsed() < CALM && began.elapsed() < LONGEST {
        let asked = Instant::now();
        sleep(LATE).await;
        if asked.elapsed() > LATE * 2 {
            calm = Instant::now();
        }
    }
}

/// Hears what somebody has to say, answers that it was not kept, and parts. What was not heard would reset the
/// connection, and the answer with it.
async fn turn_away(app: &App, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let mut heard = [0; 4096];
    match timeout(PATIENCE, stream.read(&mut heard)).await {
        Ok(Ok(1..)) => {}
        // Nobody asked for anything.
        _ => return,
    }
    while let Ok(Ok(1..)) = timeout(SILENCE, stream.read(&mut heard)).await {}
    let answer = written(
        "HTTP/1.1 503 Service Unavailable",
        edge::alone(app, Code::Unavailable),
    );
    let said = async {
        stream.write_all(&answer).await?;
        stream.shutdown().await?;
        while stream.read(&mut heard).await? > 0 {}
        Ok::<_, std::io::Error>(())
    };
    // Whoever went away has nothing to hear.
    let _ = timeout(PATIENCE, said).await;
}
