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
use tokio::time::{Instant, timeout, timeout_at};

use super::bare::written;
use super::edge;
use crate::app::App;
use crate::codes::Code;

/// How long the first hand, which takes nobody in any more, is left to hand those it has to the threads that serve them:
/// a thread that is told to stop looks at nobody whom it has not yet met, and they would be reset. It takes microseconds;
/// on a busy machine a thread's turn has to come.
pub const HANDING_OVER: Duration = Duration::from_millis(300);
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

    /// Turns away who comes while the first hand lets go, which it must do [`HANDING_OVER`] from now, and closes the door.
    /// Ends when the last of them has parted.
    pub async fn close(self, app: &Arc<App>) {
        let listener = match self.0.set_nonblocking(true) {
            Ok(()) => tokio::net::TcpListener::from_std(self.0),
            Err(error) => Err(error),
        };
        let Ok(listener) = listener else {
            // It is closed then, as it would have been without us.
            return;
        };
        let mut parting = Vec::new();
        let until = Instant::now() + HANDING_OVER + LETTING_GO;
        while let Ok(taken) = timeout_at(until, listener.accept()).await {
            parting.extend(taken.ok().map(|(stream, _)| turn_away(app, stream)));
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
