//! The migrations: the same names for both engines, up and down and up again, and what they make is what
//! `store` believes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::support::db::TestDatabase;

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
    assert_eq!(store::migrate::up_by(&url, 2).unwrap().len(), 2);
    assert_eq!(applied(&url).iter().filter(|one| **one).count(), 2);
    assert_eq!(store::migrate::up(&url).unwrap().len(), count - 2);
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
    let done: usize = run.iter().map(|one| one.as_ref().unwrap_or(&0)).sum();
    assert_eq!(done, folders("sqlite").len(), "{run:?}");
    assert!(run.iter().all(Result::is_ok), "{run:?}");
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
        "INSERT INTO organisations (id, region_code, level, kind, name) VALUES ('o', '230000000000', 'province', 'other', '演示')",
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

/// Tables that public reads show: a change of one, by whatever way it comes in, is another generation.
const PUBLIC: [&str; 15] = [
    "calendar_versions",
    "catalogues",
    "closed_statistics",
    "disclosure_takedowns",
    "disclosures",
    "obligations",
    "organisations",
    "policies",
    "posts",
    "power_versions",
    "powers",
    "published_answers",
    "region_former_names",
    "regions",
    "vouchers",
];
/// Rows that are there before the row of a public table that makes them public, and stay as they are.
const SHOWN_WITH_ANOTHER: [&str; 11] = [
    "calendar_days",
    "calendar_hours",
    "calendar_overrides",
    "disclosure_versions",
    "disclosure_withdrawals",
    "ledger_lines",
    "ledger_sheets",
    "obligation_steps",
    "paper_signatures",
    "sheet_rows",
    "signoffs",
];
/// What nobody reads without a login or a receipt.
const NOT_PUBLIC: [&str; 44] = [
    "attachments",
    "audit",
    "audit_chain",
    "audit_head",
    "audit_pending",
    "calendar_recounts",
    "case_exports",
    "clock_base",
    "complaint_attachments",
    "complaint_events",
    "complaint_identities",
    "complaint_messages",
    "complaint_ratings",
    "complaint_recusals",
    "complaint_targets",
    "complaint_units",
    "complaints",
    "daily_marks",
    "directory_epoch",
    "disclosure_corrections",
    "enrolments",
    "erased_identities",
    "escalations",
    "identity_requests",
    "key_ids",
    "login_tries",
    "merges",
    "obligation_villages",
    "outbox",
    "persons",
    "post_holders",
    "power_drafts",
    "proposal_offers",
    "proposals",
    "public_generation",
    "recovery_codes",
    "refresh_tokens",
    "region_epoch",
    "relations",
    "staff",
    "staged_sheets",
    "timers",
    "zone_townships",
    "zones",
];

/// A table that is in none of the lists is one of which nobody has asked whether public reads may keep what they read
/// of it: where they show it, it needs triggers like those of `public_generation`'s migration.
#[test]
fn of_every_table_somebody_has_said_whether_it_is_public() {
    let tables: BTreeSet<String> = believed().into_iter().map(|(table, ..)| table).collect();
    let said = [&PUBLIC[..], &SHOWN_WITH_ANOTHER, &NOT_PUBLIC].concat();
    let unsaid: Vec<_> = tables
        .iter()
        .filter(|table| !said.contains(&table.as_str()))
        .collect();
    assert!(unsaid.is_empty(), "public or not? {unsaid:?}");
    assert_eq!(said.len(), tables.len(), "said of no table, or twice");
}

