//! What is published is never edited: a correction is another version, agreed to by a second person, signed anew and
//! published beside the one before; what is withdrawn says so.

use serde_json::{Value, json};

use crate::support::actors::publish_ledger;
use crate::support::sheets::{Ledger, fen};
use crate::support::{Filing, House, Staff, Villager, places, shapes};

const WHY: &str = "第3笔金额录错";

fn october() -> Ledger {
    Ledger::of(places::VILLAGE, "2026-10")
}

/// The first line that paid something out.
fn paid(ledger: &Ledger) -> usize {
    let is_expense = |line: &[String; 14]| fen(&line[5]) > 0;
    ledger.lines.iter().position(is_expense).unwrap()
}

/// The same month with another amount in one line.
fn corrected(ledger: &Ledger) -> Ledger {
    ledger.clone().paying(paid(ledger), "12.34")
}

/// The people of a village's accounts, and the organ that agrees.
struct Desk<'a> {
    house: &'a House,
    clerk: Staff<'a>,
    committee: Staff<'a>,
    publisher: Staff<'a>,
    officer: Staff<'a>,
}

impl<'a> Desk<'a> {
    async fn of(house: &'a House) -> Self {
        Self {
            house,
            clerk: house.clerk().await,
            committee: house.committee().await,
            publisher: house.publisher().await,
            officer: house.triage().await,
        }
    }

    async fn publishes(&self, ledger: &Ledger) -> String {
        let draft = self.clerk.drafts(ledger).await;
        let id = draft["id"].as_str().unwrap().to_owned();
        self.committee.signs(&id).await;
        self.publisher.publishes(&id).await;
        id
    }

    /// A correction as far as it needs two persons.
    async fn agrees_on(&self, id: &str, ledger: &Ledger) {
        let proposal = self.publisher.proposes_correction(id, ledger, WHY).await;
        self.officer.approves_proposal(&proposal).await;
    }

    /// The days of the posting pass.
    async fn posting_ends(&self, id: &str) {
        let until = self.reads(id, "").await["posting_until"].clone();
        let until: domain::time::Day = until.as_str().unwrap().parse().unwrap();
        let after = until.succ_opt().unwrap();
        self.house
            .comes_to(&format!("{after}T09:00:00+08:00"))
            .await;
    }

    async fn withdraws(&self, id: &str) {
        self.posting_ends(id).await;
        let proposal = self.publisher.proposes_withdrawal(id, "报错了村").await;
        self.officer.approves_proposal(&proposal).await;
    }

    async fn sees(&self, id: &str) -> Value {
        let path = format!("/admin/disclosures/{id}");
        self.publisher.get(&path).send().await.ok()
    }

    async fn reads(&self, id: &str, rest: &str) -> Value {
        self.house.reads(&format!("/disclosures/{id}{rest}")).await
    }

    async fn lines(&self, id: &str, query: &str) -> Vec<Value> {
        let path = format!("/disclosures/{id}/lines?limit=100{query}");
        self.house.lists(&path).await
    }
}

#[tokio::test]
async fn whoever_corrects_sees_line_by_line_what_changes_before_it_is_proposed() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let first = desk.clerk.previews(&october()).await;
    assert_eq!(first["changes"], Value::Null, "nothing is published yet");
    desk.publishes(&october()).await;
    let same = desk.publisher.previews(&october()).await;
    assert_eq!(
        (
            &same["changes"]["changed_count"],
            &same["changes"]["balances"]
        ),
        (&json!(0), &json!([]))
    );
    let seen = desk.publisher.previews(&corrected(&october())).await;
    let changes = &seen["changes"];
    assert_eq!(
        (
            &changes["changed_count"],
            &changes["added_count"],
            &changes["removed_count"]
        ),
        (&json!(1), &json!(0), &json!(0)),
        "{changes}"
    );
    assert_eq!(changes["changed"][0]["cells"][0]["after"], "12.34");
    assert_eq!(changes["balances"][0]["name"], "closing_fen", "{changes}");
    // Another month changes nothing of this one.
    let other = desk
        .clerk
        .previews(&Ledger::of(places::VILLAGE, "2026-09"))
        .await;
    assert_eq!(other["changes"], Value::Null);
}

