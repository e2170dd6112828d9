//! Bodies that come too slowly: a connection that sends a byte now and then would otherwise be held for ever, and a
//! thousand of them are an attack that costs nothing. A photograph on a weak line passes.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use actix_web::HttpMessage as _;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::time::{Instant, timeout_at};

/// No byte for so long.
const SILENCE: Duration = Duration::from_secs(30);
/// The time over which the pace is measured.
const WINDOW: Duration = Duration::from_secs(60);
/// The bytes that have to come in each window: 1 KiB/s.
const LEAST: usize = 60 * 1024;

/// Puts a watch on the body of a request, if it has one.
pub(super) fn guard(req: &mut ServiceRequest) {
    let has_body = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING]
        .iter()
        .any(|name| req.headers().contains_key(name));
    if has_body {
        let body = req.take_payload();
        req.set_payload(Payload::Stream {
            payload: Box::pin(paced(body)),
        });
    }
}

/// Whether it was our watch that ended a body.
pub(super) fn is_too_slow(error: &PayloadError) -> bool {
    let PayloadError::Io(error) = error else {
        return false;
    };
    error.kind() == ErrorKind::TimedOut
}

/// What came in the window that is open.
struct Watch<S> {
    body: S,
    window_ends: Instant,
    bytes: usize,
}

fn paced<B: AsRef<[u8]>>(
    body: impl Stream<Item = Result<B, PayloadError>> + Unpin,
) -> impl Stream<Item = Result<B, PayloadError>> {
    let watch = Watch {
        body,
        window_ends: Instant::now() + WINDOW,
        bytes: 0,
    };
    stream::unfold(Some(watch), |watch| async {
        let mut watch = watch?;
        loop {
            let until = (Instant::now() + SILENCE).min(watch.window_ends);
            match timeout_at(until, watch.body.next()).await {
                Ok(None) => return None,
                Ok(Some(part)) => {
                    watch.bytes += part.as_ref().map_or(0, |part| part.as_ref().len());
                    return Some((part, Some(watch)));
                }
                // The window's end alone is no silence.
                Err(_) if until == watch.window_ends && watch.bytes >= LEAST => {
                    watch.window_ends = until + WINDOW;
                    watch.bytes = 0;
                }
                Err(_) => {
                    let slow = Error::new(ErrorKind::TimedOut, "the body came too slowly");
                    return Some((Err(PayloadError::Io(slow)), None));
                }
            }
        }
    })
    // A reader of forms asks once more after the end.
    .fuse()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Part = Result<Vec<u8>, PayloadError>;

    /// Reads a body whose parts of so many bytes come so far apart; the bytes read, and whether it was cut off.
    async fn read(parts: usize, bytes: usize, apart: u64) -> (usize, bool) {
        let sent = stream::unfold(0, move |n| async move {
            if n == parts {
                return None;
            }
            tokio::time::sleep(Duration::from_secs(apart)).await;
            let part: Part = Ok(vec![0; bytes]);
            Some((part, n + 1))
        });
        let mut came = 0;
        let mut paced = Box::pin(paced(Box::pin(sent)));
        while let Some(part) = paced.next().await {
            match part {
                Ok(part) => came += part.len(),
                Err(error) => return (came, is_too_slow(&error)),
            }
        }
        (came, false)
    }

    #[tokio::test(start_paused = true)]
    async fn a_photograph_on_a_weak_line_passes() {
        // 400 kB at 2 KiB/s takes over three minutes.
        assert_eq!(read(200, 2_048, 1).await, (409_600, false));
        assert_eq!(read(10, 51_200, 25).await, (512_000, false));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_is_cut_off() {
        let (came, cut) = read(1_000, 1, 1).await;
        assert!(cut && (58..=60).contains(&came), "{came} {cut}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_falls_silent_is_cut_off() {
        assert_eq!(read(3, 100_000, 31).await, (0, true));
        assert_eq!(read(2, 10, 20).await, (20, false));
    }
}
