//! An event that was written down by mistake is struck by two persons, for everybody to read, and nothing is buried by it.

use serde_json::{Value, json};

use super::{adopts, counts, item, letters, path, shelf, special, steps};
use crate::support::{Answer, Filing, House, Staff, Villager, places};

const REASON: &str = "登记错了村，机井在隔壁村";

impl Staff<'_> {
    /// Writes down what happened in the village, and what it asks for.
    async fn records(&self, on: &str, title: &str) -> Value {
        let body = json!({ "region_code": places::VILLAGE, "item": "special", "event_on": on,
            "title": title });
        let made = self.post("/admin/obligations").json(&body).send().await;
        made.expect(201).json()
    }

    async fn tries_to_strike(&self, id: &str, reason: &str) -> Answer {
        let call = self.post(&format!("/admin/obligations/{id}/strike"));
        call.json(&json!({ "reason": reason })).send().await
    }

    /// Asks to strike it; the proposal.
    async fn asks_to_strike(&self, id: &str) -> String {
        let made = self.tries_to_strike(id, REASON).await.expect(202).json();
        made["proposal_id"].as_str().unwrap().to_owned()
    }

    async fn reads_obligation(&self, id: &str) -> Value {
        let call = self.get(&format!("/admin/obligations/{id}"));
        call.send().await.expect(200).json()
    }

    /// A draft of a table with rows of these days; its id.
    async fn hands_in_special(&self, days: &[&str]) -> String {
        let village = places::VILLAGE;
        let call = self.hands_in_as("special", special(days), "表", village, "2026-10", &[]);
        let preview = call.send().await.ok();
        assert_eq!(preview["errors"], json!([]), "{preview}");
        let draft = self.tries_to_draft(&preview).await.expect(201).json();
        id(&draft)
    }
}

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn two_persons_strike_what_was_written_down_by_mistake_and_everybody_reads_why() {
    let house = House::new().await;
    let (clerk, officer) = (house.clerk().await, house.triage().await);
    let pump = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    house.worker().await;
    assert_eq!(counts(&shelf(&house, places::VILLAGE).await)[1], 11);
    let proposal = clerk.asks_to_strike(&pump).await;

    // It waits, and everybody on the village's desk sees that.
    let seen = clerk.reads_obligation(&pump).await;
    assert_eq!(seen["status"], "due");
    assert_eq!(seen["struck"], Value::Null);
    assert!(seen["strike_waits_until"].is_string(), "{seen}");
    let again = clerk.tries_to_strike(&pump, "日期也写错了").await;
    again.problem(409, "proposal_waiting");
    let offered = officer.waiting().await;
    let one = offered.iter().find(|one| one["id"] == proposal).unwrap();
    assert_eq!(one["subject"], "obligation");
    assert_eq!(one["subject_id"], pump);
    assert_eq!(
        one["subject_label"],
        "东风村重大事项专项公开：东屯机井更换水泵"
    );
    assert_eq!(one["action"], "strike");
    assert_eq!(one["reason"], REASON);
    assert_eq!(one["body"], json!({ "reason": REASON }));
    assert_eq!(one["region_code"], places::VILLAGE);

    house.clock_to("2026-11-03T10:00:00+08:00");
    let decided = officer.decides(&proposal, true).await.ok();
    assert_eq!(decided["state"], "approved");
    let seen = clerk.reads_obligation(&pump).await;
    let struck = json!({ "at": "2026-11-03T10:00:00+08:00", "reason": REASON });
    assert_eq!(
        (&seen["status"], &seen["struck"]),
        (&json!("struck"), &struck)
    );
    assert_eq!(seen["strike_waits_until"], Value::Null);
    assert_eq!(seen["days_late"], 0);

    // It stays where it stood, for everybody, and counts nowhere.
    let public = shelf(&house, places::VILLAGE).await;
    let there = item(&public, "special", "2026-10");
    assert_eq!(
        (&there["status"], &there["struck"]),
        (&json!("struck"), &struck)
    );
    assert_eq!(counts(&public), [0, 10, 0, 0, 0]);
    let listed = house
        .lists(&format!("{}?status=struck", path(places::VILLAGE)))
        .await;
    assert_eq!(listed.len(), 1);
    for open in ["due", "overdue", "missing"] {
        let listed = house
            .lists(&format!("{}?status={open}", path(places::VILLAGE)))
            .await;
        assert!(listed.iter().all(|one| one["id"] != pump), "{open}");
    }
    clerk
        .tries_to_strike(&pump, REASON)
        .await
        .problem(409, "obligation_struck");

    // The audit has it with the reason.
    let audit = house.auditor().await;
    let rows = audit.get("/admin/audit?action=strike_event").send().await;
    let rows = rows.ok();
    let row = &rows["items"][0];
    assert_eq!(row["reason"], REASON, "{rows}");
    assert_eq!(row["object"], "obligation", "{rows}");
}

