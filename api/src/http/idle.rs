//! Connections on which nothing moves. Each phase of a connection has a limit of its own, and actix keeps them; but where it
//! sets a limit that has passed already (its clock is read twice a second, and a machine that is held up for longer than
//! [`PARTING`](super::listen) lies behind it), nobody is woken, and the connection stands for ever: on a busy machine
//! hundreds of bodies that fell silent at once left a hundred such. So beneath all of them stands this: what has neither
//! brought nor taken a byte for long is at its end; and so is, soon, what was told that it is closed ([`answered`]) and goes on
//! sending all the same, which actix would hear out for ever where a body has no length, and what lets the head of another
//! request than the first come byte by byte.

use std::cell::Cell;
use std::io::ErrorKind;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use actix_http::ConnectionType;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// Time after which it is asked whether anything moved: more than a connection may rest between two requests, so that none is
/// ended under a request it has just sent. What does not move is at its end after once to twice as long.
pub(super) const REST: Duration = Duration::from_secs(80);

/// How long a connection may go on that was told it is closed: its last answer has to reach a weak line.
const PARTING: Duration = Duration::from_secs(10);
/// How long the head of a request may take from its first byte on. Of the first one actix asks that itself, and answers 408.
const HEAD: Duration = Duration::from_secs(10);

/// What the edge and a connection know of each other.
#[derive(Default)]
struct Known {
    /// A request is being answered: what comes meanwhile is its body, or waits.
    answering: Cell<bool>,
    /// When the first byte of the next request came, before it was one.
    begun: Cell<Option<Instant>>,
    /// It was told that it is closed.
    parting: Cell<bool>,
}

/// The same for both.
#[derive(Clone, Default)]
pub struct Talk(Rc<Known>);

/// Notes for its connection that a request is there; what it is told of its answer.
pub(super) fn heard(request: &ServiceRequest) -> Option<Talk> {
    let talk = request.conn_data::<Talk>()?.clone();
    talk.0.answering.set(true);
    talk.0.begun.set(None);
    Some(talk)
}

/// Notes that a request has its answer, and whether that is the last.
pub(super) fn answered<B>(talk: Option<Talk>, response: Option<&ServiceResponse<B>>) {
    let Some(Talk(talk)) = talk else { return };
    talk.answering.set(false);
    let closes = |response: &ServiceResponse<B>| {
        response.response().head().connection_type() == ConnectionType::Close
    };
    if response.is_some_and(closes) {
        talk.parting.set(true);
    }
}

/// A stream that ends when nothing moves on it, or nothing that leads anywhere.
pub struct Idle<S> {
    stream: S,
    talk: Talk,
    /// When it is at its end because it was told that it is closed.
    parts_at: Option<Instant>,
    moved: bool,
    asked: Pin<Box<Sleep>>,
    /// Who is woken by `asked`; to ask it at each read would be work for every request.
    woken: Option<Waker>,
}

impl<S> Idle<S> {
    /// Around a stream.
    pub fn new(stream: S) -> Self {
        Self {
            stream,
            talk: Talk::default(),
            parts_at: None,
            moved: true,
            asked: Box::pin(sleep(REST)),
            woken: None,
        }
    }

    /// What [`heard`] and [`answered`] write and this reads.
    pub fn talk(&self) -> Talk {
        self.talk.clone()
    }

    /// Whether it is at its end whatever it sends: it was told that it is closed and had the time to hear so, or the head of
    /// its request comes too slowly.
    fn has_parted(&self) -> bool {
        let begun = self.talk.0.begun.get();
        self.parts_at.is_some_and(|at| Instant::now() >= at)
            || begun.is_some_and(|at| at.elapsed() >= HEAD)
    }

    /// From now on it has as long to part as is given to it.
    fn may_part(&mut self) {
        if self.talk.0.parting.get() && self.parts_at.is_none() {
            let at = Instant::now() + PARTING;
            self.parts_at = Some(at);
            self.asked.as_mut().reset(at);
            self.woken = None;
        }
    }

