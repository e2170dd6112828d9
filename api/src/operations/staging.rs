//! Folders for what is not finished, beside where it will stand, for its owner alone, and gone however the work
//! ends: what lies in them is everything an installation knows.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

/// The folders of one piece of work, and whether it is to stop. Clones share them: one works, one waits for a signal.
#[derive(Clone, Default)]
pub struct Staging {
    folders: Arc<Mutex<Vec<TempDir>>>,
    stop: Arc<AtomicBool>,
}

impl Staging {
    /// A new folder in `dir`.
    pub(super) fn within(&self, dir: &Path) -> Result<PathBuf, String> {
        let made = tempfile::Builder::new()
            .prefix(".yidiantong-")
            .tempdir_in(dir);
        let made = made.map_err(|error| format!("{}: {error}", dir.display()))?;
        let path = made.path().to_owned();
        let mut all = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(made);
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
