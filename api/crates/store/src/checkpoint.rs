//! Copies SQLite's write-ahead log into the database's file, beside the writer, and has the log begin anew.
//!
//! Left to itself SQLite does so after each commit that finds the log longer than it should be, in the thread that
//! commits. Where several processes write, somebody always reads or writes while that is done, so the log never begins
//! anew: it grew to gigabytes under load, and from its first pages on each commit, however small, had its pages written
//! a second time and synced before the next group could begin. So a thread of its own does it, seldom enough for a page
//! that many groups touch to be copied once, and gives the log its end: with all copied it takes a turn at the file
//! ([`Turns`]) and waits until nobody reads from the log any more, for a moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Integer;

use crate::conn::{Conn, Manager};
use crate::error::StoreError;
use crate::turn::{LOOK, Turns};

/// Pages in the log that are worth copying: some 32 MB, half a second's writing of three processes that have much to do.
const ONCE_IN: i32 = if cfg!(test) { 200 } else { 8_000 };
/// The shortest time between two looks at the log.
const PAUSE: Duration = Duration::from_millis(100);
/// After how long it is tried again to empty the log.
const AGAIN: Duration = Duration::from_secs(1);
/// How long others' turns are held up for those who still read from the log.
const PATIENCE: Duration = Duration::from_millis(150);
/// Pages of the log after which a writer copies it itself, as SQLite does: nobody else seems to (256 MB).
const FORSAKEN: u32 = 65_536;

/// Whoever copies, as the writer knows him.
pub(crate) struct Copier {
    tell: SyncSender<()>,
    took_turn: Arc<AtomicBool>,
    /// Something was erased and may still be read in the log or in the file.
    erased: Arc<AtomicBool>,
}

impl Copier {
    /// Begins to copy for the writer of this file; ends with what is returned. `None` where there is no thread for it.
    pub fn begin(manager: &Manager, path: &str) -> Option<Self> {
        let (tell, told) = sync_channel(1);
        let (manager, turns) = (manager.clone(), Turns::at(path));
        let took_turn = Arc::<AtomicBool>::default();
        let takes = Arc::clone(&took_turn);
        let erased = Arc::<AtomicBool>::default();
        let is_erased = Arc::clone(&erased);
        let begun = std::thread::Builder::new()
            .name("sqlite-log".into())
            .spawn(move || copy(&manager, (&turns, &takes), &is_erased, &told));
        begun.is_ok().then_some(Self {
            tell,
            took_turn,
            erased,
        })
    }

    /// Whether it took a turn at the file since somebody last asked: who waited then need not have waited for others.
    pub fn took_turn(&self) -> bool {
        self.took_turn.swap(false, Ordering::Relaxed)
    }

    /// Something was erased: the log is copied and emptied as soon as nobody reads from it, however short it is, until that
    /// is done. Without this what was erased could be read in it until 32 MB more were written.
    pub fn erased(&self) {
        self.erased.store(true, Ordering::Release);
        self.committed();
    }

    /// A commit made the log longer.
    pub fn committed(&self) {
        // Full: it will look anyway.
        let _ = self.tell.try_send(());
    }
}

/// The connection of a writer leaves the log to a [`Copier`].
pub(crate) fn leaves_the_log(conn: &mut Conn) {
    if let Conn::Sqlite(c) = conn {
        // Refused, it copies as SQLite does, which is right and only slower.
        let _ = c.batch_execute(&format!("PRAGMA wal_autocheckpoint = {FORSAKEN}"));
    }
}

/// How the log stands, in pages; -1 where nobody can say.
#[derive(Debug, Clone, Copy, diesel::QueryableByName)]
struct Log {
    /// Somebody was in the way of what was asked for.
    #[diesel(sql_type = Integer)]
    busy: i32,
    /// In the log.
    #[diesel(sql_type = Integer)]
    log: i32,
    /// Of these, in the database's file.
    #[diesel(sql_type = Integer)]
    checkpointed: i32,
}

fn ask(conn: &mut Conn, mode: &str) -> Result<Log, StoreError> {
    let asked = format!("PRAGMA wal_checkpoint({mode})");
    Ok(diesel::sql_query(asked).get_result(conn)?)
}

fn copy(manager: &Manager, turns: (&Turns, &AtomicBool), erased: &AtomicBool, told: &Receiver<()>) {
    let mut conn = None;
    let mut in_vain = 0;
    loop {
        let is_over = if erased.load(Ordering::Acquire) {
            told.recv_timeout(AGAIN) == Err(RecvTimeoutError::Disconnected)
        } else {
            told.recv().is_err()
        };
        if erased.swap(false, Ordering::AcqRel) && !matches!(emptied(manager, turns.0), Ok(true)) {
            erased.store(true, Ordering::Release);
        }
        if is_over {
            return;
        }
        let looked = match &mut conn {
            Some(conn) => look(conn, turns, in_vain),
            None => open(manager).and_then(|opened| look(conn.insert(opened), turns, in_vain)),
        };
        match looked {
            Ok(left) => in_vain = left,
            // A full disk, most likely: whoever writes meets it too, and tells of it.
            Err(_) => conn = None,
        }
        std::thread::sleep(PAUSE);
    }
}