#[tokio::test]
async fn whoever_corrects_saves_the_sheet_with_names_in_full_and_hands_it_in_again() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk
        .publishes(&october().with(0, "收款单位", "赵小丫"))
        .await;
    let open = format!("/disclosures/{id}/export.csv");
    let saved = format!("/admin{open}");
    let everybody = house.get(&open).send().await.expect(200).text();
    assert!(everybody.contains("赵＊＊") && !everybody.contains("赵小丫"));
    let full = desk.publisher.get(&saved).send().await.expect(200);
    assert_eq!(full.header("cache-control"), "no-store");
    assert!(full.text().contains("赵小丫"));
    // Whoever only signs does not take it home.
    let committee = desk.committee.get(&saved).send().await;
    committee.problem(403, "not_permitted");
    for path in [
        format!("/admin/disclosures/{id}/export.pdf"),
        format!("{saved}?version=2"),
    ] {
        desk.publisher
            .get(&path)
            .send()
            .await
            .problem(404, "not_found");
    }
    for format in ["xlsx", "csv", "json"] {
        let path = format!("/admin/disclosures/{id}/export.{format}");
        let file = desk.publisher.get(&path).send().await.expect(200).body;
        let name = format!("again.{format}");
        let again = desk
            .publisher
            .tries_to_preview(file.to_vec(), &name, places::VILLAGE, "2026-10")
            .await
            .ok();
        assert_eq!(again["errors"], json!([]), "{format}");
        let mut warnings = again["warnings"].as_array().unwrap().iter();
        assert!(!warnings.any(|one| one["code"] == "name_hidden"), "{again}");
        assert_eq!(again["changes"]["changed_count"], 0, "{format}: {again}");
    }
    let sql = format!("SELECT count(*) FROM audit WHERE object_id = '{id}' AND action = 'save'");
    assert_eq!(house.database.count(&sql), 4);
}

#[tokio::test]
async fn why_a_sheet_is_corrected_names_nobody_whom_the_sheet_hides() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let paid_to = |ledger: Ledger, name: &str| ledger.with(0, "收款单位", name);
    let id = desk
        .publishes(&paid_to(october(), "会计赵小丫、团结供电所"))
        .await;
    let next = paid_to(corrected(&october()), "钱多多");
    let preview = desk.publisher.previews(&next).await;
    for (reason, code) in [
        // Of what is published, and of what is to be.
        ("赵小丫的工钱记错了", "personal_name"),
        ("应付给钱多多", "personal_name"),
        ("请打13845109876找她", "personal_number"),
    ] {
        let refused = desk.publisher.tries_to_correct(&id, &preview, reason).await;
        refused.faulty("/reason", code);
        let action = json!({ "action": "withdraw", "reason": reason });
        let refused = desk.publisher.tries_with_disclosure(&id, action).await;
        if reason.contains("钱多多") {
            // It is not in what is withdrawn.
            refused.expect(202);
            continue;
        }
        refused.faulty("/reason", code);
    }
    // No more does a signature's note.
    let draft = paid_to(Ledger::of(places::VILLAGE, "2026-08"), "赵小丫");
    let draft = desk.clerk.drafts(&draft).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let note = json!({ "action": "sign", "note": "赵小丫在场" });
    let refused = desk.committee.tries_with_disclosure(&draft, note).await;
    refused.faulty("/note", "personal_name");
    // Units and surnames may stand there.
    let other = desk
        .publishes(&Ledger::of(places::VILLAGE, "2026-09"))
        .await;
    let words = "团结供电所的电费、赵＊的工钱重复公开";
    desk.publisher.proposes_withdrawal(&other, words).await;
}

