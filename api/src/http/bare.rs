//! Answers that nobody of ours gives. What is no request, has too large a head, or whose head comes too slowly never
//! gets to a route or to middleware: the connection itself refuses it, with a status and nothing else. There is no
//! hook for that, so it is caught where it leaves: [`Wire`] stands between the connection and the socket, and writes
//! a whole answer in the place of a bare one.
//!
//! A bare answer is the last thing that a connection says, so it is to be found at the end of what is written, and
//! nowhere else. It is known by its head: one of four statuses, nothing but a length of zero, a date and whether the
//! connection stays. No head of ours is like that, as each carries the edge's headers; the *body* of an answer might
//! be, so the edge notes for each connection whether the body it sends ends like one ([`note`]), and then nothing is
//! touched. All else passes as it is, without being copied: most writes are told apart by their last four bytes.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody as _};
use actix_web::dev::ServiceResponse;
use memchr::memmem;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::codes::Code;

/// No bare answer is longer.
const LONGEST: usize = 256;
const END: &[u8] = b"\r\n\r\n";

/// Makes the answer that stands in a bare one's place.
pub type Whole = Rc<dyn Fn(Code) -> HttpResponse>;

/// Whether the body that a connection sends, or sent last, ends like a bare answer.
#[derive(Clone, Default)]
pub struct Alike(Rc<Cell<bool>>);

/// Notes for its connection how an answer of ours ends.
pub fn note(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let Some(Alike(alike)) = response.request().conn_data::<Alike>().cloned() else {
        return response;
    };
    match response.response().body().size() {
        BodySize::None | BodySize::Sized(0) => {
            alike.set(false);
            response
        }
        _ => response.map_body(|_, body| match body.try_into_bytes() {
            Ok(bytes) => {
                alike.set(Bare::at_the_end_of(&bytes).is_some());
                BoxBody::new(bytes)
            }
            // Its parts are not known before they are sent.
            Err(body) => {
                alike.set(true);
                body
            }
        }),
    }
}

/// A bare answer.
#[derive(Debug, PartialEq, Eq)]
struct Bare<'a> {
    status: &'a str,
    code: Code,
    date: &'a str,
    length: usize,
}

impl<'a> Bare<'a> {
    /// The one that these bytes end with.
    fn at_the_end_of(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.ends_with(END) {
            return None;
        }
        let (_, tail) = bytes.split_at(bytes.len().saturating_sub(LONGEST));
        let (_, head) = tail.split_at(memmem::rfind(tail, b"HTTP/1.")?);
        let text = std::str::from_utf8(head).ok()?.strip_suffix("\r\n\r\n")?;
        let mut lines = text.split("\r\n");
        let status = lines.next()?;
        let code = match status.split_once(' ')?.1 {
            "400 Bad Request" => Code::MalformedRequest,
            "408 Request Timeout" => Code::HeadTooSlow,
            "431 Request Header Fields Too Large" => Code::HeadTooLarge,
            "500 Internal Server Error" => Code::Internal,
            _ => return None,
        };
        let (mut date, mut is_empty) = (None, false);
        for line in lines {
            match line.split_once(": ")? {
                ("content-length", "0") => is_empty = true,
                ("date", _) => date = Some(line),
                ("connection", _) => {}
                _ => return None,
            }
        }
        is_empty.then_some(())?;
        Some(Self {
            status,
            code,
            date: date?,
            length: head.len(),
        })
    }

    /// The bytes of the answer in its place.
    fn dressed(&self, answer: HttpResponse) -> Vec<u8> {
        written(&format!("{}\r\n{}", self.status, self.date), answer)
    }
}

