//! Connections on which nothing moves. Each phase of a connection has a limit of its own, and actix keeps them; but where it
//! sets a limit that has passed already (its clock is read twice a second, and a machine that is held up for longer than
//! [`PARTING`](super::listen) lies behind it), nobody is woken, and the connection stands for ever: on a busy machine
//! hundreds of bodies that fell silent at once left a hundred such. So beneath all of them stands this: what has neither
//! brought nor taken a byte for long is at its end.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// Time after which it is asked whether anything moved: more than a connection may rest between two requests, so that none is
/// ended under a request it has just sent. What does not move is at its end after once to twice as long.
pub(super) const REST: Duration = Duration::from_secs(80);

/// A stream that ends when nothing moves on it.
pub struct Idle<S> {
    stream: S,
    moved: bool,
    asked: Pin<Box<Sleep>>,
}

impl<S> Idle<S> {
    /// Around a stream.
    pub fn new(stream: S) -> Self {
        Self {
            stream,
            moved: true,
            asked: Box::pin(sleep(REST)),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Idle<S> {
    /// Ends as a line does that the other side has closed: an answer that is still being made is given all the same.
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let this = self.get_mut();
        if let Poll::Ready(read) = Pin::new(&mut this.stream).poll_read(cx, buf) {
            this.moved = true;
            return Poll::Ready(read);
        }
        while this.asked.as_mut().poll(cx).is_ready() {
            if !this.moved {
                return Poll::Ready(Ok(()));
            }
            this.moved = false;
            this.asked.as_mut().reset(Instant::now() + REST);
        }
        Poll::Pending
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Idle<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(cx, buf);
        this.moved |= written.is_ready();
        written
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex, split};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_does_not_move_ends() {
        let (near, _far) = duplex(64);
        let mut near = Idle::new(near);
        let began = Instant::now();
        assert_eq!(near.read(&mut [0; 8]).await.unwrap(), 0);
        let passed = began.elapsed();
        assert!(
            passed >= REST && passed <= REST * 2 + Duration::from_secs(1),
            "{passed:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_brings_or_takes_a_byte_goes_on() {
        let (near, far) = duplex(64);
        let (mut from, mut to) = split(Idle::new(near));
        let (mut heard, mut says) = split(far);
        // Something is taken now and then for ten times as long, then something is brought.
        tokio::spawn(async move {
            for _ in 0..20 {
                tokio::time::sleep(REST / 2).await;
                to.write_all(b"x").await.unwrap();
                heard.read_exact(&mut [0]).await.unwrap();
            }
            says.write_all(b"y").await.unwrap();
            tokio::time::sleep(REST * 9).await;
        });
        let began = Instant::now();
        assert_eq!(from.read(&mut [0; 8]).await.unwrap(), 1);
        assert!(began.elapsed() >= REST * 9);
        assert_eq!(from.read(&mut [0; 8]).await.unwrap(), 0);
    }
}