#[tokio::test]
async fn a_correction_takes_two_persons_and_a_signature_and_leaves_the_first_version_readable() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let (first, second) = (october(), corrected(&october()));
    let id = desk.publishes(&first).await;
    let before = desk.reads(&id, "").await;
    let lines_before = desk.lines(&id, "").await;

    let proposal = desk.publisher.proposes_correction(&id, &second, WHY).await;
    let unchanged = async |step: &str| {
        assert_eq!(desk.reads(&id, "").await, before, "{step}");
        assert_eq!(desk.lines(&id, "").await, lines_before, "{step}");
    };
    unchanged("proposed").await;
    // The second person sees what it changes.
    let path = format!("/admin/proposals/{proposal}");
    let asked = desk.officer.get(&path).send().await.ok();
    assert_eq!(
        (&asked["subject"], &asked["action"], &asked["reason"]),
        (
            &json!("disclosure"),
            &json!("disclosure_correction"),
            &json!(WHY)
        )
    );
    assert_eq!(asked["subject_label"], before["title"]);
    let changes = &asked["body"]["changes"];
    assert_eq!(changes["changed_count"], 1);
    // The balances above the lines are part of what changes.
    let balance = &changes["balances"][0];
    assert_eq!(
        (&balance["name"], &balance["before"], &balance["after"]),
        (
            &json!("closing_fen"),
            &json!(first.closing),
            &json!(second.closing)
        ),
        "{changes}"
    );
    desk.officer.approves_proposal(&proposal).await;
    unchanged("approved").await;

    // Approved is not signed: it goes the way of every draft.
    let early = desk
        .publisher
        .tries_with_disclosure(&id, json!({ "action": "publish" }));
    let legal = early.await.problem(409, "illegal_state");
    assert!(!shapes::words(&legal["legal_actions"]).contains(&"publish".to_owned()));
    let seen = desk.sees(&id).await;
    assert_eq!(
        (
            &seen["state"],
            &seen["correction"]["state"],
            &seen["correction"]["version"]
        ),
        (&json!("published"), &json!("draft"), &json!(2))
    );
    let signed = desk.committee.signs(&id).await;
    assert_eq!(signed["correction"]["state"], "signed");
    unchanged("signed").await;
    let done = desk.publisher.publishes(&id).await;
    assert_eq!(
        (&done["version"], &done["state"], &done["correction"]),
        (&json!(2), &json!("published"), &Value::Null)
    );

    // Everybody reads the second, and the first by its number.
    let now = desk.reads(&id, "").await;
    assert_eq!(
        (&now["version"], &now["current_version"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(now["closing_fen"], fen(&second.closing));
    let old = desk.reads(&id, "?version=1").await;
    assert_eq!(
        (&old["version"], &old["current_version"]),
        (&json!(1), &json!(2))
    );
    for same in [
        "content_sha256",
        "closing_fen",
        "published_at",
        "signoffs",
        "title",
    ] {
        assert_eq!(old[same], before[same], "{same}");
    }
    assert_eq!(desk.lines(&id, "&version=1").await, lines_before);
    assert_ne!(desk.lines(&id, "").await, lines_before);
    let export = |version: &str| {
        house
            .get(&format!("/disclosures/{id}/export.csv{version}"))
            .send()
    };
    assert_ne!(
        export("?version=1").await.expect(200).body,
        export("").await.expect(200).body
    );
    for unknown in ["?version=3", "?version=0", "/lines?version=-1"] {
        let answer = house
            .get(&format!("/disclosures/{id}{unknown}"))
            .send()
            .await;
        answer.problem(404, "not_found");
    }

    // And what changed, cell by cell.
    let versions = shapes::items(&desk.reads(&id, "/versions").await);
    assert_eq!(versions.len(), 2);
    let (new, old) = (&versions[0], &versions[1]);
    shapes::has(
        new,
        "version published_at content_sha256 reason diff signoffs",
    );
    assert_eq!(
        (&new["version"], &new["reason"], &new["compared_with"]),
        (&json!(2), &json!(WHY), &json!(1))
    );
    assert_eq!((&old["reason"], &old["diff"]), (&Value::Null, &Value::Null));
    assert_eq!(old["content_sha256"], before["content_sha256"]);
    let diff = &new["diff"];
    for (what, count) in [("added", 0), ("removed", 0), ("changed", 1)] {
        assert_eq!(diff[format!("{what}_count")], count, "{diff}");
        assert_eq!(diff[what].as_array().unwrap().len(), count, "{diff}");
    }
    let place = paid(&first);
    let cell = &diff["changed"][0]["cells"][0];
    assert_eq!(
        (&cell["name"], &cell["before"], &cell["after"]),
        (
            &json!("expense"),
            &json!(first.lines[place][5]),
            &json!("12.34")
        )
    );
    assert_eq!(
        diff["changed"][0]["after_no"].to_string(),
        first.lines[place][0]
    );
    let one = shapes::items(&desk.reads(&id, "/versions?from=2&to=1").await);
    assert_eq!(one.len(), 1, "one against another, also backwards");
    assert_eq!(one[0]["diff"]["changed"][0]["cells"][0]["before"], "12.34");
    let none = house
        .get(&format!("/disclosures/{id}/versions?to=7"))
        .send()
        .await;
    none.problem(404, "not_found");
}

#[tokio::test]
async fn a_line_of_the_first_version_can_still_be_asked_about() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk.publishes(&october()).await;
    let old = desk.lines(&id, "").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let question = || Filing::complaint().kind("question").category("accounts");
    let before = Villager::files(&house, &question().about("disclosure_line", &old)).await;
    desk.agrees_on(&id, &corrected(&october())).await;
    desk.committee.signs(&id).await;
    desk.publisher.publishes(&id).await;
    let after = Villager::files(&house, &question().about("disclosure_line", &old)).await;
    let new = desk.lines(&id, "").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_ne!(new, old);
    let third = Villager::files(&house, &question().about("disclosure_line", &new)).await;
    for (villager, version) in [(before, 1), (after, 1), (third, 2)] {
        let case = desk.officer.finds(&villager).await;
        let about = desk.officer.opens(&case).await["about"].clone();
        assert_eq!(
            (&about["version"], &about["disclosure_id"]),
            (&json!(version), &json!(id))
        );
    }
}

#[tokio::test]
async fn nobody_corrects_alone() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk.publishes(&october()).await;
    let preview = desk.clerk.previews(&corrected(&october())).await;
    for person in [&desk.clerk, &desk.committee] {
        let refused = person.tries_to_correct(&id, &preview, WHY).await;
        refused.problem(403, "not_permitted");
    }
    let proposal = desk
        .publisher
        .proposes_correction(&id, &corrected(&october()), WHY)
        .await;
    // The proposer sees what became of it, and decides nothing.
    let path = format!("/admin/proposals/{proposal}");
    assert_eq!(
        desk.publisher.get(&path).send().await.ok()["may_decide"],
        false
    );
    desk.publisher
        .decides(&proposal, true)
        .await
        .problem(403, "not_permitted");
    for stranger in [house.neighbour_triage().await, house.other_county().await] {
        let answer = stranger.decides(&proposal, true).await;
        answer.problem(404, "not_found");
    }
    for person in [&desk.clerk, &desk.committee] {
        let answer = person.decides(&proposal, true).await;
        answer.problem(403, "not_permitted");
    }
    // Any organ above may.
    house.city().await.approves_proposal(&proposal).await;
    assert_eq!(desk.sees(&id).await["correction"]["state"], "draft");
    // Whoever handed the sheet in neither signs it nor records that others did.
    let token = house.uploads(crate::support::pictures::jpeg(60, 40)).await;
    let own = desk.publisher.tries_to_record_paper(&id, &token).await;
    own.problem(403, "signer_drafted");
}

