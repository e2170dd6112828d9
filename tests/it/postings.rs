//! The committee's paper, objections from the time of a posting, and lines about people that leave the web.

use serde_json::{Value, json};

use crate::support::actors::{Township, publish_ledger};
use crate::support::sheets::Ledger;
use crate::support::tables::Sample;
use crate::support::{Filing, House, Villager, pictures, places, shapes};

fn october() -> Ledger {
    Ledger::of(places::VILLAGE, "2026-10")
}

async fn published(house: &House) -> String {
    let view = publish_ledger(house, &october()).await;
    view["id"].as_str().unwrap().to_owned()
}

// ---------------------------------------------------------------- signed on paper

#[tokio::test]
async fn a_sheet_signed_on_paper_counts_and_is_shown_as_such() {
    let house = House::new().await;
    let (clerk, committee, publisher) = (
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
    );
    let draft = clerk.drafts(&october()).await;
    let id = draft["id"].as_str().unwrap();
    let may = |view: &Value| shapes::words(&view["allowed_actions"]);
    let path = format!("/admin/disclosures/{id}");
    let seen = publisher.get(&path).send().await.ok();
    assert!(may(&seen).contains(&"sign_on_paper".to_owned()), "{seen}");
    assert!(!may(&seen).contains(&"sign".to_owned()), "{seen}");

    let unknown = publisher.tries_to_record_paper(id, "no-such-photo").await;
    unknown.faulty("/paper_file", "attachment_gone");
    let token = house.uploads(pictures::jpeg(120, 80)).await;
    for person in [&clerk, &committee] {
        let refused = person.tries_to_record_paper(id, &token).await;
        refused.problem(403, "not_permitted");
    }
    let signed = publisher.tries_to_record_paper(id, &token).await.ok();
    assert_eq!(signed["state"], "signed");
    let signoff = |view: &Value| view["signoffs"][0].clone();
    let recorded = json!({ "role": "supervision_committee", "on_paper": true,
        "recorded_by": "accounting_agent", "note": "见签字表" });
    let on_paper = |view: &Value| {
        let one = signoff(view);
        for (field, value) in recorded.as_object().unwrap() {
            assert_eq!(&one[field], value, "{one}");
        }
    };
    on_paper(&signed);
    // A photo is one paper's.
    let other = clerk.drafts(&Ledger::of(places::VILLAGE, "2026-08")).await;
    let other = other["id"].as_str().unwrap();
    let spent = publisher.tries_to_record_paper(other, &token).await;
    spent.faulty("/paper_file", "attachment_gone");

    publisher.publishes(id).await;
    on_paper(&house.reads(&format!("/disclosures/{id}")).await);
    on_paper(&house.reads(&format!("/disclosures/{id}/versions")).await["items"][0]);
    // Those who work on the village's accounts see the sheet, made anew; nobody else does.
    let paper = format!("/admin/disclosures/{id}/versions/1/paper");
    for person in [&clerk, &committee, &publisher] {
        let shown = person.get(&paper).send().await.expect(200);
        assert_eq!(
            shown.header("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        assert_eq!(pictures::read(&shown.body).dimensions(), (120, 80));
    }
    for missing in ["/versions/2/paper", "/versions/x/paper"] {
        let none = publisher
            .get(&format!("/admin/disclosures/{id}{missing}"))
            .send()
            .await;
        none.problem(404, "not_found");
    }
    let elsewhere = places::agency(places::NEIGHBOUR);
    let stranger = house
        .staff("publisher", &elsewhere, places::NEIGHBOUR)
        .await;
    stranger.get(&paper).send().await.problem(404, "not_found");
    house
        .triage()
        .await
        .get(&paper)
        .send()
        .await
        .problem(403, "not_permitted");
    let looked = "SELECT count(*) FROM audit WHERE action = 'look_at_paper'";
    assert_eq!(house.database.count(looked), 3);
    let public = house.reads(&format!("/disclosures/{id}")).await.to_string();
    let photo = house
        .database
        .text("SELECT attachment_id AS a FROM paper_signatures");
    assert!(!public.contains(&photo), "{public}");
    house
        .get(&format!("/files/{photo}"))
        .send()
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn an_agency_that_drafted_it_records_no_paper_itself() {
    let house = House::new().await;
    let (publisher, other) = (house.publisher().await, house.publisher().await);
    let draft = publisher.drafts(&october()).await;
    let id = draft["id"].as_str().unwrap();
    let token = house.uploads(pictures::jpeg(60, 40)).await;
    let own = publisher.tries_to_record_paper(id, &token).await;
    own.problem(403, "signer_drafted");
    // The photo was not spent by what was refused.
    other.tries_to_record_paper(id, &token).await.ok();
}

// ---------------------------------------------------------------- objections

/// Everything that anybody may read of a disclosure.
async fn everything(house: &House, id: &str) -> Vec<String> {
    let village = places::VILLAGE;
    let mut read = Vec::new();
    for path in [
        format!("/disclosures/{id}"),
        format!("/disclosures/{id}/lines?limit=100"),
        format!("/disclosures/{id}/versions"),
        format!("/disclosures/{id}/export.json"),
        format!("/disclosures/{id}/datapackage.json"),
        format!("/regions/{village}"),
        format!("/regions/{village}/disclosures"),
        format!("/regions/{village}/questions"),
        format!("/regions/{village}/feed.atom"),
    ] {
        let answer = house.get(&path).send().await.expect(200);
        read.push(format!("{path} {} {}", answer.etag(), answer.text()));
    }
    read
}

#[tokio::test]
async fn an_open_objection_holds_up_a_withdrawal_and_nobody_outside_learns_of_it() {
    let house = House::new().await;
    let id = published(&house).await;
    let clerk = house.clerk().await;
    let township = Township::of(&house).await;
    let lines = house
        .lists(&format!("/disclosures/{id}/lines?limit=1"))
        .await;
    let line = lines[0]["id"].as_str().unwrap().to_owned();
    let before = everything(&house, &id).await;
    let drafts = clerk.get(&format!("/admin/disclosures/{id}")).send().await;

    let question = Filing::complaint()
        .kind("question")
        .about("disclosure_line", &line);
    let (villager, case) = township.case_in("submitted", &question).await;
    assert_eq!(everything(&house, &id).await, before);
    let after = clerk.get(&format!("/admin/disclosures/{id}")).send().await;
    assert_eq!(
        (after.etag(), after.body),
        (drafts.etag(), drafts.body),
        "nor inside"
    );

    // The agency proposes as ever; whoever is to agree cannot yet, long after the day that is shown.
    house.comes_to("2026-11-18T09:00:00+08:00").await;
    let publisher = house.publisher().await;
    let officer = house.triage().await;
    let proposal = publisher.proposes_withdrawal(&id, "重复公开").await;
    let held = officer.decides(&proposal, true).await;
    held.problem(409, "posting_not_over");
    assert_eq!(
        house.reads(&format!("/disclosures/{id}")).await["state"],
        "published"
    );
    let seen = publisher
        .get(&format!("/admin/proposals/{proposal}"))
        .send()
        .await
        .ok();
    assert_eq!(seen["state"], "waiting", "it waits like any other");

    // Answered without a public answer, it is held up no longer, and still nothing tells.
    officer.accepts(&case).await;
    let unit = places::government(places::TOWNSHIP);
    officer.dispatches(&case, &unit, "请核对这一笔").await;
    let handler = house.handler().await;
    handler.starts(&case).await;
    handler.answers(&case).await;
    officer.approves(&case).await;
    assert_eq!(villager.state().await, "answered");
    assert_eq!(everything(&house, &id).await, before);
    officer.approves_proposal(&proposal).await;
    assert_eq!(
        house.reads(&format!("/disclosures/{id}")).await["state"],
        "withdrawn"
    );
}

#[tokio::test]
async fn what_shows_personal_data_goes_at_once_and_a_late_question_holds_nothing_up() {
    let house = House::new().await;
    let id = published(&house).await;
    let objection = Filing::complaint().about("disclosure", &id);
    Villager::files(&house, &objection).await;
    let (publisher, officer) = (house.publisher().await, house.triage().await);
    let action = json!({ "action": "withdraw", "reason": "误传身份证号", "personal_data": true });
    let made = publisher
        .tries_with_disclosure(&id, action)
        .await
        .expect(202)
        .json();
    officer
        .approves_proposal(made["proposal_id"].as_str().unwrap())
        .await;
    assert_eq!(
        house.reads(&format!("/disclosures/{id}")).await["state"],
        "withdrawn"
    );

    let house = House::new().await;
    let id = published(&house).await;
    house.comes_to("2026-11-18T09:00:00+08:00").await;
    Villager::files(&house, &Filing::complaint().about("disclosure", &id)).await;
    let (publisher, officer) = (house.publisher().await, house.triage().await);
    let proposal = publisher.proposes_withdrawal(&id, "重复公开").await;
    officer.approves_proposal(&proposal).await;
}

#[tokio::test]
async fn a_withdrawal_that_may_wait_holds_up_none_that_may_not() {
    let house = House::new().await;
    let id = published(&house).await;
    let (publisher, officer) = (house.publisher().await, house.triage().await);
    let waits = publisher.proposes_withdrawal(&id, "重复公开").await;
    let action = json!({ "action": "withdraw", "reason": "误传身份证号", "personal_data": true });
    let made = publisher
        .tries_with_disclosure(&id, action.clone())
        .await
        .expect(202)
        .json();
    let of = async |proposal: &str| {
        let path = format!("/admin/proposals/{proposal}");
        publisher.get(&path).send().await.ok()["state"].clone()
    };
    assert_eq!(of(&waits).await, "void");
    // One urgent one at a time, and what may wait takes no room from it.
    let again = publisher.tries_with_disclosure(&id, action).await;
    again.problem(409, "proposal_waiting");
    officer
        .approves_proposal(made["proposal_id"].as_str().unwrap())
        .await;
    assert_eq!(
        house.reads(&format!("/disclosures/{id}")).await["state"],
        "withdrawn"
    );
}

#[tokio::test]
async fn the_day_that_is_shown_moves_with_a_published_answer_only() {
    let house = House::new().await;
    let id = published(&house).await;
    let path = format!("/disclosures/{id}");
    let until = async || house.reads(&path).await["posting_until"].clone();
    assert_eq!(until().await, "2026-11-17");
    // Asked long after the posting: it moves all the same, so that it does not tell when somebody asked.
    house.comes_to("2026-11-20T09:00:00+08:00").await;
    let township = Township::of(&house).await;
    let filing = Filing::complaint()
        .kind("question")
        .about("disclosure", &id)
        .with("/may_publish_answer", true);
    let (_, case) = township.case_in("under_review", &filing).await;
    assert_eq!(until().await, "2026-11-17");
    let words =
        json!({ "action": "approve", "note": "同意", "public_answer": "发票可到村委会查看。" });
    let done = township.triage.acts(&case, words).await;
    assert_eq!(
        until().await,
        "2026-11-17",
        "not before a second person agreed"
    );
    let second = house.triage().await;
    second
        .approves_proposal(done["proposal_id"].as_str().unwrap())
        .await;
    let shown = house.reads(&path).await;
    assert_eq!(
        (&shown["posting_until"], &shown["answered_question_count"]),
        (&json!("2026-11-20"), &json!(1))
    );
    let version = house.reads(&format!("{path}/versions")).await["items"][0].clone();
    assert_eq!(version["answered_question_count"], 1);
}

// ---------------------------------------------------------------- taken down

#[tokio::test]
async fn lines_about_people_leave_the_web_and_the_sums_stay() {
    let house = House::new().await;
    let (clerk, committee, publisher) = (
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
    );
    // A table that names people.
    let sample = Sample::of("special");
    let sheet = sample.csv("2026-10");
    let call = clerk.hands_in_as("special", sheet, "表", places::VILLAGE, "2026-10", &[]);
    let seen = call.send().await.ok();
    let draft = clerk.tries_to_draft(&seen).await.expect(201).json();
    let id = draft["id"].as_str().unwrap();
    committee.signs(id).await;
    publisher.publishes(id).await;
    let before = house.reads(&format!("/disclosures/{id}")).await;
    assert_eq!(
        (&before["posting_until"], &before["unpublish_at"]),
        (&json!("2026-11-17"), &json!("2027-02-16"))
    );
    house.comes_to("2027-02-15T23:59:59+08:00").await;
    assert_eq!(
        house.lists(&format!("/disclosures/{id}/lines")).await.len(),
        sample.rows.len()
    );
    house.clock_to("2027-02-16T00:00:00+08:00");
    for rest in [
        "/lines",
        "/export.csv",
        "/export.json",
        "/datapackage.json",
        "/versions/1/data.csv",
    ] {
        let gone = house.get(&format!("/disclosures/{id}{rest}")).send().await;
        gone.problem(410, "lines_taken_down");
    }
    let after = house.reads(&format!("/disclosures/{id}")).await;
    assert_eq!(after, before, "sums, digest and signatures stay");
    let versions = house.reads(&format!("/disclosures/{id}/versions")).await;
    assert_eq!(
        versions["items"][0]["content_sha256"],
        before["content_sha256"]
    );
    // Written down once, however often somebody looks.
    let rows = "SELECT count(*) FROM disclosure_takedowns";
    assert_eq!(house.database.count(rows), 0);
    for _ in 0..2 {
        house.worker().await;
        assert_eq!(house.database.count(rows), 1);
    }
    let told = "SELECT count(*) FROM audit WHERE action = 'take_down'";
    assert_eq!(house.database.count(told), 1);
    // The township's books keep them.
    let publisher = house.publisher().await;
    let kept = publisher
        .get(&format!("/admin/disclosures/{id}/lines"))
        .send()
        .await
        .ok();
    assert_eq!(kept["items"].as_array().unwrap().len(), sample.rows.len());
}