    /// Whether nothing has moved for long; if not, whoever asks is woken when it is time to ask again.
    fn is_over(&mut self, cx: &mut Context<'_>) -> bool {
        let waits = self.woken.as_ref();
        if waits.is_some_and(|one| one.will_wake(cx.waker())) && !self.asked.is_elapsed() {
            return false;
        }
        while self.asked.as_mut().poll(cx).is_ready() {
            if !self.moved {
                return true;
            }
            self.moved = false;
            self.asked.as_mut().reset(Instant::now() + REST);
        }
        self.woken = Some(cx.waker().clone());
        false
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
        this.may_part();
        if this.has_parted() {
            return Poll::Ready(Ok(()));
        }
        if let Poll::Ready(read) = Pin::new(&mut this.stream).poll_read(cx, buf) {
            this.moved = true;
            let talk = &this.talk.0;
            if !talk.answering.get() && talk.begun.get().is_none() {
                talk.begun.set(Some(Instant::now()));
            }
            return Poll::Ready(read);
        }
        if this.is_over(cx) {
            return Poll::Ready(Ok(()));
        }
        Poll::Pending
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Idle<S> {
    /// Whoever asks for an answer and takes none of it holds it, and his connection, no longer than others.
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let this = self.get_mut();
        if let Poll::Ready(written) = Pin::new(&mut this.stream).poll_write(cx, buf) {
            this.moved = true;
            // Nobody reads again before something comes; it is to be woken without.
            if this.talk.0.parting.get() && this.parts_at.is_none() {
                this.may_part();
                this.is_over(cx);
            }
            return Poll::Ready(written);
        }
        if this.is_over(cx) {
            return Poll::Ready(Err(ErrorKind::TimedOut.into()));
        }
        Poll::Pending
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
    async fn whoever_was_told_that_it_is_closed_and_goes_on_is_left() {
        let (near, mut far) = duplex(64);
        let mut near = Idle::new(near);
        let talk = near.talk();
        let began = Instant::now();
        let dripping = tokio::spawn(async move {
            while far.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        assert_eq!(near.read(&mut [0; 8]).await.unwrap(), 1);
        talk.0.answering.set(true);
        talk.0.begun.set(None);
        talk.0.parting.set(true);
        while near.read(&mut [0; 8]).await.unwrap() > 0 {}
        let passed = began.elapsed();
        assert!(passed >= PARTING && passed <= PARTING * 2, "{passed:?}");
        dripping.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_has_its_time_and_a_body_none_of_this() {
        let (near, mut far) = duplex(64);
        let mut near = Idle::new(near);
        let talk = near.talk();
        let dripping = tokio::spawn(async move {
            while far.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        // A body, for as long as it comes.
        talk.0.answering.set(true);
        for _ in 0..100 {
            assert_eq!(near.read(&mut [0; 1]).await.unwrap(), 1);
        }
        talk.0.answering.set(false);
        let began = Instant::now();
        while near.read(&mut [0; 1]).await.unwrap() > 0 {}
        let passed = began.elapsed();
        assert!(passed >= HEAD && passed <= HEAD * 2, "{passed:?}");
        dripping.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_takes_nothing_is_left() {
        let (near, _far) = duplex(64);
        let mut near = Idle::new(near);
        let began = Instant::now();
        let left = near.write_all(&[0; 128]).await.unwrap_err();
        assert_eq!(left.kind(), ErrorKind::TimedOut);
        assert!(began.elapsed() >= REST);
    }

    #[tokio::test(start_paused = true)]
    async fn what_brings_or_takes_a_byte_goes_on() {
        let (near, far) = duplex(64);
        let (mut from, mut to) = split(Idle::new(near));
        let (mut heard, mut says) = split(far);
        // Something is taken now and then for ten times as long, then something is brought.
        let side = async move {
            for _ in 0..20 {
                tokio::time::sleep(REST / 2).await;
                to.write_all(b"x").await.unwrap();
                heard.read_exact(&mut [0]).await.unwrap();
            }
            says.write_all(b"y").await.unwrap();
            tokio::time::sleep(REST * 9).await;
        };
        let reading = async {
            let began = Instant::now();
            assert_eq!(from.read(&mut [0; 8]).await.unwrap(), 1);
            assert!(began.elapsed() >= REST * 9);
            assert_eq!(from.read(&mut [0; 8]).await.unwrap(), 0);
        };
        tokio::join!(side, reading);
    }
}