#[tokio::test]
async fn one_correction_at_a_time_and_each_once() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk.publishes(&october()).await;
    let other = house.publisher().await;
    let second = corrected(&october());
    let (one, two) = (
        desk.publisher.previews(&second).await,
        other.previews(&second).await,
    );
    let (left, right) = tokio::join!(
        desk.publisher.tries_to_correct(&id, &one, WHY),
        other.tries_to_correct(&id, &two, WHY)
    );
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 409], "{left:?} {right:?}");
    let (made, late) = if left.status == 202 {
        (left, right)
    } else {
        (right, left)
    };
    late.problem(409, "proposal_waiting");
    let proposal = made.json()["proposal_id"].as_str().unwrap().to_owned();
    let (left, right) = tokio::join!(
        desk.officer.decides(&proposal, true),
        desk.officer.decides(&proposal, true)
    );
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{left:?} {right:?}");
    // While it is under way there is no other.
    let again = desk.publisher.tries_to_correct(&id, &one, WHY).await;
    let legal = shapes::words(&again.problem(409, "illegal_state")["legal_actions"]);
    assert!(legal.contains(&"drop_correction".to_owned()), "{legal:?}");
    desk.committee.signs(&id).await;
    let seen = desk
        .publisher
        .get(&format!("/admin/disclosures/{id}"))
        .send()
        .await
        .etag();
    let publish = || {
        let path = format!("/admin/disclosures/{id}/actions");
        let call = desk.publisher.post(&path).if_match(&seen);
        call.json(&json!({ "action": "publish" })).send()
    };
    let (left, right) = tokio::join!(publish(), publish());
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412], "{left:?} {right:?}");
    assert_eq!(shapes::items(&desk.reads(&id, "/versions").await).len(), 2);
}

