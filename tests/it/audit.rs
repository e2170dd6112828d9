//! The audit's chain: everything done leaves one row, every row gets one link, and whoever touches either is named.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::actors::{PASSWORD, Township, publish_ledger, totp_code};
use crate::support::db::is_postgres;
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Villager, places};

fn rows(house: &House, of: &str) -> usize {
    house
        .database
        .count(&format!("SELECT count(*) FROM audit WHERE {of}"))
}

fn links(house: &House) -> usize {
    house.database.count("SELECT count(*) FROM audit_chain")
}

/// The row that a link names.
fn linked(house: &House, seq: usize) -> String {
    let sql = format!("SELECT audit_id AS a FROM audit_chain WHERE seq = {seq}");
    house.database.text(&sql)
}

async fn whole(house: &House) {
    let faults = house.inside.audit_faults().await;
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The first thing that is wrong.
async fn first(house: &House) -> String {
    let faults = house.inside.audit_faults().await;
    faults.first().expect("nothing was found").clone()
}

async fn reasons(house: &House) -> Vec<String> {
    let ready = house.get("/readyz").send().await.expect(200).json();
    // An operator is told, and villagers are still served.
    assert_eq!(ready["ready"], true);
    let reasons = ready["reasons"].as_array().unwrap().iter();
    let text = |reason: &Value| reason.as_str().unwrap().to_owned();
    reasons
        .map(text)
        .filter(|reason| reason.contains("audit"))
        .collect()
}

/// A house in which a case has gone its way, with every row linked.
async fn lived_in() -> House {
    let house = House::new().await;
    let township = Township::of(&house).await;
    township.case_in("closed", &Filing::complaint()).await;
    house.worker().await;
    house
}

#[tokio::test]
async fn everything_done_leaves_one_row_and_every_row_one_link() {
    let house = House::new().await;
    let before = rows(&house, "actor = 'operator'");
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("closed", &Filing::complaint()).await;
    for action in [
        "file",
        "accept",
        "dispatch",
        "start",
        "submit_answer",
        "approve",
        "rate",
    ] {
        let of = format!("case_id = '{id}' AND action = '{action}'");
        assert_eq!(rows(&house, &of), 1, "{action}");
    }
    // And that both opened it, once in this hour.
    let looked = format!("case_id = '{id}' AND action = 'look_at_case'");
    assert_eq!(rows(&house, &looked), 2);
    assert_eq!(rows(&house, &format!("case_id = '{id}'")), 9);
    // Two were hired, and both logged in.
    assert_eq!(rows(&house, "actor = 'operator'"), before + 2);
    for who in [&township.triage, &township.handler] {
        let login = format!(
            "action = 'login' AND actor_id = '{}' AND case_id IS NULL",
            who.id
        );
        assert_eq!(rows(&house, &login), 1);
    }

    // Somebody enrols.
    let unit = places::organ(places::TOWNSHIP);
    let token = house.inside.enrolment("xin-ren", "triage", &unit).await;
    let shown = house.post("/auth/enrol").json(&json!({ "token": token }));
    let shown = shown.send().await.expect(200).json();
    let secret = totp_rs::Secret::try_from_base32(shown["totp_secret"].as_str().unwrap()).unwrap();
    let code = totp_code(
        secret.as_bytes().try_into().unwrap(),
        house.inside.wall_time().seconds(),
    );
    let body = json!({ "token": token, "password": PASSWORD, "totp_code": code });
    house.post("/auth/enrol").json(&body).send().await.ok();
    assert_eq!(rows(&house, "action = 'staff_enrolled'"), 1);

    // A village publishes.
    publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    for action in ["preview", "draft", "sign", "publish"] {
        let of = format!("object = 'disclosure' AND action = '{action}'");
        assert_eq!(rows(&house, &of), 1, "{action}");
    }

    // Two persons change the configuration.
    let (one, other) = (house.county().await, house.county().await);
    let proposal = one
        .proposes_policy(|policy| policy["stages"]["handle"]["amount"] = json!(10))
        .await;
    other.approves_proposal(&proposal).await;
    assert_eq!(rows(&house, "object = 'policy'"), 1);
    for action in ["propose", "proposal_approved"] {
        let of =
            format!("object = 'proposal' AND object_id = '{proposal}' AND action = '{action}'");
        assert_eq!(rows(&house, &of), 1, "{action}");
    }

    // What waits about a case is of the case.
    let waits = township.case_in("accepted", &Filing::complaint()).await.1;
    let decline =
        json!({ "action": "decline", "reason_code": "court", "note": "已经起诉，请以判决为准" });
    township.triage.proposes(&waits, decline).await;
    let of = format!("object = 'proposal' AND case_id = '{waits}' AND action = 'propose'");
    assert_eq!(rows(&house, &of), 1);

    // And clocks do nothing in secret.
    house.comes_to("2026-11-12T09:00:00+08:00").await;
    assert!(rows(&house, &format!("actor = 'timer' AND case_id = '{waits}'")) >= 1);
    assert_eq!(links(&house), rows(&house, "1 = 1"));
    assert_eq!(
        house.database.count("SELECT count(*) FROM audit_pending"),
        0
    );
    whole(&house).await;
}

#[tokio::test]
async fn nobody_changes_or_removes_a_row_or_a_link() {
    let house = lived_in().await;
    let (one_row, one_link) = (rows(&house, "1 = 1"), links(&house));
    let mut statements = vec![
        "UPDATE audit SET action = 'accept'",
        "UPDATE audit SET reason = reason WHERE id = 'none'",
        "DELETE FROM audit",
        "UPDATE audit_chain SET seq = seq + 1000",
        "DELETE FROM audit_chain WHERE seq = 3",
        "DELETE FROM audit_head",
    ];
    if is_postgres() {
        statements.extend([
            "TRUNCATE audit",
            "TRUNCATE audit_chain",
            "TRUNCATE audit_head",
        ]);
    } else {
        // Where no row is touched, SQLite's trigger has nothing to refuse.
        statements.remove(1);
        statements.extend([
            "INSERT OR REPLACE INTO audit SELECT * FROM audit LIMIT 1",
            "INSERT OR REPLACE INTO audit_chain SELECT * FROM audit_chain LIMIT 1",
        ]);
    }
    for sql in statements {
        let refused = house.database.tries(sql).expect_err(sql);
        assert!(
            refused.contains("the audit is kept as it was written"),
            "{sql}: {refused}"
        );
    }
    assert_eq!((rows(&house, "1 = 1"), links(&house)), (one_row, one_link));
    whole(&house).await;
}

#[tokio::test]
async fn whoever_touches_a_row_or_a_link_is_named() {
    let house = lived_in().await;
    let sql = |text: &str| house.database.run(text);
    house.database.loses_its_guards();
    let last = links(&house);
    let id = linked(&house, 5);
    let here = format!("WHERE id = '{id}'");
    let named = |word: &str| format!("{word}: link 5 row {id}:");
    let starts = async |wanted: &str| {
        let said = first(&house).await;
        assert!(said.starts_with(wanted), "wanted {wanted}, found {said}");
    };

    // One microsecond.
    sql(&format!("UPDATE audit SET case_at = case_at + 1 {here}"));
    starts(&named("changed")).await;
    sql(&format!("UPDATE audit SET case_at = case_at - 1 {here}"));

    // A row, with or without its link.
    sql(&format!(
        "CREATE TABLE kept_row AS SELECT * FROM audit {here}; DELETE FROM audit {here}"
    ));
    starts(&named("removed")).await;
    sql(
        "CREATE TABLE kept_link AS SELECT * FROM audit_chain WHERE seq = 5; DELETE FROM audit_chain WHERE seq = 5",
    );
    starts("missing: link 5 is gone").await;
    sql("INSERT INTO audit SELECT * FROM kept_row; DROP TABLE kept_row");
    starts("missing: link 5 is gone").await;
    sql("INSERT INTO audit_chain SELECT * FROM kept_link; DROP TABLE kept_link");
    whole(&house).await;

    // The end.
    sql(&format!(
        "CREATE TABLE kept_link AS SELECT * FROM audit_chain WHERE seq = {last}; DELETE FROM audit_chain WHERE seq = {last}"
    ));
    starts(&format!("missing: link {last} is gone")).await;
    assert_eq!(
        reasons(&house).await,
        ["the audit's chain does not end where the program left it"]
    );
    sql("INSERT INTO audit_chain SELECT * FROM kept_link; DROP TABLE kept_link");

    // Two that change places.
    let swap = || {
        let other = linked(&house, 7);
        let one = linked(&house, 5);
        sql(&format!(
            "UPDATE audit_chain SET audit_id = 'away' WHERE seq = 5;
             UPDATE audit_chain SET audit_id = '{one}' WHERE seq = 7;
             UPDATE audit_chain SET audit_id = '{other}' WHERE seq = 5"
        ));
    };
    swap();
    starts("reordered: link 5 row ").await;
    swap();
    whole(&house).await;

    // One that never was, beside the chain and at its end.
    let new = "f".repeat(32);
    sql(&format!(
        "INSERT INTO audit (id, case_at, wall_at, actor, actor_id, action, object, object_id)
         SELECT '{new}', case_at, wall_at, actor, actor_id, action, object, object_id FROM audit {here}"
    ));
    starts(&format!("stray: row {new}:")).await;
    let end = last + 1;
    sql(&format!(
        "INSERT INTO audit_chain (seq, audit_id, hash) SELECT {end}, '{new}', hash FROM audit_chain WHERE seq = 5"
    ));
    starts(&format!("changed: link {end} row {new}:")).await;
    sql(&format!(
        "DELETE FROM audit_chain WHERE seq = {end}; DELETE FROM audit WHERE id = '{new}'"
    ));

    // What is no text (SQLite takes it) hides no other row.
    if !is_postgres() {
        let other = linked(&house, 7);
        sql(&format!(
            "CREATE TABLE kept_row AS SELECT * FROM audit WHERE id = '{other}';
             UPDATE audit SET reason = CAST(x'ff00' AS TEXT) WHERE id = '{other}';
             UPDATE audit SET case_at = case_at + 1 {here}"
        ));
        let faults = house.inside.audit_faults().await;
        assert!(faults[0].starts_with(&named("changed")), "{faults:#?}");
        let second = format!("changed: link 7 row {other}:");
        assert!(faults[1].starts_with(&second), "{faults:#?}");
        assert_eq!(faults.len(), 2, "{faults:#?}");
        sql(&format!(
            "UPDATE audit SET case_at = case_at - 1 {here}; DELETE FROM audit WHERE id = '{other}';
             INSERT INTO audit SELECT * FROM kept_row; DROP TABLE kept_row;
             CREATE TABLE kept_link AS SELECT * FROM audit_chain WHERE seq = 7;
             UPDATE audit_chain SET audit_id = CAST(x'ff00' AS TEXT) WHERE seq = 7"
        ));
        let faults = house.inside.audit_faults().await;
        assert!(faults[0].contains("link 7 "), "{faults:#?}");
        sql(
            "DELETE FROM audit_chain WHERE seq = 7; INSERT INTO audit_chain SELECT * FROM kept_link; DROP TABLE kept_link",
        );
        whole(&house).await;
    }

    // A row that nobody had linked yet.
    let gone = "e".repeat(32);
    sql(&format!(
        "INSERT INTO audit_pending (audit_id, wall_at) SELECT '{gone}', wall_at FROM audit {here}"
    ));
    starts(&format!("removed: row {gone}: it waited for its link")).await;
    sql("DELETE FROM audit_pending");
    whole(&house).await;

    // One that was spoilt before; those after it are linked all the same.
    if !is_postgres() {
        let spoilt = "d".repeat(32);
        sql(&format!(
            "INSERT INTO audit (id, case_at, wall_at, actor, actor_id, action, object, object_id)
             SELECT '{spoilt}', case_at, wall_at, actor, actor_id, CAST(x'fffe' AS TEXT), object, object_id FROM audit {here};
             INSERT INTO audit_pending (audit_id, wall_at) SELECT '{spoilt}', wall_at FROM audit {here}"
        ));
        starts(&format!("changed: row {spoilt}: it waits for its link")).await;
        Villager::files(&house, &Filing::complaint()).await;
        house.inside.worker().await;
        assert!(links(&house) > last);
        starts(&format!("changed: row {spoilt}: it waits for its link")).await;
        sql(&format!(
            "DELETE FROM audit_pending; DELETE FROM audit WHERE id = '{spoilt}'"
        ));
        whole(&house).await;
    }
    let last = links(&house);

    // One that is noted as waiting though it has its link: it is named, and holds up none of the others.
    sql(&format!(
        "INSERT INTO audit_pending (audit_id, wall_at) SELECT id, 1 FROM audit {here}"
    ));
    starts(&format!("stray: row {id}: a note says that it waits")).await;
    Villager::files(&house, &Filing::complaint()).await;
    house.inside.worker().await;
    assert!(links(&house) > last);
    starts(&format!("stray: row {id}: a note says that it waits")).await;
    sql("DELETE FROM audit_pending");
    whole(&house).await;
    let last = links(&house);

    // Several behind the end that the program left: each is named.
    let behind = ["1".repeat(32), "2".repeat(32), "3".repeat(32)];
    for (place, new) in (last + 1..).zip(&behind) {
        sql(&format!(
            "INSERT INTO audit (id, case_at, wall_at, actor, actor_id, action, object, object_id)
             SELECT '{new}', case_at, wall_at, actor, actor_id, action, object, object_id FROM audit {here};
             INSERT INTO audit_chain (seq, audit_id, hash) SELECT {place}, '{new}', hash FROM audit_chain WHERE seq = 5"
        ));
    }
    let faults = house.inside.audit_faults().await;
    for new in &behind {
        let named = |fault: &String| fault.contains(&format!(" row {new}:"));
        assert!(faults.iter().any(named), "{new}: {faults:#?}");
    }
    sql(&format!("DELETE FROM audit_chain WHERE seq > {last}"));
    for new in &behind {
        sql(&format!("DELETE FROM audit WHERE id = '{new}'"));
    }
    whole(&house).await;

    // One with a link before the first.
    let early = "b".repeat(32);
    let anywhere = if is_postgres() {
        "ALTER TABLE audit_chain DROP CONSTRAINT IF EXISTS audit_chain_seq_check;"
    } else {
        "PRAGMA ignore_check_constraints = 1;"
    };
    for place in ["0", "-5", "-9223372036854775808"] {
        sql(&format!(
            "INSERT INTO audit (id, case_at, wall_at, actor, actor_id, action, object, object_id)
             SELECT '{early}', case_at, wall_at, actor, actor_id, action, object, object_id FROM audit {here}"
        ));
        sql(&format!(
            "{anywhere}
             INSERT INTO audit_chain (seq, audit_id, hash) SELECT {place}, '{early}', hash FROM audit_chain WHERE seq = 5"
        ));
        starts(&format!("stray: link {place} row {early}:")).await;
        sql(&format!(
            "DELETE FROM audit_chain WHERE seq < 1; DELETE FROM audit WHERE id = '{early}'"
        ));
    }

    // The note of where it ends.
    sql("UPDATE audit_head SET seq = seq - 1");
    starts(&format!("head: link {last} row ")).await;
    sql("UPDATE audit_head SET seq = seq + 1");
    whole(&house).await;
}

#[tokio::test]
async fn what_is_no_text_hides_nobody() {
    if is_postgres() {
        return;
    }
    let house = lived_in().await;
    let sql = |text: &str| house.database.run(text);
    house.database.loses_its_guards();
    let five = linked(&house, 5);
    sql(&format!(
        "UPDATE audit SET case_at = case_at + 1 WHERE id = '{five}'"
    ));
    let changed = format!("changed: link 5 row {five}:");
    let like_five = |id: &str, action: &str| {
        sql(&format!(
            "INSERT INTO audit (id, case_at, wall_at, actor, actor_id, action, object, object_id)
             SELECT {id}, case_at, wall_at, actor, actor_id, {action}, object, object_id FROM audit WHERE id = '{five}'"
        ));
    };
    let waits = |id: &str| {
        sql(&format!(
            "INSERT INTO audit_pending (audit_id, wall_at) SELECT {id}, wall_at FROM audit WHERE id = '{five}'"
        ));
    };
    let told = async |others: &[&str]| {
        let faults = house.inside.audit_faults().await;
        assert!(faults[0].starts_with(&changed), "{faults:#?}");
        let shown: Vec<&str> = faults[1..].iter().map(String::as_str).collect();
        let fits = |(shown, wanted): (&&str, &&str)| shown.starts_with(wanted);
        assert_eq!(shown.len(), others.len(), "{faults:#?}");
        assert!(shown.iter().zip(others).all(fits), "{faults:#?}");
    };

    // An id that waits, first without and then with a row.
    let no_text = "CAST(x'fffe' AS TEXT)";
    waits(no_text);
    told(&["removed: row x'FFFE': it waited for its link"]).await;
    like_five(no_text, "action");
    told(&["changed: row x'FFFE': it waits for its link"]).await;
    Villager::files(&house, &Filing::complaint()).await;
    house.inside.worker().await;
    told(&["changed: row x'FFFE': it waits for its link"]).await;

    // Among those without a link, one with a name and one with none.
    sql("DELETE FROM audit_pending");
    like_five("'added'", "action");
    told(&["stray: row added:", "stray: row x'FFFE':"]).await;
    sql("DELETE FROM audit WHERE id IN ('added', CAST(x'fffe' AS TEXT))");

    // Whoever looks through the audit is not shown it, and is shown the others.
    like_five(no_text, "action");
    let auditor = house.auditor().await;
    let shown = auditor.get("/admin/audit?limit=100").send().await;
    let shown = shown.expect(200).json()["items"].as_array().unwrap().len();
    assert!(shown > 2, "{shown}");
    sql("DELETE FROM audit WHERE id = CAST(x'fffe' AS TEXT)");

    // More than are told one by one.
    for number in 10..35 {
        waits(&format!("'lost{number}'"));
    }
    let faults = house.inside.audit_faults().await;
    assert_eq!(faults.len(), 21, "{faults:#?}");
    assert!(faults[1].starts_with("removed: row lost10: it waited"));
    assert_eq!(faults.last().unwrap(), "and 6 more");
}

#[tokio::test]
async fn guards_that_are_gone_or_hollow_and_triggers_of_others_are_told() {
    let house = lived_in().await;
    let told = async || house.inside.audit_guards_missing().await;
    assert_eq!(told().await, Vec::<String>::new());
    let (changes, removal): (Vec<[&str; 2]>, &str) = if is_postgres() {
        let changes = vec![
            [
                "DROP TRIGGER audit_update ON audit; CREATE TRIGGER audit_update BEFORE UPDATE ON audit \
                 FOR EACH STATEMENT WHEN (1 = 2) EXECUTE FUNCTION audit_is_kept()",
                "the trigger audit_update is not as it was made",
            ],
            [
                "ALTER TABLE audit_chain DISABLE TRIGGER audit_chain_delete",
                "the trigger audit_chain_delete is not as it was made",
            ],
            [
                "CREATE RULE keeps_out AS ON INSERT TO audit WHERE NEW.action = 'look_at_case' DO INSTEAD NOTHING",
                "the rule keeps_out on audit is none of this program's",
            ],
            [
                "CREATE FUNCTION swallows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; \
                 CREATE TRIGGER zp BEFORE INSERT ON audit_pending FOR EACH ROW EXECUTE FUNCTION swallows()",
                "the trigger zp is none of this program's",
            ],
            [
                "CREATE TRIGGER zq AFTER INSERT ON staff FOR EACH ROW EXECUTE FUNCTION swallows()",
                "the trigger zq on staff is none of this program's",
            ],
            [
                "ALTER TABLE audit_chain DROP CONSTRAINT audit_chain_audit_id_key",
                "the constraint audit_chain_audit_id_key is gone or not as it was made",
            ],
            [
                "ALTER TABLE audit ADD COLUMN trap TEXT GENERATED ALWAYS AS (action) STORED",
                "the column audit.trap is none of this program's",
            ],
            [
                "ALTER TABLE audit ENABLE ROW LEVEL SECURITY",
                "row security on audit is none of this program's",
            ],
            [
                "CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                "the function audit_is_kept is not as it was made",
            ],
        ];
        (changes, "DROP TRIGGER audit_head_delete ON audit_head")
    } else {
        let changes = vec![
            [
                "DROP TRIGGER audit_update; CREATE TRIGGER audit_update BEFORE UPDATE ON audit BEGIN SELECT 1; END",
                "the trigger audit_update is not as it was made",
            ],
            [
                "DROP TRIGGER audit_delete; CREATE TRIGGER audit_delete BEFORE DELETE ON audit WHEN 0 \
                 BEGIN SELECT RAISE(ABORT, 'the audit is kept as it was written'); END",
                "the trigger audit_delete is not as it was made",
            ],
            [
                "CREATE TRIGGER zz BEFORE INSERT ON audit WHEN NEW.action = 'look_at_case' BEGIN SELECT RAISE(IGNORE); END",
                "the trigger zz is none of this program's",
            ],
            [
                "CREATE TRIGGER zp BEFORE INSERT ON Audit_Pending BEGIN SELECT RAISE(IGNORE); END",
                "the trigger zp is none of this program's",
            ],
            [
                "CREATE TRIGGER zq AFTER INSERT ON staff BEGIN DELETE FROM audit_pending; END",
                "the trigger zq is none of this program's",
            ],
            [
                "ALTER TABLE audit ADD COLUMN trap TEXT AS (action) VIRTUAL",
                "the table audit is not as it was made",
            ],
        ];
        (changes, "DROP TRIGGER audit_head_delete")
    };
    for [sql, said] in changes {
        house.database.run(sql);
        assert!(told().await.contains(&said.to_owned()), "{sql}");
    }
    house.database.run(removal);
    let gone = "the trigger audit_head_delete is gone".to_owned();
    assert!(told().await.contains(&gone));
}

#[tokio::test]
async fn a_head_that_says_nothing_hides_no_row() {
    let house = lived_in().await;
    house.database.loses_its_guards();
    let id = linked(&house, 5);
    let mut spoils = vec!["DELETE FROM audit_head".to_owned()];
    let no_text = if is_postgres() {
        spoils.insert(0, r"UPDATE audit_head SET hash = '\x1234'".to_owned());
        None
    } else {
        spoils.insert(0, "UPDATE audit_head SET hash = x'1234'".to_owned());
        spoils.insert(
            0,
            "UPDATE audit_head SET fault = CAST(x'ff00' AS TEXT)".to_owned(),
        );
        Some("UPDATE audit SET id = CAST(x'ff00' AS TEXT) WHERE id = ")
    };
    house.database.run(&format!(
        "UPDATE audit SET case_at = case_at + 1 WHERE id = '{id}'"
    ));
    for spoil in spoils {
        house.database.run(&spoil);
        let said = first(&house).await;
        assert!(said.starts_with("changed: link 5"), "{spoil}: {said}");
    }
    let told = reasons(&house).await.join("; ");
    assert!(told.contains("does not end where"), "{told}");
    if let Some(sql) = no_text {
        let other = linked(&house, 9);
        house.database.run(&format!("{sql}'{other}'"));
        assert!(first(&house).await.starts_with("changed: link 5"));
    }
    // With its row as it was, what is left is told.
    house.database.run(&format!(
        "UPDATE audit SET case_at = case_at - 1 WHERE id = '{id}'"
    ));
    let said = first(&house).await;
    let wanted = if is_postgres() {
        "head: where"
    } else {
        "removed: link 9"
    };
    assert!(said.starts_with(wanted), "{said}");
}

#[tokio::test]
async fn operators_hear_of_rows_without_a_link_and_of_a_broken_chain() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    township.case_in("handling", &Filing::complaint()).await;
    assert!(reasons(&house).await.is_empty());
    // No worker for a minute.
    house.inside.wall_passes(61);
    assert_eq!(
        reasons(&house).await,
        ["audit rows wait for their link for more than 60 s; is a worker running?"]
    );
    assert!(first(&house).await.starts_with("unlinked: row "));
    let number = async |name: &str| -> f64 {
        let text = house.get("/metrics").send().await.expect(200).text();
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim().parse().unwrap()
    };
    assert!(number("yidiantong_audit_unlinked ").await >= 4.0);
    assert!(number("yidiantong_audit_unlinked_age_seconds ").await > 60.0);
    house.worker().await;
    assert!(reasons(&house).await.is_empty());
    assert!(number("yidiantong_audit_unlinked ").await < 1.0);
    assert!(number("yidiantong_audit_broken ").await < 1.0);

    // The watch leaves word for every process, and takes it back when it is mended.
    house.database.loses_its_guards();
    let id = linked(&house, 2);
    let change = |by: &str| {
        let sql = format!("UPDATE audit SET wall_at = wall_at {by} WHERE id = '{id}'");
        house.database.run(&sql);
    };
    change("- 1");
    house.inside.watches_audit().await;
    let said = reasons(&house).await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with(&format!(
            "the audit's chain is broken: changed: link 2 row {id}"
        )),
        "{said:?}"
    );
    assert!(number("yidiantong_audit_broken ").await > 0.0);
    change("+ 1");
    house.inside.watches_audit().await;
    assert!(reasons(&house).await.is_empty());
}

