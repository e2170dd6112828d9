//! Our side of `tests/bench/drain.mjs`: fills the program's own Redis queue with timers that are due, takes
//! them out as the worker does, with nothing to do for any, and says how long that took.
//!
//! `drain URL IDS AT_ONCE [sure]`: `sure` waits after each hand-out until Redis knows that its ids are done; the
//! worker does not, it has the database for that.

use std::collections::HashSet;
use std::time::Instant;

use domain::time::Timestamp;
use yidiantong::ports::queue::{Mark, Queue as _, RedisQueue, RedisUrl, TimerId, Wanted};

/// Ids told in one go while the queue is filled.
const TOLD: usize = 500;

/// On one thread, as the worker works.
#[actix_web::main]
async fn main() -> Result<(), String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (url, ids, at_once, sure) = match words.as_slice() {
        [url, ids, at_once] => (url, ids, at_once, false),
        [url, ids, at_once, sure] if sure == "sure" => (url, ids, at_once, true),
        _ => return Err("drain URL IDS AT_ONCE [sure]".into()),
    };
    let ids: usize = ids.parse().map_err(|_| "IDS: not a number")?;
    let at_once: usize = at_once.parse().map_err(|_| "AT_ONCE: not a number")?;
    let queue = RedisQueue::open(&RedisUrl::parse(url)?, "drain").await?;
    fill(&queue, ids).await?;
    let began = Instant::now();
    let handed = empty(&queue, at_once, sure).await?;
    let took = began.elapsed().as_secs_f64();
    let left = queue.state().await.depth;
    if handed != ids || left != Some(0) {
        return Err(format!(
            "{handed} of {ids} were handed out, {left:?} are left"
        ));
    }
    println!("{took}");
    Ok(())
}

async fn fill(queue: &RedisQueue, ids: usize) -> Result<(), String> {
    let marks: Vec<Mark> = (0..ids)
        .map(|number| {
            let timer = TimerId {
                complaint: format!("{number:032x}"),
                stage: "handle".into(),
                round: 1,
            };
            (timer, Some(Timestamp::from_micros(1_000 + number as i64)))
        })
        .collect();
    for part in marks.chunks(TOLD) {
        queue.schedule(part.to_vec());
        queue.settled().await;
    }
    match queue.state().await.depth {
        Some(depth) if depth == ids as u64 => Ok(()),
        depth => Err(format!("{depth:?} of {ids} ids are in the queue")),
    }
}

/// How many different ids were handed out.
async fn empty(queue: &RedisQueue, at_once: usize, sure: bool) -> Result<usize, String> {
    let wanted = Wanted {
        now: Timestamp::from_micros(1_000_000_000),
        lease_until: Timestamp::from_micros(1_060_000_000),
        limit: at_once,
    };
    let mut handed = HashSet::new();
    loop {
        let due = queue.take_due(wanted).await;
        let due = due.map_err(|error| error.to_string())?;
        if due.is_empty() {
            queue.settled().await;
            return Ok(handed.len());
        }
        handed.extend(due.iter().cloned());
        queue.schedule(due.into_iter().map(|timer| (timer, None)).collect());
        if sure {
            queue.settled().await;
        }
    }
}
