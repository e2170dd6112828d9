//! The migrations: the same names for both engines, up and down and up again, and what they make is what
//! `store` believes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::support::db::{TestDatabase, is_postgres};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn folders(engine: &str) -> BTreeSet<String> {
    std::fs::read_dir(root().join("migrations").join(engine))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = folders("sqlite");
    assert_eq!(names, folders("postgres"));
    assert!(!names.is_empty());
    for engine in ["sqlite", "postgres"] {
        for name in &names {
            for file in ["up.sql", "down.sql"] {
                let path = root().join("migrations").join(engine).join(name).join(file);
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(!text.trim().is_empty(), "{}", path.display());
            }
        }
    }
}

/// A fresh database that no house lives in.
fn fresh() -> (tempfile::TempDir, TestDatabase, store::DatabaseUrl) {
    let dir = tempfile::tempdir().unwrap();
    let database = TestDatabase::make(dir.path());
    let url = store::DatabaseUrl::parse(&database.url).unwrap();
    (dir, database, url)
}

#[test]
fn up_and_down_and_up_again() {
    let (_dir, database, url) = fresh();
    let applied = |url| -> Vec<bool> {
        let all = store::migrate::status(url).unwrap();
        all.iter().map(|one| one.applied).collect()
    };
    let count = folders("sqlite").len();
    assert_eq!(applied(&url), vec![false; count]);
    assert_eq!(store::migrate::up(&url).unwrap().len(), count);
    assert_eq!(applied(&url), vec![true; count]);
    let made = database.columns();
    assert!(!made.is_empty());
    assert_eq!(
        store::migrate::up(&url).unwrap().len(),
        0,
        "up twice does nothing"
    );
    for _ in 0..count {
        assert!(store::migrate::down(&url).unwrap().is_some());
    }
    assert_eq!(database.columns(), [], "down leaves nothing behind");
    assert_eq!(store::migrate::down(&url).unwrap(), None);
    assert_eq!(applied(&url), vec![false; count]);
    store::migrate::up(&url).unwrap();
    assert_eq!(database.columns(), made);
}

#[test]
fn starters_that_race_migrate_once() {
    let (_dir, _database, url) = fresh();
    // On SQLite the file must be there before two processes meet at it.
    store::migrate::status(&url).unwrap();
    let runs: Vec<_> = (0..4)
        .map(|_| {
            let url = url.clone();
            std::thread::spawn(move || store::migrate::up(&url).map(|run| run.len()))
        })
        .collect();
    let run: Vec<_> = runs
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    let done: usize = run.iter().filter_map(|one| one.as_ref().ok()).sum();
    assert_eq!(done, folders("sqlite").len(), "{run:?}");
    if is_postgres() {
        assert!(run.iter().all(Result::is_ok), "{run:?}");
    }
}

/// Tables and columns as `store` believes them, read from its source: table, column, nullable.
fn believed() -> Vec<(String, String, bool)> {
    let source = std::fs::read_to_string(root().join("api/crates/store/src/schema.rs")).unwrap();
    let (mut columns, mut table) = (Vec::new(), String::new());
    let mut inside = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("table!") {
            inside = true;
        } else if inside && line.contains('(') && line.ends_with('{') {
            line.split(' ').next().unwrap().clone_into(&mut table);
        } else if let Some((name, kind)) = line.split_once(" -> ").filter(|_| inside) {
            let nullable = kind.starts_with("Nullable<");
            columns.push((table.clone(), name.to_owned(), nullable));
        } else if line == "}" && !table.is_empty() {
            table.clear();
        } else if line == "}" {
            inside = false;
        }
    }
    columns.sort();
    columns
}

#[test]
fn the_tables_are_what_the_store_believes() {
    let (_dir, database, url) = fresh();
    store::migrate::up(&url).unwrap();
    let (made, believed) = (database.columns(), believed());
    assert!(believed.len() > 100, "schema.rs was not understood");
    let made: BTreeSet<_> = made.into_iter().collect();
    let believed: BTreeSet<_> = believed.into_iter().collect();
    let missing: Vec<_> = believed.difference(&made).collect();
    let unknown: Vec<_> = made.difference(&believed).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "believed and not made: {missing:#?}\nmade and not believed: {unknown:#?}"
    );
}

#[test]
fn a_database_of_another_kind_is_refused_in_words() {
    for url in [
        "mysql://x",
        "postgresql:typo",
        "sqlite://",
        "sqlite://:memory:",
        "",
    ] {
        assert!(store::DatabaseUrl::parse(url).is_err(), "{url}");
    }
}
