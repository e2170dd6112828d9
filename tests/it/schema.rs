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

/// What every process keeps in memory stands and falls with this: each of these changes gives the directory another
/// epoch, by whatever way it comes in, and what no answer depends on does not.
#[test]
fn whatever_changes_the_directory_gives_it_another_epoch() {
    let (_dir, database, url) = fresh();
    store::migrate::up(&url).unwrap();
    let epoch = || database.text("SELECT CAST(epoch AS TEXT) AS a FROM directory_epoch");
    let changes = [
        "INSERT INTO organisations VALUES ('o', '230000000000', 'province', 'other', '演示', NULL, NULL)",
        "INSERT INTO posts VALUES ('q', 'o', '演示', TRUE)",
        "INSERT INTO staff (id, username, display_name, role, region_code, organisation_id, person_id, created_at)
         VALUES ('s', 's', '演示', 'triage', '230000000000', 'o', 'p', 0)",
        "INSERT INTO post_holders VALUES ('q', 'p', '2026-11-02', NULL)",
        "INSERT INTO relations (id, person_id, to_person_id, note, declared_by, declared_at) VALUES ('r', 'p', 'p', '', 's', 0)",
        "INSERT INTO zones VALUES ('z', '230000000000', '演示', 'o', 1)",
        "INSERT INTO zone_townships VALUES ('230000000000', 'z')",
        "INSERT INTO policies VALUES ('230000000000', 2, '{}', 0, NULL, NULL)",
        "INSERT INTO calendar_versions (version, imported_at, source, office_hours) VALUES (9, 0, '', '{}')",
        "UPDATE organisations SET led_by = 'o'",
        "UPDATE posts SET leads = FALSE",
        "UPDATE staff SET role = 'handler'",
        "UPDATE staff SET disabled_at = 1",
        "UPDATE post_holders SET until_day = '2026-11-03'",
        "UPDATE relations SET ended_at = 1",
        "UPDATE zones SET version = 2",
        "UPDATE regions SET short_name = '另名'",
        "DELETE FROM calendar_versions",
        "DELETE FROM policies",
        "DELETE FROM zone_townships",
        "DELETE FROM zones",
        "DELETE FROM relations",
        "DELETE FROM post_holders",
        "DELETE FROM staff",
        "DELETE FROM posts",
        "DELETE FROM organisations",
        "DELETE FROM regions",
    ];
    database.run(
        "INSERT INTO regions (code, name, short_name, level, parent_code, pinyin, initials) VALUES ('230000000000', '演示', '演示', 'province', NULL, '', '');
         INSERT INTO persons VALUES ('p', '演示')",
    );
    let mut seen = vec![epoch()];
    for change in changes {
        database.run(change);
        let now = epoch();
        assert!(!seen.contains(&now), "{change}");
        seen.push(now);
        if change.starts_with("INSERT INTO staff") {
            let before = epoch();
            database.run("UPDATE staff SET totp_last_step = 7, token_version = 2");
            database.run("UPDATE regions SET name = name");
            assert_eq!(epoch(), before);
        }
    }
}