#[tokio::test]
async fn refused_expired_or_overtaken_nothing_is_made_of_it() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk.publishes(&october()).await;
    let second = corrected(&october());
    let refused = desk.publisher.proposes_correction(&id, &second, WHY).await;
    desk.officer.decides(&refused, false).await.ok();
    assert_eq!(desk.sees(&id).await["correction"], Value::Null);
    // Overtaken by a correction: a withdrawal was proposed about what stood there before.
    let withdrawal = desk.publisher.proposes_withdrawal(&id, "重复公开").await;
    let correction = desk.publisher.proposes_correction(&id, &second, WHY).await;
    desk.officer.approves_proposal(&correction).await;
    let late = desk.officer.decides(&withdrawal, true).await;
    late.problem(409, "proposal_void");
    // Dropped before it is published: what is published stays, and the way is free.
    desk.committee.signs(&id).await;
    let drop = json!({ "action": "drop_correction" });
    let clerk = desk.clerk.tries_with_disclosure(&id, drop.clone()).await;
    assert_eq!(clerk.status, 409, "{clerk:?}");
    let dropped = desk.publisher.tries_with_disclosure(&id, drop).await.ok();
    assert_eq!(
        (&dropped["version"], &dropped["correction"]),
        (&json!(1), &Value::Null)
    );
    let expired = desk.publisher.proposes_correction(&id, &second, WHY).await;
    house.clock_to("2026-11-06T00:00:00+08:00");
    let late = desk.officer.decides(&expired, true).await;
    late.problem(409, "proposal_void");
    // The signature under the one that was dropped is gone with it.
    desk.agrees_on(&id, &second).await;
    assert_eq!(desk.sees(&id).await["correction"]["signoffs"], json!([]));
    desk.committee.signs(&id).await;
    desk.publisher.publishes(&id).await;
    assert_eq!(desk.reads(&id, "").await["version"], 2);
}

#[tokio::test]
async fn a_correction_is_another_sheet_of_the_same_month() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk.publishes(&october()).await;
    let publisher = &desk.publisher;
    let tries = async |ledger: &Ledger| {
        let preview = publisher.previews(ledger).await;
        publisher.tries_to_correct(&id, &preview, WHY).await
    };
    let same = tries(&october()).await;
    same.faulty("/preview_id", "nothing_to_change");
    let elsewhere = tries(&Ledger::of(places::VILLAGE, "2026-09")).await;
    elsewhere.faulty("/preview_id", "preview_elsewhere");
    let wrong = tries(&october().with(4, "余额(元)", "1.00")).await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
    let stolen = desk.clerk.previews(&corrected(&october())).await;
    let stolen = publisher.tries_to_correct(&id, &stolen, WHY).await;
    stolen.faulty("/preview_id", "preview_unknown");
    let preview = publisher.previews(&corrected(&october())).await;
    let blank = publisher.tries_to_correct(&id, &preview, "  ").await;
    blank.faulty("/reason", "too_short");
    let draft = desk
        .clerk
        .drafts(&Ledger::of(places::VILLAGE, "2026-09"))
        .await;
    let draft = draft["id"].as_str().unwrap();
    let early = publisher.tries_to_correct(draft, &preview, WHY).await;
    early.problem(409, "illegal_state");
}

#[tokio::test]
async fn what_one_month_leaves_and_the_next_begins_with_is_corrected_together() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let september = Ledger::of(places::VILLAGE, "2026-09");
    let nine = desk.publishes(&september).await;
    let ten = desk.publishes(&october()).await;
    let september = corrected(&september);
    desk.agrees_on(&nine, &september).await;
    desk.committee.signs(&nine).await;
    let alone = json!({ "action": "publish" });
    let refused = desk
        .publisher
        .tries_with_disclosure(&nine, alone.clone())
        .await;
    refused.problem(409, "closing_not_next_opening");
    // The next month's sheet is held against what September will leave.
    let mut next = october();
    next.opening.clone_from(&september.closing);
    let next = next.balanced();
    desk.agrees_on(&ten, &next).await;
    let unsigned = desk.publisher.tries_with_disclosure(&nine, alone).await;
    unsigned.problem(409, "closing_not_next_opening");
    for id in [&nine, &ten] {
        assert_eq!(
            desk.reads(id, "").await["version"],
            1,
            "nothing half published"
        );
    }
    desk.committee.signs(&ten).await;
    desk.publisher.publishes(&ten).await;
    let (nine, ten) = (desk.reads(&nine, "").await, desk.reads(&ten, "").await);
    for shown in [&nine, &ten] {
        assert_eq!(shown["version"], 2, "{shown}");
    }
    assert_eq!(nine["closing_fen"], ten["opening_fen"]);
    assert_eq!(nine["closing_fen"], fen(&september.closing));
}

