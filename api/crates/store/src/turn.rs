//! Turns at an SQLite file between processes. SQLite keeps no queue for its lock: whoever finds it taken looks again
//! after a while, in the end ten times a second, and a process that begins its next group in the moment in which the
//! last one is done finds it free every time. Two processes with much to write would starve each other until somebody
//! hears that the database is locked.
//!
//! So whoever wants SQLite's lock takes one on the directory first, and keeps it until SQLite's is his. There is never
//! more than one who waits for SQLite's then, and whoever had it last comes after him. It is a courtesy: without it
//! everything is as right, only not as fair. Other programs at the file know nothing of it.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long somebody waits for his turn; whoever has it may himself wait for a program that knows of no turns.
const PATIENCE: Duration = Duration::from_secs(3);
/// The time between two looks.
pub(crate) const LOOK: Duration = Duration::from_millis(1);

/// The turns at one file, for one connection that writes.
pub(crate) struct Turns {
    /// None where a directory cannot be locked.
    directory: Option<File>,
}

/// Somebody's turn, which ends when this is dropped.
pub(crate) struct Turn<'a> {
    directory: Option<&'a File>,
    /// Whether somebody else had it first.
    pub has_waited: bool,
}

impl Turns {
    /// The turns at the database of this path.
    pub fn at(path: &str) -> Self {
        let directory = match Path::new(path).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        Self {
            directory: File::open(directory).ok(),
        }
    }

    /// Waits until it is this one's turn, or until that is hopeless.
    pub fn wait(&self) -> Turn<'_> {
        let mut turn = Turn {
            directory: None,
            has_waited: false,
        };
        let Some(directory) = &self.directory else {
            return turn;
        };
        let began = Instant::now();
        loop {
            match directory.try_lock() {
                Ok(()) => {
                    turn.directory = Some(directory);
                    return turn;
                }
                Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                    turn.has_waited = true;
                    std::thread::sleep(LOOK);
                }
                Err(_) => return turn,
            }
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(directory) = self.directory {
            let _ = directory.unlock();
        }
    }
}

/// Beside others, one process begins its groups at least so far apart. After each commit of another all that SQLite has in
/// memory of the file is read again, so that the same work in few large groups is done sooner than in many small ones.
const APART: Duration = Duration::from_millis(50);
/// So long after somebody had to wait for another there still are others.
const BESIDE: Duration = Duration::from_secs(1);

/// When a process begins its groups.
#[derive(Default)]
pub(crate) struct Pace {
    begun: Option<Instant>,
    waited: Option<Instant>,
}

impl Pace {
    /// How long the next group is to wait for others to join it; nothing for whoever is alone at the file.
    pub fn rest(&self, now: Instant) -> Duration {
        match (self.begun, self.waited) {
            (Some(begun), Some(waited)) if now.duration_since(waited) < BESIDE => {
                APART.saturating_sub(now.duration_since(begun))
            }
            _ => Duration::ZERO,
        }
    }

    /// A group began, and others were at the file before it (`has_waited`) or not.
    pub fn begun(&mut self, now: Instant, has_waited: bool) {
        self.begun = Some(now);
        if has_waited {
            self.waited = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use diesel::connection::SimpleConnection as _;

    use super::*;
    use crate::conn::on_backend;
    use crate::{DatabaseUrl, Db, StoreError};

    /// Seconds within which somebody who writes now and then has been let through so many times.
    const SECONDS: u64 = 30;
    const TIMES: usize = 30;

    #[test]
    fn only_beside_others_a_group_waits_for_more() {
        let (mut pace, began) = (Pace::default(), Instant::now());
        assert_eq!(pace.rest(began), Duration::ZERO);
        pace.begun(began, false);
        assert_eq!(pace.rest(began), Duration::ZERO, "alone");
        pace.begun(began, true);
        assert_eq!(pace.rest(began), APART);
        assert_eq!(pace.rest(began + APART), Duration::ZERO);
        pace.begun(began + BESIDE, false);
        assert_eq!(pace.rest(began + BESIDE), Duration::ZERO, "alone again");
    }

    async fn writes(db: &Db) -> Result<(), StoreError> {
        db.write(|tx| {
            // Long enough for another to find it taken.
            std::thread::sleep(Duration::from_millis(3));
            on_backend!(tx, c => c.batch_execute("UPDATE counted SET times = times + 1"))?;
            Ok(())
        })
        .await
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn one_that_never_rests_lets_another_through() {
        let folder = std::env::temp_dir().join(format!("ydt-turns-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("counted.db");
        let url = DatabaseUrl::parse(&format!("sqlite://{}", path.display())).unwrap();
        let (restless, other) = (Db::open(&url).unwrap(), Db::open(&url).unwrap());
        let made = restless.write(|tx| {
            let table =
                "CREATE TABLE counted (times INTEGER NOT NULL); INSERT INTO counted VALUES (0)";
            on_backend!(tx, c => c.batch_execute(table))?;
            Ok::<_, StoreError>(())
        });
        made.await.unwrap();
        let (over, written) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicUsize::new(0)),
        );
        let crowd: Vec<_> = (0..8)
            .map(|_| {
                let (db, over, written) =
                    (restless.clone(), Arc::clone(&over), Arc::clone(&written));
                tokio::spawn(async move {
                    while !over.load(Ordering::Relaxed) {
                        writes(&db).await.unwrap();
                        written.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        while written.load(Ordering::Relaxed) == 0 {
            tokio::time::sleep(LOOK).await;
        }
        let began = Instant::now();
        let mut refused = 0;
        for _ in 0..TIMES {
            refused += usize::from(writes(&other).await.is_err());
        }
        let took = began.elapsed();
        over.store(true, Ordering::Relaxed);
        for one in crowd {
            one.await.unwrap();
        }
        assert!(
            written.load(Ordering::Relaxed) > TIMES,
            "nobody was in the way"
        );
        drop((restless, other));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(
            refused == 0 && took.as_secs() < SECONDS,
            "{refused} refused, in {took:?}"
        );
    }
}