/// A connection that waits for nobody by itself.
fn open(manager: &Manager) -> Result<Conn, StoreError> {
    let mut conn = manager.open()?;
    if let Conn::Sqlite(c) = &mut conn {
        c.batch_execute("PRAGMA busy_timeout = 0")?;
    }
    Ok(conn)
}

/// Copies all of the log and leaves nothing in it; `false` where somebody was in the way.
fn emptied(manager: &Manager, turns: &Turns) -> Result<bool, StoreError> {
    let mut conn = open(manager)?;
    let _turn = turns.wait();
    let began = Instant::now();
    while ask(&mut conn, "TRUNCATE")?.busy != 0 {
        if began.elapsed() >= PATIENCE {
            return Ok(false);
        }
        std::thread::sleep(LOOK);
    }
    Ok(true)
}

/// Copies the log where it has become long, and has it begin anew. `in_vain` is how long it was when that could not be
/// done: it may grow as much again before others are held up once more. What that is now is returned.
fn look(
    conn: &mut Conn,
    (turns, took_turn): (&Turns, &AtomicBool),
    in_vain: i32,
) -> Result<i32, StoreError> {
    let now = ask(conn, "NOOP")?;
    // Shorter: somebody else was luckier.
    let in_vain = if now.log < in_vain { 0 } else { in_vain };
    if now.log - in_vain.max(now.checkpointed) < ONCE_IN {
        return Ok(in_vain);
    }
    // Most of it out of turn: nobody waits for this.
    if ask(conn, "PASSIVE")?.busy != 0 {
        // Another process is at it.
        return Ok(in_vain);
    }
    let _turn = turns.wait();
    took_turn.store(true, Ordering::Relaxed);
    let began = Instant::now();
    loop {
        let anew = ask(conn, "RESTART")?;
        if anew.busy == 0 {
            return Ok(0);
        }
        if began.elapsed() >= PATIENCE {
            return Ok(anew.log.max(now.log));
        }
        std::thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conn::{Purpose, on_backend};
    use crate::tx::{begin, rollback};
    use crate::{DatabaseUrl, Db};

    struct Scene {
        folder: std::path::PathBuf,
        path: String,
        manager: Manager,
    }

    impl Scene {
        fn new(name: &str) -> Self {
            let name = format!("ydt-log-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            let path = folder.join("written.db").display().to_string();
            let manager = Manager::new(&DatabaseUrl::Sqlite(path.clone()), Purpose::Write);
            execute(
                &mut manager.open().unwrap(),
                "CREATE TABLE written (what BLOB NOT NULL)",
            );
            Self {
                folder,
                path,
                manager,
            }
        }

        fn opened(&self) -> Conn {
            let mut conn = open(&self.manager).unwrap();
            leaves_the_log(&mut conn);
            conn
        }
    }

    impl Drop for Scene {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    fn execute(conn: &mut Conn, sql: &str) {
        if let Conn::Sqlite(c) = conn {
            c.batch_execute(sql).unwrap();
        }
    }

    /// More pages than the log may hold before it is copied.
    const MANY: &str = "INSERT INTO written VALUES (randomblob(1200000))";
    const FEW: &str = "INSERT INTO written VALUES (randomblob(10))";

    #[test]
    fn whoever_reads_the_log_is_waited_for_once() {
        let scene = Scene::new("read");
        let (turns, took_turn) = (Turns::at(&scene.path), AtomicBool::default());
        let turns = (&turns, &took_turn);
        let [mut writer, mut reader, mut copier] = [scene.opened(), scene.opened(), scene.opened()];
        execute(&mut writer, FEW);
        assert_eq!(look(&mut copier, turns, 0).unwrap(), 0, "it is short");
        assert!(!took_turn.load(Ordering::Relaxed));
        assert!(ask(&mut copier, "NOOP").unwrap().checkpointed <= 0);
        begin(&mut reader, "", "BEGIN").unwrap();
        execute(&mut reader, "SELECT count(*) FROM written");
        execute(&mut writer, MANY);
        let in_vain = look(&mut copier, turns, 0).unwrap();
        assert!(in_vain > ONCE_IN, "somebody reads what was before");
        assert!(took_turn.load(Ordering::Relaxed));
        let began = Instant::now();
        assert_eq!(look(&mut copier, turns, in_vain).unwrap(), in_vain);
        assert!(began.elapsed() < PATIENCE, "nobody is held up again");
        rollback(&mut reader).unwrap();
        execute(&mut writer, MANY);
        assert_eq!(look(&mut copier, turns, in_vain).unwrap(), 0);
        execute(&mut writer, FEW);
        assert!(
            ask(&mut copier, "NOOP").unwrap().log < ONCE_IN,
            "it began anew"
        );
    }

    #[tokio::test]
    async fn the_log_begins_anew_behind_a_writer() {
        let scene = Scene::new("anew");
        let db = Db::open(&DatabaseUrl::Sqlite(scene.path.clone())).unwrap();
        let write = |sql: &'static str| {
            db.write(move |tx| {
                on_backend!(tx, c => c.batch_execute(sql))?;
                Ok::<_, StoreError>(())
            })
        };
        write(MANY).await.unwrap();
        let mut asked = scene.opened();
        let began = Instant::now();
        loop {
            write(FEW).await.unwrap();
            if ask(&mut asked, "NOOP").unwrap().log < ONCE_IN {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it only grows");
            tokio::time::sleep(PAUSE).await;
        }
    }
}