/// An answer as it goes over the line, the last of its connection, under a first line and what else stands there.
pub(super) fn written(head: &str, answer: HttpResponse) -> Vec<u8> {
    let (answer, body) = answer.into_parts();
    let body = body.try_into_bytes().unwrap_or_default();
    let mut bytes = format!(
        "{head}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    )
    .into_bytes();
    for (name, value) in answer.headers() {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(&body);
    bytes
}

/// What is written in a bare answer's place.
struct Dressed {
    bytes: Vec<u8>,
    written: usize,
    /// The bytes of the bare one.
    instead_of: usize,
}

/// A connection.
pub struct Wire<S> {
    stream: S,
    whole: Whole,
    alike: Alike,
    dressed: Option<Dressed>,
}

impl<S> Wire<S> {
    /// Around a stream.
    pub fn new(stream: S, whole: Whole) -> Self {
        Self {
            stream,
            whole,
            alike: Alike::default(),
            dressed: None,
        }
    }

    /// The stream.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// What [`note`] writes and this reads.
    pub fn alike(&self) -> Alike {
        self.alike.clone()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let this = self.get_mut();
        if this.dressed.is_none() {
            let bare = match Bare::at_the_end_of(buf) {
                Some(bare) if !this.alike.0.get() => bare,
                _ => return Pin::new(&mut this.stream).poll_write(cx, buf),
            };
            let (before, _) = buf.split_at(buf.len() - bare.length);
            if !before.is_empty() {
                return Pin::new(&mut this.stream).poll_write(cx, before);
            }
            this.dressed = Some(Dressed {
                bytes: bare.dressed((this.whole)(bare.code)),
                written: 0,
                instead_of: bare.length,
            });
        }
        let Some(dressed) = &mut this.dressed else {
            return Poll::Ready(Ok(0));
        };
        // The bare one counts as written when all that stands in its place is.
        while let Some(rest) = dressed.bytes.get(dressed.written..)
            && !rest.is_empty()
        {
            match ready!(Pin::new(&mut this.stream).poll_write(cx, rest))? {
                0 => return Poll::Ready(Ok(0)),
                written => dressed.written += written,
            }
        }
        let done = dressed.instead_of.min(buf.len());
        this.dressed = None;
        Poll::Ready(Ok(done))
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
    use super::*;
    use std::task::Waker;

    const BARE: &str = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\ndate: Mon, 02 Nov 2026 01:00:00 GMT\r\n\r\n";
    const OURS: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-request-id: 1\r\n\r\n{}";

    /// A socket that takes so many bytes at a time, and none at every other asking.
    struct Narrow {
        taken: Vec<u8>,
        at_once: usize,
        is_full: bool,
    }

    impl AsyncWrite for Narrow {
        fn poll_write(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buf: &[u8],
        ) -> Poll<std::io::Result<usize>> {
            let this = self.get_mut();
            this.is_full = !this.is_full;
            if this.is_full {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let taken = buf.len().min(this.at_once);
            this.taken.extend_from_slice(&buf[..taken]);
            Poll::Ready(Ok(taken))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    fn wire(at_once: usize) -> Wire<Narrow> {
        let whole: Whole = Rc::new(|code| {
            HttpResponse::BadRequest()
                .insert_header(("x-content-type-options", "nosniff"))
                .body(format!("{{\"code\":\"{}\"}}", code.as_str()))
        });
        let socket = Narrow {
            taken: Vec::new(),
            at_once,
            is_full: false,
        };
        Wire::new(socket, whole)
    }

    /// Writes as the connection does: the rest again and again, until all is taken.
    fn write(wire: &mut Wire<Narrow>, text: &str) {
        let mut cx = Context::from_waker(Waker::noop());
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            match Pin::new(&mut *wire).poll_write(&mut cx, rest) {
                Poll::Pending => {}
                Poll::Ready(taken) => rest = &rest[taken.unwrap()..],
            }
        }
    }

    fn sent(wire: Wire<Narrow>) -> String {
        String::from_utf8(wire.stream.taken).unwrap()
    }

    #[test]
    fn a_bare_answer_is_dressed_however_narrow_the_line() {
        for at_once in [1, 7, 100, 10_000] {
            for before in ["", OURS] {
                let mut wire = wire(at_once);
                write(&mut wire, &format!("{before}{BARE}"));
                let sent = sent(wire);
                let dressed = sent.strip_prefix(before).unwrap();
                assert!(
                    dressed.starts_with("HTTP/1.1 400 Bad Request\r\ndate: Mon, 02"),
                    "{sent}"
                );
                let body = "{\"code\":\"malformed_request\"}";
                assert!(dressed.ends_with(&format!("\r\n\r\n{body}")), "{sent}");
                for line in [
                    "x-content-type-options: nosniff",
                    "connection: close",
                    &format!("content-length: {}", body.len()),
                ] {
                    assert!(dressed.contains(&format!("\r\n{line}\r\n")), "{sent}");
                }
                assert_eq!(dressed.matches("content-length").count(), 1);
            }
        }
    }

    #[test]
    fn a_body_that_ends_like_one_is_not_touched() {
        for at_once in [1, 7, 100, 10_000] {
            let mut wire = wire(at_once);
            wire.alike.0.set(true);
            let head = "HTTP/1.1 200 OK\r\ncontent-length: 102\r\nx-request-id: 1\r\n\r\n";
            write(&mut wire, &format!("{head}{BARE}"));
            // Also where the body comes apart from its head.
            write(&mut wire, BARE);
            assert_eq!(sent(wire), format!("{head}{BARE}{BARE}"));
        }
    }

    #[test]
    fn what_only_contains_one_passes_as_it_is() {
        let whole = format!("{OURS}{BARE}");
        for text in [
            format!("{BARE}and more"),
            format!("{BARE}{OURS}"),
            format!("{whole}{whole}{OURS}"),
            BARE.replace("content-length: 0", "content-length: 2"),
            BARE.replace("date:", "x-request-id: 1\r\ndate:"),
            BARE.replace("400 Bad Request", "404 Not Found"),
            "HTTP/1.1 100 Continue\r\n\r\n".to_owned(),
            "HTTP/1.1 304 Not Modified\r\netag: \"1\"\r\n\r\n".to_owned(),
            "\r\n\r\n".to_owned(),
        ] {
            for at_once in [1, 13, 10_000] {
                let mut wire = wire(at_once);
                write(&mut wire, &text);
                assert_eq!(sent(wire), text);
            }
        }
    }
}
