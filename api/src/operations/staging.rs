//! Folders for what is not finished, beside where it will stand, for its owner alone, and gone however the work
//! ends: what lies in them is everything an installation knows.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

/// What the names of such folders begin with.
pub(super) const PREFIX: &str = ".yidiantong-";
/// Held while the work goes on: the system lets it go with the process, however that ends.
const LOCK: &str = "lock";

/// Takes away folders whose lock nobody holds. One without a lock was only just made, or by an older program.
fn clear_dead(dir: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let Ok(lock) = File::open(entry.path().join(LOCK)) else {
            continue;
        };
        if lock.try_lock().is_ok() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// The folders of one piece of work, and whether it is to stop. Clones share them: one works, one waits for a signal.
#[derive(Clone, Default)]
pub struct Staging {
    folders: Arc<Mutex<Vec<(TempDir, File)>>>,
    stop: Arc<AtomicBool>,
}

impl Staging {
    /// A new folder in `dir`, where what was left behind by work that was killed is taken away.
    pub(super) fn within(&self, dir: &Path) -> Result<PathBuf, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", dir.display());
        clear_dead(dir).map_err(failed)?;
        let made = tempfile::Builder::new().prefix(PREFIX).tempdir_in(dir);
        let made = made.map_err(failed)?;
        let path = made.path().to_owned();
        // Held before it bears its name, so that nobody finds it free.
        let new = path.join("lock.new");
        let lock = File::create_new(&new).map_err(failed)?;
        lock.lock().map_err(failed)?;
        fs::rename(new, path.join(LOCK)).map_err(failed)?;
        let mut all = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((made, lock));
        Ok(path)
    }

    /// A new folder beside `file`.
    pub(super) fn beside(&self, file: &Path) -> Result<PathBuf, String> {
        let dir = file.parent().filter(|dir| !dir.as_os_str().is_empty());
        self.within(dir.unwrap_or(Path::new(".")))
    }

    /// Set when the work is to stop.
    pub(super) fn stop_flag(&self) -> &AtomicBool {
        &self.stop
    }

    /// Asks the work to stop.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Takes all of them away.
    pub fn clear(&self) {
        let mut all = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        all.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_killed_work_left_is_taken_away_and_living_work_is_not() {
        let dir = tempfile::tempdir().unwrap();
        // As `kill -9` leaves it: the lock is there, and nobody holds it.
        let dead = dir.path().join(".yidiantong-dead");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        fs::write(dead.join("database"), "everything").unwrap();
        let (one, other) = (Staging::default(), Staging::default());
        let living = one.within(dir.path()).unwrap();
        assert!(!dead.exists());
        let second = other.within(dir.path()).unwrap();
        assert!(living.exists() && second.exists());
        one.clear();
        assert!(!living.exists() && second.exists());
    }
}