// ---------------------------------------------------------------- withdrawal

#[tokio::test]
async fn what_is_withdrawn_says_so_when_and_why() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk.publishes(&october()).await;
    let digest = desk.reads(&id, "").await["content_sha256"].clone();
    let line = desk.lines(&id, "").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for person in [&desk.clerk, &desk.committee] {
        let action = json!({ "action": "withdraw", "reason": "重复公开" });
        let refused = person.tries_with_disclosure(&id, action).await;
        refused.problem(403, "not_permitted");
    }
    let proposal = desk.publisher.proposes_withdrawal(&id, "报错了村").await;
    assert_eq!(desk.reads(&id, "").await["state"], "published");
    // To its last day the posting stands, whoever agrees: fifteen days are fifteen days.
    let early = desk.officer.decides(&proposal, true).await;
    early.problem(409, "posting_not_over");
    desk.officer.decides(&proposal, false).await.ok();
    desk.posting_ends(&id).await;
    let proposal = desk.publisher.proposes_withdrawal(&id, "报错了村").await;
    desk.officer.approves_proposal(&proposal).await;

    let stone = desk.reads(&id, "").await;
    assert_eq!(
        (
            &stone["state"],
            &stone["withdrawal"]["reason"],
            &stone["content_sha256"]
        ),
        (&json!("withdrawn"), &json!("报错了村"), &digest)
    );
    assert!(stone["withdrawal"]["at"].is_string());
    assert_eq!(stone["breakdown"], json!({ "income": [], "expense": [] }));
    for rest in [
        "/lines",
        "/lines?version=1",
        "/export.csv",
        "/export.xlsx",
        "/datapackage.json",
    ] {
        let gone = house.get(&format!("/disclosures/{id}{rest}")).send().await;
        gone.problem(410, "disclosure_withdrawn");
    }
    let versions = shapes::items(&desk.reads(&id, "/versions").await);
    assert_eq!(
        (versions.len(), &versions[0]["content_sha256"]),
        (1, &digest)
    );
    assert_eq!(versions[0]["state"], "withdrawn");
    let list = house
        .lists(&format!("/regions/{}/disclosures", places::VILLAGE))
        .await;
    assert_eq!((list.len(), &list[0]["state"]), (1, &json!("withdrawn")));
    let asks = |kind: &str, id: &str| Filing::complaint().kind("question").about(kind, id);
    let asker = Villager::files(&house, &asks("disclosure", &id)).await;
    let line = asks("disclosure_line", &line).try_in(&house).await;
    line.faulty("/about/id", "about_not_found");

    // Its place is taken: it comes back as another version, by two persons, and what was withdrawn stays so.
    let preview = desk.clerk.previews(&october()).await;
    desk.clerk
        .tries_to_draft(&preview)
        .await
        .problem(409, "period_taken");
    let again = json!({ "action": "withdraw", "reason": "再撤" });
    let again = desk.publisher.tries_with_disclosure(&id, again).await;
    again.problem(409, "illegal_state");
    desk.agrees_on(&id, &october()).await;
    desk.committee.signs(&id).await;
    desk.publisher.publishes(&id).await;
    let back = desk.reads(&id, "").await;
    assert_eq!(
        (&back["version"], &back["state"], &back["withdrawal"]),
        (&json!(2), &json!("published"), &Value::Null)
    );
    assert_eq!(desk.lines(&id, "").await.len(), 12);
    let old = house
        .get(&format!("/disclosures/{id}/lines?version=1"))
        .send()
        .await;
    old.problem(410, "disclosure_withdrawn");
    let versions = shapes::items(&desk.reads(&id, "/versions").await);
    assert_eq!(
        versions[0]["diff"],
        Value::Null,
        "nothing of what is hidden"
    );
    assert_eq!(versions[1]["withdrawal"]["reason"], "报错了村");
    // And may be taken back once more, when nobody's question from the time of the posting is open.
    asker.withdraws().await;
    desk.withdraws(&id).await;
    assert_eq!(desk.reads(&id, "").await["state"], "withdrawn");
}

