//! A case that is not taken: by two persons, with a reason and the right door, and never the last word.

use serde_json::{Value, json};

use crate::support::actors::{Staff, Township};
use crate::support::{Filing, House, Villager, shapes};

fn decline(code: &str) -> Value {
    json!({ "action": "decline", "reason_code": code, "note": "这件事法院正在审理，请以判决为准。" })
}

/// Declines a case by two persons of the township.
async fn declined(first: &Staff<'_>, second: &Staff<'_>, id: &str) {
    let proposed = first.proposes(id, decline("court")).await;
    second
        .approves_proposal(proposed["proposal_id"].as_str().unwrap())
        .await;
}

#[tokio::test]
async fn before_the_first_dispatch_and_only_then() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    for state in ["submitted", "awaiting_supplement", "accepted"] {
        let (villager, id) = township.case_in(state, &Filing::complaint()).await;
        declined(&township.triage, &second, &id).await;
        let read = villager.reads().await;
        assert_eq!(read["state"], "declined", "{state}");
        assert_eq!(read["declined"]["reason_code"], "court");
        assert!(
            read["declined"]["note"].as_str().unwrap().contains("法院"),
            "{read}"
        );
        for timer in read["timers"].as_array().unwrap() {
            assert!(!timer["stopped_at"].is_null(), "{state}: {timer}");
        }
        assert_eq!(read["light"], Value::Null);
    }
    for state in ["dispatched", "handling", "under_review", "answered"] {
        let (_, id) = township.case_in(state, &Filing::complaint()).await;
        let refused = township.triage.tries(&id, decline("court")).await;
        refused.problem(409, "illegal_state");
    }
    // Returned as "not ours" it is accepted again, but has been dispatched.
    let (_, id) = township.case_in("dispatched", &Filing::complaint()).await;
    township.handler.returns(&id).await.ok();
    assert_eq!(township.triage.opens(&id).await["state"], "accepted");
    let refused = township.triage.tries(&id, decline("court")).await;
    refused.problem(409, "illegal_state");
}

#[tokio::test]
async fn a_reason_is_one_of_nine_and_has_words() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("submitted", &Filing::complaint()).await;
    let tries = async |action: Value| township.triage.tries(&id, action).await;
    tries(decline("because"))
        .await
        .faulty("/reason_code", "wrong_type");
    tries(json!({ "action": "decline", "reason_code": "court" }))
        .await
        .faulty("/note", "required");
    tries(json!({ "action": "decline", "reason_code": "court", "note": " " }))
        .await
        .faulty("/note", "too_short|required");
    // Nothing waits after a refusal.
    assert!(township.triage.waiting().await.is_empty());
    // The door is named even where nobody wrote one.
    let (villager, id) = township.case_in("submitted", &Filing::complaint()).await;
    let proposed = township
        .triage
        .proposes(&id, decline("discipline_12388"))
        .await;
    let second = house.triage().await;
    second
        .approves_proposal(proposed["proposal_id"].as_str().unwrap())
        .await;
    let door = villager.reads().await["declined"]["redirect"].clone();
    assert!(door.as_str().unwrap().contains("12388"), "{door}");
}

#[tokio::test]
async fn disputed_it_is_filed_once_more_one_level_up() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (second, county) = (house.triage().await, house.county().await);
    let (villager, id) = township.case_in("submitted", &Filing::complaint()).await;
    declined(&township.triage, &second, &id).await;
    assert_eq!(villager.may().await, ["dispute"]);
    house.comes_to("2026-11-09T09:00:00+08:00").await;
    villager.disputes("没有起诉过").await;
    let read = villager.reads().await;
    assert_eq!(
        (&read["state"], &read["round"], &read["level"]),
        (&json!("submitted"), &json!(2), &json!(2))
    );
    // With what a filing is promised, from now on.
    assert_eq!(shapes::timer(&read, "accept", 2)["due_date"], "2026-11-10");
    assert_eq!(shapes::timer(&read, "handle", 2)["due_date"], "2026-11-30");
    county.accepts(&id).await;
    township.triage.cannot_open(&id).await;
    // Once per case.
    assert!(!villager.may().await.contains(&"dispute".to_owned()));
}

#[tokio::test]
async fn thirty_days_after_it_is_over() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let (villager, id) = township.case_in("submitted", &Filing::complaint()).await;
    declined(&township.triage, &second, &id).await;
    house.comes_to("2026-12-02T23:59:59+08:00").await;
    assert_eq!(villager.may().await, ["dispute"]);
    house.comes_to("2026-12-03T00:00:00+08:00").await;
    assert!(villager.may().await.is_empty());
    villager
        .tries_to_dispute("晚了")
        .await
        .problem(409, "illegal_state");
}

#[tokio::test]
async fn a_waiting_proposal_stops_no_clock_and_a_late_one_is_escalated() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = township.triage.finds(&villager).await;
    township.triage.proposes(&id, decline("other_organ")).await;
    house.comes_to("2026-11-04T00:00:00+08:00").await;
    let view = township.triage.opens(&id).await;
    assert_eq!(view["light"], "red");
    assert_eq!(shapes::timer(&view, "accept", 1)["breached"], true);
}