/// What every process keeps of public reads stands and falls with this.
#[test]
fn whatever_changes_what_is_public_adds_to_the_generation() {
    let (_dir, database, url) = fresh();
    store::migrate::up(&url).unwrap();
    let generation = || -> i64 {
        let sql = "SELECT CAST(generation AS TEXT) AS a FROM public_generation";
        database.text(sql).parse().unwrap()
    };
    let sheet = "INSERT INTO ledger_sheets (id, region_code, kind, period, opening_fen, income_fen, expense_fen, closing_fen,
                 line_count, content_sha256, faults, uploaded_by, uploaded_at)
                 VALUES ('s', '230000000000', 'ledger', '2026-10', 0, 0, 0, 0, 0, '', '', NULL, 0)";
    let line = "INSERT INTO ledger_lines (id, sheet_id, no, day, voucher_no, summary, income_fen, expense_fen, balance_fen,
                account_code, fund_source, payee, handled_by, witnessed_by, approved_by, file_count)
                VALUES ('l', 's', 1, '2026-10-01', '', '', 0, 0, 0, NULL, '', '', '', '', '', 0)";
    let draft = "INSERT INTO disclosures (id, region_code, kind, period, period_end, title, state, version, edition, sheet_id,
                 drafted_by, created_at, published_at, posting_until)
                 VALUES ('d', '230000000000', 'ledger', '2026-10', '2026-10-31', '演示', 'draft', 1, 1, 's', NULL, 0, NULL, NULL)";
    let complaint = "INSERT INTO complaints (id, number, receipt_mac, idempotency_mac, body_sha256, filed_view, kind, region_code,
                     category, text, text_folded, identity_mode, filed_by, may_publish_answer, state, facts, round, level,
                     version, revision, supervised, supervising_id, received_at, next_due_at)
                     VALUES ('c', 'n', '', '', '', '{}', 'complaint', '230000000000', 'service', '', '', 'anonymous', 'self', FALSE,
                     'submitted', '{}', 1, 1, 1, 1, FALSE, 'o', 0, 0)";
    let steps: [(&str, bool); 30] = [
        ("INSERT INTO regions (code, name, short_name, level, parent_code, pinyin, initials) VALUES ('230000000000', '演示', '演示', 'province', NULL, '', '')", true),
        ("UPDATE regions SET short_name = '另名'", true),
        ("INSERT INTO persons VALUES ('p', '演示')", false),
        ("INSERT INTO organisations (id, region_code, level, kind, name) VALUES ('o', '230000000000', 'province', 'other', '演示')", true),
        ("INSERT INTO posts VALUES ('q', 'o', '演示', TRUE)", true),
        ("INSERT INTO staff (id, username, display_name, role, region_code, organisation_id, person_id, created_at)
          VALUES ('s', 's', '演示', 'triage', '230000000000', 'o', 'p', 0)", false),
        ("INSERT INTO policies VALUES ('230000000000', 2, '{}', 0, NULL, NULL)", true),
        ("INSERT INTO calendar_versions (version, imported_at, source, office_hours) VALUES (9, 0, '', '{}')", true),
        ("INSERT INTO powers (id, region_code, code, version) VALUES ('w', '230000000000', 'a', 1)", true),
        ("INSERT INTO power_versions (power_id, version, body, content_sha256, published_at) VALUES ('w', 1, '{}', '', 0)", true),
        (sheet, false),
        (line, false),
        (draft, false),
        ("UPDATE disclosures SET state = 'signed', edition = 2", false),
        ("INSERT INTO attachments (id, media, width, height, bytes) VALUES ('a', 'image/jpeg', 1, 1, 1)", false),
        ("INSERT INTO vouchers (id, line_id, original_id, rectangles, version, uploaded_by, uploaded_at) VALUES ('v', 'l', 'a', '[]', 1, 'p', 0)", false),
        ("UPDATE vouchers SET redacted_id = 'a', redacted_by = 'p', confirmed_by = 'p', confirmed_at = 1", true),
        ("UPDATE disclosures SET state = 'published', edition = 3, published_at = 1, posting_until = '2026-11-01'", true),
        (complaint, false),
        ("UPDATE complaints SET state = 'answered'", false),
        ("INSERT INTO published_answers VALUES ('f', 'c', '230000000000', 'complaint', 'service', NULL, NULL, '演示', 1)", true),
        ("DELETE FROM published_answers", true),
        ("DELETE FROM vouchers", true),
        ("INSERT INTO closed_statistics VALUES ('230000000000', '2026-10', '{}', 0)", false),
        ("UPDATE closed_statistics SET counted_at = 1", true),
        ("DELETE FROM power_versions", true),
        ("INSERT INTO catalogues VALUES ('230000000000', 2, '{}', 0, NULL, NULL)", true),
        ("INSERT INTO obligations (id, region_code, item, kind, period, event, title, catalogue_version, policy_version, body,
          due_at, missing_at, held_until, attempts, edition, created_at)
          VALUES ('b', '230000000000', 'ledger', 'ledger', '2026-10', '', '演示', 1, 1, '{}', 0, 0, 0, 0, 1, 0)", true),
        ("INSERT INTO disclosure_takedowns VALUES ('d', 1, 0)", true),
        ("INSERT INTO region_former_names VALUES ('230000000000', '演示', '演示', '', '', '2026-10-31')", true),
    ];
    let mut seen = BTreeSet::new();
    for (change, is_public) in steps {
        let before = generation();
        database.run(change);
        assert_eq!(generation() > before, is_public, "{change}");
        let table = change.split(' ').find(|word| PUBLIC.contains(word));
        seen.extend(table.filter(|_| is_public));
    }
    assert_eq!(seen, BTreeSet::from(PUBLIC), "each was changed");
}