#[tokio::test]
async fn what_was_struck_climbs_no_further_and_is_never_late() {
    let house = House::new().await;
    let (clerk, publisher, officer) = (
        house.clerk().await,
        house.publisher().await,
        house.triage().await,
    );
    let (county, city) = (house.county().await, house.city().await);
    adopts(&house, places::COUNTY, json!([special_matter()])).await;
    let pump = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    let garage = id(&clerk.records("2026-10-30", "集体车库出租").await);
    house.comes_to("2026-11-04T10:00:00+08:00").await;
    let proposal = publisher.asks_to_strike(&pump).await;
    // A step that both take meanwhile is no reason to ask again.
    house.comes_to("2026-11-05T10:00:00+08:00").await;
    let village = format!("/regions/{}", places::VILLAGE);
    assert_eq!(house.reads(&village).await["unmet_obligations"]["count"], 2);
    let names = |steps: Vec<Value>| -> Vec<String> {
        let all = steps.iter().map(|one| one["step"].as_str().unwrap());
        all.map(str::to_owned).collect()
    };
    let climbed = names(steps(&officer, &pump).await);
    assert_eq!(climbed.last().map(String::as_str), Some("red"));
    officer.approves_proposal(&proposal).await;
    assert_eq!(house.reads(&village).await["unmet_obligations"]["count"], 1);

    // The one goes on to the city, the other stays where it was, also when the calendar changes.
    house.comes_to("2026-11-20T10:00:00+08:00").await;
    let days = json!({ "region_code": places::COUNTY, "source": "区政府通知",
        "days": [{ "date": "2026-12-08", "kind": "off", "name": "建区纪念日" }] });
    let (proposal, _) = county.proposes_calendar(&days).await;
    house.county().await.approves_proposal(&proposal).await;
    house.comes_to("2027-01-08T10:00:00+08:00").await;
    assert_eq!(names(steps(&officer, &pump).await), climbed);
    let other = names(steps(&officer, &garage).await);
    assert_eq!(other, ["remind", "warn", "red", "county", "city"]);
    assert_eq!(letters(&house, &city), ["late"], "of the other one");
    let seen = officer.reads_obligation(&pump).await;
    assert_eq!(
        (&seen["status"], &seen["days_late"], &seen["version"]),
        (&json!("struck"), &json!(0), &json!(1))
    );
    for region in [places::VILLAGE, places::TOWNSHIP, places::COUNTY] {
        let shelf = shelf(&house, region).await;
        assert_eq!(counts(&shelf), [0, 0, 0, 1, 0], "{region}");
    }
}

/// The matter of what must be published at once.
fn special_matter() -> Value {
    json!({ "code": "special", "name": "重大事项专项公开", "kind": "special",
        "basis": [{ "text": "本区公开目录", "source": "local" }], "frequency": "at_once",
        "due": { "rule": "after_event", "amount": 5, "unit": "calendar_day" },
        "responsible": "村民委员会", "channel": "村务公开栏", "level": "village" })
}