#[tokio::test]
async fn two_sequencers_at_once_make_one_chain() {
    let house = House::busy().await;
    let other = house.another_process().await;
    let (mut ours, mut theirs) = (0, 0);
    for _ in 0..4 {
        let filing = Filing::complaint();
        let filings = join_all((0..8).map(|_| Villager::files(&house, &filing)));
        let linking = async {
            let (mut ours, mut theirs) = (0, 0);
            for _ in 0..6 {
                let (one, two) = tokio::join!(house.inside.links_audit(), other.links_audit());
                (ours, theirs) = (ours + one, theirs + two);
            }
            (ours, theirs)
        };
        let (_, (one, two)) = tokio::join!(filings, linking);
        (ours, theirs) = (ours + one, theirs + two);
    }
    ours += house.inside.links_audit().await;
    let all = rows(&house, "1 = 1");
    assert!(all >= 32);
    // Each row once, by one of the two.
    assert_eq!(ours + theirs, all, "{ours} and {theirs}");
    assert_eq!(links(&house), all);
    whole(&house).await;
}

#[tokio::test]
async fn a_row_that_was_long_on_its_way_loses_nothing() {
    let house = lived_in().await;
    let before = links(&house);
    // Begun before everything there is, committed after it was linked.
    let late = "0".repeat(32);
    house.database.run(&format!(
        "INSERT INTO audit (id, case_at, wall_at, actor, action, object, object_id)
         VALUES ('{late}', 1, 1, 'operator', 'late', 'calendar', '1');
         INSERT INTO audit_pending (audit_id, wall_at) VALUES ('{late}', 1)"
    ));
    assert!(first(&house).await.starts_with("unlinked: row 0000"));
    house.worker().await;
    assert_eq!(links(&house), before + 1);
    assert_eq!(linked(&house, before + 1), late);
    whole(&house).await;
}

#[tokio::test]
async fn rows_from_before_the_chain_are_linked_at_the_first_start() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("accepted", &Filing::complaint()).await;
    let decline =
        json!({ "action": "decline", "reason_code": "court", "note": "已经起诉，请以判决为准" });
    township.triage.proposes(&id, decline).await;
    let of_case = format!("case_id = '{id}'");
    let (all, of_the_case) = (rows(&house, "1 = 1"), rows(&house, &of_case));
    assert!(of_the_case >= 3);
    // As an older program left it.
    let url = store::DatabaseUrl::parse(&house.database.url).unwrap();
    while !store::migrate::down(&url)
        .unwrap()
        .unwrap()
        .contains("audit_chain")
    {}
    assert_eq!(rows(&house, "1 = 1"), all);
    store::migrate::up(&url).unwrap();
    assert_eq!(rows(&house, &of_case), of_the_case);
    assert_eq!(
        house.database.count("SELECT count(*) FROM audit_pending"),
        all
    );
    assert_eq!(house.inside.links_audit().await, all);
    assert_eq!(links(&house), all);
    whole(&house).await;
}