#[tokio::test]
async fn a_draft_is_taken_back_by_whoever_drafted_it_or_the_agency() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let back = json!({ "action": "withdraw", "reason": "重做" });
    let draft = desk.clerk.drafts(&october()).await;
    let id = draft["id"].as_str().unwrap().to_owned();
    let colleague = house.clerk().await;
    for person in [&colleague, &desk.committee] {
        let refused = person.tries_with_disclosure(&id, back.clone()).await;
        refused.problem(403, "not_permitted");
    }
    let gone = desk
        .clerk
        .tries_with_disclosure(&id, back.clone())
        .await
        .ok();
    assert_eq!(
        (&gone["state"], &gone["allowed_actions"]),
        (&json!("withdrawn"), &json!([]))
    );
    house
        .get(&format!("/disclosures/{id}"))
        .send()
        .await
        .problem(404, "not_found");
    let list = house
        .lists(&format!("/regions/{}/disclosures", places::VILLAGE))
        .await;
    assert!(list.is_empty());
    // The month is free again; the signatures under what was taken back are not there any more.
    let again = desk.clerk.drafts(&october()).await;
    assert_eq!(
        (&again["id"], &again["state"]),
        (&json!(id), &json!("draft"))
    );
    desk.committee.signs(&id).await;
    desk.publisher.tries_with_disclosure(&id, back).await.ok();
    desk.clerk.drafts(&corrected(&october())).await;
    let seen = desk.sees(&id).await;
    assert_eq!(
        (&seen["state"], &seen["signoffs"]),
        (&json!("draft"), &json!([]))
    );
    desk.committee.signs(&id).await;
    desk.publisher.publishes(&id).await;
}

#[tokio::test]
async fn each_step_is_in_the_audit() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let id = desk.publishes(&october()).await;
    desk.agrees_on(&id, &corrected(&october())).await;
    desk.committee.signs(&id).await;
    desk.publisher.publishes(&id).await;
    desk.withdraws(&id).await;
    for (action, count) in [
        ("draft", 1),
        ("sign", 2),
        ("publish", 1),
        ("correct", 1),
        ("publish_correction", 1),
        ("withdraw", 1),
    ] {
        let sql = format!(
            "SELECT count(*) FROM audit WHERE object = 'disclosure' AND object_id = '{id}' AND action = '{action}'"
        );
        assert_eq!(house.database.count(&sql), count, "{action}");
    }
}

// ---------------------------------------------------------------- never edited

#[tokio::test]
async fn what_was_published_cannot_be_changed_in_the_database_either() {
    let house = House::new().await;
    let disclosure = publish_ledger(&house, &october()).await;
    let id = disclosure["id"].as_str().unwrap();
    let path = format!("/disclosures/{id}/lines?limit=100");
    let before = house.lists(&path).await;
    let sheet = format!("(SELECT sheet_id FROM disclosures WHERE id = '{id}')");
    for sql in [
        format!("UPDATE ledger_lines SET summary = 'x' WHERE sheet_id = {sheet}"),
        format!("DELETE FROM ledger_lines WHERE sheet_id = {sheet}"),
        format!("UPDATE ledger_sheets SET closing_fen = 1 WHERE id = {sheet}"),
        format!("UPDATE signoffs SET note = 'x' WHERE disclosure_id = '{id}'"),
        format!("DELETE FROM signoffs WHERE disclosure_id = '{id}'"),
        format!("UPDATE disclosure_versions SET reason = 'x' WHERE disclosure_id = '{id}'"),
        format!("DELETE FROM disclosure_versions WHERE disclosure_id = '{id}'"),
        format!("UPDATE disclosures SET published_at = 1 WHERE id = '{id}'"),
        format!("UPDATE disclosures SET title = 'x' WHERE id = '{id}'"),
        format!("UPDATE disclosures SET state = 'draft', published_at = NULL WHERE id = '{id}'"),
        format!("DELETE FROM disclosures WHERE id = '{id}'"),
    ] {
        let refused = house.database.tries(&sql);
        assert!(
            refused
                .as_ref()
                .is_err_and(|said| said.contains("kept as it was written")),
            "{sql}: {refused:?}"
        );
    }
    assert_eq!(house.lists(&path).await, before);
}