#[tokio::test]
async fn nobody_strikes_it_alone_nor_what_is_no_mistake() {
    let house = House::new().await;
    let (clerk, officer, county) = (
        house.clerk().await,
        house.triage().await,
        house.county().await,
    );
    let pump = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    house.worker().await;
    // Words for everybody name nobody and give nobody's number.
    for (reason, code) in [
        ("错", "invalid_text"),
        ("联系138-1234-5678", "personal_number"),
        ("王桂兰说没有这回事", "personal_name"),
    ] {
        let refused = clerk.tries_to_strike(&pump, reason).await;
        refused.faulty("/reason", code);
    }
    let long = "错".repeat(201);
    let refused = clerk.tries_to_strike(&pump, &long).await;
    refused.faulty("/reason", "invalid_text");
    // What the catalogue asks for month by month is nobody's mistake.
    let ledger = shelf(&house, places::VILLAGE).await;
    let ledger = id(item(&ledger, "ledger", "2026-10"));
    let refused = county.tries_to_strike(&ledger, REASON).await;
    refused.problem(409, "obligation_by_rule");
    // Elsewhere there is no such thing.
    let foreign = house.other_county().await;
    for hidden in [pump.as_str(), &"0".repeat(32)] {
        let refused = foreign.tries_to_strike(hidden, REASON).await;
        refused.problem(404, "not_found");
    }
    house
        .auditor()
        .await
        .tries_to_strike(&pump, REASON)
        .await
        .problem(403, "not_permitted");
    // Whoever asks does not agree to it; a no changes nothing, and leaves the way open to ask again.
    let proposal = officer.asks_to_strike(&pump).await;
    officer
        .decides(&proposal, true)
        .await
        .problem(403, "same_person");
    clerk
        .decides(&proposal, true)
        .await
        .problem(403, "not_permitted");
    county.decides(&proposal, false).await.expect(200);
    assert_eq!(clerk.reads_obligation(&pump).await["status"], "due");
    let proposal = clerk.asks_to_strike(&pump).await;
    county.approves_proposal(&proposal).await;
    assert_eq!(clerk.reads_obligation(&pump).await["status"], "struck");
}

#[tokio::test]
async fn a_later_publication_answers_the_event_and_not_what_was_struck() {
    let house = House::new().await;
    let (clerk, publisher) = (house.clerk().await, house.publisher().await);
    let (committee, officer) = (house.committee().await, house.triage().await);
    let wrong = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    let proposal = clerk.asks_to_strike(&wrong).await;
    officer.approves_proposal(&proposal).await;
    // It did happen after all: the same words on the same day are a new record.
    let right = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    assert_ne!(right, wrong);
    let again = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    assert_eq!(again, right, "which is one from then on");
    let draft = clerk.hands_in_special(&["2026-10-30", "2026-10-30"]).await;
    committee.signs(&draft).await;
    publisher.publishes(&draft).await;
    let answered = clerk.reads_obligation(&right).await;
    assert_eq!(answered["status"], "on_time");
    let struck = clerk.reads_obligation(&wrong).await;
    assert_eq!(struck["status"], "struck");
    assert_eq!(struck["disclosure_id"], Value::Null);
    // What is published was no mistake.
    let refused = clerk.tries_to_strike(&right, REASON).await;
    refused.problem(409, "obligation_answered");
    // Taken back, it is owed again; what was struck is not.
    house.comes_to("2026-12-01T10:00:00+08:00").await;
    let proposal = publisher.proposes_withdrawal(&draft, "报错了村").await;
    officer.approves_proposal(&proposal).await;
    house.worker().await;
    let open = clerk.reads_obligation(&right).await;
    assert_eq!(open["status"], "overdue");
    assert_eq!(clerk.reads_obligation(&wrong).await["status"], "struck");
}

#[tokio::test]
async fn a_proposal_is_void_when_the_event_was_answered_meanwhile() {
    let house = House::new().await;
    let (clerk, publisher) = (house.clerk().await, house.publisher().await);
    let (committee, officer) = (house.committee().await, house.triage().await);
    let pump = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    let proposal = clerk.asks_to_strike(&pump).await;
    let draft = clerk.hands_in_special(&["2026-10-30"]).await;
    committee.signs(&draft).await;
    publisher.publishes(&draft).await;
    officer
        .decides(&proposal, true)
        .await
        .problem(409, "proposal_void");
    let seen = officer.get(&format!("/admin/proposals/{proposal}")).send();
    let seen = seen.await.ok();
    assert_eq!(
        (&seen["state"], &seen["void_reason"]),
        (&json!("void"), &json!("version_changed"))
    );
    let seen = clerk.reads_obligation(&pump).await;
    assert_eq!(seen["status"], "on_time");
    assert_eq!(seen["strike_waits_until"], Value::Null);
}

#[tokio::test]
async fn a_complaint_may_be_about_what_was_struck() {
    let house = House::new().await;
    let (clerk, officer) = (house.clerk().await, house.triage().await);
    let pump = id(&clerk.records("2026-10-30", "东屯机井更换水泵").await);
    let proposal = clerk.asks_to_strike(&pump).await;
    officer.approves_proposal(&proposal).await;
    let filing = Filing::complaint()
        .category("disclosure")
        .about("obligation", &pump);
    let villager = Villager::files(&house, &filing).await;
    let about = &villager.reads().await["about"];
    assert_eq!(about["id"], pump);
}
