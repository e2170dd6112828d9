//! What tests begin with: databases made once in a run, by the product's own migrations and importers, and copied for
//! each test. Each copy is an installation of its own: it has no keys yet, and remembers none.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, Once};

use tokio::sync::OnceCell;

use super::db::{Original, TestDatabase, forgets_the_dead};
use super::inside::Inside;

/// What a database holds at its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contents<'a> {
    /// The schema.
    Schema,
    /// Regions, calendar and power list as well, imported at this time.
    Seed(&'a str),
}

/// A database of one's own with these contents; `dir` is where an SQLite file may lie.
pub async fn copy_of(contents: Contents<'_>, dir: &Path) -> TestDatabase {
    static MADE: Mutex<BTreeMap<String, Arc<OnceCell<Original>>>> = Mutex::new(BTreeMap::new());
    let name = format!("{contents:?}");
    let cell = Arc::clone(MADE.lock().unwrap().entry(name).or_default());
    let original = cell.get_or_init(|| make(contents)).await;
    original.copy(dir)
}

async fn make(contents: Contents<'_>) -> Original {
    static ONCE: Once = Once::new();
    ONCE.call_once(forgets_the_dead);
    let dir = tempfile::tempdir().unwrap();
    let database = TestDatabase::make(dir.path());
    Inside::prepares(dir.path(), &database.url, contents).await;
    database.keep(dir.path())
}
